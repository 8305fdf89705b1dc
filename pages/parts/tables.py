"""How do figures stand on a page so that a screen reader, a phone and a printer can all read them? Pure markup builders.

Every argument named *markup* has been escaped by the caller (`pages.parts.html`); plain texts are escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from lib.catalog.load import Dataset
from lib.i18n import Translator
from lib.reports.words import publishers
from pages.parts.html import esc, link

BAR_REM = 6.0
"""Length of a full bar: leaves room for the label and the number beside it at 390 px."""
PERCENT_DIGITS = 1


@dataclass(frozen=True)
class Column:
    """A column's heading; on a phone a table that does not fit scrolls sideways, no column is left out."""

    label: str
    numeric: bool = False

    @property
    def classes(self) -> str:
        return ' class="num"' if self.numeric else ""


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, strong: int | None = None, cards: bool = False) -> str:
    """A table with a caption; the first cell of a row is its heading. Cells are markup; `strong` is the row to stand out. With `cards` a
    row becomes a card on a phone, each cell under its column's name, and nothing has to be moved sideways."""
    head = "".join(f'<th scope="col"{column.classes}>{esc(column.label)}</th>' for column in columns)
    body = "".join(_row(columns, cells, number == strong, cards) for number, cells in enumerate(rows))
    kind = "tbl cards" if cards else "tbl"
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{esc(caption)}">'
        f'<table class="{kind}"><caption>{esc(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def fold(summary: str, body: str, *, instead: str = "") -> str:
    """Something long that is read on request: folded on the screen, on paper unfolded or a sentence `instead`. `body` is markup."""
    folded = f'<details class="fold{" noprint" if instead else ""}"><summary>{esc(summary)}</summary>{body}</details>'
    return folded + (f'<p class="printonly">{esc(instead)}</p>' if instead else "")


def swipe(t: Translator) -> str:
    """A line above a table of many columns, seen on a phone only: more of them follow when it is moved sideways."""
    return f'<p class="quiet swipe">{esc(t("gmina.swipe"))}</p>'


def _row(columns: Sequence[Column], cells: Sequence[str], strong: bool, cards: bool) -> str:
    first = f'<th scope="row"{columns[0].classes}>{cells[0]}</th>'
    rest = "".join(
        f"<td{column.classes}>{_label(column) if cards else ''}{cell}</td>" for column, cell in zip(columns[1:], cells[1:], strict=True)
    )
    attribute = ' class="strong"' if strong else ""
    return f"<tr{attribute}>{first}{rest}</tr>"


def _label(column: Column) -> str:
    """A column's name inside its cell, shown where the head of the table is not."""
    return f'<span class="label">{esc(column.label)}: </span>'


def bar(share: float) -> str:
    """A bar for the eye only (the number stands beside it); `share` of a full bar, 0..1."""
    return f'<span class="bar" style="width:{max(0.0, min(share, 1.0)) * BAR_REM:.2f}rem" aria-hidden="true"></span>'


def bars(caption: str, heads: tuple[str, str], counts: Iterable[tuple[str, int]], t: Translator) -> str:
    """Counts as a table with a bar behind each number; `counts` are (label markup, count)."""
    listed = list(counts)
    most = max((count for _, count in listed), default=0)
    rows = ((label, f'<span class="fig">{t.number(count)}</span> {bar(count / most if most else 0)}') for label, count in listed)
    return table(caption, (Column(heads[0]), Column(heads[1])), rows)


def number(t: Translator, value: float | None) -> str:
    """A whole number in the visitor's way of writing, a dash where it is unknown."""
    return "–" if value is None or math.isnan(value) else t.number(round(value))


def percent(t: Translator, share: float) -> str:
    """A share (0..1) as a percentage, a dash where it is unknown."""
    if math.isnan(share):
        return "–"
    from babel.numbers import format_decimal

    return t("gmina.percent", share=format_decimal(share * 100, format="0." + "0" * PERCENT_DIGITS, locale=t.language))


def href(page: str, params: Mapping[str, str]) -> str:
    """The address of a screen (`""` is the map) with parameters, as a quoted attribute value."""
    return esc(f"./{page}{'?' + urlencode(params) if params else ''}", 4000)


def goto(page: str, params: Mapping[str, str], label: str) -> str:
    """A link to a screen in the same tab; the label is escaped here."""
    return f'<a href="{href(page, params)}" target="_self">{esc(label)}</a>'


def source(t: Translator, *markup: str) -> str:
    """The line under a figure that says where it comes from."""
    return f'<p class="quiet source">{esc(t("gmina.source"))}: {" · ".join(part for part in markup if part)}</p>'


def own_table(dataset: Dataset, table_name: str, t: Translator, params: Mapping[str, str]) -> str:
    """A table of the project as a source: its name, when its pages were read, and the way to the page about the data."""
    read = max((s.gathered for item in dataset.items if item.kind == table_name for s in item.sources[:1]), default="")
    link_to = goto("dane", params, t(f"gmina.table.{table_name}"))
    return f"{link_to}, {esc(t('gmina.table_read', date=t.date(read)))}" if read else link_to


def package_sources(dataset: Dataset, table_name: str, t: Translator) -> tuple[str, ...]:
    """The sources that the data package names for a table, as links."""
    return tuple(link(url, name) for url, name in publishers(dataset, table_name, t))
