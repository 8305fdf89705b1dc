"""Claims about travel distances: the fast search finds the pairs and the nearest places that a plain double loop finds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.geo.travel import DETOUR, TOLERANCE_KM, Floats, nearest_km, pairs_within

VILLAGES = np.array([0.0, 1000, 2000, 3000, 4000])
"""Metres: five villages on a line, one kilometre apart."""
LINE = np.zeros(5)
CENTRES_X, CENTRES_Y = np.array([1000.0, 4000]), np.array([0.0, 3000])
"""One service in the second village, one three kilometres north of the last."""


def test_a_road_is_a_quarter_longer_than_the_crow_flies() -> None:
    km, _ = nearest_km(np.array([0.0]), np.array([0.0]), np.array([3000.0]), np.array([4000.0]))
    assert km.tolist() == pytest.approx([6.25]) and pytest.approx(1.25) == DETOUR


def test_five_villages_and_two_centres_by_hand() -> None:
    km, which = nearest_km(VILLAGES, LINE, CENTRES_X, CENTRES_Y)
    assert km.tolist() == pytest.approx([1.25, 0, 1.25, 2.5, 3.75])
    assert which.tolist()[:4] == [0, 0, 0, 0]
    origins, targets, far = pairs_within(VILLAGES, LINE, CENTRES_X, CENTRES_Y, km=2.5)
    assert (origins.tolist(), targets.tolist()) == ([0, 1, 2, 3], [0, 0, 0, 0])
    assert far.tolist() == pytest.approx([1.25, 0, 1.25, 2.5])


def test_what_lies_exactly_on_the_radius_is_within_it_and_a_metre_farther_is_not() -> None:
    edge = np.array([8000.0, 8001])
    assert pairs_within(np.zeros(1), np.zeros(1), edge, np.zeros(2), km=10.0)[1].tolist() == [0]


def test_the_pairs_are_ordered_by_origin_then_destination() -> None:
    origins, targets, _ = pairs_within(VILLAGES[::-1], LINE, VILLAGES, LINE, km=1.25)
    assert list(zip(origins.tolist(), targets.tolist(), strict=True)) == [
        *((0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (3, 0), (3, 1), (3, 2), (4, 0), (4, 1)),
    ]


def test_several_services_in_one_place_are_several_pairs() -> None:
    origins, targets, far = pairs_within(np.zeros(2), np.zeros(2), np.zeros(3), np.zeros(3), km=0)
    assert (origins.tolist(), targets.tolist(), far.tolist()) == ([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [0.0] * 6)


def test_without_a_detour_the_kilometres_are_straight() -> None:
    km, _ = nearest_km(np.zeros(1), np.zeros(1), np.array([3000.0]), np.array([4000.0]), detour=1.0)
    assert km.tolist() == pytest.approx([5])
    assert len(pairs_within(np.zeros(1), np.zeros(1), np.array([3000.0]), np.array([4000.0]), km=5, detour=1.0)[0]) == 1


def test_what_is_nowhere_is_near_nothing_and_the_others_keep_their_numbers() -> None:
    x, to_x = np.array([math.nan, 0, 2000]), np.array([math.nan, 0, 2000])
    y, to_y = np.array([0, math.nan, 0]), np.array([0, math.nan, 0])
    km, which = nearest_km(x, y, to_x, to_y)
    assert (km.tolist(), which.tolist()) == ([math.inf, math.inf, 0], [-1, -1, 2])
    origins, targets, _ = pairs_within(x, y, to_x, to_y, km=100)
    assert (origins.tolist(), targets.tolist()) == ([2], [2])


@pytest.mark.parametrize(("x", "to_x"), [([], []), ([0.0], []), ([], [0.0]), ([0.0], [math.nan]), ([math.nan], [0.0])])
def test_where_there_is_nothing_to_reach_nothing_is_reached(x: list[float], to_x: list[float]) -> None:
    ours, theirs = np.array(x), np.array(to_x)
    km, which = nearest_km(ours, ours, theirs, theirs)
    assert km.tolist() == [math.inf] * len(x) and which.tolist() == [-1] * len(x)
    assert [part.tolist() for part in pairs_within(ours, ours, theirs, theirs, km=10)] == [[], [], []]


METRES = st.just(math.nan) | st.integers(0, 20_000).map(float)
POINTS = st.lists(st.tuples(METRES, METRES), max_size=25)


def columns(points: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    return np.array([p[0] for p in points], dtype=float), np.array([p[1] for p in points], dtype=float)


def travel(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Travel kilometres of one pair, NaN from or to nowhere."""
    return math.hypot(one[0] - other[0], one[1] - other[1]) * DETOUR / 1000


@given(POINTS, POINTS, st.integers(0, 30))
@settings(deadline=None)
def test_the_pairs_are_those_of_a_naive_double_loop(here: list[tuple[float, float]], there: list[tuple[float, float]], km: int) -> None:
    naive = [(i, j, d) for i, one in enumerate(here) for j, two in enumerate(there) if (d := travel(one, two)) <= km + TOLERANCE_KM]
    origins, targets, far = pairs_within(*columns(here), *columns(there), km=km)
    assert list(zip(origins.tolist(), targets.tolist(), strict=True)) == [(i, j) for i, j, _ in naive]
    assert far.tolist() == pytest.approx([d for _, _, d in naive])


@given(POINTS, POINTS)
@settings(deadline=None)
def test_the_nearest_is_the_minimum_over_all(here: list[tuple[float, float]], there: list[tuple[float, float]]) -> None:
    km, which = nearest_km(*columns(here), *columns(there))
    for one, least, place in zip(here, km.tolist(), which.tolist(), strict=True):
        known = [d for two in there if not math.isnan(d := travel(one, two))]
        assert least == pytest.approx(min(known, default=math.inf))
        assert place == -1 if not known else travel(one, there[place]) == pytest.approx(least)
