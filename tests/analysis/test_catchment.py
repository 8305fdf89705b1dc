"""Claims about catchments: the hospital by hand, the same as the `access` package, nothing lost and nothing divided by nobody."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from access import Access, weights
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis.catchment import reach, two_step
from lib.geo.travel import TOLERANCE_KM

ORIGINS, DESTINATIONS = (np.array([i for i in range(3) for _ in range(3)]), np.array([0, 1, 2] * 3))
KM = np.array([1.0, 80.0, 40.0, 80.0, 1.0, 40.0, 40.0, 40.0, 1.0])
PEOPLE, DOCTORS = np.array([100.0, 50.0, 10.0]), np.array([15.0, 20.0, 100.0])
"""Two towns 80 apart, a hospital half way between them; everybody is 1 from home."""
STEPS = {10.0: 1.0, 30.0: 0.68, 60.0: 0.22}


def world(points: int, places: int, pairs: int, seed: int) -> dict[str, np.ndarray]:
    """Made-up points and places; each pair is listed once."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(points * places, min(pairs, points * places), replace=False)
    return {
        "demand": rng.integers(1, 2_000, points).astype(float),
        "supply": rng.integers(0, 20, places).astype(float),
        "origins": chosen // places,
        "destinations": chosen % places,
        "km": np.round(rng.uniform(0, 20, len(chosen)), 1),
    }


worlds = st.builds(world, st.integers(1, 12), st.integers(1, 12), st.integers(0, 80), st.integers(0, 10_000))


def test_towns_and_hospital_share_the_doctors_within_reach() -> None:
    """15 doctors among 110 people, 20 among 60, 100 among all 160."""
    found = two_step(PEOPLE, DOCTORS, ORIGINS, DESTINATIONS, KM, radius_km=61)
    assert found == pytest.approx([15 / 110 + 100 / 160, 20 / 60 + 100 / 160, 15 / 110 + 20 / 60 + 100 / 160])
    assert found.round(7).tolist() == [0.7613636, 0.9583333, 1.0946970]
    assert PEOPLE @ found == pytest.approx(135)


def test_what_is_farther_counts_less_when_steps_are_given() -> None:
    found = two_step(PEOPLE, DOCTORS, ORIGINS, DESTINATIONS, KM, radius_km=61, weights=STEPS)
    assert found.round(8).tolist() == [0.65839894, 0.89476967, 2.44216221]


@pytest.mark.parametrize(("radius_km", "reached"), [(39.9, False), (40.0, True)])
def test_a_place_exactly_at_the_radius_is_within_it(radius_km: float, reached: bool) -> None:
    found = two_step(PEOPLE, DOCTORS, ORIGINS, DESTINATIONS, KM, radius_km=radius_km)
    assert (found[0] > DOCTORS[0] / PEOPLE[0]) == reached


def test_a_step_includes_its_end_and_beyond_the_last_nothing_counts() -> None:
    alone = {"demand": np.ones(1), "supply": np.ones(1), "origins": np.zeros(1, int), "destinations": np.zeros(1, int)}
    for km, counted in ((10.0, True), (10.1, False)):
        assert (two_step(**alone, km=np.array([km]), radius_km=50, weights={10.0: 0.5})[0] > 0) == counted


def test_who_reaches_nothing_has_nothing_and_what_nobody_reaches_is_given_to_nobody() -> None:
    found = two_step(np.array([5.0, 7.0, 0.0]), np.array([2.0, 9.0]), np.array([0, 2]), np.array([0, 1]), np.ones(2), radius_km=10)
    assert found.tolist() == [2 / 5, 0, 0], "the third point has a place near, but no people: its place serves nobody"


def test_unknown_people_count_as_nobody_and_an_empty_list_of_pairs_is_no_error() -> None:
    found = two_step(np.array([np.nan, 4.0]), np.array([2.0]), np.array([0, 1]), np.array([0, 0]), np.ones(2), radius_km=10)
    assert found.tolist() == [0.5, 0.5]
    none = np.empty(0, np.intp)
    assert two_step(np.ones(2), np.ones(1), none, none, np.empty(0), radius_km=10).tolist() == [0, 0]


