"""How does the brief of a gmina become a file of at most eight pages, as PDF or as DOCX?"""

from __future__ import annotations

from collections.abc import Sequence

from lib.catalog.catalog import Catalog
from lib.i18n import Translator
from lib.reports.brief import brief
from lib.reports.brief_docx import to_docx
from lib.reports.brief_pdf import pages_of, to_pdf
from lib.reports.document import Document
from lib.reports.facts import SIZES, Meeting
from lib.reports.record_sections import Gap

MAX_PAGES = {"pdf": 8, "docx": 7}
"""As much as one reads on the way to a meeting. What an office opens with another typeface may grow by a page: a DOCX therefore holds
what fills one page less as PDF."""


def make_brief(
    catalog: Catalog,
    teryt: str,
    t: Translator,
    form: str,
    *,
    gaps: Sequence[Gap] | None = None,
    meeting: Meeting | None = None,
    made: str = "",
) -> bytes:
    """The bytes of a brief in a format (a key of FORMATS); KeyError when the data has no such gmina. The arguments are those of `brief`.

    The lists are shortened until the document keeps to MAX_PAGES.
    """
    document, pdf = fitted(catalog, teryt, t, MAX_PAGES[form], gaps=gaps, meeting=meeting, made=made)
    return pdf if form == "pdf" else to_docx(document)


def fitted(
    catalog: Catalog,
    teryt: str,
    t: Translator,
    pages: int,
    *,
    gaps: Sequence[Gap] | None = None,
    meeting: Meeting | None = None,
    made: str = "",
) -> tuple[Document, bytes]:
    """The longest brief whose PDF has at most so many pages, and that PDF; the shortest one when none is short enough."""
    for rows in SIZES:
        document = brief(catalog, teryt, t, gaps=gaps, meeting=meeting, made=made, rows=rows)
        pdf = to_pdf(document)
        if pages_of(pdf) <= pages:
            break
    return document, pdf
