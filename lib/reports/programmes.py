"""Which funding programmes cover a gmina, how old is what is known of them, and which fit its organisations and needs?

Ages are counted in calendar years from the data's own date (the year in which its newest page was read), never from a clock.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from lib.analysis.freshness import AGE_STEPS, year_of
from lib.analysis.ideas.funding import GROUPS_OF_THEME
from lib.analysis.profile import host_of
from lib.catalog.collation import polish_key
from lib.catalog.columns import programme_gminas
from lib.domain.records import Gmina, Item
from lib.reports.calls import ended, today_of

APPLICANT_OF_CATEGORY = {"parish_group": "parish"}
"""Kinds of applicants are named like the categories of organisations, but for this one."""
RECENT_YEARS = AGE_STEPS[0]
"""A description of one of the last three years is likely to hold; an older call is history."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with the year its page speaks of (None unknown).

    `applicants` are the kinds among those that may apply which have a record in the gmina, `themes` those it shares with stated needs
    (see `shared_themes`).
    `ended` is the year of its last known call when that is over (None: open or not known).
    """

    item: Item
    year: int | None
    applicants: tuple[str, ...]
    themes: tuple[str, ...]
    gminas: int
    ended: int | None = None

    @property
    def other_site(self) -> bool:
        """Whether its description was read on another site than the one the programme itself has."""
        site = host_of(self.item.details.get("url", ""))
        return bool(site) and not any(_same(site, host_of(source.url)) for source in self.item.sources)


@dataclass(frozen=True, slots=True)
class Programmes:
    """Programmes by age: `recent` ones in the order of `_fit`, `older` ones newest first; `present` is the year ages are counted from."""

    recent: tuple[Programme, ...]
    older: tuple[Programme, ...]
    undated: tuple[Programme, ...]
    present: int

    @property
    def total(self) -> int:
        return len(self.recent) + len(self.older) + len(self.undated)

    @property
    def first_year(self) -> int:
        """The first of the years whose descriptions count as recent."""
        return self.present - RECENT_YEARS + 1


def programmes(items: Sequence[Item], gminas: Mapping[str, Gmina], teryt: str) -> Programmes:
    """All programmes that cover the gmina, put in order by what its own records say."""
    here = [item for item in items if item.teryt == teryt]
    able = {APPLICANT_OF_CATEGORY.get(item.category, item.category) for item in here if item.kind == "resources"}
    wanted = {theme for item in here if item.kind == "needs" for theme in item.themes}
    today = today_of(items)
    found = []
    for item in items:
        if item.kind != "funding":
            continue
        covered = programme_gminas(item, gminas)
        if teryt in covered:
            who = tuple(code for code in item.parts("who_can_apply") if code in able)
            themes = shared_themes(item, wanted)
            over = ended(item.details.get("call_pattern_pl", ""), item.name, today)
            found.append(Programme(item, year_of(item.as_of), who, themes, len(covered), over))
    present = year_of(today) or 0
    dated = [one for one in found if one.year is not None]
    return Programmes(
        recent=tuple(sorted((one for one in dated if _is_recent(one, present)), key=_fit)),
        older=tuple(sorted((one for one in dated if not _is_recent(one, present)), key=lambda one: (-(one.year or 0), *_fit(one)))),
        undated=tuple(sorted((one for one in found if one.year is None), key=_fit)),
        present=present,
    )


def shared_themes(item: Item, wanted: Container[str]) -> tuple[str, ...]:
    """The themes of a programme that somebody here stated as a need.

    One whose first theme names people (seniors, people with disabilities) is for these: it shares nothing with needs of others, even where
    it also pays for culture.
    """
    own = item.themes
    if own and own[0] in GROUPS_OF_THEME and own[0] not in wanted:
        return ()
    return tuple(theme for theme in own if theme in wanted)


def _is_recent(one: Programme, present: int) -> bool:
    return one.year is not None and one.year > present - RECENT_YEARS


def _same(site: str, other: str) -> bool:
    """Whether two hosts are one site or parts of one."""
    return site == other or site.endswith("." + other) or other.endswith("." + site)


def _fit(one: Programme) -> tuple[bool, bool, int, int, int, str, str]:
    """First those whose last known call is not over, among them those for which somebody in the data of the gmina can apply, among them
    those on themes of stated needs; then the more local and the newer."""
    return one.ended is not None, not one.applicants, -len(one.themes), one.gminas, -(one.year or 0), polish_key(one.item.name), one.item.id
