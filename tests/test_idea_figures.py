"""Claims about how the ranking of partners is measured: figures by hand, and nothing later than the held-out day is known."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from benchmarks.ideas import METHODS, SPLIT, Case, cases, expected, interval, measured
from lib.analysis.initiatives import parties_of
from lib.analysis.profile import day_of
from tests.reports.test_idea_cases import desk


@cache
def every_case() -> tuple[Case, ...]:
    return tuple(cases(desk()))


def held_out() -> tuple[Case, ...]:
    return tuple(case for case in every_case() if day_of(case.item) >= SPLIT)


@pytest.mark.parametrize(
    ("scores", "hidden", "reciprocal", "recall"),
    [
        ([3, 2, 1], [True, False, False], 1.0, 1.0),
        ([3, 2, 1], [False, False, True], 1 / 3, 1.0),
        ([1, 1], [True, False], (1 + 1 / 2) / 2, 1.0),
        ([1, 1, 1], [True, True, False], (1 * 2 / 3) + (1 / 2 * 1 / 3), 1.0),
        ([2, 1, 1], [False, True, False], (1 / 2 + 1 / 3) / 2, 1.0),
        ([*range(12, 0, -1)], [False] * 11 + [True], 1 / 12, 0.0),
        ([1] * 20, [True] + [False] * 19, sum(1 / k for k in range(1, 21)) / 20, 0.5),
        ([*range(12, 0, -1)], [True] + [False] * 10 + [True], 1.0, 0.5),
    ],
)
def test_figures_are_expectations_over_all_orders_of_equals(
    scores: list[float], hidden: list[bool], reciprocal: float, recall: float
) -> None:
    assert expected(np.array(scores, dtype=float), np.array(hidden)) == pytest.approx((reciprocal, recall))


def test_an_interval_holds_the_mean_and_is_the_same_twice() -> None:
    values = np.array([0.0, 0.2, 0.4, 1.0])
    mean, low, high = interval(values)
    assert mean == 0.4 and low < mean < high and interval(values) == (mean, low, high)
    assert interval(np.full(5, 0.5)) == (0.5, 0.5, 0.5)


def test_the_held_out_part_is_about_half_and_its_partners_are_hidden() -> None:
    older = len(every_case()) - len(held_out())
    assert older >= 20 and len(held_out()) >= 20
    for case in held_out():
        ids = {case.desk.ground.items[row].id for row in case.rows}
        assert case.hidden.any() and case.idea.organiser not in ids


def test_nothing_from_the_held_out_day_on_is_known_to_the_ranking() -> None:
    for case in held_out():
        known = {code for did in case.desk.ground.work.did.values() for code in did}
        assert case.item.id not in known
        assert all(day_of(desk().dataset.items[desk().dataset.by_id[code]]) < day_of(case.item) for code in known)
        assert not set(parties_of(case.item)) & {case.idea.organiser} or case.idea.organiser not in {
            case.desk.ground.items[row].id for row in case.rows
        }


@pytest.mark.parametrize("method", METHODS)
def test_every_method_ranks_the_same_candidates(method: str) -> None:
    case = held_out()[0]
    assert METHODS[method](case).shape == case.rows.shape
    assert measured([case], METHODS[method]).shape == (1, 2)
