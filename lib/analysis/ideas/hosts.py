"""Which records are meant by the place or group that an idea names ("w remizie")? The gmina's own first, else the nearest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.nearness import where
from lib.analysis.ideas.offers import VENUE, named_too
from lib.analysis.ideas.reason import Reason, because
from lib.domain.records import Item

HOST_REACH_KM = 10.0
"""Where the own gmina has none: a place farther off (straight line) is not the one that the text means."""
OTHER_SUBKINDS: Mapping[str, frozenset[str]] = {"community_centre": frozenset({"social_services_centre", "local_community_centre"})}
"""Records of a kind that are no such place by what they do: an office for social services has a community centre's category, but
nobody who writes of a day room means it."""
HOSTS_SHOWN = 2
"""A text names one place; a word that stands for two kinds (a village's day room or its community centre) may mean either."""


@dataclass(frozen=True, slots=True)
class Host:
    """A record that the text means: `own` says whether it is the gmina's own or only the nearest, `venue` whether it usually has a place
    to ask for."""

    item: Item
    km: float | None
    own: bool
    venue: bool
    reasons: tuple[Reason, ...]


def hosts(ground: Ground, idea: Idea, *, limit: int = HOSTS_SHOWN) -> tuple[Host, ...]:
    """For each kind of place or group that the text names the record of it in the gmina, the nearest to the idea of several; where
    the gmina has none of any kind, the nearest one within HOST_REACH_KM."""
    reach = ground.reach(idea.place)
    chosen = dict.fromkeys(row for category in idea.categories if (row := _nearest(ground, idea, category, reach.tolist())) is not None)
    found = [_host(ground, idea, row) for row in chosen]
    own = [one for one in found if one.own]
    return tuple(own[:limit] or sorted(found, key=lambda one: reach[ground.row_of[one.item.id]])[:1])


def _nearest(ground: Ground, idea: Idea, category: str, reach: list[float]) -> int | None:
    rows = [
        row for row in ground.rows("resources").tolist() if _is_one(ground.items[row], category) and ground.items[row].id != idea.organiser
    ]
    near = [row for row in rows if ground.band(idea.place, row) == 0 or reach[row] <= HOST_REACH_KM]
    return min(near, key=lambda row: (ground.band(idea.place, row) > 0, reach[row], ground.items[row].id), default=None)


def _is_one(item: Item, category: str) -> bool:
    """Whether a record is such a place or group, by its kind or its name."""
    return (item.category == category and item.subkind not in OTHER_SUBKINDS.get(category, ())) or named_too(item, category)


def _host(ground: Ground, idea: Idea, row: int) -> Host:
    item = ground.items[row]
    categories = tuple(code for code in idea.categories if _is_one(item, code))
    own = ground.band(idea.place, row) == 0
    reasons = (because("named" if own else "named_near", categories=categories), where(ground, idea, row))
    return Host(item, ground.km(idea.place, row), own, bool(np.asarray(ground.offered[VENUE])[row]), reasons)
