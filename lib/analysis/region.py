"""On which data does an analysis rest? The part of a data set that measures need, and what every one of them reads from it.

People are counts of the demography; the present is the year in which the newest page was read, never the server's clock.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lib.analysis.freshness import year_of
from lib.domain.measure import Coverage, Measure
from lib.domain.records import Gmina, Item, Locality
from lib.geo.distance import to_metres
from lib.geo.spread import weights

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "pop_total"
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class DatasetLike(Protocol):
    """The fields of a data set that an analysis reads."""

    @property
    def items(self) -> tuple[Item, ...]: ...
    @property
    def gminas(self) -> dict[str, Gmina]: ...
    @property
    def localities(self) -> dict[str, Locality]: ...
    @property
    def demography(self) -> pd.DataFrame: ...
    @property
    def measures(self) -> dict[str, Measure]: ...
    @property
    def coverage(self) -> dict[tuple[str, str], Coverage]: ...


@dataclass(frozen=True)
class Region:
    """Records, places, people and measures; immutable, so that a supposed service makes a new region beside the old one."""

    items: tuple[Item, ...]
    gminas: Mapping[str, Gmina]
    localities: Mapping[str, Locality]
    demography: Mapping[str, Mapping[str, float]]
    """People by column and TERYT; NaN where unknown."""
    measures: Mapping[str, Measure]
    coverage: Mapping[tuple[str, str], Coverage]

    @classmethod
    def of(cls, dataset: DatasetLike) -> Region:
        """The region of a data set."""
        table = dataset.demography
        columns = {name: _numbers(table[name]) for name in table.columns if str(name).startswith("pop_")}
        return cls(dataset.items, dataset.gminas, dataset.localities, columns, dataset.measures, dataset.coverage)

    def having(self, extra: Sequence[Item]) -> Region:
        """The same region with further records."""
        return replace(self, items=(*self.items, *extra))

    @cached_property
    def year(self) -> int:
        """The present of the data: the year in which the newest page was read, else of the newest fact (0 for no record)."""
        read = [year for item in self.items for source in item.sources[:1] if (year := year_of(source.gathered)) is not None]
        return max(read or [year for item in self.items if (year := year_of(item.as_of)) is not None], default=0)

    def people(self, columns: Sequence[str]) -> dict[str, float]:
        """People of a group (columns that add up) by TERYT, for every gmina; NaN where a column is unknown."""
        return {teryt: sum(self.demography.get(name, {}).get(teryt, math.nan) for name in columns) for teryt in self.gminas}

    @cached_property
    def by_category(self) -> Mapping[tuple[str, str], tuple[Item, ...]]:
        """The records of each kind and category, in their order."""
        found: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in self.items:
            found[item.kind, item.category].append(item)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def places(self) -> Places:
        """The localities as parallel columns, in the order of the data set."""
        return _places(self)

    def people_by_place(self, columns: Sequence[str]) -> Floats:
        """People of a group in each locality, in the order of `places` (see lib/geo/spread.py); 0 where the gmina's are unknown."""
        own = np.append(np.nan_to_num(np.array(list(self.people(columns).values()), dtype=float), nan=0.0), 0.0)
        return np.asarray(own[self.places.owner] * self.places.weight, dtype=np.float64)


@dataclass(frozen=True)
class Places:
    """n localities: ids, TERYT of the gmina, metres in EPSG:2180, the share of the gmina's people who live there.

    `owner` is the place of the gmina in the region's order, -1 for none.
    """

    ids: tuple[str, ...]
    teryts: tuple[str, ...]
    x: Floats
    y: Floats
    weight: Floats
    owner: Ints


def exact_metres(items: Sequence[Item]) -> tuple[Floats, Floats]:
    """Positions in metres (EPSG:2180); NaN for records without one and for those known only by their gmina."""
    known = [item.longitude is not None and item.latitude is not None and not item.approximate for item in items]
    lon = [item.longitude if sure else None for item, sure in zip(items, known, strict=True)]
    lat = [item.latitude if sure else None for item, sure in zip(items, known, strict=True)]
    return to_metres(np.array(lon, dtype=float), np.array(lat, dtype=float))


def _numbers(column: Any) -> dict[str, float]:
    return {str(teryt): float(value) for teryt, value in column.items()}


def _places(region: Region) -> Places:
    found = list(region.localities.values())
    teryts = tuple(place.teryt for place in found)
    x, y = to_metres([place.longitude for place in found], [place.latitude for place in found])
    listed = np.array([math.nan if place.population is None else place.population for place in found], dtype=float)
    counted = np.array([math.nan if place.people is None else place.people for place in found], dtype=float)
    order = {teryt: number for number, teryt in enumerate(region.gminas)}
    owner = np.array([order.get(teryt, -1) for teryt in teryts], dtype=np.intp)
    share = weights(teryts, listed, counted, region.people((TOTAL,)))
    return Places(tuple(place.id for place in found), teryts, x, y, share, owner)
