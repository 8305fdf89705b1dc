"""Claims about the files on gaps: four sheets that a council can check line by line, the engine's own numbers, and inert text."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lib.analysis import gaps, priority
from lib.analysis.region import Region
from lib.catalog.catalog import Catalog
from lib.catalog.load import Dataset, load_dataset
from lib.domain.measure import YEARS_SINCE
from lib.exchange.workbook import to_csv_table
from lib.i18n import Translator
from lib.settings import DATA_DIR
from pages.parts import gap_files
from pages.parts.cards import Cards
from pages.parts.gap_files import COVERAGE, ORDER, RATE_DIGITS, RECORDS, VALUES
from pages.parts.gap_view import View
from tests import worlds
from tests.exchange.test_export import SIGNS
from tests.hostile import FORMULAS, PAYLOADS
from tests.regions import project

LANGUAGES = ("pl", "en", "uk")
SHEETS = ("values", "records", "coverage", "method")
BLANK = " \t\r\n\u00a0\u200b\ufeff\"'"
NUMBERS = ("rate", "smoothed", "low", "high")


def view_of(data: Dataset, measure: str = "senior_clubs", language: str = "pl", sort: str = "value") -> View:
    catalog, t = Catalog(data), Translator(language)
    found = gaps.assess(Region.of(data), data.measures[measure])
    return View(catalog, Cards(data, t, False, catalog.columns.layers.codes, {}), found, None, 10.0, sort, {})


def sheets_of(raw: bytes) -> dict[str, list[list[Any]]]:
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in load_workbook(BytesIO(raw)).worksheets}


def by_head(view: View, sheet: list[list[Any]], heads: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a sheet under the untranslated names of its columns."""
    assert sheet[0] == [view.t(f"gaps.files.head.{head}") for head in heads]
    return [dict(zip(heads, row, strict=True)) for row in sheet[1:]]


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(project())


@pytest.fixture(scope="module")
def sheets(view: View) -> dict[str, list[list[Any]]]:
    return sheets_of(gap_files.workbook(view))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_values_records_completeness_and_method(language: str) -> None:
    own = view_of(project(), language=language)
    names = [Translator(language)(f"gaps.files.sheet.{name}") for name in SHEETS]
    found = sheets_of(gap_files.workbook(own))
    assert list(found) == names and len(set(names)) == 4
    assert found[names[0]][0] == [own.t(f"gaps.files.head.{head}") for head in VALUES]
    assert len(set(found[names[0]][0])) == len(VALUES)


@pytest.mark.parametrize("measure", ["senior_clubs", "fire_brigades", "kgw", "years_since_meeting"])
def test_the_values_are_those_of_the_engine(measure: str) -> None:
    own = view_of(project(), measure)
    rows = {row["teryt"]: row for row in by_head(own, sheets_of(gap_files.workbook(own))[own.t("gaps.files.sheet.values")], VALUES)}
    assert len(rows) == 31
    for area in own.found.areas:
        row = rows[area.teryt]
        assert (row["gmina"], row["count"], row["people"]) == (own.name(area.teryt), area.count, area.people)
        for name in NUMBERS:
            value = getattr(area, name)
            assert row[name] is None if value is None else row[name] == pytest.approx(value, abs=10**-RATE_DIGITS)
            assert row[name] is None or isinstance(row[name], (int, float))
        assert row["reference"] == pytest.approx(own.found.reference, abs=10**-RATE_DIGITS)
        assert (row["verdict"], row["sentence"]) == (own.verdict(area), own.sentence(area))
        assert row["why"] in {own.t(key) for key in own.t.keys("gaps.why.")}
        assert row["coverage"] == own.level(area.coverage) and row["measure"] == own.text("title")


def test_an_estimate_of_people_is_called_one_and_the_citys_figure_official(view: View, sheets: dict[str, list[list[Any]]]) -> None:
    rows = {row["gmina"]: row["people_basis"] for row in by_head(view, sheets[view.t("gaps.files.sheet.values")], VALUES)}
    assert rows["Częstochowa"] == view.t("gaps.files.official")
    assert rows["Popów"] == view.t("gaps.files.estimate") != rows["Częstochowa"]


def test_every_counted_record_is_listed_with_its_source(view: View, sheets: dict[str, list[list[Any]]]) -> None:
    rows = by_head(view, sheets[view.t("gaps.files.sheet.records")], RECORDS)
    counted = [item for items in view.found.records.values() for item in items]
    assert sorted(row["id"] for row in rows) == sorted(item.id for item in counted) and len(rows) == sum(a.count for a in view.found.areas)
    for row in rows:
        item = next(item for item in counted if item.id == row["id"])
        assert row["source_url"] == item.sources[0].url and row["gmina"] == view.name(item.teryt)
        assert (row["other_sources"] or "") == " | ".join(source.url for source in item.sources[1:])


def test_the_completeness_of_every_gmina_is_listed(view: View, sheets: dict[str, list[list[Any]]]) -> None:
    rows = by_head(view, sheets[view.t("gaps.files.sheet.coverage")], COVERAGE)
    assert len(rows) == 31
    for row in rows:
        known = project().coverage[row["teryt"], "senior_club"]
        assert (row["coverage"], row["pages"], row["as_of"]) == (view.level(known.level), known.pages, known.as_of)


