"""How large is a gmina, so that a map can show the whole of it? WGS84 degrees in; centre in degrees and kilometres out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lib.geo.distance import METRES_PER_KM, to_metres

MARGIN = 1.1
"""A tenth more than the area itself, so that its border is not the border of the picture."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The middle of an area's bounding box and half of its longer side with a margin."""

    latitude: float
    longitude: float
    km: float


def extent(boundaries: Mapping[str, Any], teryt: str) -> Extent | None:
    """The extent of one feature of a GeoJSON collection; None when it is not there."""
    from shapely.geometry import shape

    feature = next((f for f in boundaries.get("features", ()) if f["properties"].get("teryt") == teryt), None)
    if feature is None:
        return None
    west, south, east, north = shape(feature["geometry"]).bounds
    x, y = to_metres([west, east], [south, north])
    half = max(x[1] - x[0], y[1] - y[0]) / 2 / METRES_PER_KM
    return Extent((south + north) / 2, (west + east) / 2, round(float(half) * MARGIN, 1))
