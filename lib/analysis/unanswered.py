"""Which stated needs does nothing in the data answer? A need counts as answered by a record that shares a theme and a group with it.

An answer is a resource within reach (travel kilometres) or an initiative within reach that is later than the need. This says that
something of the kind is known, not that the need is met; and a need without an answer may be answered by what the data lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.analysis.profile import day_of
from lib.analysis.region import Floats, Region, exact_metres
from lib.domain.records import Item
from lib.geo.distance import METRES_PER_KM
from lib.geo.travel import DETOUR, TOLERANCE_KM

REACH_KM = 10.0
"""A short drive: farther, a club is somebody else's club."""
EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Answered:
    """A stated need with the records of its theme and group: resources within reach, and initiatives that came after it."""

    need: Item
    resources: tuple[Item, ...]
    initiatives: tuple[Item, ...]

    @property
    def open(self) -> bool:
        """Whether nothing in the data answers it."""
        return not self.resources and not self.initiatives


def answers(region: Region, *, km: float = REACH_KM, themes: Sequence[str] = (), groups: Sequence[str] = ()) -> tuple[Answered, ...]:
    """Every stated need (of some themes or for some groups, when given) with what answers it, in the order of the data."""
    needs = [item for item in region.items if item.kind == "needs" and _asked(item, themes, groups)]
    others = [item for item in region.items if item.kind in ("resources", "initiatives")]
    x, y = exact_metres(others)
    return tuple(_answered(need, others, x, y, km) for need in needs)


def _asked(need: Item, themes: Sequence[str], groups: Sequence[str]) -> bool:
    return (not themes or bool(set(themes) & set(need.themes))) and (not groups or bool({*groups} & {*need.groups}))


def _answered(need: Item, others: Sequence[Item], x: Floats, y: Floats, km: float) -> Answered:
    near = _near(need, others, x, y, km)
    alike = [item for item, close in zip(others, near, strict=True) if close and fits(need, item)]
    return Answered(
        need,
        tuple(item for item in alike if item.kind == "resources"),
        tuple(item for item in alike if item.kind == "initiatives" and _later(item, need)),
    )


def fits(need: Item, item: Item) -> bool:
    """Whether a record has a theme of the need, and serves one of its groups or everyone."""
    return bool(set(need.themes) & set(item.themes)) and bool({*need.groups, EVERYONE} & set(item.groups))


def _later(item: Item, need: Item) -> bool:
    """Whether an initiative is known to be later; partial dates are compared as far as both go, unknown ones never count."""
    day, stated = day_of(item), need.as_of
    size = min(len(day), len(stated))
    return bool(day and stated) and day[:size] > stated[:size]


def _near(need: Item, others: Sequence[Item], x: Floats, y: Floats, km: float) -> NDArray[np.bool_]:
    """Records within reach; where one of the two places is known only by its gmina, those of the same gmina."""
    same = np.array([item.teryt == need.teryt for item in others], dtype=bool)
    nx, ny = exact_metres([need])
    way = np.hypot(x - nx, y - ny) * DETOUR / METRES_PER_KM
    return np.where(np.isfinite(way), way <= km + TOLERANCE_KM, same)
