"""Claims about likeness of neighbours: five villages on a line by hand, the same figures as esda, and nothing said of what is unknown."""

from __future__ import annotations

import json
from itertools import permutations

import esda
import libpysal
import numpy as np
import pytest
from esda.significance import calculate_significance
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from lib.analysis import moran
from lib.geo.neighbours import Border, neighbours
from lib.settings import DATA_DIR

VILLAGES = ("a", "b", "c", "d", "e")
BORDERS = {
    "a": (Border("b", 3.0),), "b": (Border("a", 3.0), Border("c", 1.0)), "c": (Border("d", 2.0), Border("b", 1.0)),
    "d": (Border("c", 2.0), Border("e", 5.0)), "e": (Border("d", 5.0),), "island": (),
}  # fmt: skip
LINE = moran.contiguity(VILLAGES, BORDERS)
RISING = np.array([1.0, 2.0, 3.0, 4.0, 5.0])


def _sids() -> tuple[np.ndarray, np.ndarray, libpysal.weights.W]:
    """Sudden deaths per 1,000 births in 100 counties, and the neighbours that the sample comes with."""
    values = np.array(libpysal.io.open(libpysal.examples.get_path("sids2.dbf")).by_col("SIDR74"), dtype=float)
    w = libpysal.io.open(libpysal.examples.get_path("sids2.gal")).read()
    w.transform = "r"
    return values, w.full()[0], w


# --- five villages on a line


def test_neighbours_weigh_the_same_however_long_the_border() -> None:
    assert LINE.tolist() == [
        [0, 1, 0, 0, 0], [0.5, 0, 0.5, 0, 0], [0, 0.5, 0, 0.5, 0], [0, 0, 0.5, 0, 0.5], [0, 0, 0, 1, 0],
    ]  # fmt: skip


def test_borders_with_areas_outside_the_list_are_left_out() -> None:
    assert moran.contiguity(("e", "d", "island", "nowhere"), BORDERS).tolist() == [[0, 1, 0, 0], [1, 0, 0, 0], [0] * 4, [0] * 4]


def test_values_that_rise_along_the_line_have_a_moran_of_six_tenths() -> None:
    """z = -2 -1 0 1 2, lags -1 -1 0 1 1: products add up to 6, squares to 10."""
    found = moran.moran(RISING, LINE, permutations=99)
    assert (found.index, found.expected, found.areas) == (pytest.approx(0.6), -0.25, 5)
    local = moran.local_moran(RISING, LINE, permutations=99)
    assert local.index == pytest.approx([0.8, 0.4, 0, 0.4, 0.8])
    assert [moran.QUADRANTS[q] for q in local.quadrant[[0, 1, 3, 4]]] == ["low", "low", "high", "high"]


def test_a_low_village_between_high_ones_is_named_so() -> None:
    quadrants = moran.local_moran(np.array([9.0, 1.0, 9.0, 9.0, 1.0]), LINE, permutations=99).quadrant
    assert moran.QUADRANTS[quadrants[1]] == "low_among_high"
    assert moran.QUADRANTS[quadrants[0]] == "high_among_low"


def test_pseudo_p_values_approach_those_of_all_orders_of_the_values() -> None:
    def tails(chance: list[float], seen: float) -> float:
        return 2 * min(np.mean(np.array(chance) >= seen - 1e-9), np.mean(np.array(chance) <= seen + 1e-9))

    def index(values: tuple[float, ...]) -> float:
        z = np.array(values) - np.mean(values)
        return float(sum(z[i] * LINE[i] @ z for i in range(5)))

    values = (1.0, 2.0, 4.0, 8.0, 5.0)
    found, local = moran.moran(np.array(values), LINE, seed=3), moran.local_moran(np.array(values), LINE, seed=3)
    assert found.p == pytest.approx(min(1, tails([index(order) for order in permutations(values)], index(values))), abs=0.02)
    z = np.array(values) - np.mean(values)
    for i in range(5):
        others = [np.insert(np.array(order), i, z[i]) for order in permutations(np.delete(z, i))]
        expected = tails([z[i] * LINE[i] @ order for order in others], z[i] * LINE[i] @ z)
        assert local.p[i] == pytest.approx(min(1, expected), abs=0.02)


