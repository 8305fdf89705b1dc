"""Made-up siting problems of any size, and the naive way to solve them: look at every allowed set of sites."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from lib.analysis.siting_bound import Model
from lib.analysis.siting_rules import Floats, Ints, Rules

SIDE_M = 100_000.0
"""Side of the square over which places are strewn: about the size of the region."""


def strewn(places: int, sites: int, *, seed: int) -> tuple[Floats, Floats]:
    """Distances in metres (places by sites) over a square, and people of each place: few large places, many small ones."""
    rng = np.random.default_rng(seed)
    here, there = rng.random((places, 2)) * SIDE_M, rng.random((sites, 2)) * SIDE_M
    metres = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    return metres, np.rint(np.exp(rng.normal(5.5, 1.0, places)))


def reach_of(metres: Floats, radius_m: float) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix(metres <= radius_m)


def every_set(model: Model, rules: Rules) -> list[float]:
    """The worth of every allowed set of sites, the best first."""
    allowed = (s for s in combinations(range(rules.candidates), rules.count) if rules.allows(s))
    return sorted((model.worth(np.array(s, dtype=np.intp)) for s in allowed), reverse=True)


def labels(*values: int) -> Ints:
    return np.array(values, dtype=np.intp)
