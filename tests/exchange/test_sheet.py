"""Claims about plain tables as files: text stays text, numbers stay numbers, sheets have names that Excel takes."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from lib.exchange.workbook import Sheet, to_csv_table, to_workbook
from tests.hostile import FORMULAS

TABLE = Sheet("Lista", ("nazwa", "km"), [["Koło „A”, B", 1.5], ["", None], ["druga\nlinia", 0]], (40, 0))


def test_a_table_gives_back_its_cells_as_csv() -> None:
    raw = to_csv_table(TABLE.header, TABLE.rows)
    assert raw.startswith("\ufeffnazwa,km\r\n".encode())
    assert list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""))) == [
        ["nazwa", "km"],
        ["Koło „A”, B", "1.5"],
        ["", ""],
        ["druga\nlinia", "0"],
    ]


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    book = load_workbook(BytesIO(to_workbook([TABLE, TABLE, Sheet("o / liście", (), [["zasięg", 15]])])))
    assert book.sheetnames == ["Lista", "Lista 2", "o   liście"]
    page = book["Lista"]
    assert [[cell.value for cell in row] for row in page] == [["nazwa", "km"], ["Koło „A”, B", 1.5], [None, None], ["druga\nlinia", 0]]
    assert page.freeze_panes == "A2" and page.column_dimensions["A"].width == 40 and page["A1"].font.bold


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    book = load_workbook(BytesIO(to_workbook([Sheet(text, (text,), [[text]])])))
    assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n"}
    rows = list(csv.reader(StringIO(to_csv_table((text,), [[text]]).decode("utf-8-sig"), newline="")))
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)
