"""Of which pieces of markup are all charts made: figure, legend, frame with axes, marks, links? Pure builders."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from lib.exchange.links import safe_url
from lib.i18n import Translator
from pages.parts import axes
from pages.parts.axes import Axis, Box
from pages.parts.html import esc

BELOW, ABOVE, UNCERTAIN, UNKNOWN = "below", "above", "uncertain", "unknown"
VERDICTS = (BELOW, UNCERTAIN, ABOVE, UNKNOWN)
"""In the order of the legend; each is also the class of its shape: triangle down, circle, triangle up, hatching."""
MEAN, MEDIAN = "mean", "median"
"""What a reference is called."""
HREF_CHARS = 4_000
"""Longest address of a link, with every parameter of a query."""
HALF_LINE_PX = 0.5
"""Half the thickness of the lines behind a chart."""
SPAN_KEY = '<span class="plot-key plot-span"></span>'
"""The interval in a legend."""

LegendEntry = tuple[str, str]
"""(markup of a mark, plain text)."""


def check(verdict: str, *needed: float | None) -> None:
    """Raises ValueError for a verdict that is none of `VERDICTS` and for a known one without its finite numbers."""
    if verdict not in VERDICTS:
        raise ValueError(f"verdict {verdict!r} is none of {VERDICTS}")
    if verdict != UNKNOWN and not finite(*needed):
        raise ValueError("what has no number is unknown: give it that verdict")


def finite(*values: float | None) -> bool:
    """Whether every value is a number that has a place on an axis."""
    return all(value is not None and math.isfinite(value) for value in values)


def percent(share: float) -> str:
    """A share as CSS; fine enough for a chart of 2,000 px."""
    return f"{share * 100:.2f}%"


def figure(title: str, desc: str, markup: str, *, classes: str = "") -> str:
    """A chart with its heading and one sentence on how to read it."""
    lead = f' <span class="plot-lead">{esc(desc)}</span>' if desc else ""
    return f'<figure class="{f"plot {classes}".strip()}"><figcaption><b>{esc(title)}</b>{lead}</figcaption>{markup}</figure>'


def empty(t: Translator) -> str:
    """What stands in place of a chart of nothing."""
    return f'<p class="plot-text">{esc(t("chart.empty"))}</p>'


def anchor(href: str, label: str) -> str:
    """A link in the same tab; the bare label when the address is neither one of the app's own nor of a safe kind."""
    own = href.startswith(("./", "#", "?"))
    return f'<a href="{esc(href, HREF_CHARS)}">{esc(label)}</a>' if own or safe_url(href) else esc(label)


def key(shape: str) -> str:
    """A mark beside a word, for the eye only."""
    return f'<span class="plot-key {shape}" aria-hidden="true"></span>'


def legend(entries: Sequence[LegendEntry]) -> str:
    """What the marks mean, hidden from nobody: the words are needed to understand the rows as well."""
    return '<ul class="plot-legend">' + "".join(f"<li>{mark}{esc(text)}</li>" for mark, text in entries) + "</ul>"


def verdict_legend(verdicts: Iterable[str], t: Translator, middle: str) -> list[LegendEntry]:
    """The verdicts that occur, always in the same order."""
    found = set(verdicts)
    return [(key(verdict), verdict_words(verdict, t, middle)) for verdict in VERDICTS if verdict in found]


def verdict_words(verdict: str, t: Translator, middle: str) -> str:
    return t(f"chart.{middle}.{verdict}")


def reference_words(reference: float, t: Translator, middle: str, digits: int) -> str:
    """The name of the line of reference with its value."""
    return t(f"chart.{middle}.line", value=t.number(reference, digits))


def grid(axis: Axis, direction: str) -> str:
    """Thin lines at the ticks as a CSS image; `direction` is the gradient's way along the axis ("90deg", "0deg")."""
    stops = []
    for tick in axis.ticks:
        at = percent(axis.share(tick))
        stops.append(
            f"transparent calc({at} - {HALF_LINE_PX}px),var(--plot-grid) calc({at} - {HALF_LINE_PX}px),"
            f"var(--plot-grid) calc({at} + {HALF_LINE_PX}px),transparent calc({at} + {HALF_LINE_PX}px)"
        )
    return f"linear-gradient({direction},{','.join(stops)})"


def tick_text(value: float, axis: Axis, t: Translator) -> str:
    return esc(t.number(value, axis.digits))


def ticks_across(axis: Axis, t: Translator) -> str:
    """Numbers below or above a horizontal axis."""
    return "".join(f'<span class="plot-tick" style="left:{percent(axis.share(v))}">{tick_text(v, axis, t)}</span>' for v in axis.ticks)


def boxed(box: Box) -> str:
    """The style of a name in its box, moved to the side of the box on which its point lies."""
    side = "right" if box.shift + box.width <= 0 else "center" if math.isclose(box.shift, -box.width / 2) else "left"
    return f"left:calc({percent(box.at)} + {box.shift:.2f}rem);top:{box.top:.2f}rem;width:{box.width:.2f}rem;text-align:{side}"


def frame(layers: str, across: Axis, up: Axis, unit_x: str, unit_y: str, height_rem: float, t: Translator) -> str:
    """A drawing between two axes, hidden from screen readers; `layers` is what lies on its ground, in percent of it."""
    numbers = [tick_text(tick, up, t) for tick in up.ticks]
    gutter = max(axes.name_width(number) for number in numbers)
    rising = "".join(
        f'<span class="plot-rise" style="top:{percent(1 - up.share(tick))}">{number}</span>'
        for tick, number in zip(up.ticks, numbers, strict=True)
    )
    return (
        f'<div class="plot-frame" style="--plot-gutter:{gutter:.2f}rem" aria-hidden="true"><span class="plot-unit">{esc(unit_y)}</span>'
        f'<div class="plot-ground" style="height:{height_rem:g}rem;background-image:{grid(up, "0deg")},{grid(across, "90deg")}">'
        f"{layers}{rising}</div>"
        f'<div class="plot-below">{ticks_across(across, t)}</div><span class="plot-unit end">{esc(unit_x)}</span></div>'
    )


def numbers(table: str, t: Translator) -> str:
    """The numbers of a drawing as a table that opens on demand and is printed in any case."""
    return f'<details class="plot-numbers"><summary>{esc(t("chart.numbers"))}</summary>{table}</details>'
