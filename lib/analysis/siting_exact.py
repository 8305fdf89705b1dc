"""Which sets of sites are the best of all allowed ones, and is that proven? Candidates as indices; worth in the unit of the model.

First bounds: candidates that cannot belong to a plan that is good enough are left out (`siting_bound`). What remains is a mixed integer
programme, solved by HiGHS through SciPy with a relative gap of zero. The next best plans come from dividing all other plans into parts
by what they have in common with the plans already found, and solving each part in the same way (Lawler 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Any, Protocol

import numpy as np

from lib.analysis.siting_bound import EQUAL, Bound, Model, at_most_with, neighbours, tighten
from lib.analysis.siting_models import Program
from lib.analysis.siting_rules import Floats, Ints, Row, Rules

PROOF = 1e-6
"""Relative difference between a plan and the solver's bound up to which it counts as proven: HiGHS holds its own constraints to 1e-6."""
SOLVER_SCALE = 1e6
"""The objective is scaled to this sum, so that the solver's absolute gap of 1e-6 is far below any difference that matters."""
OPTIMAL = 0
"""What SciPy's `milp` calls a finished search; 1 is a limit of time."""

Sites = tuple[int, ...]


class Solvable(Model, Protocol):
    """A model that can also be written as a programme over some of its candidates."""

    def program(self, kept: Ints, rules: Rules) -> Program:
        """The model over the candidates `kept`."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A set of candidates, ascending, and its worth; `proven` when no allowed set beside the better solutions is worth more."""

    chosen: Sites
    worth: float
    proven: bool


def solve(model: Solvable, rules: Rules, *, plans: int = 1, seconds: float | None = None) -> tuple[Solution, ...]:
    """The `plans` best allowed sets, the best first; fewer when fewer are allowed, none when no set is.

    Equally good sets are settled in favour of earlier candidates, so that equal input gives equal plans. With `seconds` the solver may
    stop early in each part; what it leaves open is then not `proven`.
    """
    first = _best(model, rules, -np.inf, seconds)
    if first is None:
        return ()
    known = neighbours(model, rules, np.array(first.chosen, np.intp)) if plans > 1 else {}
    parts, found, proven = [_entry(first, rules)], list[Solution](), True
    while parts and len(found) < plans:
        _, chosen, one, within = heappop(parts)
        proven = proven and one.proven
        found.append(replace(one, proven=proven))
        for part in _parts(within, chosen) if len(found) < plans else ():
            nxt = _best(model, part, _enough(known.values(), plans), seconds)
            if nxt is not None:
                known[nxt.chosen] = nxt.worth
                heappush(parts, _entry(nxt, part))
    return tuple(found)


def _entry(solution: Solution, rules: Rules) -> tuple[float, Sites, Solution, Rules]:
    """For the heap: the best first, equal ones by their candidates."""
    return -round(solution.worth / max(abs(solution.worth), 1e-300), 9) * abs(solution.worth), solution.chosen, solution, rules


def _parts(rules: Rules, chosen: Sites) -> Iterator[Rules]:
    """Rules that together allow everything that `rules` allow, except `chosen`, and no set twice."""
    free = [j for j in chosen if j not in rules.fixed]
    for place, site in enumerate(free):
        yield replace(rules, fixed=(*rules.fixed, *free[:place]), barred=(*rules.barred, site))


def _enough(worths: Iterable[float], plans: int) -> float:
    """What a plan must be worth to be among the best `plans`, as far as is known."""
    ranked = sorted(worths, reverse=True)
    return ranked[plans - 1] if len(ranked) >= plans else -np.inf


def _slack(worth: float) -> float:
    return EQUAL * max(abs(worth), 1.0) if np.isfinite(worth) else 0.0


def _best(model: Solvable, rules: Rules, enough: float, seconds: float | None) -> Solution | None:
    """The best allowed set; None when none is allowed or worth `enough`."""
    bound = tighten(model, rules, enough=enough - _slack(enough))
    if bound is None or bound.upper < enough - _slack(enough):
        return None
    least = max(bound.worth, enough)
    kept = np.flatnonzero(at_most_with(bound, rules) >= least - _slack(least))
    solution = _solved(model, rules, np.union1d(kept, bound.chosen), bound, seconds)
    chosen = _settled(model, rules, solution.chosen, solution.worth)
    return replace(solution, chosen=chosen, worth=model.worth(np.array(chosen, np.intp)))


def _solved(model: Solvable, rules: Rules, kept: Ints, bound: Bound, seconds: float | None) -> Solution:
    """The best set among the candidates `kept`; the plan of the bound when the solver finds none that is better."""
    incumbent = Solution(tuple(bound.chosen.tolist()), bound.worth, bound.closed or len(kept) == rules.count)
    if incumbent.proven:
        return incumbent
    program = model.program(kept, rules)
    chosen, limit, finished = _run(program, rules, kept, seconds)
    worth = model.worth(np.array(chosen, np.intp)) if chosen else -np.inf
    best = Solution(chosen, worth, False) if worth > incumbent.worth else incumbent
    limit = min(limit, bound.upper)
    return replace(best, proven=finished and limit - best.worth <= PROOF * max(abs(limit), 1.0))


def _run(program: Program, rules: Rules, kept: Ints, seconds: float | None) -> tuple[Sites, float, bool]:
    """What HiGHS says: a set (empty for none), its bound on the worth of every set, and whether it calls that optimal."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    scale = SOLVER_SCALE / max(float(np.abs(program.gain).sum()), 1e-300)
    low, high = np.zeros(len(program.gain)), np.ones(len(program.gain))
    low[np.flatnonzero(np.isin(kept, rules.fixed))] = 1.0
    options: dict[str, Any] = {"mip_rel_gap": 0.0, **({"time_limit": seconds} if seconds else {})}
    result = milp(
        -program.gain * scale,
        constraints=[LinearConstraint(program.rows, program.lower, np.inf), rule_rows(rules.rows(kept), len(program.gain))],
        bounds=Bounds(low, high),
        integrality=np.append(np.ones(len(kept)), np.zeros(len(program.gain) - len(kept))),
        options=options,
    )
    limit = np.inf if result.mip_dual_bound is None else program.constant - result.mip_dual_bound / scale
    if result.x is None:
        return (), float(limit), False
    chosen = tuple(int(j) for j in kept[result.x[: len(kept)] > 0.5])
    return (chosen if rules.allows(chosen) else ()), float(limit), result.status == OPTIMAL


def rule_rows(found: Iterable[Row], width: int) -> Any:
    """Rules on numbers of sites as constraints of a programme over `width` variables, the candidates first."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_matrix

    rows = list(found)
    starts = np.append(0, np.cumsum([len(row[0]) for row in rows]))
    indices = np.concatenate([row[0] for row in rows]) if rows else np.empty(0, np.intp)
    matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), width))
    return LinearConstraint(matrix, [row[1] for row in rows], [row[2] for row in rows])


def _settled(model: Model, rules: Rules, chosen: Sites, worth: float) -> Sites:
    """An equally good set of earlier candidates, reached by exchanging single sites."""
    least = worth - _slack(worth)
    for site in sorted(set(chosen) - set(rules.fixed), reverse=True):
        others = np.array([j for j in chosen if j != site], np.intp)
        values: Floats = np.where(rules.room(others.tolist()), model.exchanges(others), -np.inf)
        earlier = np.flatnonzero(values[:site] >= least)
        if len(earlier):
            return _settled(model, rules, tuple(sorted([*others.tolist(), int(earlier[0])])), worth)
    return chosen
