"""How do two numbers of each gmina stand on a page: rates over people (funnel plot), shares over distance (curve of steps)?

The drawing is HTML with places in percent, so that it stretches while its texts do not; every number of it follows as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lib.i18n import Translator
from pages.parts import axes, tables
from pages.parts import chart_pieces as pieces
from pages.parts.axes import Axis, Box
from pages.parts.chart_pieces import ABOVE, BELOW, MEAN, UNCERTAIN, UNKNOWN, percent
from pages.parts.html import esc, shown

NAME_CHARS = 24
"""Letters of a name written into a drawing; the whole name is in the table."""
LARGEST_NAMED = 3
"""Points with the most people that get their name beside those outside the limits, to give the eye a hold."""
FUNNEL_REM, CURVE_REM = 20.0, 11.0
"""Heights of the drawings: a screen of a telephone held upright shows each whole."""
NARROW_REM, ROOMY_REM, WIDE_REM = 15.0, 34.0, 60.0
"""Widths of a drawing: on a telephone of 320 px, from where more names are shown, and at most; the same in `charts.css`."""
MARK_REM, NAME_REM = 0.45, 1.15
"""Half a mark and the height of a name; the same in `charts.css`."""
EDGE_PX = 1
"""Half the thickness of the line along the control limits."""
DASHES = ("solid", "dashed", "dotted")
"""Lines that can be told apart without colour; there is no fourth."""


@dataclass(frozen=True)
class FunnelPoint:
    """One point: the number of people (more than 0) and their rate; an unknown one is named but not drawn.

    Raises ValueError for a verdict that is none of `VERDICTS` and for a known one without people or rate.
    """

    label: str
    href: str
    people: float | None
    rate: float | None
    verdict: str

    def __post_init__(self) -> None:
        pieces.check(self.verdict, self.people, self.rate)
        if self.verdict != UNKNOWN and self.count <= 0:
            raise ValueError("a rate of no people is unknown: give it that verdict")

    @property
    def count(self) -> float:
        return self.people or 0.0

    @property
    def height(self) -> float:
        return self.rate or 0.0


@dataclass(frozen=True)
class _Funnel:
    """What all pieces of one funnel plot need; `band` is (share of the width, low, high), `sides` on which side of it each point lies."""

    known: Sequence[FunnelPoint]
    across: Axis
    up: Axis
    band: Sequence[tuple[float, float, float]]
    sides: Sequence[str]
    line: tuple[float, str]
    digits: int

    def spot(self, point: FunnelPoint) -> tuple[float, float]:
        """(share of the width, rem from above)."""
        return self.across.share(point.count), (1 - self.up.share(point.height)) * FUNNEL_REM

    @property
    def spots(self) -> list[tuple[float, float]]:
        return [self.spot(point) for point in self.known]


def funnel(
    title: str,
    desc: str,
    points: Sequence[FunnelPoint],
    *,
    reference: float,
    limits: Sequence[tuple[float, float, float]],
    unit_x: str,
    unit_y: str,
    t: Translator,
    middle: str = MEAN,
    digits: int | None = None,
) -> str:
    """Funnel plot as markup: rates over the number of people, with the limits within which chance alone would keep them.

    `limits` are (people, low, high), drawn as one band and taken to be straight on the chart between two entries and level beyond the
    last ones; `unit_x`, `unit_y` name the axes; `middle`, `digits` as in `charts.intervals`. Which points lie outside is told by the
    limits, the shape of a point by its verdict. Source: Spiegelhalter (2005), Statistics in Medicine 24(8), 1185-1202.
    """
    known = [point for point in points if point.verdict != UNKNOWN]
    if not known:
        return pieces.figure(title, desc, pieces.empty(t) + _undrawn(points, t))
    plot = _prepare(known, reference, limits, t, middle, digits)
    legend = pieces.verdict_legend((point.verdict for point in known), t, middle)
    if plot.band:
        legend.append(('<span class="plot-key plot-limits" aria-hidden="true"></span>', t("chart.legend.limits")))
    name_x = f"{unit_x} ({t('chart.log')})" if plot.across.log else unit_x
    drawing = pieces.frame(_layers(plot, unit_x, unit_y, t, middle), plot.across, plot.up, name_x, unit_y, FUNNEL_REM, t)
    table = _table(title, points, (unit_x, unit_y), t, middle, plot.digits)
    return pieces.figure(title, desc, pieces.legend(legend) + drawing + _outside(plot, t) + _undrawn(points, t) + table)


def _prepare(
    known: Sequence[FunnelPoint],
    reference: float,
    limits: Sequence[tuple[float, float, float]],
    t: Translator,
    middle: str,
    digits: int | None,
) -> _Funnel:
    across = axes.people([point.count for point in known])
    up = axes.linear([reference, *(point.height for point in known)])
    places = up.digits + 1 if digits is None else digits
    band = [(across.share(people), low, high) for people, low, high in sorted(limits) if people > 0]
    sides = [_side(across.share(point.count), point.height, band) for point in known]
    return _Funnel(known, across, up, band, sides, (reference, pieces.reference_words(reference, t, middle, places)), places)


def _side(x: float, rate: float, band: Sequence[tuple[float, float, float]]) -> str:
    """Whether a rate lies BELOW or ABOVE the limits as drawn, or (UNCERTAIN) between them."""
    if not band:
        return UNCERTAIN
    after = next((number for number, entry in enumerate(band) if entry[0] >= x), len(band))
    one, other = band[max(after - 1, 0)], band[min(after, len(band) - 1)]
    part = min(max((x - one[0]) / (other[0] - one[0]), 0.0), 1.0) if one[0] < other[0] else 0.0
    low, high = (one[i] + part * (other[i] - one[i]) for i in (1, 2))
    return BELOW if rate < low else ABOVE if rate > high else UNCERTAIN


def _layers(plot: _Funnel, unit_x: str, unit_y: str, t: Translator, middle: str) -> str:
    """What is drawn, from the ground up: band, reference, points (those that stand out last), names."""
    value, name = plot.line
    line_box = _line_box(plot)
    ordered = sorted(plot.known, key=lambda point: point.verdict != UNCERTAIN)
    return "".join(
        (
            _band(plot),
            f'<span class="plot-middle" style="top:{percent(1 - plot.up.share(value))}"></span>',
            *(_dot(plot, point, unit_x, unit_y, t, middle) for point in ordered),
            f'<span class="plot-name" style="{pieces.boxed(line_box)}">{esc(name)}</span>',
            *_names(plot, line_box),
        )
    )


def _band(plot: _Funnel) -> str:
    """The area between the limits: a form in the colour of its edge and on it one that is thinner by the edge."""
    if len(plot.band) < 2:
        return ""

    def outline(shift: int) -> str:
        upper = [f"{percent(x)} calc({percent(1 - plot.up.share(high))} + {shift}px)" for x, _, high in plot.band]
        lower = [f"{percent(x)} calc({percent(1 - plot.up.share(low))} - {shift}px)" for x, low, _ in reversed(plot.band)]
        return f"clip-path:polygon({','.join((*upper, *lower))})"

    return f'<span class="plot-edge" style="{outline(-EDGE_PX)}"></span><span class="plot-band" style="{outline(EDGE_PX)}"></span>'


def _dot(plot: _Funnel, point: FunnelPoint, unit_x: str, unit_y: str, t: Translator, middle: str) -> str:
    told = (
        f"{shown(point.label, NAME_CHARS)}: {pieces.verdict_words(point.verdict, t, middle)}; "
        f"{unit_x}: {tables.number(t, point.people)}; {unit_y}: {t.number(point.height, plot.digits)}"
    )
    x, y = plot.across.share(point.count), 1 - plot.up.share(point.height)
    return f'<span class="plot-mark {point.verdict}" style="left:{percent(x)};top:{percent(y)}" title="{esc(told)}"></span>'


def _line_box(plot: _Funnel) -> Box:
    """Where the reference's name stands: over or under an end of its line, where it covers no point if there is such a place."""
    width = axes.name_width(plot.line[1])
    top = (1 - plot.up.share(plot.line[0])) * FUNNEL_REM
    places = [Box(at, -width * at, y, width, NAME_REM) for y in (top - NAME_REM, top) for at in (1.0, 0.0)]
    fitting = [box for box in places if box.inside(WIDE_REM, FUNNEL_REM)]
    marks = [Box(x, -MARK_REM, y - MARK_REM, 2 * MARK_REM, 2 * MARK_REM) for x, y in plot.spots]
    free = (box for box in fitting if all(axes.apart(box, mark, (NARROW_REM, WIDE_REM)) for mark in marks))
    return next(free, fitting[0])


