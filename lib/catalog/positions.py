"""Does every position lie in its gmina, and does a gmina-wide record stay on the label point? Degrees in; judged in metres (EPSG:2180)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.catalog.boundaries import Areas
from lib.catalog.reading import Rows
from lib.catalog.schema import Table
from lib.domain.records import APPROXIMATE
from lib.errors import Problem
from lib.geo.distance import METRES_PER_KM, to_metres

COORDINATE_TOLERANCE_M = 1000.0
"""How far outside its gmina a position may lie: the boundaries are generalised to a few dozen vertices, which moves a border
by up to some 600 m against the gazetteer's points."""
LABEL_TOLERANCE_DEG = 0.0006
"""Coordinates with four decimals differ from longer ones by up to 0.00005 degrees; ten times that (about 60 m) is still one point."""
OUTLINE_STEP_DEG = 0.01
"""Borders are cut into pieces this long before projection, so that a long straight edge keeps its course."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def check_positions(table: Table, rows: Rows, areas: Areas) -> list[Problem]:
    """Every missing, misplaced or falsely exact position of a table with latitude, longitude and teryt."""
    if not {"latitude", "longitude", "teryt"} <= rows.columns.keys():
        return []
    problems = list(_unfilled(table, rows))
    if len(rows) and areas.gminas:
        problems.extend(_misplaced(table, rows, areas))
    return problems


def degrees(cells: list[str]) -> Floats:
    """The cells as numbers; NaN for what is none."""
    return np.array([_number(cell) for cell in cells], dtype=float)


def _number(cell: str) -> float:
    try:
        return float(cell) if cell else np.nan
    except ValueError:
        return np.nan


def _unfilled(table: Table, rows: Rows) -> Iterator[Problem]:
    """Half positions, positions without a precision and precisions without a position."""
    has_precision = table.column("precision") is not None and "precision" in rows.columns
    must = {name for name in ("latitude", "longitude", "precision") if (c := table.column(name)) and c.required}
    columns = zip(rows.numbers, rows.column("latitude"), rows.column("longitude"), rows.column("precision"), strict=True)
    for number, latitude, longitude, precision in columns:
        if latitude and longitude and (precision or not has_precision):
            continue
        if not (latitude or longitude or precision or must):
            continue
        for name, cell in (("latitude", latitude), ("longitude", longitude)):
            if not cell and (has_precision or name not in must):
                yield Problem(table.path, "coordinates_missing", number, name)
        if has_precision and not precision:
            yield Problem(table.path, "cell_missing", number, "precision", {"column": "precision"})


def _misplaced(table: Table, rows: Rows, areas: Areas) -> Iterator[Problem]:
    latitude, longitude = degrees(rows.column("latitude")), degrees(rows.column("longitude"))
    order = {teryt: i for i, teryt in enumerate(areas.gminas)}
    owner = np.array([order.get(teryt, -1) for teryt in rows.column("teryt")], dtype=int)
    placed = np.isfinite(latitude) & np.isfinite(longitude) & (owner >= 0)
    whole = np.array([p == APPROXIMATE for p in rows.column("precision")], dtype=bool)
    labels = np.array([(g.label_latitude, g.label_longitude) for g in areas.gminas.values()])[owner]
    off = np.maximum(np.abs(latitude - labels[:, 0]), np.abs(longitude - labels[:, 1])) > LABEL_TOLERANCE_DEG
    names = [g.name for g in areas.gminas.values()]
    for stray in np.flatnonzero(placed & whole & off).tolist():
        params = {"gmina": names[owner[stray]], "latitude": f"{labels[stray, 0]:.5f}", "longitude": f"{labels[stray, 1]:.5f}"}
        yield Problem(table.path, "label_point", rows.numbers[stray], "latitude", params)
    shapes = list(areas.shapes.values())
    for i, metres in outside(longitude, latitude, np.where(placed & ~whole, owner, -1), shapes).items():
        code, params = _where(float(longitude[i]), float(latitude[i]), shapes[owner[i]], shapes, names)
        params |= {"gmina": names[owner[i]], "km": round(metres / METRES_PER_KM, 1)}
        yield Problem(table.path, code, rows.numbers[i], "latitude", params)


def outside(longitude: Floats, latitude: Floats, owner: NDArray[np.int_], shapes: list[Any]) -> dict[int, float]:
    """Points farther from their own shape than the tolerance: {index: metres}. `owner` is the shape's number, -1 for none."""
    import shapely

    found: dict[int, float] = {}
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(shapes) + 1)).tolist()
    for start, end, shape in zip(starts[:-1], starts[1:], shapes, strict=True):
        mine = order[start:end]
        if not len(mine):
            continue
        shapely.prepare(shape)
        strays = mine[~shapely.intersects_xy(shape, longitude[mine], latitude[mine])]
        if len(strays):
            x, y = to_metres(longitude[strays], latitude[strays])
            metres = shapely.distance(_in_metres(shape), shapely.points(x, y))
            far = ~(metres <= COORDINATE_TOLERANCE_M)
            found.update(zip(strays[far].tolist(), np.nan_to_num(metres[far], nan=0.0).tolist(), strict=True))
    return dict(sorted(found.items()))


def _in_metres(shape: Any) -> Any:
    import shapely

    return shapely.transform(shapely.segmentize(shape, OUTLINE_STEP_DEG), lambda xy: np.column_stack(to_metres(xy[:, 0], xy[:, 1])))


def _where(longitude: float, latitude: float, own: Any, shapes: list[Any], names: list[str]) -> tuple[str, dict[str, Any]]:
    """What probably happened: latitude and longitude swapped, another gmina, or neither."""
    import shapely

    if shapely.intersects_xy(own, latitude, longitude):
        return "coordinates_swapped", {}
    for shape, name in zip(shapes, names, strict=True):
        if shapely.intersects_xy(shape, longitude, latitude):
            return "coordinates_elsewhere", {"other": name}
    return "coordinates_outside", {}
