"""Claims about the project sheet: one page whatever it holds, text that stays text, and sources for its lines."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.i18n import Translator
from lib.reports.fiszka import (
    LINE_CHARS,
    PRINTED_CHARS,
    PRINTED_LINES,
    SOURCES_CHARS,
    SOURCES_SHOWN,
    Cited,
    Section,
    Sheet,
    fitted,
    offered_parties,
    parties,
    plain,
    sheet,
)
from lib.reports.fiszka_docx import to_docx
from lib.reports.fiszka_pdf import to_pdf
from lib.reports.idea_words import Wording
from lib.reports.ideas import Question, answer, open_desk
from tests import worlds
from tests.hostile import PAYLOADS
from tests.reports.test_idea_cases import ask, desk

DAY = "2026-11-26"
LANGUAGES = ("pl", "en", "uk")
IDEA = "zajęcia komputerowe dla seniorów w remizie"


def made(text: str = IDEA, language: str = "pl", **more: object) -> Sheet:
    found = ask(text, **more)
    return sheet(found, Wording(desk().dataset, desk().reader.concepts_by_id, Translator(language)), day=DAY)  # type: ignore[arg-type]


def pages_and_text(data: bytes) -> tuple[int, str]:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    return len(reader.pages), "\n".join(page.extract_text() for page in reader.pages)


def lines(one: Sheet) -> list[str]:
    return [line for section in one.sections for line in section.lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_answers_in_the_language_asked_for(language: str) -> None:
    one = made(language=language)
    t = Translator(language)
    assert [section.title for section in one.sections] == [
        t(f"idea.sheet.section.{name}") for name in ("want", "why", "how", "whom", "hands", "pay", "ask", "unknown")
    ]
    assert one.title == "Zajęcia komputerowe dla seniorów w remizie"


def test_every_number_of_a_source_is_explained_once() -> None:
    one = made()
    named = {int(n) for line in lines(one) for n in re.findall(r"\[(\d+)\]", line)}
    listed = [int(re.match(r"\[(\d+)\]", source.text)[1]) for source in one.sources]  # type: ignore[index]
    assert listed == list(range(1, len(listed) + 1)) and named == set(listed)


def section(one: Sheet, name: str) -> str:
    """The lines of a section, by the key of its title."""
    title = Translator(one.language)(f"idea.sheet.section.{name}")
    return "\n".join(line for part in one.sections if part.title == title for line in part.lines)


def test_why_here_begins_with_how_many_people_it_is_for_and_that_they_have_no_club() -> None:
    first = section(made(), "why").splitlines()[0]
    assert re.search(r"Przyrów mieszka ok\. \d+ osób w wieku 65\+ \(szacunek\), a dane nie znają stąd klubu seniora", first)
    assert not section(made("orkiestra dęta"), "why").startswith("W gminie")


def test_what_a_partner_usually_has_is_no_fact_and_old_knowledge_says_its_year() -> None:
    one = section(made(), "whom").splitlines()
    assert all("wnosi" not in line for line in one)
    assert any("zwykle ma:" in line and "zapytamy" in line for line in one)
    dated = {item.id: item.as_of for item in desk().dataset.items}
    for code, line in zip(parties(ask(IDEA)), one, strict=True):
        year = dated[code][:4]
        expected = "nie wiemy, czy działa dziś" if not year else f"wiadomo z {year}" if int(year) < 2021 else ""
        assert expected in line


def test_a_club_that_is_only_near_stands_on_the_sheet_when_somebody_chose_it_and_not_before() -> None:
    club = "r-przyrow-klub-sportowy-piast-przyrow"
    assert club in offered_parties(ask(IDEA)) and club not in parties(ask(IDEA))
    assert parties(ask(IDEA, parties=(club, "r-nowhere"))) == (club,)
    assert section(made(parties=(club,)), "whom").startswith("Klub Sportowy")
    assert section(made(parties=()), "whom") == ""


def test_sources_of_the_pdf_are_links_to_pages_of_the_web_only() -> None:
    from pypdf import PdfReader

    one = made()
    links = {
        note.get_object()["/A"]["/URI"]
        for note in PdfReader(BytesIO(to_pdf(one))).pages[0].get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert links == {source.url for source in one.sources if source.url} and links
    assert all(source.url.startswith(("http://", "https://")) for source in one.sources if source.url)
    assert any("/" in source.text for source in one.sources)


def test_the_sheet_says_from_which_month_its_data_is() -> None:
    assert "listopad 2026" in made().note and desk().dataset.version not in made().note


def test_a_long_idea_stands_longer_than_its_title_under_what_is_wanted() -> None:
    one = made("zajęcia komputerowe dla seniorów, " * 20)
    assert len(section(one, "want")) > 2 * len(one.title)


ADVICE = r"\b(?:możecie|róbcie|sprawdźcie|porozmawiajcie|zapytajcie|policzcie|zaplanujcie|znajdźcie|piszecie|Wasz\w*|Was)\b"


@pytest.mark.parametrize("who", ["informal_group", "ngo", "kgw", "municipality"])
@pytest.mark.parametrize("text", [IDEA, "plac zabaw przy szkole za 500 tys. zł", "festyn rodzinny z orkiestrą dla seniorów"])
def test_the_sheet_speaks_for_the_group_and_never_to_it(text: str, who: str) -> None:
    said = " ".join((*lines(made(text, who=who)), made(text, who=who).note))
    assert re.findall(ADVICE, said, re.IGNORECASE) == []
    assert "Chcemy" in said


def test_needs_of_other_gminas_come_with_their_gmina_and_the_caveat_of_the_screen() -> None:
    why = section(made(), "why").splitlines()
    assert why[1] == Translator("pl")("idea.sheet.no_matter")
    assert [line.split(":")[0] for line in why[2:4]] == ["Gmina Kruszyna", "Gmina Częstochowa"]


def test_the_place_that_the_idea_names_stands_by_name_among_the_partners_and_in_the_request() -> None:
    one = made()
    assert section(one, "whom").startswith("OSP Przyrów:")
    assert "OSP Przyrów" in section(one, "ask") and "OSP Przyrów" in section(one, "want")


def test_a_neighbours_place_is_not_asked_of_the_own_gmina() -> None:
    one = made("kawiarenka naprawcza w bibliotece", teryt="2406013")
    assert "Wręczyc" not in section(one, "want")
    t = Translator("pl")
    assert section(one, "ask").startswith(t("idea.sheet.ask.place_near", names="Biblioteka", near="")[:30])


def test_what_is_known_from_years_ago_is_not_said_to_work_already() -> None:
    why = section(made("opieka wytchnieniowa dla rodzin osób niepełnosprawnych", teryt="2464011", who="ngo"), "why")
    assert [
        line for line in why.splitlines() if line.startswith("Już działa") and int(re.findall(r"wiadomo z: (\d{4})", line)[0]) < 2021
    ] == []
    assert "Znane w gminie sprzed lat" in why


def test_a_library_joined_with_a_culture_centre_is_the_library_that_the_idea_names() -> None:
    assert "Gminne Centrum Kultury i Biblioteka w Przyrowie" in section(made("kawiarenka naprawcza w bibliotece"), "ask")


def test_what_lies_eighteen_kilometres_off_or_years_back_does_not_work_nearby() -> None:
    why = section(made(), "why")
    assert "Już działa" not in why and re.search(r"11,4 km, wiadomo z: \d{4}", why)


def test_what_is_not_known_yet_is_said() -> None:
    t = Translator("pl")
    said = section(made(), "unknown")
    assert t("idea.sheet.unknown.people") in said and t("idea.sheet.unknown.cost") in said
    assert t("idea.sheet.unknown.cost") not in section(made("plac zabaw za 50 tys. zł"), "unknown")


def test_without_need_and_programme_the_sheet_says_so() -> None:
    one = made("bździągwa frymuśna", who="school")
    assert any(line == Translator("pl")("idea.sheet.no_need") for line in lines(one))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_one_page_and_holds_every_line(language: str) -> None:
    one = made(language=language)
    pages, text = pages_and_text(to_pdf(one))
    assert pages == 1
    flat = re.sub(r"[\s\-\u2010\u00ad]+", "", text)
    for line in (one.title, *lines(one)):
        assert re.sub(r"[\s\-\u2010\u00ad]+", "", line) in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_set_in_the_typeface_of_the_brief(language: str) -> None:
    from pypdf import PdfReader

    one = made(language=language)
    reader = PdfReader(BytesIO(to_pdf(one)))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).split("-")[0] == language  # type: ignore[index]
    assert b"pdfuaid:part>1" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    assert {str(font.get_object()["/BaseFont"]).split("+")[-1].split("-")[0] for font in fonts} == {"SourceSans3"}


def test_a_sign_without_a_shape_does_not_stop_the_sheet() -> None:
    pages, text = pages_and_text(to_pdf(made("klub seniora 🧓 漢字 \u202e w remizie")))
    assert pages == 1 and "w remizie" in " ".join(text.split())


def test_equal_sheets_are_equal_files() -> None:
    assert to_pdf(made()) == to_pdf(made())
    assert ZipFile(BytesIO(to_docx(made()))).read("word/document.xml") == ZipFile(BytesIO(to_docx(made()))).read("word/document.xml")


MOST_LINES = (2, 6, 4, 5, 2, 3, 4, 4)
"""How many lines each section can have."""


def full(text: str) -> Sheet:
    """A sheet with as many lines as there can be, each the longest that may come."""
    sections = [Section(plain(text, 60), tuple(plain(text * 40, LINE_CHARS - 4) + " [9]" for _ in range(n))) for n in MOST_LINES]
    return Sheet(
        "pl",
        "x",
        plain(text * 9, 90),
        (("Kto", text[:90]),) * 5,
        fitted(sections),
        ("a", "b", "c"),
        "Źródła",
        (Cited("xyz " * (SOURCES_CHARS // SOURCES_SHOWN // 4), "https://a.pl"),) * SOURCES_SHOWN,
        "y",
    )


def test_the_longest_texts_still_make_one_page() -> None:
    one = full("Wykonywalnościowy tekst próbny ")
    assert sum(-(-len(line) // PRINTED_CHARS) for line in lines(one)) <= PRINTED_LINES
    assert all(line.endswith(" [9]") for line in lines(one))
    assert pages_and_text(to_pdf(one))[0] == 1


def test_no_answer_has_more_lines_than_that() -> None:
    for text in (IDEA, "festyn rodzinny z orkiestrą dla seniorów " * 9, "plac zabaw", ""):
        one = made(text, who="municipality")
        assert all(len(section.lines) <= max(MOST_LINES) for section in one.sections) and len(lines(one)) <= sum(MOST_LINES)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_the_docx_prints_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(to_docx(full("Wykonywalnościowy tekst próbny ")))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=180)
    assert pages_and_text((tmp_path / "a.pdf").read_bytes())[0] == 1


TYPST = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "#set page(width: 1pt)",
    "$x^2$",
    "*b* _i_ `r`",
    "= H",
    '#include "x"',
    "@ref",
    "<label>",
    "\\ \\#",
    "]#[",
    '"#{',
    "//c",
)


@pytest.mark.parametrize("text", TYPST)
def test_typst_markup_is_printed_as_it_was_typed(text: str) -> None:
    one = Sheet("pl", text, text, ((text, text),), (Section(text, (text, text)),), (text,), text, (Cited(text, ""),), text)
    _, printed = pages_and_text(to_pdf(one))
    squeezed = re.sub(r"\s+", "", printed)
    assert re.sub(r"\s+", "", text).replace('"', "")[:4] in squeezed.replace("“", "").replace("”", "").replace("„", "").replace('"', "")


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 12))
def test_hostile_ideas_and_records_make_a_page_and_no_markup(tmp_path: Path, start: int) -> None:
    texts = PAYLOADS[start : start + 5] * 5
    worlds.write_world(
        tmp_path,
        resources=[worlds.resource(i, name=texts[i], phone=texts[i]) for i in range(5)],
        needs=[worlds.need(i, statement_pl=texts[i]) for i in range(5)],
        initiatives=[worlds.initiative(i, title=texts[i], organisers=texts[i], funding=texts[i]) for i in range(2)],
        funding=[worlds.programme(0, name=texts[0], operator=texts[1], who_can_apply="informal_group")],
    )
    catalog = Catalog(load_dataset(tmp_path))
    made_up = open_desk(catalog, {})
    words = Wording(catalog.dataset, made_up.reader.concepts_by_id, Translator("pl"))
    one = sheet(answer(made_up, Question(texts[0] + " zdrowie seniorów", worlds.TERYTS[0])), words, day=DAY)
    assert pages_and_text(to_pdf(one))[0] == 1
    document = ZipFile(BytesIO(to_docx(one))).read("word/document.xml").decode()
    assert "<w:hyperlink" not in document and "w:instrText" not in document and "<script" not in document
    assert not any("\x00" <= ch < "\x20" for line in lines(one) for ch in line)
