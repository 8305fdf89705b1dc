"""How does a table of plain cells leave as CSV or XLSX that other programs open safely? Text that a spreadsheet could run is guarded."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from lib.exchange.export import BOM, COLUMN_WIDTH, CREATOR, sheet_name, xlsx_row
from lib.exchange.inert import inert_csv
from lib.exchange.table import Cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name, its header and the widths of its columns in characters (0 for the usual one)."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()


def sheet_csv(sheet: Sheet) -> bytes:
    """The table as CSV: comma, CRLF, with a byte order mark, one header line."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert_csv(name) for name in sheet.header])
    for row in sheet.rows:
        writer.writerow([inert_csv(cell) if isinstance(cell, str) else cell for cell in row])
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def sheets_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Tables as the sheets of one workbook; a header stays in view and can be filtered by."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    names: list[str] = []
    for sheet in sheets:
        names.append(_unlike(sheet_name(sheet.name), names))
        page = book.create_sheet(names[-1])
        for place, _ in enumerate(sheet.header, 1):
            width = sheet.widths[place - 1] if place <= len(sheet.widths) and sheet.widths[place - 1] else COLUMN_WIDTH
            page.column_dimensions[get_column_letter(place)].width = width
        if any(sheet.header):
            page.freeze_panes = "A2"
            page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
            page.append(xlsx_row(page, sheet.header, bold=True))
        for row in sheet.rows:
            page.append(xlsx_row(page, row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _unlike(name: str, taken: Sequence[str]) -> str:
    """A name that no sheet has yet, within Excel's limit."""
    folded, number, found = {one.casefold() for one in taken}, 2, name
    while found.casefold() in folded:
        found, number = f"{name[:27]} {number}", number + 1
    return found
