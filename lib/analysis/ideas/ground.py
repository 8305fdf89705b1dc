"""What does every answer about an idea rest on? The idea as codes, and the records as columns that are made once for all ideas.

Positions are metres in EPSG:2180 (NaN: none), distances straight-line kilometres. A record that is known only by its gmina has no
distance: `km` is None for it, and where an order needs one it is taken for as far as it could well be (`reach`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lib.analysis.freshness import year_of
from lib.analysis.ideas.cooperation import Cooperation, cooperation
from lib.analysis.ideas.offers import LEGAL, VENUE, VOLUNTEERS, offers_of
from lib.analysis.profile import day_of
from lib.domain.records import Gmina, Item
from lib.geo.distance import plane_km, to_metres

EVERYONE = "everyone"
FOR_ALL = 0.3
"""What "for everyone" counts as when an idea is for somebody: a choir for all is no seniors' choir, but seniors sing in it."""
WORD_SHARE = 0.5
"""Share of the words beyond the table from which a record speaks of the same matter although no topic says so."""
GMINA_RADIUS_KM = 6.0
"""The region's gminas are about 100 km² each, a circle of 5.6 km radius: a place known only by its gmina may be that far off its middle."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the idea is: the gmina and, when `exact`, a point in it (metres) with its name; otherwise the gmina's label point."""

    teryt: str
    x: float
    y: float
    name: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea after it was read: codes of themes, groups, topics, forms and places (concepts), kinds of places it names (`categories`).

    `leading` are the themes that it is about and does not only touch; () stands for all of them. `core` are the topics that are its
    matter: of a repair café for neighbours the repairing, which nobody may have done yet, and not the neighbours, whom many speak of;
    () stands for all topics.
    `who` is a code of the vocabulary `applicant` ("" unknown), `organiser` the id of the asking organisation's record ("" none),
    `amount` a budget in PLN.
    """

    place: Place
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    who: str = ""
    organiser: str = ""
    amount: float | None = None

    @property
    def first_themes(self) -> tuple[str, ...]:
        return self.leading or self.themes

    @property
    def matter(self) -> tuple[str, ...]:
        return self.core or self.topics

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of what it is about or for whom."""
        return not (self.themes or self.groups or self.topics)


@dataclass(frozen=True, eq=False)
class Words:
    """Words of the text beyond the reviewed table, and which records hold them: `held` is words x records."""

    words: tuple[str, ...]
    held: Bools

    def share(self) -> Floats:
        """For each record the share of the words that it holds, 0..1."""
        if not self.words:
            return np.zeros(self.held.shape[1])
        return np.asarray(self.held.mean(axis=0), dtype=float)

    def in_record(self, row: int) -> tuple[str, ...]:
        return tuple(word for word, held in zip(self.words, self.held[:, row], strict=True) if held)


@dataclass(frozen=True, eq=False)
class Codes:
    """Which records have which codes: `has` is codes x records."""

    codes: tuple[str, ...]
    has: Bools

    @classmethod
    def of(cls, values: Sequence[Collection[str]]) -> Codes:
        codes = tuple(sorted({code for value in values for code in value}))
        place = {code: i for i, code in enumerate(codes)}
        has = np.zeros((len(codes), len(values)), dtype=bool)
        for row, value in enumerate(values):
            for code in value:
                has[place[code], row] = True
        return cls(codes, has)

    def share(self, wanted: Sequence[str]) -> Floats:
        """For each record the share of the wanted codes that it has, 0..1 (0 when nothing is wanted)."""
        if not wanted:
            return np.zeros(self.has.shape[1])
        known = [self.codes.index(code) for code in wanted if code in self.codes]
        return np.asarray(self.has[known].sum(axis=0) / len(wanted), dtype=float)

    def any(self, wanted: Iterable[str]) -> Bools:
        """Which records have one of the wanted codes."""
        known = [self.codes.index(code) for code in dict.fromkeys(wanted) if code in self.codes]
        return np.asarray(self.has[known].any(axis=0)) if known else np.zeros(self.has.shape[1], dtype=bool)


