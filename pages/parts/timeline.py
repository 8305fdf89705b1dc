"""When did what take place? Initiatives year by year: a bar for the eye, the names as a list, silent years said aloud."""

from __future__ import annotations

from collections.abc import Sequence

from lib.analysis.profile import Timeline, day_of
from lib.domain.records import Item
from pages.parts import tables
from pages.parts.cards import Cards
from pages.parts.footnotes import Footnotes
from pages.parts.html import esc

OPEN_UP_TO = 30
"""A past of up to so many initiatives is shown whole; a longer one opens year by year."""
PAGE = "inicjatywy"


def timeline_html(cards: Cards, line: Timeline, notes: Footnotes) -> str:
    """The years, newest first, then what has no date."""
    t = cards.t
    total = sum(len(items) for _, items in line.years) + len(line.undated)
    entries, above = [], 0
    for year, items in line.years:
        if above and above - year > 1:
            entries.append(_silent(cards, year + 1, above - 1))
        entries.append(_entry(cards, str(year), items, line.most, notes, opened=total <= OPEN_UP_TO))
        above = year
    if line.undated:
        entries.append(_entry(cards, t("gmina.timeline.undated"), line.undated, 0, notes, opened=total <= OPEN_UP_TO))
    return f'<ol class="timeline" aria-label="{esc(t("gmina.timeline.label"))}">{"".join(entries)}</ol>'


def _silent(cards: Cards, first: int, last: int) -> str:
    years = str(first) if first == last else f"{first}–{last}"
    return f'<li class="silent">{esc(cards.t("gmina.timeline.silent", years=years))}</li>'


def _entry(cards: Cards, label: str, items: Sequence[Item], most: int, notes: Footnotes, *, opened: bool) -> str:
    count = esc(cards.t("gmina.count.initiatives", n=len(items)))
    shown = "".join(f"<li>{initiative_line(cards, item)}{notes.marks(item)}</li>" for item in items)
    drawn = tables.bar(len(items) / most) if most else ""
    return (
        f'<li><details class="year"{" open" if opened else ""}><summary><b>{esc(label)}</b> {drawn} '
        f'<span class="quiet">{count}</span></summary><ul>{shown}</ul></details></li>'
    )


def initiative_line(cards: Cards, item: Item) -> str:
    """An initiative as one line: its name (a link to its page), day, kind and place."""
    day = cards.t.date(day_of(item)) if len(day_of(item)) > 4 else ""
    rest = " · ".join(part for part in (day, cards.term("initiative_kind", item.category), item.locality) if part)
    return f'{tables.goto(PAGE, {**cards.page_params, "id": item.id}, item.name)} <span class="quiet">{esc(rest)}</span>'
