"""What does the data hold of one gmina, section by section, and of all gminas beside each other? Pure markup builders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.analysis import profile
from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.catalog.kinds import OTHER
from lib.domain.records import PLACED_KINDS, Gmina, Item
from lib.geo.neighbours import Border
from lib.i18n import Translator
from pages.parts import symbols, tables
from pages.parts.cards import Cards, card_list
from pages.parts.footnotes import Footnotes, print_list
from pages.parts.html import esc
from pages.parts.tables import Column
from pages.parts.timeline import initiative_line, timeline_html

GROUP_LIMIT = 40
"""Cards of one category kept on the page; the rest is one link away on the map, page by page."""
NEEDS_SHOWN = 10
SORTS = ("name", "people", *PLACED_KINDS)
GMINA_PAGE = "gmina"


@dataclass(frozen=True)
class Profile:
    """One gmina with its records by kind: resources and needs by name, initiatives the newest first."""

    catalog: Catalog
    cards: Cards
    gmina: Gmina
    items: tuple[Item, ...]
    notes: Footnotes

    @classmethod
    def of(cls, catalog: Catalog, cards: Cards, gmina: Gmina, rows: Iterable[int]) -> Profile:
        items = tuple(catalog.item(int(row)) for row in rows)
        ordered = sorted(items, key=lambda item: PLACED_KINDS.index(item.kind))
        return cls(catalog, cards, gmina, items, Footnotes.of(ordered))

    @property
    def t(self) -> Translator:
        return self.cards.t

    def kind(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    def params(self, **more: str) -> dict[str, str]:
        """Parameters of a link to this gmina's records."""
        return {**self.cards.page_params, "gmina": self.gmina.teryt, **more}


def subtitle(cards: Cards, gmina: Gmina) -> str:
    """What kind of gmina it is and where it belongs."""
    return " · ".join((cards.term("gmina_kind", gmina.kind), cards.term("powiat", gmina.powiat), f"TERYT {gmina.teryt}"))


def resources_html(page: Profile) -> str:
    """Resources by category: a table that leads to the map, then the cards of each category, folded."""
    t, cards, found = page.t, page.cards, page.kind("resources")
    if not found:
        return f'<div class="notice">{esc(t("gmina.resources.none"))}</div>'
    codes = dict.fromkeys((*cards.dataset.vocabularies.get("category", {}), *(item.category for item in found)))
    groups = {code: [item for item in found if item.category == code] for code in codes}
    held = {code: items for code, items in groups.items() if items}
    heads = ("category", "count", "approximate", "newest")
    columns = [Column(t(f"gmina.resources.{head}"), numeric=i > 0) for i, head in enumerate(heads)]
    rows = [_category_cells(page, code, items) for code, items in held.items()]
    source = tables.source(t, tables.own_table(cards.dataset, "resources", t, cards.page_params))
    folded = "".join(_category_cards(page, code, items) for code, items in held.items())
    note = _newest_note(t, held.values())
    return tables.swipe(t) + tables.table(t("gmina.resources.caption"), columns, rows) + note + source + folded


def _category_cells(page: Profile, code: str, items: Sequence[Item]) -> list[str]:
    t = page.t
    mark = symbols.mark(symbols.table(page.cards.layers).get(code) or symbols.symbol(code), dark=page.cards.dark)
    name = tables.goto("", page.params(layer=code), plural(page.cards, code))
    return [f"{mark} {name}", t.number(len(items)), t.number(sum(item.approximate for item in items)), newest_cell(items, t)]


def newest_cell(items: Sequence[Item], t: Translator) -> str:
    """The newest date of some records; where less than half of them are dated, on how many of them it rests."""
    dates = [item.as_of for item in items if item.as_of]
    if not dates:
        return "–"
    newest = t.date(max(dates))
    return esc(t("gmina.newest_of_few", date=newest, n=len(dates), of=len(items)) if few_dated(len(dates), len(items)) else newest)


def few_dated(dated: int, records: int) -> bool:
    """Whether dates are known of less than half of the records, so that the newest one says little about the others."""
    return 0 < dated * 2 < records


def _newest_note(t: Translator, groups: Iterable[Sequence[Item]]) -> str:
    few = any(few_dated(sum(bool(item.as_of) for item in items), len(items)) for items in groups)
    return f'<p class="quiet">{esc(t("gmina.newest_note"))}</p>' if few else ""


def plural(cards: Cards, code: str) -> str:
    """What records of a category are called together."""
    known = cards.dataset.vocabularies.get("category", {}).get(code)
    return known.plural(cards.t.language) if known else code


def _category_cards(page: Profile, code: str, items: Sequence[Item]) -> str:
    t, shown = page.t, items[:GROUP_LIMIT]
    name = plural(page.cards, code)
    more = len(items) - len(shown)
    rest = f"<p>{tables.goto('', page.params(layer=code), t('gmina.more_on_map', n=more))}</p>" if more else ""
    return (
        f'<h3 class="printonly">{esc(name)}</h3>{print_list(page.cards, items, page.notes)}'
        f'<details class="group noprint"><summary><h3>{esc(name)}</h3> <span class="quiet">{t.number(len(items))}</span></summary>'
        f"{card_list(page.cards, ((item, None) for item in shown), name)}{rest}</details>"
    )


