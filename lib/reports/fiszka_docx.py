"""How does the project sheet become a DOCX of one A4 page that a group can go on writing in? Texts stay text: no fields, no links."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from lib.reports.fiszka import Section, Sheet

MARGIN_CM, TOP_CM = 1.7, 1.3
BODY_PT, TITLE_PT, HEADING_PT, SMALL_PT = 9.0, 15.0, 10.5, 7.0
ACCENT, QUIET = (0x24, 0x43, 0x3A), (0x4A, 0x58, 0x52)
BLANK = " ……………………………………………………………………………"
LANGUAGES = {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA"}
FIXED_DATE = (2000, 1, 1)
"""The date in the file's properties: the sheet prints its own, and equal sheets shall be equal files."""


def to_docx(sheet: Sheet) -> bytes:
    """The bytes of the DOCX."""
    import docx

    document = docx.Document()
    _page(document, sheet)
    _paragraph(document, sheet.kicker, size=SMALL_PT + 1.5, colour=QUIET)
    document.add_heading(sheet.title, level=1)
    facts = document.add_paragraph()
    for number, (label, value) in enumerate(sheet.facts):
        _run(facts, ("   " if number else "") + f"{label}: ", colour=QUIET)
        _run(facts, value, bold=True)
    for section in sheet.sections:
        _section(document, section)
    for blank in sheet.blanks:
        _paragraph(document, blank + BLANK, colour=QUIET, before=5)
    _paragraph(document, f"{sheet.sources_title}: {'  '.join(one.text for one in sheet.sources)}", size=SMALL_PT, colour=QUIET, before=5)
    _paragraph(document, sheet.note, size=SMALL_PT, colour=QUIET)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, sheet: Sheet) -> None:
    """Paper, margins, typefaces, the language of the text, and properties without anybody's name."""
    from datetime import datetime

    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    area = document.sections[0]
    area.page_width, area.page_height = Cm(21), Cm(29.7)
    area.left_margin = area.right_margin = Cm(MARGIN_CM)
    area.top_margin = area.bottom_margin = Cm(TOP_CM)
    for name, size in (("Normal", BODY_PT), ("List Bullet", BODY_PT), ("Heading 1", TITLE_PT), ("Heading 2", HEADING_PT)):
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "minorHAnsi")
        style.paragraph_format.space_before = Pt(6 if name == "Heading 2" else 0)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0
        if name.startswith("Heading"):
            style.font.color.rgb = RGBColor(*ACCENT)
    language = document.styles["Normal"].element.get_or_add_rPr()
    language.append(language.makeelement(qn("w:lang"), {qn("w:val"): LANGUAGES.get(sheet.language, LANGUAGES["pl"])}))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = sheet.title, "", ""
    properties.created = properties.modified = datetime(*FIXED_DATE)


def _section(document: Any, section: Section) -> None:
    document.add_heading(section.title, level=2)
    for line in section.lines:
        document.add_paragraph(line, style="List Bullet")


def _paragraph(document: Any, text: str, *, size: float = BODY_PT, colour: tuple[int, int, int] | None = None, before: float = 0) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    _run(paragraph, text, size=size, colour=colour)


def _run(paragraph: Any, text: str, *, size: float = BODY_PT, colour: tuple[int, int, int] | None = None, bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor(*colour)
