"""What does a visitor ask for? One immutable query for the screen, the URL and the command line.

A `Query` puts itself into canonical form when it is made, so two queries that mean the same are equal, hash the same and
give the same link. Values a link cannot carry (control characters, a negative radius) are gone before anybody sees them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

from lib.domain.records import KINDS, LAYER_OF_KIND, MINIFORUM, Gmina, Item, Locality
from lib.domain.vocabulary import Vocabulary

MAX_TEXT = 200
"""Characters of free text: more than any sensible question, little enough for a link."""
MAX_IDEA = 4_000
"""Characters of an idea that are read: two pages, far more than an idea needs, and little enough to travel in a link."""
MAX_CODES = 100
"""Values kept per facet: three times the 31 gminas, the longest real list."""
MAX_CODE_LENGTH = 100
MAX_WITHIN_KM = 500.0
"""A radius beyond this already holds the whole region from anywhere in it."""
FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years outside are typing errors: the oldest fire brigades date from the 1890s."""

SEPARATOR = "."
"""Joins the values of a list in a link: the dot is never percent-encoded, no code contains it, no messenger reads it as
emphasis, and a list never ends with it, so that mail programs do not cut it off."""
_SPLIT = re.compile(r"[.,|\s]+")
_CODE = re.compile(r"[\w-]+")

LIST_FIELDS = ("ids", "layers", "kinds", "categories", "themes", "groups", "gminas", "powiats")
PARAM_OF_FIELD = {
    "text": "q",
    "ids": "ids",
    "layers": "layer",
    "kinds": "kind",
    "categories": "cat",
    "themes": "theme",
    "groups": "group",
    "gminas": "gmina",
    "powiats": "powiat",
    "near": "near",
    "within_km": "km",
    "year_from": "from",
    "year_to": "to",
    "has_contact": "contact",
    "verified_since": "since",
    "approximate_only": "approx",
}
"""Short, constant, untranslated: a link outlives the language it was made in."""


class DatasetLike(Protocol):
    """The part of the loaded data set that finding needs."""

    @property
    def items(self) -> tuple[Item, ...]: ...
    @property
    def gminas(self) -> Mapping[str, Gmina]: ...
    @property
    def localities(self) -> Mapping[str, Locality]: ...
    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]: ...


@dataclass(frozen=True, slots=True)
class Query:
    """Values are alternatives (OR) inside a facet and conditions (AND) between facets; the empty query finds everything.

    `ids` are single records, so that a chosen few can be shown on the map. `layers` are map layers (a resource category,
    `initiatives`, `miniforum`, `needs`, `funding`), `near` is a locality's id, `within_km` needs `near` to mean anything.
    `year_from` and `year_to` narrow initiatives only: a library has no year, so it stays. `verified_since` compares with the
    year that the source speaks of.
    """

    text: str = ""
    ids: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    gminas: tuple[str, ...] = ()
    powiats: tuple[str, ...] = ()
    near: str = ""
    within_km: float | None = None
    year_from: int | None = None
    year_to: int | None = None
    has_contact: bool = False
    verified_since: int | None = None
    approximate_only: bool = False

    def __post_init__(self) -> None:
        first, last = _year(self.year_from), _year(self.year_to)
        if first is not None and last is not None and first > last:
            first, last = last, first
        near = canonical_codes((self.near,))
        canonical: dict[str, Any] = {name: canonical_codes(getattr(self, name)) for name in LIST_FIELDS}
        canonical |= {"text": clean_text(self.text), "near": near[0] if near else "", "within_km": _radius(self.within_km)}
        canonical |= {"year_from": first, "year_to": last, "verified_since": _year(self.verified_since)}
        canonical |= {"has_contact": bool(self.has_contact), "approximate_only": bool(self.approximate_only)}
        for name, value in canonical.items():
            object.__setattr__(self, name, value)

    @property
    def is_empty(self) -> bool:
        return self == Query()

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the fields that narrow or order anything, in the order of the class."""
        empty = Query()
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(empty, field.name))


def clean_text(text: str) -> str:
    """One line of printable text in Unicode NFC, at most MAX_TEXT characters; invisible and control characters dropped."""
    start = text[: MAX_TEXT * 10]
    printable = (" " if ch.isspace() else ch for ch in start if ch.isspace() or unicodedata.category(ch)[0] != "C")
    composed = unicodedata.normalize("NFC", "".join(printable))
    return " ".join(composed.split())[:MAX_TEXT].strip()


def canonical_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes sorted, without doubles and without what could not be a code (only letters, digits, `_` and `-` may be)."""
    composed = {unicodedata.normalize("NFC", code.strip()) for code in codes}
    return tuple(sorted(code for code in composed if len(code) <= MAX_CODE_LENGTH and _CODE.fullmatch(code))[:MAX_CODES])


