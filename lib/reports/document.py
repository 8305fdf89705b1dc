"""What does a printed document consist of, before anybody decides how it looks? Immutable blocks of plain text.

Text is never markup: a run holds characters as they are to be read, and the two writers (`brief_pdf`, `brief_docx`) hand them
over as strings. Lengths of the picture are PostScript points (1/72 inch), x to the right and y down from its upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
"""The file's ending and its media type."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with one look. `link` is a safe address, `note` the number of an entry in the list of sources (then `text` is "").

    `lang` says in which language the words are when it is not the document's: hyphenation and screen readers need it.
    """

    text: str
    bold: bool = False
    quiet: bool = False
    link: str = ""
    note: int = 0
    lang: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    `role` is "body", "lead" (opens the document), "head" (stays with the table below it), "quiet" (origin and notes) or
    "notice" (a warning set apart).
    """

    text: Text
    role: str = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below that of the section."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share of the line, numbers stand to the right."""

    label: str
    width: float
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; a group row has one cell, which heads the rows below it until the next group row."""

    cells: tuple[Text, ...]
    group: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading row is repeated on every page that it reaches; a `whole` one is kept on one page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text on a picture: `x` and `y` are the middle of its box, `width` and `height` the box in which it must stay."""

    text: str
    x: float
    y: float
    width: float
    height: float
    size: float
    bold: bool = False
    colour: str = "#1d2b26"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG without any text, and its labels; `alt` says in words what it shows."""

    svg: str
    labels: tuple[Label, ...]
    width: float
    height: float
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures: (number, what it counts)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an agenda with the facts that feed it and empty lines to write on."""

    title: str
    hint: str
    facts: tuple[Text, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels to fill in by hand, side by side: (label, what is known already, "" for an empty line)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One page in the list of sources: its number, safe address ("" when it is none), shown address, and what is known of its date."""

    number: int
    url: str
    shown: str
    dated: str


@dataclass(frozen=True, slots=True)
class SourceList:
    entries: tuple[SourceEntry, ...]


Block = Paragraph | Heading | Bullets | Table | Picture | Figures | Question | Fields | SourceList


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document; both writers number the sections."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief: what stands in its head, its sections in order, and the few words its frame needs.

    `lang` is a language code, `made` an ISO date ("" for none), `summary` the key figures and sentences under the title.
    """

    lang: str
    brand: str
    kind: str
    title: str
    subtitle: str
    occasion: str
    made: str
    made_line: str
    page_of: str
    table_word: str
    picture_word: str
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
