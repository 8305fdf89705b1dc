"""How do tables leave as one file: a workbook of sheets, or a single table as CSV? Text that a spreadsheet could run stays text.

CSV follows RFC 4180 (comma, CRLF) and begins with a byte order mark, without which Excel shows Polish letters as rubbish.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from lib.exchange.inert import fit_excel, inert, inert_csv
from lib.exchange.table import Cell

BOM = "\ufeff"
CREATOR = "Mapa Aktywności"
COLUMN_WIDTH = 18
MAX_SHEET_NAME = 31
"""Excel's limit for the name of a sheet."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with a frozen, filterable header; without a header the rows stand alone. `widths` are characters by column, 0 (and
    beyond their end) the usual one."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def to_workbook(sheets: Sequence[Sheet]) -> bytes:
    """An Excel workbook; numbers are numbers, text is never guessed to be a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    names: list[str] = []
    for sheet in sheets:
        names.append(_unlike(_sheet_name(sheet.name), names))
        _write_sheet(book.create_sheet(names[-1]), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    rows = list(sheet.rows)
    for place in range(1, max([len(sheet.header), *(len(row) for row in rows)], default=0) + 1):
        wanted = sheet.widths[place - 1] if place <= len(sheet.widths) else 0
        page.column_dimensions[get_column_letter(place)].width = wanted or COLUMN_WIDTH
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # as wide as the paper, as long as it takes
    if sheet.header:
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(rows) + 1}"
        page.append(_cells(page, sheet.header, bold=True))
    for row in rows:
        page.append(_cells(page, row))


def _cells(page: Any, cells: Iterable[Cell], *, bold: bool = False) -> list[Any]:
    """Cells with their type set by hand: text is never guessed to be a formula or an error value."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    row = []
    for cell in cells:
        if not isinstance(cell, str):
            row.append(cell)
            continue
        text = fit_excel(inert(cell))
        written = WriteOnlyCell(page, text or None)
        if text:
            written.data_type = "s"
        if bold:
            written.font = Font(bold=True)
        row.append(written)
    return row


def _sheet_name(name: str) -> str:
    """A name that Excel accepts."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:MAX_SHEET_NAME] or "data"


def _unlike(name: str, taken: Sequence[str]) -> str:
    """A name that no sheet has yet, within Excel's limit."""
    folded, number, found = {one.casefold() for one in taken}, 2, name
    while found.casefold() in folded:
        found, number = f"{name[: MAX_SHEET_NAME - 4]} {number}", number + 1
    return found


def to_csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One table as CSV: a header line, then one line a row."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert_csv(name) for name in header])
    for row in rows:
        writer.writerow([inert_csv(cell) if isinstance(cell, str) else cell for cell in row])
    return (BOM + out.getvalue()).encode("utf-8", "replace")
