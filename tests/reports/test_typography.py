"""Text for print: nothing invisible, nothing that no page can hold, and no break where a reader would stumble."""

from __future__ import annotations

import re

import pytest

from lib.reports.typography import LONG_WORD, NBSP, PRINTABLE, clean, printed
from tests.hostile import PAYLOADS


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("w Garnku i z KGW", f"w{NBSP}Garnku i{NBSP}z{NBSP}KGW"),
        ("15 km, 5 zł, 40 %", f"15{NBSP}km, 5{NBSP}zł, 40{NBSP}%"),
        ("3 maja 2024 r.", f"3{NBSP}maja{NBSP}2024{NBSP}r."),
        ('grupa "Dratwa" gra', "grupa „Dratwa” gra"),
        ('5" rury', '5" rury'),
        ("Garnek · wieś", f"Garnek{NBSP}· wieś"),
        ("A-Z owoce", "A-Z owoce"),
    ],
)
def test_polish_is_set_as_a_polish_printer_would(written: str, expected: str) -> None:
    assert printed(written, "pl") == expected


def test_other_languages_have_their_own_quotation_marks_and_short_words() -> None:
    assert printed('"a" b', "en") == "“a” b"
    assert printed('клуб "Рута" в селі', "uk") == f"клуб «Рута» в{NBSP}селі"


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: ascii(text)[:24])
def test_what_is_left_of_any_text_can_be_printed(payload: str) -> None:
    found = clean(payload, 120)
    assert re.fullmatch(f"[{PRINTABLE}]*", found)
    assert len(found) <= 120
    assert found == found.strip()


def test_plain_text_stays_as_it_is() -> None:
    for text in ("Zażółć gęślą jaźń „Ąę” – 1 250 zł", "Ґміна Їжак є", "#eval(1) *x* $y$ <b> \\u{41}"):
        assert clean(text, 100) == text


def test_a_cut_is_marked_and_a_long_word_can_break() -> None:
    assert clean("a" * 30, 10) == "a" * 9 + "…"
    pieces = printed("x" * 200, "pl").split("\u200b")
    assert "".join(pieces) == "x" * 200
    assert max(map(len, pieces)) <= LONG_WORD