def initiatives_html(page: Profile) -> str:
    """The time line, its source and the way to the same records with filters."""
    t, found = page.t, page.kind("initiatives")
    if not found:
        return f'<div class="notice">{esc(t("gmina.timeline.none"))}</div>'
    source = tables.source(t, tables.own_table(page.cards.dataset, "initiatives", t, page.cards.page_params))
    more = f'<p class="noprint">{tables.goto("inicjatywy", page.params(), t("gmina.timeline.all"))}</p>'
    return timeline_html(page.cards, profile.timeline(found), page.notes) + source + more


def meetings_html(page: Profile) -> str:
    """Miniforum meetings and what JOWES did here; where there were none, the way to those of other gminas."""
    t = page.t
    held = [item for item in page.kind("initiatives") if profile.is_meeting(item)]
    what = f'<p class="quiet">{esc(t("gmina.meetings.what"))}</p>'
    if not held:
        link = tables.goto("inicjatywy", {**page.cards.page_params, "cat": profile.MINIFORUM}, t("gmina.meetings.elsewhere"))
        return f"{what}<p>{esc(t('gmina.meetings.none'))} {link}.</p>"
    rows = sorted(held, key=profile.day_of, reverse=True)
    lines = "".join(f"<li>{_dated_line(page.cards, item)}{page.notes.marks(item)}</li>" for item in rows)
    return f'{what}<p>{esc(t("gmina.meetings.lead", n=len(held)))}</p><ul class="lines">{lines}</ul>'


def _dated_line(cards: Cards, item: Item) -> str:
    year = profile.day_of(item)[:4]
    return f"{esc(year)} · {initiative_line(cards, item)}" if year else initiative_line(cards, item)


def needs_html(page: Profile) -> str:
    """Stated needs as cards, those with most votes first."""
    t, found = page.t, page.kind("needs")
    if not found:
        return f'<div class="notice">{esc(t("gmina.needs.none"))}</div>'
    ordered = sorted(found, key=lambda item: (_votes(item), item.as_of), reverse=True)
    shown, more = ordered[:NEEDS_SHOWN], len(found) - NEEDS_SHOWN
    rest = f"<p>{tables.goto('', page.params(layer='needs'), t('gmina.more_on_map', n=more))}</p>" if more > 0 else ""
    cards = card_list(page.cards, ((item, None) for item in shown), t("gmina.needs.label"))
    source = tables.source(t, tables.own_table(page.cards.dataset, "needs", t, page.cards.page_params))
    return f'<div class="noprint">{cards}{rest}</div>{print_list(page.cards, ordered, page.notes)}{source}'


def _votes(item: Item) -> int:
    votes = item.details.get("votes", "")
    return int(votes) if votes.isdecimal() else -1


def counts(catalog: Catalog) -> dict[str, dict[str, int]]:
    """Records of each kind by gmina: {kind: {TERYT: n}}."""
    return {kind: catalog.counts_by_gmina(catalog.columns.kinds.among((kind,))) for kind in PLACED_KINDS}


def head_count(catalog: Catalog, teryt: str) -> float:
    """People of a gmina, NaN where unknown."""
    table = catalog.dataset.demography
    return float(table[profile.TOTAL].get(teryt, np.nan)) if profile.TOTAL in table else float("nan")


def neighbours_html(page: Profile, borders: Sequence[Border]) -> str:
    """The gmina itself and its neighbours in one table."""
    t, cards, gminas = page.t, page.cards, page.catalog.dataset.gminas
    if not borders:
        return f'<p class="quiet">{esc(t("gmina.neighbours.none"))}</p>'
    held = counts(page.catalog)
    own = [esc(page.gmina.name), "–", *_count_cells(page.catalog, held, page.gmina.teryt, t)]
    rows = [
        [_gmina_link(cards, gminas[b.teryt]), t.number(round(b.km, 1)), *_count_cells(page.catalog, held, b.teryt, t)]
        for b in borders
        if b.teryt in gminas
    ]
    columns = [
        Column(t("gmina.column.gmina")),
        Column(t("gmina.neighbours.border"), numeric=True),
        *(Column(t(f"gmina.column.{name}"), numeric=True) for name in ("people", *PLACED_KINDS)),
    ]
    body = tables.table(t("gmina.neighbours.caption", name=page.gmina.name), columns, [own, *rows], strong=0)
    origin = tables.source(
        t, *tables.package_sources(cards.dataset, "boundaries", t), *tables.package_sources(cards.dataset, "demography", t)
    )
    return f'{tables.swipe(t)}{body}<p class="quiet">{esc(t("gmina.neighbours.note"))}</p>{origin}'


def _count_cells(catalog: Catalog, held: Mapping[str, Mapping[str, int]], teryt: str, t: Translator) -> list[str]:
    return [tables.number(t, head_count(catalog, teryt)), *(t.number(held[kind].get(teryt, 0)) for kind in PLACED_KINDS)]


