"""A whole table goes out as it is, and never as a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.exchange.whole_file import DELIMITERS, inert_table, runs, whole_file, whole_package
from lib.settings import DATA_DIR

TABLES = sorted(path.relative_to(DATA_DIR).as_posix() for path in DATA_DIR.rglob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_the_projects_own_tables_go_out_byte_for_byte(name: str) -> None:
    assert whole_file(DATA_DIR / name) == (DATA_DIR / name).read_bytes()


def test_a_file_that_is_no_table_goes_out_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_bytes(b'{"a": "=1+1"}')
    assert whole_file(tmp_path / "areas.geojson") == b'{"a": "=1+1"}'


def test_a_missing_file_is_empty(tmp_path: Path) -> None:
    assert whole_file(tmp_path / "none.csv") == b""


def test_the_archive_holds_each_file_once_without_formulas_and_without_missing_ones(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_bytes(b"id\n=1+1\n")
    (tmp_path / "package.json").write_bytes(b"{}")
    raw = whole_package(tmp_path, ("package.json", "sub/a.csv", "none.csv"))
    with ZipFile(BytesIO(raw)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"package.json": b"{}", "sub/a.csv": b"id\n'=1+1\n"}
    assert raw == whole_package(tmp_path, ("package.json", "sub/a.csv"))


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "  =1", '=HYPERLINK("x")'])
def test_a_formula_becomes_text(cell: str) -> None:
    out = StringIO()
    csv.writer(out).writerows([["id", "name"], ["1", cell]])
    rows = list(csv.reader(StringIO(inert_table(out.getvalue().encode()).decode(), newline="")))
    assert rows[0] == ["id", "name"]
    assert rows[1][1].startswith("'")


@pytest.mark.parametrize("cell", ["+48 34 365 39 46", "-12.5", "Klub Seniora", "a=b", "", "e-mail"])
def test_numbers_phones_and_texts_stay(cell: str) -> None:
    assert not runs(cell)


def test_a_formula_behind_a_semicolon_is_seen_too() -> None:
    assert inert_table(b"id;name\n1;=1+1\n") == b"id;name\n1;'=1+1\n"


@given(st.text(alphabet="=+-@'\",;|\t\r\n\0 a1", max_size=80) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
def test_no_text_stops_it_and_no_cell_of_a_changed_file_runs(text: str) -> None:
    raw = text.encode()
    out = inert_table(raw)
    if out != raw:
        plain = out.decode()
        delimiter = max(DELIMITERS, key=plain.split("\n", 1)[0].count)
        cells = [cell for row in csv.reader(StringIO(plain), delimiter=delimiter) for cell in row]
        assert not any(cell.startswith(("=", "@", "+", "-")) and runs(cell) for cell in cells)
