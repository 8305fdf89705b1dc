"""How far is it by road, as long as no routing server is asked? Straight-line kilometres (EPSG:2180) times a named factor."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.geo.distance import METRES_PER_KM

DETOUR = 1.25
"""Road kilometres per straight-line kilometre. Newell (1980) found about 1.2 in towns, national means lie between 1.2 and 1.5
(Ballou et al. 2002); not measured here, so every figure built on it says so."""
TOLERANCE_KM = 1e-6
"""A millimetre: what lies exactly on the radius is within it in spite of rounding."""

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


def pairs_within(x: Floats, y: Floats, to_x: Floats, to_y: Floats, *, km: float, detour: float = DETOUR) -> tuple[Ints, Ints, Floats]:
    """All (origin, destination, travel kilometres) with a travel distance of at most `km`; positions in metres, NaN is nowhere.

    The answer is ordered by origin, then destination.
    """
    from scipy.spatial import KDTree

    origins, targets = np.flatnonzero(np.isfinite(x) & np.isfinite(y)), np.flatnonzero(np.isfinite(to_x) & np.isfinite(to_y))
    if not len(origins) or not len(targets):
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    reach_m = (km + TOLERANCE_KM) / detour * METRES_PER_KM
    one, other = KDTree(np.column_stack([x[origins], y[origins]])), KDTree(np.column_stack([to_x[targets], to_y[targets]]))
    found: Any = one.sparse_distance_matrix(other, reach_m, output_type="ndarray")
    order = np.lexsort((found["j"], found["i"]))
    return origins[found["i"][order]], targets[found["j"][order]], found["v"][order] * detour / METRES_PER_KM


def nearest_km(x: Floats, y: Floats, to_x: Floats, to_y: Floats, *, detour: float = DETOUR) -> tuple[Floats, Ints]:
    """Travel kilometres from each origin to the nearest destination and which one it is; infinite and -1 where there is none."""
    from scipy.spatial import KDTree

    km, which = np.full(len(x), np.inf), np.full(len(x), -1, dtype=np.intp)
    origins, targets = np.flatnonzero(np.isfinite(x) & np.isfinite(y)), np.flatnonzero(np.isfinite(to_x) & np.isfinite(to_y))
    if len(origins) and len(targets):
        distance, place = KDTree(np.column_stack([to_x[targets], to_y[targets]])).query(np.column_stack([x[origins], y[origins]]))
        km[origins], which[origins] = distance * detour / METRES_PER_KM, targets[place]
    return km, which
