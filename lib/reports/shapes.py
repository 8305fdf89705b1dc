"""How do the marks of the map look as vector paths? The same shapes as on the screen (`pages/static/mapa.js`), as SVG path data."""

from __future__ import annotations

import math
from collections.abc import Sequence

UP = -math.pi / 2
STAR_INNER = 0.55 / 1.35
"""Radius of the dents of a star over that of its points."""


def path(kind: str, x: float, y: float, r: float) -> str:
    """Path data of a shape (a name of `lib.domain.symbols`) round a point; an unknown shape is a circle."""
    if kind == "square":
        side = r * 0.88
        return _line([(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)])
    if kind == "cross":
        return _line(_cross(x, y, r * 0.42, r * 1.1))
    if kind == "star":
        return _line([_at(x, y, r * 1.35 * (STAR_INNER if i % 2 else 1), UP + math.pi * i / 5) for i in range(10)])
    polygons = {
        "diamond": (x, y, r * 1.2, 4, UP),
        "triangle": (x, y + r * 0.2, r * 1.25, 3, UP),
        "triangle-down": (x, y - r * 0.2, r * 1.25, 3, -UP),
        "pentagon": (x, y, r * 1.1, 5, UP),
        "hexagon": (x, y, r * 1.1, 6, 0.0),
    }
    if kind in polygons:
        cx, cy, radius, sides, turn = polygons[kind]
        return _line([_at(cx, cy, radius, turn + 2 * math.pi * i / sides) for i in range(sides)])
    return f"M{x - r:.2f} {y:.2f}a{r:.2f} {r:.2f} 0 1 0 {2 * r:.2f} 0a{r:.2f} {r:.2f} 0 1 0 {-2 * r:.2f} 0Z"


def _at(x: float, y: float, r: float, angle: float) -> tuple[float, float]:
    return x + r * math.cos(angle), y + r * math.sin(angle)


def _cross(x: float, y: float, t: float, q: float) -> list[tuple[float, float]]:
    corners = [(-t, -q), (t, -q), (t, -t), (q, -t), (q, t), (t, t), (t, q), (-t, q), (-t, t), (-q, t), (-q, -t), (-t, -t)]
    return [(x + dx, y + dy) for dx, dy in corners]


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"
