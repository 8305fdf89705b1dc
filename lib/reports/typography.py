"""How does text become fit for print? Clean of what no page can hold, with blanks that must not break a line."""

from __future__ import annotations

import re
import unicodedata

NBSP = "\u00a0"
ELLIPSIS = "…"
QUOTES = {"pl": "„”", "uk": "«»", "en": "“”"}
SINGLE_LETTERS = {"pl": "aiouwzAIOUWZ", "uk": "аевзійоуяАЕВЗІЙОУЯ"}
"""Words of one letter, which Polish and Ukrainian printers never leave at the end of a line."""
MONTHS_GENITIVE = r"[a-zа-яґєії]{3,12}"
UNITS = r"(?:km|zł|PLN|lat|lata|r\.|rr\.|m|км|грн|р\.|%)"

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control characters, direction overrides, lone surrogates and what Unicode has not assigned: nothing to see, much to break."""
_KEPT = frozenset("\u00ad\u200d")
"""Soft hyphens and joiners belong to words."""
_DATE = re.compile(rf"(\d{{1,2}}) ({MONTHS_GENITIVE}) (\d{{4}})", re.IGNORECASE)
_AMOUNT = re.compile(rf"(\d) ({UNITS})(?!\w)")
_BLANKS = re.compile(r"[ \u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+")
"""Blanks at which a line may break; no-break ones (in numbers) stay."""
_MANY_MARKS = re.compile(r"((?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]){2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+")
LONG_WORD = 30
"""Letters after which a word without a blank gets places to break: no Polish word in the data is as long."""
_BREAK = "\u200b"


def clean(text: str, limit: int) -> str:
    """One line of visible text of at most `limit` characters; what is cut is marked."""
    seen = "".join(c if unicodedata.category(c) not in _HIDDEN or c in _KEPT else " " for c in text[: 4 * limit])
    flat = _MANY_MARKS.sub(r"\1", _BLANKS.sub(" ", seen).strip(" "))
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + ELLIPSIS


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
    opening, closing = QUOTES.get(language, "“”")
    return "".join(part + ("" if i == len(parts) - 1 else (opening, closing)[i % 2]) for i, part in enumerate(parts))


def breakable(text: str) -> str:
    """Words too long for a column get invisible places to break."""
    if len(text) <= LONG_WORD or not re.search(rf"\S{{{LONG_WORD + 1}}}", text):
        return text
    return re.sub(rf"\S{{{LONG_WORD + 1},}}", lambda found: _sliced(found[0]), text)


def _sliced(word: str) -> str:
    """After signs that part an address, and at the latest after LONG_WORD letters."""
    pieces = re.findall(rf"[^/.?&=_%-]{{0,{LONG_WORD}}}[/.?&=_%-]*", word)
    return _BREAK.join(piece for piece in pieces if piece)
