"""How does a brief become a DOCX that an office can go on editing? The same blocks as the PDF, written with real styles and fields."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from lib.reports.brief_pdf import to_png
from lib.reports.document import (
    Block,
    Bullets,
    Document,
    Fields,
    Figures,
    Heading,
    Paragraph,
    Picture,
    Question,
    Row,
    Run,
    SourceList,
    Table,
    Text,
)  # fmt: skip
from lib.reports.docx_styles import LOCALES, TABLE_STYLE, TINT, element, set_up

PAGE_MM, SIDE_MM, TOP_MM, BOTTOM_MM = (210, 297), 18, 17, 16
TEXT_MM = PAGE_MM[0] - 2 * SIDE_MM
PROPERTY_LIMIT = 255
"""Characters that a property of an Office file may have."""
STYLE_OF_ROLE = {"body": "Body Text", "lead": "Brief Lead", "head": "Body Text", "quiet": "Brief Note", "notice": "Brief Notice"}


def to_docx(document: Document) -> bytes:
    """The document as DOCX with headings, table headings that repeat, captions, notes that lead to the sources, and page numbers."""
    return Writer(document).bytes()


class Writer:
    """Writes one document block by block; counters for captions and bookmarks live here."""

    def __init__(self, brief: Document) -> None:
        import docx

        self.brief = brief
        self.file = docx.Document()
        self.tables = self.pictures = self.drawn = 0
        set_up(self.file, brief.lang)
        self.style_ids = {style.name: style.style_id for style in self.file.styles}
        self._page()
        self._properties()

    def bytes(self) -> bytes:
        brief = self.brief
        self._add("Brief Banner", f"{brief.brand} · {brief.kind}")
        self._add("Title", brief.title)
        self._add("Subtitle", brief.subtitle)
        if brief.occasion:
            self._add("Brief Lead", brief.occasion).runs[0].bold = True
        self._blocks(brief.summary)
        for number, section in enumerate(brief.sections, 1):
            self._add("Heading 1", f"{number}. {section.title}")
            self._blocks(section.blocks)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _add(self, style: str, text: str = "", *, keep: bool | None = None) -> Any:
        """A new paragraph in a style; `keep` holds it on the page of the next one."""
        made = self._styled(self.file.add_paragraph(), style)
        if text:
            made.add_run(text)
        if keep is not None:
            made.paragraph_format.keep_with_next = keep
        return made

    def _styled(self, paragraph: Any, style: str) -> Any:
        """Sets a style by its id: looking it up by name would cost most of the time of a document."""
        paragraph._p.style = self.style_ids[style]
        return paragraph

    # --- the frame

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
        section.left_margin = section.right_margin = Mm(SIDE_MM)
        section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
        section.header_distance = section.footer_distance = Mm(9)
        section.different_first_page_header_footer = True
        brief = self.brief
        head = section.header.paragraphs[0]
        _stop_right(head)
        head.add_run(f"{brief.title} · {brief.kind}\t{brief.brand}")
        for footer in (section.footer, section.first_page_footer):
            foot = footer.paragraphs[0]
            _stop_right(self._styled(foot, "Footer"))
            foot.add_run(f"{brief.made_line}\t")
            _field(foot, "PAGE", "1")
            foot.add_run(f" {brief.page_of} ")
            _field(foot, "NUMPAGES", "1")

    def _properties(self) -> None:
        from datetime import datetime

        core, brief = self.file.core_properties, self.brief
        core.title, core.subject, core.keywords = (
            text[:PROPERTY_LIMIT] for text in (f"{brief.title} – {brief.kind}", brief.kind, brief.title)
        )
        core.author = core.last_modified_by = brief.brand[:PROPERTY_LIMIT]
        core.language, core.comments = LOCALES.get(brief.lang, brief.lang), ""
        try:
            core.created = core.modified = datetime.fromisoformat(brief.made)
        except ValueError:
            core.created = core.modified = datetime(2000, 1, 1)

    # --- blocks

    def _blocks(self, blocks: Sequence[Block]) -> None:
        questions = 0
        for block in blocks:
            if isinstance(block, Question):
                questions += 1
                self._question(block, questions)
            else:
                self._block(block)

    def _block(self, block: Block) -> None:
        writers: dict[type, Callable[[Any], None]] = {
            Paragraph: self._paragraph,
            Heading: self._heading,
            Bullets: self._bullets,
            Figures: self._figures,
            Table: self._table,
            Picture: self._picture,
            Fields: self._fields,
            SourceList: self._sources,
        }
        writers[type(block)](block)

    def _paragraph(self, block: Paragraph) -> None:
        self._rich(self._add(STYLE_OF_ROLE[block.role], keep=True if block.role == "head" else None), block.text)

    def _heading(self, block: Heading) -> None:
        self._add("Heading 2", block.text)

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            self._rich(self._add("List Bullet"), item)

    def _figures(self, block: Figures) -> None:
        table = self._grid(2, [1 / len(block.pairs)] * len(block.pairs))
        for place, (number, label) in enumerate(block.pairs):
            head, cell = table.rows[0].cells[place].paragraphs[0], table.rows[1].cells[place].paragraphs[0]
            self._styled(head, "Brief Cell Head").add_run(label)
            self._styled(cell, "Brief Figure").add_run(number)
            _fill(table.rows[1].cells[place], TINT)
        self._add("Brief Gap")

    def _table(self, block: Table) -> None:
        self.tables += 1
        self._caption(self.brief.table_word, self.tables, block.caption)
        table = self._grid(1, [column.width for column in block.columns], block.caption)
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            self._styled(cell.paragraphs[0], "Brief Cell Head").add_run(column.label)
            _align(cell.paragraphs[0], column.numeric)
        for row in block.rows:
            self._row(table, block, row)
        self._add("Brief Gap")

    def _row(self, table: Any, block: Table, row: Row) -> None:
        cells = _add_row(table).cells
        if row.group:
            whole = cells[0].merge(cells[-1])
            _fill(whole, TINT)
            self._rich(self._styled(whole.paragraphs[0], "Brief Group"), row.cells[0])
            return
        for cell, column, text in zip(cells, block.columns, row.cells, strict=True):
            made = self._styled(cell.paragraphs[0], "Brief Cell")
            _align(made, column.numeric)
            self._rich(made, text, raised=not all(run.note for run in text), bold=row.strong)

    def _grid(self, rows: int, shares: Sequence[float], caption: str = "") -> Any:
        """A table of fixed column widths whose first row is a heading on every page."""
        from docx.shared import Mm

        table = self.file.add_table(rows, len(shares), style=TABLE_STYLE)
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(TEXT_MM * share / sum(shares))
            for cell in column.cells:
                cell.width = column.width
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(element("cantSplit"))
        properties.append(element("tblHeader"))
        if caption:
            table._tbl.tblPr.append(element("tblCaption", val=caption))
        return table

    def _picture(self, block: Picture) -> None:
        from docx.shared import Mm

        made = self._add("Normal", keep=True)
        made.add_run().add_picture(io.BytesIO(to_png(block, self.brief.lang)), width=Mm(TEXT_MM))
        self.drawn += 1
        for inline in made._p.xpath(".//wp:inline"):
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, "0")  # unsaid, LibreOffice moves the picture by its usual distance
        for shape in made._p.xpath(".//wp:docPr"):
            shape.set("descr", block.alt)
            shape.set("name", f"{self.brief.picture_word} {self.drawn}")
        self.pictures += 1
        self._caption(self.brief.picture_word, self.pictures, block.caption, keep=False)

    def _caption(self, word: str, number: int, text: str, *, keep: bool = True) -> None:
        made = self._add("Caption", keep=keep)
        made.add_run(f"{word} ").bold = True
        _field(made, f"SEQ {word} \\* ARABIC", str(number), bold=True)
        made.add_run(f". {text}")

    def _question(self, block: Question, number: int) -> None:
        self._add("Heading 2", f"{number}. {block.title}")
        for fact in block.facts:
            self._rich(self._add("List Bullet", keep=True), fact)
        self._add("Brief Hint", block.hint)
        for line in range(block.lines):
            self._line("", "Brief Line", keep=line < block.lines - 1)

    def _fields(self, block: Fields) -> None:
        for label, known in block.pairs:
            if known:
                self._add("Brief Field", keep=True).add_run(f"{label}: {known}")
            else:
                self._line(f"{label}: ", "Brief Field", keep=True)
        self._add("Brief Gap")

    def _line(self, label: str, style: str, *, keep: bool = False) -> None:
        """A label and a line to write on: a tab with a leader, which grows with the page."""
        made = self._add(style, keep=keep)
        _stop_right(made, line=True)
        made.add_run(f"{label}\t")

    def _sources(self, block: SourceList) -> None:
        """The list in two columns, in a part of its own, so that the rest keeps the whole line."""
        self._part(columns=2)
        for entry in block.entries:
            made = self._add("Brief Source")
            _bookmark(made, f"source_{entry.number}", entry.number, f"{entry.number}.")
            made.add_run("\t")
            shown = Run(entry.shown, link=entry.url)
            self._rich(made, (shown, Run(f" · {entry.dated}", quiet=True)))
        self._part(columns=1)

    def _part(self, *, columns: int) -> None:
        """Goes on in another number of columns on the same page; those before it end at the same height."""
        from docx.enum.section import WD_SECTION

        part = self.file.add_section(WD_SECTION.CONTINUOUS)
        part.different_first_page_header_footer = False
        for known in part._sectPr.findall(_tag("cols")):
            part._sectPr.remove(known)
        part._sectPr.append(element("cols", num=str(columns), space="400"))

    # --- runs

    def _rich(self, paragraph: Any, text: Text, *, raised: bool = True, bold: bool = False) -> None:
        """Runs of a paragraph; marks of sources are links to their entries, `raised` unless they stand in a column of their own."""
        for place, run in enumerate(text):
            if run.note:
                before = " " if place and not raised else ""
                style = "Brief Mark" if raised else None
                self._anchor(paragraph, f"source_{run.note}", f"{before}[{run.note}]", style)
            elif run.link:
                self._link(paragraph, run)
            else:
                self._run(paragraph, run, bold)

    def _run(self, paragraph: Any, run: Run, bold: bool) -> None:
        made = paragraph.add_run(run.text)
        if run.quiet:
            made._r.style = self.style_ids["Brief Quiet"]
        made.bold = run.bold or bold or None
        if run.lang:
            made._r.get_or_add_rPr().append(element("lang", val=LOCALES.get(run.lang, run.lang)))

    def _link(self, paragraph: Any, run: Run) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        target = paragraph.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = element("hyperlink")
        link.set(qn("r:id"), target)
        self._linked(paragraph, link, run.text, "Hyperlink")

    def _anchor(self, paragraph: Any, name: str, shown: str, style: str | None) -> None:
        self._linked(paragraph, element("hyperlink", anchor=name), shown, style)

    def _linked(self, paragraph: Any, link: Any, shown: str, style: str | None) -> None:
        made = paragraph.add_run(shown)
        if style:
            made._r.style = self.style_ids[style]
        link.append(made._r)
        paragraph._p.append(link)


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _add_row(table: Any) -> Any:
    """A new row that is never split over two pages."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    return row


def _fill(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))


def _align(paragraph: Any, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None


def _stop_right(paragraph: Any, *, line: bool = False) -> None:
    """A tab stop at the right margin, with a line up to it for writing."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES if line else WD_TAB_LEADER.SPACES)


def _field(paragraph: Any, code: str, shown: str, *, bold: bool = False) -> None:
    """A field that Word counts anew (PAGE, NUMPAGES, SEQ), with the number it shows until then."""
    field = element("fldSimple", instr=code)
    made = paragraph.add_run(shown)
    made.bold = bold or None
    field.append(made._r)
    paragraph._p.append(field)


def _bookmark(paragraph: Any, name: str, number: int, shown: str) -> None:
    paragraph._p.append(element("bookmarkStart", id=str(number), name=name))
    paragraph.add_run(shown).bold = True
    paragraph._p.append(element("bookmarkEnd", id=str(number)))
