"""How do 150,000 records lie in memory so that one filter costs microseconds? Parallel numpy columns, one row a record.

Positions are kept in WGS84 degrees and, for distances, in metres (EPSG:2180). Every array is read-only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.catalog.query import DatasetLike, valid_values
from lib.domain.records import PRECISIONS, Item, covers
from lib.geo.distance import to_metres

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

CONTACT_DETAILS = ("phone", "email", "website")
NO_YEAR = 0
"""Stands for an unknown year; every real year is greater."""
_YEAR = re.compile(r"\d{4}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column with one code a record: `codes` is the list of names, `values` the position in it (-1 for none)."""

    codes: tuple[str, ...]
    values: NDArray[np.int32]

    def among(self, wanted: Iterable[str]) -> Bools:
        """Which rows hold one of the wanted codes; a code nobody holds matches nothing."""
        table = np.zeros(len(self.codes) + 1, dtype=bool)  # the last place is what -1 points at
        for code in set(wanted):
            if code in self.codes:
                table[self.codes.index(code)] = True
        return table[self.values]

    def counts(self, mask: Bools) -> dict[str, int]:
        counted = np.bincount(self.values[mask] + 1, minlength=len(self.codes) + 1)[1:]
        return dict(zip(self.codes, counted.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Membership:
    """A column with any number of codes a record: `has[i]` says which records hold `codes[i]`."""

    codes: tuple[str, ...]
    has: Bools

    def among(self, wanted: Iterable[str]) -> Bools:
        chosen = [self.codes.index(code) for code in sorted(set(wanted)) if code in self.codes]
        return np.asarray(self.has[chosen].any(axis=0))

    def counts(self, mask: Bools) -> dict[str, int]:
        return {code: int(np.count_nonzero(row & mask)) for code, row in zip(self.codes, self.has, strict=True)}


@dataclass(frozen=True, slots=True)
class Areas:
    """Which gminas (or powiats) a record belongs to: one for a record with a place, many for a funding programme."""

    own: Coded
    programmes: Ints
    reach: Membership
    """One column per programme, in the order of `programmes`."""

    def among(self, wanted: Iterable[str]) -> Bools:
        names = tuple(wanted)
        found = self.own.among(names)
        found[self.programmes] |= self.reach.among(names)
        return found

    def counts(self, mask: Bools) -> dict[str, int]:
        reached = self.reach.counts(mask[self.programmes])
        return {code: n + reached[code] for code, n in self.own.counts(mask).items()}


@dataclass(frozen=True, slots=True)
class Columns:
    """The whole data set, column by column; row numbers are positions in `Dataset.items`."""

    latitude: Floats
    longitude: Floats
    x: Floats
    y: Floats
    located: Bools
    precision: Coded
    kinds: Coded
    layers: Coded
    categories: Coded
    themes: Membership
    groups: Membership
    gminas: Areas
    powiats: Areas
    initiative: Bools
    as_of_year: NDArray[np.int16]
    first_year: NDArray[np.int16]
    last_year: NDArray[np.int16]
    has_contact: Bools


def build_columns(dataset: DatasetLike) -> Columns:
    """Read every record once into columns; unknown codes in the data get a place of their own instead of being lost."""
    items, valid = dataset.items, valid_values(dataset)
    latitude = _freeze(np.array([np.nan if item.latitude is None else item.latitude for item in items], dtype=float))
    longitude = _freeze(np.array([np.nan if item.longitude is None else item.longitude for item in items], dtype=float))
    x, y = map(_freeze, to_metres(longitude, latitude))
    gminas, powiats = _areas(dataset, valid)
    years = np.array([_years(item) for item in items], dtype=np.int16).reshape(len(items), 3)
    return Columns(
        latitude=latitude,
        longitude=longitude,
        x=x,
        y=y,
        located=_freeze(np.isfinite(x)),
        precision=_coded([item.precision for item in items], PRECISIONS),
        kinds=_coded([item.kind for item in items], valid["kinds"]),
        layers=_coded([item.layer for item in items], valid["layers"]),
        categories=_coded([item.category for item in items], valid["categories"]),
        themes=_membership([item.themes for item in items], valid["themes"]),
        groups=_membership([item.groups for item in items], valid["groups"]),
        gminas=gminas,
        powiats=powiats,
        initiative=_freeze(np.array([item.kind == "initiatives" for item in items], dtype=bool)),
        as_of_year=_freeze(years[:, 0].copy()),
        first_year=_freeze(years[:, 1].copy()),
        last_year=_freeze(years[:, 2].copy()),
        has_contact=_freeze(np.array([any(map(item.details.get, CONTACT_DETAILS)) for item in items], dtype=bool)),
    )


def _freeze(array: Any) -> Any:
    array.setflags(write=False)
    return array


def year_of(date: str) -> int:
    """The year of a partial date, NO_YEAR where there is none."""
    match = _YEAR.match(date)
    return int(match[0]) if match else NO_YEAR


def _years(item: Item) -> tuple[int, int, int]:
    """Years of: the source, the first day, the last day; a single known day is both first and last."""
    if item.kind != "initiatives":
        return year_of(item.as_of), NO_YEAR, NO_YEAR
    start, end = year_of(item.details.get("date_start", "")), year_of(item.details.get("date_end", ""))
    return year_of(item.as_of), min(start or end, end or start), max(start, end)


def _coded(values: Sequence[str], known: Sequence[str]) -> Coded:
    places = {code: place for place, code in enumerate(known)}
    for value in values:
        if value and value not in places:
            places[value] = len(places)
    numbers = np.fromiter((places.get(value, -1) if value else -1 for value in values), dtype=np.int32, count=len(values))
    return Coded(tuple(places), _freeze(numbers))


def _membership(values: Sequence[Iterable[str]], known: Sequence[str]) -> Membership:
    places = {code: place for place, code in enumerate(known)}
    for value in values:
        for code in value:
            places.setdefault(code, len(places))
    has = np.zeros((len(places), len(values)), dtype=bool)
    for row, value in enumerate(values):
        for code in value:
            has[places[code], row] = True
    return Membership(tuple(places), _freeze(has))


def programme_gminas(item: Item, teryts: Iterable[str]) -> tuple[str, ...]:
    """The gminas in which a funding programme can be used."""
    return tuple(teryt for teryt in teryts if covers(item, teryt))


def _areas(dataset: DatasetLike, valid: Mapping[str, tuple[str, ...]]) -> tuple[Areas, Areas]:
    """The gmina and the powiat columns."""
    powiat_of = {teryt: gmina.powiat for teryt, gmina in dataset.gminas.items()}
    programmes = [row for row, item in enumerate(dataset.items) if item.kind == "funding"]
    reached = [programme_gminas(dataset.items[row], valid["gminas"]) for row in programmes]
    own = ["" if item.kind == "funding" else item.teryt for item in dataset.items]
    gminas = _coded(own, valid["gminas"])
    powiats = _coded([powiat_of.get(teryt, "") for teryt in own], valid["powiats"])
    rows = _freeze(np.array(programmes, dtype=np.intp))
    return (
        Areas(gminas, rows, _membership(reached, gminas.codes)),
        Areas(powiats, rows, _membership([{powiat_of[teryt] for teryt in teryts} for teryts in reached], powiats.codes)),
    )
