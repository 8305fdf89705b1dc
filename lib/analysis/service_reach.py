"""How many people have a service near, and how much of it is there for each? Travel kilometres, people, services per 1,000 people.

Travel is the straight line (EPSG:2180) times a detour factor (`lib.geo.travel`). A service known only by its gmina has no distance:
the share of people within reach is therefore given as a range, from "only services whose place is known" to "each of the others
might stand at anybody's door in its gmina". A gmina that was not looked for reaches up to everybody: nothing is known of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.analysis import catchment, counting
from lib.analysis.region import Floats, Region, exact_metres
from lib.domain.measure import UNLOOKED, Measure
from lib.domain.records import Item
from lib.geo.travel import TOLERANCE_KM, nearest_km, pairs_within

STEPS_KM = (5.0, 10.0, 15.0)
"""A bicycle, a short drive, the next town: distances a senior or a parent with a child will plan for differently."""
SENSITIVITY_KM = (5.0, 10.0, 15.0, 20.0)
"""Catchments tried beside the chosen one: at community scale its size matters more than any other choice (Chen & Jia 2019)."""

Ints = NDArray[np.intp]


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
    """One gmina: its people, the shares within each step, the people-weighted mean way to a known place, and the catchment's value.

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
    """The whole region and each gmina and locality in it; `services` are the placed ones, `radius_km` that of the catchment."""

    measure: Measure
    radius_km: float
    services: tuple[Item, ...]
    unplaced: int
    shares: tuple[Share, ...]
    areas: tuple[AreaReach, ...]
    places: tuple[Place, ...]


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
    levels = {teryt: counting.level_of(region, measure, teryt) for teryt in region.gminas}
    most = _optimistic(places.teryts, km, supply, levels)
    access = _access(region, supply, people, radius_km)
    owners = np.array(places.teryts, dtype=object)
    areas = tuple(
        _area(measure, teryt, np.flatnonzero(owners == teryt), people, km, most, access, levels[teryt], supply, steps)
        for teryt in region.gminas
    )
    return Reach(
        measure,
        radius_km,
        supply.placed,
        sum(supply.unplaced.values()),
        _shares(people, km, most, steps),
        areas,
        tuple(
            Place(places.ids[i], places.teryts[i], float(people[i]), float(km[i]), supply.placed[which[i]].id if which[i] >= 0 else "")
            for i in range(len(places.ids))
        ),
    )


def sensitivity(region: Region, measure: Measure, radii: Sequence[float] = SENSITIVITY_KM) -> dict[float, dict[str, float]]:
    """The catchment's value of every gmina that was looked for, for several radii: {km: {TERYT: services per `per` people}}."""
    supply, people = _supply(region, measure), region.people_by_place(measure.people)
    owners = np.array(region.places.teryts, dtype=object)
    mine = {teryt: np.flatnonzero(owners == teryt) for teryt in region.gminas}
    looked = [teryt for teryt in region.gminas if counting.level_of(region, measure, teryt) != UNLOOKED]
    found: dict[float, dict[str, float]] = {}
    for km in radii:
        access = _access(region, supply, people, km)
        means = {teryt: _mean(access[mine[teryt]], people[mine[teryt]]) * measure.per for teryt in looked}
        found[km] = {teryt: value for teryt, value in means.items() if math.isfinite(value)}
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


def _optimistic(teryts: Sequence[str], km: Floats, supply: _Supply, levels: dict[str, str]) -> Floats:
    """The way to a service if every one without a place stood next door; at everybody's door where nothing was looked for."""
    next_door = {teryt for teryt, n in supply.unplaced.items() if n} | {teryt for teryt, level in levels.items() if level == UNLOOKED}
    return np.array([0.0 if teryt in next_door else float(way) for teryt, way in zip(teryts, km, strict=True)])


def _access(region: Region, supply: _Supply, people: Floats, radius_km: float) -> Floats:
    """Services per person that can be reached from each locality; one without a place is shared out over its gmina like the people."""
    places = region.places
    fractions = np.array([supply.unplaced.get(teryt, 0) for teryt in places.teryts], dtype=float) * places.weight
    shared = np.flatnonzero(fractions)
    x, y = np.concatenate([supply.x, places.x[shared]]), np.concatenate([supply.y, places.y[shared]])
    amount = np.concatenate([np.ones(len(supply.x)), fractions[shared]])
    origins, targets, km = pairs_within(places.x, places.y, x, y, km=radius_km)
    return catchment.two_step(people, amount, origins, targets, km, radius_km=radius_km + TOLERANCE_KM)


def _area(
    measure: Measure,
    teryt: str,
    mine: Ints,
    people: Floats,
    km: Floats,
    most: Floats,
    access: Floats,
    level: str,
    supply: _Supply,
    steps: Sequence[float],
) -> AreaReach:
    own = people[mine]
    value = _mean(access[mine], own) * measure.per
    return AreaReach(
        teryt,
        float(own.sum()),
        _shares(own, km[mine], most[mine], steps),
        _mean(km[mine], own),
        None if level == UNLOOKED or not math.isfinite(value) else value,
        supply.unplaced.get(teryt, 0),
        level,
    )


def _shares(people: Floats, km: Floats, most: Floats, steps: Sequence[float]) -> tuple[Share, ...]:
    return tuple(Share(float(step), _within(people, km, step), _within(people, most, step)) for step in steps)


def _within(people: Floats, km: Floats, step: float) -> float:
    total = float(people.sum())
    return float(people[km <= step + TOLERANCE_KM].sum()) / total if total > 0 else math.nan


def _mean(values: Floats, people: Floats) -> float:
    """The mean over people; NaN for nobody, infinite where somebody has no service at all."""
    total = float(people.sum())
    return float((values[people > 0] * people[people > 0]).sum() / total) if total > 0 else math.nan
