"""Where is need and lack together, and how firm is that order? Ranks of gminas with an interval, never one score alone.

Lack is how far the rates of the chosen measures fall short of the reference (0 to 1, the mean of the measures). Need is the weighted
mean of four figures, each brought to 0..1 by its rank among the gminas: people of the groups concerned, stated needs without an
answer per 1,000 people, the share of people without a known service within reach, and the years since a known meeting. A gmina is high
only when both are: priority is need and lack multiplied, each to the power of its weight.

Nothing of this is known exactly. 1,000 seeded draws take the rates from their posterior (where the data was not looked for: from
what is usual in the region), the reach from its range and the weights from a Dirichlet distribution round the chosen ones; the
interval of a rank holds nine of ten draws.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.analysis import bayes, gaps, service_reach, unanswered
from lib.analysis.gaps import Assessment
from lib.analysis.region import TOTAL, Region
from lib.domain.measure import RATE, YEARS_SINCE

WEIGHTS = {"lack": 0.5, "people": 0.15, "needs": 0.15, "reach": 0.1, "meeting": 0.1}
"""Half for lack and half for need, so that neither decides alone; within need, people and what they said weigh most. Adjustable."""
NEED_PARTS = ("people", "needs", "reach", "meeting")
DRAWS = 1_000
"""Enough that the ends of a 90 % interval of ranks move by less than one rank between seeds."""
CONCENTRATION = 40.0
"""How close the drawn weights stay to the chosen ones: with 40 a weight of 0.5 varies by about 0.08 either way."""
SEED = 20_261
REACH_KM = 10.0
TAILS = (0.05, 0.95)
FLOOR = 0.01
"""Least need and lack, so that one zero does not make all gminas with it equal."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rank:
    """One gmina: its rank (1 is the most urgent) with the interval of nine in ten draws, and the two sides it rests on (0..1).

    `parts` are the four figures of need before weighting, None where unknown. `unknown` names the chosen measures for which the
    data of this gmina says nothing, so that their lack was drawn from what is usual in the region.
    """

    teryt: str
    rank: int
    rank_low: int
    rank_high: int
    need: float
    lack: float
    parts: Mapping[str, float | None]
    figures: Mapping[str, float | None]
    """The same four as they are: people, open needs, share beyond reach (0..1, the middle of its range), years."""
    unknown: tuple[str, ...]
    shortfalls: Mapping[str, float]
    """How far each measure's rate falls short of its reference on average over the draws (0..1): what the lack is the mean of."""

    @property
    def hollow(self) -> bool:
        """Whether the data says nothing of most of the chosen measures here, so that the rank says little about the gmina."""
        return 2 * len(self.unknown) > len(self.shortfalls)


@dataclass(frozen=True)
class Ranking:
    """All gminas, the most urgent first; `first` are those that could be first: their interval reaches the first one's."""

    weights: Mapping[str, float]
    measures: tuple[str, ...]
    seed: int
    draws: int
    ranks: tuple[Rank, ...]

    @property
    def first(self) -> tuple[Rank, ...]:
        """The gminas that cannot be told apart from the first."""
        return tuple(rank for rank in self.ranks if rank.rank_low <= self.ranks[0].rank_high) if self.ranks else ()


def default_measures(region: Region) -> tuple[str, ...]:
    """The measures that count services: all that are rates."""
    return tuple(name for name, measure in region.measures.items() if measure.formula == RATE)


def weights_of(given: Mapping[str, float]) -> dict[str, float]:
    """The chosen weights brought to a sum of 1, the others at their default; all zero means the defaults."""
    mixed = {name: max(float(given.get(name, usual)), 0.0) for name, usual in WEIGHTS.items()}
    total = sum(mixed.values())
    return {name: value / total for name, value in mixed.items()} if total > 0 else dict(WEIGHTS)


def shortfalls(region: Region, assessments: Mapping[str, Assessment], *, seed: int = SEED, draws: int = DRAWS) -> dict[str, float]:
    """How far services fall short in each gmina (0..1): its lack under the given assessments, the mean over the draws."""
    chosen = {name: a for name, a in assessments.items() if a.measure.formula == RATE and a.posterior is not None}
    lack, _, _ = _lack(region, chosen, draws, np.random.default_rng(seed))
    return dict(zip(region.gminas, lack.mean(axis=0).tolist(), strict=True)) if chosen else {}


def unmet_need(region: Region, assessments: Mapping[str, Assessment] | None = None) -> dict[str, float]:
    """The shortfall of each gmina (0..1) that weighs the planner's people, over all measures of services; empty while none is known.

    `assessments` spares working them out anew; what they hold beside these measures plays no part.
    """
    counted = default_measures(region)
    found = gaps.assess_all(region, counted) if assessments is None else assessments
    return shortfalls(region, {name: found[name] for name in counted})


