"""How high is the rate of each area really, when counts are small? Events per person in and out; a count is Poisson, a rate gamma.

The rate of area i has the prior gamma(a, b) and, after y events among n people, the posterior gamma(a + y, b + n). Two ways to
find a and b are used, each for what it is good at:

- The shown value is the empirical Bayes mean of Marshall (1991), "Mapping disease and mortality rates using empirical Bayes
  estimators", Applied Statistics 40(2): m = sum y / sum n, A = max(sum n (r - m)^2 / sum n - m / mean n, 0), a = m^2 / A, b = m / A.
- The interval takes the prior itself as uncertain (Deely and Lindley 1981, "Bayes empirical Bayes", JASA 76): every pair of
  mean and spread of the region is weighed by how well it explains all counts (negative binomial), and the posteriors are mixed.
  With Marshall's one prior, 90 % intervals hold 40 to 82 % of the true rates of 31 areas, depending on total and spread; mixed
  ones hold 85 to 98 %, 91 % on the whole (`tests/analysis/test_bayes.py`), and are too wide rather than too narrow where few
  events tell little.

"Spread" is the standard deviation of the rates over their mean (coefficient of variation), so a = 1 / spread^2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.90
"""Probability of the interval: one in ten true rates lies outside."""
MIN_SPREAD = 0.05
"""31 areas with a hundred events cannot tell rates that differ by a twentieth from equal ones."""
MAX_SPREAD = 3.0
"""Nearly all events in one area of thirty; moments of kinds recorded in one or two gminas come near it."""
NOTHING_SEEN = 0.5
"""Events assumed where none were counted: the mean of Jeffreys' gamma(1/2, 0) prior for one common rate, updated with none seen."""
SIDE = 21
"""Gauss-Legendre points along the mean and along the spread: with 101 instead, bounds for 31 areas move by less than a thousandth."""
PASSES = 3
"""Grids, each zooming into what the one before found likely: 2,477 areas know their mean to a hundredth, 3 areas hardly at all."""
LIKELY = 1e-4
"""A grid point lighter than this, compared with the heaviest, is zoomed out of."""
MARGIN = 2
"""Points kept around the likely ones: on a coarse grid the heaviest point can be one off."""
WIDTH = 6.0
"""The first grid reaches this many standard deviations of the region's rate, at a spread of 1, to both sides on the logarithmic scale."""
CELLS = 100_000
"""Numbers held at once: as many as fit a processor's cache; all priors together for 31 areas, one spread at a time for 2,477."""
LEAST_GAP = 1e-12
"""Below this, logarithm of the mean less mean of the logarithm is rounding: the shape would be over a million million."""
NEWTON_STEPS = 4
"""Newton's method starts within 1.5 % of the shape (Minka 2002) and doubles the correct digits at each step."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """How rates vary over the region by Marshall's moments: `mean` in events per person, gamma shape `a` and rate `b` (people)."""

    mean: float
    a: float
    b: float


@dataclass(frozen=True)
class Smoothed:
    """Rates in events per person by area, NaN where count or people are unknown; each array has one entry an area.

    `mean` is Marshall's; `low` and `high` bound the interval; gamma(`shape`, `rate` in people) is what the interval and draws
    come from. The interval contains `mean`: where that lay outside, the nearer bound was moved to it.
    """

    prior: Prior
    mean: Floats
    low: Floats
    high: Floats
    shape: Floats
    rate: Floats


@dataclass(frozen=True, slots=True)
class _Grid:
    """Likely priors: `weight` (spreads, means) adds up to 1, `a` is the shape by spread, `b` (spreads, means) the rate in people."""

    weight: Floats
    a: Floats
    b: Floats


