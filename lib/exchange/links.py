"""Which links may a record show? Every address on a screen or in a file passes through here."""

from __future__ import annotations

from lib.domain.links import dial_url, safe_url, safe_web_url
from lib.domain.records import Item

__all__ = ["contact_links", "safe_url", "safe_web_url"]


def contact_links(item: Item) -> tuple[tuple[str, str, str], ...]:
    """(column, shown text, safe address) of a record's website, email and phone; an unsafe one is left out."""
    found: list[tuple[str, str, str]] = []
    for column, address in (("website", _web), ("email", _mail), ("phone", dial_url)):
        found += [(column, text, url) for text in item.parts(column) if (url := address(text))]
    return tuple(found)


def _web(text: str) -> str | None:
    return safe_web_url(text)


def _mail(text: str) -> str | None:
    return safe_url(f"mailto:{text}")