def _names(plot: _Funnel, line_box: Box) -> list[str]:
    """Names of the points outside the limits, the farthest first, and of the largest: what has room on a telephone, then on a desk."""
    level = (1 - plot.up.share(plot.line[0])) * FUNNEL_REM
    numbers = range(len(plot.known))
    far = sorted((n for n in numbers if plot.sides[n] != UNCERTAIN), key=lambda n: -abs(plot.spot(plot.known[n])[1] - level))
    large = sorted(numbers, key=lambda n: -plot.known[n].count)[:LARGEST_NAMED]
    texts = {n: shown(plot.known[n].label, NAME_CHARS) for n in (*far, *large)}
    found: dict[int, tuple[str, Box]] = {}
    for classes, narrowest in (("plot-name", NARROW_REM), ("plot-name roomy", ROOMY_REM)):
        wanted = [(n, axes.name_width(text)) for n, text in texts.items() if n not in found]
        taken = [line_box, *(box for _, box in found.values())]
        placed = axes.place(plot.spots, wanted, taken, size=(MARK_REM, NAME_REM), widths=(narrowest, WIDE_REM), height=FUNNEL_REM)
        found.update({n: (classes, box) for n, box in placed.items()})
    return [f'<span class="{classes}" style="{pieces.boxed(box)}">{esc(texts[n])}</span>' for n, (classes, box) in found.items()]