@dataclass(frozen=True, eq=False)
class Ground:
    """The records of a data set as the answers need them; row numbers are positions in `items`.

    `concepts` are the concepts of each record's own text, `topics` those of them that say what it is about; `did_*` add what an
    organisation's initiatives were about (for other records they are the same). `year` is the newest year in which a page was read.
    """

    items: tuple[Item, ...]
    concepts: tuple[frozenset[str], ...]
    kinds: Mapping[str, str]
    gminas: Mapping[str, Gmina]
    borders: Mapping[str, frozenset[str]]
    x: Floats
    y: Floats
    exact: Bools
    work: Cooperation
    themes: Codes
    groups: Codes
    topics: Codes
    forms: Codes
    places: Codes
    did_themes: Codes
    did_groups: Codes
    did_topics: Codes
    year: int

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {item.id: row for row, item in enumerate(self.items)}

    @cached_property
    def rows_of_kind(self) -> dict[str, Ints]:
        found: dict[str, list[int]] = {}
        for row, item in enumerate(self.items):
            found.setdefault(item.kind, []).append(row)
        return {kind: np.array(rows, dtype=np.intp) for kind, rows in found.items()}

    @cached_property
    def teryts(self) -> NDArray[np.object_]:
        return np.array([item.teryt for item in self.items], dtype=object)

    @cached_property
    def happened(self) -> Ints:
        """For ordering and for age: the year in which an initiative began, 0 for what has no known year or is no initiative."""
        years = (year_of(day_of(item)) if item.kind == "initiatives" else None for item in self.items)
        return np.array([year or 0 for year in years], dtype=np.intp)

    @cached_property
    def categories(self) -> NDArray[np.str_]:
        return np.array([item.category for item in self.items], dtype=str)

    @cached_property
    def by_id(self) -> Ints:
        """The place of each record in the order of ids, which decides between equals."""
        place = {code: i for i, code in enumerate(sorted(item.id for item in self.items))}
        return np.array([place[item.id] for item in self.items], dtype=np.intp)

    @cached_property
    def offered(self) -> dict[str, Bools]:
        """What each organisation brings by its kind or its KRS number: {offer: records}."""
        brought = [offers_of(item) if item.kind == "resources" else frozenset() for item in self.items]
        return {name: np.array([name in own for own in brought], dtype=bool) for name in (VENUE, VOLUNTEERS, LEGAL)}

    def rows(self, kind: str) -> Ints:
        return self.rows_of_kind.get(kind, np.empty(0, dtype=np.intp))

    def item(self, record: str) -> Item | None:
        row = self.row_of.get(record)
        return None if row is None else self.items[row]

    def topic_words(self, row: int, wanted: Iterable[str]) -> tuple[str, ...]:
        """The wanted topics that a record's own text speaks of."""
        return tuple(code for code in wanted if code in self.concepts[row])

    def km(self, place: Place, row: int) -> float | None:
        """Straight-line kilometres from the idea's place to a record; None when either is known only by its gmina."""
        if not place.exact or not self.exact[row]:
            return None
        return round(float(plane_km(self.x[row], self.y[row], place.x, place.y)), 1)

    def reach(self, place: Place) -> Floats:
        """For ordering: kilometres to every record; one that is known only by its gmina counts as being at the gmina's far side."""
        straight = plane_km(self.x, self.y, place.x, place.y)
        cautious = np.where(self.teryts == place.teryt, GMINA_RADIUS_KM, straight + GMINA_RADIUS_KM)
        return np.where(np.isnan(straight), np.inf, np.where(self.exact, straight, cautious))

    def band(self, place: Place, row: int) -> int:
        """0 in the same gmina, 1 in a gmina that borders on it, 2 elsewhere."""
        teryt = self.items[row].teryt
        return 0 if teryt == place.teryt else 1 if teryt in self.borders.get(place.teryt, ()) else 2

    def same_words(self, idea: Idea, words: Words) -> Bools:
        """Which records hold at least WORD_SHARE of the words beyond the table; for an idea with a topic or a theme only those that share
        a theme or a group as well, because a single word says little."""
        held = words.share() >= WORD_SHARE
        if idea.is_empty:
            return held
        return held & ((self.themes.share(idea.themes) > 0) | (self.group_share(idea.groups) > FOR_ALL))

    def group_share(self, groups: Sequence[str]) -> Floats:
        """For each record the share of the groups it is for; "everyone" counts a little for each of them."""
        return for_groups(self.groups, groups)