def smooth(
    counts: Floats,
    people: Floats,
    *,
    used: NDArray[np.bool_] | None = None,
    level: float = LEVEL,
    learned_from: tuple[Floats, Floats] | None = None,
) -> Smoothed:
    """Smoothed rates of all areas with an interval of the given probability.

    `used` marks the areas whose data may inform the prior (all by default); the others still get a rate. Areas with an unknown
    (NaN) count or without people get NaN and inform nothing; where no area may inform the prior, everything is NaN. Where
    the counts of all informing areas are 0, half an event is assumed in them together. `learned_from` gives other counts and people of
    the same areas to inform the prior: those of today, when the counts are supposed ones. Raises ValueError on negative counts
    and on arrays of different lengths.
    """
    y, n = np.asarray(counts, dtype=float), np.asarray(people, dtype=float)
    informs = np.ones(y.shape, dtype=bool) if used is None else np.asarray(used, dtype=bool)
    seen_y, seen_n = (y, n) if learned_from is None else (np.asarray(column, dtype=float) for column in learned_from)
    if len({y.shape, n.shape, informs.shape, seen_y.shape, seen_n.shape}) > 1:
        raise ValueError(f"counts, people and used differ in length: {y.shape}, {n.shape}, {informs.shape}")
    if (y < 0).any():
        raise ValueError("a count is negative")
    known = np.isfinite(y) & np.isfinite(n) & (n > 0)
    informs = informs & np.isfinite(seen_y) & np.isfinite(seen_n) & (seen_n > 0)
    mean, low, high, shape, rate = (np.full(len(y), np.nan) for _ in range(5))
    if not informs.any():
        return Smoothed(Prior(np.nan, np.nan, np.nan), mean, low, high, shape, rate)
    prior = marshall(seen_y[informs], seen_n[informs])
    mean[known] = (prior.a + y[known]) / (prior.b + n[known])
    shape[known], rate[known] = _nearest_gamma(_likely_priors(seen_y[informs], seen_n[informs]), y[known], n[known])
    low[known], high[known] = _bounds(shape[known], rate[known], mean[known], level)
    return Smoothed(prior, mean, low, high, shape, rate)


def draws(smoothed: Smoothed, count: int, seed: int | np.random.Generator) -> Floats:
    """Random rates (events per person) from the gammas of the interval, shape (`count`, areas); NaN where unknown.

    A number gives the same rates each time; a generator is used further, so that a caller may draw several things from one seed.
    """
    known = np.isfinite(smoothed.shape)
    found = np.full((count, len(known)), np.nan)
    size = (count, int(known.sum()))
    found[:, known] = np.random.default_rng(seed).gamma(smoothed.shape[known], 1 / smoothed.rate[known], size)
    return found


def marshall(counts: Floats, people: Floats) -> Prior:
    """The gamma prior by moments weighted with people, as in esda's `Empirical_Bayes`, with at least the spread MIN_SPREAD.

    `people` are positive and nothing is NaN. A mean of 0 is replaced by NOTHING_SEEN events in all areas together.
    """
    total = people.sum()
    mean = counts.sum() / total or NOTHING_SEEN / total
    between = (people * (counts / people - counts.sum() / total) ** 2).sum() / total - mean / people.mean()
    variance = max(between, (MIN_SPREAD * mean) ** 2)
    return Prior(float(mean), float(mean**2 / variance), float(mean / variance))


def _likely_priors(y: Floats, n: Floats) -> _Grid:
    """Priors by their posterior weight: likelihood of the counts, times a density flat in the spread, times Jeffreys' of the mean.

    Flat, because densities that lean to a small spread (half-normal, half-Cauchy) made intervals that held 86 % of the rates
    where areas differ much; Jeffreys', because with no event at all any density flat in the logarithm has no end below.
    """
    total = y.sum()
    centre = float(np.log((total + NOTHING_SEEN) / n.sum()))
    half = WIDTH * float(np.sqrt(1 / (total + NOTHING_SEEN) + (n**2).sum() / n.sum() ** 2))
    spread, mean = (float(np.log(MIN_SPREAD)), float(np.log(MAX_SPREAD))), (centre - half, centre + half)
    nodes, share = np.polynomial.legendre.leggauss(SIDE)
    for _ in range(PASSES):
        spreads, means = _axis(spread, nodes), _axis(mean, nodes)
        a, b, fit = _fit(y, n, spreads, means, centre)
        density = np.exp(fit - fit.max())
        likely = density > LIKELY
        spread, mean = _zoomed(spread, spreads, likely.any(axis=1)), _zoomed(mean, means, likely.any(axis=0))
    weight = density * share[:, None] * share
    return _Grid(weight / weight.sum(), a, b)


