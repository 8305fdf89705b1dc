"""What do all parts of the screen about gaps share: what is asked for, links that keep it, words for verdicts and levels?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from lib.analysis.gaps import Area, Assessment
from lib.analysis.profile import OFFICIAL
from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.domain.measure import YEARS_SINCE, Measure
from lib.domain.records import Gmina, Item
from lib.i18n import Translator
from lib.reports import gap_words
from pages.parts import tables
from pages.parts.cards import Cards
from pages.parts.html import esc
from pages.parts.tables import Column

PAGE = "luki"
CSS = Path(__file__).with_name("gaps.css")
TABS = ("measure", "area", "priority", "reach", "needs", "whatif", "method")
"""The parts of the screen, as the address names them."""
SAID = ("below", "uncertain", "above", "unknown")
ORDER = {"below": 0, "uncertain": 1, "above": 2, "unknown": 3}
SORTS = ("value", "name", "people")


@dataclass(frozen=True)
class View:
    """One visitor's question: a measure, perhaps a gmina, and the parameters that links carry on."""

    catalog: Catalog
    cards: Cards
    found: Assessment
    gmina: Gmina | None
    km: float
    sort: str
    keep: Mapping[str, str]
    """Parameters of the address that every link of the screen keeps."""

    @property
    def t(self) -> Translator:
        return self.cards.t

    @property
    def measure(self) -> Measure:
        return self.found.measure

    @property
    def years(self) -> bool:
        """Whether the measure counts years since something instead of a rate."""
        return self.measure.formula == YEARS_SINCE

    def text(self, field: str) -> str:
        """A text of the measure in the visitor's language."""
        return self.measure.text(field, self.t.language)

    def name(self, teryt: str) -> str:
        """The name of a gmina."""
        gmina = self.catalog.dataset.gminas.get(teryt)
        return gmina.name if gmina else teryt

    def params(self, **more: str) -> dict[str, str]:
        """Parameters of a link within the screen; an empty one is left out."""
        return {name: value for name, value in {**self.keep, **more}.items() if value}

    def goto(self, label: str, **more: str) -> str:
        """A link within the screen."""
        return tables.goto(PAGE, self.params(**more), label)

    def area_link(self, teryt: str, anchor: str = "") -> str:
        """The address of one gmina in depth."""
        return tables.href(PAGE, self.params(gmina=teryt, tab="area")) + (f"#{anchor}" if anchor else "")

    def rate(self, value: float | None) -> str:
        """A rate in the visitor's way of writing; years without decimals."""
        return tables.number(self.t, value) if self.years else gap_words.rate(value, self.t.number)

    def verdict(self, area: Area) -> str:
        """The verdict in a word or two."""
        key = f"gaps.verdict.years_{area.verdict}" if self.years else f"gaps.verdict.{area.verdict}"
        return self.t("gaps.verdict.no_people") if area.reason == "no_people" else self.t(key)

    def shown_verdict(self, area: Area) -> str:
        """The verdict as the map and the charts draw it: what is more years is worse off, as is what is a lower rate."""
        return {"below": "above", "above": "below"}.get(area.verdict, area.verdict) if self.years else area.verdict

    def level(self, code: str) -> str:
        """How complete the data is believed to be, in words."""
        return self.cards.term("coverage_level", code)

    def sentence(self, area: Area) -> str:
        """What the measure says of a gmina, in sentences."""
        return gap_words.sentence(area, self.found, self.t, self.t.number, self.t.language)

    def areas(self) -> list[Area]:
        """The gminas in the chosen order; by value, those surely worse off come first and the unknown ones last."""
        named = sorted(self.found.areas, key=lambda area: (polish_key(self.name(area.teryt)), area.teryt))
        if self.sort == "name":
            return named
        if self.sort == "people":
            return sorted(named, key=lambda area: -(area.people or 0))
        sign = -1 if self.years else 1
        return sorted(named, key=lambda area: (ORDER[self.shown_verdict(area)], sign * (self.value(area) or 0.0)))

    def value(self, area: Area) -> float | None:
        """The middle of what is shown: the smoothed rate, the known years."""
        return area.high if self.years else area.smoothed

    def rows(self) -> NDArray[np.intp]:
        """Rows of the catalog that the measure counts, for the map."""
        return rows_of(self.catalog, [item for items in self.found.records.values() for item in items])