def test_a_seed_gives_the_same_p_values_each_time_and_batches_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    values, weights, _ = _sids()
    first = moran.local_moran(values, weights, permutations=199, seed=5)
    np.testing.assert_array_equal(first.p, moran.local_moran(values, weights, permutations=199, seed=5).p)
    assert (first.p != moran.local_moran(values, weights, permutations=199, seed=6).p).any()
    monkeypatch.setattr(moran, "CELLS", 1_000)
    np.testing.assert_array_equal(first.p, moran.local_moran(values, weights, permutations=199, seed=5).p)


# --- what is unknown, alone or all alike


def test_an_unknown_village_is_left_out_with_its_links() -> None:
    """Without the one in the middle two pairs stay: z = -2 -1 1 2, each one's lag is the other; 8 over 10."""
    values = np.array([1.0, 2.0, np.nan, 4.0, 5.0])
    found, local = moran.moran(values, LINE, permutations=99), moran.local_moran(values, LINE, permutations=99)
    assert (found.index, found.areas) == (pytest.approx(0.8), 4)
    assert local.index[[0, 1, 3, 4]] == pytest.approx([0.6] * 4)
    assert np.isnan(local.index[2]) and np.isnan(local.p[2]) and local.quadrant[2] == 0


def test_an_island_counts_for_the_mean_and_is_told_nothing() -> None:
    """z = -2 -1 0 1 2 and 0 for the island; five of six have neighbours: 6/5 * 6/10."""
    weights = moran.contiguity((*VILLAGES, "island"), BORDERS)
    values = np.append(RISING, 3.0)
    assert moran.moran(values, weights, permutations=99).index == pytest.approx(0.72)
    local = moran.local_moran(values, weights, permutations=99)
    assert np.isnan(local.index[5]) and np.isnan(local.p[5]) and local.quadrant[5] == 0
    assert np.isfinite(local.p[:5]).all()


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (np.full(5, 0.1 + 0.2), LINE), (np.array([1, 2, np.nan, np.nan, np.nan]), LINE), (np.full(5, np.nan), LINE),
        (RISING, np.zeros((5, 5))), (np.empty(0), np.empty((0, 0))),
    ],
    ids=["all alike", "two known", "none known", "islands only", "no area"],
)  # fmt: skip
def test_where_there_is_nothing_to_compare_there_is_no_figure(values: np.ndarray, weights: np.ndarray) -> None:
    found, local = moran.moran(values, weights), moran.local_moran(values, weights)
    assert np.isnan(found.index) and np.isnan(found.p)
    assert np.isnan(local.index).all() and np.isnan(local.p).all() and not local.quadrant.any()
    assert not moran.discoveries(local.p).any()


# --- the same, computed by esda


def test_moran_is_that_of_esda_on_100_counties() -> None:
    values, weights, w = _sids()
    found = moran.moran(values, weights)
    assert found.index == pytest.approx(0.24772519320480135, abs=1e-12)
    assert found.index == pytest.approx(esda.Moran(values, w, permutations=0).I, abs=1e-12)
    assert found.p <= 0.002


