"""Who should be reached, and how much does each place count? Localities with people of a group and two weights that can be switched off.

Positions in metres (EPSG:2180) beside WGS84 degrees; radii and distances are kilometres by road (`lib.geo.travel`). Years are calendar
years counted back from the year in which the newest page of the data was read: the server's clock is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from lib.analysis.plan_wishes import Wishes
from lib.analysis.profile import TOTAL, day_of, is_meeting
from lib.analysis.rates import people as people_of
from lib.analysis.siting_rules import Floats, Ints
from lib.domain.records import Gmina, Item, Locality
from lib.geo.distance import to_metres
from lib.geo.spread import spread, weights
from lib.geo.travel import pairs_within

NEED_LEAST = 0.5
"""What people count for where every need is met, against 1 where nothing is: a meeting is for everyone, only more so for some."""
PAST_LEAST = 0.5
"""What people count for in the year of a meeting within reach: they had one, but half of them could not come that evening."""
FORGOTTEN_AFTER_YEARS = 5
"""A term of a gmina's council: after it others decide, and the meeting counts no more."""
UNKNOWN_NEED: Mapping[str, float] = {}
"""No gmina's shortfall is known: every gmina counts the same."""
NEVER = 0
"""Stands for no known meeting; every real year is greater."""


class Region(Protocol):
    """What planning needs of a data set."""

    @property
    def items(self) -> tuple[Item, ...]: ...
    @property
    def gminas(self) -> Mapping[str, Gmina]: ...
    @property
    def localities(self) -> Mapping[str, Locality]: ...
    @property
    def demography(self) -> pd.DataFrame: ...


@dataclass(frozen=True, eq=False)
class Demand:
    """Localities in the order of their ids: `people` of the group, the factors `need` and `past` (1 where switched off), `last_meeting`
    (year of the newest meeting within reach, NEVER where none is known). `x`, `y` in metres, the rest as named."""

    places: tuple[Locality, ...]
    x: Floats
    y: Floats
    people: Floats
    need: Floats
    past: Floats
    last_meeting: Ints

    @property
    def weight(self) -> Floats:
        """What each place counts for in the plan: people times both factors."""
        return self.people * self.need * self.past

    @property
    def weighted(self) -> bool:
        """Whether some people count for less than others."""
        return bool((self.weight < self.people).any())

    @property
    def total(self) -> float:
        return float(self.people.sum())


def demand(region: Region, wishes: Wishes, unmet: Mapping[str, float]) -> Demand:
    """The demand of a region; `unmet` is the shortfall of each gmina (0 nothing is lacking, 1 everything is), by TERYT.

    A gmina that is missing in `unmet` (or NaN) counts like the mean of the known ones: a hole in the data is neither a gap nor a surplus.
    """
    places = tuple(sorted(region.localities.values(), key=lambda place: place.id))
    x, y = to_metres([p.longitude for p in places], [p.latitude for p in places]) if places else (np.empty(0), np.empty(0))
    teryts = [place.teryt for place in places]
    people = _people(places, region.demography, wishes.group)
    last = last_meetings(places, x, y, region.items, wishes.radius_km)
    ones = np.ones(len(places))
    return Demand(
        places,
        x,
        y,
        people,
        need_factor(teryts, people, unmet) if wishes.need else ones,
        past_factor(last, present_year(region.items)) if wishes.past else ones,
        last,
    )


def _people(places: Sequence[Locality], demography: pd.DataFrame, group: str) -> Floats:
    """People of the group in each locality: the gmina's number shared out by the size of its places."""
    if TOTAL not in demography or not places:
        return np.zeros(len(places))
    teryts = [place.teryt for place in places]
    listed = np.array([np.nan if place.population is None else place.population for place in places], dtype=float)
    counted = np.array([np.nan if place.people is None else place.people for place in places], dtype=float)
    share = weights(teryts, listed, counted, {str(code): float(n) for code, n in demography[TOTAL].items()})
    return spread(teryts, share, {str(code): float(n) for code, n in people_of(demography, group).items()})


def need_factor(teryts: Sequence[str], people: Floats, unmet: Mapping[str, float]) -> Floats:
    """NEED_LEAST where nothing is lacking up to 1 where everything is; 1 everywhere when nothing is known of any gmina."""
    short = np.array([unmet.get(code, np.nan) for code in teryts], dtype=float)
    known = np.isfinite(short)
    if not known.any():
        return np.ones(len(teryts))
    counted = people[known] if people[known].sum() > 0 else np.ones(int(known.sum()))
    short[~known] = np.average(short[known], weights=counted)
    return NEED_LEAST + (1 - NEED_LEAST) * np.clip(short, 0.0, 1.0)


def lack_percent(need: float) -> int:
    """The shortfall behind a factor of need, in whole per cent: 0 where nothing is lacking, 100 where everything is."""
    return round((need - NEED_LEAST) / (1 - NEED_LEAST) * 100)


def past_factor(last: Ints, present: int) -> Floats:
    """PAST_LEAST in the year of a meeting, 1 after FORGOTTEN_AFTER_YEARS and where none is known; evenly in between."""
    age = np.where(last == NEVER, FORGOTTEN_AFTER_YEARS, np.clip(present - last, 0, FORGOTTEN_AFTER_YEARS))
    return np.asarray(PAST_LEAST + (1 - PAST_LEAST) * age / FORGOTTEN_AFTER_YEARS)


def last_meetings(places: Sequence[Locality], x: Floats, y: Floats, items: Iterable[Item], km: float) -> Ints:
    """The year of the newest Miniforum or JOWES meeting within reach of each place; undated ones are left out.

    A meeting known only by its gmina counts for the places of that gmina, whatever the distance to its label point.
    """
    meetings = [(item, year) for item in items if is_meeting(item) and (year := _year(item)) != NEVER]
    found = np.full(len(places), NEVER, dtype=np.intp)
    exact = [(item, year) for item, year in meetings if not item.approximate and item.latitude is not None]
    if exact:
        to_x, to_y = to_metres([float(i.longitude or 0) for i, _ in exact], [float(i.latitude or 0) for i, _ in exact])
        place, meeting, _ = pairs_within(x, y, to_x, to_y, km=km)
        np.maximum.at(found, place, np.array([year for _, year in exact], dtype=np.intp)[meeting])
    for item, year in meetings:
        if item.approximate:
            mine = np.array([place.teryt == item.teryt for place in places], dtype=bool)
            found[mine] = np.maximum(found[mine], year)
    return found


def first_meeting(items: Iterable[Item]) -> int:
    """The year of the earliest known Miniforum or JOWES meeting; NEVER when none has a date."""
    return min((year for item in items if is_meeting(item) and (year := _year(item)) != NEVER), default=NEVER)


def _year(item: Item) -> int:
    day = day_of(item)
    return int(day[:4]) if day[:4].isdecimal() and len(day) >= 4 else NEVER


def present_year(items: Iterable[Item]) -> int:
    """The year in which the newest page of the data was read; NEVER for no data."""
    return max((int(s.gathered[:4]) for item in items for s in item.sources[:1] if s.gathered[:4].isdecimal()), default=NEVER)
