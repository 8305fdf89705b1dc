"""Claims about tables that leave: several sheets in one workbook, one table as CSV, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import math
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lib.exchange.export import about_sheet
from lib.exchange.inert import inert, inert_csv
from lib.exchange.workbook import BOM, COLUMN_WIDTH, CREATOR, MAX_SHEET_NAME, Sheet, to_csv_table, to_workbook
from tests.exchange.test_export import SIGNS
from tests.hostile import FORMULAS, PAYLOADS

CELLS = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9), st.text(max_size=20))


def book(*sheets: Sheet) -> Any:
    return load_workbook(BytesIO(to_workbook(sheets)))


def cells(page: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def read_csv(raw: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))


def test_sheets_come_in_their_order_with_their_rows() -> None:
    found = book(Sheet("Wartości", ["gmina", "liczba"], [["Popów", 0], ["Żarki", 9]]), Sheet("Metoda", (), [["wzór", "iloraz"]]))
    assert found.sheetnames == ["Wartości", "Metoda"]
    assert cells(found["Wartości"]) == [["gmina", "liczba"], ["Popów", 0], ["Żarki", 9]]
    assert cells(found["Metoda"]) == [["wzór", "iloraz"]]
    assert found.properties.creator == CREATOR


def test_the_header_is_bold_stays_in_view_and_can_be_filtered() -> None:
    page = book(Sheet("a", ["x", "y"], [[1, 2], [3, 4]]))["a"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B3")
    assert page["A1"].font.bold and not page["A2"].font.bold


def test_without_a_header_nothing_is_frozen_or_filtered() -> None:
    page = book(Sheet("a", (), [["x"]]))["a"]
    assert page.freeze_panes is None and page.auto_filter.ref is None


def test_columns_have_the_widths_they_are_given() -> None:
    page = book(Sheet("a", ["x", "y"], [[1, 2, 3]], (0, 50)))["a"]
    assert [page.column_dimensions[name].width for name in "ABC"] == [COLUMN_WIDTH, 50, COLUMN_WIDTH]


def test_numbers_are_numbers_and_unknown_ones_are_empty() -> None:
    row = book(Sheet("a", ["n"] * 5, [[3, -2.5, None, "12", ""]]))["a"][2]
    assert [cell.value for cell in row] == [3, -2.5, None, "12", None]
    assert [cell.data_type for cell in row[:2]] == ["n", "n"] and row[3].data_type == "s"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_an_empty_cell(value: float) -> None:
    """Excel calls a workbook damaged in which a number cell holds "nan"."""
    raw = to_workbook([Sheet("a", ["n"], [[value]])])
    assert b"nan" not in ZipFile(BytesIO(raw)).read("xl/worksheets/sheet1.xml").lower()
    assert cells(load_workbook(BytesIO(raw))["a"])[1:] in ([], [[None]])


@pytest.mark.parametrize("text", FORMULAS, ids=range(len(FORMULAS)))
def test_no_text_of_a_cell_a_header_or_an_about_line_becomes_a_formula(text: str) -> None:
    found = book(Sheet("a", [text], [[text]]), about_sheet("b", [(text, text)]))
    for page in found.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "inlineStr") or cell.value is None
                assert str(cell.value or "x").lstrip()[0] not in SIGNS


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_hostile_text_breaks_a_file(text: str) -> None:
    (page,) = book(Sheet("a", [text], [[text], [1]])).worksheets
    assert cells(page)[-1] == [1] and page.max_row == 3
    rows = read_csv(to_csv_table([text, "n"], [[text, 1]]))
    assert len(rows) == 2 and rows[1][1] == "1"


@pytest.mark.parametrize("name", ["a/b:c*d?e[f]\\g", "", "   ", "'x'", "x" * 99, "\x07", "Zażółć"])
def test_a_sheet_has_a_name_that_excel_accepts(name: str) -> None:
    (shown,) = book(Sheet(name, ["a"], [[1]])).sheetnames
    assert 0 < len(shown) <= MAX_SHEET_NAME and not set(shown) & set("[]:*?/\\") and shown == shown.strip(" '")


def test_an_empty_table_is_its_header_and_no_table_an_empty_sheet() -> None:
    assert cells(book(Sheet("a", ["x"], []))["a"]) == [["x"]]
    assert book(Sheet("a", (), []))["a"].max_row <= 1
    assert to_csv_table(["x"], []) == (BOM + "x\r\n").encode()


def test_csv_begins_with_a_mark_and_ends_lines_as_the_rfc_says() -> None:
    raw = to_csv_table(["gmina", "n"], [["Popów", 1], ['a "b", c', None]])
    assert raw == (BOM + 'gmina,n\r\nPopów,1\r\n"a ""b"", c",\r\n').encode()


def test_rows_may_come_one_by_one() -> None:
    assert cells(book(Sheet("a", ["x"], (row for row in [[1], [2]])))["a"]) == [["x"], [1], [2]]
    assert len(read_csv(to_csv_table(["x"], (row for row in [[1], [2]])))) == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_what_was_written_is_read_again(table: list[list[Any]]) -> None:
    shown = cells(book(Sheet("a", ["x", "y", "z"], table))["a"])[1:]
    for row, back in zip(table, [*shown, *[[None] * 3] * (len(table) - len(shown))], strict=True):
        for cell, value in zip(row, back, strict=True):
            if isinstance(cell, str):
                assert same_lines(value or "") == same_lines(inert(cell))
            else:
                assert value == (pytest.approx(cell) if isinstance(cell, float) else cell)
    lines = read_csv(to_csv_table(["x", "y", "z"], table))
    assert len(lines) == len(table) + 1
    for row, line in zip(table, lines[1:], strict=True):
        assert [same_lines(cell) for cell in line] == [same_lines(as_csv(cell)) for cell in row]


def as_csv(cell: Any) -> str:
    return "" if cell is None else inert_csv(cell) if isinstance(cell, str) else str(cell)


def same_lines(text: str) -> str:
    """Files may write an end of line in another way, and characters that no encoding knows as a question mark."""
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")


def test_two_sheets_of_one_name_are_told_apart() -> None:
    names = book(Sheet("x" * 40, ["a"], [[1]]), Sheet("x" * 40, ["b"], [[2]]), Sheet("X" * 40, ["c"], [[3]])).sheetnames
    assert len({name.casefold() for name in names}) == 3 and all(len(name) <= MAX_SHEET_NAME for name in names)
