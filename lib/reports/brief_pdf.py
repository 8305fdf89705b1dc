"""How does a brief become a PDF that prints well, can be searched, and is read aloud in order? Typeset by Typst from data.

The template `brief.typ` receives the whole document as JSON strings: no text of a record ever becomes markup. The PDF conforms to
PDF/UA-1 (ISO 14289-1): tagged, with language and title, alternatives for drawings, and every font embedded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lib.reports.document import Document, Picture
from lib.reports.fonts import FAMILY, folder

TEMPLATE = Path(__file__).with_name("brief.typ")
STANDARD = "ua-1"
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file's properties when the document has no day, so that equal documents are equal files."""
PICTURE_PPI = 300.0
"""Pixels per inch of a picture that is not kept as vectors: what office printers resolve."""


def to_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1; equal documents give equal bytes."""
    return _compile({"document": as_data(document), "only": None, "font": FAMILY}, "pdf", document.made)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of this module has: the count of its page tree, which Typst writes uncompressed."""
    found = _PAGES.search(pdf)
    return int(found[1]) if found else 0


def to_png(picture: Picture, lang: str) -> bytes:
    """One picture with its labels as PNG, for formats that hold no vectors."""
    return _compile({"document": {"lang": lang}, "only": as_data(picture), "font": FAMILY}, "png", "")


def _compile(data: dict[str, Any], form: str, made: str) -> bytes:
    import typst

    compiler: Any = typst.compile
    options: dict[str, Any] = {"pdf_standards": [STANDARD], "timestamp": _moment(made)} if form == "pdf" else {"ppi": PICTURE_PPI}
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    found = compiler(TEMPLATE.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True, format=form, sys_inputs=inputs, **options)
    return bytes(found if isinstance(found, bytes) else found[0])


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder()])


def _moment(made: str) -> datetime:
    try:
        return datetime.fromisoformat(made).replace(tzinfo=UTC)
    except ValueError:
        return NO_DATE


def as_data(value: Any) -> Any:
    """A document, or any part of it, as what JSON can hold; each part says what it is in `type`."""
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__, **own}
    if isinstance(value, str):
        return value
    return [as_data(part) for part in value] if isinstance(value, Sequence) else value
