"""What like the idea exists within reach (to be joined, not doubled), and how have others done it? Reasons and records in answer.

Every line of the checklist is counted over the sound examples and names the records it comes from; the few lines of general
know-how say that they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from lib.analysis.freshness import year_of
from lib.analysis.ideas.ground import FOR_ALL, Bools, Floats, Ground, Idea, Words, for_groups
from lib.analysis.ideas.nearness import REACH_KM, where
from lib.analysis.ideas.offers import NO_PERSONALITY
from lib.analysis.ideas.reason import Reason, because
from lib.analysis.initiatives import figure, parties_of
from lib.analysis.profile import day_of
from lib.domain.records import Item

NEAR_KM = 10.0
"""A quarter of an hour by car: farther off (straight line) something is known, but it does not "work nearby" for a child or a senior."""
RECENT_YEARS = 5
"""An initiative of the last five years may still go on; an older one is an example, not something to join."""
HERE, NEAR, FAR, UNPLACED, LOOSE = "here", "near", "far", "unplaced", "loose"
TIERS = (HERE, NEAR, FAR, UNPLACED)
"""Where what exists in the same matter lies: in the own gmina, within NEAR_KM and known of in the last RECENT_YEARS, farther off or
known of long ago, or somewhere in a neighbouring gmina. What has only something general in common with the idea is LOOSE, wherever
it lies."""
EXISTING_SHOWN, EXAMPLES_SHOWN = 6, 6
"""As many as one reads through."""
TOPIC, THEME, GROUP, FORM, WORD = 0.45, 0.15, 0.2, 0.1, 0.1
"""Shares of what an example has in common with the idea: what it is about counts most, then for whom, then the theme."""
LEAST_ALIKE = 0.2
"""Below this an initiative has little more than a theme in common and shows nobody how the idea is done. What shares neither a topic
nor words must share a theme and a group."""
MIN_COMMON = 2
"""A line "others did it so" needs at least two records."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record like the idea: how much (0..1), how far, and in what.

    Of what exists, `tier` is one of TIERS or LOOSE, `known` the date of what is known of it ("" unknown) and `old` whether that lies
    more than RECENT_YEARS back. An example is `sound` when it is
    about the same and for the same people or near, so that conclusions may be drawn from it.
    """

    item: Item
    score: float
    km: float | None
    reasons: tuple[Reason, ...]
    tier: str = ""
    known: str = ""
    old: bool = False
    sound: bool = False


def existing(ground: Ground, idea: Idea, words: Words, *, limit: int | None = EXISTING_SHOWN) -> tuple[Alike, ...]:
    """Organisations, places and recent initiatives like the idea within REACH_KM (or in the gmina and its neighbours when their place
    is unknown): a topic in common and, where both say for whom, a group; for an idea without a topic a theme and a group. The own
    gmina first, then what is near and known of lately, then the rest, and last what is LOOSE (see `Idea.core`)."""
    if idea.is_empty and not words.words:
        return ()
    topic = ground.did_topics.share(idea.topics)
    group, theme = for_groups(ground.did_groups, idea.groups), ground.did_themes.share(idea.themes)
    same_people = group > FOR_ALL if idea.groups else np.ones(len(group), dtype=bool)
    alike = ((topic > 0) & ((group > 0) if idea.groups else True)) | ground.same_words(idea, words)
    if not idea.topics:
        alike |= (theme > 0) & same_people if idea.themes else same_people & bool(idea.groups)
    rows = np.flatnonzero(alike & _lasting(ground) & _within(ground, idea))
    total = topic + 0.5 * group + 0.25 * theme
    reach = ground.reach(idea.place)
    same = ground.did_topics.any(idea.matter) | ground.same_words(idea, words) if idea.topics else alike
    others = [row for row in rows.tolist() if ground.items[row].id != idea.organiser]
    found = [_exists(ground, idea, words, row, float(total[row]), same=bool(same[row])) for row in others]
    order = (*TIERS, LOOSE)
    found.sort(
        key=lambda one: (order.index(one.tier), -round(one.score, 6), float(reach[ground.row_of[one.item.id]]), one.item.id),
    )
    return tuple(found[:limit])


def _exists(ground: Ground, idea: Idea, words: Words, row: int, score: float, *, same: bool) -> Alike:
    """What exists, with where it lies and from when the knowledge is; `same` says whether it is about the idea's matter."""
    known = _known(ground, idea, row)
    year = year_of(known)
    old = year is not None and year < ground.year - RECENT_YEARS
    aged = because("known_old" if old else "known", date=known) if known else because("undated")
    reasons = (*_why(ground, idea, words, row), aged)
    tier = _tier(ground, idea, row, old=old) if same else LOOSE
    return Alike(ground.items[row], score, ground.km(idea.place, row), reasons, tier=tier, known=known, old=old)


