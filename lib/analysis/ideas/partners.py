"""With whom? Every organisation gets a score of eight terms between 0 and 1 with weights that can be seen and moved.

A term depends on the organisation, the idea and the records that name it, never on other candidates: taking a candidate away
changes nobody else's score or reasons.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.analysis.ideas.ground import EVERYONE, Floats, Ground, Idea, Ints, for_groups
from lib.analysis.ideas.nearness import where
from lib.analysis.ideas.offers import FUNDER, LEGAL, OFFERS, VENUE, VOLUNTEERS, lacks
from lib.analysis.ideas.reason import Reason, because
from lib.domain.records import Item

TERMS = ("theme", "people", "practice", "named", "together", "open", "near", "adds")
"""Same theme; same people; has done something alike; is of a kind that the text names ("w remizie"); has worked with you or here; has
worked with many; how near; what it adds."""
MAX_WEIGHT = 5
DEFAULT_WEIGHTS: Mapping[str, int] = {"theme": 2, "people": 2, "practice": 3, "named": 2, "together": 5, "open": 2, "near": 5, "adds": 1}
"""Tuned on initiatives before 2019 only (`benchmarks/ideas.py`); whole numbers, because a visitor moves them."""

NEAR_SCALE_KM = 12.0
"""The nearness falls to 37 % at this distance: a bicycle ride becomes a car ride (straight line)."""
VIA, HERE = 0.6, 0.4
"""Having a partner in common, and having worked in the gmina, beside 1 for having worked together."""
MANY = 10
"""Partners from which an organisation counts as fully used to working with others; the most have two."""
PARTNERS_SHOWN = 20
SCORE_DIGITS = 9
"""Equal scores must stay equal in spite of the order in which their terms were added."""
ADDED = {VENUE: "venue", VOLUNTEERS: "volunteers", LEGAL: "legal", FUNDER: "funder"}


@dataclass(frozen=True, slots=True)
class Partner:
    """A ranked organisation: score 0..1, kilometres when both places are known, reasons (the weightiest first) and what it adds."""

    item: Item
    score: float
    km: float | None
    reasons: tuple[Reason, ...]
    adds: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ranking:
    """All candidates in order: `rows` of the ground and the `score` beside each; `terms` is {term: value for each row}."""

    rows: Ints
    scores: Floats
    terms: Mapping[str, Floats]


Funders = Mapping[str, Mapping[str, tuple[str, ...]]]
"""{record: {programme: initiatives}}, as `offers.experience` gives it."""


def checked_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    """A weight for every term, 0..MAX_WEIGHT; what is missing or no number is the default, and all zeros are the default too."""
    asked = {term: weights[term] if weights and term in weights else DEFAULT_WEIGHTS[term] for term in TERMS}
    sound = {
        term: float(min(max(value, 0), MAX_WEIGHT)) if value == value else float(DEFAULT_WEIGHTS[term]) for term, value in asked.items()
    }
    return sound if any(sound.values()) else {term: float(value) for term, value in DEFAULT_WEIGHTS.items()}


def rank(ground: Ground, idea: Idea, funders: Funders, fitting: Sequence[str], *, weights: Mapping[str, float] | None = None) -> Ranking:
    """All organisations by score, equal ones by how near they could be, then by id; `fitting` are ids of programmes that fit the idea."""
    own = ground.row_of.get(idea.organiser, -1)
    rows = ground.rows("resources")[ground.rows("resources") != own]
    terms = {name: values[rows] for name, values in _terms(ground, idea, funders, fitting).items()}
    used = checked_weights(weights)
    total = np.sum([used[name] * terms[name] for name in TERMS], axis=0) / sum(used.values())
    reach, ids = ground.reach(idea.place)[rows], ground.by_id[rows]
    order = np.lexsort((ids, reach, -np.round(total, SCORE_DIGITS)))
    return Ranking(rows[order], total[order], {name: values[order] for name, values in terms.items()})


def _terms(ground: Ground, idea: Idea, funders: Funders, fitting: Sequence[str]) -> dict[str, Floats]:
    """The eight terms of every record; only those of resources mean anything."""
    topic = ground.did_topics.share(idea.topics)
    own, did = ground.themes.share(idea.themes), ground.did_themes.share(idea.themes)
    return {
        "theme": np.maximum(own, did / 2),
        "people": for_groups(ground.did_groups, idea.groups),
        "practice": topic,
        "named": np.isin(ground.categories, idea.categories).astype(float),
        "together": _together(ground, idea),
        "open": _open(ground),
        "near": np.exp(-ground.reach(idea.place) / NEAR_SCALE_KM),
        "adds": _adds(ground, idea, funders, fitting),
    }


def _together(ground: Ground, idea: Idea) -> Floats:
    """Past cooperation: 1 with the asking organisation, VIA through a common partner, HERE in the idea's gmina."""
    found = np.zeros(len(ground.items))
    work, place = ground.work, ground.row_of
    for record, gminas in work.gminas.items():
        if record in place and idea.place.teryt in gminas:
            found[place[record]] = HERE
    for partner in work.ties.get(idea.organiser, {}):
        for record in work.ties.get(partner, {}):
            if record in place:
                found[place[record]] = VIA
    for partner in work.ties.get(idea.organiser, {}):
        if partner in place:
            found[place[partner]] = 1.0
    return found


