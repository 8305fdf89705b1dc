"""How many people have a service near, and how much of it is there for each? Travel kilometres, people, services per 1,000 people.

Travel is the straight line (EPSG:2180) times a detour factor (`lib.geo.travel`). A service known only by its gmina has no distance:
the share of people within reach is therefore given as a range, from "only services whose place is known" to "each of the others
might stand at anybody's door in its gmina", from where it serves people of the next gmina too. A gmina that was not looked for
reaches up to everybody: nothing is known of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lib.analysis import catchment, counting
from lib.analysis.catchment import STEPS_KM
from lib.analysis.region import Floats, Ints, Places, Region, exact_metres
from lib.domain.measure import UNLOOKED, Measure
from lib.domain.records import Item
from lib.geo.travel import TOLERANCE_KM, nearest_km, pairs_within

SENSITIVITY_KM = (5.0, 10.0, 15.0, 20.0)
"""Catchments tried beside the chosen one: at community scale its size matters more than any other choice (Chen & Jia 2019)."""


@dataclass(frozen=True, slots=True)
class Share:
    """The share of people (0..1) within some kilometres: at least `least`, at most `most`; NaN where nobody is known."""

    km: float
    least: float
    most: float


@dataclass(frozen=True)
class Place:
    """One locality: its people of the measure's group and the way to the nearest service whose place is known (inf, "" for none)."""

    id: str
    teryt: str
    people: float
    km: float
    nearest: str


@dataclass(frozen=True)
class AreaReach:
    """One gmina: its people (NaN unknown), the shares within each step, their mean way to a known place, and the catchment's value.

    `access` is services per `per` people that can be reached within the radius, competition by others counted; None where the
    data was not looked for. `unplaced` services are known only by their gmina.
    """

    teryt: str
    people: float
    shares: tuple[Share, ...]
    mean_km: float
    access: float | None
    unplaced: int
    coverage: str


@dataclass(frozen=True)
class Reach:
    """The whole region and each gmina in it; `services` are the placed ones, `radius_km` that of the catchment.

    `ids` are the localities, in the region's order with the TERYT of each; beside them stand the people of the measure's group, the
    way to the nearest service whose place is known (inf for none) and which of `services` that is (-1 for none).
    """

    measure: Measure
    radius_km: float
    services: tuple[Item, ...]
    unplaced: int
    shares: tuple[Share, ...]
    areas: tuple[AreaReach, ...]
    ids: tuple[str, ...]
    teryts: tuple[str, ...]
    people: Floats
    km: Floats
    nearest: Ints

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Each locality as one record, for lists."""
        columns = zip(self.ids, self.teryts, self.people.tolist(), self.km.tolist(), self.nearest.tolist(), strict=True)
        return tuple(Place(key, teryt, n, way, self.services[i].id if i >= 0 else "") for key, teryt, n, way, i in columns)


@dataclass(frozen=True)
class _Supply:
    """The services of a measure: those with a place, and how many each gmina has without one."""

    placed: tuple[Item, ...]
    x: Floats
    y: Floats
    unplaced: dict[str, int]


def reach(region: Region, measure: Measure, *, radius_km: float = 10.0, steps: Sequence[float] = STEPS_KM) -> Reach:
    """How near the services of a measure are to the people they are for."""
    supply, places = _supply(region, measure), region.places
    people = region.people_by_place(measure.people)
    km, which = nearest_km(places.x, places.y, supply.x, supply.y)
    levels = [counting.level_of(region, measure, teryt) for teryt in region.gminas]
    most = _optimistic(places, km, [level == UNLOOKED for level in levels], [n > 0 for n in supply.unplaced.values()])
    access = _means(region, _access(region, supply, people, radius_km), people) * measure.per
    columns = [_area_shares(region, way, people, steps) for way in (km, most)]
    whole, mean = region.people(measure.people), _means(region, km, people)
    areas = tuple(
        AreaReach(
            teryt,
            whole[teryt],
            tuple(Share(float(step), float(columns[0][k, i]), float(columns[1][k, i])) for k, step in enumerate(steps)),
            float(mean[i]),
            None if levels[i] == UNLOOKED or not math.isfinite(access[i]) else float(access[i]),
            supply.unplaced[teryt],
            levels[i],
        )
        for i, teryt in enumerate(region.gminas)
    )
    least, best = (catchment.reach(people, way, steps) for way in (km, most))
    shares = tuple(Share(float(step), float(a), float(b)) for step, a, b in zip(steps, least, best, strict=True))
    unplaced = sum(supply.unplaced.values())
    return Reach(measure, radius_km, supply.placed, unplaced, shares, areas, places.ids, places.teryts, people, km, which)


def sensitivity(region: Region, measure: Measure, radii: Sequence[float] = SENSITIVITY_KM) -> dict[float, dict[str, float]]:
    """The catchment's value of every gmina that was looked for, for several radii: {km: {TERYT: services per `per` people}}."""
    supply, people = _supply(region, measure), region.people_by_place(measure.people)
    looked = [counting.level_of(region, measure, teryt) != UNLOOKED for teryt in region.gminas]
    found: dict[float, dict[str, float]] = {}
    for km in radii:
        means = _means(region, _access(region, supply, people, km), people) * measure.per
        known = zip(region.gminas, looked, means.tolist(), strict=True)
        found[km] = {teryt: value for teryt, sure, value in known if sure and math.isfinite(value)}
    return found


