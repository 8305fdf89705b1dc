"""Does the committed data set keep its promises: sources, dates, positions, references, labels?"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
TABLES = ("resources", "initiatives", "needs", "funding")
PLACED = ("resources", "initiatives", "needs")
CITY = "2464011"
TOLERANCE_M = 1_000
"""Metres: the boundaries are generalised, so a village at the edge may lie a little outside its polygon."""
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
WEB = re.compile(r"https?://[^\s|]+")
POSTAL = re.compile(r"\d{2}-\d{3}")

Row = dict[str, str]


@cache
def _table(path: str) -> list[Row]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(table: str) -> list[Row]:
    return _table(f"{table}.csv")


@cache
def _package() -> dict[str, Any]:
    package: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return package


@cache
def _gminas() -> dict[str, dict[str, Any]]:
    features = json.loads((DATA / "gminas/boundaries.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["teryt"]: feature for feature in features}


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _tabular() -> list[dict[str, Any]]:
    return [resource for resource in _package()["resources"] if "schema" in resource]


def _normal(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def test_there_are_31_gminas_with_a_label_point_inside_each() -> None:
    from shapely.geometry import Point, shape

    assert len(_gminas()) == 31
    for feature in _gminas().values():
        properties = feature["properties"]
        assert shape(feature["geometry"]).contains(Point(properties["label_longitude"], properties["label_latitude"]))


@pytest.mark.parametrize("path", sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.csv")))
def test_every_csv_is_utf8_without_bom_and_with_unix_line_ends(path: str) -> None:
    raw = (DATA / path).read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


def test_the_package_describes_every_csv_and_nothing_else() -> None:
    described = {resource["path"] for resource in _package()["resources"]}
    committed = {str(path.relative_to(DATA)) for path in DATA.rglob("*.csv")} | {"gminas/boundaries.geojson"}
    assert {path for path in described if not (DATA / path).is_file()} == set()
    assert {path for path in committed - described if not path.startswith("measures/")} == set()


@pytest.mark.parametrize("resource", _tabular(), ids=lambda resource: str(resource["name"]))
def test_columns_and_cells_agree_with_the_schema(resource: dict[str, Any]) -> None:
    rows = _table(resource["path"])
    fields = resource["schema"]["fields"]
    assert list(rows[0]) == [field["name"] for field in fields]
    for field in fields:
        constraints = field.get("constraints", {})
        values = [row[field["name"]] for row in rows]
        if constraints.get("required"):
            assert all(values), field["name"]
        if constraints.get("unique"):
            assert len(set(values)) == len(values), field["name"]
        if pattern := constraints.get("pattern"):
            parts = [part for value in values for part in (_parts(value) if field.get("list") else [value]) if part]
            assert [part for part in parts if not re.search(pattern, part)] == []


@pytest.mark.parametrize("resource", _tabular(), ids=lambda resource: str(resource["name"]))
def test_every_code_used_exists_in_its_vocabulary(resource: dict[str, Any]) -> None:
    for field in resource["schema"]["fields"]:
        if vocabulary := field.get("vocabulary"):
            codes = {row["code"] for row in _table(f"vocabularies/{vocabulary}.csv")}
            used = {part for row in _table(resource["path"]) for part in _parts(row[field["name"]])}
            assert used <= codes, (field["name"], used - codes)


@pytest.mark.parametrize("path", sorted(str(path.relative_to(DATA)) for path in (DATA / "vocabularies").glob("*.csv")))
def test_every_code_has_singular_and_plural_labels_in_three_languages(path: str) -> None:
    for row in _table(path):
        labels = [row[column] for column in ("pl", "en", "uk", "pl_plural", "en_plural", "uk_plural")]
        assert all(label.strip() == label and label for label in labels), row["code"]
        assert re.search("[а-яіїєґ]", row["uk"].lower()), row["code"]


def test_powiats_and_kinds_of_gminas_are_those_of_the_boundaries() -> None:
    properties = [feature["properties"] for feature in _gminas().values()]
    assert {row["code"] for row in _table("vocabularies/powiat.csv")} == {each["powiat"] for each in properties}
    assert {row["code"] for row in _table("vocabularies/gmina_kind.csv")} == {each["kind"] for each in properties}


def test_the_kind_within_a_category_belongs_to_that_category() -> None:
    parent = {row["code"]: row["parent"] for row in _table("vocabularies/subkind.csv")}
    assert [row["id"] for row in _rows("resources") if row["subkind"] and parent[row["subkind"]] != row["category"]] == []


def test_what_stays_other_has_a_named_kind() -> None:
    assert [row["id"] for row in _rows("resources") if row["category"] == "other" and not row["subkind"]] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_record_has_a_web_source_with_a_date(table: str) -> None:
    for row in _rows(table):
        assert WEB.fullmatch(row["source_url"]), row["id"]
        assert all(WEB.fullmatch(url) for url in _parts(row["other_sources"])), row["id"]
        assert row["source_url"] not in _parts(row["other_sources"]), row["id"]
        assert PARTIAL_DATE.fullmatch(row["gathered"]), row["id"]
        assert not row["as_of"] or PARTIAL_DATE.fullmatch(row["as_of"]), row["id"]
        assert row["as_of"][:7] <= row["gathered"][:7], row["id"]


@pytest.mark.parametrize("table", PLACED)
def test_every_position_lies_in_its_gmina_or_close_to_it(table: str) -> None:
    import geopandas as gpd
    from shapely.geometry import shape

    areas = gpd.GeoSeries({teryt: shape(each["geometry"]) for teryt, each in _gminas().items()}, crs=4326).to_crs(2180)
    rows = _rows(table)
    points = gpd.GeoSeries(
        gpd.points_from_xy([float(row["longitude"]) for row in rows], [float(row["latitude"]) for row in rows]), crs=4326
    ).to_crs(2180)
    far = [row["id"] for row, point in zip(rows, points, strict=True) if areas[row["teryt"]].distance(point) > TOLERANCE_M]
    assert far == []


@pytest.mark.parametrize("table", PLACED)
def test_gmina_precision_means_the_label_point(table: str) -> None:
    for row in _rows(table):
        if row["precision"] == "gmina":
            label = _gminas()[row["teryt"]]["properties"]
            assert float(row["latitude"]) == label["label_latitude"], row["id"]
            assert float(row["longitude"]) == label["label_longitude"], row["id"]


@pytest.mark.parametrize("table", PLACED)
def test_locality_precision_means_a_point_of_the_gazetteer_and_never_the_city(table: str) -> None:
    points = {(each["teryt"], each["locality"]): each for each in _table("gminas/localities.csv")}
    for row in _rows(table):
        if row["precision"] == "locality":
            assert row["teryt"] != CITY, row["id"]
            point = points[row["teryt"], row["locality"]]
            assert float(row["latitude"]) == float(point["latitude"]), row["id"]
            assert float(row["longitude"]) == float(point["longitude"]), row["id"]


@pytest.mark.parametrize("table", PLACED)
def test_postal_precision_means_the_point_of_a_known_code(table: str) -> None:
    points = {(each["teryt"], each["postal_code"]): each for each in _table("gminas/postal_points.csv")}
    for row in _rows(table):
        if row["precision"] == "postal":
            point = points[row["teryt"], row["postal_code"]]
            assert float(row["latitude"]) == pytest.approx(float(point["latitude"])), row["id"]


@pytest.mark.parametrize("table", PLACED)
def test_a_postal_code_written_in_an_address_is_in_its_column(table: str) -> None:
    for row in _rows(table):
        if found := POSTAL.search(row.get("address", "") or row.get("venue", "")):
            assert row["postal_code"] == found.group(), row["id"]


def test_no_two_resources_of_one_gmina_share_a_name() -> None:
    names = Counter((row["teryt"], _normal(row["name"])) for row in _rows("resources"))
    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_initiatives_of_one_gmina_share_title_and_date() -> None:
    titles = Counter((row["teryt"], _normal(row["title"]), row["date_start"]) for row in _rows("initiatives"))
    assert [title for title, count in titles.items() if count > 1] == []


def test_an_initiative_does_not_end_before_it_starts() -> None:
    for row in _rows("initiatives"):
        start, end = row["date_start"], row["date_end"]
        if start and end:
            shared = min(len(start), len(end))
            assert start[:shared] <= end[:shared], row["id"]


def test_organisers_and_partners_point_to_existing_resources() -> None:
    known = {row["id"] for row in _rows("resources")}
    for row in _rows("initiatives"):
        for names, ids in (("organisers", "organiser_ids"), ("partners", "partner_ids")):
            assert set(_parts(row[ids])) <= known, row["id"]
            assert len(_parts(row[ids])) <= len(_parts(row[names])), row["id"]


def test_every_area_of_a_programme_covers_at_least_one_gmina() -> None:
    for row in _rows("funding"):
        for code in _parts(row["area_codes"]):
            assert code == "PL" or any(teryt.startswith(code) for teryt in _gminas()), (row["id"], code)


def test_only_a_record_that_says_so_is_a_miniforum() -> None:
    for row in _rows("initiatives"):
        if row["kind"] == "miniforum":
            assert "mini forum" in _normal(row["title"]) or "miniforum" in _normal(row["title"]), row["id"]


def test_no_e_mail_or_mobile_number_hides_in_free_text() -> None:
    free_text = {"resources": ("name", "address"), "initiatives": ("title", "summary_pl", "venue"), "needs": ("statement_pl",)}
    for table, columns in free_text.items():
        for row in _rows(table):
            text = " ".join(row[column] for column in columns)
            assert "@" not in text, row["id"]
            assert not re.search(r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{3}(?!\d)", text), row["id"]


def test_every_merged_record_is_told_in_the_changes_and_none_of_them_is_still_there() -> None:
    changes = (DATA / "CHANGES.md").read_text(encoding="utf-8")
    merged = re.findall(r"^\| ([rin]-[a-z0-9-]+) \| merged into ([rin]-[a-z0-9-]+) ", changes, re.M)
    known = {row["id"] for table in TABLES for row in _rows(table)}
    assert merged
    assert [old for old, _ in merged if old in known] == []
    assert [new for _, new in merged if new not in known] == []


def test_every_gmina_has_people_localities_and_postal_points() -> None:
    per_table: dict[str, set[str]] = defaultdict(set)
    for table in ("demography", "localities", "postal_points"):
        per_table[table] = {row["teryt"] for row in _table(f"gminas/{table}.csv")}
        assert per_table[table] == set(_gminas()), table
