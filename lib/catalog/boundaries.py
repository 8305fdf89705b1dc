"""Where does each gmina lie? Reads the boundary file (GeoJSON, WGS84 degrees) and says which features are unusable."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lib.catalog.reading import shorten
from lib.domain.records import Gmina
from lib.errors import Problem

PROPERTIES = ("teryt", "name", "powiat", "kind")
LABELS = ("label_latitude", "label_longitude")


@dataclass(frozen=True)
class Areas:
    """The usable gminas with their features and shapes (shapely, WGS84 degrees), in the order of the file."""

    gminas: dict[str, Gmina]
    features: dict[str, dict[str, Any]]
    shapes: dict[str, Any]

    def collection(self) -> dict[str, Any]:
        """A GeoJSON FeatureCollection of the usable features."""
        return {"type": "FeatureCollection", "features": list(self.features.values())}

    def completed(self, other: Areas, teryts: tuple[str, ...]) -> Areas:
        """These areas with some taken from another set."""
        taken = [t for t in teryts if t in other.gminas and t not in self.gminas]
        return Areas(
            {**self.gminas, **{t: other.gminas[t] for t in taken}},
            {**self.features, **{t: other.features[t] for t in taken}},
            {**self.shapes, **{t: other.shapes[t] for t in taken}},
        )


NO_AREAS = Areas({}, {}, {})


def read_areas(file: str, value: Any) -> tuple[Areas, tuple[Problem, ...]]:
    """The areas of a parsed boundary file; a broken feature is left out and reported."""
    features = value.get("features") if isinstance(value, Mapping) else None
    if not isinstance(features, list):
        return NO_AREAS, (Problem(file, "geojson_broken"),)
    areas = Areas({}, {}, {})
    problems: list[Problem] = []
    for number, feature in enumerate(features, 1):
        found, faults = _read_feature(file, number, feature)
        problems.extend(faults)
        if found is None:
            continue
        gmina, shape = found
        if gmina.teryt in areas.gminas:
            problems.append(Problem(file, "gmina_double", None, "teryt", {"feature": number, "teryt": gmina.teryt}))
            continue
        areas.gminas[gmina.teryt], areas.shapes[gmina.teryt] = gmina, shape
        areas.features[gmina.teryt] = _feature(gmina, feature["geometry"])
    return areas, tuple(problems)


def _feature(gmina: Gmina, geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A feature with exactly what the project knows about it; whatever else the file holds stays behind."""
    label = {"label_latitude": gmina.label_latitude, "label_longitude": gmina.label_longitude}
    properties = {"teryt": gmina.teryt, "name": gmina.name, "powiat": gmina.powiat, "kind": gmina.kind, **label}
    outline = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    return {"type": "Feature", "properties": properties, "geometry": outline}


def _read_feature(file: str, number: int, feature: Any) -> tuple[tuple[Gmina, Any] | None, list[Problem]]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        return None, [Problem(file, "feature_broken", None, None, {"feature": number})]
    texts = {name: v.strip() if isinstance(v := properties.get(name), str) else "" for name in PROPERTIES}
    place = {"feature": number, "teryt": shorten(texts["teryt"]) or "?"}
    problems = [Problem(file, "property_missing", None, name, place) for name in PROPERTIES if not texts[name]]
    shape, fault = _shape(feature.get("geometry"))
    if fault:
        problems.append(Problem(file, fault, None, None, place))
    if shape is None or not texts["teryt"] or not texts["name"]:
        return None, problems
    label = _label(properties, shape)
    if label is None:
        problems.append(Problem(file, "label_broken", None, "label_latitude", place))
        inner = shape.representative_point()
        label = (inner.y, inner.x)
    return (Gmina(texts["teryt"], texts["name"], texts["powiat"], texts["kind"], *label), shape), problems


def _shape(geometry: Any) -> tuple[Any, str]:
    """The polygon of a feature and what is wrong with it; a self-crossing outline is mended for the checks."""
    import shapely

    if not isinstance(geometry, Mapping) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None, "geometry_broken"
    try:
        shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    except (shapely.GEOSException, ValueError, RecursionError, TypeError):
        return None, "geometry_broken"
    if shape is None or shape.is_empty or not all(math.isfinite(v) for v in shape.bounds):
        return None, "geometry_broken"
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return None, "geometry_degrees"
    return (shape, "") if shape.is_valid else (shapely.make_valid(shape), "geometry_crossing")


def _label(properties: Mapping[str, Any], shape: Any) -> tuple[float, float] | None:
    """Latitude and longitude of the label when they are numbers inside the polygon."""
    import shapely

    values = [properties.get(name) for name in LABELS]
    if not all(isinstance(v, (int, float)) and not isinstance(v, bool) and abs(v) <= 180 for v in values):
        return None
    latitude, longitude = (float(v) for v in values if isinstance(v, (int, float)))
    return (latitude, longitude) if shapely.intersects_xy(shape, longitude, latitude) else None
