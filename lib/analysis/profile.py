"""What does the data say about one gmina: its people by age beside others, its past by year, and where it is thin?

People are counts of the demography table (31 December 2025 in the committed data). Where `basis` is not official the
figures of the powiat were shared out by electors, so the age shares of such a gmina are those of its powiat by
construction: they tell nothing about the gmina, and no screen may present them as a difference.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd

from lib.domain.records import PLACED_KINDS, Item

TOTAL = "pop_total"
MAIN_GROUPS = ("pop_0_14", "pop_15_64", "pop_65_plus")
"""They add up to everybody."""
SERVICE_GROUPS = ("pop_0_2", "pop_3_6", "pop_7_12", "pop_13_15", "pop_16_19", "pop_20_24", "pop_55_64")
"""Ages that services are planned for: nursery, kindergarten, school, youth, people about to retire; they overlap with the main groups."""
OFFICIAL = "official"
"""How the name of a basis begins when the figure was not shared out."""
JOWES_NAMES = ("jowes", "jurajski ośrodek wsparcia ekonomii społecznej")
MINIFORUM = "miniforum"


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One age group: people in the gmina, and its share of all people in the gmina, the powiat and the subregion (0..1, NaN unknown)."""

    group: str
    people: float
    share: float
    powiat_share: float
    region_share: float


@dataclass(frozen=True, slots=True)
class People:
    """How many people live in a gmina; `difference` is (estimate - GUS total) / GUS total, None where there is nothing to compare."""

    total: float
    powiat_total: float
    region_total: float
    official: bool
    electors: float
    gus_total: float | None
    gus_year: int | None
    difference: float | None
    main: tuple[AgeRow, ...]
    services: tuple[AgeRow, ...]


@dataclass(frozen=True, slots=True)
class EstimateError:
    """How far the shared-out totals are from the official ones, where both are known: mean and worst absolute share."""

    gminas: int
    mean: float
    worst: float
    worst_teryt: str
    first_year: int | None
    last_year: int | None
    """Of which years the official totals are; None where the table does not say."""


def people(demography: pd.DataFrame, teryt: str, powiat: Iterable[str]) -> People | None:
    """People of the gmina `teryt` beside the gminas of its `powiat` and all gminas of the table; None when the table lacks it."""
    if teryt not in demography.index or any(name not in demography for name in (TOTAL, *MAIN_GROUPS)):
        return None
    own: dict[Hashable, Any] = demography.loc[[teryt]].iloc[0].to_dict()
    beside = demography.loc[[code for code in powiat if code in demography.index]]
    gus = _number(own.get("gus_total"))
    official = str(own.get("basis", "")).startswith(OFFICIAL)
    total = _number(own[TOTAL])
    year = _number(own.get("gus_total_year"))
    return People(
        total=total,
        powiat_total=float(beside[TOTAL].sum()),
        region_total=float(demography[TOTAL].sum()),
        official=official,
        electors=_number(own.get("electors_2025")),
        gus_total=None if math.isnan(gus) else gus,
        gus_year=None if math.isnan(year) else int(year),
        difference=None if official or math.isnan(gus) or not gus else (total - gus) / gus,
        main=tuple(_age_row(name, own, beside, demography) for name in MAIN_GROUPS),
        services=tuple(_age_row(name, own, beside, demography) for name in SERVICE_GROUPS if name in demography),
    )


def _age_row(name: str, own: Mapping[Hashable, Any], powiat: pd.DataFrame, region: pd.DataFrame) -> AgeRow:
    count = _number(own[name])
    return AgeRow(name, count, _share(count, _number(own[TOTAL])), _share_of(powiat, name), _share_of(region, name))


def _share_of(frame: pd.DataFrame, name: str) -> float:
    """The share of a group in several gminas together, over those where the group is known."""
    known = frame[frame[name].notna() & frame[TOTAL].notna()]
    return _share(float(known[name].sum()), float(known[TOTAL].sum()))


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _number(value: Any) -> float:
    return math.nan if value is None or pd.isna(value) else float(value)


