"""How much of a service is there for each person, when people of many places share it? Amount per person out; kilometres in.

Two-step floating catchment area (Luo and Wang 2003, Environment and Planning B 30, doi 10.1068/b29120). First every supply is divided
among all people within the radius; then every demand point adds up what it gets from the supplies within its radius. With weights by
distance it is the enhanced form (E2SFCA, Luo and Qi 2009, Health & Place 15). Nothing is lost: the sum of people times access is the
sum of the supplies that somebody reaches. The `access` package computes the same by joining tables; sums by place over a list of
pairs are over ten times as fast (`benchmarks/gaps.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lib.geo.travel import TOLERANCE_KM

STEPS_KM = (5.0, 10.0, 15.0)
"""A walk or a bicycle ride, a short drive, the next town."""

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


def two_step(
    demand: Floats,
    supply: Floats,
    origins: Ints,
    destinations: Ints,
    km: Floats,
    *,
    radius_km: float,
    weights: Mapping[float, float] | None = None,
) -> Floats:
    """Amount of the service per person at each demand point.

    `demand` (points,) is people, `supply` (places,) the amount of the service; pair k says that `destinations[k]` (a place) is
    `km[k]` from `origins[k]` (a point). Pairs that are not listed are out of reach; a pair at the radius is within it. `weights` is
    {up to how many km: weight} and replaces "within the radius counts fully". A demand point that reaches nothing gets 0 (the
    `access` package gives NaN); a supply within reach of nobody is given to nobody. Unknown (NaN) demand counts as 0.
    """
    within = km <= radius_km + TOLERANCE_KM
    if not within.all():
        origins, destinations, km = origins[within], destinations[within], km[within]
    counted = 1.0 if weights is None else _weight(km, weights)
    people = np.bincount(destinations, np.nan_to_num(demand, nan=0.0)[origins] * counted, len(supply))
    share = np.divide(supply, people, out=np.zeros(len(supply)), where=people > 0)
    return np.asarray(np.bincount(origins, share[destinations] * counted, len(demand)), dtype=np.float64)


def _weight(km: Floats, weights: Mapping[float, float]) -> Floats:
    """Weight of each pair: that of the first step that reaches so far, 0 beyond the last."""
    steps = sorted(weights)
    values = np.array([*(weights[step] for step in steps), 0.0])
    return values[np.searchsorted(np.array(steps) + TOLERANCE_KM, km)]


def reach(people: Floats, nearest_km: Floats, steps: Sequence[float] = STEPS_KM) -> Floats:
    """Share of people (0..1) whose nearest service is within each step; NaN where nobody is known.

    Points whose people or way is unknown (NaN) are left out; infinite kilometres mean that there is no service at all.
    """
    known = np.isfinite(people) & ~np.isnan(nearest_km)
    total = people[known].sum()
    if not total > 0:
        return np.full(len(steps), np.nan)
    return np.array([people[known & (nearest_km <= step + TOLERANCE_KM)].sum() / total for step in steps])
