"""What do the marks of the printed map mean? A legend below the frame, in columns as wide as the longest entry needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from lib.domain import symbols
from lib.reports.fonts import width
from lib.reports.labels import Box
from lib.reports.map_marks import Mark
from lib.reports.typography import clean
from lib.reports.words import Words

if TYPE_CHECKING:
    from lib.reports.map_svg import Canvas

SIZE, ROW, GAP, SIGN = 8.0, 13.0, 14.0, 14.0
"""Points: type, height of a row, blank between two columns, room for the sign before an entry."""
TEXT_LIMIT = 70
PAGE_WIDTH = 482.0
RING = 4.9
DEEP, DOT_COLOUR, QUIET = "#24433a", "#8a978f", "#5b6b64"

Sign = Callable[["Canvas", float, float], None]
Entry = tuple[Sign, str]


def draw_legend(
    canvas: Canvas, top: float, words: Words, counts: Mapping[str, int], table: Mapping[str, symbols.Symbol], found: Sequence[Mark]
) -> float:
    """Writes the legend below `top` and returns where it ends; layers first, then what else is drawn."""
    layers: list[Entry] = [(_symbol(table[code]), clean(f"{words.layer(code)} ({n})", TEXT_LIMIT)) for code, n in counts.items()]
    texts = [
        (_ring("#6b6b6b"), words.t("brief.map.legend_same"), any(mark.count > 1 and len(mark.layers) == 1 for mark in found)),
        (_ring(DEEP), words.t("brief.map.legend_many"), any(len(mark.layers) > 1 for mark in found)),
        (_dot(2.0, DOT_COLOUR), words.t("brief.map.legend_near"), True),
        (_dot(1.1, QUIET), words.t("brief.map.legend_empty"), True),
    ]
    end = _columns(canvas, top + 6, layers)
    return _columns(canvas, end, [(sign, clean(text, TEXT_LIMIT)) for sign, text, shown in texts if shown]) + 2


def _columns(canvas: Canvas, top: float, entries: Sequence[Entry]) -> float:
    """Entries row by row in as many equal columns as fit; returns the lower end."""
    if not entries:
        return top
    longest = max(width(text, SIZE) for _, text in entries) + SIGN
    number = max(int((PAGE_WIDTH + GAP) // (longest + GAP)), 1)
    step = PAGE_WIDTH / number
    for place, (sign, text) in enumerate(entries):
        x, y = (place % number) * step, top + (place // number) * ROW + ROW / 2
        sign(canvas, x + SIGN / 2 - 1, y)
        canvas.write(text, Box(x + SIGN, y - ROW / 2, x + SIGN + width(text, SIZE), y + ROW / 2), SIZE)
    return top + -(-len(entries) // number) * ROW


def _symbol(symbol: symbols.Symbol) -> Sign:
    return lambda canvas, x, y: canvas.mark(x, y, 4.0, symbol)


def _ring(colour: str) -> Sign:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.ring(x, y, RING, colour)
        canvas.write("n", Box.round(x, y, 2 * RING, 2 * RING), 7.0, bold=True)

    return draw


def _dot(radius: float, colour: str) -> Sign:
    return lambda canvas, x, y: canvas.pieces.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{colour}"/>')
