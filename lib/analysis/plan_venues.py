"""Where can a meeting be held? Real places of the data at locality precision or better, and those added by hand. WGS84 degrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.analysis.plan_wishes import OWN_PREFIX, OwnVenue, Wishes
from lib.domain.records import Item, Locality
from lib.errors import MapaError

VENUE_CATEGORIES = ("culture_centre", "community_centre", "day_room", "library", "school", "fire_brigade")
"""Kinds of places with a room for a meeting; where several places are equally good the earlier kind is taken: a culture centre has a hall
and people whose work it is, a fire brigade's hall is opened by volunteers."""
NO_ROOM = frozenset({"fire_union", "parents_council"})
"""Sub-kinds that are bodies, not places."""
POINT_DIGITS = 5
"""A metre: venues nearer to each other than that are one place (in the data: all venues of a village stand on its point)."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A place for a meeting; `category` is "" for one added by hand, `locality` is a name."""

    id: str
    name: str
    category: str
    teryt: str
    locality: str
    latitude: float
    longitude: float
    precision: str

    @property
    def place(self) -> tuple[float, float, str]:
        """What venues at one point have in common."""
        return round(self.latitude, POINT_DIGITS), round(self.longitude, POINT_DIGITS), self.teryt

    @property
    def own(self) -> bool:
        return not self.category


def venues(items: Iterable[Item], localities: Mapping[str, Locality], wishes: Wishes) -> dict[str, Venue]:
    """All venues by id, the preferred first (by hand, then by kind, then by id); a fixed record of any kind is one too.

    Raises MapaError for a wished venue that the data does not know, or knows only by its gmina.
    """
    known = {item.id: item for item in items if item.kind == "resources"}
    usual = [item for item in known.values() if item.category in VENUE_CATEGORIES and item.subkind not in NO_ROOM and _placed(item)]
    found = {venue.id: venue for venue in (*own_venues(wishes.own, localities), *map(_venue, sorted(usual, key=_preference)))}
    for code in (*wishes.fixed, *wishes.excluded):
        if code in found:
            continue
        if code not in known:
            raise MapaError("plan_unknown_venue", value=code)
        if code in wishes.fixed and not _placed(known[code]):
            raise MapaError("plan_venue_without_place", value=code, name=known[code].name)
        if code in wishes.fixed:
            found[code] = _venue(known[code])
    return found


def own_venues(own: Iterable[OwnVenue], localities: Mapping[str, Locality]) -> list[Venue]:
    """The venues added by hand, each at the point of its locality; raises MapaError for a locality that is not known."""
    found = []
    for number, one in enumerate(own, 1):
        place = localities.get(one.locality)
        if place is None:
            raise MapaError("plan_unknown_locality", value=one.locality)
        code = f"{OWN_PREFIX}{number}"
        found.append(Venue(code, one.name, "", place.teryt, place.name, place.latitude, place.longitude, "locality"))
    return found


def _placed(item: Item) -> bool:
    return not item.approximate and item.latitude is not None and item.longitude is not None


def _preference(item: Item) -> tuple[int, str]:
    return VENUE_CATEGORIES.index(item.category), item.id


def _venue(item: Item) -> Venue:
    assert item.latitude is not None and item.longitude is not None
    return Venue(item.id, item.name, item.category, item.teryt, item.locality, item.latitude, item.longitude, item.precision)


def choosable(known: Mapping[str, Venue], wishes: Wishes) -> tuple[Venue, ...]:
    """Every venue that is not excluded, the preferred first."""
    kept = (v for v in known.values() if v.id in wishes.fixed or not (v.id in wishes.excluded or v.teryt in wishes.without))
    return tuple(kept)


def candidates(known: Mapping[str, Venue], wishes: Wishes) -> tuple[Venue, ...]:
    """The venues that the plan chooses from, one for each place: what is fixed there, else the preferred one.

    A second meeting at the same place would reach the same people, so that nothing better is lost.
    """
    places: dict[tuple[float, float, str], list[Venue]] = {}
    for venue in choosable(known, wishes):
        places.setdefault(venue.place, []).append(venue)
    chosen = []
    for here in places.values():
        fixed = [venue for venue in here if venue.id in wishes.fixed]
        chosen.extend(fixed or here[:1])
    return tuple(chosen)


def beside(known: Mapping[str, Venue], venue: Venue, wishes: Wishes) -> tuple[Venue, ...]:
    """The other venues at the same place, neither excluded nor fixed themselves: any of them would reach the same people."""
    not_these = {venue.id, *wishes.excluded, *wishes.fixed}
    return tuple(v for v in known.values() if v.place == venue.place and v.id not in not_these)


def crowded(known: Mapping[str, Venue], wishes: Wishes) -> tuple[tuple[Venue, ...], ...]:
    """Places at which more than one venue is fixed, each with these venues: every one of them is a meeting of its own."""
    places: dict[tuple[float, float, str], list[Venue]] = {}
    for code in dict.fromkeys(wishes.fixed):
        if code in known:
            places.setdefault(known[code].place, []).append(known[code])
    return tuple(tuple(here) for here in places.values() if len(here) > 1)
