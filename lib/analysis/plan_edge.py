"""Does a plan hang on where one dot stands? Large localities at the very edge of the reach, and what another reach would give.

The data know one point for each locality, so that a town of any size is within reach as a whole or not at all. Kilometres by road.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lib.analysis.plan_venues import Venue
from lib.analysis.plan_wishes import RADIUS_RANGE_KM
from lib.analysis.siting import Plan
from lib.domain.records import Locality
from lib.geo.travel import TOLERANCE_KM

LARGE_SHARE = 0.1
"""A locality with more than this share of all people turns the result by itself."""
EDGE_KM = 3.0
"""So near to the edge a town of several kilometres across is partly within reach and partly not, whatever its point says."""
OTHER_REACH_KM = (-2.0, -1.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Edge:
    """A large locality at the edge: its people of the group, the kilometres to the nearest venue of the plan, and whether it is reached."""

    place: Locality
    people: float
    km: float
    venue: Venue
    reached: bool


def edges(plan: Plan) -> tuple[Edge, ...]:
    """The large localities within EDGE_KM of the edge of the reach, the most people first."""
    task = plan.task
    people, radius = task.demand.people, task.wishes.radius_km
    chosen = task.places_of(plan.ids)
    km, nearest = task.nearest(chosen)
    large = np.flatnonzero((people > LARGE_SHARE * task.demand.total) & (np.abs(km - radius) <= EDGE_KM))
    order = sorted(large.tolist(), key=lambda i: (-people[i], task.demand.places[i].id))
    return tuple(
        Edge(task.demand.places[i], float(people[i]), float(km[i]), task.sites[nearest[i]], bool(km[i] <= radius + TOLERANCE_KM))
        for i in order
    )


def at_other_reach(plan: Plan) -> tuple[tuple[float, float], ...]:
    """People that the same venues would have within a slightly smaller and larger reach: (kilometres, people)."""
    task = plan.task
    km, _ = task.nearest(task.places_of(plan.ids))
    least, most = RADIUS_RANGE_KM
    others = (task.wishes.radius_km + change for change in OTHER_REACH_KM)
    return tuple((reach, float(task.demand.people[km <= reach + TOLERANCE_KM].sum())) for reach in others if least <= reach <= most)