def estimate_error(demography: pd.DataFrame) -> EstimateError | None:
    """Checks the shared-out totals against the official ones; None when no gmina has both."""
    if any(name not in demography for name in (TOTAL, "gus_total", "basis")):
        return None
    compared = demography[~demography["basis"].astype(str).str.startswith(OFFICIAL) & (demography["gus_total"] > 0)]
    if compared.empty:
        return None
    off = ((compared[TOTAL] - compared["gus_total"]) / compared["gus_total"]).abs()
    years = compared["gus_total_year"].dropna() if "gus_total_year" in compared else off.iloc[:0]
    first, last = (int(years.min()), int(years.max())) if len(years) else (None, None)
    return EstimateError(len(off), float(off.mean()), float(off.max()), str(off.idxmax()), first, last)


@dataclass(frozen=True, slots=True)
class Thin:
    """What a gmina's records do not tell; `missing` are categories without a record, dates are partial dates ("" for none)."""

    records: int
    missing: tuple[str, ...]
    approximate: int
    undated: int
    status_unknown: int
    pages: int
    hosts: int
    oldest: str
    newest: str


def thin(items: Sequence[Item], categories: Iterable[str]) -> Thin:
    """Where the data of some records is thin; `categories` are all that a gmina could have."""
    present = {item.category for item in items if item.kind == "resources"}
    urls = {source.url for item in items for source in item.sources}
    dates = sorted(item.as_of for item in items if item.as_of)
    return Thin(
        records=len(items),
        missing=tuple(code for code in categories if code not in present),
        approximate=sum(item.approximate for item in items),
        undated=sum(not item.as_of for item in items),
        status_unknown=sum(item.details.get("status") == "unknown" for item in items),
        pages=len(urls),
        hosts=len({host_of(url) for url in urls}),
        oldest=dates[0] if dates else "",
        newest=dates[-1] if dates else "",
    )


def usual_records(items: Iterable[Item], gminas: Iterable[str]) -> float:
    """The median number of placed records of some gminas (TERYT), those without any included."""
    held = Counter(item.teryt for item in items if item.kind in PLACED_KINDS)
    return median(held[teryt] for teryt in gminas)


def host_of(url: str) -> str:
    """The site a page belongs to, `www.` left out."""
    return url.split("//", 1)[-1].split("/", 1)[0].lower().removeprefix("www.")


def day_of(item: Item) -> str:
    """When an initiative was: its first day, else its last one ("" where no date is known)."""
    return item.details.get("date_start", "") or item.details.get("date_end", "")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Initiatives by year, the newest year and within it the newest day first; `undated` are those without a date."""

    years: tuple[tuple[int, tuple[Item, ...]], ...]
    undated: tuple[Item, ...]

    @property
    def most(self) -> int:
        """The largest number in one year: what a full bar stands for."""
        return max((len(items) for _, items in self.years), default=0)


def timeline(items: Iterable[Item]) -> Timeline:
    """Initiatives put into years by their first known day."""
    by_year: dict[int, list[Item]] = defaultdict(list)
    undated: list[Item] = []
    for item in items:
        day = day_of(item)
        if day[:4].isdecimal():
            by_year[int(day[:4])].append(item)
        else:
            undated.append(item)
    years = ((year, tuple(sorted(by_year[year], key=day_of, reverse=True))) for year in sorted(by_year, reverse=True))
    return Timeline(tuple(years), tuple(undated))


def is_meeting(item: Item) -> bool:
    """Whether an initiative is a Miniforum or one that JOWES held, organised or supported."""
    named = " ".join((item.name, item.details.get("organisers", ""), item.details.get("partners", ""))).casefold()
    return item.kind == "initiatives" and (item.category == MINIFORUM or any(name in named for name in JOWES_NAMES))
