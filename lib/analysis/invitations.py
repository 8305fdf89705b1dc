"""Whom to invite to a meeting: who is within reach, fits the needs stated there and has worked with others before? Kilometres by road.

The gmina's own bodies come first; of the others one of each category is taken in turns, so that no kind of body fills a list by its number.
Every place in the order has its reason. Who is known only by the gmina is listed apart and has no distance: the label point of a gmina
is not where anybody is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lib.analysis.initiatives import parties_of
from lib.analysis.network import authorities_in
from lib.analysis.plan_demand import Region
from lib.analysis.plan_venues import Venue
from lib.analysis.profile import day_of, is_meeting
from lib.domain.records import Gmina, Item
from lib.geo.distance import to_metres
from lib.geo.travel import DETOUR, TOLERANCE_KM

NOBODY = frozenset({"sports_facility"})
"""Categories that are places without a body of their own to invite."""
OFFICE = "office"
"""What stands for the category of the gmina itself, which is no record of the data."""
EVERYONE = "everyone"
"""A target group that fits every need and therefore says nothing."""
MANY_INITIATIVES = 3
"""From as many on, past cooperation counts in full: more of it says how well documented somebody is."""
MEETING_BONUS = 0.5
"""Who came to a Miniforum or JOWES meeting before knows what it is for."""
SHARE_OF_GMINA = 0.5
"""A neighbouring gmina, and what is known only of it, belongs to a meeting when at least half of its people are within reach."""
PARTNER_BONUS = 0.5
"""Who has done something with the gmina before knows its people."""
HOST_SCORE = 10.0
"""Above every sum of the other parts, so that the host stands first."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: a text key below `plan.why` and its parameters; `themes` are codes of the vocabulary."""

    key: str
    params: Mapping[str, Any]
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite. `km` is None where the position is not known; `item` is None for the gmina itself (`id` is its TERYT).

    `score` orders the list: share of the stated needs that are answered (0..1), past cooperation (0..1), a meeting before (0 or 0.5), a
    joint initiative with the gmina of the meeting (0 or 0.5). `own` are the bodies of that gmina and its authority.
    """

    id: str
    name: str
    category: str
    teryt: str
    km: float | None
    score: float
    why: tuple[Why, ...]
    item: Item | None
    own: bool = False

    @property
    def fits(self) -> bool:
        """Whether there is more to say for the invitation than the short way."""
        return self.score > 0


@dataclass(frozen=True, slots=True)
class Invitations:
    """For one venue: who is within reach, who may be (known only by a gmina that is), who is farther off but has a joint initiative with
    the gmina, and the needs that are stated within reach."""

    venue: Venue
    km: float
    near: tuple[Invitee, ...]
    approximate: tuple[Invitee, ...]
    partners: tuple[Invitee, ...]
    stated: tuple[Item, ...]

    @property
    def needs(self) -> int:
        return len(self.stated)

    @property
    def everybody(self) -> tuple[Invitee, ...]:
        """All of them: the gmina's own, its partners from farther off, who is within reach, who may be."""
        listed = (*self.near, *self.approximate)
        return (*(one for one in listed if one.own), *self.partners, *(one for one in listed if not one.own))

    def proposed(self, most: int) -> tuple[Invitee, ...]:
        """Whom to begin with: the gmina's own, its past partners, then those that fit, at most so many together."""
        return tuple(one for one in self.everybody if one.own or one.fits)[:most]


@dataclass(frozen=True, slots=True)
class _Past:
    """What somebody has taken part in: initiatives, the newest year of one ("" if undated), and of a Miniforum or JOWES meeting."""

    initiatives: int
    year: str
    meeting_year: str | None


def invitations(region: Region, venue: Venue, km: float, shares: Mapping[str, float]) -> Invitations:
    """Whom to invite to a venue; `shares` is how much of each gmina's people is within reach (0..1), by TERYT.

    Organisations, institutions and circles within `km` of the venue, the gmina of the venue and those with at least half of their people
    within reach; whatever the distance those with a joint initiative with the gmina. For the order see `_ordered`.
    """
    gminas = frozenset({venue.teryt} | {code for code, share in shares.items() if share >= SHARE_OF_GMINA})
    bodies = [item for item in region.items if item.kind == "resources" and item.category not in NOBODY]
    needs = needs_there([item for item in region.items if item.kind == "needs"], venue, km, gminas)
    past, joint = _pasts(region.items), _joint(region, venue.teryt)
    near, rough, far = [], [], []
    for item, way in zip(bodies, distances(bodies, venue), strict=True):
        place = None if item.approximate or not np.isfinite(way) else round(float(way), 3)
        if item.approximate and item.teryt in gminas:
            rough.append(_invitee(item, venue, None, needs, past, joint))
        elif not item.approximate and way <= km + TOLERANCE_KM:
            near.append(_invitee(item, venue, place, needs, past, joint))
        elif item.id in joint:
            far.append(_invitee(item, venue, place, needs, past, joint))
    near += [_office(region.gminas[code], venue, joint) for code in gminas if code in region.gminas]
    far += [_office(region.gminas[code], venue, joint) for code in joint if code in region.gminas and code not in gminas]
    return Invitations(venue, km, _ordered(near), _ordered(rough), _ordered(far), tuple(needs))


def _joint(region: Region, teryt: str) -> Counter[str]:
    """{id of a body, or TERYT of another gmina's authority: initiatives it has run or joined with the gmina, with its bodies or in it}."""
    own = {item.id for item in region.items if item.kind == "resources" and item.teryt == teryt}
    named = authorities_in(region.items, region.gminas)
    found: Counter[str] = Counter()
    for item in region.items:
        if item.kind == "initiatives":
            parties, authorities = set(parties_of(item)), named.get(item.id, frozenset())
            if item.teryt == teryt or parties & own or teryt in authorities:
                found.update((parties - own) | (authorities - {teryt}))
    return found