@pytest.mark.filterwarnings("ignore:The alternative hypothesis")
def test_local_moran_and_quadrants_are_those_of_esda_on_100_counties() -> None:
    values, weights, w = _sids()
    found = moran.local_moran(values, weights, seed=1)
    theirs = esda.Moran_Local(values, w, permutations=moran.PERMUTATIONS, seed=2)
    np.testing.assert_allclose(found.index, theirs.Is, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(found.quadrant, theirs.q)
    np.testing.assert_allclose(found.p, np.minimum(1, 2 * theirs.p_sim), atol=0.04)
    np.testing.assert_allclose(found.p, calculate_significance(theirs.Is, theirs.rlisas, alternative="two-sided"), atol=0.04)


def test_islands_do_not_change_that_the_figure_is_that_of_esda() -> None:
    values, weights, _ = _sids()
    weights[[4, 7]], weights[:, [4, 7]] = 0, 0
    links = {i: np.flatnonzero(row).tolist() for i, row in enumerate(weights)}
    w = libpysal.weights.W(links, silence_warnings=True)
    theirs = esda.Moran_Local(values, w, permutations=0)
    ours = moran.local_moran(values, np.sign(weights) / np.maximum((weights > 0).sum(axis=1, keepdims=True), 1), permutations=9)
    linked = np.isfinite(ours.index)
    assert np.flatnonzero(~linked).tolist() == [4, 7]
    np.testing.assert_allclose(ours.index[linked], theirs.Is[linked], atol=1e-12)
    assert moran.moran(values, weights, permutations=9).index == pytest.approx(esda.Moran(values, w, permutations=0).I, abs=1e-12)


# --- false discoveries


def test_the_largest_p_value_under_the_line_takes_all_smaller_ones_with_it() -> None:
    """At 5 % of four: .0125, .025, .0375, .05; the second alone would fail, but the third passes."""
    assert moran.discoveries(np.array([0.037, 0.9, 0.026, 0.01]), 0.05).tolist() == [True, False, True, True]
    assert not moran.discoveries(np.array([0.02, 0.9, 0.03, 0.04]), 0.05).any()


def test_areas_that_were_not_tested_neither_stand_out_nor_count() -> None:
    assert moran.discoveries(np.array([np.nan, 0.04, np.nan]), 0.05).tolist() == [False, True, False]


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=40), st.sampled_from([0.01, 0.05, 0.1, 0.2]))
def test_discoveries_are_those_of_scipy_and_of_esda(thousandths: list[int], rate: float) -> None:
    p = np.array(thousandths) / 1_000 - 1e-7
    kept = moran.discoveries(p, rate)
    np.testing.assert_array_equal(kept, false_discovery_control(p) <= rate)
    np.testing.assert_array_equal(kept, p <= esda.fdr(p, rate))


def _region() -> np.ndarray:
    """Weights of the region's own 31 gminas, from north to south."""
    boundaries = json.loads((DATA_DIR / "gminas" / "boundaries.geojson").read_text(encoding="utf-8"))
    north = sorted(boundaries["features"], key=lambda feature: -feature["properties"]["label_latitude"])
    return moran.contiguity([feature["properties"]["teryt"] for feature in north], neighbours(boundaries))


def test_at_random_the_region_is_seldom_said_to_have_a_cluster() -> None:
    """Values that have nothing to do with the place, a hundred times over."""
    weights, rng = _region(), np.random.default_rng(2)
    chance = [moran.local_moran(rng.normal(size=31), weights, permutations=2_499, seed=i).p for i in range(100)]
    assert np.mean([moran.discoveries(p).any() for p in chance]) <= 0.08


def test_a_region_that_falls_from_north_to_south_is_said_to_be_so_at_both_ends() -> None:
    weights, values = _region(), np.linspace(1, 0, 31)
    local = moran.local_moran(values, weights)
    kept = moran.discoveries(local.p)
    assert moran.moran(values, weights).p < 0.001
    assert {moran.QUADRANTS[q] for q in local.quadrant[kept]} == {"high", "low"}


def test_a_region_split_into_a_high_and_a_low_half_shows_in_the_whole_but_in_no_single_gmina() -> None:
    """What 31 areas cannot show: five neighbours that are all high happen by chance too often."""
    weights, values = _region(), np.repeat([1.0, 0.0], [15, 16])
    assert moran.moran(values, weights).p < 0.001
    assert not moran.discoveries(moran.local_moran(values, weights).p).any()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(st.integers(0, 9), st.just(np.nan)), min_size=5, max_size=5), st.floats(0.001, 1_000), st.floats(-50, 50))
def test_neither_unit_nor_origin_of_the_values_matters(values: list[float], unit: float, shift: float) -> None:
    one, other = moran.moran(np.array(values), LINE, permutations=99), moran.moran(np.array(values) * unit + shift, LINE, permutations=99)
    assert one.index == pytest.approx(other.index, rel=1e-6, abs=1e-9, nan_ok=True)
    assert one.p == pytest.approx(other.p, nan_ok=True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(st.integers(0, 9), st.just(np.nan)), min_size=5, max_size=5))
def test_local_figures_add_up_to_that_of_the_whole(values: list[float]) -> None:
    found, local = moran.moran(np.array(values), LINE, permutations=9), moran.local_moran(np.array(values), LINE, permutations=9)
    if np.isfinite(found.index):
        linked = np.isfinite(local.index).sum()
        assert np.nansum(local.index) * found.areas / linked / (found.areas - 1) == pytest.approx(found.index)