def _axis(ends: tuple[float, float], nodes: Floats) -> Floats:
    return (ends[0] + ends[1]) / 2 + (ends[1] - ends[0]) / 2 * nodes


def _zoomed(ends: tuple[float, float], axis: Floats, likely: NDArray[np.bool_]) -> tuple[float, float]:
    """The part of an axis from MARGIN points before the first likely one to as many after the last."""
    found = np.flatnonzero(likely)
    first, last = found[0] - MARGIN, found[-1] + MARGIN
    return float(axis[first]) if first >= 0 else ends[0], float(axis[last]) if last < len(axis) else ends[1]


def _fit(y: Floats, n: Floats, spreads: Floats, means: Floats, centre: float) -> tuple[Floats, Floats, Floats]:
    """Shape, rate and log weight of each prior, up to a constant; `spreads` and `means` are logarithms."""
    from scipy.special import gammaln

    a = np.exp(-2 * spreads)
    b = a[:, None] / np.exp(means)
    values, times = np.unique(y, return_counts=True)
    # Begins with the logarithm of the spread: a density flat in the spread is e^x in its logarithm x.
    fit = spreads + (gammaln(a[:, None] + values) - gammaln(a)[:, None]) @ times
    fit = fit[:, None] - y.sum() * np.log(b)
    for part in _parts(len(n)):
        odds = n / b[part][:, :, None]
        more = 1 + odds
        seen = np.divide(odds, more, out=odds).sum(axis=2)  # in place: fresh memory costs more than the sums
        logs = np.log(more, out=more)
        fit[part] -= a[part, None] * logs.sum(axis=2) + logs @ y
        fit[part] += 0.5 * np.log(seen / (n / (a[part, None] / np.exp(centre) + n)).sum(axis=1, keepdims=True))
    return a, b, fit


def _parts(areas: int) -> Iterator[slice]:
    """The spreads in so many at once that an array of spreads, means and areas stays within CELLS."""
    step = max(1, CELLS // (SIDE * areas))
    return (slice(start, start + step) for start in range(0, SIDE, step))


def _nearest_gamma(grid: _Grid, y: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Shape and rate (people) of the gamma nearest to each mixed posterior: equal mean and equal mean logarithm.

    That is the gamma of the least Kullback-Leibler divergence. Matching mean and variance instead puts the lower bound too high.
    """
    from scipy.special import psi

    values, place = np.unique(y, return_inverse=True)
    mean, logarithm = np.zeros(len(y)), (grid.weight.sum(axis=1) @ psi(grid.a[:, None] + values))[place]
    for part in _parts(len(y)):
        at, weight = grid.b[part][:, :, None] + n, grid.weight[part]
        mean += ((weight[:, None, :] @ (1 / at))[:, 0] * (grid.a[part, None] + y)).sum(axis=0)
        logarithm -= np.tensordot(weight, np.log(at, out=at), 2)
    shape = _shape(np.maximum(np.log(mean) - logarithm, LEAST_GAP))
    return shape, shape / mean


def _shape(gap: Floats) -> Floats:
    """The shape of a gamma by logarithm of its mean less mean of its logarithm (Minka 2002, "Estimating a gamma distribution")."""
    from scipy.special import polygamma, psi

    shape = (3 - gap + np.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap)
    for _ in range(NEWTON_STEPS):
        shape = 1 / (1 / shape + (np.log(shape) - psi(shape) - gap) / (shape**2 * (1 / shape - polygamma(1, shape))))
    return shape


def _bounds(shape: Floats, rate: Floats, mean: Floats, level: float) -> tuple[Floats, Floats]:
    """Equal-tailed bounds of the gammas, moved to the shown mean where that lies outside."""
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    return np.minimum(gammaincinv(shape, tail) / rate, mean), np.maximum(gammaincinv(shape, 1 - tail) / rate, mean)
