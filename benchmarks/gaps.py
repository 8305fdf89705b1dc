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
from lib.analysis import catchment, gaps, service_reach
from lib.analysis.region import Region
from lib.catalog.load import load_dataset
from lib.domain.measure import RATE, SAMPLE, Coverage, Measure, Selection
from lib.domain.records import Gmina, Item, Locality, Source
from lib.geo.distance import METRES_PER_KM
from lib.geo.travel import DETOUR, pairs_within
from lib.settings import DATA_DIR

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
    """Localities with people and places of services; positions in metres."""

    x: Floats
    y: Floats
    people: Floats
    to_x: Floats
    to_y: Floats


def run() -> dict[str, Any]:
    """All figures of the gaps as {name: value}; names are the contract of `results.json`."""
    return _catchment() | _measures()


def _country(seed: int = 3) -> _Country:
    """A square country in which about PAIRS localities and places lie within the radius."""
    rng = np.random.default_rng(seed)
    side = np.sqrt(LOCALITIES * PLACES * np.pi * (RADIUS_KM / DETOUR) ** 2 / PAIRS) * METRES_PER_KM
    x, y, to_x, to_y = (rng.uniform(0, side, size) for size in (LOCALITIES, LOCALITIES, PLACES, PLACES))
    return _Country(x, y, np.round(rng.lognormal(5, 1, LOCALITIES)), to_x, to_y)


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
    """Ten measures for half the country and for all of it, each as the screens compute it; and the project's own 31 areas."""
    half, whole = _region(2), _region()
    _ten(half)  # imports and first allocations are not the question
    rounds = [(timing.ms(lambda: _ten(half)), timing.ms(lambda: _ten(whole))) for _ in range(ROUNDS)]
    own = Region.of(load_dataset(DATA_DIR))
    gaps.assess_all(own)
    return {
        f"gaps.measures_ms.{LOCALITIES // 2}": round(median(one for one, _ in rounds)),
        f"gaps.measures_ms.{LOCALITIES}": round(median(both for _, both in rounds)),
        f"gaps.measures_growth_{LOCALITIES}_over_{LOCALITIES // 2}": round(median(both / one for one, both in rounds), 2),
        "gaps.own_region_ms": round(median(timing.ms(lambda: gaps.assess_all(own)) for _ in range(ROUNDS))),
    }


def _ten(region: Region) -> None:
    """Rates with intervals and verdicts, reach and catchment of ten measures, from records to results."""
    gaps.assess_all(region)
    for measure in region.measures.values():
        service_reach.reach(region, measure, radius_km=RADIUS_KM)


def _region(share: int = 1, seed: int = 5) -> Region:
    """A made-up country, or one `share`-th of it: gminas of about 28 localities, places of ten services strewn over them."""
    rng = np.random.default_rng(seed)
    localities, places, areas = LOCALITIES // share, PLACES // share, AREAS // share
    codes = [str(1_000_000 + i) for i in range(areas)]
    owner, home = np.sort(rng.integers(0, areas, localities)), rng.integers(0, localities, places)
    lat, lon = rng.uniform(50, 54, localities), rng.uniform(15, 15 + 8 / share, localities)
    towns = [Locality(f"l{i}", codes[owner[i]], "made up", float(lat[i]), float(lon[i]), (), None) for i in range(localities)]
    records = [_record(i, towns[home[i]]) for i in range(places)]
    people = {code: float(n) for code, n in zip(codes, rng.integers(2_000, 30_000, areas), strict=True)}
    kinds = [f"kind{k}" for k in range(MEASURES)]
    return Region(
        tuple(records),
        {code: Gmina(code, "made up", "made up", "wiejska", 52.0, 19.0) for code in codes},
        {town.id: town for town in towns},
        {"pop_total": people},
        {kind: Measure(kind, RATE, ("pop_total",), 1_000, (Selection("resources", kind),), (), (), "2027", {}) for kind in kinds},
        {(code, kind): Coverage(code, kind, SAMPLE, "", 8, "", "2026") for code in codes for kind in kinds},
    )


def _record(number: int, town: Locality) -> Item:
    source = Source(f"https://example.org/{number}", "2024", "2026-11")
    place = (town.teryt, town.name, "", "", town.latitude, town.longitude, "locality")
    return Item(f"r{number}", "resources", "made up", f"kind{number % MEASURES}", "", *place, (), (), "", "2024", (source,), {})
