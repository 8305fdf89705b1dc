"""Are areas beside each other more alike than chance would have it, and which stand out together with their neighbours?

Moran's I of the whole and its local parts (Anselin 1995, "Local indicators of spatial association", Geographical Analysis 27), as in
esda: z = value - mean, lag = mean of the neighbours' z, I = n / s0 * sum z lag / sum z^2, local I = (n - 1) z lag / sum z^2, where s0
is the number of areas that have a neighbour. Chance is what permuting the values over the areas gives; a local figure keeps its own
area's value and permutes the others. Pseudo p-values are two-sided: twice the smaller tail, (as or more extreme + 1) / (permutations
+ 1) each, because before looking nobody knows whether neighbours will be alike or unlike (esda's default takes the smaller tail
once). Where many areas are tested, Benjamini and Hochberg (1995) keep the expected share of false discoveries.

Areas with an unknown value (NaN) are left out together with their links, and the links of the others are weighed anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.geo.neighbours import Border

PERMUTATIONS = 9_999
"""The smallest two-sided p-value is then 0.0002. With 999 it would be 0.002, which a single area among 31 could never get
past false-discovery control at 5 % (it needs 0.0016)."""
FALSE_DISCOVERIES = 0.05
"""The expected share of false ones among the areas that are named."""
LEAST_AREAS = 3
"""Two areas are always unlike each other."""
TIED = 1e-12
"""Standardised figures that differ by less are equal: permuted sums add up in another order."""
CELLS = 2_000_000
"""Permuted numbers held at once: some 16 MB."""
QUADRANTS = {1: "high", 2: "low_among_high", 3: "low", 4: "high_among_low"}
"""Where an area lies in Moran's scatterplot, numbered as in esda; 0 stands for an area without neighbours or without a value."""

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I, what it is by chance alone (-1 / (n - 1)), its two-sided pseudo p-value and how many areas were compared.

    Everything but the number is NaN where fewer than LEAST_AREAS values are known, all are equal or no two areas are neighbours.
    """

    index: float
    expected: float
    p: float
    areas: int


@dataclass(frozen=True)
class LocalMoran:
    """Local Moran's I, quadrant (a key of QUADRANTS, else 0) and two-sided pseudo p-value of each area; NaN where there is none."""

    index: Floats
    quadrant: Ints
    p: Floats


def contiguity(codes: Sequence[str], borders: Mapping[str, Sequence[Border]]) -> Floats:
    """Row-standardised weights (areas, areas) from `lib.geo.neighbours`: all neighbours weigh the same; rows of islands are 0.

    The areas are in the order of `codes`; borders with areas that are not among them are left out.
    """
    place = {code: i for i, code in enumerate(codes)}
    linked = np.zeros((len(codes), len(codes)))
    for code, i in place.items():
        for border in borders.get(code, ()):
            if border.teryt in place:
                linked[i, place[border.teryt]] = 1.0
    return _standardised(linked)


def moran(values: Floats, weights: Floats, *, permutations: int = PERMUTATIONS, seed: int = 0) -> Moran:
    """Moran's I of all areas; `weights` is row-standardised and has no area as its own neighbour."""
    z, w, known = _compared(values, weights)
    links = w.sum()
    if known.sum() < LEAST_AREAS or not links or not z.any():
        return Moran(np.nan, np.nan, np.nan, int(known.sum()))
    scale = len(z) / links / (z @ z)
    index = scale * (z @ w @ z)
    rng = np.random.default_rng(seed)
    above = below = 0
    for count in _batches(permutations, len(z)):
        shuffled = rng.permuted(np.broadcast_to(z, (count, len(z))), axis=1)
        chance = scale * ((shuffled @ w.T) * shuffled).sum(axis=1)
        above, below = above + int((chance >= index - TIED).sum()), below + int((chance <= index + TIED).sum())
    return Moran(float(index), -1 / (len(z) - 1), float(_two_sided(np.array(above), np.array(below), permutations)), len(z))


def local_moran(values: Floats, weights: Floats, *, permutations: int = PERMUTATIONS, seed: int = 0) -> LocalMoran:
    """Local Moran's I of each area; `weights` is row-standardised and has no area as its own neighbour."""
    z, w, known = _compared(values, weights)
    found = LocalMoran(np.full(len(values), np.nan), np.zeros(len(values), dtype=np.intp), np.full(len(values), np.nan))
    linked = np.flatnonzero(w.any(axis=1))
    if known.sum() < LEAST_AREAS or not len(linked) or not z.any():
        return found
    lag = w @ z
    place = np.flatnonzero(known)[linked]
    found.index[place] = ((len(z) - 1) * z * lag / (z @ z))[linked]
    found.quadrant[place] = np.where(lag > 0, np.where(z > 0, 1, 2), np.where(z > 0, 4, 3))[linked]
    found.p[place] = _local_p(z, w, lag, linked, permutations, seed)
    return found


def discoveries(p: Floats, rate: float = FALSE_DISCOVERIES) -> Bools:
    """Which areas stand out when the expected share of false ones is kept at `rate` (Benjamini and Hochberg); NaN never does."""
    tested = np.flatnonzero(~np.isnan(p))
    ordered = np.sort(p[tested])
    passed = np.flatnonzero(ordered <= rate * np.arange(1, len(tested) + 1) / max(len(tested), 1))
    kept = np.zeros(len(p), dtype=bool)
    if len(passed):
        kept[tested] = p[tested] <= ordered[passed[-1]]
    return kept


def _compared(values: Floats, weights: Floats) -> tuple[Floats, Floats, Bools]:
    """Standardised values (all 0 where they are alike) and weights of the areas with a known value, and which these are."""
    known = np.isfinite(values)
    own = values[known]
    alike = not len(own) or np.ptp(own) <= TIED * np.abs(own).max()
    z = np.zeros(len(own)) if alike else (own - own.mean()) / own.std()
    return z, _standardised(weights[np.ix_(known, known)]), known


def _standardised(linked: Floats) -> Floats:
    total = linked.sum(axis=1, keepdims=True)
    return np.divide(linked, total, out=np.zeros_like(linked), where=total > 0)


def _local_p(z: Floats, w: Floats, lag: Floats, linked: Ints, permutations: int, seed: int) -> Floats:
    """How rarely z times the neighbours' mean is so far from the usual when the values of the other areas are shuffled."""
    rng = np.random.default_rng(seed)
    n = len(z)
    shares = [w[i][w[i] > 0] for i in linked]
    others = [np.delete(z, i) for i in linked]
    above, below = np.zeros(len(linked), dtype=np.intp), np.zeros(len(linked), dtype=np.intp)
    for count in _batches(permutations, n):
        order = rng.permuted(np.broadcast_to(np.arange(n - 1), (count, n - 1)), axis=1)[:, : max(map(len, shares))]
        for row, i in enumerate(linked):
            chance = z[i] * (others[row][order[:, : len(shares[row])]] @ shares[row])
            above[row] += (chance >= z[i] * lag[i] - TIED).sum()
            below[row] += (chance <= z[i] * lag[i] + TIED).sum()
    return _two_sided(above, below, permutations)


def _batches(permutations: int, areas: int) -> Iterator[int]:
    """How many permutations to draw at once, again and again until all are drawn."""
    size = max(1, CELLS // areas)
    return (min(size, permutations - start) for start in range(0, permutations, size))


def _two_sided(above: Ints, below: Ints, permutations: int) -> Floats:
    return np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (permutations + 1))
