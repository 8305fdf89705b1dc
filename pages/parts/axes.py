"""Where on a chart does a number stand, which round numbers mark its axis, and where is room for a name? Plain computation.

Places along an axis are shares of its length (0 at its start, 1 at its end), so that a chart keeps its form at every width.
Heights and the sizes of texts are in rem, so that they follow the visitor's own size of letters.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_TICKS = 6
"""Numbers along an axis: more would touch one another at 390 px ("10 000" takes 2.5 rem of about 20)."""
MOST_RANKS = 8
"""Numbers along an axis of ranks, which are short."""
ROUND_STEPS = (1, 2, 5)
"""Ticks stand at multiples of these times a power of ten: numbers that can be added up in the head."""
LOG_STEPS = ((1, 2, 5), (1, 3), (1,))
"""Ticks of a logarithmic axis within each power of ten, the densest first."""
LOG_FROM_RATIO = 10
"""Largest to smallest number of people from which an axis is logarithmic. The city of Częstochowa has 70 times the people of the
smallest gmina: on an even axis it would push the other thirty onto the left edge."""
LOG_MARGIN = 1.15
"""How far a logarithmic axis goes beyond its data, as a factor, so that no mark is cut."""
CLOSE_RANKS = 0.5
"""A tick is left out when it is nearer than so many steps to the last rank, which is always marked."""
TINY_DIGITS = 12
"""Decimals that floating point leaves meaningful in a tick of this size of numbers."""

LETTER_REM, THIN_REM, BROAD_REM, FULL_REM = 0.46, 0.28, 0.7, 0.85
"""Width of a letter in Source Sans at 0.8 rem, measured in Chromium: most letters, thin ones, broad ones, full-width signs."""
THIN, BROAD = frozenset(" ,.-()Iijlfrtłії"), frozenset("mwMWжфшщюЖФШЩЮ")
PADDING_REM = 0.3
"""Empty space at both sides of a name together; as in `charts.css`."""


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high` with its round numbers; `log` when equal steps mean equal ratios."""

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """Place of a value along the axis, 0..1; outside of that when the value lies beyond its ends."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    @property
    def digits(self) -> int:
        """Decimals that tell the ticks apart."""
        fewest = (
            n for n in range(TINY_DIGITS) if all(math.isclose(round(tick, n), tick, rel_tol=1e-9, abs_tol=1e-12) for tick in self.ticks)
        )
        return next(fewest, TINY_DIGITS)


def linear(values: Iterable[float], *, most: int = MOST_TICKS) -> Axis:
    """An even axis that begins at nought, or below it for negative values, covers all values and ends on a tick."""
    known = [*values, 0.0]
    low, high = min(known), max(known)
    if low == high:
        high = low + 1
    sizes = _sizes(high - low, most)
    ends = ((step, math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)) for step in sizes)
    step, first, last = next(found for found in ends if found[2] - found[1] < most)
    ticks = tuple(_clean(number * step) for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def _sizes(length: float, most: int) -> Iterator[float]:
    """Round steps, the smallest first: from one that is too fine for `most` ticks on."""
    power = math.floor(math.log10(length / most))
    return (_clean(size * 10.0**exponent) for exponent in itertools.count(power) for size in ROUND_STEPS)


def _clean(value: float) -> float:
    return float(f"{value:.{TINY_DIGITS}g}")


def people(numbers: Sequence[float], *, most: int = MOST_TICKS) -> Axis:
    """An axis for positive numbers of people: even, or logarithmic when the largest is `LOG_FROM_RATIO` times the smallest."""
    if max(numbers) < LOG_FROM_RATIO * min(numbers):
        return linear(numbers, most=most)
    low, high = min(numbers) / LOG_MARGIN, max(numbers) * LOG_MARGIN
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in LOG_STEPS:
        ticks = tuple(tick for power in powers for size in steps if low <= (tick := _clean(size * 10.0**power)) <= high)
        if len(ticks) <= most:
            break
    else:
        ticks = ticks[:: math.ceil(len(ticks) / most)]
    return Axis(low, high, ticks, log=True)


def ranks(count: int) -> Axis:
    """An axis from the first to the last of `count` places, both ends marked."""
    last = max(count, 2)
    step = int(next(size for size in _sizes(last, MOST_RANKS) if size >= 1 and last / size < MOST_RANKS))
    between = [rank for rank in range(step, last, step) if rank > 1 and last - rank >= CLOSE_RANKS * step]
    return Axis(1, last, (1.0, *map(float, between), float(last)))


@dataclass(frozen=True)
class Box:
    """A rectangle on a chart: its left edge is `at` of the chart's width plus `shift` rem, its upper edge `top` rem from above."""

    at: float
    shift: float
    top: float
    width: float
    height: float

    def left(self, chart_rem: float) -> float:
        """Distance of the left edge from the chart's own at a width of the chart, both in rem."""
        return self.at * chart_rem + self.shift

    def inside(self, chart_rem: float, height_rem: float) -> bool:
        left = self.left(chart_rem)
        return min(left, self.top) >= 0 and left + self.width <= chart_rem and self.top + self.height <= height_rem


def apart(one: Box, other: Box, widths: tuple[float, float]) -> bool:
    """Whether two boxes never overlap while the chart is anywhere between the two widths (rem).

    A box moves in proportion to the chart's width: what lies left of another at both ends does so everywhere between.
    """
    if one.top + one.height <= other.top or other.top + other.height <= one.top:
        return True
    before = all(one.left(width) + one.width <= other.left(width) for width in widths)
    return before or all(other.left(width) + other.width <= one.left(width) for width in widths)


def name_width(text: str) -> float:
    """Width in rem that a name needs on a chart, rather a little too much than too little."""
    return PADDING_REM + sum(_letter_width(sign) for sign in text)


def _letter_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return FULL_REM
    return THIN_REM if sign in THIN else BROAD_REM if sign in BROAD else LETTER_REM


def place(
    dots: Sequence[tuple[float, float]],
    names: Sequence[tuple[int, float]],
    taken: Sequence[Box],
    *,
    size: tuple[float, float],
    widths: tuple[float, float],
    height: float,
) -> dict[int, Box]:
    """Room for names beside their dots, the first names first; a name that finds none is left out.

    `dots` are (share of the width, rem from above); `names` are (number of the dot, width in rem); `taken` are boxes to keep free
    of; `size` is (half a dot, height of a name) in rem; `widths` are the narrowest and the widest chart in rem, `height` its height.
    """
    half, line = size
    marks = [Box(at, -half, top - half, 2 * half, 2 * half) for at, top in dots]
    placed: dict[int, Box] = {}
    for number, width in names:
        at, top = dots[number]
        for box in _sides(at, top, width, half, line):
            others = (*marks[:number], *marks[number + 1 :], *taken, *placed.values())
            if all(box.inside(w, height) for w in widths) and all(apart(box, other, widths) for other in others):
                placed[number] = box
                break
    return placed


def _sides(at: float, top: float, width: float, half: float, line: float) -> tuple[Box, ...]:
    """Where a name may stand: right of its dot, left, above, below, then aslant."""
    right, left, middle = half, -half - width, -width / 2
    level, above, below = top - line / 2, top - half - line, top + half
    corners = (
        (right, level),
        (left, level),
        (middle, above),
        (middle, below),
        (0.0, above),
        (0.0, below),
        (-width, above),
        (-width, below),
    )
    return tuple(Box(at, shift, y, width, line) for shift, y in corners)
