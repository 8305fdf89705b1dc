"""How does a brief become a PDF that prints well, can be searched, and is read aloud in order? Its template is `brief.typ`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from lib.reports import typesetting
from lib.reports.document import Document, Picture

TEMPLATE = Path(__file__).with_name("brief.typ")


def to_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1; equal documents give equal bytes."""
    return typesetting.pdf(TEMPLATE, {"document": as_data(document), "only": None}, day=document.made)


def extent(document: Document) -> tuple[int, float]:
    """How many pages a document fills, and how much of the last one (0..1)."""
    found = typesetting.queried(TEMPLATE, {"document": as_data(document), "only": None}, "<end>")
    return int(found["page"]), float(found["filled"])


def to_png(picture: Picture, lang: str) -> bytes:
    """One picture with its labels as PNG, for formats that hold no vectors."""
    return typesetting.png(TEMPLATE, {"document": {"lang": lang}, "only": as_data(picture)})


def as_data(value: Any) -> Any:
    """A document, or any part of it, as what JSON can hold; each part says what it is in `type`."""
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__, **own}
    if isinstance(value, str):
        return value
    return [as_data(part) for part in value] if isinstance(value, Sequence) else value
