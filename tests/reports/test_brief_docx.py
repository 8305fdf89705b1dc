"""The DOCX can be edited like a document of an office: headings, lists, captions, repeated table heads, fields, and it opens elsewhere."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from lib.domain.links import safe_url
from lib.i18n import Translator
from lib.reports.brief_docx import to_docx
from lib.reports.brief_gaps import gaps_of
from lib.reports.document import FORMATS, Bullets, Document, Heading, Question, Table
from lib.reports.make import make_brief
from tests import worlds
from tests.reports.briefs import CITY, KLOMNICE, MADE, THIN, assessments, catalog, made, made_up, plain, runs, world

EVERY = [(THIN, "pl"), (KLOMNICE, "uk"), (CITY, "en")]
OFFICE = shutil.which("soffice")


@cache
def written(teryt: str, language: str) -> bytes:
    return to_docx(made(teryt, language)[0])


def opened(teryt: str, language: str) -> Any:
    return docx.Document(io.BytesIO(written(teryt, language)))


def styled(found: Any, *names: str) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.style.name in names]


def tables_of(document: Document) -> list[Table]:
    return [block for section in document.sections for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_it_has_the_sections_of_the_pdf_as_real_headings(teryt: str, language: str) -> None:
    document, found = made(teryt, language)[0], opened(teryt, language)
    assert styled(found, "Title") == [document.title]
    assert styled(found, "Heading 1") == [f"{i}. {section.title}" for i, section in enumerate(document.sections, 1)]
    below = [block for section in document.sections for block in section.blocks if isinstance(block, (Heading, Question))]
    assert [re.sub(r"^\d\. ", "", text) for text in styled(found, "Heading 2")] == [
        block.text if isinstance(block, Heading) else block.title for block in below
    ]


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_every_table_has_a_heading_row_that_repeats_and_rows_that_stay_whole(teryt: str, language: str) -> None:
    found = opened(teryt, language)
    assert len(found.tables) == len(tables_of(made(teryt, language)[0])) + 1  # and the key figures
    for table in found.tables:
        heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads[0]
        assert not any(heads[1:])
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[2:])
        assert table.style.name == "Brief Table"


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_captions_lists_and_numbers_are_what_word_makes_them(teryt: str, language: str) -> None:
    document, found = made(teryt, language)[0], opened(teryt, language)
    xml = found.element.xml
    assert len(re.findall(rf'w:instr="SEQ {document.table_word}', xml)) == len(tables_of(document))
    assert len(re.findall(rf'w:instr="SEQ {document.picture_word}', xml)) == 1
    facts = [block for section in document.sections for block in section.blocks if isinstance(block, (Bullets, Question))]
    listed = sum(len(block.items) if isinstance(block, Bullets) else len(block.facts) for block in facts)
    assert len(styled(found, "List Bullet")) == listed
    footers = found.sections[0].footer._element.xml + found.sections[0].first_page_footer._element.xml
    assert footers.count('w:instr="PAGE"') == footers.count('w:instr="NUMPAGES"') == 2


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_the_cells_say_what_the_document_says(teryt: str, language: str) -> None:
    tables = opened(teryt, language).tables[1:]
    for table, block in zip(tables, tables_of(made(teryt, language)[0]), strict=True):
        assert [cell.text for cell in table.rows[0].cells] == [column.label for column in block.columns]
        first = next(row for row in block.rows if not row.group)
        place = list(block.rows).index(first) + 1
        assert table.rows[place].cells[0].text == "".join(run.text for run in first.cells[0])
        assert len(table.rows) == len(block.rows) + 1


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_language_properties_and_the_picture_in_words(teryt: str, language: str) -> None:
    document, found = made(teryt, language)[0], opened(teryt, language)
    tag = {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA"}[language]
    assert found.core_properties.language == tag
    assert document.title in found.core_properties.title
    assert found.core_properties.author == document.brand
    assert f'w:lang w:val="{tag}"' in found.styles.element.xml
    alts = [shape.get("descr") for shape in found.element.iter(qn("wp:docPr"))]
    assert len(alts) == 1
    assert document.title in str(alts[0])
    foreign = {run.lang for run in runs(document)} - {""}
    assert foreign == (set() if language == "pl" else {"pl"})
    assert ('w:lang w:val="pl-PL"' in found.element.xml) == (language != "pl")


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_every_mark_leads_to_a_bookmark_of_the_sources(teryt: str, language: str) -> None:
    xml = opened(teryt, language).element
    names = {mark.get(qn("w:name")) for mark in xml.iter(qn("w:bookmarkStart"))}
    anchors = {link.get(qn("w:anchor")) for link in xml.iter(qn("w:hyperlink"))} - {None}
    assert anchors
    assert anchors <= names


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_links_outside_are_safe_ones_and_nothing_is_loaded_from_outside(teryt: str, language: str) -> None:
    with ZipFile(io.BytesIO(written(teryt, language))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    relations = ElementTree.fromstring(parts["word/_rels/document.xml.rels"])
    outside = [one for one in relations if one.get("TargetMode") == "External"]
    assert outside
    assert {one.get("Type", "").rsplit("/", 1)[-1] for one in outside} == {"hyperlink"}
    assert [one.get("Target") for one in outside if safe_url(one.get("Target", "")) is None] == []


def test_both_formats_are_made_from_the_same_words() -> None:
    t = Translator("pl")
    content = make_brief(catalog(), THIN, t, "docx", gaps=gaps_of(assessments(), THIN, t), made=MADE)
    assert set(FORMATS) == {"pdf", "docx"}
    assert [p.text for p in docx.Document(io.BytesIO(content)).paragraphs] == [p.text for p in opened(THIN, "pl").paragraphs]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    from pypdf import PdfReader

    source = tmp_path / "karta.docx"
    source.write_bytes(written(THIN, "pl"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = PdfReader(tmp_path / "karta.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in found).split())
    assert 4 <= len(found) <= 9  # with whatever typeface stands in for the one the document names
    assert all(section.title in text for section in made(THIN)[0].sections)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_polish_calls_and_names_are_marked_as_polish_for_the_spelling_and_for_screen_readers(tmp_path: Path, language: str) -> None:
    found = docx.Document(io.BytesIO(to_docx(made_up(world(tmp_path, funding=[worlds.programme(1)]), 0, language))))
    marked = {
        plain("".join(text.text or "" for text in run.iter(qn("w:t"))))
        for run in found.element.body.iter(qn("w:r"))
        if any(lang.get(qn("w:val")) == "pl-PL" for lang in run.iter(qn("w:lang")))
    }
    assert {"Program zmyślony 1", "Fundacja zmyślona", "co roku", "Koło zmyślone 0"} <= marked
