"""How does a list of records leave as a file: CSV, XLSX or GeoJSON (WGS84 degrees, distances in kilometres)?

CSV and XLSX carry labels for people, GeoJSON carries codes (with labels beside them) for programs. How cells are written
is decided in `lib.exchange.workbook`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lib.domain.records import Item
from lib.exchange.inert import storable
from lib.exchange.table import CATEGORY_VOCABULARY, Wording, cells_of, columns_of, distance_of
from lib.exchange.workbook import Sheet, to_csv_table, to_workbook

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON_TYPE = "application/geo+json"
WIDE = {"name": 48, "summary": 60, "address": 32, "source_url": 40, "id": 30}
"""Characters: wide enough to read the columns people read first, without scrolling past the rest."""
ABOUT_WIDTHS = (28, 110)

Distances = Mapping[str, float]
About = Sequence[tuple[str, str]]
"""(label, text) lines about a download: the query in words, data version, licence, attribution."""

__all__ = ["CSV_TYPE", "GEOJSON_TYPE", "XLSX_TYPE", "About", "Distances", "Wording", "to_csv", "to_geojson", "to_xlsx"]


def to_csv(items: Sequence[Item], wording: Wording, *, distances: Distances | None = None) -> bytes:
    """The records as CSV; one header line, one line a record."""
    columns = columns_of(items)
    return to_csv_table([wording.header(name) for name in columns], (cells_of(item, columns, wording, distances) for item in items))


def to_xlsx(
    items: Sequence[Item],
    wording: Wording,
    *,
    about: About = (),
    distances: Distances | None = None,
    sheet_names: tuple[str, str] = ("data", "about"),
) -> bytes:
    """The records as an Excel workbook: a sheet with frozen header and filter, and one that says where the data comes from."""
    columns = columns_of(items)
    rows = [cells_of(item, columns, wording, distances) for item in items]
    widths = [WIDE.get(name, 0) for name in columns]
    records = Sheet(sheet_names[0], [wording.header(name) for name in columns], rows, widths)
    return to_workbook([records, about_sheet(sheet_names[1], about)])


def about_sheet(name: str, about: About) -> Sheet:
    """The sheet that says where a download comes from, a label and a text a line."""
    return Sheet(name, (), about, ABOUT_WIDTHS)


def to_geojson(items: Sequence[Item], wording: Wording, *, about: About = (), distances: Distances | None = None) -> bytes:
    """The records as a GeoJSON FeatureCollection (RFC 7946).

    A record without a position has a null geometry. One known only by its gmina stands on that gmina's label point with
    `precision: gmina` and `approximate: true`, so that a map can gather such records instead of drawing them as places.
    """
    collection = {
        "type": "FeatureCollection",
        "about": [{"label": storable(label), "text": storable(text)} for label, text in about],
        "features": [_feature(item, wording, distances) for item in items],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def _feature(item: Item, wording: Wording, distances: Distances | None) -> dict[str, Any]:
    placed = item.latitude is not None and item.longitude is not None
    geometry = {"type": "Point", "coordinates": [item.longitude, item.latitude]} if placed else None
    return {"type": "Feature", "id": item.id, "geometry": geometry, "properties": _properties(item, wording, distances)}


def _properties(item: Item, wording: Wording, distances: Distances | None) -> dict[str, Any]:
    label = wording.label
    vocabulary = CATEGORY_VOCABULARY.get(item.kind, "")
    properties: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "category": item.category,
        "category_label": label(vocabulary, item.category) if item.category else "",
        "subkind": item.subkind,
        "teryt": item.teryt,
        "gmina": label("gmina", item.teryt) if item.teryt else "",
        "locality": item.locality,
        "address": item.address,
        "postal_code": item.postal_code,
        "precision": item.precision,
        "approximate": item.approximate,
        "distance_km": distance_of(item, distances),
        "themes": list(item.themes),
        "groups": list(item.groups),
        "summary": item.summary,
        "as_of": item.as_of,
        "sources": [{"url": s.url, "as_of": s.as_of, "gathered": s.gathered} for s in item.sources],
    }
    return properties | {name: text for name, text in item.details.items() if name not in properties}