def _open(ground: Ground) -> Floats:
    """How used to working with others: logarithm of the number of partners, 1 from MANY on."""
    found = np.zeros(len(ground.items))
    for record, partners in ground.work.ties.items():
        if record in ground.row_of:
            found[ground.row_of[record]] = min(1.0, float(np.log1p(len(partners)) / np.log1p(MANY)))
    return found


def _adds(ground: Ground, idea: Idea, funders: Funders, fitting: Sequence[str]) -> Floats:
    """The share of what the group lacks that an organisation brings."""
    wanted, offered = lacks(idea.who), ground.offered
    found = np.zeros(len(ground.items))
    if not wanted:
        return found
    for name in wanted:
        if name != FUNDER:
            found += offered[name]
    known = frozenset(fitting)
    for record, programmes in funders.items() if FUNDER in wanted else ():
        if record in ground.row_of and not known.isdisjoint(programmes):
            found[ground.row_of[record]] += 1
    return np.asarray(found / len(wanted), dtype=float)


def partners(
    ground: Ground,
    idea: Idea,
    funders: Funders,
    fitting: Sequence[str],
    *,
    weights: Mapping[str, float] | None = None,
    limit: int = PARTNERS_SHOWN,
) -> tuple[Partner, ...]:
    """The first organisations of the ranking with their reasons."""
    ranking = rank(ground, idea, funders, fitting, weights=weights)
    used = checked_weights(weights)
    return tuple(
        explain(ground, idea, funders, fitting, int(row), float(score), {t: used[t] * float(ranking.terms[t][i]) for t in TERMS}, used)
        for i, (row, score) in enumerate(zip(ranking.rows[:limit], ranking.scores[:limit], strict=True))
    )


def explain(
    ground: Ground,
    idea: Idea,
    funders: Funders,
    fitting: Sequence[str],
    row: int,
    score: float,
    weighted: Mapping[str, float],
    used: Mapping[str, float],
) -> Partner:
    """One organisation with its reasons; `weighted` are its terms times the weights `used`."""
    item = ground.items[row]
    points = {name: value / sum(used.values()) for name, value in weighted.items()}
    added = _added(ground, idea, funders, fitting, item, points["adds"])
    reasons = [*_in_common(ground, idea, row, points), *_past(ground, idea, item, points), where(ground, idea, row, points=points["near"])]
    ordered = sorted((*reasons, *added), key=lambda reason: -round(reason.points, 9))
    adds = tuple(name for name in OFFERS if any(reason.key.startswith(f"adds_{ADDED[name]}") for reason in added))
    return Partner(item, round(score, 4), ground.km(idea.place, row), tuple(ordered), adds)


def whole_points(found: Partner) -> tuple[int, ...]:
    """The points of 100 of each reason as whole numbers that add up to the score as it is shown: each is rounded down, and those that lose
    most by it get one back (largest remainder)."""
    exact = [reason.points * 100 for reason in found.reasons]
    whole = [math.floor(round(value, SCORE_DIGITS)) for value in exact]
    missing = round(found.score * 100) - sum(whole)
    for place in sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))[: max(missing, 0)]:
        whole[place] += 1
    return tuple(whole)


