"""What does an animator wish for: how many meetings, for whom, how far at most, where for sure and where not? Kilometres by road."""

from __future__ import annotations

from dataclasses import dataclass

COVER, MEDIAN = "cover", "median"
MODES = (COVER, MEDIAN)
"""As many people within reach as possible, or the shortest ways of all people together."""
MOST_MEETINGS = 12
"""One a month for a year; a plan of more is several plans."""
DEFAULT_MEETINGS = 3
DEFAULT_RADIUS_KM = 15.0
"""About twenty minutes by car: what people here travel for a meeting on a weekday evening."""
RADIUS_RANGE_KM = (1.0, 60.0)
"""Under a kilometre nothing is within reach of a village's centre point; the region itself is about 100 km across."""
OWN_PREFIX = "own-"
MOST_OWN = 6
OWN_NAME_CHARS = 120
"""Venues added by hand are for what the data lacks, not a second register."""


@dataclass(frozen=True, slots=True)
class Quota:
    """At least and at most so many meetings in a powiat; None is no bound."""

    powiat: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class OwnVenue:
    """A venue added by hand: its name, and the id of the locality at whose point it stands."""

    name: str
    locality: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that decides where the meetings are held.

    `group` is a name of `lib.analysis.rates.PEOPLE`. `need` and `past` switch the weights by unmet need and by how long ago a meeting
    was within reach. `fixed` and `excluded` are ids of venues, `without` are gminas (TERYT). The id of the first of `own` is `own-1`.
    """

    meetings: int = DEFAULT_MEETINGS
    radius_km: float = DEFAULT_RADIUS_KM
    mode: str = COVER
    group: str = "all"
    need: bool = True
    past: bool = True
    fixed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    one_per_gmina: bool = False
    quotas: tuple[Quota, ...] = ()
    own: tuple[OwnVenue, ...] = ()


START = Wishes(one_per_gmina=True)
"""What the screen begins with: a Miniforum is held for a gmina, so that a second one in the same gmina is a wish of its own."""
