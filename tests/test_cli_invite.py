"""The command `invite` writes whom to invite, with reasons and sources, into a workbook or a mail merge file."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lib.cli.main import main
from lib.reports.invitation_rows import COLUMNS, MERGE_COLUMNS
from tests import worlds
from tests.hostile import FORMULAS

MSTOW = "r-mstow-gminny-osrodek-kultury-w-mstowie"
Capture = pytest.CaptureFixture[str]


def test_the_workbook_holds_who_is_near_apart_from_who_may_be(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "lista.xlsx"
    assert main(["invite", MSTOW, "--km", "15", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    book = load_workbook(out)
    assert book.sheetnames == ["w zasięgu", "bez dokładnego miejsca", "partnerzy gminy spoza zasięgu", "o liście"]
    near, rough = book.worksheets[:2]
    assert (near.max_row - 1, rough.max_row - 1) == (told["near"], told["approximate"])
    assert len(next(near.iter_rows(max_row=1, values_only=True))) == len(COLUMNS)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in near.iter_rows(min_row=2, values_only=True)]
    assert all(row["why"] and row["source_url"] and row["name"] for row in rows)
    assert all(row["km"] is not None and row["km"] <= 15 for row in rows if str(row["id"]).startswith("r-"))
    vague = [dict(zip(COLUMNS, row, strict=True)) for row in rough.iter_rows(min_row=2, values_only=True)]
    assert vague and all(row["km"] is None and row["approximate"] == "znana tylko gmina" for row in vague)


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_mail_merge_file_has_the_same_fields_in_every_language(tmp_path: Path, capsys: Capture, language: str) -> None:
    out = tmp_path / "lista.CSV"
    assert main(["invite", MSTOW, "--km", "7,5", "--out", str(out), "--lang", language]) == 0
    rows = list(csv.DictReader(StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert tuple(rows[0]) == MERGE_COLUMNS and str(out) in capsys.readouterr().out
    assert rows[0]["name"] == "Gminny Ośrodek Kultury w Mstowie" and all(row["why"] and row["source_url"] for row in rows)


@pytest.mark.parametrize(
    ("address", "code", "town", "told"),
    [
        ("al. Niepodległości 20/22, 42-216 Częstochowa", "42-216", "Częstochowa", ("al. Niepodległości 20/22", "42-216")),
        ("aleja Pokoju 13, 42-207 Częstochowa", "", "Częstochowa – Raków", ("aleja Pokoju 13", "42-207")),
        ("ul. Sienkiewicza 16, Blachownia", "", "Blachownia", ("ul. Sienkiewicza 16", "")),
        ("ul. Focha 19/21, pok. 46", "", "Częstochowa", ("ul. Focha 19/21, pok. 46", "")),
    ],
)
def test_an_envelope_bears_town_and_postal_code_once(tmp_path: Path, address: str, code: str, town: str, told: tuple[str, str]) -> None:
    hall = worlds.resource(1, id="r-hall", category="library", address=address, postal_code=code, locality=town)
    worlds.write_world(tmp_path / "data", resources=[hall], initiatives=[])
    assert main(["invite", "r-hall", "--out", str(tmp_path / "a.csv"), "--data", str(tmp_path / "data")]) == 0
    row = next(csv.DictReader(StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert (row["address"], row["postal_code"], row["locality"]) == (*told, town)


def test_no_cell_of_a_record_can_run(tmp_path: Path) -> None:
    rows = [worlds.resource(1, id=f"r-bad-{i}", name=text, address=text) for i, text in enumerate(FORMULAS) if text.strip()]
    hall = worlds.resource(1, id="r-hall", category="library")
    worlds.write_world(tmp_path / "data", resources=[hall, *rows], initiatives=[])
    for name in ("a.xlsx", "a.csv"):
        assert main(["invite", "r-hall", "--out", str(tmp_path / name), "--data", str(tmp_path / "data")]) == 0
    book = load_workbook(tmp_path / "a.xlsx")
    assert {cell.data_type for page in book for row in page for cell in row} <= {"s", "n"}
    for row in csv.reader(StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["Mstów", "--out", "a.xlsx"], MSTOW),
        ([MSTOW, "--out", "a.docx"], ".xlsx, .csv"),
        ([MSTOW, "--out", "a.xlsx", "--km", "daleko"], "daleko"),
        ([MSTOW, "--out", "/nowhere/a.xlsx"], "/nowhere/a.xlsx"),
        (["r-blachownia-nowhere", "--out", "a.xlsx", "--data", "/nowhere"], "/nowhere"),
    ],
)
def test_a_mistake_is_explained_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, argv: list[str], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["invite", *argv]) == 2
    assert named in capsys.readouterr().err and not list(tmp_path.iterdir())
