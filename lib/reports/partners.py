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


@dataclass(frozen=True, slots=True)
class Point:
    """What distances are measured from: its name and position in WGS84 degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation and the reasons to invite it: initiatives it ran and joined, themes it shares with the needs stated in the gmina.

    `km` is NaN where only the gmina of the organisation is known.
    """

    item: Item
    km: float
    here: bool
    ran: tuple[Item, ...]
    joined: tuple[Item, ...]
    themes: tuple[str, ...]

    @property
    def reasons(self) -> int:
        """How many kinds of reasons there are."""
        return bool(self.ran) + bool(self.joined) + bool(self.themes)


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
        return tuple(sorted((one for _, found in self.groups for one in found), key=_rank))


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
    """Organisations that can be invited: those known to be within `km` of the origin and those of the gmina.

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
        if (exact and travel[row] <= km + TOLERANCE_KM) or (here and (whole_gmina or not exact)):
            found[item.category].append(_partner(item, travel[row] if exact else math.nan, here, involved, wanted))
        else:
            unplaced += not exact
    groups = ((code, tuple(sorted(them, key=_rank))) for code, them in found.items() if them)
    return Partners(tuple(groups), origin, km, unplaced, bool(wanted))


def _travel_km(catalog: Catalog, origin: Point) -> list[float]:
    x, y = to_metres(origin.longitude, origin.latitude)
    return [float(km) for km in plane_km(catalog.columns.x, catalog.columns.y, x, y) * DETOUR]


def _partner(item: Item, km: float, here: bool, involved: Mapping[str, tuple[Item, ...]], wanted: Iterable[str]) -> Partner:
    deeds = involved.get(item.id, ())
    ran = tuple(one for one in deeds if item.id in one.parts("organiser_ids"))
    joined = tuple(one for one in deeds if one not in ran)
    return Partner(item, km, here, ran, joined, tuple(theme for theme in item.themes if theme in wanted))


def _rank(one: Partner) -> tuple[bool, int, int, int, float, str, str]:
    """Those of the gmina itself first, for it is their meeting; then most reasons, most initiatives, and the nearer."""
    distance = one.km if math.isfinite(one.km) else math.inf
    return not one.here, -one.reasons, -len(one.ran), -len(one.joined), distance, polish_key(one.item.name), one.item.id
