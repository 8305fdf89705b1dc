"""How old is what a table says, and how exactly does it know where? Ages in calendar years, counted from the data's own date.

The clock of the server is not asked: the same files give the same answer on every day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.domain.records import PRECISIONS, Item

AGE_STEPS = (3, 7, 12)
"""Years: facts of the last three are likely to hold, after seven a club may have gone, after twelve the page is history."""


@dataclass(frozen=True, slots=True)
class Age:
    """How many records speak of the years `first`..`last` (both included); `first` is None for everything up to `last`."""

    first: int | None
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """The ages of a table's records, newest step first; `newest` is the latest date a source speaks of ("" for none)."""

    rows: int
    undated: int
    newest: str
    ages: tuple[Age, ...]


def year_of(date: str) -> int | None:
    """The year of a partial date; None when it gives none."""
    return int(date[:4]) if date[:4].isdecimal() and len(date) >= 4 else None


def freshness(items: Sequence[Item]) -> Freshness:
    """How old the sources of some records are, in steps back from the year in which the newest page was read."""
    years = [year_of(item.as_of) for item in items]
    known = [year for year in years if year is not None]
    read_in = [year for item in items for source in item.sources[:1] if (year := year_of(source.gathered)) is not None]
    present = max([*known, *read_in], default=0)
    dates = [item.as_of for item, year in zip(items, years, strict=True) if year is not None]
    return Freshness(len(items), len(items) - len(known), max(dates, default=""), _steps(known, present))


def _steps(years: Iterable[int], present: int) -> tuple[Age, ...]:
    counted = Counter(years)
    found: list[Age] = []
    last = present
    for step in AGE_STEPS:
        first = present - step + 1
        found.append(Age(first, last, sum(n for year, n in counted.items() if first <= year <= last)))
        last = first - 1
    found.append(Age(None, last, sum(n for year, n in counted.items() if year <= last)))
    return tuple(found)


def precisions(items: Iterable[Item]) -> dict[str, int]:
    """How many records are known at each precision, the most exact first; records without a position are not counted."""
    counted = Counter(item.precision for item in items)
    return {code: counted[code] for code in PRECISIONS if counted[code]}


def fewest(counts: dict[str, int], number: int) -> tuple[tuple[str, int], ...]:
    """The `number` smallest counts, smallest first; equal ones in the order given."""
    return tuple(sorted(counts.items(), key=lambda pair: pair[1])[:number])
