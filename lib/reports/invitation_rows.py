"""What stands in each row of an invitation list, for a workbook and for a mail merge? Invitees in, plain cells out.

Words come from the caller: `say(key, **params)` is a text of the app, `label(vocabulary, code)` the name of a code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lib.analysis.invitations import OFFICE, Invitee, Why
from lib.analysis.plan_venues import Venue
from lib.domain.records import Item

COLUMNS = (
    *("venue", "date", "time", "name", "category", "km", "approximate", "gmina", "locality", "address", "postal_code"),
    *("email", "phone", "website", "why", "as_of", "source_url", "other_sources", "id"),
)
"""Keys of the header below `plan.sheet`."""
WIDTHS = {"venue": 36, "name": 48, "category": 28, "address": 32, "email": 28, "why": 70, "source_url": 44, "other_sources": 44, "id": 30}
"""Characters: wide enough for what is read first."""
MERGE_COLUMNS = (
    *(
        "name",
        "address",
        "postal_code",
        "locality",
        "gmina",
        "email",
        "phone",
        "venue",
        "venue_locality",
        "date",
        "time",
        "why",
        "source_url",
    ),
)
"""Headers of the command's mail merge file: field names for a letter, the same in every language."""
THEMES_NAMED = 3
_DISTRICT = " – "
"""Stands between a town and its district in the name of a locality."""
_POSTAL_CODE = re.compile(r"\b\d\d-\d{3}\b", re.ASCII)

Say = Callable[..., str]
Label = Callable[[str, str], str]
Cells = list[str | int | float | None]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A venue with who is invited there, and when ("" while no day is chosen)."""

    venue: Venue
    invitees: Sequence[Invitee]
    date: str = ""
    time: str = ""


def why_text(why: Why, say: Say, label: Label) -> str:
    """One reason in words, with the names of its themes."""
    text = say(f"plan.why.{why.key}", **why.params)
    names = ", ".join(label("theme", code) for code in why.themes[:THEMES_NAMED])
    return say("plan.why.themes", text=text, names=names) if names else text


def whys_text(one: Invitee, say: Say, label: Label) -> str:
    return "; ".join(why_text(why, say, label) for why in one.why)


def name_of(one: Invitee, say: Say) -> str:
    """The invitee's name; the gmina itself is called what it is."""
    return say("plan.office", name=one.name) if one.category == OFFICE else one.name


def category_of(one: Invitee, say: Say, label: Label) -> str:
    return say("plan.office_kind") if one.category == OFFICE else label("category", one.category)


@dataclass(frozen=True, slots=True)
class Contacts:
    """How many of some invitees have each kind of contact in the data, and how many have none at all (a website is one, too)."""

    all: int
    email: int
    phone: int
    address: int
    none: int


def contacts_of(invitees: Iterable[Invitee]) -> Contacts:
    """Whether the letters can reach anybody."""
    known = [_of_record(one.item) if one.item else {} for one in invitees]
    email, phone, address = (sum(bool(facts.get(name)) for facts in known) for name in ("email", "phone", "address"))
    none = sum(not any(facts.get(name) for name in ("email", "phone", "address", "website")) for facts in known)
    return Contacts(len(known), email, phone, address, none)


def list_rows(occasions: Iterable[Occasion], say: Say, label: Label) -> list[Cells]:
    """One row an invitee in the order of COLUMNS; an approximate position has no distance."""
    return [_row(occasion, one, say, label) for occasion in occasions for one in occasion.invitees]


def _row(occasion: Occasion, one: Invitee, say: Say, label: Label) -> Cells:
    facts = _facts(one, say, label)
    rough = one.km is None and one.category != OFFICE
    return [
        *(occasion.venue.name, occasion.date, occasion.time, facts["name"], category_of(one, say, label)),
        None if one.km is None else round(one.km, 1),
        say("plan.sheet.only_gmina") if rough else "",
        *(facts[name] for name in COLUMNS[7:14]),
        facts["why"],
        *(facts[name] for name in ("as_of", "source_url", "other_sources", "id")),
    ]


def merge_rows(occasions: Iterable[Occasion], say: Say, label: Label, day: Callable[[str], str] = str) -> list[Cells]:
    """One row an invitee in the order of MERGE_COLUMNS; `day` says how a date reads in a letter."""
    return [
        [(_facts(one, say, label) | _when(occasion, day))[name] for name in MERGE_COLUMNS]
        for occasion in occasions
        for one in occasion.invitees
    ]


def merge_headers(say: Say) -> list[str]:
    """The headers of the mail merge file in words, for whoever writes the letter on the screen's language."""
    return [say(f"plan.sheet.{name}") for name in MERGE_COLUMNS]


def _when(occasion: Occasion, day: Callable[[str], str]) -> dict[str, str]:
    venue = occasion.venue
    date = day(occasion.date) if occasion.date else ""
    return {"venue": venue.name, "venue_locality": venue.locality, "date": date, "time": occasion.time}


def _facts(one: Invitee, say: Say, label: Label) -> dict[str, str]:
    item = one.item
    known = _of_record(item) if item else dict.fromkeys(("address", "postal_code", "locality", "email", "phone", "website"), "")
    sources = [source.url for source in item.sources] if item else []
    return {
        **known,
        "id": one.id,
        "name": name_of(one, say),
        "gmina": label("gmina", one.teryt),
        "why": whys_text(one, say, label),
        "as_of": item.as_of if item else "",
        "source_url": sources[0] if sources else say("plan.sheet.gmina_source"),
        "other_sources": " | ".join(sources[1:]),
    }


def _of_record(item: Item) -> dict[str, str]:
    contacts = {name: item.details.get(name, "") for name in ("email", "phone", "website")}
    address, code = _street(item)
    return {"address": address, "postal_code": code, "locality": item.locality, **contacts}


def _street(item: Item) -> tuple[str, str]:
    """Street and number without what stands in the columns beside it (postal code, town), and the postal code wherever it was written."""
    found = _POSTAL_CODE.search(item.address)
    code = item.postal_code or (found[0] if found else "")
    parts = (_POSTAL_CODE.sub("", part).strip() for part in item.address.split(","))
    towns = {"", item.locality, item.locality.split(_DISTRICT)[0]}
    return ", ".join(part for part in parts if part not in towns), code