def _known(ground: Ground, idea: Idea, row: int) -> str:
    """The date of what is known: of an initiative its day, of an organisation its page, or the newest initiative that makes it alike."""
    item = ground.items[row]
    if item.kind == "initiatives" or ground.topic_words(row, idea.topics):
        return day_of(item) or item.as_of
    return max((day_of(ground.items[place]) for place in _practice(ground, idea, item)), default="") or item.as_of


def _practice(ground: Ground, idea: Idea, item: Item) -> list[int]:
    """The rows of what an organisation ran or joined on a topic of the idea."""
    rows = (ground.row_of[code] for code in ground.work.did.get(item.id, ()))
    return [row for row in rows if ground.topic_words(row, idea.topics)]


def _tier(ground: Ground, idea: Idea, row: int, *, old: bool) -> str:
    band, km = ground.band(idea.place, row), ground.km(idea.place, row)
    if band == 0:
        return HERE
    if km is None:
        return UNPLACED
    return NEAR if not old and km <= NEAR_KM else FAR


def _lasting(ground: Ground) -> Bools:
    """Which records may still be there to join: organisations and places, and initiatives of the last RECENT_YEARS."""
    found = ground.happened >= ground.year - RECENT_YEARS
    found[ground.rows("resources")] = True
    return found


def _within(ground: Ground, idea: Idea) -> Bools:
    beside = np.isin(ground.teryts.astype(str), [idea.place.teryt, *ground.borders.get(idea.place.teryt, ())])
    measured = ground.exact & idea.place.exact
    return np.where(measured, ground.reach(idea.place) <= REACH_KM, beside)


def _why(ground: Ground, idea: Idea, words: Words, row: int) -> tuple[Reason, ...]:
    item = ground.items[row]
    topics, said = ground.topic_words(row, idea.topics), words.in_record(row)
    by = tuple(ground.items[place].id for place in _practice(ground, idea, item))
    did = tuple(code for code in idea.topics if any(code in ground.concepts[ground.row_of[one]] for one in by))
    themes = tuple(code for code in idea.themes if code in item.themes)
    groups = tuple(code for code in idea.groups if code in item.groups)
    reasons = [
        because("topics", topics=topics) if topics else None,
        because("did", topics=did, records=by) if did and not topics else None,
        because("words", words=said) if said else None,
        because("groups", groups=groups) if groups else None,
        because("themes", themes=themes) if themes and not topics else None,
        where(ground, idea, row),
    ]
    return tuple(reason for reason in reasons if reason)


def likeness(ground: Ground, idea: Idea, words: Words) -> Floats:
    """How much every record's own text and codes have in common with the idea, 0..1."""
    return (
        TOPIC * ground.topics.share(idea.topics)
        + THEME * ground.themes.share(idea.themes)
        + GROUP * ground.group_share(idea.groups)
        + FORM * ground.forms.share(idea.forms)
        + WORD * words.share()
    )


def examples(ground: Ground, idea: Idea, words: Words, *, limit: int | None = EXAMPLES_SHOWN) -> tuple[Alike, ...]:
    """Past initiatives like the idea in the whole region: those that conclusions may be drawn from first, in both parts the likest
    first, of equally like ones the newest."""
    rows = ground.rows("initiatives")
    if not len(rows) or (idea.is_empty and not words.words):
        return ()
    score = likeness(ground, idea, words)
    same = (ground.topics.share(idea.topics) > 0) | ground.same_words(idea, words)
    same |= ((ground.themes.share(idea.themes) > 0) | (not idea.themes)) & ((ground.group_share(idea.groups) > FOR_ALL) | (not idea.groups))
    wanted = [row for row in rows.tolist() if score[row] >= LEAST_ALIKE and same[row]]
    wanted.sort(key=lambda row: ground.items[row].id)
    wanted.sort(key=lambda row: (round(float(score[row]), 6), day_of(ground.items[row])), reverse=True)
    sound = _sound(ground, idea, words)
    wanted.sort(key=lambda row: not sound[row])
    return tuple(
        Alike(ground.items[row], float(score[row]), ground.km(idea.place, row), _why(ground, idea, words, row), sound=bool(sound[row]))
        for row in wanted[:limit]
    )


