"""What is measured, for whom, and how sure is the data? A measure as its reviewed file states it, and the believed completeness of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RATE = "rate"
YEARS_SINCE = "years_since"
FORMULAS = (RATE, YEARS_SINCE)
"""The formulas of `lib.analysis.gaps` that a measure file may name."""
TEXT_FIELDS = ("title", "short", "unit", "service", "what", "why", "limits", "author")
"""What a measure file says in every language."""

REGISTER, LIST, SAMPLE, UNLOOKED = "register", "list", "sample", "unlooked"
LEVELS = (REGISTER, LIST, SAMPLE, UNLOOKED)
"""How complete the data of a gmina and category is believed to be, the surest first."""
MUST_EXIST = "must_exist"
"""The reason of `unlooked` where the law asks every gmina for one and the data holds none: the data is at fault, not the gmina."""
INITIATIVES, MINIFORUM = "initiatives", "miniforum"
COVERED_BESIDES = (INITIATIVES, MINIFORUM)
"""What `data/coverage.csv` speaks of beside the categories of resources."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records count: all of one category (or only some `subkinds` of it), or initiatives of the last `years` years of the data.

    What is of a subkind in `without` never counts, a record of no subkind always does unless `subkinds` are named. With `meetings`
    only Miniforum and JOWES meetings count; `years` 0 means of any year.
    """

    table: str
    category: str = ""
    subkinds: tuple[str, ...] = ()
    years: int = 0
    meetings: bool = False
    without: tuple[str, ...] = ()

    @property
    def covered_by(self) -> str:
        """The subject of `data/coverage.csv` that says how complete these records are."""
        if self.table == INITIATIVES:
            return MINIFORUM if self.meetings else INITIATIVES
        return self.category


@dataclass(frozen=True, slots=True)
class Measure:
    """One reviewed file of `data/measures/`; `people` are demography columns that add up, `per` people is the unit of the rate.

    `themes` and `groups` say which stated needs the service answers. `texts` is {field: {language: text}}.
    """

    id: str
    formula: str
    people: tuple[str, ...]
    per: int
    selections: tuple[Selection, ...]
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    next_review: str
    texts: Mapping[str, Mapping[str, str]]

    def text(self, field: str, language: str) -> str:
        """A text of the file in a language, else in Polish."""
        said = self.texts[field]
        return said.get(language) or said["pl"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete the data of one gmina and subject is believed to be, why, and where that was read ("" for no single page)."""

    teryt: str
    category: str
    level: str
    reason: str
    pages: int | None
    source_url: str
    as_of: str
