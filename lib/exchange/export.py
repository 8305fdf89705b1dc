"""How does a list of records leave as a file: CSV, XLSX or GeoJSON (WGS84 degrees, distances in kilometres)?

Decisions: CSV follows RFC 4180 (comma, CRLF) and begins with a byte order mark, without which Excel shows Polish letters
as rubbish. CSV and XLSX carry labels for people, GeoJSON carries codes (with labels beside them) for programs. Text that a
spreadsheet could run is guarded in CSV and XLSX; numbers are written as numbers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from lib.domain.records import Item
from lib.exchange.inert import fit_excel, inert, inert_csv, storable
from lib.exchange.table import CATEGORY_VOCABULARY, Cell, Wording, cells_of, columns_of, distance_of

BOM = "\ufeff"
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON_TYPE = "application/geo+json"
CREATOR = "Mapa Aktywności"
COLUMN_WIDTH = 18
WIDE = {"name": 48, "summary": 60, "address": 32, "source_url": 40, "id": 30}
"""Characters: wide enough to read the columns people read first, without scrolling past the rest."""
ABOUT_WIDTHS = (28, 110)
MAX_SHEET_NAME = 31
"""Excel's limit for the name of a sheet."""

Distances = Mapping[str, float]
About = Sequence[tuple[str, str]]
"""(label, text) lines about a download: the query in words, data version, licence, attribution."""

__all__ = ["CSV_TYPE", "GEOJSON_TYPE", "XLSX_TYPE", "About", "Distances", "Wording", "to_csv", "to_geojson", "to_xlsx"]


def to_csv(items: Sequence[Item], wording: Wording, *, distances: Distances | None = None) -> bytes:
    """The records as CSV; one header line, one line a record."""
    columns = columns_of(items)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert_csv(wording.header(name)) for name in columns])
    for item in items:
        writer.writerow([_csv_cell(cell) for cell in cells_of(item, columns, wording, distances)])
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def _csv_cell(cell: Cell) -> Cell:
    return inert_csv(cell) if isinstance(cell, str) else cell


def to_xlsx(
    items: Sequence[Item],
    wording: Wording,
    *,
    about: About = (),
    distances: Distances | None = None,
    sheet_names: tuple[str, str] = ("data", "about"),
) -> bytes:
    """The records as an Excel workbook: a sheet with frozen header and filter, and one that says where the data comes from."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    columns = columns_of(items)
    sheet = book.create_sheet(sheet_name(sheet_names[0]))
    sheet.freeze_panes = "A2"
    for place, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDE.get(name, COLUMN_WIDTH)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(items) + 1}"
    sheet.append(xlsx_row(sheet, (wording.header(name) for name in columns), bold=True))
    for item in items:
        sheet.append(xlsx_row(sheet, cells_of(item, columns, wording, distances)))
    second = book.create_sheet(sheet_name(sheet_names[1]))
    for letter, width in zip("AB", ABOUT_WIDTHS, strict=True):
        second.column_dimensions[letter].width = width
    for line in about:
        second.append(xlsx_row(second, line))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_row(sheet: Any, cells: Iterable[Cell], *, bold: bool = False) -> list[Any]:
    """Cells with their type set by hand: text is never guessed to be a formula or an error value."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    row = []
    for cell in cells:
        if not isinstance(cell, str):
            row.append(cell)
            continue
        text = fit_excel(inert(cell))
        written = WriteOnlyCell(sheet, text or None)
        if text:
            written.data_type = "s"
        if bold:
            written.font = Font(bold=True)
        row.append(written)
    return row


def sheet_name(name: str) -> str:
    """A name that Excel accepts."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:MAX_SHEET_NAME] or "data"


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
