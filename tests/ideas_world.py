"""Made-up records for tests of ideas, small enough to check by hand: five villages on a line, each its own gmina, as in `tests.worlds`.

Village i lies 7.03 km (straight line) from village i + 1. Concepts stand beside the records as a table of words would find them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from lib.analysis.ideas.ground import Ground, Idea, Words, build_ground, place_at
from lib.domain.records import Gmina, Item, Source
from tests.worlds import LATITUDE, POWIATS, SOURCE, TERYTS, VILLAGES, longitude

STEP_KM = 7.0
"""Between two neighbouring villages, to the tenth of a kilometre that reasons show."""
KINDS = {"computers": "topic", "chess": "topic", "cooking": "topic", "seniors": "people", "classes": "form", "fire_station": "place"}
NO_WORDS: tuple[str, ...] = ()


def item(kind: str, code: str, village: int, **changes: object) -> Item:
    """A made-up record of one village; `details` and every other field can be replaced."""
    fields: dict[str, object] = {
        "id": code,
        "kind": kind,
        "name": f"Zmyślone {code}",
        "category": "ngo" if kind == "resources" else "project" if kind == "initiatives" else "report",
        "subkind": "",
        "teryt": TERYTS[village],
        "locality": VILLAGES[village],
        "address": "",
        "postal_code": "",
        "latitude": LATITUDE,
        "longitude": longitude(village),
        "precision": "locality",
        "themes": (),
        "groups": (),
        "summary": "",
        "as_of": "2025",
        "sources": (Source(SOURCE, "2025", "2026-11"),),
        "details": {},
    }
    return Item(**{**fields, **changes})  # type: ignore[arg-type]


def resource(code: str, village: int, **changes: object) -> Item:
    return item("resources", code, village, **changes)


def initiative(code: str, village: int, *, by: Sequence[str] = (), with_: Sequence[str] = (), **changes: object) -> Item:
    """A made-up project of 2024 with organisers and partners by id; `details` adds to them."""
    more = changes.pop("details", {})
    assert isinstance(more, dict)
    details = {"date_start": "2024-06-01", "organiser_ids": "|".join(by), "partner_ids": "|".join(with_), **more}
    return item("initiatives", code, village, details={k: v for k, v in details.items() if v}, **changes)


def need(code: str, village: int, **changes: object) -> Item:
    return item("needs", code, village, **changes)


def programme(code: str, **details: str) -> Item:
    """A made-up programme for the whole country; `themes` are given as "a|b", `as_of` as a date."""
    themes, as_of = tuple(details.pop("themes", "education").split("|")), details.pop("as_of", "2025")
    own = {"who_can_apply": "ngo", "area_codes": "PL", **details}
    return item(
        "funding", code, 0, teryt="", locality="", latitude=None, longitude=None, precision="", themes=themes, as_of=as_of, details=own
    )


@dataclass
class World:
    """Records with their concepts, in the order in which they were added."""

    items: list[Item] = field(default_factory=list)
    concepts: list[frozenset[str]] = field(default_factory=list)

    def add(self, record: Item, *concepts: str) -> World:
        self.items.append(record)
        self.concepts.append(frozenset(concepts))
        return self

    def without(self, code: str) -> World:
        """The same world without one record."""
        kept = [(record, words) for record, words in zip(self.items, self.concepts, strict=True) if record.id != code]
        return World([record for record, _ in kept], [words for _, words in kept])

    def ground(self, *, before: str = "") -> Ground:
        return build_ground(self.items, self.concepts, KINDS, gminas(), borders(), before=before)


def gminas() -> dict[str, Gmina]:
    return {TERYTS[i]: Gmina(TERYTS[i], VILLAGES[i], POWIATS[i], "wiejska", LATITUDE, longitude(i)) for i in range(len(VILLAGES))}


def borders() -> Mapping[str, frozenset[str]]:
    """Each gmina borders on the next one."""
    near: dict[str, set[str]] = {code: set() for code in TERYTS}
    for one, other in pairwise(TERYTS):
        near[one].add(other)
        near[other].add(one)
    return {code: frozenset(codes) for code, codes in near.items()}


def idea(village: int = 0, **changes: object) -> Idea:
    """Computer classes for seniors in a village, asked by an informal group."""
    place = place_at(TERYTS[village], latitude=LATITUDE, longitude=longitude(village), name=VILLAGES[village], exact=True)
    own: dict[str, object] = {"place": place, "themes": ("education", "seniors"), "groups": ("seniors",), "topics": ("computers",)}
    return Idea(**{**own, "who": "informal_group", **changes})  # type: ignore[arg-type]


def no_words(ground: Ground) -> Words:
    """Words beyond the table: none."""
    return Words(NO_WORDS, np.zeros((0, len(ground.items)), dtype=bool))
