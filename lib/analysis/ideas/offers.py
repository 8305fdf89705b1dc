"""What does an organisation bring that others lack: a venue, volunteers, legal personality, experience with a funder?

Three of the four follow from the kind of organisation, which is general knowledge and said so; a KRS number, an initiative held
there and a grant that was won are facts of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from lib.analysis.initiatives import STEM, parties_of
from lib.domain.records import Item

VENUE, VOLUNTEERS, LEGAL, FUNDER = "venue", "volunteers", "legal", "funder"
OFFERS = (VENUE, VOLUNTEERS, LEGAL, FUNDER)
"""In the order in which they are said."""

VENUES = frozenset(
    {"culture_centre", "library", "community_centre", "day_room", "school", "fire_brigade", "sports_facility", "parish_group"}
)
"""Kinds of places that usually have a room or a hall for others."""
HANDS = frozenset({"fire_brigade", "kgw", "school"})
HANDS_SUBKINDS = frozenset({"scouts", "rural_youth", "volunteer_centre", "utw", "youth_council", "parents_council"})
"""Groups of many members who usually help: brigades, women's circles, scouts, rural youth, students of all ages."""
NO_HANDS_SUBKINDS = frozenset({"kindergarten", "nursery"})
"""Their children are too small to help."""
LEGAL_KINDS = frozenset({"ngo", "kgw", "fire_brigade", "sports_club", "culture_centre", "library", "lag", "social_enterprise"})
"""Kinds that usually have legal personality: associations, registered circles, brigades (they are associations), institutions."""
NOT_LEGAL_SUBKINDS = frozenset({"scouts", "interest_group", "therapy_workshop", "cis", "rural_youth", "employers", "kgw_council"})
"""Units and groups without legal personality of their own."""

LACKS: Mapping[str, tuple[str, ...]] = {
    "": OFFERS,
    "informal_group": OFFERS,
    "senior_club": OFFERS,
    "kgw": (VENUE, FUNDER),
    "ngo": (VENUE, VOLUNTEERS),
    "school": (VOLUNTEERS, FUNDER),
    "parish": (VOLUNTEERS, FUNDER),
    "fire_brigade": (FUNDER,),
    "municipality": (VOLUNTEERS,),
    "social_enterprise": (VENUE, VOLUNTEERS),
    "culture_centre": (VOLUNTEERS, FUNDER),
}
"""What each kind of applicant usually lacks; general know-how, therefore only an order of looking, not a judgement."""

APPLICANTS: Mapping[str, tuple[str, ...]] = {
    "ngo": ("ngo",),
    "kgw": ("kgw",),
    "senior_club": ("senior_club",),
    "fire_brigade": ("fire_brigade", "ngo"),
    "sports_club": ("ngo",),
    "lag": ("ngo",),
    "culture_centre": ("culture_centre",),
    "library": ("culture_centre",),
    "school": ("school",),
    "parish_group": ("parish",),
    "social_enterprise": ("social_enterprise",),
}
"""As what an organisation of a category may apply (vocabulary `applicant`): a brigade is an association, a library an institution."""
NO_PERSONALITY = frozenset({"", "informal_group", "senior_club"})
"""Who asks without legal personality, or may well have none: residents may hand in a proposal, a grant is signed by a patron."""
NAMED_TOO: Mapping[str, tuple[str, str]] = {"library": ("culture_centre", "bibliotek")}
"""A kind that an organisation of another kind is too when a word of its name begins so: many gminas have joined their culture centre
and their library, and a record has one category only."""
ALSO: Mapping[str, tuple[str, ...]] = {"fire_brigade": ("fire_brigade", "ngo")}
"""The same for who asks, where it is more than one."""