def _outside(plot: _Funnel, t: Translator) -> str:
    """Who lies outside the limits, and how many do not, as sentences."""
    if not plot.band:
        return ""
    lines = []
    for side in (BELOW, ABOVE):
        found = [point for point, where in zip(plot.known, plot.sides, strict=True) if where == side]
        names = ", ".join(f"{pieces.anchor(p.href, p.label)} ({esc(t.number(p.height, plot.digits))})" for p in found)
        lines.append(f"<li>{esc(t(f'chart.outside.{side}'))}: {names or esc(t('chart.outside.nobody'))}</li>")
    lines.append(f"<li>{esc(t('chart.outside.inside', n=list(plot.sides).count(UNCERTAIN)))}</li>")
    return f'<ul class="plot-text">{"".join(lines)}</ul>'


def _undrawn(points: Sequence[FunnelPoint], t: Translator) -> str:
    unknown = [pieces.anchor(point.href, point.label) for point in points if point.verdict == UNKNOWN]
    return f'<p class="plot-text">{pieces.key(UNKNOWN)}{esc(t("chart.undrawn"))}: {", ".join(unknown)}</p>' if unknown else ""


def _table(title: str, points: Sequence[FunnelPoint], units: tuple[str, str], t: Translator, middle: str, digits: int) -> str:
    heads = (t("chart.gmina"), *units, t("chart.verdict"))
    columns = [tables.Column(head, numeric) for head, numeric in zip(heads, (False, True, True, False), strict=True)]
    rows = (
        (
            pieces.anchor(point.href, point.label),
            esc(tables.number(t, point.people)),
            "–" if point.verdict == UNKNOWN else esc(t.number(point.height, digits)),
            pieces.key(point.verdict) + esc(pieces.verdict_words(point.verdict, t, middle)),
        )
        for point in points
    )
    return pieces.numbers(tables.table(title, columns, rows), t)


# --- the curve of steps


@dataclass(frozen=True)
class Series:
    """One curve: (x, y) of every step; up to the next x the value stays what it was."""

    label: str
    points: Sequence[tuple[float, float]]


def steps_curve(title: str, desc: str, series: Sequence[Series], *, unit_x: str, unit_y: str, t: Translator, digits: int = 0) -> str:
    """Up to three step curves as markup, told apart by line and mark; both axes begin at nought. `digits` are decimals of y.

    Raises ValueError for more series than there are lines to tell apart.
    """
    if len(series) > len(DASHES):
        raise ValueError(f"{len(series)} curves cannot be told apart, {len(DASHES)} can")
    curves = [sorted((x, y) for x, y in one.points if pieces.finite(x, y)) for one in series]
    spots = [spot for curve in curves for spot in curve]
    if not spots:
        return pieces.figure(title, desc, pieces.empty(t))
    across, up = axes.linear([x for x, _ in spots]), axes.linear([y for _, y in spots])
    layers = "".join(_curve(curve, dash, across, up) for curve, dash in zip(curves, DASHES, strict=False))
    legend = [
        (f'<span class="plot-key plot-run {dash}" aria-hidden="true"><i class="plot-mark {dash}"></i></span>', one.label)
        for one, dash in zip(series, DASHES, strict=False)
    ]
    drawing = pieces.frame(layers, across, up, unit_x, unit_y, CURVE_REM, t)
    return pieces.figure(title, desc, pieces.legend(legend) + drawing + _curve_table(title, unit_x, unit_y, series, curves, t, digits))


def _curve(curve: Sequence[tuple[float, float]], dash: str, across: Axis, up: Axis) -> str:
    """A level run to the next step, then the rise (or fall) to it, and a mark at every step."""
    places = [(across.share(x), 1 - up.share(y)) for x, y in curve]
    runs = "".join(
        f'<span class="plot-run {dash}" style="left:{percent(x)};width:{percent(next_x - x)};top:{percent(y)}"></span>'
        f'<span class="plot-jump {dash}" style="left:{percent(next_x)};top:{percent(min(y, next_y))};'
        f'height:{percent(abs(next_y - y))}"></span>'
        for (x, y), (next_x, next_y) in pairwise(places)
    )
    return runs + "".join(f'<span class="plot-mark {dash}" style="left:{percent(x)};top:{percent(y)}"></span>' for x, y in places)


def _curve_table(
    title: str,
    unit_x: str,
    unit_y: str,
    series: Sequence[Series],
    curves: Sequence[Sequence[tuple[float, float]]],
    t: Translator,
    digits: int,
) -> str:
    columns = [tables.Column(unit_x, True), *(tables.Column(f"{one.label} ({unit_y})", True) for one in series)]
    values = [dict(curve) for curve in curves]
    steps = sorted({x for curve in curves for x, _ in curve})
    rows = ((t.number(x), *(t.number(found[x], digits) if x in found else "–" for found in values)) for x in steps)
    return pieces.numbers(tables.table(title, columns, rows), t)
