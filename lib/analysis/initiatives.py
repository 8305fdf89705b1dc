"""What do past initiatives have in common: how many a year, for how much money, who with whom, and which are alike?

Amounts are PLN as the source states them, participants are people as the source counts them; neither is known for most
records, so every total comes with the number of records it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lib.analysis.profile import day_of
from lib.domain.records import Item

SIMILAR_SHOWN = 6
"""As many as one reads through; the list behind the link has the rest."""
UNTELLING_KINDS = ("other", "")
"""Two initiatives that are both "other" have nothing in common by that."""
STEM = 5
"""Letters of a word that survive Polish inflection (Janowie, Janów; gospodyń, gospodynie)."""
SHORT_WORD = 3
"""Words up to this length say little about who is meant (w, ul, im, nad), unless they are one of SHORT_NAMES."""
SHORT_NAMES = {
    "kgw": "koło gospodyń wiejskich",
    "osp": "ochotnicza straż pożarna",
    "utw": "uniwersytet trzeciego wieku",
    "gok": "gminny ośrodek kultury",
    "mok": "miejski ośrodek kultury",
    "mdk": "miejski dom kultury",
    "lgd": "lokalna grupa działania",
    "ops": "ośrodek pomocy społecznej",
    "gops": "gminny ośrodek pomocy społecznej",
    "mops": "miejski ośrodek pomocy społecznej",
}
"""Spelled out before two names are compared: the fire brigade and the circle of one village share only its name."""
MIN_COMMON = 0.5
"""Share of common word stems from which a name and a record are taken for the same body."""


@dataclass(frozen=True, slots=True)
class Known:
    """A total over the `count` of `of` records that state a figure."""

    total: float
    count: int
    of: int


def total_of(items: Iterable[Item], column: str) -> Known:
    """The sum of a figure over the records that state it."""
    figures = [figure(item, column) for item in items]
    known = [value for value in figures if value is not None]
    return Known(sum(known), len(known), len(figures))


def figure(item: Item, column: str) -> float | None:
    """A number that a record states, None when it states none."""
    try:
        value = float(item.details.get(column, ""))
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None


def count_by(items: Iterable[Item], values: Callable[[Item], Iterable[str]], order: Iterable[str] = ()) -> dict[str, int]:
    """How many records hold each value, the most frequent first; equal ones in the given order."""
    counted = Counter(value for item in items for value in values(item) if value)
    place = {code: number for number, code in enumerate(order)}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], place.get(pair[0], len(place)), pair[0])))


def newest_first(items: Sequence[Item], *, oldest: bool = False) -> list[int]:
    """Positions in `items` ordered by day, the newest (or oldest) first; those without a date always come last, ties stay in order."""
    dated = sorted((i for i, item in enumerate(items) if day_of(item)), key=lambda i: day_of(items[i]), reverse=not oldest)
    return dated + [i for i, item in enumerate(items) if not day_of(item)]


@dataclass(frozen=True, slots=True)
class Likeness:
    """An initiative like another one, and in what: the same gmina, the same kind, which themes."""

    item: Item
    same_gmina: bool
    same_kind: bool
    themes: tuple[str, ...]


def similar(to: Item, items: Iterable[Item], *, limit: int = SIMILAR_SHOWN) -> tuple[Likeness, ...]:
    """Initiatives of the same kind or with a common theme: the same gmina first, then most in common, then the newest."""
    found = [_likeness(to, item) for item in items if item.kind == to.kind and item.id != to.id]
    alike = [one for one in found if one.same_kind or one.themes]
    alike.sort(key=lambda one: day_of(one.item), reverse=True)
    alike.sort(key=lambda one: (not one.same_gmina, -len(one.themes) - one.same_kind))
    return tuple(alike[:limit])


def _likeness(to: Item, item: Item) -> Likeness:
    return Likeness(
        item,
        same_gmina=item.teryt == to.teryt,
        same_kind=item.category == to.category and item.category not in UNTELLING_KINDS,
        themes=tuple(theme for theme in to.themes if theme in item.themes),
    )


@dataclass(frozen=True, slots=True)
class Party:
    """An organiser or partner as the source names it ("" when only the record is known), and the id of its record ("" for none)."""

    name: str
    record: str


def parties(item: Item, column: str, names: Mapping[str, str]) -> tuple[Party, ...]:
    """Who is named in `organisers` or `partners`, each with the record it leads to; `names` gives the name of a record by id.

    The file keeps names and ids as two lists of different lengths, so that a name and an id are put together when they
    share words; an id that no name fits stays as a party of its own.
    """
    said = item.parts(column)
    ids = [code for code in item.parts(column.removesuffix("s") + "_ids") if code in names]
    chosen: dict[int, str] = {}
    pairs = sorted(((_common(said[i], names[code]), -i, code) for i in range(len(said)) for code in ids), reverse=True)
    for score, minus_i, code in pairs:
        if score >= MIN_COMMON and -minus_i not in chosen and code not in chosen.values():
            chosen[-minus_i] = code
    free = [code for code in ids if code not in chosen.values()]
    open_places = [i for i in range(len(said)) if i not in chosen]
    if len(open_places) == len(free) == 1:
        chosen[open_places[0]] = free.pop()
    return tuple(Party(name, chosen.get(i, "")) for i, name in enumerate(said)) + tuple(Party("", code) for code in free)


def parties_of(item: Item) -> tuple[str, ...]:
    """Ids of the organisations that ran or joined an initiative, each once."""
    return tuple(dict.fromkeys((*item.parts("organiser_ids"), *item.parts("partner_ids"))))


def involvement(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    """{resource id: initiatives it organised or joined, newest first}."""
    found: dict[str, list[Item]] = {}
    for item in items:
        for code in parties_of(item):
            found.setdefault(code, []).append(item)
    return {code: tuple(sorted(them, key=lambda one: one.details.get("date_start", ""), reverse=True)) for code, them in found.items()}


def _common(one: str, other: str) -> float:
    """The share of common word stems in the shorter of two names."""
    a, b = _stems(one), _stems(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _stems(name: str) -> set[str]:
    words = "".join(ch if ch.isalnum() else " " for ch in name.casefold()).split()
    spelled = " ".join(SHORT_NAMES.get(word, word) for word in words).split()
    return {word[:STEM] for word in spelled if len(word) > SHORT_WORD}
