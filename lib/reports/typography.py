"""How does text become fit for print? Clean of what no page can hold, with blanks that must not break a line."""

from __future__ import annotations

import re
import unicodedata

NBSP = "\u00a0"
ELLIPSIS = "…"
QUOTES = {"pl": ("„", "”"), "uk": ("«", "»"), "en": ("“", "”")}
SINGLE_LETTERS = {"pl": "aiouwzAIOUWZ", "uk": "аевзійоуяАЕВЗІЙОУЯ"}
"""Words of one letter, which Polish and Ukrainian printers never leave at the end of a line."""
MONTHS = r"[^\W\d_]{3,12}"
"""Any word between a day and a year."""
UNITS = r"(?:km|zł|PLN|lat|lata|r\.|rr\.|m|км|грн|р\.|%)"

UNPRINTABLE = "□"
"""Stands for a character that the typeface has not: a PDF for screen readers may not hold one without a shape."""
PRINTABLE = (
    "\u0020-\u007e\u00a0-\u0180\u01cd-\u01dc\u0218-\u021b\u02bb-\u02bc\u02c6-\u02c7\u02d8-\u02dd\u0300-\u030c\u0323-\u0328"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490-\u0493\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9"
    "\u2010-\u2011\u2013-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032-\u2033\u2039-\u203a\u2044\u20ac\u2116\u2122"
    "\u2190-\u2193\u2212\u2260\u2264-\u2265\u25a1"
)
"""Characters of Latin, Greek and Cyrillic writing, their punctuation and some signs, as members of a regular expression's class. All
are in the typeface: a test prints each."""
LONG_WORD = 30
"""Letters after which a word without a blank gets places to break: no Polish word in the data is as long."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Mn", "Me"})
"""Controls, direction overrides, lone surrogates, what Unicode has not assigned, and marks that no letter here carries."""
_FOREIGN = re.compile(f"[^{PRINTABLE}]")
_BLANKS = re.compile(r"[ \t\n\r\f\v\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+")
"""Blanks at which a line may break; no-break ones (in numbers) stay."""
_MANY_MARKS = re.compile(r"([\u0300-\u0328]{2})[\u0300-\u0328]+")
_DATE = re.compile(rf"(\d{{1,2}}) ({MONTHS}) (\d{{4}})", re.IGNORECASE)
_AMOUNT = re.compile(rf"(\d) ({UNITS})(?!\w)")
_BREAK = "\u200b"


def clean(text: str, limit: int) -> str:
    """One line of printable text of at most `limit` characters; what is cut is marked, what cannot be printed is shown as a box."""
    flat = unicodedata.normalize("NFC", _BLANKS.sub(" ", text[: 4 * limit]))
    seen = _MANY_MARKS.sub(r"\1", _FOREIGN.sub(_printable, flat))
    seen = _BLANKS.sub(" ", re.sub(f"{UNPRINTABLE}+", UNPRINTABLE, seen)).strip()
    return seen if len(seen) <= limit else seen[: limit - 1].rstrip() + ELLIPSIS


def _printable(found: re.Match[str]) -> str:
    """A character in a plainer form of itself, nothing for what is invisible, else a box."""
    plain = unicodedata.normalize("NFKC", found[0])
    if plain != found[0] and not _FOREIGN.search(plain):
        return plain
    return "" if unicodedata.category(found[0]) in _HIDDEN else UNPRINTABLE


def printed(text: str, language: str) -> str:
    """Text with the quotation marks of its language and without breaks that read badly: "w | Garnku", "15 | km", "3 | maja 2024"."""
    bound = _AMOUNT.sub(rf"\1{NBSP}\2", _DATE.sub(rf"\1{NBSP}\2{NBSP}\3", _quoted(text, language)))
    letters = SINGLE_LETTERS.get(language, "")
    if letters:
        bound = re.sub(rf"(?<![\w’'.-])([{letters}]) (?=\S)", rf"\1{NBSP}", bound)
    return breakable(bound.replace(" · ", f"{NBSP}· "))


def _quoted(text: str, language: str) -> str:
    """Typewriter quotation marks in pairs become those of the language; an odd number of them stays as written."""
    parts = text.split('"')
    if len(parts) < 3 or len(parts) % 2 == 0:
        return text
    opening, closing = QUOTES.get(language, ("“", "”"))
    marks = [opening if i % 2 == 0 else closing for i in range(len(parts) - 1)]
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))


def breakable(text: str) -> str:
    """Words too long for a column get invisible places to break."""
    if len(text) <= LONG_WORD or not re.search(rf"\S{{{LONG_WORD + 1}}}", text):
        return text
    return re.sub(rf"\S{{{LONG_WORD + 1},}}", lambda found: _sliced(found[0]), text)


def _sliced(word: str) -> str:
    """After signs that part an address, and at the latest after LONG_WORD letters."""
    pieces = re.findall(rf"[^/.?&=_%-]{{0,{LONG_WORD}}}[/.?&=_%-]*", word)
    return _BREAK.join(piece for piece in pieces if piece)
