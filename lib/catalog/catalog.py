"""Which records answer a query, in which order, and what would each further filter leave? Distances in kilometres.

The catalog is immutable and safe to share between threads; what is costly (the order of names, the text index) is made
once, on first use. Distances are straight lines in EPSG:2180.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from threading import Lock
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from lib.catalog.collation import polish_key
from lib.catalog.columns import NO_YEAR, Areas, Bools, Coded, Columns, Floats, Ints, Membership, build_columns
from lib.catalog.load import Dataset
from lib.catalog.query import Query
from lib.domain.records import APPROXIMATE, Item
from lib.geo.distance import plane_km, to_metres

if TYPE_CHECKING:
    from lib.catalog.text import TextIndex
    from lib.catalog.words import Words

Scores = NDArray[np.float32]
Sort = Literal["relevance", "name", "distance"]
FACETS = ("layers", "kinds", "categories", "themes", "groups", "gminas", "powiats")
DISTANCE_TOLERANCE_KM = 1e-6
"""A millimetre: a record exactly on the radius stays inside in spite of floating-point rounding."""

RELEVANCE_STEPS = 20
"""Scores within a twentieth of the best count as equal: finer differences only say that one name is a word longer than another,
and would keep the nearer of two equal clubs from coming first."""
NEAR_STEPS = 4
"""The same when a place is set: whoever names a place wants the nearest of what fits well, not the best name in the region."""
STEP_TOLERANCE = 1e-4
"""Of a step: float rounding must not lift one of two equal scores."""
REMEMBERED_TEXTS = 16
"""Answers kept: one screen asks for the same text several times (list, counts, map), 0.6 MB each at 150,000 records."""


@dataclass(frozen=True, eq=False)
class Result:
    """Ranked rows and what a screen must say beside them.

    `total` counts every match, also beyond `limit`; `of` is how many records of the asked kinds there are at all ("n z N").
    `approximate` matches are known only by their gmina, `unplaced` ones (programmes) have no position. `distance_km` and
    `scores` stand beside `rows`; None when no place or no text was given. A score of 1 is the best match found, and records
    with the same score answer the text about equally well.
    """

    query: Query
    rows: Ints
    total: int
    of: int
    approximate: int
    unplaced: int
    distance_km: Floats | None
    scores: Scores | None


class Catalog:
    """A data set that can be asked; row numbers are positions in `dataset.items`."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.columns: Columns = build_columns(dataset)
        self._row_of = {item.id: row for row, item in enumerate(dataset.items)}
        self._approximate = self.columns.precision.among((APPROXIMATE,))
        self._lock, self._text_lock = Lock(), Lock()
        self._by_name: Ints | None = None
        self._text: TextIndex | None = None
        self._text_answers: dict[str, Scores | None] = {}

    def __len__(self) -> int:
        return len(self.dataset.items)

    def item(self, row: int) -> Item:
        return self.dataset.items[row]

    def row_of(self, item_id: str) -> int | None:
        """The row of a record; None when no record has this id."""
        return self._row_of.get(item_id)

    def search(self, query: Query, *, sort: Sort = "relevance", limit: int | None = None) -> Result:
        """The matching records in order.

        `relevance` means the best text match first, in a few steps; without text, the nearest first; without a
        place, by name. Equal records follow by distance when a place is set, then by name. By distance, records without a
        position come last.
        """
        mask = self.mask(query)
        distance = self.distance_to(query.near) if query.near else None
        scores = _stepped(self.text_scores(query.text), mask, NEAR_STEPS if query.near else RELEVANCE_STEPS)
        rows = self._in_order(mask, sort, distance, scores)[:limit]
        return Result(
            query=query,
            rows=rows,
            total=int(np.count_nonzero(mask)),
            of=int(np.count_nonzero(self.columns.kinds.among(query.kinds))) if query.kinds else len(self),
            approximate=int(np.count_nonzero(mask & self._approximate)),
            unplaced=int(np.count_nonzero(mask & ~self.columns.located)),
            distance_km=None if distance is None else distance[rows],
            scores=None if scores is None else scores[rows],
        )

    def mask(self, query: Query) -> Bools:
        """Which rows match: every condition of the query holds."""
        return self._all(self._conditions(query))

    def facets(self, query: Query) -> dict[str, dict[str, int]]:
        """For each facet, how many records each value would show, with the facet's own selection lifted.

        Values that lead nowhere are left out; a selected value stays, so that it can be taken back. A programme counts in
        every gmina it covers.
        """
        conditions = self._conditions(query)
        everything_set = self._all(conditions)
        found: dict[str, dict[str, int]] = {}
        for name in FACETS:
            lifted = {key: value for key, value in conditions.items() if key != name}
            counted = self._facet(name).counts(self._all(lifted) if name in conditions else everything_set)
            chosen = getattr(query, name)
            found[name] = {code: n for code, n in counted.items() if n or code in chosen}
            found[name].update({code: 0 for code in chosen if code not in counted})
        return found

    def counts_by_gmina(self, mask: Bools) -> dict[str, int]:
        """How many of the masked records lie in each gmina, for all gminas; programmes lie nowhere and are not counted."""
        counted = self.columns.gminas.own.counts(mask)
        return {teryt: counted.get(teryt, 0) for teryt in self.dataset.gminas}

    def distance_to(self, locality_id: str) -> Floats:
        """Kilometres from every record to a locality; NaN for records without a position or when there is no such locality.

        A record at gmina precision is measured at its gmina's label point: its precision says that this is approximate.
        """
        place = self.dataset.localities.get(locality_id)
        if place is None:
            return np.full(len(self), np.nan)
        to_x, to_y = to_metres(place.longitude, place.latitude)
        return plane_km(self.columns.x, self.columns.y, to_x, to_y)

    def text_scores(self, text: str) -> Scores | None:
        """How well each record answers the free text (0 = not at all); None when the text asks for nothing."""
        if not text:
            return None
        with self._text_lock:
            if text not in self._text_answers:
                self._text_answers[text] = self._text_index().scores(text)
                if len(self._text_answers) > REMEMBERED_TEXTS:
                    self._text_answers.pop(next(iter(self._text_answers)))
            return self._text_answers[text]

    def text_complete(self, text: str) -> bool:
        """Whether some record holds every word of the text; if not, what is found only comes near to what was asked."""
        with self._text_lock:
            return not text or self._text_index().complete(text)

    def words_held(self, words: Sequence[str]) -> Bools:
        """Which records hold which words (words x records), without guessing at typing errors or beginnings."""
        with self._text_lock:
            return self._text_index().held(words)

    def text_words(self) -> Words:
        """The region's words: lemmas, place names and short names, as the text search uses them."""
        with self._text_lock:
            return self._text_index().words

    def prepare_text(self) -> None:
        """Build the text index now instead of on the first free-text question (some seconds: a dictionary is read)."""
        with self._text_lock:
            self._text_index()

    def _text_index(self) -> TextIndex:
        if self._text is None:
            from lib.catalog.text import TextIndex

            self._text = TextIndex(self.dataset)
        return self._text

    def name_order(self) -> Ints:
        """All rows in the Polish order of names; equal names by id."""
        with self._lock:
            if self._by_name is None:
                keys = [(polish_key(item.name), item.name, item.id) for item in self.dataset.items]
                self._by_name = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)
            return self._by_name

    def _in_order(self, mask: Bools, sort: Sort, distance: Floats | None, scores: Scores | None) -> Ints:
        order = self.name_order()
        rows = order[mask[order]]
        if sort != "name" and distance is not None:
            rows = rows[np.argsort(distance[rows], kind="stable")]
        if sort == "relevance" and scores is not None:
            rows = rows[np.argsort(-scores[rows], kind="stable")]
        return rows

    def _all(self, conditions: Mapping[str, Bools]) -> Bools:
        return reduce(np.logical_and, conditions.values(), np.ones(len(self), dtype=bool))

    def _facet(self, name: str) -> Coded | Membership | Areas:
        facet: Coded | Membership | Areas = getattr(self.columns, name)
        return facet

    def _conditions(self, query: Query) -> dict[str, Bools]:
        """One mask for each condition that is set, by the name of its field."""
        columns = self.columns
        found = {name: self._facet(name).among(getattr(query, name)) for name in FACETS if getattr(query, name)}
        if query.ids:
            found["ids"] = self._chosen(query.ids)
        scores = self.text_scores(query.text)
        if scores is not None:
            found["text"] = scores > 0
        if query.near and query.within_km is not None:
            found["within_km"] = self.distance_to(query.near) <= query.within_km + DISTANCE_TOLERANCE_KM
        if query.year_from is not None or query.year_to is not None:
            found["years"] = ~columns.initiative | self._overlaps(query)
        if query.has_contact:
            found["has_contact"] = columns.has_contact
        if query.verified_since is not None:
            found["verified_since"] = columns.as_of_year >= query.verified_since
        if query.approximate_only:
            found["approximate_only"] = self._approximate
        return found

    def _chosen(self, ids: tuple[str, ...]) -> Bools:
        """Which rows are the records asked for by id."""
        mask = np.zeros(len(self), dtype=bool)
        mask[[self._row_of[code] for code in ids if code in self._row_of]] = True
        return mask

    def _overlaps(self, query: Query) -> Bools:
        """Records with a day between the two years; a record without a date is in no year."""
        dated = self.columns.first_year != NO_YEAR
        if query.year_from is not None:
            dated = dated & (self.columns.last_year >= query.year_from)
        if query.year_to is not None:
            dated = dated & (self.columns.first_year <= query.year_to)
        return dated


def _stepped(scores: Scores | None, mask: Bools, count: int) -> Scores | None:
    """Scores relative to the best masked one, in so many equal steps up to 1."""
    if scores is None:
        return None
    best = scores.max(where=mask, initial=0)
    steps = np.ceil(scores / best * count - STEP_TOLERANCE) if best > 0 else np.zeros_like(scores)
    return np.asarray(np.clip(steps, 0, count) / count, dtype=np.float32)
