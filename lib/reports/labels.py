"""Where can a label stand so that it hides no mark, touches no other label and is never cut? Plane geometry, x right and y down."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

DIRECTIONS = 16
RINGS = (2.0, 6.0, 11.0, 17.0, 24.0)
"""Gaps in points between a mark and its label that are tried, the nearest first; farther away nobody sees what belongs together."""
GAP = 1.0
"""Points that must stay free between two labels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def round(cls, x: float, y: float, width: float, height: float) -> Box:
        """The box of a size whose middle is a point."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def within(self, other: Box) -> bool:
        return self.left >= other.left and self.top >= other.top and self.right <= other.right and self.bottom <= other.bottom

    def touches(self, other: Box, gap: float = 0.0) -> bool:
        """Whether two boxes overlap or come nearer than `gap`."""
        across = self.left < other.right + gap and other.left < self.right + gap
        return across and self.top < other.bottom + gap and other.top < self.bottom + gap


@dataclass
class Placer:
    """Keeps what is taken inside a frame; a label that finds no place is left out rather than cut or laid over another."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def block(self, box: Box) -> None:
        """Keeps labels away from something that is drawn anyway."""
        self.taken.append(box)

    def free(self, box: Box) -> bool:
        return box.within(self.frame) and not any(box.touches(other, GAP) for other in self.taken)

    def place(
        self, width: float, height: float, middles: Iterable[tuple[float, float]], fits: Callable[[Box], bool] = lambda _: True
    ) -> Box | None:
        """The first free box of a size, taken from now on; None when none of the `middles` is free or `fits`."""
        for x, y in middles:
            box = Box.round(x, y, width, height)
            if self.free(box) and fits(box):
                self.taken.append(box)
                return box
        return None


def around(x: float, y: float, radius: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Middles of a label of a size round a mark, the nearest ring first; to the right first, as one reads."""
    order = sorted(range(DIRECTIONS), key=lambda i: min(i, DIRECTIONS - i))
    for gap in RINGS:
        for i in order:
            angle = 2 * math.pi * i / DIRECTIONS
            across, down = math.cos(angle), math.sin(angle)
            reach = _edge(across, down, width, height)
            yield x + across * (radius + gap + reach), y + down * (radius + gap + reach)


def _edge(across: float, down: float, width: float, height: float) -> float:
    """How far the edge of a box is from its middle in a direction."""
    to_side = width / 2 / abs(across) if abs(across) > 1e-9 else math.inf
    to_end = height / 2 / abs(down) if abs(down) > 1e-9 else math.inf
    return min(to_side, to_end)
