"""No text of a record becomes markup of Typst or XML, a link that runs something, or a document without end."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.domain.links import safe_url
from lib.i18n import Translator
from lib.reports.brief import Gap
from lib.reports.brief_docx import to_docx
from lib.reports.brief_pdf import to_pdf
from lib.reports.document import Document
from lib.reports.make import fitted
from lib.reports.typography import printed
from tests import worlds
from tests.browser import hostile_world
from tests.hostile import PAYLOADS
from tests.reports.briefs import made_up, plain, runs, world

TYPST = (
    '#eval("1+1")',
    "#panic()",
    "#text(red)[x]",
    "$x^2$",
    "*a* _b_ `c`",
    "= Nagłówek",
    "@source-1",
    "<source-1>",
    "#link(1)[x]",
    "\\u{41} \\#",
    "// uwaga /* x */",
    '#read("/etc/passwd")',
    "- a\n+ b\n/ c: d",
    "~ -- --- ... '",
    "#set page(width: 1pt)",
)
"""Texts that mean something in a Typst source; made up for tests."""


@cache
def hostile(folder: Path) -> Catalog:
    return Catalog(load_dataset(hostile_world.write(folder)))


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return hostile(tmp_path_factory.mktemp("hostile"))


@cache
def made(found: Catalog, village: int) -> tuple[Document, bytes]:
    gaps = [Gap(text, text, text, text, text) for text in PAYLOADS[:12]]
    document = fitted(found, worlds.TERYTS[village], Translator("pl"), gaps=gaps, made="2026-11-26")
    return document, to_pdf(document)


@pytest.mark.parametrize("village", [0, 3])
def test_a_world_of_attacks_gives_a_sound_pdf_of_at_most_eight_pages(catalog: Catalog, village: int) -> None:
    document, pdf = made(catalog, village)
    found = PdfReader(io.BytesIO(pdf))
    assert 4 <= len(found.pages) <= 8
    assert found.trailer["/Root"].get("/Names", {}).get("/JavaScript") is None
    assert found.trailer["/Root"].get("/OpenAction") is None or "/JS" not in str(found.trailer["/Root"]["/OpenAction"])
    links = [note.get_object().get("/A", {}) for page in found.pages for note in page.get("/Annots", [])]
    assert {str(action.get("/S")) for action in links if action} <= {"/URI", "/GoTo"}
    assert [a["/URI"] for a in links if "/URI" in a and safe_url(str(a["/URI"])) is None] == []
    assert [run.link for run in runs(document) if run.link and safe_url(run.link) is None] == []


@pytest.mark.parametrize("village", [0, 3])
def test_a_world_of_attacks_gives_a_sound_docx(catalog: Catalog, village: int) -> None:
    content = to_docx(made(catalog, village)[0])
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        relations = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    outside = [one.get("Target", "") for one in relations if one.get("TargetMode") == "External"]
    assert [url for url in outside if safe_url(url) is None] == []
    xml = docx.Document(io.BytesIO(content)).element.xml
    assert set(re.findall(r'w:instr="(\w+)', xml)) <= {"SEQ", "PAGE", "NUMPAGES"}


@pytest.fixture(scope="module")
def typst_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], str, list[str]]:
    """One gmina whose organisations and need are called so: the runs of its brief, the letters of its PDF, the cells of its DOCX."""
    rows = [worlds.resource(0, id=f"r-{i}", name=text) for i, text in enumerate(TYPST)]
    found = world(tmp_path_factory.mktemp("typst"), resources=rows, needs=[worlds.need(0, statement_pl="; ".join(TYPST)[:200])])
    document, pdf = made(found, 0)
    letters = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    tables = docx.Document(io.BytesIO(to_docx(document))).tables
    cells = [plain(cell.text) for table in tables for row in table.rows for cell in row.cells]
    return {plain(run.text) for run in runs(document)}, re.sub(r"[\s\u200b]", "", letters), cells


@pytest.mark.parametrize("text", TYPST)
def test_what_looks_like_typst_is_printed_as_it_is(typst_world: tuple[set[str], str, list[str]], text: str) -> None:
    known, letters, cells = typst_world
    kept = plain(printed(text, "pl"))  # quotation marks become those of the language
    assert kept in known
    assert re.sub(r"\s", "", kept) in letters
    assert any(kept in cell for cell in cells)


def test_a_letter_that_the_typeface_lacks_is_a_box_and_stops_nothing(tmp_path: Path) -> None:
    document = made_up(world(tmp_path, resources=[worlds.resource(0, name="Klub 漢字 🦄 razem")]))
    assert "Klub □ □ razem" in {plain(run.text) for run in runs(document)}
    assert to_pdf(document)[:5] == b"%PDF-"
