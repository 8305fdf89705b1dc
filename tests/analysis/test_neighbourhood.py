"""Claims about likeness of neighbours: a row of ten gminas, half of them with much and half with little; silence where few are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lib.analysis import gaps
from lib.analysis.gaps import Area, Assessment
from lib.analysis.neighbourhood import LEAST_AREAS, Cluster, neighbourhood
from lib.geo.neighbours import Border, neighbours
from tests.regions import project, project_region, region

BLANK = gaps.assess(region(), region().measures["clubs"])


def row(values: Sequence[float | None]) -> tuple[Assessment, dict[str, tuple[Border, ...]]]:
    """Gminas "00", "01", … side by side with these smoothed rates (None where nobody looked), each the neighbour of the next."""
    codes = [f"{i:02}" for i in range(len(values))]
    borders = {code: tuple(Border(codes[j], 1.0) for j in (i - 1, i + 1) if 0 <= j < len(codes)) for i, code in enumerate(codes)}
    return replace(BLANK, areas=tuple(area(code, value) for code, value in zip(codes, values, strict=True))), borders


def area(code: str, value: float | None) -> Area:
    known = value is not None
    verdict, reason, level = ("uncertain", "interval", "sample") if known else ("unknown", "not_looked_for", "unlooked")
    return Area(code, 1, 1_000.0, 1.0, value, value, value, verdict, reason, level, None)


def naive_index(values: Sequence[float]) -> float:
    """Moran's I of a row with loops: every gmina beside the mean of its one or two neighbours."""
    mean = sum(values) / len(values)
    z = [value - mean for value in values]
    lags = [sum(z[j] for j in (i - 1, i + 1) if 0 <= j < len(z)) / (1 if i in (0, len(z) - 1) else 2) for i in range(len(z))]
    return sum(a * b for a, b in zip(z, lags, strict=True)) / sum(a * a for a in z)


def test_halves_that_differ_are_more_alike_than_chance_would_have_them() -> None:
    """z is plus or minus one; each lag is the own value but for the two gminas at the border, whose lag is 0: I = 8 / 10."""
    values = [1.0] * 5 + [9.0] * 5
    found = neighbourhood(*row(values))
    assert found.areas == 10 and found.p is not None and found.p < 0.05
    assert found.index == pytest.approx(0.8) == pytest.approx(naive_index(values))


def test_neighbours_that_take_turns_are_less_alike_than_chance_would_have_them() -> None:
    values = [1.0, 9.0] * 6
    found = neighbourhood(*row(values))
    assert found.index == pytest.approx(-1) == pytest.approx(naive_index(values))
    assert found.p is not None and found.p < 0.05


def test_no_pattern_is_no_finding() -> None:
    found = neighbourhood(*row([1, 5, 2, 7, 3, 6, 5, 2, 8, 4]))
    assert found.index == pytest.approx(naive_index([1, 5, 2, 7, 3, 6, 5, 2, 8, 4]))
    assert found.p is not None and found.p > 0.05 and found.clusters == ()


def test_a_strong_cluster_survives_false_discovery_control_and_says_its_kind() -> None:
    """Six at one end of a row of 40 have nine times as much: who stands out among them is high, who stands out elsewhere low."""
    found = neighbourhood(*row([9.0, 9.1, 9.2, 9.3, 9.4, 9.5, *(1 + i / 100 for i in range(34))]))
    high = {one.teryt for one in found.clusters if one.kind == "high"}
    low = {one.teryt for one in found.clusters if one.kind == "low"}
    assert high and high <= {f"{i:02}" for i in range(6)} and not low & {f"{i:02}" for i in range(6)}
    assert len(high) + len(low) == len(found.clusters)
    assert all(isinstance(one, Cluster) and 0 < one.p < 0.05 for one in found.clusters)


def test_gminas_that_nobody_looked_at_are_left_out_together_with_their_borders() -> None:
    values: list[float | None] = [1.0] * 5 + [9.0] * 5
    holes = neighbourhood(*row([None, *values, None]))
    assert holes.areas == 10 and holes.index == pytest.approx(0.8)
    parted = neighbourhood(*row([*values[:5], None, *values[5:]]))
    assert parted.areas == 10 and parted.index == pytest.approx(1.0), "the hole parts the halves: no border between unlike ones is left"


def test_of_too_few_or_equal_gminas_nothing_is_said() -> None:
    few = neighbourhood(*row([1.0, 9.0] * (LEAST_AREAS // 2 - 1) + [None] * 20))
    assert (few.areas, few.index, few.p, few.clusters) == (LEAST_AREAS - 2, None, None, ())
    alike = neighbourhood(*row([3.0] * 12))
    assert (alike.areas, alike.index, alike.clusters) == (12, None, ())


def test_gminas_without_any_border_are_no_error() -> None:
    found, _ = row([1.0, 9.0] * 5)
    assert neighbourhood(found, {}).clusters == ()


def test_the_same_data_gives_the_same_answer() -> None:
    assert neighbourhood(*row([1.0] * 5 + [9.0] * 5)) == neighbourhood(*row([1.0] * 5 + [9.0] * 5))


def test_the_real_measures_are_compared_over_the_gminas_that_were_looked_for() -> None:
    base, borders = project_region(), neighbours(project().boundaries)
    for name in ("senior_clubs", "kgw", "fire_brigades"):
        told = gaps.assess(base, base.measures[name])
        found = neighbourhood(told, borders)
        assert found.areas == sum(area.smoothed is not None for area in told.areas)
        assert {one.teryt for one in found.clusters} <= {area.teryt for area in told.areas if area.smoothed is not None}
        assert found.index is None or (-1 <= found.index <= 1 and found.p is not None and 0 < found.p <= 1)
