"""Which funding programmes cover a gmina, how old is what is known of them, and which fit its organisations and needs?

Ages are counted in calendar years from the data's own date (the year in which its newest page was read), never from a clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.analysis.freshness import AGE_STEPS, year_of
from lib.catalog.collation import polish_key
from lib.catalog.columns import programme_gminas
from lib.domain.records import Gmina, Item

APPLICANT_OF_CATEGORY = {"parish_group": "parish"}
"""Kinds of applicants are named like the categories of organisations, but for this one."""
RECENT_YEARS = AGE_STEPS[0]
"""A description of one of the last three years is likely to hold; an older call is history."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with the year its page speaks of (None unknown).

    `applicants` are the kinds among those that may apply which have a record in the gmina, `themes` those it shares with stated needs.
    """

    item: Item
    year: int | None
    applicants: tuple[str, ...]
    themes: tuple[str, ...]
    gminas: int


@dataclass(frozen=True, slots=True)
class Programmes:
    """Programmes by age: `recent` ones fit first, `older` ones newest first; `present` is the year ages are counted from."""

    recent: tuple[Programme, ...]
    older: tuple[Programme, ...]
    undated: tuple[Programme, ...]
    present: int

    @property
    def total(self) -> int:
        return len(self.recent) + len(self.older) + len(self.undated)


def programmes(items: Sequence[Item], gminas: Mapping[str, Gmina], teryt: str) -> Programmes:
    """All programmes that cover the gmina, put in order by what its own records say."""
    here = [item for item in items if item.teryt == teryt]
    able = {APPLICANT_OF_CATEGORY.get(item.category, item.category) for item in here if item.kind == "resources"}
    wanted = {theme for item in here if item.kind == "needs" for theme in item.themes}
    found = []
    for item in items:
        if item.kind != "funding":
            continue
        covered = programme_gminas(item, gminas)
        if teryt in covered:
            who = tuple(code for code in item.parts("who_can_apply") if code in able)
            found.append(Programme(item, year_of(item.as_of), who, tuple(t for t in item.themes if t in wanted), len(covered)))
    present = max((year for item in items for source in item.sources[:1] if (year := year_of(source.gathered)) is not None), default=0)
    dated = [one for one in found if one.year is not None]
    return Programmes(
        recent=tuple(sorted((one for one in dated if _is_recent(one, present)), key=_fit)),
        older=tuple(sorted((one for one in dated if not _is_recent(one, present)), key=lambda one: (-(one.year or 0), *_fit(one)))),
        undated=tuple(sorted((one for one in found if one.year is None), key=_fit)),
        present=present,
    )


def _is_recent(one: Programme, present: int) -> bool:
    return one.year is not None and one.year > present - RECENT_YEARS


def _fit(one: Programme) -> tuple[int, bool, int, int, str, str]:
    """Themes of stated needs first, then what somebody here may apply for, then the more local and the newer."""
    return -len(one.themes), not one.applicants, one.gminas, -(one.year or 0), polish_key(one.item.name), one.item.id
