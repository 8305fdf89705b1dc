"""Claims about what travels to the map: everything that is asked for, nothing hostile, few bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.catalog.query import Query
from lib.i18n import Translator
from lib.settings import DATA_DIR
from pages.parts import mapdata
from tests.hostile import PAYLOADS

BYTES_A_POINT = 100
KINDS = ("resources", "initiatives", "needs")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_dataset(Path(DATA_DIR), DATA_DIR))


def body(catalog: Catalog, query: Query, **picture: object) -> dict[str, object]:
    view = mapdata.whole_view(mapdata.region_bounds(catalog.dataset.boundaries))
    return mapdata.payload(catalog, catalog.search(query).rows, mapdata.Picture(**picture), Translator("pl"), view)  # type: ignore[arg-type]


def test_every_record_of_the_answer_is_counted_in_exactly_one_mark(catalog: Catalog) -> None:
    query = Query(kinds=KINDS)
    assert sum(site[3] for site in body(catalog, query)["sites"]) == catalog.search(query).total  # type: ignore[attr-defined]


def test_a_point_takes_at_most_100_bytes(catalog: Catalog) -> None:
    sites = body(catalog, Query(kinds=KINDS))["sites"]
    assert len(mapdata.encode({"sites": sites}).encode()) / len(sites) <= BYTES_A_POINT  # type: ignore[arg-type]


def test_what_is_known_by_its_gmina_carries_the_code_of_the_gmina_and_nothing_else_does(catalog: Catalog) -> None:
    sites = body(catalog, Query(kinds=KINDS))["sites"]
    rough = [site for site in sites if len(site) == 7]  # type: ignore[attr-defined]
    assert len({site[6] for site in rough}) == len(rough)
    label = {g.teryt: (round(g.label_latitude * 1e5), round(g.label_longitude * 1e5)) for g in catalog.dataset.gminas.values()}
    assert all((site[0], site[1]) == label[site[6]] for site in rough)


def test_the_same_answer_has_the_same_version_and_another_one_another(catalog: Catalog) -> None:
    one, two = body(catalog, Query(layers=("kgw",))), body(catalog, Query(layers=("library",)))
    assert one["version"] == body(catalog, Query(layers=("kgw",)))["version"] != two["version"]


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_is_an_inert_literal_that_reads_back_as_it_was(text: str) -> None:
    literal = mapdata.encode({"name": text})
    assert json.loads(literal) == {"name": text}
    assert not set(literal) & set("_<>&'`$\u2028\u2029")


def test_nothing_found_is_an_empty_picture_and_no_error(catalog: Catalog) -> None:
    drawn = mapdata.payload(catalog, np.empty(0, dtype=np.intp), mapdata.Picture(), Translator("en"), mapdata.View(9, 50, 18, 51, 20))
    assert drawn["sites"] == [] and drawn["server"] is False
