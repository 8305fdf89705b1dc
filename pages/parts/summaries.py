"""How many initiatives does an answer hold by year, kind and theme, and for how many are money and participants known at all?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lib.analysis import initiatives as past
from lib.analysis.profile import timeline
from lib.catalog.query import Query
from lib.domain.records import Item
from lib.i18n import Translator
from pages.parts import tables
from pages.parts.cards import Cards
from pages.parts.html import esc

THEMES_SHOWN = 8
PAGE = "inicjatywy"
ToParams = Callable[[Query], Mapping[str, str]]


def money_html(items: Sequence[Item], t: Translator) -> str:
    """For how many records money and participants are known, and why no sum is shown: records overlap (a budget and its projects)."""
    lines = []
    for column, name in (("amount_pln", "amount"), ("participants", "participants")):
        known = past.total_of(items, column)
        key = f"initiatives.known.{name}" if known.count else f"initiatives.known.no_{name}"
        lines.append(f"<li>{esc(t(key, n=known.count, of=known.of))}</li>")
    return f'<ul class="lines">{"".join(lines)}</ul><p class="quiet">{esc(t("initiatives.known.note"))}</p>'


def counts_html(cards: Cards, items: Sequence[Item], query: Query, params: ToParams) -> str:
    """Three lists of counts; each label narrows the list to what it names."""
    return _by_year(cards, items, query, params) + _by_kind(cards, items, query, params) + _by_theme(cards, items, query, params)


def _link(cards: Cards, query: Query, params: ToParams, label: str) -> str:
    return tables.goto(PAGE, {**params(query), **cards.page_params}, label)


def _by_year(cards: Cards, items: Sequence[Item], query: Query, params: ToParams) -> str:
    t, line = cards.t, timeline(items)
    rows = [(_link(cards, replace(query, year_from=year, year_to=year), params, str(year)), len(held)) for year, held in line.years]
    undated = [(esc(t("initiatives.undated")), len(line.undated))] if line.undated else []
    return _bars(t, "years", [*rows, *undated])


def _by_kind(cards: Cards, items: Sequence[Item], query: Query, params: ToParams) -> str:
    order = cards.dataset.vocabularies.get("initiative_kind", {})
    counted = past.count_by(items, lambda item: (item.category,), order)
    rows = [
        (_link(cards, replace(query, categories=(code,)), params, cards.term("initiative_kind", code)), n) for code, n in counted.items()
    ]
    return _bars(cards.t, "kinds", rows)


def _by_theme(cards: Cards, items: Sequence[Item], query: Query, params: ToParams) -> str:
    counted = past.count_by(items, lambda item: item.themes, cards.dataset.vocabularies.get("theme", {}))
    shown = list(counted.items())[:THEMES_SHOWN]
    rows = [(_link(cards, replace(query, themes=(code,)), params, cards.term("theme", code)), n) for code, n in shown]
    return _bars(cards.t, "themes", rows) if rows else ""


def _bars(t: Translator, name: str, rows: Sequence[tuple[str, int]]) -> str:
    heads = (t(f"initiatives.{name}.head"), t("initiatives.count_head"))
    return tables.bars(t(f"initiatives.{name}.caption"), heads, rows, t)
