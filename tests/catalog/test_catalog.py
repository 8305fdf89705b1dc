"""Filters, facets and orders of the catalog equal what a plain loop over the records finds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.catalog import FACETS, Catalog
from lib.catalog.collation import polish_key
from lib.catalog.query import Query, checked, valid_values
from tests.catalog.finding_world import ITEMS, WORLD, World, item, naive_km, naive_match, naive_values

CATALOG = Catalog(WORLD)
VALID = valid_values(WORLD)


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from((*VALID[name], "unheard-of")), max_size=3).map(tuple)


def rarely(values: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    return st.none() | values


filters = st.builds(
    Query,
    **{name: st.just(()) | some(name) for name in FACETS},
    near=st.just("") | st.sampled_from(VALID["near"]),
    within_km=st.none() | st.sampled_from([0.0, 5.0, 7.1, 14.1, 100.0]),
    year_from=rarely(st.integers(2020, 2025)),
    year_to=rarely(st.integers(2020, 2025)),
    has_contact=st.booleans(),
    verified_since=rarely(st.integers(2010, 2026)),
    approximate_only=st.sampled_from([False, False, True]),
)


def ids(query: Query, **options: str) -> list[str]:
    return [CATALOG.item(row).id for row in CATALOG.search(query, **options).rows]  # type: ignore[arg-type]


@settings(deadline=None)
@given(filters)
def test_a_filter_finds_what_a_naive_loop_finds(query: Query) -> None:
    expected = [naive_match(record, query, WORLD) for record in ITEMS]
    assert CATALOG.mask(query).tolist() == expected
    result = CATALOG.search(query)
    assert sorted(result.rows.tolist()) == [row for row, match in enumerate(expected) if match]
    assert result.total == sum(expected)


@settings(deadline=None)
@given(filters)
def test_every_facet_count_equals_naive_counting_with_its_selection_lifted(query: Query) -> None:
    facets = CATALOG.facets(query)
    for name in FACETS:
        lifted = Query(**{field: getattr(query, field) for field in query.active if field != name})
        found: dict[str, int] = {}
        for record in ITEMS:
            if naive_match(record, lifted, WORLD):
                for code in naive_values(record, name, WORLD):
                    found[code] = found.get(code, 0) + 1
        assert facets[name] == found | {code: found.get(code, 0) for code in getattr(query, name)}


@settings(deadline=None)
@given(filters, st.sampled_from(FACETS))
def test_a_facet_count_is_what_choosing_the_value_would_show(query: Query, name: str) -> None:
    rest = {field: getattr(query, field) for field in query.active if field != name}
    for code, count in CATALOG.facets(query)[name].items():
        assert CATALOG.search(Query(**rest, **{name: (code,)})).total == count


@settings(deadline=None)
@given(filters)
def test_the_nearest_come_first_and_records_without_a_position_last(query: Query) -> None:
    result = CATALOG.search(query, sort="distance")
    if result.distance_km is None:
        assert not query.near
        return
    place = WORLD.localities[query.near]
    naive = [naive_km(CATALOG.item(row), place) for row in result.rows]
    assert [None if math.isnan(km) else round(km, 6) for km in result.distance_km] == [None if km is None else round(km, 6) for km in naive]
    known = [km for km in naive if km is not None]
    assert known == sorted(known)
    assert naive[len(known) :] == [None] * (len(naive) - len(known))


def test_values_are_alternatives_inside_a_facet_and_conditions_between_facets() -> None:
    assert set(ids(Query(themes=("women", "sport"), kinds=("resources",)))) == {"r-kgw", "r-ngo"}
    assert ids(Query(themes=("women", "sport"), kinds=("resources",), powiats=("zrodlany",))) == ["r-ngo"]


def test_miniforum_is_a_layer_of_its_own() -> None:
    assert ids(Query(layers=("miniforum",))) == ["i-mini"]
    assert set(ids(Query(layers=("initiatives",)))) == {"i-long", "i-none"}
    assert set(ids(Query(kinds=("initiatives",)))) == {"i-long", "i-none", "i-mini"}


def test_a_programme_belongs_to_every_gmina_its_area_covers() -> None:
    assert ids(Query(kinds=("funding",), gminas=("9901012",))) == ["f-gmina", "f-all"]
    assert set(ids(Query(kinds=("funding",), gminas=("9902011",)))) == {"f-powiat", "f-all"}
    assert set(ids(Query(kinds=("funding",), powiats=("debowski",)))) == {"f-gmina", "f-all"}
    assert CATALOG.facets(Query(kinds=("funding",)))["gminas"] == {"9901012": 2, "9901023": 2, "9902011": 2}


def test_a_programme_lies_nowhere_so_no_radius_holds_it() -> None:
    assert CATALOG.search(Query(kinds=("funding",), near="9901012-bor", within_km=500)).total == 0
    assert CATALOG.search(Query(kinds=("funding",), near="9901012-bor")).total == 3


def test_the_radius_is_inclusive() -> None:
    exact = Query(kinds=("needs",), near="9901012-bor", within_km=0)
    assert ids(exact) == ["n-bus"]
    assert ids(Query(near="9901012-bor", within_km=7.0)) == ["n-bus", "r-osp"]
    assert "r-kgw" in ids(Query(near="9901012-bor", within_km=7.1))


def test_a_place_without_a_radius_orders_by_distance_and_hides_nothing() -> None:
    result = CATALOG.search(Query(near="9901012-debowa", kinds=("resources",)))
    assert [CATALOG.item(row).id for row in result.rows] == ["r-kgw", "r-osp", "r-bib", "r-klub", "r-ngo"]
    assert result.distance_km is not None
    assert result.distance_km[0] == 0
    assert np.allclose(result.distance_km[1:], [7.05, 14.1, 14.1, 28.2], atol=0.05)


def test_a_radius_without_a_place_changes_nothing() -> None:
    assert CATALOG.search(Query(within_km=1)).total == len(ITEMS)


def test_an_unknown_place_has_nothing_near() -> None:
    assert CATALOG.search(Query(near="nowhere", within_km=5)).total == 0
    assert CATALOG.search(Query(near="nowhere")).total == len(ITEMS)


def test_years_narrow_initiatives_by_overlap_and_leave_other_kinds_alone() -> None:
    assert set(ids(Query(kinds=("initiatives",), year_from=2023))) == {"i-mini", "i-long"}
    assert ids(Query(kinds=("initiatives",), year_to=2022)) == ["i-long"]
    assert ids(Query(kinds=("initiatives",), year_from=2022, year_to=2022)) == ["i-long"]
    assert CATALOG.search(Query(kinds=("initiatives",), year_from=2024)).total == 0
    assert CATALOG.search(Query(kinds=("resources",), year_from=2024)).total == 5


def test_an_initiative_without_a_date_is_in_no_year() -> None:
    assert "i-none" in ids(Query(kinds=("initiatives",)))
    assert "i-none" not in ids(Query(year_from=1900, year_to=2100))


def test_contact_means_phone_email_or_website() -> None:
    assert set(ids(Query(has_contact=True))) == {"r-kgw", "r-bib", "r-ngo"}


def test_verified_since_leaves_out_older_and_undated_sources() -> None:
    assert set(ids(Query(verified_since=2024, kinds=("resources",)))) == {"r-kgw", "r-ngo"}


def test_the_result_says_n_of_n_and_how_many_have_no_exact_position() -> None:
    result = CATALOG.search(Query(themes=("sport",), kinds=("resources", "funding")), limit=1)
    assert (len(result.rows), result.total, result.of, result.approximate, result.unplaced) == (1, 2, 8, 1, 1)
    assert CATALOG.search(Query(themes=("sport",))).of == len(ITEMS)
    assert set(ids(Query(approximate_only=True))) == {"r-ngo", "i-none"}


def test_a_selected_value_that_leads_nowhere_stays_visible_at_zero() -> None:
    facets = CATALOG.facets(Query(themes=("women",), gminas=("9902011",)))
    assert facets["themes"] == {"culture": 1, "sport": 2, "women": 0}
    assert facets["gminas"] == {"9901012": 1, "9902011": 0}


def test_counts_by_gmina_name_every_gmina_and_leave_programmes_out() -> None:
    assert CATALOG.counts_by_gmina(CATALOG.mask(Query())) == {"9901012": 4, "9901023": 3, "9902011": 2}
    assert CATALOG.counts_by_gmina(CATALOG.mask(Query(kinds=("funding",)))) == {"9901012": 0, "9901023": 0, "9902011": 0}


def test_a_record_is_found_again_by_its_id() -> None:
    assert CATALOG.row_of("r-bib") == 2
    assert CATALOG.row_of("gone") is None
    assert len(CATALOG) == len(ITEMS)


def test_the_columns_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        CATALOG.columns.latitude[0] = 0.0


def test_an_empty_data_set_answers_with_nothing() -> None:
    empty = Catalog(World(()))
    assert empty.search(Query(text="klub", near="9901012-bor", within_km=3)).total == 0
    assert empty.facets(Query(themes=("sport",)))["themes"] == {"sport": 0}


def test_codes_missing_from_the_vocabularies_can_still_be_found() -> None:
    catalog = Catalog(World((item("x", "Dziwne", "unlisted", at="9901012-bor", themes=("odd",)),)))
    assert catalog.facets(Query(categories=("unlisted",)))["themes"] == {"odd": 1}
    assert catalog.search(Query(themes=("odd",))).total == 1


def test_names_stand_in_polish_order() -> None:
    names = ["Żar", "Źródło", "Zorza", "Łąka", "Las", "Ląd", "Lis", "OSP 10", "OSP 2", "„Ala”", "Ćma", "Cma", "Czas"]
    expected = ["„Ala”", "Cma", "Czas", "Ćma", "Las", "Ląd", "Lis", "Łąka", "OSP 2", "OSP 10", "Zorza", "Źródło", "Żar"]
    assert sorted(names, key=polish_key) == expected
    catalog = Catalog(World(tuple(item(f"x{place}", name) for place, name in enumerate(names))))
    assert [catalog.item(row).name for row in catalog.search(Query(), sort="name").rows] == expected


def test_foreign_letters_stand_with_their_base_and_other_alphabets_after_z() -> None:
    assert sorted(["Żar", "Клуб", "Émile", "Ewa", "Emil"], key=polish_key) == ["Emil", "Émile", "Ewa", "Żar", "Клуб"]


def test_equal_names_are_ordered_by_id_so_that_pages_never_overlap() -> None:
    catalog = Catalog(World((item("b", "KGW"), item("a", "KGW"))))
    assert [catalog.item(row).id for row in catalog.search(Query()).rows] == ["a", "b"]


def test_chosen_records_are_found_with_every_other_condition_and_unknown_ones_are_dropped() -> None:
    chosen = (ITEMS[0].id, ITEMS[2].id)
    assert sorted(ids(Query(ids=(*chosen, "r-nobody")))) == sorted(chosen)
    assert ids(Query(ids=("r-nobody",))) == []
    assert set(ids(Query(ids=chosen, kinds=(ITEMS[0].kind,)))) <= set(chosen)
    query, dropped = checked(Query(ids=(*chosen, "r-nobody")), WORLD)
    assert query.ids == tuple(sorted(chosen)) and dropped == (("ids", "r-nobody"),)