def rows_of(catalog: Catalog, items: Sequence[Item]) -> NDArray[np.intp]:
    """The catalog's rows of some records, in their order."""
    rows = (catalog.row_of(item.id) for item in items)
    return np.array([row for row in rows if row is not None], dtype=np.intp)


def official_people(catalog: Catalog, teryt: str) -> bool:
    """Whether the people of a gmina are an official figure and not shared out from the powiat."""
    table = catalog.dataset.demography
    return "basis" in table and str(table["basis"].get(teryt, "")).startswith(OFFICIAL)


def address(view: View, teryt: str) -> str:
    """The address of one gmina in depth as plain text, for charts that escape it themselves."""
    return f"./{PAGE}?{urlencode(view.params(gmina=teryt, tab='area'))}"


def summary_html(view: View) -> str:
    """What the measure shows of the region, line by line, the first thing a reader should know."""
    lines = gap_words.summary(view.found, view.catalog.dataset.gminas, view.t)
    return f'<ul class="lines">{"".join(f"<li>{esc(line, 1500)}</li>" for line in lines)}</ul>'


def table_html(view: View) -> str:
    """Every gmina under the measure, line by line: each number leads to what it is made of."""
    t = view.t
    heads = [head for head in HEADS if not (view.years and head in RATES_ONLY)]
    columns = [Column(t(f"gaps.column.{'years' if view.years and head == 'rate' else head}"), numeric=head in NUMERIC) for head in heads]
    rows = [[_cell(view, area, head) for head in heads] for area in view.areas()]
    strong = next((i for i, area in enumerate(view.areas()) if view.gmina and area.teryt == view.gmina.teryt), None)
    note = f'<p class="quiet">{esc(t("gaps.table_note"))}</p>'
    return tables.swipe(t) + tables.table(t("gaps.table_caption", measure=view.text("title")), columns, rows, strong=strong) + note


HEADS = ("gmina", "verdict", "count", "people", "rate", "interval", "smoothed", "coverage")
RATES_ONLY = ("smoothed", "interval")
NUMERIC = ("count", "people", "rate", "interval", "smoothed")


def _cell(view: View, area: Area, head: str) -> str:
    if head == "gmina":
        return f'<a href="{view.area_link(area.teryt)}" target="_self">{esc(view.name(area.teryt))}</a>'
    if head == "count":
        return f'<a href="{view.area_link(area.teryt, "g-records")}" target="_self">{view.t.number(area.count)}</a>'
    if head == "people":
        return people_link(view, area)
    if head == "interval":
        return interval(view, area)
    if head == "verdict":
        return verdict_html(view, area)
    if head == "coverage":
        return f'<a href="{view.area_link(area.teryt, "g-data")}" target="_self">{esc(view.level(area.coverage))}</a>'
    return view.rate(area.rate if head == "rate" else area.smoothed)


def people_link(view: View, area: Area) -> str:
    """The number of people, "about" where it is an estimate, as a link to where it comes from."""
    number = tables.number(view.t, area.people)
    shown = number if area.people is None or official_people(view.catalog, area.teryt) else view.t("gaps.about_people", n=number)
    link = tables.href("gmina", {**view.cards.page_params, "gmina": area.teryt})
    return f'<a href="{link}#g-people" target="_self">{esc(shown)}</a>'


def interval(view: View, area: Area) -> str:
    """The interval, a dash where nothing can be said."""
    if area.low is None or area.high is None:
        return "–"
    return esc(view.t("gaps.from_to", low=view.rate(area.low), high=view.rate(area.high)))


def verdict_html(view: View, area: Area) -> str:
    """A mark by shape and colour with the word beside it."""
    return f'<span class="verdict v-{esc(view.shown_verdict(area))}">{esc(view.verdict(area))}</span>'
