"""How does the cooperation of gminas look as a drawing? One SVG from numbers and escaped names, shown as a picture that runs nothing.

Boundaries are projected to metres (EPSG:2180) and drawn in a box of WIDTH units. Circles and lines stand for gminas, because most
organisations are known only by their gmina: nothing here claims to be an organisation's place.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Colours:
    """The colours of one theme; the same roles as on the map."""

    ground: str
    area: str
    border: str
    chosen: str
    tie: str
    hub: str
    ink: str


LIGHT = Colours("#fbfaf5", "#eef1e7", "#c3cbb8", "#d5e3cb", "#1f5f8b", "#b4472e", "#1d2b26")
DARK = Colours("#0f1714", "#18221e", "#3b4a44", "#24433a", "#6db3e6", "#f08a6c", "#e9efe9")

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


def picture(
    network: Network, boundaries: Mapping[str, Any], gminas: Mapping[str, Gmina], *, title: str, dark: bool, teryt: str = ""
) -> str:
    """The drawing as an `<img>` with its description; a picture cannot run scripts, whatever stands in a name."""
    drawn = svg(network, boundaries, gminas, dark=dark, teryt=teryt)
    data = b64encode(drawn.encode()).decode()
    return f'<img class="net" alt="{esc(title, 400)}" src="data:image/svg+xml;base64,{data}">'


def svg(network: Network, boundaries: Mapping[str, Any], gminas: Mapping[str, Gmina], *, dark: bool, teryt: str = "") -> str:
    """The drawing; with `teryt` only the ties of that gmina are drawn strong, the others stay faint."""
    frame = _Frame(boundaries)
    middle = {code: frame.at(*_label_point(gmina)) for code, gmina in gminas.items()}
    active = {code: sum(node.item.teryt == code for node in network.nodes.values()) for code in gminas}
    there = {code: n for code, n in active.items() if n or network.authorities.get(code)}
    most = max(active.values(), default=1)
    areas = "".join(f'<path class="{"area chosen" if code == teryt else "area"}" d="{frame.path(code)}"/>' for code in frame.rings)
    circles = "".join(_circle(middle[code], n, most, code == teryt) for code, n in there.items())
    names = "".join(_name(middle[code], n, most, gminas[code].name) for code, n in active.items() if code in there or code == teryt)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {frame.height}" width="{WIDTH:.0f}" height="{frame.height}">'
        f"<style>{_style(dark)}</style>{areas}{_lines(network, middle, teryt)}{circles}{names}</svg>"
    )


def _style(dark: bool) -> str:
    colours = DARK if dark else LIGHT
    return (
        f".area{{fill:{colours.area};stroke:{colours.border};stroke-width:1}}.chosen.area{{fill:{colours.chosen}}}"
        f".tie{{stroke:{colours.tie};stroke-opacity:.62;stroke-linecap:round}}.faint{{stroke-opacity:.14}}"
        f".hub{{fill:{colours.hub};stroke:{colours.ground};stroke-width:1.5}}"
        f".authority{{fill:{colours.ground};stroke:{colours.hub};stroke-width:2}}"
        f"text{{font:600 13px sans-serif;text-anchor:middle;fill:{colours.ink};paint-order:stroke;stroke:{colours.ground};"
        "stroke-width:3px;stroke-linejoin:round}"
    )


def _name(at: Point, n: int, most: int, name: str) -> str:
    return f'<text x="{at[0]}" y="{round(at[1] - _radius(n, most) - 4, 1)}">{esc(name, 40)}</text>'


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
    """A full circle for organisations, an empty one of the least size where only the local authority worked with others."""
    kind = "hub" if n else "authority"
    return f'<circle class="{kind}{" chosen" if chosen else ""}" cx="{at[0]}" cy="{at[1]}" r="{_radius(n, most)}"/>'
