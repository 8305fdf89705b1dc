"""What would change if a service opened in a village? Rates, reach and priorities before and after, by the same yardstick.

A supposed service is a record like any other at the point of its locality, added to a second region; prior and reference
stay those of today, so that gminas whose number of services does not change keep their rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lib.analysis import gaps, priority, service_reach
from lib.analysis.gaps import Assessment
from lib.analysis.priority import Ranking
from lib.analysis.region import Region
from lib.analysis.service_reach import Reach
from lib.domain.measure import INITIATIVES, MINIFORUM, Measure
from lib.domain.records import Item, Locality

MOST = 12
"""Services supposed at once: more is a plan, not a question."""
OTHER = "other"
MARK = "supposed-"
"""How the ids of supposed records begin; no real record's does."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """A new service of a measure in a locality (ids of both)."""

    measure: str
    locality: str


@dataclass(frozen=True)
class Changed:
    """One measure before and after."""

    before: Assessment
    after: Assessment
    reach_before: Reach
    reach_after: Reach


@dataclass(frozen=True)
class Comparison:
    """The supposed services that could be placed, each touched measure before and after, and the order of priorities both times."""

    supposed: tuple[Supposed, ...]
    measures: Mapping[str, Changed]
    ranking_before: Ranking
    ranking_after: Ranking


def known(region: Region, supposed: Sequence[Supposed]) -> tuple[Supposed, ...]:
    """Those whose measure and locality the region knows, at most MOST."""
    return tuple(one for one in supposed if one.measure in region.measures and one.locality in region.localities)[:MOST]


def with_supposed(region: Region, supposed: Sequence[Supposed]) -> Region:
    """The region with the supposed services as records."""
    return region.having(
        [
            _record(region.measures[one.measure], region.localities[one.locality], region.year, number)
            for number, one in enumerate(known(region, supposed), 1)
        ]
    )


def _record(measure: Measure, place: Locality, year: int, number: int) -> Item:
    """A record that the measure's first selection counts."""
    selection = measure.selections[0]
    dated = {"date_start": str(year)} if selection.table == INITIATIVES else {}
    usual = MINIFORUM if selection.meetings else OTHER
    return Item(
        id=f"{MARK}{number}",
        kind=selection.table,
        name=measure.id,
        category=selection.category or usual,
        subkind=selection.subkinds[0] if selection.subkinds else "",
        teryt=place.teryt,
        locality=place.name,
        address="",
        postal_code="",
        latitude=place.latitude,
        longitude=place.longitude,
        precision="locality",
        themes=measure.themes,
        groups=measure.groups,
        summary="",
        as_of=str(year),
        sources=(),
        details=dated,
    )


def compare(
    region: Region,
    supposed: Sequence[Supposed],
    assessments: Mapping[str, Assessment],
    *,
    radius_km: float = priority.REACH_KM,
    weights: Mapping[str, float] | None = None,
    seed: int = priority.SEED,
) -> Comparison:
    """Before and after; `assessments` are those of today on which the order of priorities rests."""
    placed = known(region, supposed)
    new = with_supposed(region, placed)
    touched = tuple(dict.fromkeys(one.measure for one in placed))
    changed = {
        name: _changed(region, new, assessments.get(name) or gaps.assess(region, region.measures[name]), radius_km) for name in touched
    }
    later = {name: changed[name].after if name in changed else a for name, a in assessments.items()}
    before = priority.rank(region, assessments, weights=weights, seed=seed)
    after = priority.rank(new, later, weights=weights, seed=seed)
    return Comparison(placed, changed, before, after)


def _changed(region: Region, new: Region, before: Assessment, radius_km: float) -> Changed:
    measure = before.measure
    after = gaps.assess(new, measure, yardstick=before)
    same = (then if then.count == now.count else now for then, now in zip(before.areas, after.areas, strict=True))
    after = replace(after, areas=tuple(same))  # computed anew, an untouched line may differ in its fifteenth digit
    reach = (service_reach.reach(each, measure, radius_km=radius_km) for each in (region, new))
    return Changed(before, after, *reach)
