"""How fast is the planner beside spopt with its default solver, on the same input and in the same run? Seconds; made-up places only.

Both programs get the distances and people of places strewn over a square. Measured is the way from there to the best set: building
the model and solving it. The third size is solved by ours alone: the solver of spopt is not waited for there.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.spatial import KDTree

from lib.analysis.siting_exact import Solution, solve
from lib.analysis.siting_models import Cover, Median
from lib.analysis.siting_rules import Rules

SIDE_M = 100_000.0
RADIUS_M = 12_000.0
"""15 km by road: the planner's own default on a square of the region's size."""
SEED = 7
COMPARED = ((512, 300, 8), (3_000, 500, 10))
ALONE = (10_000, 1_000, 10)
MEDIAN_SIZE = (512, 141, 5)
"""The planner's second mode at the size of the region."""
ROUNDS = 3
"""Ours is so short that one unlucky moment would decide; the median of three does not. Spopt's seconds are measured once."""
CLOSE = 1e-6


def strewn(places: int, sites: int) -> tuple[Any, Any, Any]:
    """Positions in metres of places and sites, and people of each place."""
    rng = np.random.default_rng(SEED)
    return rng.random((places, 2)) * SIDE_M, rng.random((sites, 2)) * SIDE_M, np.rint(np.exp(rng.normal(5.5, 1.0, places)))


def timed(work: Callable[[], Any], rounds: int = 1) -> tuple[float, Any]:
    """(median seconds, last result)."""
    seconds, result = [], None
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return median(seconds), result


def ours(here: Any, there: Any, people: Any, count: int) -> Solution:
    pairs = KDTree(here).sparse_distance_matrix(KDTree(there), RADIUS_M, output_type="ndarray")
    reach = csr_matrix((np.ones(len(pairs)), (pairs["i"], pairs["j"])), shape=(len(here), len(there)))
    return solve(Cover(reach, people), Rules.plain(count, len(there)))[0]


def theirs(here: Any, there: Any, people: Any, count: int) -> float:
    import pulp
    from spopt.locate import MCLP

    cost = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MCLP.from_cost_matrix(cost, people, RADIUS_M, p_facilities=count).solve(pulp.PULP_CBC_CMD(msg=False))
    return float(model.problem.objective.value())


def run() -> dict[str, Any]:
    """The figures; `plan.same_optimum` and `plan.proven` are 1 when every size agrees and is proven."""
    theirs(*strewn(30, 10), 2)  # imports and first calls are not what is compared
    found: dict[str, Any] = {"plan.same_optimum": 1, "plan.proven": 1}
    for places, sites, count in COMPARED:
        world, name = strewn(places, sites), f"{places}x{sites}"
        mine, best = timed(lambda: ours(*world, count), ROUNDS)  # noqa: B023
        other, value = timed(lambda: theirs(*world, count))  # noqa: B023
        found |= {f"plan.cover_ms_{name}": round(mine * 1e3), f"plan.spopt_cover_ms_{name}": round(other * 1e3)}
        found[f"plan.speedup_{name}"] = round(other / mine, 1)
        found["plan.same_optimum"] &= int(abs(best.worth - value) <= CLOSE * value)
        found["plan.proven"] &= int(best.proven)
    world = strewn(*ALONE[:2])
    alone, best = timed(lambda: ours(*world, ALONE[2]), ROUNDS)
    here, there, people = strewn(*MEDIAN_SIZE[:2])
    cost = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1]) * people[:, None]
    ways, shortest = timed(lambda: solve(Median(cost), Rules.plain(MEDIAN_SIZE[2], MEDIAN_SIZE[1]))[0], ROUNDS)
    found["plan.proven"] &= int(best.proven and shortest.proven)
    return found | {f"plan.cover_ms_{ALONE[0]}x{ALONE[1]}": round(alone * 1e3), "plan.median_ms_512x141": round(ways * 1e3)}


if __name__ == "__main__":
    for figure, value in run().items():
        print(f"{figure:40} {value}")
