"""How does text stay text in a spreadsheet? Guards against cells that a spreadsheet would run or refuse."""

from __future__ import annotations

import re

GUARD = "'"
"""Spreadsheets show what follows an apostrophe as text (OWASP ASVS 5.0, 1.2.10)."""
EXCEL_CELL_CHARS = 32_767
"""The most UTF-16 units that Excel takes in one cell; a longer one makes it call the file damaged."""
CUT_MARK = "…"

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""The signs that begin a formula, with their full-width and small forms, which some programs fold."""
_BLANK = r"\s\x00-\x20\x7f-\xa0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"'"
_FORMULA = re.compile(rf"[{_BLANK}]*[{_SIGNS}]|[\t\r\n\x00]")
_INNER_FORMULA = re.compile(rf"([;\t\r\n][{_BLANK}]*)(?=[{_SIGNS}])")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def inert(text: str) -> str:
    """The text with a guard if a spreadsheet could take it for a formula, and without characters that files cannot hold."""
    clean = _NOT_IN_XML.sub("", text)
    return GUARD + clean if _FORMULA.match(text) or _FORMULA.match(clean) else clean


def inert_csv(text: str) -> str:
    """As `inert`, and guarded after each separator inside the text.

    A Polish Excel splits lines at semicolons whatever the file uses, so that `name;=1+1` would put a formula into a cell.
    """
    return _INNER_FORMULA.sub(rf"\1{GUARD}", inert(text))


def fit_excel(text: str) -> str:
    """The text, cut with a mark where it is longer than a cell can be."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * EXCEL_CELL_CHARS:
        return text
    return units[: 2 * (EXCEL_CELL_CHARS - len(CUT_MARK))].decode("utf-16-le", "ignore") + CUT_MARK


def storable(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
