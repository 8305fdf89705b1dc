"""Which links may a record show? Every address on a screen or in a file passes through here."""

from __future__ import annotations

import re

from lib.domain.links import safe_url, safe_web_url
from lib.domain.records import Item

__all__ = ["contact_links", "safe_url", "safe_web_url"]

POLAND = "+48"
_DOMESTIC_DIGITS = 9
"""Digits of a Polish number without its country code."""
_EXTENSION = re.compile(r"\bwew(?:n|nętrzny)?\.?\s*(\d{1,8})\s*$", re.IGNORECASE)
_PHONE_SIGNS = re.compile(r"[\s()./-]")


def contact_links(item: Item) -> tuple[tuple[str, str, str], ...]:
    """(column, shown text, safe address) of a record's website, email and phone; an unsafe one is left out."""
    found: list[tuple[str, str, str]] = []
    for column, address in (("website", _web), ("email", _mail), ("phone", _phone)):
        found += [(column, text, url) for text in item.parts(column) if (url := address(text))]
    return tuple(found)


def _web(text: str) -> str | None:
    return safe_web_url(text)


def _mail(text: str) -> str | None:
    return safe_url(f"mailto:{text}")


def _phone(text: str) -> str | None:
    """A number to dial: country code added to nine digits, extension kept; None when it is no single number."""
    extension = _EXTENSION.search(text)
    digits = _PHONE_SIGNS.sub("", text[: extension.start()] if extension else text)
    if digits.startswith("0048"):
        digits = "+" + digits[2:]
    plain = digits.removeprefix("+")
    if not (plain.isascii() and plain.isdigit()):
        return None
    number = digits if digits.startswith("+") or len(plain) != _DOMESTIC_DIGITS else POLAND + digits
    return safe_url(f"tel:{number}" + (f";ext={extension[1]}" if extension else ""))