def test_the_method_says_formula_prior_limits_edition_and_licence(view: View, sheets: dict[str, list[list[Any]]]) -> None:
    lines = {str(row[0]): str(row[1]) for row in sheets[view.t("gaps.files.sheet.method")]}
    text = "\n".join(lines.values())
    for field in ("title", "what", "why", "limits", "author"):
        assert view.text(field) in text
    assert project().version in text and "CC" in text
    assert view.t("gaps.files.formula_rate") in text and view.t("gaps.method.prior") in lines
    years = view_of(project(), "years_since_meeting")
    told = dict(gap_files.method(years))
    assert years.t("gaps.files.formula_years") in told.values() and years.t("gaps.method.prior") not in told


@pytest.mark.parametrize("sort", ["value", "name", "people"])
def test_the_lines_come_in_the_order_of_the_screen(sort: str) -> None:
    own = view_of(project(), sort=sort)
    assert [row[0] for row in gap_files.values(own)] == [area.teryt for area in own.areas()]


def test_the_csv_reads_back_as_the_values(view: View) -> None:
    raw = to_csv_table(gap_files._heads(view, VALUES), gap_files.values(view))
    rows = list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == 31
    head = {name: view.t(f"gaps.files.head.{name}") for name in VALUES}
    for row, area in zip(rows, view.areas(), strict=True):
        assert (row[head["teryt"]], int(row[head["count"]])) == (area.teryt, area.count)
        for name in NUMBERS:
            value = getattr(area, name)
            assert row[head[name]] == "" if value is None else float(row[head[name]]) == pytest.approx(value, abs=10**-RATE_DIGITS)


def test_the_order_of_priorities_leaves_with_intervals_weights_and_seed(view: View) -> None:
    region = Region.of(project())
    ranked = priority.rank(region, gaps.assess_all(region, ["senior_clubs", "kgw"]), draws=50, seed=7, weights={"lack": 1.0})
    values, shortfalls, method = sheets_of(gap_files.order_workbook(view, ranked)).values()
    rows = by_head(view, values, ORDER)
    assert [row["rank"] for row in rows] == list(range(1, 32))
    for row, rank in zip(rows, ranked.ranks, strict=True):
        assert (row["teryt"], row["rank_low"], row["rank_high"]) == (rank.teryt, rank.rank_low, rank.rank_high)
        assert row["lack"] == pytest.approx(rank.lack, abs=10**-RATE_DIGITS)
        assert row["meeting"] == rank.figures["meeting"]
    for row, rank in zip(shortfalls[1:], ranked.ranks, strict=True):
        assert row[0] == rank.teryt
        assert [cell for cell in row[2:] if cell is not None] == [pytest.approx(value, abs=1e-4) for value in rank.shortfalls.values()]
    text = "\n".join(str(row[1]) for row in method)
    assert "7" in text and "50" in text and view.t("gaps.order.lack") in text
    assert all(project().measures[name].text("short", "pl") in text for name in ("senior_clubs", "kgw"))


def hostile(directory: Path, texts: tuple[str, ...]) -> Dataset:
    """Five gminas in which records, gminas and villages bear hostile names."""
    clubs = [
        worlds.resource(place % 5, id=f"r-{place}", name=text, category="senior_club", locality=text, other_sources=text.replace("|", "/"))
        for place, text in enumerate(texts)
    ]
    features = [worlds.feature(i, name=texts[i]) for i in range(5)]
    rows = [worlds.coverage(i, "senior_club") for i in range(5)]
    worlds.write_world(directory, resources=clubs, features=features, coverage=rows)
    return load_dataset(directory, DATA_DIR)


@pytest.mark.parametrize("texts", [FORMULAS, PAYLOADS], ids=["formulas", "all"])
def test_hostile_names_are_inert_in_every_cell(tmp_path: Path, texts: tuple[str, ...]) -> None:
    own = view_of(hostile(tmp_path, texts))
    assert sum(area.count for area in own.found.areas) > len(texts) / 2, "the records are there"
    for page in load_workbook(BytesIO(gap_files.workbook(own))).worksheets:
        for row in page.iter_rows():
            assert not [cell.value for cell in row if cell.data_type in ("f", "e") or could_run(cell.value)]
    for line in csv.reader(StringIO(to_csv_table(gap_files._heads(own, VALUES), gap_files.values(own)).decode("utf-8-sig"), newline="")):
        assert not [cell for cell in line if could_run(cell)]


def could_run(cell: Any) -> bool:
    """Whether a text, without what programs skip, begins with the sign of a formula and has no guard before it."""
    return isinstance(cell, str) and bool(cell) and cell[0] != "'" and cell.lstrip(BLANK)[:1] in tuple(SIGNS)


def test_an_empty_world_still_gives_a_whole_workbook(tmp_path: Path) -> None:
    worlds.write_world(tmp_path, resources=[], initiatives=[], needs=[], demography=[], coverage=[])
    data = load_dataset(tmp_path, DATA_DIR)
    for name, one in data.measures.items():
        own = view_of(data, name)
        found = sheets_of(gap_files.workbook(own))
        rows = by_head(own, found[own.t("gaps.files.sheet.values")], VALUES)
        assert len(found) == 4 and len(rows) == 5
        assert all(row["rate"] is row["low"] is None and row["people"] is None for row in rows)
        assert one.formula != YEARS_SINCE or rows[0]["reference"] == 5
