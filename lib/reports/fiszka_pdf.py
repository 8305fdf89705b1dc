"""How does the project sheet become a PDF of one A4 page that prints well and is read aloud in order? Its template is `fiszka.typ`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from lib.reports import typesetting
from lib.reports.fiszka import Sheet
from lib.reports.typography import NBSP, clean, printed

ADDRESS = "url"
TEMPLATE = Path(__file__).with_name("fiszka.typ")


def to_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1; its day is printed on it, the file itself carries none, so that equal sheets are equal files."""
    return typesetting.pdf(TEMPLATE, {"sheet": _printable(asdict(sheet), sheet.language)})


def _printable(value: Any, language: str) -> Any:
    """The same with every text fit for print; a character without a shape would stop the typesetter."""
    if isinstance(value, str):
        return printed(clean(value, 2 * len(value)), language).replace(" [", f"{NBSP}[")  # the number of a source stays with its line
    if isinstance(value, dict):  # an address is followed, not read
        return {name: part if name == ADDRESS else _printable(part, language) for name, part in value.items()}
    return [_printable(part, language) for part in value]
