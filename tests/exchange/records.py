"""Made-up records and labels for the tests of files and links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lib.domain.records import Item, Source
from lib.exchange.export import Wording

WORDING = Wording({"name": "nazwa", "latitude": "szerokość"}, lambda vocabulary, code: f"{vocabulary}/{code}")

_FIELDS = {
    "id": "r-1",
    "kind": "resources",
    "name": "Koło zmyślone",
    "category": "kgw",
    "subkind": "",
    "teryt": "9901012",
    "locality": "Alfowo",
    "address": "ul. Zmyślona 1",
    "postal_code": "99-000",
    "latitude": 50.85,
    "longitude": 19.05,
    "precision": "locality",
    "themes": ("culture", "women"),
    "groups": ("everyone",),
    "summary": "",
    "as_of": "2025-05",
    "sources": (Source("https://example.org/a", "2025-05", "2026-11"), Source("https://example.org/b", "", "2026-11")),
}
BASE = Item(**_FIELDS, details={})  # type: ignore[arg-type]


def record(**changes: Any) -> Item:
    """A made-up record; known field names replace fields, all others become details."""
    fields = {name: value for name, value in changes.items() if name in _FIELDS}
    return replace(BASE, **fields, details={name: value for name, value in changes.items() if name not in _FIELDS})
