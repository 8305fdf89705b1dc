"""The PDF of every gmina has 4 to 8 pages, says what it should, embeds its typeface and can be read aloud; nothing in it is markup."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from lib.catalog.collation import polish_key
from lib.domain.links import safe_url
from lib.i18n import Translator
from lib.reports import make
from lib.reports.brief_gaps import gaps_of
from lib.reports.brief_pdf import to_pdf
from lib.reports.document import Document, Picture, Question, SourceList, Table
from lib.reports.make import LEAST_ON_LAST, PAGES
from lib.reports.partners import INVITED
from lib.reports.typography import PRINTABLE, clean, printed
from lib.reports.words import NAME_LIMIT
from tests.reports.briefs import CITY, KLOMNICE, MADE, THIN, assessments, catalog, extent_of, made, pages, paragraphs, plain, reader, runs

GMINAS = sorted(catalog().dataset.gminas, key=lambda code: polish_key(catalog().dataset.gminas[code].name))
OTHERS = [(THIN, "en"), (KLOMNICE, "uk"), (CITY, "en")]
EVERY = [*((teryt, "pl") for teryt in GMINAS), *OTHERS]
LANGUAGE_TAGS = {"pl": "pl", "en": "en", "uk": "uk"}


def root(teryt: str, language: str = "pl") -> Any:
    return reader(teryt, language).trailer["/Root"].get_object()


@cache
def structure(teryt: str, language: str = "pl") -> dict[str, int]:
    """How often each kind of tag stands in the structure that a screen reader follows."""
    found: dict[str, int] = {}
    waiting, seen = [root(teryt, language)["/StructTreeRoot"].get_object()], set()
    while waiting:
        node = waiting.pop()
        if not hasattr(node, "get") or id(node) in seen:
            continue
        seen.add(id(node))
        if "/S" in node:
            found[node["/S"]] = found.get(node["/S"], 0) + 1
        children = node.get("/K", [])
        waiting += [child.get_object() for child in (children if isinstance(children, list) else [children])]
    return found


def test_the_data_has_all_gminas_of_the_subregion() -> None:
    assert len(GMINAS) == 31


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_a_brief_has_four_to_eight_pages(teryt: str, language: str) -> None:
    assert 4 <= len(pages(teryt, language)) <= 8
    assert extent_of(teryt, language)[0] == len(pages(teryt, language))


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_its_text_can_be_found(teryt: str, language: str) -> None:
    """The gmina's name on the first page, every section in order, the name of a record of each kind that the gmina has."""
    document, found = made(teryt, language)[0], pages(teryt, language)
    whole, name = " ".join(found), catalog().dataset.gminas[teryt].name
    assert name in found[0]
    places = [whole.find(f"{i}. {plain(section.title)}") for i, section in enumerate(document.sections, 1)]
    assert min(places) >= 0
    assert places == sorted(places)
    for caption in (block.caption for section in document.sections for block in section.blocks if isinstance(block, (Table, Picture))):
        assert re.sub(r"\W", "", caption) in re.sub(r"\W", "", whole)


@pytest.mark.parametrize("teryt", [code for code in GMINAS if code != CITY])
def test_every_organisation_of_the_gmina_is_on_the_list_of_guests(teryt: str) -> None:
    """However short the lists of the brief were made: the only KGW of a village must not give way to those of its neighbours."""
    assert missing_guests(made(teryt)[0], teryt) == []


@pytest.mark.parametrize(("teryt", "language"), [one for one in EVERY if one[0] != CITY])
def test_a_docx_of_the_same_rows_has_a_page_to_grow(teryt: str, language: str) -> None:
    assert len(pages(teryt, language)) <= PAGES


