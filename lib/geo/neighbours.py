"""Which gminas share a border, and how long is it? Boundaries in WGS84 degrees in; kilometres in EPSG:2180 out.

The boundaries are one clean coverage: neighbours use the same points along their common border, so what two outlines have
in common is the border itself. On generalised boundaries its length is for ordering neighbours, not for surveying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lib.geo.distance import METRES_PER_KM, to_metres

MIN_BORDER_KM = 0.05
"""Fifty metres: two gminas that meet in one corner only are not neighbours one can walk between."""
GRID_DEGREES = 1e-6
"""A tenth of a metre: coordinates that differ by less are the same point written with another rounding."""


@dataclass(frozen=True, slots=True)
class Border:
    """A neighbour and the length of the common border."""

    teryt: str
    km: float


def neighbours(boundaries: Mapping[str, Any]) -> dict[str, tuple[Border, ...]]:
    """The neighbours of every gmina of a GeoJSON collection, the longest common border first."""
    from shapely import STRtree, set_precision
    from shapely.geometry import shape

    features = boundaries.get("features", [])
    codes = [str(feature["properties"]["teryt"]) for feature in features]
    shapes = [set_precision(shape(feature["geometry"]), GRID_DEGREES) for feature in features]
    found: dict[str, list[Border]] = {code: [] for code in codes}
    if shapes:
        outlines = [area.boundary for area in shapes]
        for i, j in zip(*STRtree(shapes).query(shapes, predicate="intersects"), strict=True):
            if i < j and (km := length_km(outlines[i].intersection(outlines[j]))) >= MIN_BORDER_KM:
                found[codes[i]].append(Border(codes[j], km))
                found[codes[j]].append(Border(codes[i], km))
    return {code: tuple(sorted(borders, key=lambda border: (-border.km, border.teryt))) for code, borders in found.items()}


def length_km(line: Any) -> float:
    """Kilometres, to the metre, along a line or a collection of lines in WGS84 degrees; points have no length."""
    return round(sum(_path_km(np.asarray(part.coords)) for part in _lines(line)), 3)


def _lines(geometry: Any) -> Iterator[Any]:
    if geometry.geom_type in ("LineString", "LinearRing"):
        yield geometry
    else:
        for part in getattr(geometry, "geoms", ()):
            yield from _lines(part)


def _path_km(points: Any) -> float:
    x, y = to_metres(points[:, 0], points[:, 1])
    return float(np.hypot(np.diff(x), np.diff(y)).sum() / METRES_PER_KM)
