"""How does a whole table leave the app as the repository holds it, without ever starting a formula in a spreadsheet?

A file without a dangerous cell goes out byte for byte; only where a cell would be run as a formula is that cell made text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lib.exchange.inert import inert_csv

_NUMBER_OR_PHONE = re.compile(r"[+-]?[\d .,]+")
DELIMITERS = ",;\t|"
ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)
"""The date ZIP knows as "none", so that equal data make equal archives."""
CELL_LIMIT = 2**31 - 1
"""The csv module would refuse cells of more than 131,072 characters."""

csv.field_size_limit(CELL_LIMIT)


def whole_file(path: Path) -> bytes:
    """The bytes of a data file, formulas made text; nothing when the file cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError:
        return b""
    return inert_table(raw) if path.suffix.lower() == ".csv" else raw


def whole_package(directory: Path, paths: Iterable[str]) -> bytes:
    """Files of a data directory as one ZIP archive, each as `whole_file` gives it; files that are missing are left out."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path in paths:
            if (directory / path).is_file():
                archive.writestr(ZipInfo(path, ARCHIVE_DATE), whole_file(directory / path), ZIP_DEFLATED)
    return out.getvalue()


def inert_table(raw: bytes) -> bytes:
    """A CSV file whose cells a spreadsheet shows and never runs; unchanged when it already is one."""
    text = raw.decode("utf-8-sig", "replace").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(StringIO(text), delimiter=delimiter))
    if not any(runs(cell) for row in rows for cell in row):
        return raw
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([inert_csv(cell) if runs(cell) else cell for cell in row] for row in rows)
    return out.getvalue().encode()


def runs(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula; plain numbers and phone numbers are none."""
    return not _NUMBER_OR_PHONE.fullmatch(cell) and inert_csv(cell) != cell
