"""Claims about loading: what is sound is served in one shape, what is not is left out and listed."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.catalog.load import Dataset, load_dataset
from lib.catalog.validate import validate
from lib.domain.records import KINDS, Source
from tests.hostile import PAYLOADS
from tests.worlds import (
    LATITUDE,
    PROJECT_DATA,
    SOURCE,
    TERYTS,
    VILLAGES,
    Row,
    feature,
    initiative,
    locality,
    longitude,
    need,
    people,
    resource,
    write_world,
)


def ids(data: Dataset) -> list[str]:
    return [item.id for item in data.items]


def test_all_four_kinds_come_in_one_order_and_are_found_by_id(tmp_path: Path) -> None:
    data = load_dataset(write_world(tmp_path))
    assert ids(data) == ["r-0", "r-1", "r-2", "r-3", "r-4", "i-0", "i-1", "n-2", "n-3", "f-0"]
    assert [item.kind for item in data.items] == sorted((item.kind for item in data.items), key=KINDS.index)
    assert all(data.items[place].id == key for key, place in data.by_id.items()) and len(data.by_id) == 10


def test_a_resource_has_every_column_in_its_place(tmp_path: Path) -> None:
    row = resource(0, address="ul. Zmyślona 1", postal_code="99-000", website=SOURCE, phone="34 311 11 11", other_sources=f"{SOURCE}/2")
    item = load_dataset(write_world(tmp_path, resources=[row])).items[0]
    assert (item.name, item.category, item.teryt, item.locality, item.address) == (
        "Koło zmyślone 0",
        "kgw",
        TERYTS[0],
        VILLAGES[0],
        "ul. Zmyślona 1",
    )
    assert (item.latitude, item.longitude, item.precision, item.postal_code) == (LATITUDE, longitude(0), "locality", "99-000")
    assert (item.themes, item.groups, item.summary, item.as_of) == (("culture", "women"), ("everyone",), "", "2025-05")
    assert item.sources == (Source(SOURCE, "2025-05", "2026-11"), Source(f"{SOURCE}/2", "", "2026-11"))
    assert item.details == {"website": SOURCE, "phone": "34 311 11 11", "status": "active"}


def test_initiatives_needs_and_programmes_share_the_shape(tmp_path: Path) -> None:
    rows = {"initiatives": [initiative(0, venue="remiza", amount_pln="500")], "needs": [need(0, votes="7")]}
    data = load_dataset(write_world(tmp_path, **rows))
    event, wish, money = (data.items[data.by_id[key]] for key in ("i-0", "n-0", "f-0"))
    assert (event.name, event.category, event.address, event.summary) == ("Festyn zmyślony 0", "festival", "remiza", "Zmyślony festyn.")
    assert event.details["organiser_ids"] == "r-0" and event.details["amount_pln"] == "500" and "partners" not in event.details
    assert (wish.name, wish.category, wish.approximate, wish.details) == ("Zmyślona potrzeba 0", "report", True, {"votes": "7"})
    assert (money.category, money.teryt, money.latitude, money.precision, money.summary) == ("", "", None, "", "Zmyślony program.")
    assert money.details["who_can_apply"] == "ngo" and money.details["area_codes"] == "PL"


def test_places_people_codes_and_package_come_along(tmp_path: Path) -> None:
    data = load_dataset(write_world(tmp_path))
    assert list(data.gminas) == list(TERYTS) and data.gminas[TERYTS[0]].name == "Alfowo"
    assert len(data.boundaries["features"]) == 5 and data.boundaries["type"] == "FeatureCollection"
    place = data.localities[f"{TERYTS[1]}-betowo"]
    assert (place.name, place.latitude, place.postal_codes, place.population) == ("Betowo", LATITUDE, ("99-001",), 200)
    assert data.demography.index.tolist() == list(TERYTS) and data.demography["pop_total"].sum() == 5000
    assert data.vocabularies["theme"]["culture"].label("en") == "Culture" and "resources" in {r["name"] for r in data.package["resources"]}
    assert data.vocabularies["subkind"]["utw"].parent == "senior_club"


def test_the_version_changes_with_any_byte_and_only_then(tmp_path: Path) -> None:
    first = load_dataset(write_world(tmp_path / "a")).version
    assert first == load_dataset(write_world(tmp_path / "b")).version
    assert first != load_dataset(write_world(tmp_path / "c", needs=[need(0, votes="1")])).version


def test_the_problems_are_those_of_validation(tmp_path: Path) -> None:
    rows = [resource(0, themes="x"), resource(0), resource(1, source_url="")]
    world = write_world(tmp_path, resources=rows, needs=[need(0, latitude="50.7")])
    assert load_dataset(world, PROJECT_DATA).problems == validate(world, PROJECT_DATA).problems != ()


@pytest.mark.parametrize(
    "bad",
    [
        resource(1, id=""),
        resource(0),
        resource(1, teryt="1234567"),
        resource(1, teryt=""),
        resource(1, name=""),
        resource(1, source_url=""),
        resource(1, source_url="javascript:alert(1)"),
    ],
)
def test_a_record_that_cannot_be_trusted_is_left_out(tmp_path: Path, bad: Row) -> None:
    data = load_dataset(write_world(tmp_path, resources=[resource(0), bad, resource(2)], initiatives=[], needs=[]))
    assert ids(data) == ["r-0", "r-2", "f-0"] and data.items[0].name == "Koło zmyślone 0" and data.problems


def test_an_id_used_in_two_tables_belongs_to_the_first(tmp_path: Path) -> None:
    data = load_dataset(write_world(tmp_path, needs=[need(0, id="r-0")]))
    assert "n-2" not in data.by_id and ids(data).count("r-0") == 1 and data.items[data.by_id["r-0"]].kind == "resources"


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"themes": "culture|x|sport"}, "themes", ("culture", "sport")),
        ({"themes": "culture|culture"}, "themes", ("culture",)),
        ({"target_groups": "x"}, "groups", ()),
        ({"category": "x"}, "category", "other"),
        ({"subkind": "x"}, "subkind", ""),
        ({"as_of": "wczoraj"}, "as_of", ""),
        ({"website": "javascript:alert(1)"}, "details", {"status": "active"}),
        ({"email": "x"}, "details", {"status": "active"}),
        ({"status": "x"}, "details", {}),
        (
            {"other_sources": "javascript:1|https://example.org/2"},
            "sources",
            (Source(SOURCE, "2025-05", "2026-11"), Source("https://example.org/2", "", "2026-11")),
        ),
    ],
)
def test_only_the_bad_value_is_dropped(tmp_path: Path, change: Row, field: str, value: object) -> None:
    data = load_dataset(write_world(tmp_path, resources=[resource(0, **change)], initiatives=[]))
    assert getattr(data.items[0], field) == value


@pytest.mark.parametrize(
    "change",
    [
        {"latitude": ""},
        {"latitude": "x"},
        {"latitude": "51.0"},
        {"precision": ""},
        {"precision": "x"},
        {"latitude": "", "longitude": "", "precision": ""},
        {"latitude": "50.87", "precision": "gmina"},
        {"latitude": "19.05", "longitude": "50.85"},
    ],
)
def test_a_record_with_an_untrustworthy_position_stands_for_its_gmina(tmp_path: Path, change: Row) -> None:
    item = load_dataset(write_world(tmp_path, resources=[resource(0, **change)], initiatives=[])).items[0]
    assert (item.latitude, item.longitude, item.precision, item.approximate) == (LATITUDE, longitude(0), "gmina", True)


def test_references_lead_only_to_records_that_are_served(tmp_path: Path) -> None:
    rows: dict[str, Sequence[Row]] = {
        "resources": [resource(0), resource(1, source_url="")],
        "initiatives": [initiative(0, organiser_ids="r-1|r-0|r-9")],
    }
    data = load_dataset(write_world(tmp_path, **rows))
    assert data.items[data.by_id["i-0"]].details["organiser_ids"] == "r-0"


def test_a_missing_table_leaves_the_others(tmp_path: Path) -> None:
    world = write_world(tmp_path)
    (world / "resources.csv").unlink()
    assert ids(load_dataset(world)) == ["i-0", "i-1", "n-2", "n-3", "f-0"]


def test_a_table_without_its_key_columns_serves_nothing_and_says_so(tmp_path: Path) -> None:
    path = write_world(tmp_path) / "resources.csv"
    path.write_bytes(path.read_bytes().replace(b",source_url,", b",zrodlo,", 1))
    data = load_dataset(tmp_path)
    assert ids(data)[0] == "i-0" and ("column_fatal", "source_url") in [(p.code, p.column) for p in data.problems]


def test_boundaries_and_codes_fall_back_to_the_projects(tmp_path: Path) -> None:
    world, spare = write_world(tmp_path / "world", features=[]), write_world(tmp_path / "spare")
    (world / "vocabularies/category.csv").write_bytes(b"")
    data = load_dataset(world, spare)
    assert list(data.gminas) == list(TERYTS) and "kgw" in data.vocabularies["category"] and len(data.items) == 10
    (world / "gminas/boundaries.geojson").unlink()
    assert list(load_dataset(world, spare).gminas) == list(TERYTS)


def test_a_gmina_with_a_broken_boundary_keeps_its_records(tmp_path: Path) -> None:
    broken = [feature(i) for i in range(4)] + [{**feature(4), "geometry": None}]
    world, spare = write_world(tmp_path / "world", features=broken), write_world(tmp_path / "spare")
    data = load_dataset(world, spare)
    assert "r-4" in data.by_id and len(data.boundaries["features"]) == 5
    assert {p.code for p in data.problems} == {"geometry_broken", "gmina_missing"}


def test_without_any_boundaries_records_are_served_unplaced_on_the_map(tmp_path: Path) -> None:
    world = write_world(tmp_path)
    (world / "gminas/boundaries.geojson").unlink()
    data = load_dataset(world)
    assert len(data.items) == 10 and data.gminas == {} and data.items[0].latitude == LATITUDE


def test_an_empty_directory_or_none_at_all_still_gives_a_data_set(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "none"):
        alone, helped = load_dataset(directory), load_dataset(directory, PROJECT_DATA)
        assert alone.items == helped.items == () and alone.problems and helped.problems
        assert len(helped.gminas) == 31 and helped.vocabularies["theme"] and alone.demography.empty


def test_an_unsound_locality_or_head_count_is_left_out(tmp_path: Path) -> None:
    rows = {
        "localities": [locality(0), locality(1, latitude="x")],
        "demography": [people(i) for i in range(4)] + [people(4, pop_total="x")],
    }
    data = load_dataset(write_world(tmp_path, **rows))
    assert list(data.localities) == [f"{TERYTS[0]}-alfowo"]
    assert data.demography["pop_total"].isna().tolist() == [False] * 4 + [True]


def test_extra_properties_of_a_boundary_file_stay_behind(tmp_path: Path) -> None:
    data = load_dataset(write_world(tmp_path, features=[feature(0, popup="<script>"), *(feature(i) for i in range(1, 5))]))
    assert "popup" not in data.boundaries["features"][0]["properties"] and json.dumps(data.boundaries)


def test_hostile_text_is_served_as_text_and_hostile_links_are_not_served(tmp_path: Path) -> None:
    rows = [resource(i % 5, id=f"r-{i}", name=f"{i} {text}", address=text, website=text, phone=text) for i, text in enumerate(PAYLOADS)]
    data = load_dataset(write_world(tmp_path, resources=rows, initiatives=[]))
    served = [item for item in data.items if item.kind == "resources"]
    assert len(served) == len(PAYLOADS) and not any("website" in item.details for item in served)
    for item, text in zip(served, PAYLOADS, strict=True):
        assert item.name.split(" ", 1)[-1].split() == text.replace("\0", "").split() or not text.replace("\0", "").strip()


@given(
    st.integers(0, 3000),
    st.binary(max_size=60),
    st.sampled_from(("resources.csv", "needs.csv", "gminas/localities.csv", "gminas/demography.csv")),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_loading_never_raises_and_serves_only_known_gminas_and_codes(place: int, raw: bytes, file: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_world(Path(folder)) / file
        sound = path.read_bytes()
        path.write_bytes(sound[:place] + raw + sound[place + len(raw) :])
        data = load_dataset(Path(folder))
    for item in data.items:
        assert item.id and item.name and item.sources[0].url.startswith("http")
        assert item.kind == "funding" or item.teryt in data.gminas
        assert set(item.themes) <= set(data.vocabularies["theme"])


@pytest.mark.slow
def test_loading_thousands_of_rows_takes_seconds(tmp_path: Path) -> None:
    random.seed(5)
    rows = [resource(i % 5, id=f"r-{i}", name=f"Koło {i}", latitude=f"{random.uniform(50.8, 50.9):.5f}") for i in range(20_000)]
    world = write_world(tmp_path, resources=rows)
    start = time.perf_counter()
    assert len(load_dataset(world).items) == 20_005 and time.perf_counter() - start < 10
