"""Who is under-served, compared with whom, and how sure is that? Rates per so many people with intervals and a verdict.

A rate is the number of services over the people they are for, drawn towards the region's mean as far as it rests on few
(`lib.analysis.bayes`). The verdict is `below` or `above` only when the whole 90 % interval lies on that side of the reference. Where
the data was not looked for, or where it is a sample and missing records, uneven reading or a page that lists many at once could explain
the difference, it is `unknown`: a hole in the data is no gap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.analysis import bayes, counting, unseen
from lib.analysis.freshness import year_of
from lib.analysis.profile import day_of
from lib.analysis.region import Region
from lib.domain.measure import MUST_EXIST, SAMPLE, UNLOOKED, YEARS_SINCE, Measure
from lib.domain.records import Item

INTERVAL = bayes.LEVEL
"""Nine in ten: one false alarm in twenty on each side, which 31 areas with small counts can still resolve."""
BELOW, ABOVE, UNCERTAIN, UNKNOWN = "below", "above", "uncertain", "unknown"
TERM_YEARS = 5.0
"""The term of a gmina's council since 2018: whoever sits on it now was there when a meeting of these years was held."""
VERDICTS = (BELOW, UNCERTAIN, ABOVE, UNKNOWN)
NOT_LOOKED_FOR = "not_looked_for"
REASONS = ("interval", NOT_LOOKED_FOR, MUST_EXIST, "no_people", "unseen", "uneven", "clustered", "no_date", "nothing_counted")
"""Why a verdict is what it is: the interval says so; the data was not looked for; every gmina
must have one by law and the data has none; nobody for whom the service is lives there or
their number is unknown; what is probably still missing from the data would lift it; that more or fewer pages were read about this
gmina could explain it; that pages which list many at once were or were not found could; no dated meeting is known; no record at all."""
NOBODY = 1e-6
"""People of the area of which nothing is known: so few that its posterior is what the other areas say is usual."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """One gmina under one measure.

    `rate`, `smoothed`, `low`, `high` are per `measure.per` people (years for `years_since`); None where nothing can be said.
    `unseen` is Chao's lower bound of what is still missing from the data, None where too few records have several sources. `effort`
    is how many pages were read per person beside the region (1 is the same).
    """

    teryt: str
    count: int
    people: float | None
    rate: float | None
    smoothed: float | None
    low: float | None
    high: float | None
    verdict: str
    reason: str
    coverage: str
    unseen: float | None
    effort: float = 1.0


@dataclass(frozen=True)
class Assessment:
    """All gminas under one measure, in the order of the region.

    `reference` is the rate of all areas looked for taken together (for `years_since` TERM_YEARS), None when nothing is counted.
    `posterior` has the gamma distributions behind the intervals, in the same order and with one more at its end: that of an area of
    which nothing is known, what is usual in the region (None for `years_since`). `records` are the counted ones by TERYT. `unseen`
    estimates what is missing in the whole region.
    """

    measure: Measure
    reference: float | None
    prior: bayes.Prior | None
    areas: tuple[Area, ...]
    posterior: bayes.Smoothed | None
    records: Mapping[str, tuple[Item, ...]]
    unseen: unseen.Unseen | None

    def expected(self, area: Area) -> float | None:
        """How many services the area's people would have at the reference rate; None where nobody is known or nothing is counted."""
        return None if self.reference is None or not area.people else self.reference * area.people / self.measure.per

    def area(self, teryt: str) -> Area | None:
        """The gmina's own line; None when the region has no such gmina."""
        return next((area for area in self.areas if area.teryt == teryt), None)

    def with_verdict(self, *verdicts: str) -> tuple[Area, ...]:
        """The gminas that got one of the verdicts."""
        return tuple(area for area in self.areas if area.verdict in verdicts)


def assess(region: Region, measure: Measure, *, yardstick: Assessment | None = None) -> Assessment:
    """Every gmina of the region under a measure.

    With a `yardstick`, an assessment of the same gminas, prior and reference are learned from its counts, so that a supposed service
    does not move the line it is measured by.
    """
    return _years(region, measure) if measure.formula == YEARS_SINCE else _rates(region, measure, yardstick)


