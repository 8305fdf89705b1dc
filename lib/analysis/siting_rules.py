"""Which sets of sites may be chosen, and which of them has the largest sum of scores? Indices of candidates in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Row = tuple[Ints, float, float]
"""Candidates whose number must lie between two bounds."""


@dataclass(frozen=True, eq=False)
class Rules:
    """Exactly `count` of the candidates, all of `fixed` and none of `barred` among them.

    `area` and `district` are labels of every candidate; each area lies in one district. With `one_per_area` no area gets two
    sites; `least` and `most` bound the sites of a district by its label.
    """

    count: int
    area: Ints
    district: Ints
    fixed: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()
    one_per_area: bool = False
    least: Mapping[int, int] = field(default_factory=dict)
    most: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def plain(cls, count: int, candidates: int, fixed: Sequence[int] = ()) -> Rules:
        """Any `count` of so many candidates, some of them fixed."""
        return cls(count, np.arange(candidates), np.zeros(candidates, np.intp), tuple(fixed))

    @property
    def candidates(self) -> int:
        return len(self.area)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the number and the fixed sites is asked for."""
        return not (self.one_per_area or self.least or self.most)

    @cached_property
    def _open(self) -> Bools:
        """The candidates that may join the fixed ones."""
        free = np.ones(self.candidates, dtype=bool)
        free[[*self.fixed, *self.barred]] = False
        return free & ~np.isin(self.area, self.area[list(self.fixed)]) if self.one_per_area else free

    def pick(self, scores: Floats) -> Ints | None:
        """The allowed set with the largest sum of scores, ties for the earlier candidate; None when no set is allowed.

        Exact: areas nest in districts, and within a district sites are taken from the best down, so that taking what is owed to
        each district first and then the best of the rest cannot be bettered.
        """
        if set(self.fixed) & set(self.barred):
            return None
        if self.is_plain:
            if not len(self.fixed) <= self.count <= len(self.fixed) + np.count_nonzero(self._open):
                return None
            ranked = np.argsort(-np.where(self._open, scores, -np.inf), kind="stable")
            return np.sort(np.append(np.array(self.fixed, np.intp), ranked[: self.count - len(self.fixed)]))
        if not self._sound(self.fixed, complete=False):
            return None
        return self._greedy(scores)

    def _greedy(self, scores: Floats) -> Ints | None:
        chosen, held = list(self.fixed), self._held(self.fixed)
        order = [int(j) for j in np.argsort(-scores, kind="stable") if self._open[j]]
        if self.one_per_area:
            first = {int(self.area[j]): j for j in reversed(order)}
            order = [j for j in order if first[int(self.area[j])] == j]
        taken: set[int] = set()
        for owed_only in (True, False):
            for j in order:
                place = int(self.district[j])
                limit = self.least.get(place, 0) if owed_only else self.most.get(place, self.count)
                if len(chosen) < self.count and j not in taken and held.get(place, 0) < limit:
                    chosen.append(j)
                    taken.add(j)
                    held[place] = held.get(place, 0) + 1
        return np.sort(np.array(chosen, np.intp)) if self.allows(chosen) else None

    def _held(self, chosen: Sequence[int]) -> dict[int, int]:
        """Sites by district."""
        labels, counts = np.unique(self.district[list(chosen)], return_counts=True)
        return dict(zip(labels.tolist(), counts.tolist(), strict=True))

    def _sound(self, chosen: Sequence[int], *, complete: bool) -> bool:
        held = self._held(chosen)
        if len(chosen) > self.count or any(held.get(place, 0) > most for place, most in self.most.items()):
            return False
        if self.one_per_area and len(np.unique(self.area[list(chosen)])) < len(chosen):
            return False
        return not complete or (len(chosen) == self.count and all(held.get(place, 0) >= n for place, n in self.least.items()))

    def allows(self, chosen: Sequence[int]) -> bool:
        """Whether a set keeps every rule."""
        unlike = len(set(chosen)) == len(chosen) and set(self.fixed) <= set(chosen) and not set(self.barred) & set(chosen)
        return unlike and self._sound(chosen, complete=True)

    def room(self, others: Sequence[int]) -> Bools:
        """Which candidates make `others`, one site too few, an allowed set."""
        free = np.ones(self.candidates, dtype=bool)
        free[[*others, *self.barred]] = False
        if self.one_per_area:
            free &= ~np.isin(self.area, self.area[list(others)])
        held = self._held(others)
        for place, most in self.most.items():
            if held.get(place, 0) >= most:
                free &= self.district != place
        for place, least in self.least.items():
            missing = least - held.get(place, 0)
            if missing > 0:
                free &= (self.district == place) & (missing == 1)
        return free

    def rows(self, kept: Ints) -> Iterator[Row]:
        """The rules on numbers of sites, over the candidates `kept` only (positions in it); fixed and barred ones are the caller's."""
        yield np.arange(len(kept)), self.count, self.count
        yield from self.limits(kept)

    def limits(self, kept: Ints) -> Iterator[Row]:
        """The same rules without the number of all sites together."""
        area, district = self.area[kept], self.district[kept]
        if self.one_per_area:
            for label in np.unique(area):
                if (mine := np.flatnonzero(area == label)).size > 1:
                    yield mine, 0, 1
        for label in {*self.least, *self.most}:
            mine = np.flatnonzero(district == label)
            yield mine, self.least.get(label, 0), self.most.get(label, len(mine))