def _in_common(ground: Ground, idea: Idea, row: int, points: Mapping[str, float]) -> list[Reason]:
    """Themes, people and practice."""
    item = ground.items[row]
    did = [ground.row_of[code] for code in ground.work.did.get(item.id, ())]
    reasons: list[Reason] = []
    if themes := tuple(code for code in idea.themes if code in item.themes):
        reasons.append(because("themes", themes=themes, points=points["theme"]))
    elif other := tuple(code for code in idea.themes if any(code in ground.items[i].themes for i in did)):
        by = tuple(ground.items[i].id for i in did if not set(other).isdisjoint(ground.items[i].themes))
        reasons.append(because("did_themes", themes=other, records=by, points=points["theme"]))
    if groups := tuple(code for code in idea.groups if code in item.groups):
        reasons.append(because("groups", groups=groups, points=points["people"]))
    elif groups := tuple(code for code in idea.groups if any(code in ground.items[i].groups for i in did)):
        by = tuple(ground.items[i].id for i in did if not set(groups).isdisjoint(ground.items[i].groups))
        reasons.append(because("did_groups", groups=groups, records=by, points=points["people"]))
    elif idea.groups and EVERYONE in item.groups:
        reasons.append(because("groups_all", points=points["people"]))
    elif idea.groups and (by := tuple(ground.items[i].id for i in did if EVERYONE in ground.items[i].groups)):
        reasons.append(because("did_groups_all", records=by, points=points["people"]))
    own = ground.topic_words(row, idea.topics)
    by = tuple(ground.items[i].id for i in did if ground.topic_words(i, idea.topics))
    if by:
        topics = tuple(code for code in idea.topics if any(code in ground.concepts[i] for i in did))
        reasons.append(because("did", topics=topics, records=by, points=points["practice"]))
    elif own:
        reasons.append(because("topics", topics=own, points=points["practice"]))
    if item.category in idea.categories:
        reasons.append(because("named", categories=(item.category,), points=points["named"]))
    return reasons


def _past(ground: Ground, idea: Idea, item: Item, points: Mapping[str, float]) -> list[Reason]:
    """Cooperation with the asking organisation, through others, in the gmina, and in general."""
    reasons: list[Reason] = []
    together, between = ground.work.together(item.id, idea.organiser), ground.work.between(item.id, idea.organiser)
    here = ground.work.here(item.id, idea.place.teryt)
    if together:
        reasons.append(because("together", n=len(together), records=together, points=points["together"]))
    elif between:
        known = next((code for code in between if code in ground.row_of), "")
        if known:
            reasons.append(because("between", record=known, records=between, points=points["together"]))
    elif here:
        reasons.append(because("here", gmina=idea.place.teryt, records=here, points=points["together"]))
    if n := len(ground.work.ties.get(item.id, ())):
        reasons.append(because("open", n=n, records=ground.work.did[item.id], points=points["open"]))
    return reasons


def _added(ground: Ground, idea: Idea, funders: Funders, fitting: Sequence[str], item: Item, points: float) -> list[Reason]:
    """What the organisation adds, each as a reason with an equal share of the term's points."""
    wanted, brought = lacks(idea.who), {name for name, column in ground.offered.items() if column[ground.row_of[item.id]]}
    reasons: list[Reason] = []
    if VENUE in wanted and VENUE in brought:
        reasons.append(because("adds_venue", categories=(item.category,)))
    if VOLUNTEERS in wanted and VOLUNTEERS in brought:
        reasons.append(because("adds_volunteers"))
    if LEGAL in wanted and LEGAL in brought:
        krs = item.details.get("krs", "")
        reasons.append(because("adds_legal_krs", krs=krs) if krs else because("adds_legal"))
    if FUNDER in wanted:
        own = funders.get(item.id, {})
        programmes = tuple(code for code in fitting if code in own)
        if programmes:
            by = tuple(dict.fromkeys(record for code in programmes for record in own[code]))
            reasons.append(because("adds_funder", record=programmes[0], records=by))
    share = points / len(reasons) if reasons else 0.0
    return [Reason(reason.key, reason.params, reason.records, share) for reason in reasons]