def agreement(one: dict[str, float], other: dict[str, float]) -> float:
    """Spearman's rank correlation of two catchments over the gminas that both know; NaN for fewer than three or all equal."""
    both = sorted(one.keys() & other.keys())
    if len(both) < 3:
        return math.nan
    from scipy.stats import rankdata

    a, b = rankdata([one[teryt] for teryt in both]), rankdata([other[teryt] for teryt in both])
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return math.nan
    return float(np.corrcoef(a, b)[0, 1])


def _supply(region: Region, measure: Measure) -> _Supply:
    records = counting.counted(region, measure)
    every = [item for items in records.values() for item in items]
    x, y = exact_metres(every)
    placed = np.flatnonzero(np.isfinite(x))
    known = {every[i].id for i in placed}
    unplaced = {teryt: sum(item.id not in known for item in items) for teryt, items in records.items()}
    return _Supply(tuple(every[i] for i in placed), x[placed], y[placed], unplaced)


def _optimistic(places: Places, km: Floats, hidden: Sequence[bool], rough: Sequence[bool]) -> Floats:
    """The way to a service if each one without a place stood in whichever locality of its gmina is nearest to who asks.

    `rough` says which gminas have such services, `hidden` where nothing was looked for: there one may be at every door.
    """
    possible = np.append(np.array(rough, dtype=bool), False)[places.owner]
    near = np.where(possible | np.append(np.array(hidden, dtype=bool), False)[places.owner], 0.0, km)
    far = np.flatnonzero(near > 0)
    way, _ = nearest_km(places.x[far], places.y[far], places.x[possible], places.y[possible])
    near[far] = np.minimum(near[far], way)
    return near


def _access(region: Region, supply: _Supply, people: Floats, radius_km: float) -> Floats:
    """Services per person that can be reached from each locality; one without a place is shared out over its gmina like the people."""
    places = region.places
    fractions = np.append([float(n) for n in supply.unplaced.values()], 0.0)[places.owner] * places.weight
    shared = np.flatnonzero(fractions)
    x, y = np.concatenate([supply.x, places.x[shared]]), np.concatenate([supply.y, places.y[shared]])
    amount = np.concatenate([np.ones(len(supply.x)), fractions[shared]])
    origins, targets, km = pairs_within(places.x, places.y, x, y, km=radius_km)
    return catchment.two_step(people, amount, origins, targets, km, radius_km=radius_km)


def _sums(region: Region, values: Floats) -> Floats:
    """The sum of a column of the localities for each gmina of the region."""
    inside = region.places.owner >= 0
    return np.asarray(np.bincount(region.places.owner[inside], values[inside], len(region.gminas)), dtype=np.float64)


def _means(region: Region, values: Floats, people: Floats) -> Floats:
    """The mean over people of each gmina; NaN for nobody, infinite where somebody has no service at all."""
    total = _sums(region, people)
    weighted = _sums(region, np.where(people > 0, values, 0.0) * people)
    return np.divide(weighted, total, out=np.full(len(total), np.nan), where=total > 0)


def _area_shares(region: Region, km: Floats, people: Floats, steps: Sequence[float]) -> Floats:
    """The share of each gmina's people within each step (steps, gminas); NaN for nobody."""
    return np.array([_means(region, (km <= step + TOLERANCE_KM).astype(float), people) for step in steps])
