"""Claims about needs without an answer: only what shares a theme and a group, is within reach, and, if it is past, came later."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis import unanswered
from lib.analysis.profile import day_of
from lib.analysis.unanswered import Answered
from lib.domain.records import Item
from tests.analysis.test_service_reach import great_circle_km
from tests.regions import STEP_KM, club, meeting, need, project_region, region, rough
from tests.worlds import longitude


def answer(asked: Item, *others: Item, km: float = 10.0) -> Answered:
    (found,) = unanswered.answers(region([asked, *others]), km=km)
    return found


def festival(village: int, date: str, number: int = 0, **changes: Any) -> Item:
    return meeting(village, date, number, category="festival", **changes)


def test_a_club_of_the_same_theme_and_group_in_the_village_answers() -> None:
    found = answer(need(0), club(0))
    assert not found.open and [item.id for item in found.resources] == ["r-0-0"] and found.initiatives == ()


@pytest.mark.parametrize(
    ("themes", "groups", "fits"),
    [
        (("seniors",), ("seniors",), True),
        (("culture", "seniors"), ("youth", "seniors"), True),
        (("seniors",), ("everyone",), True),
        (("culture",), ("seniors",), False),
        (("seniors",), ("youth",), False),
        ((), ("seniors",), False),
        (("seniors",), (), False),
    ],
)
def test_an_answer_shares_a_theme_and_serves_one_of_the_groups_or_everyone(themes: tuple, groups: tuple, fits: bool) -> None:
    assert answer(need(0), club(0, themes=themes, groups=groups)).open is not fits


def test_a_need_of_everyone_is_not_answered_by_a_club_for_some() -> None:
    assert answer(need(0, groups=("everyone",)), club(0, groups=("youth",))).open
    assert not answer(need(0, groups=("everyone",)), club(0, groups=("everyone",))).open


def test_reach_is_travelled_and_not_flown() -> None:
    """The next village is 7.04 km away as the crow flies and 8.8 by road."""
    assert answer(need(0), club(1), km=8.0).open
    assert not answer(need(0), club(1), km=9.0).open
    assert answer(need(0), club(2), km=9.0).open


def test_the_radius_itself_is_within_reach_and_none_is_the_same_spot() -> None:
    assert not answer(need(0), club(0), km=0.0).open
    assert answer(need(0), club(0, longitude=longitude(0) + 0.001), km=0.0).open


def test_where_one_of_the_two_places_is_known_only_by_its_gmina_the_gmina_decides() -> None:
    roughly = need(0, precision="gmina", locality="")
    assert not answer(roughly, club(0), km=0.0).open
    assert not answer(need(0), rough(0), km=0.0).open
    assert not answer(roughly, rough(0), km=0.0).open
    assert answer(roughly, club(1), km=50.0).open
    assert answer(need(0), rough(1), km=50.0).open


@pytest.mark.parametrize(
    ("stated", "held", "later"),
    [
        ("2023", "2024", True),
        ("2023", "2023-12-31", False),
        ("2023-05", "2023-06-01", True),
        ("2023-05", "2023-05-20", False),
        ("2023-05-19", "2023-05-20", True),
        ("2023-05-20", "2023-05-20", False),
        ("2023-05-20", "2023", False),
        ("2023-05-20", "2024", True),
        ("2023", "2022", False),
        ("", "2024", False),
        ("2023", "", False),
        ("", "", False),
    ],
)
def test_an_initiative_answers_only_when_it_is_known_to_be_later(stated: str, held: str, later: bool) -> None:
    found = answer(need(0, as_of=stated), festival(0, held))
    assert bool(found.initiatives) is later and found.open is not later


def test_a_club_answers_whatever_the_dates() -> None:
    assert not answer(need(0, as_of=""), club(0, as_of="1999")).open


def test_other_needs_and_programmes_answer_nothing() -> None:
    found = unanswered.answers(region([need(0), need(0, 1), club(0, kind="funding")]), km=50.0)
    assert [one.open for one in found] == [True, True]


def test_needs_come_in_the_order_of_the_data_and_can_be_narrowed() -> None:
    items = [need(1, themes=("sport",)), club(2), need(0, groups=("youth",)), need(3)]
    ids = [one.need.id for one in unanswered.answers(region(items))]
    assert ids == ["n-1-0", "n-0-0", "n-3-0"]
    assert [one.need.id for one in unanswered.answers(region(items), themes=("seniors",))] == ["n-0-0", "n-3-0"]
    assert [one.need.id for one in unanswered.answers(region(items), groups=("seniors", "disabled"))] == ["n-1-0", "n-3-0"]
    assert [one.need.id for one in unanswered.answers(region(items), themes=("seniors",), groups=("seniors",))] == ["n-3-0"]


def test_a_region_without_needs_or_answers_is_no_error() -> None:
    assert unanswered.answers(region([club(0)])) == ()
    assert answer(need(0)).open


WORDS = st.lists(st.sampled_from(("a", "b", "everyone")), max_size=2).map(tuple)
RECORDS = st.tuples(
    st.sampled_from(("needs", "resources", "initiatives")),
    st.integers(0, 4),
    st.sampled_from(("locality", "gmina")),
    WORDS,
    WORDS,
    st.sampled_from(("", "2022", "2023", "2023-05", "2024-01-31")),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDS, max_size=10), st.sampled_from((0.0, 9.0, 18.0)))
def test_answers_equal_a_plain_look_at_every_pair(records: list[tuple], km: float) -> None:
    made = [
        club(
            village,
            number,
            **{"kind": kind, "precision": precision, "themes": themes, "groups": groups, "as_of": date, "details": {"date_start": date}},
        )
        for number, (kind, village, precision, themes, groups, date) in enumerate(records)
    ]
    for found in unanswered.answers(region(made), km=km):
        own = int(found.need.id[2])
        expected = []
        for item in made:
            place, exact = int(item.id[2]), not (item.approximate or found.need.approximate)
            near = abs(place - own) * STEP_KM <= km + 0.1 if exact else place == own
            themes = any(theme in found.need.themes for theme in item.themes)
            groups = "everyone" in item.groups or any(group in found.need.groups for group in item.groups)
            past = item.kind == "initiatives" and not known_later(day_of(item), found.need.as_of)
            if item.kind != "needs" and near and themes and groups and not past:
                expected.append(item.id)
        assert sorted(item.id for item in (*found.resources, *found.initiatives)) == sorted(expected)
        assert {item.kind for item in found.resources} <= {"resources"} and {item.kind for item in found.initiatives} <= {"initiatives"}


def known_later(day: str, stated: str) -> bool:
    """The same rule in other words: part by part, the first difference decides, and equal as far as both go is not later."""
    if not day or not stated:
        return False
    for one, other in zip(day.split("-"), stated.split("-"), strict=False):
        if one != other:
            return one > other
    return False


def test_real_needs_are_answered_as_a_second_look_with_the_globe_says() -> None:
    """Every fifteenth need, by the haversine formula; pairs within fifty metres of the radius may fall either way."""
    found = project_region()
    others = [item for item in found.items if item.kind in ("resources", "initiatives")]
    for one in unanswered.answers(found)[::15]:
        told = {item.id for item in (*one.resources, *one.initiatives)}
        for item in others:
            gap = distance(one.need, item) - unanswered.REACH_KM
            near = item.teryt == one.need.teryt if math.isnan(gap) else gap <= 0
            right = near and unanswered.fits(one.need, item) and (item.kind == "resources" or known_later(day_of(item), one.need.as_of))
            assert (item.id in told) == right or abs(gap) < 0.05


def distance(one: Item, other: Item) -> float:
    """Travel kilometres between two records; NaN where one of them has no place of its own."""
    places = [(item.longitude, item.latitude) for item in (one, other) if item.longitude and item.latitude and not item.approximate]
    return great_circle_km(*places[0], *places[1]) if len(places) == 2 else math.nan  # type: ignore[arg-type]
