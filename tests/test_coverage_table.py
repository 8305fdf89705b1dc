"""Claims about `data/coverage.csv` and the people of KGW measures: complete, made by the stated rule, and traceable."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from lib.catalog.load import Dataset, load_dataset
from lib.domain.measure import COVERED_BESIDES, INITIATIVES, LIST, MINIFORUM, MUST_EXIST, REGISTER, SAMPLE, UNLOOKED
from lib.domain.records import Item
from lib.settings import DATA_DIR
from scripts import believed_coverage

COVERAGE_FILE = DATA_DIR / "coverage.csv"
REASON_OF = {REGISTER: "register_loaded", LIST: "own_list", SAMPLE: "pages_read", UNLOOKED: "few_pages"}
TOWN_LIMIT = 5000
"""People: a KGW may not sit in a larger town, except in its sołectwa (Act of 9 November 2018 on KGW)."""
URBAN, WITH_TOWN = "miejska", "miejsko-wiejska"


@cache
def project() -> Dataset:
    return load_dataset(DATA_DIR)


@cache
def committed() -> tuple[dict[str, str], ...]:
    with COVERAGE_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def records_of(teryt: str, subject: str) -> list[Item]:
    """The records of a gmina that a row of the table speaks of."""
    if subject in COVERED_BESIDES:
        return [item for item in project().items if item.kind == INITIATIVES and item.teryt == teryt]
    return [item for item in project().items if item.kind == "resources" and item.teryt == teryt and item.category == subject]


def test_every_gmina_and_subject_has_exactly_one_row() -> None:
    pairs = Counter((row["teryt"], row["category"]) for row in committed())
    subjects = (*project().vocabularies["category"], *COVERED_BESIDES)
    assert len(project().gminas) == 31
    assert pairs == {(teryt, subject): 1 for teryt in project().gminas for subject in subjects}


def test_every_row_is_read_and_nothing_else() -> None:
    assert set(project().coverage) == {(row["teryt"], row["category"]) for row in committed()}


def test_running_the_script_again_gives_the_committed_file(tmp_path: Path) -> None:
    believed_coverage.write(tmp_path / "coverage.csv", believed_coverage.rows(project()))
    assert (tmp_path / "coverage.csv").read_bytes() == COVERAGE_FILE.read_bytes()


def test_every_level_has_its_reason() -> None:
    assert all(row["reason"] == REASON_OF[row["level"]] for row in committed() if row["reason"] != MUST_EXIST)


def test_a_gmina_without_a_library_in_the_data_is_a_hole_in_the_data() -> None:
    """The law asks every gmina for a public library; only 12 have one here."""
    without = {teryt for teryt in project().gminas if not records_of(teryt, "library")}
    assert {row["teryt"] for row in committed() if row["reason"] == MUST_EXIST} == without and 0 < len(without) < 31
    assert all(project().coverage[teryt, "library"].level == UNLOOKED for teryt in without)


def test_no_register_is_claimed_before_one_is_loaded() -> None:
    assert [row for row in committed() if row["level"] == REGISTER] == []


def test_own_lists_are_those_that_were_read_by_hand_and_nothing_else_names_a_page() -> None:
    lists = {(row["teryt"], row["category"]): row["source_url"] for row in committed() if row["level"] == LIST}
    assert lists == believed_coverage.OWN_LISTS
    assert [row for row in committed() if row["level"] != LIST and row["source_url"]] == []


@pytest.mark.parametrize(("teryt", "subject"), believed_coverage.OWN_LISTS)
def test_an_own_list_has_records_from_its_page_and_a_date_unless_the_page_has_none(teryt: str, subject: str) -> None:
    row = project().coverage[teryt, subject]
    listed = [item for item in records_of(teryt, subject) if any(source.url == row.source_url for source in item.sources)]
    assert len(listed) > 1
    read_there = [item for item in project().items if item.teryt == teryt and item.sources and item.sources[0].url == row.source_url]
    assert row.as_of == max((item.as_of for item in read_there), default="")
    assert row.as_of or all(source.as_of == "" for item in listed for source in item.sources if source.url == row.source_url)


def test_what_was_not_looked_for_has_no_record_and_few_pages() -> None:
    for row in committed():
        if row["level"] == UNLOOKED and row["category"] not in COVERED_BESIDES:
            assert records_of(row["teryt"], row["category"]) == [], row
        if row["level"] == UNLOOKED and row["category"] != MINIFORUM and row["reason"] != MUST_EXIST:
            assert int(row["pages"]) < believed_coverage.MIN_PAGES, row


def test_the_pages_of_a_row_are_those_its_gmina_was_read_from() -> None:
    for row in committed():
        table = INITIATIVES if row["category"] in COVERED_BESIDES else "resources"
        urls = {s.url for item in project().items if item.kind == table and item.teryt == row["teryt"] for s in item.sources}
        assert int(row["pages"]) == len(urls), row


def test_przystajn_is_a_hole_in_the_data_on_seniors_and_popow_a_sample() -> None:
    teryts = {gmina.name: teryt for teryt, gmina in project().gminas.items()}
    levels = {name: project().coverage[teryts[name], "senior_club"].level for name in ("Przystajń", "Popów")}
    assert levels == {"Przystajń": UNLOOKED, "Popów": SAMPLE}


def test_the_people_of_a_kgw_live_outside_towns_of_more_than_5000() -> None:
    for teryt, gmina in project().gminas.items():
        own = project().demography.loc[teryt]
        places = [place for place in project().localities.values() if place.teryt == teryt and (place.population or 0) > TOWN_LIMIT]
        towns = sum(place.population or 0 for place in places)
        expected = 0 if gmina.kind == URBAN else own["pop_total"] - towns
        assert own["pop_outside_towns"] == expected, gmina.name
        assert not towns or gmina.kind in (URBAN, WITH_TOWN), gmina.name


def test_the_people_that_brigades_are_measured_by_are_all_but_those_of_cities() -> None:
    for teryt, gmina in project().gminas.items():
        own = project().demography.loc[teryt]
        assert own["pop_outside_cities"] == (0 if gmina.kind == URBAN else own["pop_total"]), gmina.name


def test_both_cities_have_no_people_to_measure_a_kgw_by() -> None:
    urban = {gmina.name for gmina in project().gminas.values() if gmina.kind == URBAN}
    none = {project().gminas[str(teryt)].name for teryt, n in project().demography["pop_outside_towns"].items() if n == 0}
    assert urban == none == {"Częstochowa", "Myszków"}
