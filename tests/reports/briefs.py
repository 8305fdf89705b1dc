"""The briefs that several tests look at, each made once: all 31 gminas in Polish, three of them in the other languages."""

from __future__ import annotations

import io
from functools import cache

from pypdf import PdfReader

from lib.analysis.gaps import Assessment, assess_all
from lib.analysis.region import Region
from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.i18n import Translator
from lib.reports.brief import brief
from lib.reports.brief_gaps import gaps_of
from lib.reports.brief_pdf import extent, to_pdf
from lib.reports.document import Document, Paragraph, Row, Run, Text
from lib.reports.make import fitted
from lib.settings import DATA_DIR
from tests import worlds

THIN, KLOMNICE, CITY = "2406072", "2404052", "2464011"
MADE = "2026-11-26"


@cache
def catalog() -> Catalog:
    return Catalog(load_dataset(DATA_DIR))


@cache
def assessments() -> dict[str, Assessment]:
    return assess_all(Region.of(catalog().dataset))


def made(teryt: str, language: str = "pl") -> tuple[Document, bytes]:
    """The document of a gmina and its PDF."""
    return _made(teryt, language)


@cache
def _made(teryt: str, language: str) -> tuple[Document, bytes]:
    t = Translator(language)
    document = fitted(catalog(), teryt, t, gaps=gaps_of(assessments(), teryt, t), made=MADE)
    return document, to_pdf(document)


@cache
def extent_of(teryt: str, language: str) -> tuple[int, float]:
    """What the typesetter says of the document's pages: their number, and how full the last one is."""
    return extent(made(teryt, language)[0])


def reader(teryt: str, language: str = "pl") -> PdfReader:
    """The PDF, parsed once."""
    return _reader(teryt, language)


@cache
def _reader(teryt: str, language: str) -> PdfReader:
    return PdfReader(io.BytesIO(made(teryt, language)[1]))


def pages(teryt: str, language: str = "pl") -> tuple[str, ...]:
    """The text of every page, blanks made plain."""
    return _pages(teryt, language)


@cache
def _pages(teryt: str, language: str) -> tuple[str, ...]:
    return tuple(plain(page.extract_text()) for page in reader(teryt, language).pages)


def plain(text: str) -> str:
    """Text without the difference between kinds of blanks, line ends and places to break a word."""
    return " ".join(text.replace("\u200b", "").replace("\u2060", "").split())


def said(text: Text) -> str:
    return "".join(run.text for run in text)


def paragraphs(document: Document, section: str) -> list[str]:
    """The paragraphs of a section as plain text."""
    found = next(part for part in document.sections if part.key == section)
    return [plain(said(block.text)) for block in found.blocks if isinstance(block, Paragraph)]


def cell_texts(row: Row) -> list[str]:
    return [plain(said(cell)) for cell in row.cells]


def runs(value: object) -> list[Run]:
    """Every run below a part of a document."""
    if isinstance(value, Run):
        return [value]
    if isinstance(value, (tuple, list)):
        return [run for part in value for run in runs(part)]
    fields = getattr(value, "__dataclass_fields__", {})
    return [run for name in fields for run in runs(getattr(value, name))]


def world(tmp_path: object, **tables: list[worlds.Row]) -> Catalog:
    """The five made-up villages with some tables replaced."""
    from pathlib import Path

    return Catalog(load_dataset(worlds.write_world(Path(str(tmp_path)), **tables)))


def made_up(found: Catalog, village: int = 0, language: str = "pl", **options: object) -> Document:
    return brief(found, worlds.TERYTS[village], Translator(language), **options)  # type: ignore[arg-type]