def assess_all(region: Region, measures: Sequence[str] = ()) -> dict[str, Assessment]:
    """Assessments by measure, of all measures or the named ones."""
    return {name: assess(region, region.measures[name]) for name in measures or region.measures}


def _rates(region: Region, measure: Measure, yardstick: Assessment | None) -> Assessment:
    records = counting.counted(region, measure)
    teryts = list(region.gminas)
    levels = [counting.level_of(region, measure, teryt) for teryt in teryts]
    people = np.array(list(region.people(measure.people).values()), dtype=float)
    counts = np.array([len(records[teryt]) for teryt in teryts], dtype=float)
    used = np.array([level != UNLOOKED for level in levels], dtype=bool) & (people > 0)
    today = counts if yardstick is None else np.array([area.count for area in yardstick.areas], dtype=float)
    posterior = _posterior(counts, people, used, today) if used.any() else None
    reference = posterior.prior.mean * measure.per * bool(today[used].sum()) if posterior is not None else None
    effort = counting.effort(region, measure)
    areas = tuple(
        _area(measure, teryt, records[teryt], people[i], levels[i], _scaled(posterior, i, measure.per), reference, effort[teryt])
        for i, teryt in enumerate(teryts)
    )
    areas = tuple(
        replace(area, reason=MUST_EXIST) if area.reason == NOT_LOOKED_FOR and counting.must_exist(region, measure, area.teryt) else area
        for area in areas
    )
    areas = _page_by_page(areas, people, used, records, yardstick)
    looked_for = [item for teryt, level in zip(teryts, levels, strict=True) if level != UNLOOKED for item in records[teryt]]
    prior = posterior.prior if posterior is not None else None
    return Assessment(measure, reference, prior, areas, posterior, records, unseen.estimate([unseen.hosts_of(i) for i in looked_for]))


def _posterior(counts: Floats, people: Floats, used: NDArray[np.bool_], today: Floats) -> bayes.Smoothed:
    """The posterior of every area and, at the end, of one of which nothing is known; the prior is learned from the counts of today."""
    everybody = np.append(people, NOBODY)
    return bayes.smooth(np.append(counts, 0), everybody, used=np.append(used, False), learned_from=(np.append(today, 0), everybody))


def _page_by_page(
    areas: tuple[Area, ...],
    people: Floats,
    used: NDArray[np.bool_],
    records: Mapping[str, tuple[Item, ...]],
    yardstick: Assessment | None,
) -> tuple[Area, ...]:
    """The areas with a verdict from a sample kept only where it holds as well when all records of one page count as one.

    Records of a list are found together or not at all, so that their number says less than as many records found one by one.
    """
    if not any(_is_judged_sample(area) for area in areas):
        return areas
    finds = np.array([_finds(records[area.teryt]) for area in areas], dtype=float)
    today = finds if yardstick is None else np.array([_finds(yardstick.records[area.teryt]) for area in areas], dtype=float)
    posterior = _posterior(finds, people, used, today)
    verdicts = (_judged(float(low), float(high), posterior.prior.mean)[0] for low, high in zip(posterior.low, posterior.high, strict=True))
    return tuple(
        replace(area, verdict=UNKNOWN, reason="clustered") if _is_judged_sample(area) and area.verdict != verdict else area
        for area, verdict in zip(areas, verdicts, strict=False)
    )


def _is_judged_sample(area: Area) -> bool:
    return area.coverage == SAMPLE and area.verdict in (BELOW, ABOVE)


def _finds(records: Sequence[Item]) -> int:
    """The different pages that records were first found on; one without a page was found by itself."""
    return len({item.sources[0].url if item.sources else item.id for item in records})


@dataclass(frozen=True, slots=True)
class _Rate:
    """An area's posterior per `per` people: mean, interval, and the upper bound as a function of services added (shape, rate)."""

    mean: float
    low: float
    high: float
    shape: float
    rate: float


