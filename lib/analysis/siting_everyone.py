"""How many meetings bring everybody within the limit? The smallest allowed set of sites that reaches every place with people.

Location set covering (Toregas, Swain, ReVelle & Bergman 1971) over the real venues, solved by HiGHS through SciPy; every wish of the
animator holds except the number of meetings. Kilometres by road, as in `lib.analysis.siting`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lib.analysis.plan_conflicts import rules_of
from lib.analysis.siting import LeftOut, Task, left_out
from lib.analysis.siting_exact import OPTIMAL, rule_rows

INFEASIBLE = 2
"""What SciPy's `milp` calls a task that nothing can fulfil."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """`meetings` is the smallest number that brings everybody within the limit when `proven`, else one that is enough.

    None: no number of meetings does, when `proven`; else nothing is known. `beyond` are the places that no allowed venue reaches.
    """

    meetings: int | None
    proven: bool
    beyond: tuple[LeftOut, ...] = ()


def everybody(task: Task, *, seconds: float | None = None) -> Everybody:
    """How many meetings bring everybody within the limit; with `seconds` the solver may stop early."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    beyond = left_out(task, task.km.min(axis=1, initial=np.inf))
    if beyond:
        return Everybody(None, True, beyond)
    size, rules = len(task.sites), rules_of(task.sites, task.gminas, task.wishes)
    lived = np.unique(task.reach[task.demand.people > 0], axis=0)
    least = np.zeros(size)
    least[list(rules.fixed)] = 1.0
    limits = rule_rows(rules.limits(np.arange(size)), size)
    result = milp(
        np.ones(size),
        constraints=[LinearConstraint(csr_matrix(lived, dtype=float), 1.0, np.inf), *([limits] if limits.A.shape[0] else [])],
        bounds=Bounds(least, np.ones(size)),
        integrality=np.ones(size),
        options={"mip_rel_gap": 0.0, **({"time_limit": seconds} if seconds else {})},
    )
    if result.x is None:
        return Everybody(None, result.status == INFEASIBLE)
    return Everybody(int(np.count_nonzero(result.x > 0.5)), result.status == OPTIMAL)
