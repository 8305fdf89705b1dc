"""Claims about people by locality: nobody is lost or made up, and what is not known is shared out as the method says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.geo.spread import LEAST_UNLISTED, Floats, spread, weights
from tests.worlds import TERYTS

ALPHA, BETA = TERYTS[:2]
NOBODY_COUNTED = (math.nan,) * 5


def shares(listed: list[float], total: float, counted: list[float] | None = None) -> list[float]:
    """Weights of the localities of one gmina."""
    official = np.array(counted if counted is not None else [math.nan] * len(listed))
    return weights([ALPHA] * len(listed), np.array(listed), official, {ALPHA: total}).tolist()


def test_five_villages_alone_in_their_gminas_hold_all_the_people() -> None:
    found = weights(TERYTS, np.array([100.0, 200, 300, 400, math.nan]), np.array(NOBODY_COUNTED), dict.fromkeys(TERYTS, 1000.0))
    assert found.tolist() == [1.0] * 5
    assert spread(TERYTS, found, {teryt: 100.0 * i for i, teryt in enumerate(TERYTS)}).tolist() == [0, 100, 200, 300, 400]


def test_places_that_no_list_names_share_what_the_listed_ones_leave() -> None:
    assert shares([600, math.nan, math.nan], 1000) == pytest.approx([0.6, 0.2, 0.2])


def test_where_the_listed_places_exceed_the_gmina_the_others_are_small_villages() -> None:
    whole = 1200 + LEAST_UNLISTED
    assert shares([1200, math.nan], 1000) == pytest.approx([1200 / whole, LEAST_UNLISTED / whole])
    assert shares([980, math.nan], 1000) == pytest.approx([980 / 1030, 50 / 1030])


def test_an_official_figure_replaces_the_list_in_its_whole_gmina() -> None:
    assert shares([600, 300, math.nan], 1000, [500, math.nan, math.nan]) == pytest.approx([0.5, 0.25, 0.25])
    assert shares([1, 999], 1000, [800, 200]) == pytest.approx([0.8, 0.2])


def test_an_official_figure_says_nothing_about_other_gminas() -> None:
    codes, listed = [ALPHA, BETA, ALPHA, BETA], np.array([600, 900, 400, 100.0])
    found = weights(codes, listed, np.array([100, math.nan, 300, math.nan]), {ALPHA: 1000, BETA: 1000})
    assert found.tolist() == pytest.approx([0.25, 0.9, 0.75, 0.1])


@pytest.mark.parametrize(
    ("listed", "total", "expected"),
    [
        ([math.nan, math.nan], 1000, [0.5, 0.5]),
        ([math.nan, math.nan], math.nan, [0.5, 0.5]),
        ([0, 0], 1000, [0.5, 0.5]),
        ([600, math.nan], math.nan, [600 / 650, 50 / 650]),
        ([300, 100], 0, [0.75, 0.25]),
        ([math.nan], 0, [1.0]),
    ],
)
def test_with_little_known_the_weights_still_add_up(listed: list[float], total: float, expected: list[float]) -> None:
    assert shares(listed, total) == pytest.approx(expected)


def test_a_gmina_without_a_total_is_shared_out_all_the_same_and_has_no_people() -> None:
    found = weights([ALPHA, ALPHA], np.array([300, 100.0]), np.full(2, math.nan), {})
    assert found.tolist() == pytest.approx([0.75, 0.25])
    assert spread([ALPHA, ALPHA], found, {}).tolist() == [0, 0]
    assert spread([ALPHA, ALPHA], found, {ALPHA: math.nan}).tolist() == [0, 0]


def test_no_localities_hold_no_people() -> None:
    assert weights([], np.empty(0), np.empty(0), {ALPHA: 1000.0}).shape == (0,)
    assert spread([], np.empty(0), {ALPHA: 1000.0}).shape == (0,)


UNKNOWN_OR = st.just(math.nan) | st.integers(0, 20_000).map(float)
PLACES = st.lists(st.tuples(st.sampled_from(TERYTS), UNKNOWN_OR, UNKNOWN_OR), min_size=1, max_size=40)
TOTALS = st.dictionaries(st.sampled_from(TERYTS), UNKNOWN_OR)


def columns(places: list[tuple[str, float, float]]) -> tuple[list[str], Floats, Floats]:
    return [p[0] for p in places], np.array([p[1] for p in places]), np.array([p[2] for p in places])


@given(PLACES, TOTALS)
@settings(deadline=None)
def test_the_weights_of_a_gmina_add_up_to_one(places: list[tuple[str, float, float]], totals: dict[str, float]) -> None:
    codes, listed, counted = columns(places)
    found = weights(codes, listed, counted, totals)
    assert (found >= 0).all()
    for teryt in set(codes):
        assert sum(w for w, code in zip(found, codes, strict=True) if code == teryt) == pytest.approx(1)


@given(PLACES, TOTALS, TOTALS)
@settings(deadline=None)
def test_spreading_conserves_the_people_of_every_gmina(
    places: list[tuple[str, float, float]], totals: dict[str, float], people: dict[str, float]
) -> None:
    codes, listed, counted = columns(places)
    found = spread(codes, weights(codes, listed, counted, totals), people)
    for teryt in set(codes):
        known = people.get(teryt, math.nan)
        expected = 0 if math.isnan(known) else known
        assert sum(n for n, code in zip(found, codes, strict=True) if code == teryt) == pytest.approx(expected)


@given(PLACES, TOTALS, st.data())
@settings(deadline=None)
def test_the_order_of_the_localities_changes_nothing(
    places: list[tuple[str, float, float]], totals: dict[str, float], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(places))))
    found, shuffled = (weights(*columns(some), totals) for some in (places, [places[i] for i in order]))
    assert shuffled.tolist() == pytest.approx(found[order].tolist())
