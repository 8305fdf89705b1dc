"""How do a value, its interval and its verdict stand on a page so that they can be seen, read aloud, printed and checked?

Charts are HTML drawn with CSS (`CSS`, inserted once by a screen): `st.html` takes every SVG element out, and text that is text wraps,
grows with the visitor's letters and is read aloud. What is drawn is hidden from screen readers, because each number of it stands as
text in the same figure. No ids are given, so any number of charts can share a page. All texts are plain and escaped here; a `href`
is a plain address, the app's own (`./gmina?…`) or of a safe kind, otherwise its label is no link.

Rows with a strip each are built here, drawings between two axes in `pages.parts.plots`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lib.i18n import Translator
from pages.parts import axes
from pages.parts import chart_pieces as pieces
from pages.parts.axes import Axis
from pages.parts.chart_pieces import ABOVE, BELOW, MEAN, MEDIAN, UNCERTAIN, UNKNOWN, VERDICTS, percent
from pages.parts.html import esc
from pages.parts.plots import FunnelPoint, Series, funnel, steps_curve

__all__ = [
    "ABOVE",
    "BELOW",
    "CSS",
    "MEAN",
    "MEDIAN",
    "UNCERTAIN",
    "UNKNOWN",
    "VERDICTS",
    "FunnelPoint",
    "IntervalRow",
    "RankRow",
    "Series",
    "funnel",
    "intervals",
    "rank_range",
    "steps_curve",
]

CSS = Path(__file__).with_name("charts.css")
PAUSE = '<span class="plot-aloud">,</span>'
"""Between a number and its verdict, for who listens."""


@dataclass(frozen=True)
class IntervalRow:
    """One row: a value with the ends of its interval (None for no interval) and its verdict; an unknown one shows no numbers.

    Raises ValueError for a verdict that is none of `VERDICTS` and for a known one without a finite value.
    """

    label: str
    href: str
    low: float | None
    value: float | None
    high: float | None
    verdict: str
    note: str = ""

    def __post_init__(self) -> None:
        pieces.check(self.verdict, self.value)

    @property
    def ends(self) -> tuple[float, float] | None:
        """The ends of an interval that is more than a point."""
        if self.low is None or self.high is None or not pieces.finite(self.low, self.high) or self.low == self.high:
            return None
        return self.low, self.high


@dataclass(frozen=True)
class RankRow:
    """One row: a rank (1 is the first) and the best and the worst one that it may be."""

    label: str
    href: str
    rank: int
    low: int
    high: int
    note: str = ""

    @property
    def ends(self) -> tuple[float, float] | None:
        return (float(self.low), float(self.high)) if self.low < self.high else None


@dataclass(frozen=True)
class _Strip:
    """What a row draws and says: `value` None draws the hatching of the unknown; `said` is markup, the rest plain text."""

    label: str
    href: str
    value: float | None
    ends: tuple[float, float] | None
    shape: str
    said: str
    note: str


@dataclass(frozen=True)
class _Line:
    """A line across all rows and its name."""

    at: float
    name: str


def intervals(
    title: str,
    desc: str,
    rows: Sequence[IntervalRow],
    *,
    reference: float | None,
    unit: str,
    t: Translator,
    middle: str = MEAN,
    worse: str = BELOW,
    digits: int | None = None,
) -> str:
    """Dot-and-interval chart as markup, a row each in the order given; `reference` (if any) is a line across all rows.

    A verdict says on which side of the reference the numbers lie, never which side is good; `worse` is the side to be drawn in the
    colour of what is lacking (ABOVE for years since something). `unit` says what the numbers are ("na 1 000 osób 65+"); `middle`
    (MEAN or MEDIAN) is what the reference is called; `digits` are the decimals of the values, by default one more than the numbers
    of the axis have.
    """
    drawn = [number for row in rows if row.verdict != UNKNOWN for number in (row.value, *(row.ends or ())) if number is not None]
    axis = axes.linear(drawn if reference is None else [*drawn, reference])
    places = axis.digits + 1 if digits is None else digits
    legend = pieces.verdict_legend((row.verdict for row in rows), t, middle)
    if any(row.ends and row.verdict != UNKNOWN for row in rows):
        legend.append((pieces.SPAN_KEY, t("chart.legend.interval")))
    line = None if reference is None else _Line(reference, pieces.reference_words(reference, t, middle, places))
    strips = [_interval(row, t, middle, places) for row in rows]
    return _rows(title, desc, strips, axis, unit, legend, t, line=line, classes="turned" if worse == ABOVE else "")


def _interval(row: IntervalRow, t: Translator, middle: str, digits: int) -> _Strip:
    verdict = f'<span class="plot-verdict">{pieces.key(row.verdict)}{esc(pieces.verdict_words(row.verdict, t, middle))}</span>'
    if row.verdict == UNKNOWN or row.value is None:
        return _Strip(row.label, row.href, None, None, UNKNOWN, verdict, row.note)
    said = f"{_figure(t.number(row.value, digits), row.ends, t, digits, PAUSE)} {verdict}"
    return _Strip(row.label, row.href, row.value, row.ends, row.verdict, said, row.note)


def _figure(value: str, ends: tuple[float, float] | None, t: Translator, digits: int, after: str = "") -> str:
    """A number and the ends of its interval: "0,2 (0,1 do 0,5)"; `after` is markup."""
    between = " " + esc(t("chart.ends", low=t.number(ends[0], digits), high=t.number(ends[1], digits))) if ends else ""
    return f'<span class="plot-figure"><b>{esc(value)}</b>{between}{after}</span>'


def rank_range(title: str, desc: str, rows: Sequence[RankRow], *, count: int, t: Translator) -> str:
    """Ranks between 1 and `count` with the range that each may have, as markup, a row each in the order given."""
    strips = [
        _Strip(row.label, row.href, float(row.rank), row.ends, "rank", _figure(t.number(row.rank), row.ends, t, 0), row.note)
        for row in rows
    ]
    legend = [(pieces.key("rank"), t("chart.legend.rank")), (pieces.SPAN_KEY, t("chart.legend.range"))]
    return _rows(title, desc, strips, axes.ranks(count), t("chart.rank"), legend, t)


def _rows(
    title: str,
    desc: str,
    strips: Sequence[_Strip],
    axis: Axis,
    unit: str,
    legend: Sequence[pieces.LegendEntry],
    t: Translator,
    *,
    line: _Line | None = None,
    classes: str = "",
) -> str:
    """A table whose second column is drawn and said: the axis stands in its head, a strip in each row."""
    if not strips:
        return pieces.figure(title, desc, pieces.empty(t))
    style = f"--plot-ticks:{pieces.grid(axis, '90deg')}" + (f";--plot-line:{percent(axis.share(line.at))}" if line else "")
    body = "".join(_row(strip, axis) for strip in strips)
    rows = (
        f'<table role="table" class="plot-rows{" lined" if line else ""}" style="{style}" aria-label="{esc(title)}">'
        f'<thead role="rowgroup">{_head(axis, unit, line, t)}</thead><tbody role="rowgroup">{body}</tbody></table>'
    )
    return pieces.figure(title, desc, pieces.legend(legend) + rows, classes=classes)


def _head(axis: Axis, unit: str, line: _Line | None, t: Translator) -> str:
    mark, said = "", esc(unit)
    if line:
        at = percent(axis.share(line.at))
        # moved back by its own share of its width, a name never leaves the axis at either end
        mark = f'<span class="plot-name" style="left:{at};transform:translateX(-{at})">{esc(line.name)}</span>'
        said += f'<span class="plot-aloud"> ({esc(line.name)})</span>'
    drawn = f'<span class="plot-axis" aria-hidden="true">{mark}{pieces.ticks_across(axis, t)}</span>'
    return (
        f'<tr role="row"><th role="columnheader" scope="col">{esc(t("chart.gmina"))}</th>'
        f'<th role="columnheader" scope="col">{drawn}<span class="plot-say">{said}</span></th></tr>'
    )


def _row(strip: _Strip, axis: Axis) -> str:
    note = f' <span class="plot-note">{esc(strip.note)}</span>' if strip.note else ""
    drawn = f'<span class="plot-strip" aria-hidden="true">{_drawn(strip, axis)}</span>'
    return (
        f'<tr role="row"><th role="rowheader" scope="row">{pieces.anchor(strip.href, strip.label)}</th>'
        f'<td role="cell">{drawn}<span class="plot-say">{strip.said}{note}</span></td></tr>'
    )


def _drawn(strip: _Strip, axis: Axis) -> str:
    if strip.value is None:
        return '<span class="plot-hatch"></span>'
    mark = f'<span class="plot-mark {strip.shape}" style="left:{percent(axis.share(strip.value))}"></span>'
    if not strip.ends:
        return mark
    left, right = (axis.share(end) for end in strip.ends)
    return f'<span class="plot-span {strip.shape}" style="left:{percent(left)};width:{percent(right - left)}"></span>{mark}'
