"""How is a plan told in sentences, alike on the screen, in the files and on the command line? Plans in, plain text out.

Words come from the caller: `say(key, **params)` is a text of the app.
"""

from __future__ import annotations

from collections.abc import Callable

from lib.analysis.plan_edge import at_other_reach, edges
from lib.analysis.plan_wishes import COVER
from lib.analysis.siting import Alternative, Plan, Price
from lib.geo.distance import METRES_PER_KM

Say = Callable[..., str]
LEAST_GAIN = 0.5
"""Under half a person (or half a kilometre of all together) a wish costs nothing that could be said."""
LEAST_KM = 0.1
"""Smaller differences of the average way are told in hundredths of a kilometre."""


def proof(plan: Plan, say: Say) -> str:
    """Whether any allowed plan is better, and better in what."""
    if not plan.optimal:
        return say("plan.unproven")
    return say("plan.proven", better=say(f"plan.better.{plan.task.wishes.mode}{_weighted(plan)}"))


def notes(plan: Plan, say: Say) -> list[str]:
    """What one must know before relying on the plan: a town that is one point at the very edge of the reach decides the figure."""
    told = []
    radius, group = plan.task.wishes.radius_km, plan.task.wishes.group
    others = "; ".join(
        say("plan.edge.at", km=round(km, 1), people=say(f"plan.people.{group}", n=round(people))) for km, people in at_other_reach(plan)
    )
    for one in edges(plan):
        key = "plan.edge.within" if one.reached else "plan.edge.beyond"
        people = say(f"plan.people.{group}", n=round(one.people))
        told.append(
            say(key, place=one.place.name, people=people, km=round(one.km, 1), venue=one.venue.name, radius=radius)
            + " "
            + say("plan.edge.others", others=others)
        )
    return told


def alternative(plan: Plan, other: Alternative, say: Say) -> str:
    """What another plan reaches and how long its ways are, each beside the best plan, and what it loses in the unit of the plan."""
    people = say(
        "plan.compared_people",
        people=say(f"plan.people.{plan.task.wishes.group}", n=round(other.covered_people)),
        change=_change(round(other.covered_people) - round(plan.covered_people), say),
    )
    ways = say("plan.compared_km", mean=round(other.mean_km, 1), change=_change_km(other.mean_km - plan.mean_km, say))
    loss = amount(plan, "loss", other.loss, say) if plan.task.demand.weighted or plan.task.wishes.mode != COVER else ""
    told = (people, ways) if plan.task.wishes.mode == COVER else (ways, people)
    return " ".join(part for part in (*told, loss) if part)


def price(plan: Plan, one: Price, say: Say) -> str:
    """What a wish costs, also in people and kilometres that nobody has weighted."""
    if one.gain < LEAST_GAIN * (1 if plan.task.wishes.mode == COVER else METRES_PER_KM):
        return say("plan.price_none")
    plain = [say("plan.plain_people", change=_change(round(one.people), say))]
    if plan.task.wishes.mode != COVER:
        plain.insert(0, say("plan.plain_km", change=_change_km(one.km, say)))
    elif not plan.task.demand.weighted:
        plain = []
    told = say("plan.price", gain=amount(plan, "gain", one.gain, say))
    return "; ".join((told, *plain))


def amount(plan: Plan, what: str, worth: float, say: Say) -> str:
    """A gain or a loss in the unit of the plan; people who count for less than one are called weighted."""
    unit, number = ("cover", worth) if plan.task.wishes.mode == COVER else ("median", worth / METRES_PER_KM)
    return say(f"plan.{what}_{unit}{_weighted(plan)}", n=round(number))


def _weighted(plan: Plan) -> str:
    return "_weighted" if plan.task.demand.weighted else ""


def _change(people: int, say: Say) -> str:
    if not people:
        return say("plan.change.same")
    return say("plan.change.more" if people > 0 else "plan.change.fewer", n=abs(people))


def _change_km(km: float, say: Say) -> str:
    size = round(abs(km), 1 if abs(km) >= LEAST_KM else 2)
    if not size:
        return say("plan.change.km_same")
    return say("plan.change.km_more" if km > 0 else "plan.change.km_less", n=size)