def _sound(ground: Ground, idea: Idea, words: Words) -> Bools:
    """From which records conclusions may be drawn: about the same matter (a topic of it or its words; for an idea without a topic a
    theme) and for the same people or from the surroundings. A trip of the same people or a laptop for other ones tells nobody how a
    course is run.
    """
    same = ground.topics.any(idea.matter) if idea.topics else ground.themes.share(idea.themes) > 0
    same = same | ground.same_words(idea, words)
    people = ground.group_share(idea.groups) > FOR_ALL if idea.groups else np.ones(len(same), dtype=bool)
    return np.asarray(same & (people | _within(ground, idea)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist; with `general` it is know-how that rests on no record."""

    key: str
    params: tuple[tuple[str, str | int | float | tuple[str, ...]], ...] = ()
    records: tuple[str, ...] = ()
    general: bool = False


def checklist(ground: Ground, idea: Idea, found: Sequence[Alike]) -> tuple[Line, ...]:
    """What the examples have in common, as things to think of; then what is general know-how and marked so."""
    items = [one.item for one in found]
    own = [_partners(items), _organisers(ground, items), _venues(items), _money(items), _participants(items), _season(items)]
    general = [
        Line("patron", general=True) if idea.who in NO_PERSONALITY else None,
        Line("owner", general=True),
        Line("access", general=True),
    ]
    return tuple(line for line in (*own, *general) if line)


def _ids(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _partners(items: Sequence[Item]) -> Line | None:
    joint = [
        item for item in items if len(parties_of(item)) > 1 or "|" in item.details.get("organisers", "") or item.details.get("partners")
    ]
    return Line("partners", (("n", len(joint)), ("of", len(items))), _ids(joint)) if len(joint) >= MIN_COMMON else None


def _organisers(ground: Ground, items: Sequence[Item]) -> Line | None:
    """The kind of organisation that ran most of the examples."""
    held: dict[str, list[Item]] = {}
    for item in items:
        for code in {o.category for one in item.parts("organiser_ids") if (o := ground.item(one))}:
            held.setdefault(code, []).append(item)
    if not held:
        return None
    code = min(held, key=lambda code: (-len(held[code]), code))
    if len(held[code]) < MIN_COMMON:
        return None
    return Line("organisers", (("categories", (code,)), ("n", len(held[code])), ("of", len(items))), _ids(held[code]))


def _venues(items: Sequence[Item]) -> Line | None:
    placed = [item for item in items if item.address]
    if len(placed) < MIN_COMMON:
        return None
    return Line("venues", (("names", "; ".join(dict.fromkeys(item.address for item in placed))), ("n", len(placed))), _ids(placed))


def _money(items: Sequence[Item]) -> Line | None:
    """What is known of the money: amounts where two or more are stated, else the sources named."""
    known = [(item, amount) for item in items if (amount := figure(item, "amount_pln")) is not None]
    if len(known) >= MIN_COMMON:
        amounts = [amount for _, amount in known]
        span = (("low", min(amounts)), ("high", max(amounts)), ("middle", float(median(amounts))), ("n", len(known)))
        return Line("amounts", span, _ids([item for item, _ in known]))
    named = [item for item in items if item.details.get("funding")]
    if not named:
        return None
    names = "; ".join(dict.fromkeys(item.details["funding"] for item in named))
    return Line("funding", (("names", names), ("n", len(named))), _ids(named))


def _participants(items: Sequence[Item]) -> Line | None:
    known = [(item, count) for item in items if (count := figure(item, "participants"))]
    if len(known) < MIN_COMMON:
        return None
    counts = [count for _, count in known]
    return Line("participants", (("low", min(counts)), ("high", max(counts)), ("n", len(known))), _ids([item for item, _ in known]))


def _season(items: Sequence[Item]) -> Line | None:
    """The month in which most dated examples began, when at least half of them did."""
    dated = [(item, int(day_of(item)[5:7])) for item in items if len(day_of(item)) >= 7 and day_of(item)[5:7].isdecimal()]
    if not dated:
        return None
    month, n = min(Counter(month for _, month in dated).items(), key=lambda pair: (-pair[1], pair[0]))
    if n < MIN_COMMON or 2 * n < len(dated):
        return None
    return Line("season", (("month", month), ("n", n), ("of", len(dated))), _ids([item for item, own in dated if own == month]))
