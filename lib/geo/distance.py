"""How far apart are two places in a straight line? WGS84 degrees in; metres in EPSG:2180 and kilometres out.

Poland's national grid (EPSG:2180) distorts lengths by less than 0.1 % over the subregion, so the plane distance between
projected points is the straight-line distance that every screen shows.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

METRES_PER_KM = 1000.0


@cache
def _transformer() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", "EPSG:2180", always_xy=True)


def to_metres(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Easting and northing in metres (EPSG:2180); a position that is NaN or off the globe stays NaN."""
    longitudes, latitudes = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
    x, y = np.full(longitudes.shape, np.nan), np.full(longitudes.shape, np.nan)
    known = np.isfinite(longitudes) & np.isfinite(latitudes)
    if known.any():
        east, north = _transformer().transform(longitudes[known], latitudes[known])
        usable = np.isfinite(east) & np.isfinite(north)
        x[known], y[known] = np.where(usable, east, np.nan), np.where(usable, north, np.nan)
    return x, y


def plane_km(x: ArrayLike, y: ArrayLike, to_x: ArrayLike, to_y: ArrayLike) -> NDArray[np.float64]:
    """Kilometres between points already in metres; NaN where either end is unknown."""
    east = np.asarray(x, dtype=float) - np.asarray(to_x, dtype=float)
    north = np.asarray(y, dtype=float) - np.asarray(to_y, dtype=float)
    return np.hypot(east, north) / METRES_PER_KM


def distances_km(lon: ArrayLike, lat: ArrayLike, *, to_lon: float, to_lat: float) -> NDArray[np.float64]:
    """Straight-line kilometres from each point to one place; NaN for points without a position."""
    x, y = to_metres(lon, lat)
    to_x, to_y = to_metres(to_lon, to_lat)
    return plane_km(x, y, to_x, to_y)
