"""Which records does a measure count, and how complete is the data they come from?"""

from __future__ import annotations

from collections.abc import Iterable

from lib.analysis.freshness import year_of
from lib.analysis.profile import day_of, is_meeting
from lib.analysis.region import TOTAL, Region
from lib.domain.measure import INITIATIVES, LEVELS, MUST_EXIST, UNLOOKED, Measure, Selection
from lib.domain.records import Item


def counted(region: Region, measure: Measure) -> dict[str, tuple[Item, ...]]:
    """The records that count, by TERYT, for every gmina of the region; a record counts once however many selections name it."""
    chosen = {
        item.id: item for selection in measure.selections for item in _candidates(region, selection) if counts(item, selection, region.year)
    }
    found: dict[str, list[Item]] = {teryt: [] for teryt in region.gminas}
    for item in chosen.values():
        if item.teryt in found:
            found[item.teryt].append(item)
    return {teryt: tuple(items) for teryt, items in found.items()}


def _candidates(region: Region, selection: Selection) -> Iterable[Item]:
    """The records among which a selection can find any."""
    if selection.category:
        return region.by_category.get((selection.table, selection.category), ())
    return (item for (kind, _), items in region.by_category.items() if kind == selection.table for item in items)


def counts(item: Item, selection: Selection, year: int) -> bool:
    """Whether a record is among the selected ones; `year` is the present of the data. What has no date is in no span of years."""
    if item.kind != selection.table:
        return False
    if selection.category and item.category != selection.category:
        return False
    if selection.subkinds and item.subkind not in selection.subkinds:
        return False
    if item.subkind in selection.without:
        return False
    if selection.table == INITIATIVES and selection.meetings and not is_meeting(item):
        return False
    return not selection.years or year - selection.years < (year_of(day_of(item)) or 0) <= year


def level_of(region: Region, measure: Measure, teryt: str) -> str:
    """The least sure of the levels of completeness that the measure's records have in a gmina; without a word, not looked for."""
    return max((_level(region, teryt, selection) for selection in measure.selections), key=LEVELS.index)


def _level(region: Region, teryt: str, selection: Selection) -> str:
    known = region.coverage.get((teryt, selection.covered_by))
    return known.level if known and known.level in LEVELS else UNLOOKED


def must_exist(region: Region, measure: Measure, teryt: str) -> bool:
    """Whether a gmina must have by law what the measure counts, and the data knows of none."""
    known = (region.coverage.get((teryt, selection.covered_by)) for selection in measure.selections)
    return any(row is not None and row.reason == MUST_EXIST for row in known)


def effort(region: Region, measure: Measure) -> dict[str, float]:
    """How many pages were read about each gmina per person, beside the region (1 is the same; 1 too where it is not known).

    A sample finds more where more was read: the same services over half the pages would give half the records.
    """
    people = region.people((TOTAL,))
    pages = {teryt: _pages(region, measure, teryt) for teryt in region.gminas}
    known = [teryt for teryt, n in pages.items() if n is not None and people[teryt] > 0 and level_of(region, measure, teryt) != UNLOOKED]
    whole = sum(people[teryt] for teryt in known)
    usual = sum(pages[teryt] or 0 for teryt in known) / whole if whole > 0 else 0.0
    found = dict.fromkeys(region.gminas, 1.0)
    return found | {teryt: (pages[teryt] or 0) / people[teryt] / usual for teryt in known if usual > 0}


def _pages(region: Region, measure: Measure, teryt: str) -> int | None:
    """The fewest pages that any of the measure's subjects rests on in a gmina."""
    rows = (region.coverage.get((teryt, selection.covered_by)) for selection in measure.selections)
    known = [row.pages for row in rows if row is not None and row.pages is not None]
    return min(known, default=None)
