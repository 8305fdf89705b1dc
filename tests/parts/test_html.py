"""Claims about the one place where record text becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.html import esc, link, markdown_text, shown, tab_title
from tests.hostile import PAYLOADS


class Tags(HTMLParser):
    """Collects what a browser would take for elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(markup: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(markup)
    return parser.found


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_hostile_text_becomes_an_element(text: str) -> None:
    assert tags(f"<p>{esc(text)}</p>") == [("p", {})]
    assert tags(f'<p title="{esc(text)}">x</p>')[0][1].keys() == {"title"}


@given(st.text())
def test_no_text_at_all_becomes_an_element(text: str) -> None:
    assert [tag for tag, _ in tags(f'<p class="{esc(text)}">{esc(text)}</p>')] == ["p"]


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_link_goes_to_a_safe_address_or_is_no_link(text: str) -> None:
    for tag, attributes in tags(link(text, text)):
        assert tag == "a"
        assert re.match(r"(https?://|mailto:|tel:)", attributes["href"] or "")
        assert attributes.keys() == {"href", "target", "rel"}


def test_a_good_link_opens_elsewhere_without_telling_where_from() -> None:
    assert link("https://example.org/a?b=1&c=2", "A & B") == (
        '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">A &amp; B</a>'
    )


def test_direction_overrides_and_controls_are_not_shown() -> None:
    assert shown("a\u202eb\x00c\u2066d") == "abcd"


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert shown("x" * 1000, 10) == "x" * 9 + "…"


@given(st.text(alphabet="ab*_[]()`<>#:$&\\!"))
def test_markdown_signs_of_a_record_are_always_escaped(text: str) -> None:
    assert re.search(r"(?<!\\)(\\\\)*[*_\[\]`<>$]", markdown_text(text)) is None


@pytest.mark.parametrize("text", ["powiat częstochowski – co najmniej", "Sala (piętro 1.), ul. Leśna 5-7, tel. +48!", "Stal-Met"])
def test_a_label_that_means_nothing_in_markdown_reaches_screen_readers_without_backslashes(text: str) -> None:
    assert markdown_text(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. Mstów", r"1\. Mstów"),
        ("2026) x", r"2026\) x"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        (" + x", r"\+ x"),
        ("www.x.pl", r"www\.x.pl"),
        ("a--b", r"a\--b"),
        ("![x](y)", r"!\[x\]\(y)"),
    ],
)
def test_what_would_begin_a_list_a_heading_or_an_address_is_escaped(text: str, escaped: str) -> None:
    assert markdown_text(text) == escaped


def test_a_browser_title_begins_with_the_name_and_stays_short() -> None:
    assert tab_title("Kłomnice", "Gmina", "Mapa") == "Kłomnice · Gmina · Mapa"
    assert tab_title("a\x00" + "b" * 200, "x").startswith("ab") and len(tab_title("b" * 200, "x")) < 90