def _radius(value: float | None) -> float | None:
    """Kilometres with one decimal; None for what is no distance. The region is small, so huge radii become the largest."""
    if value is None or math.isnan(value) or value < 0:
        return None
    return abs(round(min(float(value), MAX_WITHIN_KM), 1))


def _year(value: int | None) -> int | None:
    return value if value is not None and FIRST_YEAR <= value <= LAST_YEAR else None


def to_params(query: Query) -> dict[str, str]:
    """The query as URL parameters; what is not set is left out, so the empty query is a link without parameters."""
    return {PARAM_OF_FIELD[name]: _param_text(getattr(query, name)) for name in query.active}


def _param_text(value: Any) -> str:
    if isinstance(value, bool):
        return "1"
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def from_params(params: Mapping[str, str | Sequence[str]]) -> Query:
    """The query that URL parameters describe. Never raises: unknown keys belong to others, malformed values are ignored.

    A key given several times (`?theme=sport&theme=health`) adds up for lists; for single values the last one counts.
    """
    given = {name: _param_values(params.get(key)) for name, key in PARAM_OF_FIELD.items()}
    values: dict[str, Any] = {name: tuple(code for text in given[name] for code in _SPLIT.split(text)) for name in LIST_FIELDS}
    last = {name: texts[-1] if texts else "" for name, texts in given.items()}
    values |= {"text": last["text"], "near": last["near"], "within_km": _parse_float(last["within_km"])}
    values |= {name: _parse_year(last[name]) for name in ("year_from", "year_to", "verified_since")}
    values |= {name: last[name] == "1" for name in ("has_contact", "approximate_only")}
    return Query(**values)


def _param_values(raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        return (raw,)
    return tuple(text for text in raw if isinstance(text, str)) if isinstance(raw, Sequence) else ()


def _parse_float(text: str) -> float | None:
    """A number of kilometres in plain digits, with a point or a comma."""
    match = re.fullmatch(r"\s*(\d{1,6}(?:[.,]\d{0,6})?)\s*", text, re.ASCII)
    return float(match[1].replace(",", ".")) if match else None


def _parse_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\s*\d{4}\s*", text, re.ASCII) else None


def valid_values(dataset: DatasetLike) -> dict[str, tuple[str, ...]]:
    """For each field that holds codes, the codes the data set knows, in the order of its vocabularies."""
    terms = {name: tuple(vocabulary) for name, vocabulary in dataset.vocabularies.items()}
    categories = (*terms.get("category", ()), *terms.get("initiative_kind", ()), *terms.get("need_kind", ()))
    return {
        "layers": (*terms.get("category", ()), LAYER_OF_KIND["initiatives"], MINIFORUM, *list(LAYER_OF_KIND.values())[1:]),
        "kinds": KINDS,
        "categories": tuple(dict.fromkeys(categories)),
        "themes": terms.get("theme", ()),
        "groups": terms.get("target_group", ()),
        "gminas": tuple(dataset.gminas),
        "powiats": tuple(dict.fromkeys((*terms.get("powiat", ()), *(gmina.powiat for gmina in dataset.gminas.values())))),
        "near": tuple(dataset.localities),
    }


def checked(query: Query, dataset: DatasetLike) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """The query without codes that the data set does not know, and those codes as (field, value): for a screen to mention."""
    valid = {name: frozenset(codes) for name, codes in valid_values(dataset).items()}
    valid["ids"] = frozenset(query.ids).intersection(item.id for item in dataset.items) if query.ids else frozenset()
    kept: dict[str, Any] = {name: tuple(c for c in getattr(query, name) if c in valid[name]) for name in LIST_FIELDS}
    dropped = [(name, code) for name in LIST_FIELDS for code in getattr(query, name) if code not in valid[name]]
    if query.near and query.near not in valid["near"]:
        kept["near"] = ""
        dropped.append(("near", query.near))
    return (replace(query, **kept), tuple(dropped)) if dropped else (query, ())
