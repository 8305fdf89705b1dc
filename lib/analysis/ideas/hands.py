"""What if people are lacking? Groups nearby that bring hands, gminas with the same need, and the centre to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.nearness import where
from lib.analysis.ideas.needs import MATTER, Met
from lib.analysis.ideas.offers import VOLUNTEERS
from lib.analysis.ideas.reason import Reason, because
from lib.domain.records import Item

GROUP, GMINA, SUPPORT = "group", "gmina", "support"
GROUPS_SHOWN, GMINAS_SHOWN, SUPPORT_SHOWN = 8, 4, 3
GROUPS_OF_A_KIND = 3
"""Of one category at most: eight fire brigades are no choice."""
HANDS_REACH_KM = 25.0
"""Volunteers come from as far as they would for a festival: half an hour by car (straight line)."""
SUPPORT_SUBKINDS = ("economic_support", "ngo_centre", "volunteer_centre")
SUPPORT_CATEGORY = "lag"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who can help: a `group` or a `support` centre with its record, or a `gmina` (record None) with the same need."""

    kind: str
    item: Item | None
    teryt: str
    km: float | None
    reasons: tuple[Reason, ...]


def hands(ground: Ground, idea: Idea, met: Sequence[Met]) -> tuple[Hand, ...]:
    """Groups near the idea, then gminas whose stated needs are the same matter, then support centres; each list the nearest first."""
    return (*_groups(ground, idea), *_gminas(ground, idea, met), *_support(ground, idea))


def _groups(ground: Ground, idea: Idea) -> list[Hand]:
    """Groups of many members: the same gmina and its neighbours first, of one kind at most GROUPS_OF_A_KIND."""
    reach = ground.reach(idea.place)
    people = ground.group_share(idea.groups)
    rows = [
        row
        for row in np.flatnonzero(ground.offered[VOLUNTEERS] & (reach <= HANDS_REACH_KM)).tolist()
        if ground.items[row].id != idea.organiser
    ]
    rows.sort(key=lambda row: (ground.band(idea.place, row), reach[row], -people[row], ground.items[row].id))
    taken: dict[str, int] = {}
    found: list[Hand] = []
    for row in rows:
        item = ground.items[row]
        kind = item.subkind or item.category
        taken[kind] = taken.get(kind, 0) + 1
        if taken[kind] <= GROUPS_OF_A_KIND and len(found) < GROUPS_SHOWN:
            reasons = (because("brings_hands", categories=(item.category,)), where(ground, idea, row))
            found.append(Hand(GROUP, item, item.teryt, ground.km(idea.place, row), reasons))
    return found


def _gminas(ground: Ground, idea: Idea, met: Sequence[Met]) -> list[Hand]:
    """Other gminas in whose stated needs the same matter stands, neighbours first."""
    by: dict[str, list[str]] = {}
    for one in met:
        if one.tier == MATTER and one.item.teryt != idea.place.teryt:
            by.setdefault(one.item.teryt, []).append(one.item.id)
    near = ground.borders.get(idea.place.teryt, frozenset())
    ordered = sorted(by, key=lambda teryt: (teryt not in near, -len(by[teryt]), teryt))
    return [
        Hand(GMINA, None, teryt, None, (because("same_need", n=len(by[teryt]), records=tuple(by[teryt])),))
        for teryt in ordered[:GMINAS_SHOWN]
    ]


def _support(ground: Ground, idea: Idea) -> list[Hand]:
    """Centres whose work is to help groups: the one for the social economy, then the nearest others."""
    rows = [row for row in ground.rows("resources").tolist() if _supports(ground.items[row])]
    reach = np.nan_to_num(ground.reach(idea.place), nan=np.inf)
    rows.sort(key=lambda row: (not _is_jowes(ground.items[row]), reach[row], ground.items[row].id))
    return [
        Hand(
            SUPPORT,
            ground.items[row],
            ground.items[row].teryt,
            ground.km(idea.place, row),
            (because("supports_jowes" if _is_jowes(ground.items[row]) else "supports"), where(ground, idea, row)),
        )
        for row in rows[:SUPPORT_SHOWN]
    ]


def _supports(item: Item) -> bool:
    return item.subkind in SUPPORT_SUBKINDS or item.category == SUPPORT_CATEGORY


def _is_jowes(item: Item) -> bool:
    return "jowes" in item.name.casefold()