def _scaled(posterior: bayes.Smoothed | None, place: int, per: int) -> _Rate | None:
    if posterior is None or not math.isfinite(float(posterior.mean[place])):
        return None
    mean, low, high = (float(column[place]) * per for column in (posterior.mean, posterior.low, posterior.high))
    return _Rate(mean, low, high, float(posterior.shape[place]), float(posterior.rate[place]) / per)


def _area(
    measure: Measure,
    teryt: str,
    records: Sequence[Item],
    people: float,
    level: str,
    found: _Rate | None,
    reference: float | None,
    effort: float,
) -> Area:
    missing = unseen.estimate([unseen.hosts_of(item) for item in records])
    told = found if level != UNLOOKED and people > 0 and reference is not None else None
    if told is None or reference is None:
        verdict, reason = UNKNOWN, NOT_LOOKED_FOR if people > 0 else "no_people"
    else:
        verdict, reason = _judged(told.low, told.high, reference)
        if level == SAMPLE and verdict in (BELOW, ABOVE):
            verdict, reason = _doubted(verdict, reference, effort, records, told)
    return Area(
        teryt=teryt,
        count=len(records),
        people=None if math.isnan(people) else float(people),
        rate=float(len(records) / people * measure.per) if people > 0 else None,
        smoothed=told.mean if told else None,
        low=told.low if told else None,
        high=told.high if told else None,
        verdict=verdict,
        reason=reason,
        coverage=level,
        unseen=missing.unseen if missing else None,
        effort=effort,
    )


def _judged(low: float, high: float, reference: float) -> tuple[str, str]:
    """The verdict on an interval and its reason."""
    if reference <= 0:
        return UNCERTAIN, "nothing_counted"
    return (BELOW if high < reference else ABOVE if low > reference else UNCERTAIN), "interval"


def _doubted(verdict: str, reference: float, effort: float, records: Sequence[Item], found: _Rate) -> tuple[str, str]:
    """The verdict of an area whose data is a sample: kept only when neither missing records nor uneven reading could explain it.

    By effort alone an area would show the reference times its effort, so that the interval must lie beyond that as well.
    """
    expected = reference * effort
    if (verdict == BELOW and found.high >= expected) or (verdict == ABOVE and found.low <= expected):
        return UNKNOWN, "uneven"
    if verdict == BELOW and _high_with_missing(records, found) >= reference:
        return UNKNOWN, "unseen"
    return verdict, "interval"


def _high_with_missing(records: Sequence[Item], found: _Rate) -> float:
    """The upper end of the interval if the services that the sample probably missed in this very gmina were there as well."""
    from scipy.stats import gamma

    lacking = unseen.lower_bound([unseen.hosts_of(item) for item in records])
    return float(gamma.ppf((1 + INTERVAL) / 2, found.shape + lacking, scale=1 / found.rate))


def _years(region: Region, measure: Measure) -> Assessment:
    """Years since the last known dated record; what is known is an upper bound, because a later one may be missing from the data."""
    records = counting.counted(region, measure)
    people = region.people(measure.people)
    dates = {teryt: [year_of(day_of(item)) or 0 for item in items] for teryt, items in records.items()}
    last = {teryt: max((year for year in found if year <= region.year), default=0) for teryt, found in dates.items()}  # not announced ones
    since = {teryt: float(region.year - year) for teryt, year in last.items() if year}
    areas = tuple(_years_area(region, measure, teryt, len(records[teryt]), people[teryt], since.get(teryt)) for teryt in region.gminas)
    return Assessment(measure, TERM_YEARS, None, areas, None, records, None)


def _years_area(region: Region, measure: Measure, teryt: str, count: int, people: float, years: float | None) -> Area:
    level = counting.level_of(region, measure, teryt)
    high = None if level == UNLOOKED else years
    if high is None:
        verdict, reason = UNKNOWN, NOT_LOOKED_FOR if level == UNLOOKED else "no_date"
    else:
        verdict, reason = _judged(0.0, high, TERM_YEARS)
    return Area(
        teryt=teryt,
        count=count,
        people=None if math.isnan(people) else people,
        rate=years,
        smoothed=None,
        low=None if high is None else 0.0,
        high=high,
        verdict=verdict,
        reason=reason,
        coverage=level,
        unseen=None,
    )
