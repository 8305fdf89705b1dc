"""How many of the records that a query finds are there per 1,000 people of a gmina, and in which class does that fall?

A plain count of what the data set holds, not a judgement: a gmina without a record gets no class, because nothing found
may mean nothing looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

CLASSES = 5
"""As many shades of one hue as can be told apart on a map without a second look."""
PER = 1_000
PEOPLE: dict[str, tuple[str, ...]] = {
    "all": ("pop_total",),
    "seniors": ("pop_65_plus",),
    "young": ("pop_0_2", "pop_3_6", "pop_7_12", "pop_13_15", "pop_16_19"),
}
"""Who a rate is counted for: {name: columns of the demography that add up to that group}."""
NO_CLASS = -1
"""No record in the data: says nothing about what exists."""
NO_PEOPLE = -2
"""Records, but no known number of people to divide by."""


@dataclass(frozen=True)
class Rates:
    """Rates by TERYT.

    `rate` is per 1,000 people; `area_class` 0 is the lowest, NO_CLASS stands for no record, NO_PEOPLE for no known
    population;
    `breaks` are the upper bounds of the classes, `lowest` is where the first one begins.
    """

    rate: dict[str, float]
    area_class: dict[str, int]
    breaks: tuple[float, ...]
    lowest: float = 0.0


def people(demography: pd.DataFrame, group: str) -> pd.Series:
    """Number of people of a group (a name of PEOPLE) by TERYT; NaN where a column is unknown."""
    return demography[list(PEOPLE[group])].apply(pd.to_numeric, errors="coerce").sum(axis=1, min_count=len(PEOPLE[group]))


def rates(counts: Mapping[str, int], population: Mapping[str, float], codes: Sequence[str], *, classes: int = CLASSES) -> Rates:
    """Rate per 1,000 for every code of `codes`; classes are quantiles of the areas that have a record."""
    rate = {c: PER * counts.get(c, 0) / population[c] for c in codes if population.get(c, 0) > 0}
    known = sorted({round(v, 6) for v in rate.values() if v > 0})
    breaks = _breaks([v for v in rate.values() if v > 0], min(classes, len(known)))
    area_class = {c: _class(c, counts, rate, breaks) for c in codes}
    return Rates(rate, area_class, breaks, min((v for v in rate.values() if v > 0), default=0.0))


def _class(code: str, counts: Mapping[str, int], rate: Mapping[str, float], breaks: tuple[float, ...]) -> int:
    if not counts.get(code, 0):
        return NO_CLASS
    return int(np.searchsorted(breaks, round(rate[code], 6))) if code in rate else NO_PEOPLE


def _breaks(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """Upper bounds of the classes, lowest first, without repeats (ties can make classes fewer)."""
    if not values:
        return ()
    steps = np.quantile(np.array(values), [(i + 1) / classes for i in range(classes)], method="inverted_cdf")
    return tuple(sorted({round(float(v), 6) for v in steps}))
