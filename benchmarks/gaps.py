"""How fast are the figures of gaps for a whole country, against the `access` package and against half the country?

Times are milliseconds, medians of several rounds in which what is compared takes turns. Localities, places and people are made up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from access import Access
from numpy.typing import NDArray

from benchmarks import timing
from lib.analysis import bayes, catchment
from lib.geo.distance import METRES_PER_KM
from lib.geo.travel import DETOUR, nearest_km, pairs_within

LOCALITIES, PLACES, AREAS = 70_000, 15_000, 2_477
"""Towns and villages of a country like Poland, places of ten services, and its gminas."""
MEASURES = 10
RADIUS_KM = 10.0
PAIRS = 1_000_000
"""About so many localities and places lie within the radius; the side of the made-up country follows from it."""
ROUNDS = 7

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Country:
    """Localities with people, places of services, and the area in which each lies; positions in metres."""

    x: Floats
    y: Floats
    people: Floats
    area: NDArray[np.intp]
    to_x: Floats
    to_y: Floats
    to_area: NDArray[np.intp]
    areas: int


def run() -> dict[str, Any]:
    """All figures of the gaps as {name: value}; names are the contract of `results.json`."""
    return _catchment() | _measures()


def _country(share: int = 1, seed: int = 3) -> _Country:
    """A square country, or one `share`-th of it at the same density, with its areas in strips."""
    rng = np.random.default_rng(seed)
    localities, places, areas = LOCALITIES // share, PLACES // share, AREAS // share
    side = np.sqrt(LOCALITIES * PLACES * np.pi * (RADIUS_KM / DETOUR) ** 2 / PAIRS / share) * METRES_PER_KM
    x, y, to_x, to_y = (rng.uniform(0, side, size) for size in (localities, localities, places, places))
    people = np.round(rng.lognormal(5, 1, localities))
    area, to_area = ((east / side * areas).astype(np.intp) for east in (x, to_x))
    return _Country(x, y, people, area, to_x, to_y, to_area, areas)


def _catchment() -> dict[str, Any]:
    """Our two-step catchment beside that of `access`: equal results on the same pairs, and how much faster."""
    made = _country()
    origins, targets, km = pairs_within(made.x, made.y, made.to_x, made.to_y, km=RADIUS_KM)
    supply = np.ones(PLACES)

    def ours() -> Floats:
        return catchment.two_step(made.people, supply, origins, targets, km, radius_km=RADIUS_KM)

    theirs = _access(made, supply, pd.DataFrame({"from": origins, "to": targets, "km": km}))
    np.testing.assert_allclose(ours(), theirs(), rtol=1e-9)
    rounds = [(timing.ms(ours), timing.ms(theirs)) for _ in range(ROUNDS)]
    return {
        "gaps.catchment_pairs": len(km),
        "gaps.catchment_ms": round(median(own for own, _ in rounds), 1),
        "gaps.access_catchment_ms": round(median(other for _, other in rounds), 1),
        "gaps.catchment_speedup": round(median(other / own for own, other in rounds), 1),
    }


def _access(made: _Country, supply: Floats, costs: pd.DataFrame) -> Callable[[], Floats]:
    """The same catchment by the `access` package, its tables made beforehand; who reaches nothing is NaN there and 0 here."""
    asked = Access(
        demand_df=pd.DataFrame({"id": range(LOCALITIES), "people": made.people}), demand_index="id", demand_value="people",
        supply_df=pd.DataFrame({"id": range(PLACES), "amount": supply}), supply_index="id", supply_value="amount",
        cost_df=costs, cost_origin="from", cost_dest="to", cost_name="km",
    )  # fmt: skip
    asked.log.setLevel("WARNING")  # it would tell of each column that it writes again

    def found() -> Floats:
        return asked.two_stage_fca(name="found", max_cost=RADIUS_KM)["found_amount"].reindex(range(LOCALITIES)).fillna(0).to_numpy()

    return found


def _measures() -> dict[str, Any]:
    """Ten measures for half the country and for all of it."""
    half, whole = _country(2), _country()
    _ten(half)  # imports and first allocations are not the question
    rounds = [(timing.ms(lambda: _ten(half)), timing.ms(lambda: _ten(whole))) for _ in range(ROUNDS)]
    return {
        f"gaps.measures_ms.{LOCALITIES // 2}": round(median(one for one, _ in rounds)),
        f"gaps.measures_ms.{LOCALITIES}": round(median(both for _, both in rounds)),
        f"gaps.measures_growth_{LOCALITIES}_over_{LOCALITIES // 2}": round(median(both / one for one, both in rounds), 2),
    }


def _ten(made: _Country) -> None:
    """Rates, reach and catchment of ten measures; each has a tenth of the places."""
    people = np.bincount(made.area, made.people, made.areas)
    for measure in range(MEASURES):
        mine = slice(measure, None, MEASURES)
        x, y = made.to_x[mine], made.to_y[mine]
        bayes.smooth(np.bincount(made.to_area[mine], minlength=made.areas).astype(float), people)
        near, _ = nearest_km(made.x, made.y, x, y)
        catchment.reach(made.people, near)
        origins, targets, km = pairs_within(made.x, made.y, x, y, km=RADIUS_KM)
        catchment.two_step(made.people, np.ones(len(x)), origins, targets, km, radius_km=RADIUS_KM)