def rank(
    region: Region,
    assessments: Mapping[str, Assessment],
    *,
    weights: Mapping[str, float] | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
) -> Ranking:
    """The gminas in order of priority under the given assessments (rates only; a measure of years counts as the meeting part)."""
    chosen = {name: a for name, a in assessments.items() if a.measure.formula == RATE and a.posterior is not None}
    mixed, teryts = weights_of(weights or {}), list(region.gminas)
    rng = np.random.default_rng(seed)
    lack, unknown, shortfall = _lack(region, chosen, draws, rng)
    figures = _figures(region, chosen)
    parts, drawn_parts = _parts(figures, draws, rng)
    drawn_weights = _draw_weights(mixed, draws, rng)
    need = _weighted(drawn_parts, drawn_weights)
    score = _together(need, lack, drawn_weights[:, 0])
    order = np.lexsort((np.arange(len(teryts)), _mean_places(score)))
    places = _places(score, rng)
    low, high = (np.quantile(places, q, axis=0, method="inverted_cdf") for q in TAILS)
    ranks = [
        Rank(
            teryt=teryts[i],
            rank=place,
            rank_low=min(int(low[i]), place),
            rank_high=max(int(high[i]), place),
            need=float(need[:, i].mean()),
            lack=float(lack[:, i].mean()),
            parts={name: _known(parts[name][i]) for name in NEED_PARTS},
            figures={name: _known(figures[name][:, i].mean()) for name in NEED_PARTS},
            unknown=unknown[i],
            shortfalls={name: float(means[i]) for name, means in shortfall.items() if not math.isnan(means[i])},
        )
        for place, i in enumerate(order.tolist(), 1)
    ]
    return Ranking(mixed, tuple(chosen), seed, draws, tuple(ranks))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _lack(
    region: Region, chosen: Mapping[str, Assessment], draws: int, rng: np.random.Generator
) -> tuple[Floats, list[tuple[str, ...]], dict[str, Floats]]:
    """Shortfall by draw and gmina (the mean of the measures that apply there), the measures of which nothing is known there, and the
    mean shortfall by measure and gmina."""
    size = len(region.gminas)
    total, number = np.zeros((draws, size)), np.zeros(size)
    unknown: list[list[str]] = [[] for _ in range(size)]
    shortfall: dict[str, Floats] = {}
    for name, assessment in chosen.items():
        posterior, reference = assessment.posterior, assessment.reference
        if posterior is None or not reference:
            continue
        shortfall[name] = np.full(size, np.nan)
        told = bayes.draws(posterior, draws, int(rng.integers(2**32))) * assessment.measure.per
        usual = rng.gamma(posterior.shape[-1], assessment.measure.per / posterior.rate[-1], (draws, size))
        for i, area in enumerate(assessment.areas):
            if area.people == 0:  # nobody to lack it; where their number is unknown, what is usual holds
                continue
            if area.low is None or area.verdict == gaps.UNKNOWN:
                unknown[i].append(name)
            rate = usual[:, i] if area.low is None else told[:, i]
            short = np.clip(1 - rate / reference, 0, 1)
            total[:, i] += short
            shortfall[name][i] = short.mean()
            number[i] += 1
    return total / np.maximum(number, 1), [tuple(names) for names in unknown], shortfall