def offers_of(item: Item) -> frozenset[str]:
    """What an organisation brings by its kind or its KRS number."""
    legal = bool(item.details.get("krs")) or (item.category in LEGAL_KINDS and item.subkind not in NOT_LEGAL_SUBKINDS)
    brought = {
        VENUE: item.category in VENUES and item.subkind not in ("parents_council",),
        VOLUNTEERS: (item.category in HANDS or item.subkind in HANDS_SUBKINDS) and item.subkind not in NO_HANDS_SUBKINDS,
        LEGAL: legal,
    }
    return frozenset(name for name, there in brought.items() if there)


def named_too(item: Item, category: str) -> bool:
    """Whether an organisation of another category is one of this kind as well, by its name."""
    other, stem = NAMED_TOO.get(category, ("", ""))
    return bool(stem) and item.category == other and any(word.startswith(stem) for word in _words(item.name))


def lacks(who: str) -> tuple[str, ...]:
    """What the asking group usually lacks; an unknown kind of group is taken to lack everything."""
    return LACKS.get(who, OFFERS)


def applicants_of(item: Item) -> tuple[str, ...]:
    """As what an organisation may apply for money; () for kinds without legal personality of their own."""
    if item.subkind in NOT_LEGAL_SUBKINDS and not item.details.get("krs"):
        return ()
    own = APPLICANTS.get(item.category, ())
    return tuple(dict.fromkeys((*own, "ngo"))) if item.details.get("krs") and item.category == "senior_club" else own


_GENERIC = frozenset(
    word[:STEM]
    for word in (
        *("program", "programu", "konkurs", "konkursy", "otwarty", "otwarte", "ofert", "dotacja", "dotacje", "fundusz", "projekt"),
        *("projekty", "wsparcie", "wsparciu", "edycja", "województwa", "województwo", "śląskie", "śląskiego", "powiatu", "powiat"),
        *("gminy", "miasta", "priorytet", "lata", "małe", "nabory", "ramach", "strategii", "rozwoju"),
    )
)
"""Words of programmes' names that name none of them."""
_QUOTED = re.compile(r"[„\"«]([^”\"»]{4,})[”\"»]")
_SHORT_NAME = re.compile(r"\b[A-ZŚŻŹĆŁ]{4,}\b")
_YEARS = re.compile(r"\d{4}(?:[–-]\d{2,4})?")
MIN_NAMED = 2
"""Distinctive words from which a name alone is recognised; a quoted name or a short name needs one."""


@cache
def marks_of(name: str) -> tuple[frozenset[str], ...]:
    """By which sets of word stems a programme is recognised in the funding line of an initiative."""
    bare = re.split(r"\s[–-]\s|\(", _QUOTED.sub(" ", name))[0]
    main = _stems(bare)
    quoted = [_stems(text) for text in _QUOTED.findall(name)]
    short = [frozenset({word.casefold()}) for word in _SHORT_NAME.findall(name)]
    whole = _all_stems(bare)
    found = [main if len(main) >= MIN_NAMED else frozenset(), *(stems for stems in quoted if stems), *short]
    if len(main) == 1 and len(whole) >= MIN_NAMED + 1:
        found.append(whole)
    return tuple(dict.fromkeys(mark for mark in found if mark))


def _words(text: str) -> list[str]:
    return "".join(ch if ch.isalnum() else " " for ch in _YEARS.sub(" ", text).casefold()).split()


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _words(text) if len(word) > 3) - _GENERIC


def _all_stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _words(text) if len(word) > 3)


@cache
def named_in(funding: str, name: str) -> bool:
    """Whether the funding line of an initiative names a programme."""
    said = _all_stems(funding) | frozenset(_words(funding))
    return any(mark <= said for mark in marks_of(name))


def experience(initiatives: Iterable[Item], programmes: Sequence[Item]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Which programmes an organisation has had money from: {record: {programme: initiatives}}, by what the initiatives' lines name."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for item in initiatives:
        line = item.details.get("funding", "")
        if not line:
            continue
        named = [programme.id for programme in programmes if named_in(line, programme.name)]
        for party in parties_of(item) if named else ():
            own = found.setdefault(party, {})
            for code in named:
                own[code] = (*own.get(code, ()), item.id)
    return found
