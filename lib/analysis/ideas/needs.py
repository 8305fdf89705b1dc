"""Which stated needs does an idea meet, near first, and which needs of the register have been answered since, by what?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.analysis.freshness import year_of
from lib.analysis.ideas.ground import EVERYONE, FOR_ALL, Floats, Ground, Idea, Words
from lib.analysis.ideas.nearness import REACH_KM, where
from lib.analysis.ideas.reason import Reason, because
from lib.analysis.profile import day_of
from lib.domain.records import Item

KIND = "needs"
NEEDS_SHOWN = 8
"""As many as fit one screen of reading; the register has all of them."""
MATTER, PEOPLE, LOOSE, MET = "matter", "people", "loose", "met"
NEED_TIERS = (MATTER, PEOPLE, LOOSE, MET)
"""Why a need is shown, in this order: the same matter, only the same people, only something general in common (neighbours, a meeting
place), and what its own statement says to have been met since, which is no need any more."""
TOPIC_SHARE = 0.6
"""Share of a need's topics that an answer to it must speak of."""
ANSWERS_SHOWN = 3
COMMON_WORDS = 2
"""Words in common from which a record speaks of the same thing: one alone is an accident (a running track, a fun run)."""
RARE_RECORDS, RARE_SHARE = 60, 0.04
DISTINCTIVE_RECORDS, DISTINCTIVE_SHARE = 10, 0.007
"""In how many records, or in which share of them, a word may stand to count as a word in common, and to be enough alone beside the
same people. Settled on the 127 needs of the data, read one by one (`tests/reports/need_answers.py`)."""
_SAID_MET = re.compile(r"\bzaspokojon", re.IGNORECASE)
"""In a statement that says of itself that the need has been met ("niezaspokojona" says the opposite)."""
COLLECTION = "charity"
"""A collection gathers means for something; it is not yet that."""


@dataclass(frozen=True, slots=True)
class Met:
    """A need that the idea would meet: `tier` one of NEED_TIERS, kilometres when both places are known, reasons, and whether it was
    stated in the idea's own gmina or within reach of it (`near`)."""

    item: Item
    tier: str
    km: float | None
    reasons: tuple[Reason, ...]
    near: bool = False


def needs(ground: Ground, idea: Idea, words: Words, *, limit: int | None = NEEDS_SHOWN) -> tuple[Met, ...]:
    """The stated needs that match, in the order of NEED_TIERS; in each the nearest first.

    The same matter: a topic of the idea's matter in common (see `Idea.core`; another topic alone is LOOSE), or at least half of the
    words that the table does not know. When the idea names a group and the need names others only, it does not match. An idea without
    a topic is met by the form or the place that it names together with a theme or a group, and when it names neither by theme and
    group. The same people: a theme and a group in common.
    """
    rows = ground.rows(KIND)
    if not len(rows) or (idea.is_empty and not words.words):
        return ()
    topic, theme = ground.topics.share(idea.topics)[rows], ground.themes.share(idea.themes)[rows]
    group, word = ground.group_share(idea.groups)[rows], words.share()[rows]
    some_group = group > 0 if idea.groups else np.ones(len(rows), dtype=bool)
    same_group = group > FOR_ALL if idea.groups else np.ones(len(rows), dtype=bool)
    same_theme = theme > 0 if idea.themes else np.ones(len(rows), dtype=bool)
    loose = (topic > 0) & some_group
    matter = (ground.topics.any(idea.matter)[rows] & some_group) | ground.same_words(idea, words)[rows]
    if not idea.topics and not idea.is_empty:
        signs = (ground.forms.any(idea.forms) | ground.places.any(idea.places))[rows]
        named = bool(idea.forms or idea.places)
        matter |= signs & (same_group if idea.groups else same_theme) if named else same_theme & same_group
    people = same_group & same_theme & bool(idea.groups)
    reach = ground.reach(idea.place)[rows]
    found = [
        (i, MET if said_answered(ground.items[rows[i]]) else MATTER if matter[i] else PEOPLE if people[i] else LOOSE)
        for i in np.flatnonzero(matter | people | loose)
    ]
    strength = topic + theme + group + word
    ordered = sorted(
        found, key=lambda pair: _order(ground, idea, int(rows[pair[0]]), pair[1], float(reach[pair[0]]), float(strength[pair[0]]))
    )
    return tuple(_met(ground, idea, words, int(rows[i]), tier) for i, tier in ordered[:limit])


def _order(ground: Ground, idea: Idea, row: int, tier: str, reach: float, strength: float) -> tuple[object, ...]:
    """By tier, then by gmina and distance, then by how much is in common, then by id."""
    return NEED_TIERS.index(tier), ground.band(idea.place, row), reach, -round(strength, 6), ground.items[row].id


