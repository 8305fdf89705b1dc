"""How does the cooperation of gminas look as a drawing? One SVG from numbers and escaped names, the same for every browser.

Boundaries are projected to metres (EPSG:2180) and drawn in a box of WIDTH units. Circles and lines stand for gminas, because most
organisations are known only by their gmina: nothing here claims to be an organisation's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lib.analysis.network import Network
from lib.domain.records import Gmina
from lib.geo.distance import to_metres
from pages.parts.html import esc

WIDTH = 720.0
MARGIN = 14.0
LEAST_R, MOST_R = 4.0, 18.0
LEAST_LINE, MOST_LINE = 1.2, 7.0
LABEL_OF_PARTNERS = 1
"""Organisations with cooperation from which a gmina's name is written beside its circle."""

Point = tuple[float, float]


class _Frame:
    """Metres to drawing units: north is up, the longer side fills the box."""

    def __init__(self, boundaries: Mapping[str, Any]) -> None:
        self.rings = {f["properties"]["teryt"]: [_metres(ring) for ring in _rings(f["geometry"])] for f in boundaries.get("features", ())}
        points = np.concatenate([ring for rings in self.rings.values() for ring in rings]) if self.rings else np.zeros((1, 2))
        self.low, high = points.min(axis=0), points.max(axis=0)
        span = np.maximum(high - self.low, 1.0)
        self.scale = (WIDTH - 2 * MARGIN) / span[0]
        self.height = round(float(span[1] * self.scale + 2 * MARGIN), 1)

    def at(self, x: float, y: float) -> Point:
        right, up = (x - self.low[0]) * self.scale + MARGIN, (y - self.low[1]) * self.scale + MARGIN
        return round(float(right), 1), round(float(self.height - up), 1)

    def path(self, teryt: str) -> str:
        parts = []
        for ring in self.rings[teryt]:
            points = [self.at(float(x), float(y)) for x, y in ring]
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
        return "".join(parts)


def _rings(geometry: Mapping[str, Any]) -> list[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon[0] for polygon in polygons]


def _metres(ring: Any) -> np.ndarray:
    points = np.asarray(ring, dtype=float)
    return np.column_stack(to_metres(points[:, 0], points[:, 1]))


def svg(network: Network, boundaries: Mapping[str, Any], gminas: Mapping[str, Gmina], *, title: str, teryt: str = "") -> str:
    """The drawing; with `teryt` only the ties of that gmina are drawn strong, the others stay faint."""
    frame = _Frame(boundaries)
    middle = {code: frame.at(*_label_point(gmina)) for code, gmina in gminas.items()}
    active = {code: sum(node.item.teryt == code for node in network.nodes.values()) for code in gminas}
    areas = "".join(f'<path class="area{" chosen" if code == teryt else ""}" d="{frame.path(code)}"/>' for code in frame.rings)
    lines = _lines(network, middle, teryt)
    circles = "".join(_circle(middle[code], n, max(active.values()), code == teryt) for code, n in active.items() if n)
    names = "".join(
        f'<text x="{middle[code][0]}" y="{middle[code][1] - _radius(n, max(active.values())) - 4}">{esc(gminas[code].name, 40)}</text>'
        for code, n in active.items()
        if n >= LABEL_OF_PARTNERS
    )
    return (
        f'<svg class="net" role="img" aria-label="{esc(title, 400)}" viewBox="0 0 {WIDTH:.0f} {frame.height}" '
        f'preserveAspectRatio="xMidYMid meet">{areas}{lines}{circles}{names}</svg>'
    )


def _label_point(gmina: Gmina) -> Point:
    x, y = to_metres(gmina.label_longitude, gmina.label_latitude)
    return float(x[0]), float(y[0])


def _lines(network: Network, middle: Mapping[str, Point], teryt: str) -> str:
    most = max((len(tie.initiatives) for tie in network.gmina_ties), default=1)
    drawn = []
    for tie in network.gmina_ties:
        if tie.one in middle and tie.other in middle:
            (x1, y1), (x2, y2) = middle[tie.one], middle[tie.other]
            width = LEAST_LINE + (MOST_LINE - LEAST_LINE) * (len(tie.initiatives) - 1) / max(most - 1, 1)
            faint = " faint" if teryt and teryt not in (tie.one, tie.other) else ""
            drawn.append(f'<line class="tie{faint}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-width="{width:.1f}"/>')
    return "".join(drawn)


def _radius(n: int, most: int) -> float:
    """Area in proportion to the number."""
    return float(round(LEAST_R + (MOST_R - LEAST_R) * (n / max(most, 1)) ** 0.5, 1))


def _circle(at: Point, n: int, most: int, chosen: bool) -> str:
    return f'<circle class="hub{" chosen" if chosen else ""}" cx="{at[0]}" cy="{at[1]}" r="{_radius(n, most)}"/>'
