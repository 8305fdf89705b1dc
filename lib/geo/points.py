"""How do many records become few drawn points? Records of one place form a site, many sites form clusters of a view.

Positions are WGS84 in units of 1e-5 degree (about 1 m) as integers; pixel sizes are Web Mercator pixels at a zoom level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_FEATURES = 2_000
"""More drawn features than this make a phone stutter; beyond it the server clusters for the view."""
CLUSTER_CELL_PX = 44
"""Side of a cluster cell: two finger-wide circles side by side stay apart."""
TILE_PX = 256
MIXED = -1
VIEW_MARGIN = 0.25
"""Share of the view added on each side, so that a short pan shows no empty rim before the next answer."""


@dataclass(frozen=True)
class Sites:
    """n positions: `lat5`, `lon5` (1e-5 degree), `layer` (code, MIXED when several), `count` and `row` of the first record."""

    lat5: NDArray[np.int64]
    lon5: NDArray[np.int64]
    layer: NDArray[np.int64]
    count: NDArray[np.int64]
    row: NDArray[np.int64]
    approximate: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lat5)

    def take(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Sites:
        return Sites(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class View:
    """What the visitor sees: Web Mercator zoom and the edges in degrees."""

    zoom: float
    south: float
    west: float
    north: float
    east: float


def sites(
    lat: NDArray[np.float64], lon: NDArray[np.float64], layer: NDArray[np.int64], approximate: NDArray[np.bool_], rows: NDArray[np.int64]
) -> Sites:
    """Groups the records `rows` by position; an approximate record never shares a site with an exact one.

    `lat`, `lon`, `layer`, `approximate` are columns of the whole catalog; records without coordinates (NaN) are left out.
    """
    rows = rows[~np.isnan(lat[rows])]
    lat5, lon5 = np.rint(lat[rows] * 1e5).astype(np.int64), np.rint(lon[rows] * 1e5).astype(np.int64)
    key = ((lat5 + 9_000_000) * 36_000_001 + lon5 + 18_000_000) * 2 + approximate[rows]
    if not len(rows):
        empty = np.empty(0, np.int64)
        return Sites(empty, empty, empty, empty, empty, np.empty(0, bool))
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=key[order][0] - 1))
    layers = layer[rows][order]
    low, high = np.minimum.reduceat(layers, starts), np.maximum.reduceat(layers, starts)
    first = order[starts]
    return Sites(
        lat5=lat5[first],
        lon5=lon5[first],
        layer=np.where(low == high, low, MIXED),
        count=np.diff(np.append(starts, len(order))),
        row=rows[first],
        approximate=approximate[rows][first],
    )


def mercator_px(lat5: NDArray[np.int64], lon5: NDArray[np.int64], zoom: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """World pixel coordinates (x east, y south) of positions at a zoom level."""
    size = TILE_PX * 2.0**zoom
    phi = np.radians(lat5 / 1e5)
    return (lon5 / 1e5 + 180) / 360 * size, (1 - np.arcsinh(np.tan(phi)) / np.pi) / 2 * size


def within_view(found: Sites, view: View) -> Sites:
    """The sites inside the view and a margin round it."""
    dy, dx = (view.north - view.south) * VIEW_MARGIN, (view.east - view.west) * VIEW_MARGIN
    lat, lon = found.lat5 / 1e5, found.lon5 / 1e5
    return found.take((lat >= view.south - dy) & (lat <= view.north + dy) & (lon >= view.west - dx) & (lon <= view.east + dx))


def clusters(found: Sites, view: View, *, cell_px: float = CLUSTER_CELL_PX, limit: int = MAX_FEATURES) -> Sites:
    """Few marks for a view: sites of one cell become one, at the mean of their records; a lone site keeps its place.

    The cell grows until at most `limit` marks are left, so the payload does not grow with the data.
    """
    seen = within_view(found, view)
    exact, rough = seen.take(~seen.approximate), seen.take(seen.approximate)
    while True:
        merged = _merge_cells(exact, view.zoom, cell_px)
        if len(merged) + len(rough) <= limit or cell_px > TILE_PX * 8:
            return _join(merged, rough)
        cell_px *= 1.5


def _merge_cells(found: Sites, zoom: float, cell_px: float) -> Sites:
    if not len(found):
        return found
    x, y = mercator_px(found.lat5, found.lon5, zoom)
    key = np.floor(y / cell_px).astype(np.int64) * (1 << 31) + np.floor(x / cell_px).astype(np.int64)
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=key[order][0] - 1))
    weight = found.count[order]
    total = np.add.reduceat(weight, starts)
    layers = found.layer[order]
    low, high = np.minimum.reduceat(layers, starts), np.maximum.reduceat(layers, starts)
    many = np.diff(np.append(starts, len(order))) > 1
    first = order[starts]
    return Sites(
        lat5=np.rint(np.add.reduceat(found.lat5[order] * weight, starts) / total).astype(np.int64),
        lon5=np.rint(np.add.reduceat(found.lon5[order] * weight, starts) / total).astype(np.int64),
        layer=np.where(low == high, low, MIXED),
        count=total,
        row=np.where(many, -1, found.row[first]),
        approximate=np.zeros(len(first), bool),
    )


def _join(one: Sites, other: Sites) -> Sites:
    return Sites(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in one.__dataclass_fields__))