def _met(ground: Ground, idea: Idea, words: Words, row: int, tier: str) -> Met:
    item = ground.items[row]
    topics, said = ground.topic_words(row, idea.topics), words.in_record(row)
    themes = tuple(code for code in idea.themes if code in item.themes)
    groups = tuple(code for code in idea.groups if code in item.groups)
    votes = item.details.get("votes", "")
    reasons = [
        because("topics", topics=topics) if topics else None,
        because("words", words=said) if said and tier == MATTER and not topics else None,
        because("themes", themes=themes) if themes else None,
        because("groups", groups=groups) if groups else None,
        because("groups_all") if idea.groups and not groups and EVERYONE in item.groups else None,
        where(ground, idea, row),
        because("votes", n=int(votes)) if votes.isdecimal() else None,
    ]
    km, band = ground.km(idea.place, row), ground.band(idea.place, row)
    near = band == 0 or (km <= REACH_KM if km is not None else band == 1)
    return Met(item, tier, km, tuple(reason for reason in reasons if reason), near)


@dataclass(frozen=True, eq=False)
class Said:
    """The content words (lemmas) of records by id, without the names of gminas; `held` is in how many records each stands."""

    words: Mapping[str, frozenset[str]]
    held: Mapping[str, int]

    @classmethod
    def of(cls, words: Mapping[str, frozenset[str]]) -> Said:
        return cls(words, Counter(word for own in words.values() for word in own))

    def common(self, one: str, other: str, most: int, share: float) -> frozenset[str]:
        """The words of two records that stand in at most so many records, or in such a share of them."""
        limit = max(most, share * len(self.words))
        return frozenset(word for word in self.words.get(one, _NOTHING) & self.words.get(other, _NOTHING) if self.held[word] <= limit)


_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that may have answered a need: a later initiative or an organisation, and what it has in common with the need."""

    item: Item
    topics: tuple[str, ...]
    groups: tuple[str, ...]


def answers(ground: Ground, need: Item, said: Said, *, limit: int | None = ANSWERS_SHOWN) -> tuple[Answer, ...]:
    """What in the data may have answered a need since: in the same gmina, on the same topic and theme, for the same people, and about the
    same thing in its own words; newest first.

    Only records on TOPIC_SHARE of the need's topics count, and of initiatives only those not older than the need; where both say
    for whom they are, they must have a group in common. An empty answer means that no record says so, not that nothing was done.
    """
    row = ground.row_of[need.id]
    topics = tuple(code for code in ground.concepts[row] if ground.kinds.get(code) == "topic")
    since = year_of(need.as_of)
    candidates: list[int] = np.flatnonzero(ground.topics.share(topics) >= TOPIC_SHARE).tolist() if topics else []
    found = [
        Answer(item, tuple(sorted(code for code in topics if code in ground.concepts[i])), _common_groups(need, item))
        for i in candidates
        if (item := ground.items[i]).teryt == need.teryt
        and _may_answer(need, item, since)
        and (COLLECTION in topics or COLLECTION not in ground.concepts[i])
        and _same_thing(need, item, said)
    ]
    found.sort(key=lambda one: one.item.id)
    found.sort(key=lambda one: (len(one.topics), len(one.groups), day_of(one.item) or one.item.as_of), reverse=True)
    return tuple(found[:limit])


def _same_thing(need: Item, item: Item, said: Said) -> bool:
    """A theme in common and COMMON_WORDS rare words, or one distinctive word and the same people."""
    if set(need.themes).isdisjoint(item.themes):
        return False
    if len(said.common(need.id, item.id, RARE_RECORDS, RARE_SHARE)) >= COMMON_WORDS:
        return True
    return bool(_common_groups(need, item) and said.common(need.id, item.id, DISTINCTIVE_RECORDS, DISTINCTIVE_SHARE))


def _common_groups(need: Item, item: Item) -> tuple[str, ...]:
    return tuple(code for code in need.groups if code in item.groups and code != EVERYONE)


def _may_answer(need: Item, item: Item, since: int | None) -> bool:
    if item.kind not in ("initiatives", "resources"):
        return False
    year = year_of(day_of(item)) if item.kind == "initiatives" else year_of(item.as_of)
    if since is None or year is None or year < since:
        return False
    if need.locality and item.locality and _village(need.locality) != _village(item.locality):
        return False
    specific = [code for code in need.groups if code != EVERYONE]
    return not specific or EVERYONE in item.groups or bool(_common_groups(need, item))


def _village(locality: str) -> str:
    """A locality as it is compared: a district of a city ("Częstochowa – Raków") is one of its own."""
    return locality.casefold().strip()


def said_answered(need: Item) -> bool:
    """Whether the statement itself says that the need has been met."""
    return bool(_SAID_MET.search(need.name))


def voted(items: Sequence[Item]) -> Floats:
    """Votes of each need, NaN where none are known."""
    return np.array([float(v) if (v := item.details.get("votes", "")).isdecimal() else np.nan for item in items])