def for_groups(codes: Codes, groups: Sequence[str]) -> Floats:
    """The share of the wanted groups, at least FOR_ALL for what is for everyone; an idea for everyone finds what is for everyone."""
    share = codes.share(groups)
    return np.where(codes.any((EVERYONE,)), np.maximum(share, FOR_ALL), share) if groups else share


def build_ground(
    items: Sequence[Item],
    concepts: Sequence[frozenset[str]],
    kinds: Mapping[str, str],
    gminas: Mapping[str, Gmina],
    borders: Mapping[str, frozenset[str]],
    *,
    before: str = "",
) -> Ground:
    """Reads every record once. `concepts` stand beside `items`; `kinds` says of each concept whether it is a topic, form, people or place.

    With `before` (a day) the past ends there: what organisations did later is left out of their columns.
    """
    x, y = to_metres([_degree(item.longitude) for item in items], [_degree(item.latitude) for item in items])
    topics = _of_kind(concepts, kinds, "topic")
    work = cooperation(items, before=before)
    themes, groups, did = _done(items, topics, work)
    return Ground(
        items=tuple(items),
        concepts=tuple(concepts),
        kinds=kinds,
        gminas=gminas,
        borders=borders,
        x=x,
        y=y,
        exact=np.isfinite(x) & ~np.array([item.approximate for item in items], dtype=bool),
        work=work,
        themes=Codes.of([item.themes for item in items]),
        groups=Codes.of([item.groups for item in items]),
        topics=Codes.of(topics),
        forms=Codes.of(_of_kind(concepts, kinds, "form")),
        places=Codes.of(_of_kind(concepts, kinds, "place")),
        year=max((int(s.gathered[:4]) for item in items for s in item.sources[:1] if s.gathered[:4].isdecimal()), default=0),
        did_themes=themes,
        did_groups=groups,
        did_topics=did,
    )


def before_day(ground: Ground, day: str) -> Ground:
    """The same records as they were known before a day: what organisations did later is left out of their columns."""
    work = cooperation(ground.items, before=day)
    themes, groups, topics = _done(ground.items, _of_kind(ground.concepts, ground.kinds, "topic"), work)
    return replace(ground, work=work, did_themes=themes, did_groups=groups, did_topics=topics)


def _of_kind(concepts: Iterable[frozenset[str]], kinds: Mapping[str, str], kind: str) -> list[frozenset[str]]:
    return [frozenset(code for code in found if kinds.get(code) == kind) for found in concepts]


def _done(items: Sequence[Item], topics: Sequence[frozenset[str]], work: Cooperation) -> tuple[Codes, Codes, Codes]:
    """Themes, groups and topics of every record together with those of what an organisation ran or joined."""
    place = {item.id: row for row, item in enumerate(items)}
    rows = [[row, *(place[code] for code in work.did.get(item.id, ()))] for row, item in enumerate(items)]
    return (
        Codes.of([frozenset(code for row in own for code in items[row].themes) for own in rows]),
        Codes.of([frozenset(code for row in own for code in items[row].groups) for own in rows]),
        Codes.of([frozenset(code for row in own for code in topics[row]) for own in rows]),
    )


def _degree(value: float | None) -> float:
    return np.nan if value is None else value


def place_at(teryt: str, *, latitude: float, longitude: float, name: str = "", exact: bool = False) -> Place:
    """A place from WGS84 degrees."""
    x, y = to_metres(longitude, latitude)
    return Place(teryt, float(x[0]), float(y[0]), name, exact)
