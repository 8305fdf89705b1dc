"""Which columns does a downloaded table of records have, and what stands in each cell? Language-free: words come from the caller."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lib.domain.records import LIST_SEPARATOR, Item

COLUMNS_BEFORE = (
    "id", "kind", "name", "category", "subkind", "teryt", "gmina", "locality", "address", "postal_code",
    "latitude", "longitude", "precision", "distance_km", "themes", "groups", "summary", "website", "email", "phone",
)  # fmt: skip
COLUMNS_AFTER = ("as_of", "gathered", "source_url", "other_sources")
"""The columns every download has; those that only some kinds have (dates, amounts, partners) stand between the two."""
CATEGORY_VOCABULARY = {"resources": "category", "initiatives": "initiative_kind", "needs": "need_kind"}
DETAIL_VOCABULARY = {"status": "status", "who_can_apply": "applicant"}
SHOWN_SEPARATOR = " | "
DISTANCE_DIGITS = 2
"""Ten metres: finer than any position in the data."""

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_KEPT_AS_TEXT = frozenset({"phone", "krs", "postal_code", "date_start", "date_end"})
"""Digits that are names, not amounts: leading zeros count, and nobody adds them up."""

Cell = str | int | float | None


@dataclass(frozen=True)
class Wording:
    """The caller's language: headers by column, and the label of a code.

    `label(vocabulary, code)` knows the data set's vocabularies and also `kind` (resources, initiatives, ...) and `gmina`
    (by TERYT); for a code it does not know it returns the code.
    """

    headers: Mapping[str, str]
    label: Callable[[str, str], str]

    def header(self, column: str) -> str:
        return self.headers.get(column, column)


def columns_of(items: Sequence[Item]) -> tuple[str, ...]:
    """The columns that these records fill: the fixed ones, and each detail that any of them has."""
    known = {*COLUMNS_BEFORE, *COLUMNS_AFTER}
    details = dict.fromkeys(name for item in items for name in item.details if name not in known)
    return (*COLUMNS_BEFORE, *details, *COLUMNS_AFTER)


def number_of(text: str) -> int | float | None:
    """The number that a plain decimal text writes; None for anything else."""
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)


def distance_of(item: Item, distances: Mapping[str, float] | None) -> float | None:
    """The record's distance in kilometres when one is known."""
    km = distances.get(item.id) if distances else None
    return None if km is None or not math.isfinite(km) else round(float(km), DISTANCE_DIGITS)


def cells_of(item: Item, columns: Sequence[str], wording: Wording, distances: Mapping[str, float] | None) -> list[Cell]:
    """One row: labels instead of codes, numbers as numbers, None where nothing is known."""
    fixed = _fixed(item, wording, distances)
    return [fixed[name] if name in fixed else _detail(item, name, wording) for name in columns]


def _fixed(item: Item, wording: Wording, distances: Mapping[str, float] | None) -> dict[str, Cell]:
    label, first = wording.label, item.sources[0] if item.sources else None
    vocabulary = CATEGORY_VOCABULARY.get(item.kind, "")
    return {
        "id": item.id,
        "kind": label("kind", item.kind),
        "name": item.name,
        "category": label(vocabulary, item.category) if item.category else None,
        "subkind": label("subkind", item.subkind) if item.subkind else None,
        "teryt": item.teryt,
        "gmina": label("gmina", item.teryt) if item.teryt else None,
        "locality": item.locality,
        "address": item.address,
        "postal_code": item.postal_code,
        "latitude": item.latitude,
        "longitude": item.longitude,
        "precision": label("precision", item.precision) if item.precision else None,
        "distance_km": distance_of(item, distances),
        "themes": SHOWN_SEPARATOR.join(label("theme", code) for code in item.themes),
        "groups": SHOWN_SEPARATOR.join(label("target_group", code) for code in item.groups),
        "summary": item.summary,
        "as_of": item.as_of,
        "gathered": first.gathered if first else None,
        "source_url": first.url if first else None,
        "other_sources": SHOWN_SEPARATOR.join(source.url for source in item.sources[1:]),
    }


def _detail(item: Item, name: str, wording: Wording) -> Cell:
    text = item.details.get(name, "")
    if name in DETAIL_VOCABULARY:
        return SHOWN_SEPARATOR.join(wording.label(DETAIL_VOCABULARY[name], code) for code in text.split(LIST_SEPARATOR) if code)
    number = None if name in _KEPT_AS_TEXT else number_of(text)
    return text if number is None else number
