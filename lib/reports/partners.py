"""Whom does one invite to a meeting in a gmina, and why? Organisations here and nearby with reasons that the records themselves give.

Distances are estimated road kilometres: straight lines in EPSG:2180 times `lib.geo.travel.DETOUR`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lib.analysis.initiatives import involvement
from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.domain.records import Gmina, Item
from lib.geo.distance import plane_km, to_metres
from lib.geo.travel import DETOUR, TOLERANCE_KM

REACH_KM = 15.0
"""Road kilometres that a partner travels at most when no meeting says otherwise: what the animators name as a usual limit."""
INVITED = (
    "kgw", "ngo", "senior_club", "fire_brigade", "culture_centre", "library", "community_centre", "ensemble", "support_centre",
    "social_enterprise", "school", "sports_club", "parish_group", "lag", "council",
)  # fmt: skip
"""Categories of bodies that can be asked to come, in the order of the list; a hall or a pitch cannot."""
FIRMNESSES = 3
"""How many kinds of `Partner.firmness` there are."""


@dataclass(frozen=True, slots=True)
class Point:
    """What distances are measured from: its name and position in WGS84 degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation and the reasons to invite it: initiatives it ran and joined, themes it shares with the needs stated in the gmina.

    `km` is NaN where only the gmina of the organisation is known. `past` are those of its initiatives that took place in the gmina of
    the brief: reason enough to invite it from any distance.
    """

    item: Item
    km: float
    here: bool
    ran: tuple[Item, ...]
    joined: tuple[Item, ...]
    themes: tuple[str, ...]
    past: tuple[Item, ...] = ()

    @property
    def reasons(self) -> int:
        """How many kinds of reasons there are."""
        return bool(self.ran) + bool(self.joined) + bool(self.themes)

    @property
    def firmness(self) -> int:
        """How firm the reasons are: 0 it has been active in this gmina, 1 it has done something, 2 no initiative of it is known."""
        return 0 if self.past else 1 if self.ran or self.joined else FIRMNESSES - 1


@dataclass(frozen=True, slots=True)
class Partners:
    """Partners by category in the order of INVITED: those of the gmina first, then the best reasons.

    `unplaced` counts organisations of other gminas whose distance is unknown: these are not listed. `needs` says whether any need
    with a theme is stated here at all.
    """

    groups: tuple[tuple[str, tuple[Partner, ...]], ...]
    origin: Point
    km: float
    unplaced: int
    needs: bool

    @property
    def total(self) -> int:
        return sum(len(found) for _, found in self.groups)

    @property
    def own(self) -> int:
        """How many of them are organisations of the gmina itself."""
        return sum(one.here for one in self.best)

    @property
    def best(self) -> tuple[Partner, ...]:
        """All partners whatever their category: those of the gmina first, then those with most reasons."""
        return tuple(sorted((one for _, found in self.groups for one in found), key=rank))


def centre(catalog: Catalog, gmina: Gmina) -> Point:
    """Where distances of a gmina are measured from: the place of its name, else its most populous place, else its label point."""
    places = [place for place in catalog.dataset.localities.values() if place.teryt == gmina.teryt]
    if not places:
        return Point(gmina.name, gmina.label_latitude, gmina.label_longitude)
    seat = max(places, key=lambda place: (place.name == gmina.name, place.population or 0, place.id))
    return Point(seat.name, seat.latitude, seat.longitude)


def partners(
    catalog: Catalog, gmina: Gmina, needs: Sequence[Item], origin: Point, *, km: float = REACH_KM, whole_gmina: bool = True
) -> Partners:
    """Organisations that can be invited: those known to be within `km` of the origin, those of the gmina, and from any distance those
    that have been active in it.

    Without `whole_gmina` those of the gmina, too, must be within reach; one whose place is unknown is kept and said to be so.
    """
    wanted = {theme for need in needs for theme in need.themes}
    involved, travel = involvement(catalog.dataset.items), _travel_km(catalog, origin)
    found: dict[str, list[Partner]] = {code: [] for code in INVITED}
    unplaced = 0
    for row, item in enumerate(catalog.dataset.items):
        if item.kind != "resources" or item.category not in found:
            continue
        here, exact = item.teryt == gmina.teryt, not item.approximate and math.isfinite(travel[row])
        past = tuple(deed for deed in involved.get(item.id, ()) if deed.teryt == gmina.teryt and not here)
        if past or (exact and travel[row] <= km + TOLERANCE_KM) or (here and (whole_gmina or not exact)):
            found[item.category].append(_partner(item, travel[row] if exact else math.nan, here, involved, wanted, past))
        else:
            unplaced += not exact
    groups = ((code, tuple(sorted(them, key=rank))) for code, them in found.items() if them)
    return Partners(tuple(groups), origin, km, unplaced, bool(wanted))


def _travel_km(catalog: Catalog, origin: Point) -> list[float]:
    x, y = to_metres(origin.longitude, origin.latitude)
    return [float(km) for km in plane_km(catalog.columns.x, catalog.columns.y, x, y) * DETOUR]


def chosen(found: Partners, *, rows: int, own: int, others: int) -> tuple[tuple[str, tuple[Partner, ...], tuple[Partner, ...]], ...]:
    """(category, those listed, all of it) of a list of some `rows`: first the gmina's own, which are cut only where there are more than
    `own`; then who has been active here, all of them; then others who have done something, then the rest, the same share of every
    category. At least `others` of other gminas are listed.
    """
    mine = [sum(one.here for one in them) for _, them in found.groups]
    shown = mine if sum(mine) <= own else share(mine, rows)
    room = max(rows - sum(shown), others)
    away: list[list[Partner]] = [[] for _ in found.groups]
    for firmness in range(FIRMNESSES):
        level = [[one for one in them if not one.here and one.firmness == firmness] for _, them in found.groups]
        counts = [len(them) for them in level]
        taken = counts if firmness == 0 and sum(counts) <= own else share(counts, room, least=0)
        room = max(room - sum(taken), 0)
        for place, n in enumerate(taken):
            away[place] += level[place][:n]
    listed = ((code, (*them[:n], *more), them) for (code, them), n, more in zip(found.groups, shown, away, strict=True))
    return tuple(one for one in listed if one[1])


def share(counts: Sequence[int], rows: int, *, least: int = 1) -> list[int]:
    """How many of each kind are listed when `rows` are to go round: at least `least`, then as equal as the counts allow."""
    shown = [min(n, least) for n in counts]
    while sum(shown) < min(rows, sum(counts)):
        least = min(n for n, of in zip(shown, counts, strict=True) if n < of)
        for i, of in enumerate(counts):
            if shown[i] == least and shown[i] < of and sum(shown) < rows:
                shown[i] += 1
    return shown


def _partner(
    item: Item, km: float, here: bool, involved: Mapping[str, tuple[Item, ...]], wanted: Iterable[str], past: tuple[Item, ...]
) -> Partner:
    deeds = involved.get(item.id, ())
    ran = tuple(one for one in deeds if item.id in one.parts("organiser_ids"))
    joined = tuple(one for one in deeds if one not in ran)
    return Partner(item, km, here, ran, joined, tuple(theme for theme in item.themes if theme in wanted), past)


def rank(one: Partner) -> tuple[bool, int, int, int, int, float, str, str]:
    """Those of the gmina itself first, for it is their meeting; then the firmer reasons, most reasons, most initiatives, the nearer."""
    distance = one.km if math.isfinite(one.km) else math.inf
    firmness = 0 if one.here else one.firmness
    return not one.here, firmness, -one.reasons, -len(one.ran), -len(one.joined), distance, polish_key(one.item.name), one.item.id