def _figures(region: Region, chosen: Mapping[str, Assessment]) -> dict[str, Floats]:
    """The four figures of need, each as (least, most) by gmina; both equal where no range is known, NaN where nothing is."""
    teryts = list(region.gminas)
    groups = {assessment.measure.people for assessment in chosen.values()} or {(TOTAL,)}
    counts = [region.people(columns) for columns in sorted(groups)]
    people = np.array([np.mean([count[teryt] for count in counts]) for teryt in teryts])
    everybody = np.array([region.people((TOTAL,))[teryt] for teryt in teryts])
    needs = np.array(_open_needs(region, chosen), dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        stated = np.where(everybody > 0, needs / everybody * 1_000, np.nan)
    least, most = _beyond(region, chosen)
    years = _years(region)
    return {"people": _same(people), "needs": _same(stated), "reach": np.stack([least, most]), "meeting": _same(years)}


def _same(values: Floats) -> Floats:
    return np.stack([values, values])


def _open_needs(region: Region, chosen: Mapping[str, Assessment]) -> list[float]:
    """Stated needs of the measures' themes without an answer; NaN where nobody stated any need at all: nobody was asked."""
    themes = sorted({theme for assessment in chosen.values() for theme in assessment.measure.themes})
    found = unanswered.answers(region, themes=themes) if themes else ()
    asked, open_needs = {item.teryt for item in region.items if item.kind == "needs"}, [one.need.teryt for one in found if one.open]
    return [float(open_needs.count(teryt)) if teryt in asked else math.nan for teryt in region.gminas]


def _beyond(region: Region, chosen: Mapping[str, Assessment]) -> tuple[Floats, Floats]:
    """The share of people without a service within REACH_KM, as a range, the mean over the measures."""
    reached = [service_reach.reach(region, a.measure, radius_km=REACH_KM, steps=(REACH_KM,)) for a in chosen.values()]
    size = len(region.gminas)
    if not reached:
        return np.full(size, np.nan), np.full(size, np.nan)
    least = np.array([[1 - area.shares[0].most for area in found.areas] for found in reached])
    most = np.array([[1 - area.shares[0].least for area in found.areas] for found in reached])
    return _column_means(least), _column_means(most)


def _column_means(values: Floats) -> Floats:
    """Means of the columns over what is known; NaN where nothing is."""
    known = np.isfinite(values)
    number = known.sum(axis=0)
    total = np.where(known, values, 0).sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _years(region: Region) -> Floats:
    """Years since the last known meeting; NaN where none is known or no measure counts them."""
    measure = next((m for m in region.measures.values() if m.formula == YEARS_SINCE), None)
    if measure is None:
        return np.full(len(region.gminas), np.nan)
    return np.array([np.nan if area.high is None else area.high for area in gaps.assess(region, measure).areas])


def _parts(figures: Mapping[str, Floats], draws: int, rng: np.random.Generator) -> tuple[dict[str, Floats], Floats]:
    """Each figure as its place among the gminas (0..1): once from the middle of its range, and in every draw (draws, 4, gminas)."""
    size = figures["people"].shape[1]
    middle = {name: _ladder(values.mean(axis=0)[None, :])[0] for name, values in figures.items()}
    drawn = np.empty((draws, len(NEED_PARTS), size))
    for i, name in enumerate(NEED_PARTS):
        least, most = figures[name]
        values = least + (most - least) * rng.random((draws, size)) if (most > least).any() else np.broadcast_to(least, (draws, size))
        ranked = _ladder(values)
        drawn[:, i] = np.where(np.isnan(ranked), rng.random((draws, size)), ranked)  # unknown: anywhere among the others
    return middle, drawn


def _ladder(values: Floats) -> Floats:
    """Places among the gminas of each row, 0 for the least and 1 for the most, equal values on the mean of their places."""
    from scipy.stats import rankdata

    ranked = rankdata(values, axis=1, nan_policy="omit")
    known = np.isfinite(values).sum(axis=1, keepdims=True)
    return np.asarray((ranked - 1) / np.maximum(known - 1, 1), dtype=float)


def _draw_weights(weights: Mapping[str, float], draws: int, rng: np.random.Generator) -> Floats:
    """Weights (draws, 5) in the order lack, then NEED_PARTS; what was set to zero stays zero."""
    mean = np.array([weights[name] for name in ("lack", *NEED_PARTS)])
    shape = np.where(mean > 0, CONCENTRATION * mean, 1.0)
    drawn = np.where(mean > 0, rng.gamma(shape, 1.0, (draws, len(mean))), 0.0)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=float)


def _weighted(parts: Floats, weights: Floats) -> Floats:
    """Need by draw and gmina: the mean of the parts by their weights; 1 everywhere when all four weigh nothing."""
    share = weights[:, 1:]
    total = share.sum(axis=1, keepdims=True)
    need = np.einsum("dp,dpg->dg", share, parts) / np.maximum(total, 1e-12)
    return np.where(total > 0, need, 1.0)


def _together(need: Floats, lack: Floats, weight: Floats) -> Floats:
    """Need and lack multiplied, each to the power of its weight: only both together make a gmina urgent."""
    share = weight[:, None]
    return np.asarray(np.maximum(need, FLOOR) ** (1 - share) * np.maximum(lack, FLOOR) ** share, dtype=float)


def _mean_places(score: Floats) -> Floats:
    """The mean rank of every gmina over the draws, 1 for the highest score; equal scores share their places."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(-score, axis=1).mean(axis=0), dtype=float)


def _places(score: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """The rank of every gmina in every draw; equal scores in random order, so that an interval holds every place a gmina could have."""
    order = np.lexsort((rng.random(score.shape), -score), axis=1)
    return np.argsort(order, axis=1) + 1
