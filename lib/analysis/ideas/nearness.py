"""How is said where a record lies from the idea, without claiming more than is known? Kilometres only between exact points."""

from __future__ import annotations

from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.reason import Reason, because

REACH_KM = 20.0
"""A half-hour drive: farther than that people do not join a weekly meeting (straight line)."""
SAME_PLACE_KM = 1.0
"""Nearer than this is "in the same place": the points of localities are middles of villages."""


def where(ground: Ground, idea: Idea, row: int, *, points: float = 0.0) -> Reason:
    """The distance as a reason; for a position known only by its gmina the gmina instead, and that the place is unknown."""
    km, teryt = ground.km(idea.place, row), ground.items[row].teryt
    if km is not None:
        return because("near_here", points=points) if km < SAME_PLACE_KM else because("near", km=km, points=points)
    band, rough = ground.band(idea.place, row), "" if ground.exact[row] else "_rough"
    key = ("near_gmina", "near_neighbour", "near_elsewhere")[band]
    return because(key + rough, gmina=teryt, points=points)
