"""Where should the next meetings be held, what would each other choice cost, and who is left out? Distances in kilometres by road.

Maximal covering location (Church & ReVelle 1974) or p-median (Hakimi 1964; ReVelle & Swain 1970) over the real venues of the data,
solved to a proven optimum (`siting_exact`). Straight lines are measured in metres (EPSG:2180) and multiplied by the detour factor of
`lib.geo.travel`; a radius is inclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from lib.analysis.plan_conflicts import Wish, list_wishes, refuse_impossible, rules_of, with_only
from lib.analysis.plan_demand import Demand, Region, demand, lack_percent
from lib.analysis.plan_venues import Venue, beside, candidates, venues
from lib.analysis.plan_wishes import COVER, MOST_MEETINGS, Wishes
from lib.analysis.siting_exact import Solution, Solvable, solve
from lib.analysis.siting_models import Cover, Median
from lib.analysis.siting_rules import Floats, Ints
from lib.domain.records import Gmina
from lib.geo.distance import METRES_PER_KM, to_metres
from lib.geo.travel import DETOUR, TOLERANCE_KM

ALTERNATIVES = 5
"""Other plans shown: as many as can be compared at a table."""


@dataclass(frozen=True, eq=False)
class Task:
    """A siting problem made ready: demand, candidate venues and the travel kilometres between them (places by candidates)."""

    wishes: Wishes
    demand: Demand
    known: Mapping[str, Venue]
    sites: tuple[Venue, ...]
    km: Floats
    gminas: Mapping[str, Gmina]

    @cached_property
    def reach(self) -> Any:
        """Which candidates are within the radius of which places (dense, true or false)."""
        return self.km <= self.wishes.radius_km + TOLERANCE_KM

    @cached_property
    def model(self) -> Solvable:
        if self.wishes.mode == COVER:
            return Cover(self.reach, self.demand.weight)
        return Median(self.km * METRES_PER_KM * self.demand.weight[:, None])

    def objective(self, worth: float) -> float:
        """What the plan says of itself: weight within reach, or weight times metres by road (the less the better)."""
        return worth if self.wishes.mode == COVER else -worth

    def places_of(self, ids: Sequence[str]) -> Ints:
        """Positions of venues among the candidates."""
        at = {venue.id: i for i, venue in enumerate(self.sites)}
        return np.array([at[code] for code in ids], dtype=np.intp)

    def nearest(self, chosen: Ints) -> tuple[Floats, Ints]:
        """For each place the kilometres to the nearest chosen site, and which of the candidates that is (ties: the earlier one)."""
        km = self.km[:, chosen]
        best = km.argmin(axis=1) if km.size else np.zeros(len(km), np.intp)
        return km[np.arange(len(km)), best], chosen[best]

    def covered(self, chosen: Ints) -> float:
        """People of the group within reach of the chosen sites."""
        return float(self.demand.people[self.reach[:, chosen].any(axis=1)].sum())

    def mean_km(self, chosen: Ints) -> float:
        """Kilometres to the nearest chosen site, averaged over the people of the group (nobody weighted)."""
        people = self.demand.people
        return float(self.nearest(chosen)[0] @ people / people.sum()) if people.sum() > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a venue was chosen: a text key below `plan.reason` and its parameters."""

    key: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """A chosen venue. `covers_people`: people within reach for whom it is the nearest of the plan; `beside`: venues at the same place."""

    venue: Venue
    covers_people: float
    reasons: tuple[Reason, ...]
    beside: tuple[Venue, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan: its objective, what it loses against the best one (in the unit of the objective), and the people
    within its reach and their average way."""

    objective: float
    loss: float
    covered_people: float
    mean_km: float
    ids: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GminaReach:
    """People of the group in a gmina: all, with a known meeting within reach before, within reach of the plan, and with either."""

    teryt: str
    people: float
    before: float
    after: float
    either: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A locality out of reach of every meeting: its people and the kilometres to the nearest."""

    id: str
    people: float
    km: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The best plan and what stands beside it; `optimal` only when it is proven that no allowed plan is better."""

    task: Task
    optimal: bool
    objective: float
    covered_people: float
    mean_km: float
    sites: tuple[Site, ...]
    alternatives: tuple[Alternative, ...]
    by_gmina: tuple[GminaReach, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def total_people(self) -> float:
        return self.task.demand.total

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(site.venue.id for site in self.sites)


def prepare(region: Region, wishes: Wishes, unmet: Mapping[str, float]) -> Task:
    """The siting problem of some wishes; raises MapaError for unknown venues and for wishes that cannot all be kept."""
    known = venues(region.items, region.localities, wishes)
    refuse_impossible(known, region.gminas, wishes)
    wanted = demand(region, wishes, unmet)
    return _task(region.gminas, wishes, wanted, known)


def _task(gminas: Mapping[str, Gmina], wishes: Wishes, wanted: Demand, known: Mapping[str, Venue]) -> Task:
    sites = candidates(known, wishes)
    x, y = to_metres([v.longitude for v in sites], [v.latitude for v in sites])
    km = np.hypot(wanted.x[:, None] - x[None, :], wanted.y[:, None] - y[None, :]) * DETOUR / METRES_PER_KM
    return Task(wishes, wanted, known, sites, np.where(np.isfinite(km), km, np.inf), gminas)


def plan(task: Task, *, alternatives: int = ALTERNATIVES, seconds: float | None = None) -> Plan:
    """The best plan with the next best ones; with `seconds` the solver may stop early, and the plan is then not called optimal."""
    solutions = solve(task.model, rules_of(task.sites, task.gminas, task.wishes), plans=alternatives + 1, seconds=seconds)
    best = solutions[0]  # `prepare` has refused wishes that allow no plan
    chosen = np.array(best.chosen, np.intp)
    km, nearest = task.nearest(chosen)
    return Plan(
        task,
        optimal=best.proven,
        objective=task.objective(best.worth),
        covered_people=task.covered(chosen),
        mean_km=task.mean_km(chosen),
        sites=tuple(_site(task, chosen, j, nearest) for j in best.chosen),
        alternatives=tuple(_alternative(task, best, other) for other in solutions[1:]),
        by_gmina=_by_gmina(task, chosen),
        left_out=left_out(task, km),
    )


def _ids(task: Task, chosen: Sequence[int]) -> tuple[str, ...]:
    return tuple(task.sites[j].id for j in chosen)


def _alternative(task: Task, best: Solution, other: Solution) -> Alternative:
    return Alternative(
        task.objective(other.worth),
        best.worth - other.worth,
        task.covered(np.array(other.chosen, np.intp)),
        task.mean_km(np.array(other.chosen, np.intp)),
        _ids(task, other.chosen),
        dropped=_ids(task, [j for j in best.chosen if j not in other.chosen]),
        added=_ids(task, [j for j in other.chosen if j not in best.chosen]),
    )


def _site(task: Task, chosen: Ints, j: int, nearest: Ints) -> Site:
    near = task.reach[:, j]
    mine = float(task.demand.people[near & (nearest == j)].sum())
    venue = task.sites[j]
    return Site(venue, mine, _reasons(task, chosen, j), beside(task.known, venue, task.wishes))


def _reasons(task: Task, chosen: Ints, j: int) -> tuple[Reason, ...]:
    """Why this venue: the animator's own wish, whom it reaches, whom it alone reaches, whose need is large, who has waited long."""
    people, near, venue = task.demand.people, task.reach[:, j], task.sites[j]
    alone = near & ~task.reach[:, chosen[chosen != j]].any(axis=1)
    within = float(people[near].sum())
    found = [Reason("fixed", {})] if venue.id in task.wishes.fixed else []
    if within <= 0:
        return (*found, Reason("nobody", {"km": task.wishes.radius_km}))
    found.append(Reason("reach", {"n": round(within), "km": task.wishes.radius_km, **_where(task, near)}))
    if alone.any() and len(chosen) > 1:
        found.append(Reason("alone", {"n": round(float(people[alone].sum()))}))
    if task.wishes.need and np.ptp(task.demand.need) > 0:
        here, mean = (lack_percent(_mean(task.demand.need, weight)) for weight in (people * near, people))
        key = "need" if here > mean else "need_less" if here < mean else "need_same"  # compared as shown: 24 is not more than 24
        found.append(Reason(key, {"here": here, "mean": mean}))
    waited = float(people[near & (task.demand.last_meeting == 0)].sum())
    found.append(Reason("never", {"n": round(waited)}) if waited > 0 else _latest(task, near))
    return tuple(found)


def _where(task: Task, near: Any) -> dict[str, Any]:
    """In how many gminas the people within reach live, and in which one most of them."""
    by_gmina: dict[str, float] = {}
    for place, n in zip(task.demand.places, np.where(near, task.demand.people, 0.0).tolist(), strict=True):
        if n > 0:
            by_gmina[place.teryt] = by_gmina.get(place.teryt, 0.0) + n
    main = max(by_gmina, key=lambda code: (by_gmina[code], code))
    name = task.gminas[main].name if main in task.gminas else main
    return {"gminas": len(by_gmina), "main": name, "most": round(by_gmina[main])}


def _latest(task: Task, near: Any) -> Reason:
    return Reason("latest", {"year": str(int(task.demand.last_meeting[near].max()))})


def _mean(values: Floats, weight: Floats) -> float:
    return float(values @ weight / weight.sum()) if weight.sum() > 0 else 0.0


def _by_gmina(task: Task, chosen: Ints) -> tuple[GminaReach, ...]:
    reached, before = task.reach[:, chosen].any(axis=1), task.demand.last_meeting > 0
    teryts = np.array([place.teryt for place in task.demand.places], dtype=object)
    rows = []
    for teryt in sorted(task.gminas):
        mine = np.where(teryts == teryt, task.demand.people, 0.0)
        counts = (float(mine[some].sum()) for some in (before, reached, before | reached))
        rows.append(GminaReach(teryt, float(mine.sum()), *counts))
    return tuple(rows)


def left_out(task: Task, km: Floats) -> tuple[LeftOut, ...]:
    """Places with people that have farther than the limit, when `km` is their way to the nearest meeting; the most people first."""
    out = (km > task.wishes.radius_km + TOLERANCE_KM) & (task.demand.people > 0)
    order = sorted(np.flatnonzero(out).tolist(), key=lambda i: (-task.demand.people[i], task.demand.places[i].id))
    return tuple(LeftOut(task.demand.places[i].id, float(task.demand.people[i]), float(km[i])) for i in order)


@dataclass(frozen=True, slots=True)
class Step:
    """The best plan of so many meetings; `optimal` and `mean_km` as in Plan."""

    meetings: int
    objective: float
    covered_people: float
    mean_km: float
    optimal: bool


Told = Callable[[int, int], None]
"""Called with how many of how many steps are done."""


def curve(task: Task, *, told: Told | None = None, seconds: float | None = None) -> tuple[Step, ...]:
    """The best plan for 1 to 12 meetings with all other wishes kept; numbers that the wishes do not allow are left out.

    The objective never gets worse with one more meeting: an allowed plan can always be added to.
    """
    found = []
    for number in range(1, MOST_MEETINGS + 1):
        found.append(step(task, number, seconds=seconds))
        if told:
            told(number, MOST_MEETINGS)
    return tuple(one for one in found if one is not None)


def step(task: Task, number: int, *, seconds: float | None = None) -> Step | None:
    """The best plan of so many meetings with all other wishes kept; None when they allow none."""
    solved = solve(task.model, rules_of(task.sites, task.gminas, replace(task.wishes, meetings=number)), seconds=seconds)
    if not solved:
        return None
    chosen = np.array(solved[0].chosen, np.intp)
    return Step(number, task.objective(solved[0].worth), task.covered(chosen), task.mean_km(chosen), solved[0].proven)


@dataclass(frozen=True, slots=True)
class Price:
    """What a wish costs: by how much the best plan without it is better, in the unit of the objective; `people` and `km` are how many
    more it has within reach and how much longer its average way is (nobody weighted)."""

    wish: Wish
    gain: float
    people: float
    km: float


def prices(made: Plan, *, told: Told | None = None, seconds: float | None = None) -> tuple[Price, ...]:
    """The price of each wish except the number of meetings, the dearest first; a fixed venue that would be chosen anyway costs nothing."""
    found, every = [], priced(made.task.wishes)
    for number, wish in enumerate(every, 1):
        found.append(price(made, wish, seconds=seconds))
        if told:
            told(number, len(every))
    return by_price(found)


def priced(wishes: Wishes) -> tuple[Wish, ...]:
    """The wishes that have a price."""
    return tuple(one for one in list_wishes(wishes) if one.kind != "meetings")


def price(made: Plan, wish: Wish, *, seconds: float | None = None) -> Price:
    """What the best plan without one of the wishes gains; without it the others stay possible, as they were with it."""
    task = made.task
    fewer = with_only(task.wishes, [one for one in list_wishes(task.wishes) if one != wish])
    freed = _task(task.gminas, fewer, task.demand, task.known)
    solved = solve(freed.model, rules_of(freed.sites, freed.gminas, fewer), seconds=seconds)
    if not solved:  # two fixed venues at one place are two meetings only as long as both are fixed
        return Price(wish, 0.0, 0.0, 0.0)
    chosen = np.array(solved[0].chosen, np.intp)
    gain = abs(task.objective(solved[0].worth) - made.objective)
    return Price(wish, gain, freed.covered(chosen) - made.covered_people, freed.mean_km(chosen) - made.mean_km)


def by_price(found: Iterable[Price]) -> tuple[Price, ...]:
    """The dearest wish first."""
    return tuple(sorted(found, key=lambda one: (-one.gain, one.wish.kind, one.wish.value)))
