"""How many people live in each town and village, when only the number for the gmina is known? People in, people out.

Official figures by locality are not loaded. Until the column `people` of the localities is filled, the people of a gmina are shared
out in proportion to weights: the population that GeoNames lists (mostly places over 500 people), and for the places it does
not list an equal share of what the listed ones leave. Every age group is shared out in the same proportion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

LEAST_UNLISTED = 50.0
"""People assumed in a place that GeoNames does not list, where the listed ones already exceed the gmina's total: a small village."""

Floats = NDArray[np.float64]


def weights(teryts: Sequence[str], listed: Floats, counted: Floats, totals: Mapping[str, float]) -> Floats:
    """Weight of each locality within its gmina; the weights of a gmina add up to 1.

    `listed` is the undated population of a gazetteer and `counted` an official one, NaN where unknown; `totals` are the people of
    the gminas. Where any locality of a gmina has an official figure, those without one share the rest equally.
    """
    found = np.zeros(len(teryts))
    for teryt, mine in members(teryts).items():
        official = counted[mine]
        known = official if np.isfinite(official).any() else listed[mine]
        found[mine] = _within(known, totals.get(teryt, np.nan))
    return found


def _within(known: Floats, total: float) -> Floats:
    unknown = ~np.isfinite(known)
    rest = (total - np.nansum(known)) / max(int(unknown.sum()), 1)
    share = np.where(unknown, max(rest, LEAST_UNLISTED) if np.isfinite(rest) else LEAST_UNLISTED, known)
    return share / share.sum() if share.sum() > 0 else np.full(len(share), 1 / len(share))


def members(teryts: Sequence[str]) -> dict[str, NDArray[np.intp]]:
    """The places of each gmina as positions in the list, in its order; {TERYT: positions}."""
    if not len(teryts):
        return {}
    codes, owner = np.unique(np.asarray(teryts, dtype=str), return_inverse=True)
    order = np.argsort(owner, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(owner))[:-1])
    return {str(code): part for code, part in zip(codes, parts, strict=True)}


def spread(teryts: Sequence[str], weight: Floats, people: Mapping[str, float]) -> Floats:
    """People of a group in each locality: the gmina's number times the weight; 0 where the gmina's number is unknown."""
    own = np.array([people.get(teryt, np.nan) for teryt in teryts], dtype=float)
    return np.nan_to_num(own, nan=0.0) * weight
