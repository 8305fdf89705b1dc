"""Which marks does the map of a gmina carry? Records whose place is known, put together by place; positions in points on the paper."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lib.domain.records import Item

ONE_RADIUS, MANY_RADIUS, MANY_GROWTH = 4.4, 6.0, 2.2
"""Points: the mark of one record, a circle for several, and what it grows by when they are ten times as many."""
TOUCH = 1.0
"""Points between two marks below which they become one: the number stays readable and nothing is moved apart."""
GRID = 1e5
"""Positions are equal when they are so at five decimals of a degree, about a metre."""

Project = Callable[[float, float], tuple[float, float]]
"""From longitude and latitude (WGS84 degrees) to points on the paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Records at one place, or at several that would touch: `place` is the name of the one with most of them."""

    x: float
    y: float
    place: str
    layers: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return sum(n for _, n in self.layers)

    @property
    def radius(self) -> float:
        return ONE_RADIUS if self.count == 1 else MANY_RADIUS + MANY_GROWTH * math.log10(self.count)


def marks(items: Iterable[Item], project: Project) -> list[Mark]:
    """One mark a place; records known only by their gmina, or without a position, give none."""
    held: dict[tuple[int, int], list[Item]] = {}
    for item in items:
        if item.latitude is not None and item.longitude is not None and not item.approximate:
            held.setdefault((round(item.longitude * GRID), round(item.latitude * GRID)), []).append(item)
    return _apart([_mark(project(lon / GRID, lat / GRID), found) for (lon, lat), found in held.items()])


def _mark(at: tuple[float, float], items: Sequence[Item]) -> Mark:
    places = Counter(item.locality for item in items if item.locality)
    layers = Counter(item.layer for item in items)
    return Mark(*at, places.most_common(1)[0][0] if places else "", tuple(layers.most_common()))


def _apart(found: list[Mark]) -> list[Mark]:
    """Marks that would touch are one mark in their middle, until none touches."""
    left, done = sorted(found, key=lambda mark: -mark.count), []
    while left:
        mark = left.pop(0)
        hit = next((other for other in left if _touch(mark, other)), None)
        if hit is None:
            done.append(mark)
        else:
            left.remove(hit)
            left.insert(0, _joined(mark, hit))
            left, done = left + done, []
    return done


def _touch(one: Mark, other: Mark) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius + TOUCH


def _joined(one: Mark, other: Mark) -> Mark:
    n, m = one.count, other.count
    layers = Counter(dict(one.layers))
    layers.update(dict(other.layers))
    larger = one if n >= m else other
    x, y = (one.x * n + other.x * m) / (n + m), (one.y * n + other.y * m) / (n + m)
    return Mark(x, y, larger.place or one.place or other.place, tuple(layers.most_common()))
