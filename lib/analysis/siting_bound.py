"""How good can any plan be at most, and how good is one found quickly? Worth is what is maximised, in the unit of the model.

Lagrangian relaxation: each place pays a price for being served, which frees the sites of each other; whatever the prices, the
relaxed answer is an upper bound on every allowed plan. Prices are moved along a deflected subgradient (Held, Wolfe & Crowder 1974;
Camerini, Fratta & Maffioli 1975) until the bound meets the best plan found by exchanging single sites (Teitz & Bart 1968).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from lib.analysis.siting_rules import Floats, Ints, Rules

ROUNDS = 800
"""Price changes at most: bounds that meet at all do so within 150 to 600 on the worlds of the benchmark."""
KEPT_DIRECTION = 0.7
"""Share of the last direction in the next one: with 0 the bound oscillates and stops half a per cent short, 0.85 is slower."""
PATIENCE = 12
"""Changes without progress after which the step is shortened and the search returns to the best prices."""
SHORTER = 0.7
SMALLEST_STEP = 2e-3
PROGRESS = 2e-5
"""Relative gain of the bound below which a change counts as no progress."""
TRY_PLAN_EVERY = 25
"""Changes between two attempts to turn the relaxed answer into a better plan: an exchange costs as much as about ten changes."""
EQUAL = 1e-9
"""Relative difference below which two plans are equally good: rounding of sums, far under one person."""


class Model(Protocol):
    """What is maximised: the worth of a set of candidates, and its relaxation by prices."""

    def start(self, count: int) -> Floats:
        """Prices to begin with when `count` sites are chosen."""

    def scale(self) -> Floats:
        """How large the price of each place can become, about: heavy places move in larger steps."""

    def base(self, prices: Floats) -> float:
        """What the bound has whatever is chosen."""

    def scores(self, prices: Floats) -> Floats:
        """What each candidate adds to the bound."""

    def slope(self, prices: Floats, chosen: Ints) -> Floats:
        """How the bound grows with each price when `chosen` is the relaxed answer."""

    def within(self, prices: Floats) -> Floats:
        """The nearest prices that are allowed."""

    def worth(self, chosen: Ints) -> float:
        """The worth of a set of candidates."""

    def exchanges(self, others: Ints) -> Floats:
        """The worth of `others` with each candidate added."""


@dataclass(frozen=True)
class Bound:
    """No allowed plan is worth more than `upper`; `chosen` is a plan and worth `worth`. `scores` are those of the best prices."""

    upper: float
    scores: Floats
    chosen: Ints
    worth: float

    @property
    def closed(self) -> bool:
        """Whether the plan is proven best."""
        return self.upper - self.worth <= EQUAL * max(abs(self.worth), 1.0)


def tighten(model: Model, rules: Rules, *, enough: float = -np.inf) -> Bound | None:
    """The best bound and plan that prices find; None when the rules allow no set at all.

    The search ends early once no allowed plan can be worth `enough`.
    """
    prices, scale = model.start(rules.count), model.scale()
    scores = model.scores(prices)
    first = rules.pick(scores)
    if first is None:
        return None
    best = Bound(np.inf, scores, *improved(model, rules, first))
    kept, direction, step, stalled = prices, np.zeros(len(prices)), 1.0, 0
    for turn in range(ROUNDS):
        scores = model.scores(prices)
        chosen = _picked(rules, scores)
        upper = model.base(prices) + float(scores[chosen].sum())
        stalled = 0 if best.upper - upper > PROGRESS * abs(upper) else stalled + 1
        if upper < best.upper:
            best, kept = replace(best, upper=upper, scores=scores), prices
        if stalled > PATIENCE:
            step, stalled, prices, direction = step * SHORTER, 0, kept, np.zeros(len(prices))
            chosen = _picked(rules, best.scores)
        if turn % TRY_PLAN_EVERY == TRY_PLAN_EVERY - 1:
            best = _better(model, rules, best, chosen)
        slope = model.slope(prices, chosen)
        direction = KEPT_DIRECTION * direction + (1 - KEPT_DIRECTION) * slope if direction.any() else slope
        length = float(direction @ (scale * direction))
        if best.closed or best.upper < enough or step < SMALLEST_STEP or length == 0:
            break
        target = best.worth - 1e-3 * abs(best.worth)
        prices = model.within(prices - step * (best.upper - target) / length * scale * direction)
    return _better(model, rules, best, _picked(rules, best.scores))


def _picked(rules: Rules, scores: Floats) -> Ints:
    chosen = rules.pick(scores)
    assert chosen is not None  # allowed sets do not depend on scores
    return chosen


def _better(model: Model, rules: Rules, best: Bound, chosen: Ints) -> Bound:
    """The bound with a better plan when exchanges from `chosen` lead to one."""
    found, worth = improved(model, rules, chosen)
    return replace(best, chosen=found, worth=worth) if worth > best.worth else best


def improved(model: Model, rules: Rules, chosen: Ints) -> tuple[Ints, float]:
    """A plan that no exchange of one site betters, reached from `chosen`, and its worth."""
    sites, worth, moved = [int(j) for j in chosen], model.worth(chosen), True
    while moved:
        moved = False
        for place, site in enumerate(sites):
            if site in rules.fixed:
                continue
            others = np.array(sites[:place] + sites[place + 1 :], np.intp)
            values = np.where(rules.room(others.tolist()), model.exchanges(others), -np.inf)
            best = int(np.argmax(values))
            if values[best] > worth + EQUAL * max(abs(worth), 1.0):
                sites[place], worth, moved = best, float(values[best]), True
    found = np.sort(np.array(sites, np.intp))
    return found, model.worth(found)


def neighbours(model: Model, rules: Rules, chosen: Ints) -> dict[tuple[int, ...], float]:
    """The worth of every allowed plan that differs from `chosen` in one site, and of `chosen` itself."""
    found = {tuple(chosen.tolist()): model.worth(chosen)}
    for site in chosen.tolist():
        if site in rules.fixed:
            continue
        others = chosen[chosen != site]
        values = model.exchanges(others)
        for j in np.flatnonzero(rules.room(others.tolist())):
            found[tuple(sorted([*others.tolist(), int(j)]))] = float(values[j])
    return found


def at_most_with(bound: Bound, rules: Rules) -> Floats:
    """For each candidate, what a plan with it can be worth at most; minus infinity where no allowed set holds it."""
    picked = _picked(rules, bound.scores)
    total = float(bound.scores[picked].sum())
    if rules.is_plain:
        free = [j for j in picked.tolist() if j not in rules.fixed]
        last = min((bound.scores[j] for j in free), default=np.inf)
        limits = bound.upper - np.maximum(0.0, last - bound.scores)
        limits[list(rules.fixed)] = bound.upper
        limits[list(rules.barred)] = -np.inf
        return np.asarray(limits)
    limits = np.full(rules.candidates, -np.inf)
    limits[picked] = bound.upper
    for j in np.setdiff1d(np.arange(rules.candidates), [*picked, *rules.barred]):
        forced = replace(rules, fixed=(*rules.fixed, int(j))).pick(bound.scores)
        if forced is not None:
            limits[j] = bound.upper - (total - float(bound.scores[forced].sum()))
    return limits