@pytest.mark.parametrize("teryt", GMINAS)
def test_pdf_and_docx_have_the_same_numbered_sources(teryt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is "[20]" for whoever holds the PDF is "[20]" for whoever edits the DOCX."""
    seen: list[Document] = []
    monkeypatch.setattr(make, "to_docx", lambda document: seen.append(document) or b"")
    t = Translator("pl")
    make.make_brief(catalog(), teryt, t, "docx", gaps=gaps_of(assessments(), teryt, t), made=MADE)
    entries = [[b.entries for s in one.sections for b in s.blocks if isinstance(b, SourceList)] for one in (seen[0], made(teryt)[0])]
    assert entries[0] == entries[1] != [()]


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_no_brief_ends_with_a_page_of_a_few_sources(teryt: str, language: str) -> None:
    assert extent_of(teryt, language)[1] >= LEAST_ON_LAST


@pytest.mark.parametrize("teryt", GMINAS)
def test_every_guest_and_programme_that_the_agenda_names_stands_in_its_table(teryt: str) -> None:
    document = made(teryt)[0]
    names = {}
    for key in ("partners", "programmes"):
        section = next(part for part in document.sections if part.key == key)
        tables = [block for block in section.blocks if isinstance(block, Table)]
        names[key] = {row.cells[0][0].text for table in tables for row in table.rows if not row.group}
    questions = [block for part in document.sections for block in part.blocks if isinstance(block, Question)]
    guests = [run.text for fact in questions[2].facts for run in fact if run.text in all_names()]
    money = [run.text for run in questions[4].facts[-1] if run.text in all_names()]
    assert guests and money
    assert set(guests) <= names["partners"]
    assert set(money) <= names["programmes"]


@cache
def all_names() -> frozenset[str]:
    """The names of all organisations and programmes as they are printed."""
    kinds = ("resources", "funding")
    return frozenset(printed(clean(i.name, NAME_LIMIT), "pl") for i in catalog().dataset.items if i.kind in kinds)


def missing_guests(document: Document, teryt: str) -> list[str]:
    """Organisations of the gmina that could be invited and are not on the list."""
    section = next(part for part in document.sections if part.key == "partners")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    listed = {plain(row.cells[0][0].text) for row in table.rows if not row.group}
    own = [i.name for i in catalog().dataset.items if i.kind == "resources" and i.teryt == teryt and i.category in INVITED]
    return [name for name in own if plain(printed(clean(name, NAME_LIMIT), "pl")) not in listed]


def test_a_city_says_how_many_of_its_organisations_are_not_on_the_list() -> None:
    section = next(part for part in made(CITY)[0].sections if part.key == "partners")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    own = sum(i.kind == "resources" and i.teryt == CITY and i.category in INVITED for i in catalog().dataset.items)
    told = paragraphs(made(CITY)[0], "partners")[0]
    (shown, of, more) = map(int, re.findall(r"gminy: (\d+) z (\d+), .*Pozostałe \((\d+)\)", told)[0])
    assert of == own
    assert shown + more == own
    assert 0 < shown < sum(not row.group for row in table.rows)


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_no_page_is_empty(teryt: str, language: str) -> None:
    """A running head and a foot alone have some 110 letters."""
    assert min(len(text) for text in pages(teryt, language)) > 200


@pytest.mark.parametrize("teryt", GMINAS)
def test_the_records_that_are_listed_are_in_the_text(teryt: str) -> None:
    """Line ends and hyphens aside, which the typesetter puts where it likes."""
    letters = re.sub(r"\W", "", " ".join(pages(teryt)))
    document = made(teryt)[0]
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    names = [row.cells[0][0].text for table in tables for row in table.rows if not row.group]
    assert len(names) > 10
    assert [name for name in names if re.sub(r"\W", "", name) not in letters] == []


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_every_font_is_embedded(teryt: str, language: str) -> None:
    found = {}
    for page in reader(teryt, language).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            keys = inner["/FontDescriptor"].get_object().keys()
            found[inner["/BaseFont"]] = {"/FontFile2", "/FontFile3"} & set(keys)
    assert found
    assert all(found.values())
    assert {name.split("+")[-1].split("-")[0] for name in found} == {"SourceSans3"}


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_it_is_tagged_and_says_its_language_and_title(teryt: str, language: str) -> None:
    catalogue, document = root(teryt, language), made(teryt, language)[0]
    assert catalogue["/MarkInfo"]["/Marked"] is True or catalogue["/MarkInfo"]["/Marked"].value is True
    assert str(catalogue["/Lang"]).split("-")[0] == LANGUAGE_TAGS[language]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    meta = reader(teryt, language).metadata
    assert meta is not None
    assert str(meta.title) == f"{document.title} – {Translator(language)('brief.kind')}"
    assert b"pdfuaid:part>1" in catalogue["/Metadata"].get_object().get_data()


@pytest.mark.parametrize(("teryt", "language"), [(THIN, "pl"), (KLOMNICE, "pl"), (CITY, "pl"), *OTHERS])
def test_a_screen_reader_finds_headings_lists_tables_and_the_map_in_words(teryt: str, language: str) -> None:
    document, tags = made(teryt, language)[0], structure(teryt, language)
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    assert tags["/H1"] >= len(document.sections)
    assert tags["/H2"] >= 5
    assert tags["/Table"] == len(tables)
    assert tags["/TH"] >= sum(len(table.columns) for table in tables)
    assert tags["/L"] >= 5
    assert tags["/Figure"] >= 1
    assert tags.get("/Link", 0) > 20


def test_the_picture_has_an_alternative_that_says_what_is_on_it() -> None:
    picture = next(b for s in made(KLOMNICE)[0].sections for b in s.blocks if isinstance(b, Picture))
    assert "Kłomnice" in picture.alt
    assert "KGW (5)" in picture.alt
    assert "Mykanów" in picture.alt


@pytest.mark.parametrize(("teryt", "language"), EVERY)
def test_every_mark_leads_to_an_entry_and_every_entry_is_marked(teryt: str, language: str) -> None:
    document = made(teryt, language)[0]
    entries = next(b for s in document.sections for b in s.blocks if isinstance(b, SourceList)).entries
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert {run.note for run in runs(document) if run.note} == {entry.number for entry in entries}


@pytest.mark.parametrize(("teryt", "language"), OTHERS)
def test_every_link_is_a_safe_one(teryt: str, language: str) -> None:
    found = []
    for page in reader(teryt, language).pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            if "/URI" in action:
                found.append(str(action["/URI"]))
    assert len(found) > 10
    assert [url for url in found if safe_url(url) is None] == []


def test_pages_carry_their_number_of_all_and_later_ones_a_running_head() -> None:
    found = pages(KLOMNICE)
    for number, text in enumerate(found, 1):
        assert f"{number} z {len(found)}" in text
        assert ("Kłomnice · Karta gminy" in text) == (number > 1)


def test_the_agenda_asks_the_five_questions_in_order() -> None:
    whole = " ".join(pages(KLOMNICE))
    asked = ["Co zrobić?", "Jak to zrobić?", "Z kim?", "Co, jeśli brakuje ludzi?", "Jak za to zapłacić?"]
    places = [whole.find(f"{i}. {question}") for i, question in enumerate(asked, 1)]
    assert min(places) > 0
    assert places == sorted(places)


def test_a_table_that_goes_on_repeats_its_heading_row() -> None:
    """The list of guests of Kłomnice, 33 of its own, is longer than the rest of its page."""
    heads = [number for number, text in enumerate(pages(KLOMNICE)) if "Nazwa km Dlaczego Źródło" in text]
    assert len(heads) >= 2


def test_no_one_letter_word_ends_a_line() -> None:
    lines = [line.rstrip() for page in reader(CITY).pages for line in page.extract_text().splitlines()]
    assert [line for line in lines if re.search(r"(?:^|\s)[wzoauiWZOAUI]$", line)] == []


def test_equal_documents_are_equal_files() -> None:
    document = made(THIN)[0]
    assert to_pdf(document) == to_pdf(document)


def test_the_day_of_preparation_is_printed() -> None:
    assert Translator("pl").date(MADE) in pages(THIN)[0]


def test_the_typeface_has_every_character_that_text_may_keep() -> None:
    """Typst refuses to write a PDF/UA file with a character that has no shape."""
    import typst

    from lib.reports.typesetting import typefaces

    kept = " ".join(chr(code) for code in range(0x20, 0x10000) if re.match(f"[{PRINTABLE}]", chr(code)))
    look = b'#set document(title: "x")\n#set text(font: "Source Sans 3", fallback: false, lang: "pl")\n'
    source = look + b"= T\n#sys.inputs.text *#sys.inputs.text*"
    options: Any = {"font_paths": typefaces(), "ignore_system_fonts": True, "sys_inputs": {"text": kept}, "pdf_standards": ["ua-1"]}
    assert typst.compile(source, **options)[:5] == b"%PDF-"


def test_needs_of_a_vote_are_told_in_short_with_how_the_vote_ended() -> None:
    text = " ".join(" ".join(pages(CITY)).split())
    assert "potrzebę: Budowa" not in text
    assert "Budowa ekologicznego zaplecza" in text and Translator("pl")("brief.needs.lost") in text