def _gmina_link(cards: Cards, gmina: Gmina) -> str:
    return tables.goto(GMINA_PAGE, {**cards.page_params, "gmina": gmina.teryt}, gmina.name)


def thin_html(page: Profile) -> str:
    """Where the data of this gmina is thin, in plain sentences."""
    t = page.t
    found = profile.thin(page.items, [code for code in page.cards.dataset.vocabularies.get("category", {}) if code != OTHER])
    lines = "".join(f"<li>{line}</li>" for line in _thin_lines(page, found))
    fix = tables.goto("dane", {**page.cards.page_params, "tab": "fix"}, t("gmina.thin.correct"))
    return f'<p>{esc(t("gmina.thin.lead"))}</p><ul class="lines">{lines}</ul><p>{fix}.</p>'


def _thin_lines(page: Profile, found: profile.Thin) -> list[str]:
    t = page.t
    if not found.records:
        return [esc(t("gmina.thin.no_records"))]
    undated = len(profile.timeline(page.kind("initiatives")).undated)
    usual = profile.usual_records(page.catalog.dataset.items, page.catalog.dataset.gminas)
    lines = [esc(t("gmina.thin.records", n=found.records, median=usual))]
    if found.missing:
        names = ", ".join(plural(page.cards, code) for code in found.missing)
        lines.append(esc(t("gmina.thin.missing", n=len(found.missing), names=names), 1500))
    if found.approximate:
        told = t("gmina.thin.approximate", n=found.approximate, share=tables.percent(t, found.approximate / found.records))
        lines.append(f"{esc(told)} {tables.goto('', page.params(approx='1'), t('gmina.thin.see_approximate'))}.")
    if found.undated:
        lines.append(esc(t("gmina.thin.undated", n=found.undated, share=tables.percent(t, found.undated / found.records))))
    if undated:
        lines.append(esc(t("gmina.thin.initiatives", n=undated)))
    if found.status_unknown:
        lines.append(esc(t("gmina.thin.status", n=found.status_unknown)))
    if found.oldest:
        lines.append(esc(_dates_line(found, t)))
    return [*lines, esc(t("gmina.thin.pages", n=found.pages, hosts=found.hosts))]


def _dates_line(found: profile.Thin, t: Translator) -> str:
    """Of when the sources speak; where few records are dated, of how many that is said."""
    dated = found.records - found.undated
    oldest, newest = t.date(found.oldest), t.date(found.newest)
    if not few_dated(dated, found.records):
        return t("gmina.thin.dates", oldest=oldest, newest=newest)
    return t(
        "gmina.thin.few_dates_one" if found.oldest == found.newest else "gmina.thin.few_dates",
        n=dated,
        of=found.records,
        oldest=oldest,
        newest=newest,
    )


def overview_html(catalog: Catalog, cards: Cards, sort: str) -> str:
    """All gminas beside each other; `sort` is one of SORTS, numbers come largest first."""
    t, held, gminas = cards.t, counts(catalog), catalog.dataset.gminas
    rough = catalog.counts_by_gmina(catalog.columns.precision.among(("gmina",)))
    items: dict[str, list[Item]] = {code: [] for code in gminas}
    for item in catalog.dataset.items:
        if item.teryt in items:
            items[item.teryt].append(item)
    columns = [
        Column(t("gmina.column.gmina")),
        Column(t("gmina.column.powiat")),
        Column(t("gmina.column.kind")),
        *(Column(t(f"gmina.column.{name}"), numeric=True) for name in ("people", *PLACED_KINDS)),
        Column(t("gmina.column.approximate"), numeric=True),
        Column(t("gmina.column.newest"), numeric=True),
    ]
    rows = [
        [
            _gmina_link(cards, gmina),
            esc(cards.term("powiat", gmina.powiat)),
            esc(cards.term("gmina_kind", gmina.kind)),
            *_count_cells(catalog, held, gmina.teryt, t),
            t.number(rough.get(gmina.teryt, 0)),
            newest_cell(items[gmina.teryt], t),
        ]
        for gmina in in_order(catalog, held, sort)
    ]
    body = tables.table(t("gmina.overview.caption", n=len(gminas)), columns, rows)
    origins = [*tables.package_sources(cards.dataset, "demography", t), tables.own_table(cards.dataset, "resources", t, cards.page_params)]
    notes = f'<p class="quiet">{esc(t("gmina.overview.note"))}</p>{_newest_note(t, items.values())}'
    return f"{tables.swipe(t)}{body}{notes}{tables.source(t, *origins)}"


def in_order(catalog: Catalog, held: Mapping[str, Mapping[str, int]], sort: str) -> list[Gmina]:
    """The gminas by Polish name, or the largest number first with equal ones by name."""
    named = sorted(catalog.dataset.gminas.values(), key=lambda gmina: (polish_key(gmina.name), gmina.teryt))
    if sort == "people":
        return sorted(named, key=lambda gmina: -np.nan_to_num(head_count(catalog, gmina.teryt), nan=-1.0))
    return sorted(named, key=lambda gmina: -held[sort].get(gmina.teryt, 0)) if sort in held else named
