"""Claims about links: only harmless addresses become links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.domain.links import dial_url
from lib.exchange.links import contact_links, safe_url, safe_web_url
from tests.exchange.records import record
from tests.hostile import LINKS, PAYLOADS


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a/b?c=d&e=%20#f",
        "HTTPS://EXAMPLE.ORG/",
        "https://żółw.pl/ścieżka",
        "https://example.org/(a)/b,c;d=e'f",
        "mailto:biuro@example.org",
        "tel:+48343111111",
    ],
)
def test_ordinary_addresses_pass_unchanged(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize("url", LINKS)
def test_every_link_trick_is_refused(url: str) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "www.example.org", "ftp://example.org/", "https:example.org", "https:/example.org", "https://localhost/", "http://a..b/",
     "https://example.org:99999/", "https://example.org/a b", "mailto:a@b", "mailto:a@example.org?body=x", "tel:", "tel:112;x", "https://-a.pl/",
     "https://exa mple.org", "https://ex\u2024ample.org@x.pl", "https://example.org/" + "a" * 3000],
)  # fmt: skip
def test_incomplete_or_ambiguous_addresses_are_refused(url: str) -> None:
    assert safe_url(url) is None


def test_blanks_around_an_address_do_not_count() -> None:
    assert safe_url("  https://example.org/ ") == "https://example.org/"


def test_pages_are_http_or_https_only() -> None:
    assert safe_web_url("mailto:biuro@example.org") is None
    assert safe_web_url("HTTP://example.org/") == "HTTP://example.org/"


def test_no_payload_becomes_a_link_with_a_dangerous_scheme() -> None:
    passed = [url for text in PAYLOADS if (url := safe_url(text))]
    assert passed == []


@given(st.text())
def test_a_safe_link_never_holds_what_could_end_an_attribute(text: str) -> None:
    for candidate in (text, "https://example.org/" + text, "mailto:" + text, "https://" + text):
        url = safe_url(candidate)
        assert url is None or (not set(url) & set('"<>`\\ \t\r\n\0') and url.lower().startswith(("http://", "https://", "mailto:", "tel:")))


def test_contacts_become_links_to_visit_write_and_call() -> None:
    item = record(website="https://example.org", email="a@example.org|b@example.org", phone="34 311 11 11")
    assert contact_links(item) == (
        ("website", "https://example.org", "https://example.org"),
        ("email", "a@example.org", "mailto:a@example.org"),
        ("email", "b@example.org", "mailto:b@example.org"),
        ("phone", "34 311 11 11", "tel:+48343111111"),
    )


@pytest.mark.parametrize(
    ("phone", "url"),
    [
        ("(34) 311-11-11", "tel:+48343111111"),
        ("+48 34 311 11 11", "tel:+48343111111"),
        ("0048 343111111", "tel:+48343111111"),
        ("34 311 11 11 wew. 25", "tel:+48343111111;ext=25"),
        ("112", "tel:112"),
    ],
)
def test_phone_numbers_are_dialable(phone: str, url: str) -> None:
    assert contact_links(record(phone=phone)) == (("phone", phone, url),)
    assert dial_url(phone) == url


def test_what_is_no_single_number_is_not_dialled() -> None:
    assert dial_url("34 311 11 11 lub 34 322 22 22") is None and dial_url("proszę pytać") is None


def test_unsafe_contacts_are_left_out() -> None:
    assert contact_links(record(website="javascript:alert(1)", email="nie ma", phone="proszę pytać")) == ()
