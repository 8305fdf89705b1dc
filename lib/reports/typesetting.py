"""How does a Typst template become a file? With our typeface alone, as PDF/UA-1 (ISO 14289-1), and equal data give equal bytes.

A template receives everything as JSON strings in `sys.inputs.data`: no text of a record ever becomes markup. PDF/UA-1 means: tagged, with
language and title, alternatives for drawings, every font embedded, and no character without a shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lib.reports.fonts import FAMILY, folder

STANDARD = "ua-1"
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file's properties when the document has no day, so that equal documents are equal files."""
PICTURE_PPI = 300.0
"""Pixels per inch of a picture that is not kept as vectors: what office printers resolve."""


def pdf(template: Path, data: Mapping[str, Any], *, day: str = "") -> bytes:
    """The bytes of the PDF; `day` (YYYY-MM-DD) goes into the file's properties."""
    return _compile(template, data, format="pdf", pdf_standards=[STANDARD], timestamp=_moment(day))


def png(template: Path, data: Mapping[str, Any]) -> bytes:
    """The first page as a PNG."""
    return _compile(template, data, format="png", ppi=PICTURE_PPI)


def queried(template: Path, data: Mapping[str, Any], label: str) -> Any:
    """What a template says of itself at a label, without a file being made."""
    import typst

    ask: Any = typst.query
    found = ask(template.read_bytes(), label, field="value", one=True, **_given(data))
    return json.loads(found)


def _compile(template: Path, data: Mapping[str, Any], **options: Any) -> bytes:
    import typst

    compiler: Any = typst.compile
    found = compiler(template.read_bytes(), **_given(data), **options)
    return bytes(found if isinstance(found, bytes) else found[0])


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    """What every run of the compiler is given: our typeface alone, and the data."""
    inputs = {"data": json.dumps({"font": FAMILY, **data}, ensure_ascii=False)}
    return {"font_paths": typefaces(), "ignore_system_fonts": True, "sys_inputs": inputs}


@cache
def typefaces() -> Any:
    """The font files of our typeface, as the compiler wants them, and no others."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder()])


def _moment(day: str) -> datetime:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return NO_DATE
