"""A query is canonical, travels through a link unchanged and never raises on what a link may hold."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.query import (
    LIST_FIELDS,
    MAX_TEXT,
    MAX_WITHIN_KM,
    PARAM_OF_FIELD,
    Query,
    checked,
    clean_text,
    from_params,
    to_params,
    valid_values,
)
from tests.catalog.finding_world import WORLD

codes = st.lists(st.text(min_size=0, max_size=12), max_size=6).map(tuple)
queries = st.builds(
    Query,
    text=st.text(max_size=300),
    **dict.fromkeys(LIST_FIELDS, codes),
    near=st.text(max_size=20) | st.just("2404052-garnek"),
    within_km=st.none() | st.floats(),
    year_from=st.none() | st.integers(),
    year_to=st.none() | st.integers(1990, 2030),
    has_contact=st.booleans(),
    verified_since=st.none() | st.integers(1990, 2030),
    approximate_only=st.booleans(),
)


@settings(deadline=None)
@given(queries)
def test_a_query_survives_the_way_through_url_parameters(query: Query) -> None:
    assert from_params(to_params(query)) == query


@settings(deadline=None)
@given(queries)
def test_a_query_survives_a_copied_link(query: Query) -> None:
    link = urlencode(to_params(query))
    assert from_params(dict(parse_qsl(link, keep_blank_values=True))) == query
    assert from_params(parse_qs(link)) == query


@settings(deadline=None)
@given(queries)
def test_canonical_form_is_reached_at_once(query: Query) -> None:
    again = Query(**{name: getattr(query, name) for name in PARAM_OF_FIELD})
    assert again == query
    assert hash(again) == hash(query)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*PARAM_OF_FIELD.values(), "lang", "page", "id", "zły klucz"]), st.text() | st.lists(st.text())))
def test_any_parameters_give_a_query_and_never_an_error(params: dict[str, Any]) -> None:
    query = from_params(params)
    assert len(query.text) <= MAX_TEXT
    assert from_params(to_params(query)) == query


def test_values_of_the_wrong_type_are_ignored() -> None:
    assert from_params({"q": None, "theme": 5, "km": [None, "7"]}) == Query(within_km=7)  # type: ignore[dict-item]


def test_the_same_choices_in_another_order_are_the_same_query_and_link() -> None:
    one, two = Query(themes=("sport", "culture", "sport")), Query(themes=("culture", "sport"))
    assert one == two
    assert to_params(one) == {"theme": "culture.sport"}


def test_the_empty_query_is_a_link_without_parameters() -> None:
    assert to_params(Query()) == {}
    assert from_params({}) == Query()
    assert Query().is_empty


def test_a_whole_query_reads_well_in_a_link() -> None:
    query = Query(text="klub seniora", layers=("kgw", "ngo"), near="2404052-garnek", within_km=10, year_from=2023, has_contact=True)
    assert urlencode(to_params(query)) == "q=klub+seniora&layer=kgw.ngo&near=2404052-garnek&km=10&from=2023&contact=1"
    assert query.active == ("text", "layers", "near", "within_km", "year_from", "has_contact")


def test_keys_of_others_are_left_alone() -> None:
    assert from_params({"lang": "uk", "page": "3", "id": "r-x", "q": "chór"}) == Query(text="chór")


@pytest.mark.parametrize("given_text", ["theme=sport.culture", "theme=sport,culture", "theme=sport&theme=culture", "theme=culture.sport."])
def test_lists_are_read_however_they_were_joined(given_text: str) -> None:
    assert from_params(parse_qs(given_text)).themes == ("culture", "sport")


@pytest.mark.parametrize("km", ["", "x", "-3", "1e3", "nan", "inf", "9" * 50, "٣", "1.2.3"])
def test_a_malformed_radius_is_ignored(km: str) -> None:
    assert from_params({"near": "a", "km": km}).within_km is None


@pytest.mark.parametrize(("km", "read"), [("5", 5.0), ("2,5", 2.5), (" 7.04 ", 7.0), ("99999", MAX_WITHIN_KM), ("0", 0.0)])
def test_a_radius_is_read_in_plain_digits(km: str, read: float) -> None:
    assert from_params({"km": km}).within_km == read


@pytest.mark.parametrize("year", ["", "23", "20233", "MMXX", "-2020", "0000", "9999"])
def test_a_malformed_year_is_ignored(year: str) -> None:
    assert from_params({"from": year}).year_from is None


def test_years_given_the_wrong_way_round_are_put_right() -> None:
    assert (Query(year_from=2024, year_to=2021).year_from, Query(year_from=2024, year_to=2021).year_to) == (2021, 2024)


def test_text_loses_control_and_direction_characters_and_is_cut() -> None:
    assert clean_text("  klub\u202e \x00\tseniora\n\u200b ") == "klub seniora"
    assert clean_text("a" * 10_000) == "a" * MAX_TEXT
    assert clean_text("o\u0301sp") == "ósp"


def test_what_cannot_be_a_code_is_dropped() -> None:
    assert Query(themes=("<script>", "sport", "a.b", "x" * 500, "")).themes == ("sport",)


def test_unknown_codes_are_dropped_and_named_for_the_screen() -> None:
    query, dropped = checked(Query(text="x", themes=("sport", "nope"), layers=("miniforum", "needs"), near="gone"), WORLD)
    assert query == Query(text="x", themes=("sport",), layers=("miniforum", "needs"))
    assert dropped == (("themes", "nope"), ("near", "gone"))


def test_a_known_query_is_returned_as_it_is() -> None:
    query = Query(gminas=("9901012",), powiats=("debowski",), near="9901012-bor", categories=("festival", "kgw", "report"))
    assert checked(query, WORLD) == (query, ())


def test_layers_are_the_categories_and_four_more() -> None:
    assert valid_values(WORLD)["layers"][-5:] == ("other", "initiatives", "miniforum", "needs", "funding")
