"""What is a set of sites worth: how much weight lies within reach, or how short are all ways together? Sparse and dense models.

Maximal covering location (Church & ReVelle 1974) and the p-median (Hakimi 1964; ReVelle & Swain 1970). Weights have the unit of the
caller (people, weighted people), costs are weight times distance; the worth of a median is minus its cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lib.analysis.siting_rules import Floats, Ints, Rules

SECOND = 2.0
"""Rank of the site whose cost a place offers at first: with the nearest one no candidate could ever gain, farther ones overpay."""


@dataclass(frozen=True)
class Program:
    """A linear programme over the kept candidates (first) and helpers between 0 and 1: `constant + gain @ v`, `lower <= rows @ v`."""

    gain: Floats
    constant: float
    rows: Any
    lower: Floats


class Cover:
    """The weight of the places that lie within reach of a chosen candidate.

    `reach` is a sparse matrix (places by candidates), true where a candidate is within reach; `weight` is not negative.
    Places with the same candidates in reach are one place with their weights together; weightless and unreachable ones play no part.
    """

    def __init__(self, reach: Any, weight: Floats) -> None:
        from scipy.sparse import csr_matrix

        every = csr_matrix(reach, dtype=float)
        every.sort_indices()
        first: dict[bytes, int] = {}
        merged: dict[int, float] = {}
        for place in np.flatnonzero((weight > 0) & (np.diff(every.indptr) > 0)).tolist():
            same = first.setdefault(every.indices[every.indptr[place] : every.indptr[place + 1]].tobytes(), place)
            merged[same] = merged.get(same, 0.0) + float(weight[place])
        self.weight = np.array(list(merged.values()), dtype=float)
        self.by_place = every[np.array(list(merged), dtype=np.intp)]
        self.by_candidate = self.by_place.T.tocsr()

    def start(self, count: int) -> Floats:
        """Each place divides its weight among the candidates within its reach."""
        return self.weight / np.maximum(np.diff(self.by_place.indptr), 1)

    def scale(self) -> Floats:
        return self.weight

    def base(self, prices: Floats) -> float:
        return float((self.weight - prices).sum())

    def scores(self, prices: Floats) -> Floats:
        return np.asarray(self.by_candidate @ prices)

    def slope(self, prices: Floats, chosen: Ints) -> Floats:
        """How often each place is within reach beyond once; nothing where a price is at its end and would go beyond."""
        picked = np.zeros(self.by_candidate.shape[0])
        picked[chosen] = 1.0
        slope = np.asarray(self.by_place @ picked) - 1.0
        slope[((prices <= 0) & (slope > 0)) | ((prices >= self.weight) & (slope < 0))] = 0.0
        return slope

    def within(self, prices: Floats) -> Floats:
        return np.asarray(np.clip(prices, 0.0, self.weight))

    def _served(self, chosen: Ints) -> Any:
        served = np.zeros(len(self.weight), dtype=bool)
        for j in chosen:
            served[self.by_candidate.indices[self.by_candidate.indptr[j] : self.by_candidate.indptr[j + 1]]] = True
        return served

    def worth(self, chosen: Ints) -> float:
        return float(self.weight[self._served(chosen)].sum())

    def exchanges(self, others: Ints) -> Floats:
        served = self._served(others)
        return float(self.weight[served].sum()) + np.asarray(self.by_candidate @ np.where(served, 0.0, self.weight))

    def program(self, kept: Ints, rules: Rules) -> Program:
        """A place counts as far as chosen sites are within its reach; places that look alike to the kept candidates are merged."""
        from scipy.sparse import eye, hstack

        small = Cover(self.by_place[:, kept], self.weight)
        places = len(small.weight)
        rows = hstack([small.by_place, -eye(places)], format="csr")
        return Program(np.append(np.zeros(len(kept)), small.weight), 0.0, rows, np.zeros(places))


class Median:
    """Minus the cost of serving every place from the nearest chosen candidate; `cost` is a dense matrix (places by candidates)."""

    def __init__(self, cost: Floats) -> None:
        self.cost = np.ascontiguousarray(cost[cost.any(axis=1)], dtype=float)

    def start(self, count: int) -> Floats:
        """Minus what a place pays to be served: about the cost of the second-nearest site when the sites are evenly spread."""
        return -np.quantile(self.cost, min(SECOND / (count + 1), 1.0), axis=1) if len(self.cost) else np.zeros(0)

    def scale(self) -> Floats:
        return np.asarray(self.cost.mean(axis=1))

    def base(self, prices: Floats) -> float:
        return float(prices.sum())

    def scores(self, prices: Floats) -> Floats:
        return np.asarray(np.maximum(-prices[:, None] - self.cost, 0.0).sum(axis=0))

    def slope(self, prices: Floats, chosen: Ints) -> Floats:
        return np.asarray(1.0 - (self.cost[:, chosen] < -prices[:, None]).sum(axis=1))

    def within(self, prices: Floats) -> Floats:
        return prices

    def worth(self, chosen: Ints) -> float:
        return -float(self.cost[:, chosen].min(axis=1).sum()) if len(self.cost) else 0.0

    def exchanges(self, others: Ints) -> Floats:
        if not len(others):
            return np.asarray(-self.cost.sum(axis=0))
        return np.asarray(-np.minimum(self.cost, self.cost[:, others].min(axis=1)[:, None]).sum(axis=0))

    def program(self, kept: Ints, rules: Rules) -> Program:
        """One helper a place and step of distance, 1 while no site is chosen up to that step (radius formulation; Cornuejols,
        Nemhauser & Wolsey 1980). Steps beyond which a site is bound to be (a fixed one, or too few candidates left) need none."""
        from scipy.sparse import coo_matrix

        cost = self.cost[:, kept]
        order = np.argsort(cost, axis=1, kind="stable")
        steps = np.take_along_axis(cost, order, axis=1)
        places, candidates = cost.shape
        sure = np.isin(kept, rules.fixed)
        last = np.where(sure[order].any(axis=1), sure[order].argmax(axis=1), candidates) if candidates else np.zeros(places, int)
        last = np.minimum(last, candidates - rules.count)
        has = np.arange(candidates)[None, :] < last[:, None]
        number = np.cumsum(has.ravel()).reshape(has.shape) - 1
        place, step = np.nonzero(has)
        row, helper = number[place, step], len(kept) + number[place, step]
        later = step > 0
        ones = np.ones(len(row))
        cells = (
            np.concatenate([ones, ones, -ones[later]]),
            (np.concatenate([row, row, row[later]]), np.concatenate([helper, order[place, step], helper[later] - 1])),
        )
        rows = coo_matrix(cells, shape=(len(row), len(kept) + len(row))).tocsr()
        gain = np.append(np.zeros(len(kept)), -(steps[place, np.minimum(step + 1, candidates - 1)] - steps[place, step]))
        return Program(gain, -float(steps[:, 0].sum()) if places else 0.0, rows, np.where(later, 0.0, 1.0))
