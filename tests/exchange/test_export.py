"""Claims about downloads: complete, readable, and inert in every program that opens them."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lib.domain.records import Item, Source
from lib.exchange.export import Wording, to_csv, to_geojson, to_xlsx
from lib.exchange.inert import EXCEL_CELL_CHARS, fit_excel, inert, inert_csv
from lib.exchange.table import COLUMNS_AFTER, COLUMNS_BEFORE
from tests.exchange.records import WORDING, record
from tests.hostile import FORMULAS, PAYLOADS

SIGNS = "=+-@＝＋－＠"
ABOUT = (("zapytanie", "koła gospodyń"), ("licencja", "CC0 1.0"))


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline="")))


def sheet_of(raw: bytes, number: int = 0) -> Any:
    return load_workbook(BytesIO(raw)).worksheets[number]


def poisoned(text: str) -> Item:
    """A record with the text in every text field."""
    fields = dict.fromkeys(
        ("id", "name", "category", "subkind", "locality", "address", "postal_code", "precision", "summary", "as_of"), text
    )
    details = dict.fromkeys(("website", "email", "phone", "organisers", "amount_pln", "status"), text)
    return replace(record(), **fields, themes=(text,), groups=(text,), sources=(Source(text, text, text),) * 2, details=details)


ECHO = Wording({}, lambda _, code: code)


def test_csv_begins_with_a_mark_for_excel_and_ends_lines_as_the_rfc_says() -> None:
    raw = to_csv([record()], WORDING)
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n") and raw.count(b"\r\n") == 2


def test_csv_holds_every_column_under_the_callers_headers() -> None:
    row = rows_of(to_csv([record()], WORDING))[0]
    assert [*row] == [{"name": "nazwa", "latitude": "szerokość"}.get(c, c) for c in (*COLUMNS_BEFORE, *COLUMNS_AFTER)]
    assert row["nazwa"] == "Koło zmyślone" and row["category"] == "category/kgw" and row["gmina"] == "gmina/9901012"
    assert row["themes"] == "theme/culture | theme/women" and row["szerokość"] == "50.85" and row["distance_km"] == ""
    assert (row["source_url"], row["other_sources"], row["gathered"]) == ("https://example.org/a", "https://example.org/b", "2026-11")


def test_columns_of_other_kinds_appear_only_when_a_record_has_them() -> None:
    header = [*rows_of(to_csv([record(), record(kind="initiatives", date_start="2024", amount_pln="500")], WORDING))[0]]
    assert "date_start" in header and "amount_pln" in header and "votes" not in header


def test_an_empty_list_is_still_a_table_with_its_header() -> None:
    assert to_csv([], WORDING).decode("utf-8-sig").startswith("id,kind,nazwa,")
    assert sheet_of(to_xlsx([], WORDING)).max_row == 1
    assert json.loads(to_geojson([], WORDING))["features"] == []


def test_distances_are_kilometres_and_unknown_ones_stay_empty() -> None:
    items = [record(id="r-1"), record(id="r-2"), record(id="r-3")]
    rows = rows_of(to_csv(items, WORDING, distances={"r-1": 3.14159, "r-2": math.nan}))
    assert [row["distance_km"] for row in rows] == ["3.14", "", ""]


def test_numbers_are_numbers_in_excel_also_negative_ones() -> None:
    sheet = sheet_of(to_xlsx([record(amount_pln="-1500", participants="40", longitude=-19.5)], WORDING))
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["amount_pln"].value, cells["participants"].value, cells["longitude"].value) == (-1500, 40, -19.5)
    assert {cells[name].data_type for name in ("amount_pln", "participants", "longitude")} == {"n"}


def test_digits_that_are_names_stay_text() -> None:
    sheet = sheet_of(to_xlsx([record(krs="0000123456", phone="343111111", date_start="2024")], WORDING))
    cells = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["krs"], cells["phone"], cells["date_start"]) == ("0000123456", "343111111", "2024")


def test_codes_in_details_are_labelled() -> None:
    row = rows_of(to_csv([record(status="active", who_can_apply="ngo|school")], WORDING))[0]
    assert row["status"] == "status/active" and row["who_can_apply"] == "applicant/ngo | applicant/school"


def test_the_workbook_has_a_frozen_filtered_table_and_says_where_it_comes_from() -> None:
    raw = to_xlsx([record(), record(id="r-2")], WORDING, about=ABOUT, sheet_names=("Wyniki: 2/2", "O danych"))
    first, second = sheet_of(raw), sheet_of(raw, 1)
    assert first.freeze_panes == "A2" and first.auto_filter.ref.startswith("A1:") and first.auto_filter.ref.endswith("3")
    assert first["A1"].font.bold and first.column_dimensions["C"].width > 40
    assert [tuple(c.value for c in row) for row in second] == list(ABOUT)
    assert (first.title, second.title) == ("Wyniki  2 2", "O danych")


def test_a_cell_too_long_for_excel_is_cut_with_a_mark_and_whole_in_csv() -> None:
    text = "🦄" * 20_000
    cell = sheet_of(to_xlsx([record(name=text)], WORDING))["C2"].value
    assert len(cell.encode("utf-16-le")) // 2 <= EXCEL_CELL_CHARS and cell.endswith("🦄…")
    assert rows_of(to_csv([record(name=text)], WORDING))[0]["nazwa"] == text


def test_a_text_that_just_fits_is_not_cut() -> None:
    assert fit_excel("x" * EXCEL_CELL_CHARS) == "x" * EXCEL_CELL_CHARS


@pytest.mark.parametrize("text", [f for f in FORMULAS if not f.startswith(("tekst", "#", "_x"))])
def test_every_formula_is_guarded(text: str) -> None:
    assert inert(text).startswith("'")


@pytest.mark.parametrize("text", ["Koło", "a=b", "1-2", "ul. 3 Maja 5", "", "Festyn – 2024", "„Róża”"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert inert_csv(text) == text


def test_a_formula_behind_a_semicolon_is_guarded_for_polish_excel() -> None:
    assert inert_csv("tekst;=1+1") == "tekst;'=1+1" and inert_csv("a\n-1") == "a\n'-1" and inert_csv('a;" =1"') == 'a;" \'=1"'


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_no_payload_is_active_in_a_spreadsheet(number: int) -> None:
    for sheet in load_workbook(BytesIO(to_xlsx([poisoned(PAYLOADS[number])], ECHO, about=[(PAYLOADS[number],) * 2]))).worksheets:
        for cell in (c for row in sheet.iter_rows() for c in row if c.value is not None):
            assert cell.data_type in {"s", "n"} and cell.hyperlink is None
            assert cell.data_type == "n" or not cell.value.lstrip().startswith(tuple(SIGNS))


def test_every_payload_goes_through_csv_and_back() -> None:
    rows = rows_of(to_csv([poisoned(text) for text in PAYLOADS], ECHO))
    assert len(rows) == len(PAYLOADS)
    for text, row in zip(PAYLOADS, rows, strict=True):
        assert row["name"] == inert_csv(text) and None not in row and None not in row.values()


def test_no_line_of_a_csv_opens_a_formula_wherever_it_is_split() -> None:
    text = to_csv([poisoned(text) for text in PAYLOADS], ECHO).decode("utf-8-sig")
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.lstrip("\"' \u00a0").startswith(tuple(SIGNS)) or cell.lstrip().startswith("'") or _number(cell)


def _number(cell: str) -> bool:
    try:
        float(cell.split(",")[0])
    except ValueError:
        return False
    return True


def test_every_payload_goes_through_geojson_and_back() -> None:
    features = json.loads(to_geojson([poisoned(text) for text in PAYLOADS], ECHO, about=[(t, t) for t in PAYLOADS]))["features"]
    assert [f["properties"]["name"] for f in features] == list(PAYLOADS)


def test_a_lone_surrogate_breaks_no_file() -> None:
    item = poisoned("a\ud800b")
    assert json.loads(to_geojson([item], ECHO, about=[("\ud800", "x")]))["features"][0]["properties"]["name"] == "a?b"
    assert rows_of(to_csv([item], ECHO))[0]["name"] == "ab" and sheet_of(to_xlsx([item], ECHO))["C2"].value == "ab"


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_survives_every_file(text: str) -> None:
    item = poisoned(text)
    assert rows_of(to_csv([item], ECHO))[0]["name"] == inert_csv(text)
    assert json.loads(to_geojson([item], ECHO))["features"][0]["properties"]["name"] == text
    assert not str(sheet_of(to_xlsx([item], ECHO))["C2"].value or "").startswith(tuple(SIGNS))


def test_geojson_is_longitude_first_and_a_record_without_place_has_no_geometry() -> None:
    features = json.loads(to_geojson([record(), record(id="f-1", kind="funding", latitude=None, longitude=None, precision="")], WORDING))[
        "features"
    ]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [19.05, 50.85]} and features[0]["id"] == "r-1"
    assert features[1]["geometry"] is None


def test_geojson_says_which_points_only_stand_for_a_gmina() -> None:
    features = json.loads(to_geojson([record(), record(precision="gmina")], WORDING))["features"]
    assert [(f["properties"]["precision"], f["properties"]["approximate"]) for f in features] == [("locality", False), ("gmina", True)]


def test_geojson_carries_codes_labels_sources_and_the_callers_lines() -> None:
    collection = json.loads(to_geojson([record(website="https://example.org")], WORDING, about=ABOUT, distances={"r-1": 2.0}))
    properties = collection["features"][0]["properties"]
    assert (properties["category"], properties["category_label"], properties["themes"]) == ("kgw", "category/kgw", ["culture", "women"])
    assert properties["distance_km"] == 2.0 and properties["website"] == "https://example.org" and len(properties["sources"]) == 2
    assert collection["about"][1] == {"label": "licencja", "text": "CC0 1.0"}