def distances(items: Sequence[Item], venue: Venue) -> Any:
    """Kilometres by road from the venue to each record; infinite for a record without a position."""
    if not items:
        return np.empty(0)
    nan = float("nan")
    lon = [nan if item.longitude is None else item.longitude for item in items]
    lat = [nan if item.latitude is None else item.latitude for item in items]
    (x, y), (to_x, to_y) = to_metres(lon, lat), to_metres(venue.longitude, venue.latitude)
    return np.nan_to_num(np.hypot(x - to_x, y - to_y) * DETOUR / 1000.0, nan=np.inf)


def needs_there(needs: Sequence[Item], venue: Venue, km: float, gminas: frozenset[str]) -> list[Item]:
    """The needs stated within reach; one known only by its gmina belongs when the gmina does."""
    ways = distances(needs, venue)
    return [n for n, way in zip(needs, ways, strict=True) if (n.teryt in gminas if n.approximate else way <= km + TOLERANCE_KM)]


def _pasts(items: Iterable[Item]) -> dict[str, _Past]:
    """What each record has taken part in, by id."""
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.kind == "initiatives":
            for code in parties_of(item):
                found.setdefault(code, []).append(item)
    return {code: _past(them) for code, them in found.items()}


def _past(items: Sequence[Item]) -> _Past:
    meetings = [day_of(item)[:4] for item in items if is_meeting(item)]
    return _Past(len(items), max(day_of(item)[:4] for item in items), max(meetings) if meetings else None)


def _invitee(
    item: Item, venue: Venue, km: float | None, needs: Sequence[Item], pasts: Mapping[str, _Past], joint: Mapping[str, int]
) -> Invitee:
    why: list[Why] = [Why("host", {})] if item.id == venue.id else []
    score = HOST_SCORE if why else 0.0
    answered, themes = _answers(item, needs)
    if answered:
        score += answered / len(needs)
        why.append(Why("need", {"n": answered, "of": len(needs)}, themes))
    own = item.teryt == venue.teryt
    if item.id in joint:
        score += PARTNER_BONUS
        why.append(Why("partner", {"n": joint[item.id]}))
    past = pasts.get(item.id)
    if past:
        score += min(past.initiatives, MANY_INITIATIVES) / MANY_INITIATIVES
        why.append(Why("past" if past.year else "past_undated", {"n": past.initiatives, **({"year": past.year} if past.year else {})}))
        if past.meeting_year is not None:
            score += MEETING_BONUS
            why.append(Why("meeting" if past.meeting_year else "meeting_undated", {"year": past.meeting_year} if past.meeting_year else {}))
    if not why:
        why.append(Why("there" if km is None else "own" if own else "near", {}))
    return Invitee(item.id, item.name, item.category, item.teryt, km, score, tuple(why), item, own)


def _answers(item: Item, needs: Sequence[Item]) -> tuple[int, tuple[str, ...]]:
    """How many needs share a theme or a particular target group with the body, and the themes in which it answers most of them."""
    groups = set(item.groups) - {EVERYONE}
    shared: Counter[str] = Counter()
    answered = 0
    for need in needs:
        common = [theme for theme in item.themes if theme in need.themes]
        shared.update(common)
        answered += bool(common or groups & set(need.groups))
    return answered, tuple(theme for theme, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])))


def _office(gmina: Gmina, venue: Venue, joint: Mapping[str, int]) -> Invitee:
    """The gmina itself: it has no position of its own, the venue's own one stands above those next to it."""
    own, n = gmina.teryt == venue.teryt, joint.get(gmina.teryt, 0)
    why = (Why("own_gmina" if own else "gmina", {}),) if own or not n else (Why("partner", {"n": n}),)
    return Invitee(gmina.teryt, gmina.name, OFFICE, gmina.teryt, None, 1.0 if own else 0.5, why, None, own)


def _ordered(found: Sequence[Invitee]) -> tuple[Invitee, ...]:
    """The gmina's own first, then who fits, then the rest; in each the best of every category, then the second best of every category,
    and so on, the better fit first, then the nearer, then by name."""
    ranked: list[tuple[tuple[bool, bool, int], Invitee]] = []
    seen: Counter[tuple[bool, bool, str]] = Counter()
    for one in sorted(found, key=_fit):
        first, second = not one.own, not one.own and not one.fits
        ranked.append(((first, second, seen[first, second, one.category]), one))
        seen[first, second, one.category] += 1
    return tuple(one for place, one in sorted(ranked, key=lambda pair: (pair[0], _fit(pair[1]))))


def _fit(one: Invitee) -> tuple[float, float, str, str]:
    return -round(one.score, 9), np.inf if one.km is None else one.km, one.name, one.id


def shares_within(region: Region, venue: Venue, km: float, group: str = "all") -> dict[str, float]:
    """How much of the people of each gmina lives within reach of a venue (0..1), by TERYT; 0 where no people are known."""
    from lib.analysis.plan_demand import UNKNOWN_NEED, demand
    from lib.analysis.plan_wishes import Wishes

    wanted = demand(region, Wishes(radius_km=km, group=group, need=False, past=False), UNKNOWN_NEED)
    to_x, to_y = to_metres(venue.longitude, venue.latitude)
    within = np.hypot(wanted.x - to_x, wanted.y - to_y) * DETOUR / 1000.0 <= km + TOLERANCE_KM
    every: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for place, n, here in zip(wanted.places, wanted.people.tolist(), within.tolist(), strict=True):
        every[place.teryt] += n
        inside[place.teryt] += n * here
    return {code: inside[code] / n for code, n in every.items() if n > 0}
