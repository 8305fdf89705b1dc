"""In which order do Polish names stand in a list? A sort key that needs no operating-system locale.

Polish letters follow their base letter (a < ą < b, z < ź < ż), case and punctuation do not matter, numbers compare by
value ("OSP 2" before "OSP 10").
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({
    "ą": "a{", "ć": "c{", "ę": "e{", "ł": "l{", "ń": "n{", "ó": "o{", "ś": "s{", "ź": "z{", "ż": "z|",
    "ß": "ss", "đ": "d", "ø": "o", "æ": "ae",
})  # fmt: skip
"""`{` and `|` are the first characters after `z`, so a letter with a mark sorts after every word that goes on from its base."""
_NOT_WORD = re.compile(r"[^0-9a-z\u0080-\U0010ffff]+|[„”“’‘«»–—…•·]+")
_DIGITS = re.compile(r"\d+", re.ASCII)
NUMBER_WIDTH = 12
"""Digits that numbers are padded to: house numbers, years and the numbers of fire brigades are far shorter."""


def polish_key(text: str) -> str:
    """A string whose plain order is the Polish dictionary order of `text`."""
    words = _NOT_WORD.sub(" ", unicodedata.normalize("NFC", text.casefold())).strip()
    if not words.isascii():
        words = words.translate(_LETTERS)
    if not words.isascii():
        words = "".join(map(_without_accents, words))
    return _DIGITS.sub(lambda number: number[0].lstrip("0").zfill(NUMBER_WIDTH), words)


def _without_accents(ch: str) -> str:
    """A foreign letter without its accent; a letter of another alphabet stays as it is."""
    return "".join(part for part in unicodedata.normalize("NFKD", ch) if not unicodedata.combining(part)) or ch
