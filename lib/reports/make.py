"""How does the brief of a gmina become a file of at most eight pages, with the same rows and sources as PDF and as DOCX?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache

from lib.catalog.catalog import Catalog
from lib.i18n import Translator
from lib.reports.brief import brief
from lib.reports.brief_docx import to_docx
from lib.reports.brief_pdf import extent, to_pdf
from lib.reports.document import Document
from lib.reports.facts import SIZES, Meeting
from lib.reports.record_sections import Gap

PAGES = 7
"""As much as one reads on the way to a meeting. What an office opens with another typeface may grow by a page, so that the DOCX, too, keeps
to eight: both formats are made from the same rows, and "[20]" is the same page for whoever holds the one or the other."""
LEAST_ON_LAST = 0.3
"""Share of the last page that must be filled where shorter lists can reach that: a page with three sources is a page for nothing."""

USUAL = 2
"""Where in SIZES the briefs of half of the gminas end, give or take one."""
SIZES_LOOKED_AT = 4
"""So many sizes are tried for a better filled last page; beyond that the lists would lose more than the page gains."""


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
    """The bytes of a brief in a format (a key of FORMATS); KeyError when the data has no such gmina. The arguments are those of `brief`."""
    document = fitted(catalog, teryt, t, gaps=gaps, meeting=meeting, made=made)
    return to_pdf(document) if form == "pdf" else to_docx(document)


def fitted(
    catalog: Catalog,
    teryt: str,
    t: Translator,
    *,
    gaps: Sequence[Gap] | None = None,
    meeting: Meeting | None = None,
    made: str = "",
) -> Document:
    """The longest brief that keeps to PAGES and does not end with a nearly empty page, whatever format it will
    have; the shortest one when none is short enough."""

    @cache
    def tried(size: int) -> tuple[Document, int, float]:
        document = brief(catalog, teryt, t, gaps=gaps, meeting=meeting, made=made, rows=SIZES[size])
        return document, *extent(document)

    longest = _first(lambda size: tried(size)[1] <= PAGES)
    looked_at = range(longest, min(longest + SIZES_LOOKED_AT, len(SIZES)))
    return tried(next((size for size in looked_at if tried(size)[2] >= LEAST_ON_LAST), longest))[0]


def _first(fits: Callable[[int], bool]) -> int:
    """The place of the first of SIZES that fits, else the last one. They are in order and most briefs have a size near USUAL, so that the
    search begins there and halves only what lies beyond: each trial typesets the whole brief."""
    if fits(USUAL):
        size = USUAL
        while size and fits(size - 1):
            size -= 1
        return size
    return USUAL + 1 if fits(USUAL + 1) else bisect_left(range(len(SIZES) - 1), True, lo=USUAL + 2, key=fits)