# --- the same, computed by others


def _by_access(made: dict[str, np.ndarray], radius_km: float, weigh: Any = None) -> np.ndarray:
    points, places = len(made["demand"]), len(made["supply"])
    asked = Access(
        demand_df=pd.DataFrame({"id": range(points), "people": made["demand"]}), demand_index="id", demand_value="people",
        supply_df=pd.DataFrame({"id": range(places), "amount": made["supply"]}), supply_index="id", supply_value="amount",
        cost_df=pd.DataFrame({"from": made["origins"], "to": made["destinations"], "km": made["km"]}),
        cost_origin="from", cost_dest="to", cost_name="km",
    )  # fmt: skip
    found = asked.two_stage_fca(name="found", max_cost=radius_km, weight_fn=weigh)
    return found["found_amount"].reindex(range(points)).fillna(0).to_numpy()


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize("seed", range(3))
def test_the_access_package_finds_the_same(seed: int) -> None:
    made = world(200, 60, 2_000, seed)
    np.testing.assert_allclose(two_step(**made, radius_km=9.3), _by_access(made, 9.3), rtol=1e-12, atol=0)
    ours = two_step(**made, radius_km=15, weights={5.0: 1.0, 10.0: 0.68, 15.0: 0.22})
    np.testing.assert_allclose(ours, _by_access(made, 15, weights.step_fn({5: 1, 10: 0.68, 15: 0.22})), rtol=1e-12, atol=0)


@settings(deadline=None)
@given(worlds, st.floats(0, 20))
def test_loops_over_places_and_points_find_the_same(made: dict[str, np.ndarray], radius_km: float) -> None:
    near = [(o, d) for o, d, km in zip(made["origins"], made["destinations"], made["km"], strict=True) if km <= radius_km + TOLERANCE_KM]
    people = {place: sum(made["demand"][o] for o, d in near if d == place) for place in range(len(made["supply"]))}
    expected = [sum(made["supply"][d] / people[d] for o, d in near if o == point) for point in range(len(made["demand"]))]
    np.testing.assert_allclose(two_step(**made, radius_km=radius_km), expected, rtol=1e-9)


@settings(deadline=None)
@given(worlds, st.floats(0, 20), st.booleans())
def test_nothing_of_what_somebody_reaches_is_lost(made: dict[str, np.ndarray], radius_km: float, stepped: bool) -> None:
    found = two_step(**made, radius_km=radius_km, weights={4.0: 1.0, 20.0: 0.3} if stepped else None)
    reached = np.unique(made["destinations"][made["km"] <= radius_km + TOLERANCE_KM])
    assert made["demand"] @ found == pytest.approx(made["supply"][reached].sum(), rel=1e-9, abs=1e-9)
    assert (found >= 0).all()


# --- reach


def test_the_share_within_each_step_counts_people_and_not_places() -> None:
    assert reach(np.array([100.0, 200.0, 700.0]), np.array([5.0, 5.1, np.inf]), (5, 10, 15)).tolist() == [0.1, 0.3, 0.3]


def test_points_of_which_something_is_unknown_are_left_out_of_the_share() -> None:
    assert reach(np.array([100.0, np.nan, 300.0]), np.array([1.0, 1.0, np.nan]), (5,)).tolist() == [1.0]
    assert np.isnan(reach(np.array([np.nan, 0.0]), np.array([1.0, 2.0]), (5, 10))).all()


@given(st.lists(st.tuples(st.integers(0, 1_000), st.floats(0, 50)), min_size=1, max_size=30))
def test_a_farther_step_never_reaches_fewer(points: list[tuple[int, float]]) -> None:
    people, km = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    shares = reach(people, km, (5, 10, 15, 50))
    assert people.sum() == 0 or ((np.diff(shares) >= 0).all() and shares[-1] == pytest.approx(1))
