"""Claims about the screen "O danych" and the accessibility statement, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.catalog.inventory import TableFacts, inventory, named
from lib.catalog.load import load_dataset
from lib.errors import Problem
from lib.i18n import Translator
from lib.settings import DATA_DIR, PROJECT_DIR, contact_link, read_settings
from pages.parts import about, cache
from pages.parts.statement import PREPARED, statement_html
from pages.screens.data import positions
from tests import worlds
from tests.screens.screen import html

LANGUAGES = ("pl", "en", "uk")
TABS = ("tables", "limits", "fix", "licences", "a11y")
REQUIRED_IDS = (
    *("a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status"),
    *("a11y-data-sporzadzenie", "a11y-kontakt", "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-architektura", "a11y-komunikacja"),
)
"""What the technical conditions 2.0 require of a statement and their checker looks for."""
PL = Translator("pl")


def run(language: str = "pl", tab: str = "") -> AppTest:
    at = AppTest.from_file(str(PROJECT_DIR / "pages" / "screens" / "data.py"), default_timeout=60)
    at.query_params["lang"] = language
    if tab:
        at.query_params["tab"] = tab
    return at.run()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A made-up data set with an unknown category and a name that is markup."""
    worlds.write_world(tmp_path, resources=[worlds.resource(0), worlds.resource(1, category="<script>alert(1)</script>")])
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", TABS)
def test_every_part_is_drawn_in_every_language(language: str, tab: str) -> None:
    at = run(language, tab)
    assert not at.exception
    assert html(at).count("<h1>") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_is_named_with_its_rows_its_sources_and_its_licence(language: str) -> None:
    t, text = Translator(language), html(run(language))
    for name in ("resources", "initiatives", "needs", "funding", "localities", "postal_points", "demography", "boundaries", "vocabularies"):
        assert t(f"about.table.{name}.title") in text
        assert t(f"about.table.{name}.what") in text
    assert t("about.rows", n=512) in text
    assert "https://www.geonames.org/" in text
    assert "Creative Commons Attribution 4.0" in text


def test_the_projects_own_sources_are_all_said_in_the_visitors_language() -> None:
    dataset = load_dataset(DATA_DIR)
    titles = {source.title for facts in inventory(dataset, DATA_DIR) for source in facts.sources}
    assert [title for title in titles if about.source_title(title, PL) == title and not title.startswith("Pabulib")] == []


def test_each_licence_of_the_data_says_what_it_means() -> None:
    dataset = load_dataset(DATA_DIR)
    titles = {licence.title for facts in inventory(dataset, DATA_DIR) for licence in facts.licences}
    assert titles and all("(" in about.licence_title(title, PL) for title in titles)
    assert about.licence_title("The Unlicense (public domain)", PL).startswith("The Unlicense (domena publiczna")
    assert about.licence_title("Other", PL) == "Other"


def test_an_unknown_part_of_the_page_opens_the_first_one() -> None:
    assert PL("about.overview") in html(run(tab="<script>"))


def test_choosing_a_part_puts_it_into_the_address() -> None:
    at = run()
    at.segmented_control(key="about_tab").set_value("limits").run()
    assert at.query_params["tab"] in ("limits", ["limits"])
    assert PL("limits.sample.title") in html(at)


def test_each_table_and_all_of_them_can_be_taken_along() -> None:
    labels = {button.label for button in run().get("download_button")}
    assert {PL("about.download_all"), PL("about.download", file="resources.csv"), PL("about.download", file="boundaries.geojson")} <= labels


def test_the_limits_name_the_thinnest_gminas_with_their_numbers() -> None:
    assert re.search(r"Przystajń \(\d+\)", html(run(tab="limits")))


def test_no_contact_is_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAPA_CONTACT", raising=False)
    cache.settings.clear()
    text = html(run(tab="fix")) + html(run(tab="a11y"))
    assert PL("about.fix.tell.none") in text
    assert "mailto:" not in text and "MAPA_" not in text


def test_the_limits_add_up_to_all_records() -> None:
    dataset = load_dataset(DATA_DIR)
    found = positions(dataset)
    assert found["records"] == len(dataset.items) == found["placed"] + found["unplaced"]
    assert found["unplaced"] == sum(item.kind == "funding" for item in dataset.items)


def test_the_operators_contact_is_a_link_on_both_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPA_CONTACT", "kontakt@example.org")
    cache.settings.clear()
    try:
        for tab in ("fix", "a11y"):
            assert 'href="mailto:kontakt@example.org"' in html(run(tab=tab))
    finally:
        cache.settings.clear()


# --- defects of the data files


@pytest.mark.parametrize("language", LANGUAGES)
def test_defects_come_first_with_file_row_column_reason_and_cure(language: str, broken: Path) -> None:
    t, text = Translator(language), html(run(language))
    assert text.index('id="usterki"') < text.index(t("about.overview"))
    assert "<code>resources.csv</code>" in text
    assert "<code>category</code>" in text
    assert "problems." not in text


def test_a_defect_never_becomes_markup(broken: Path) -> None:
    assert "<script" not in html(run())


def test_sound_data_shows_no_list_of_defects() -> None:
    assert 'id="usterki"' not in html(run())


def test_a_flood_of_one_defect_hides_no_other() -> None:
    flood = [Problem("a.csv", "nobody_wrote_a_text", n, "b") for n in range(500)]
    text = about.problems_html([*flood, Problem("a.csv", "nobody_wrote_a_text", 1, "c"), Problem("z.csv", "file_missing")], PL)
    assert text.count("nobody_wrote_a_text") == about.SAME_SHOWN + 1
    assert PL("about.problems.same", n=500 - about.SAME_SHOWN) in text
    assert "<code>c</code>" in text and "<code>z.csv</code>" in text


def test_a_long_list_of_kinds_of_defects_is_cut_and_says_so() -> None:
    problems = [Problem("a.csv", "nobody_wrote_a_text", 1, f"c{n}") for n in range(about.MAX_KINDS + 7)]
    text = about.problems_html(problems, PL)
    assert text.count("nobody_wrote_a_text") == about.MAX_KINDS
    assert PL("about.problems.more", n=7) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_data_folder_is_named_in_full(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path / "nie" / "ma"))
    cache.settings.clear()
    try:
        text = html(run(language))
    finally:
        cache.settings.clear()
    assert Translator(language)("problems.folder_missing.reason", path=str(tmp_path / "nie" / "ma")) in text


# --- builders


@pytest.mark.parametrize(("part", "whole", "said"), [(0, 10, "0%"), (1, 1000, "&lt;1%"), (1, 3, "33%"), (5, 0, "0%")])
def test_a_small_share_never_reads_as_none(part: int, whole: int, said: str) -> None:
    assert about.percent(part, whole, PL) == said.replace("&lt;", "<")


def test_a_table_the_package_adds_is_shown_under_the_packages_name() -> None:
    facts = TableFacts("extra", "extra.csv", "Extra <b>", 3, (), ())
    assert about.title_of(facts, PL) == "Extra <b>"
    assert "<b>" not in about.overview_html([about.Told(facts, (), None)], PL)


def test_named_entries_leave_out_what_is_malformed() -> None:
    assert [entry.title for entry in named([{"title": "A"}, {"name": "B"}, {}, "x", {"title": 3}])] == ["A", "B"]
    assert named({"title": "no list"}) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_carries_every_required_id_once_in_every_language(language: str) -> None:
    text = statement_html(Translator(language), name="Mapa", url="https://example.org/", contact="")
    assert {name: text.count(f'id="{name}"') for name in REQUIRED_IDS} == dict.fromkeys(REQUIRED_IDS, 1)


def test_the_statement_marks_dates_up_for_programs() -> None:
    text = statement_html(PL, name="Mapa", url="", contact="")
    assert f'<time id="a11y-data-sporzadzenie" datetime="{PREPARED}">' in text


def test_the_polish_statement_has_the_prescribed_headings_in_order() -> None:
    text = statement_html(PL, name="Mapa", url="", contact="")
    assert re.findall(r"<h2>([^<]+)</h2>", text) == [
        "Stan dostępności cyfrowej",
        "Niedostępne treści",
        "Przygotowanie deklaracji dostępności",
        "Udogodnienia, ograniczenia i inne informacje",
        "Skróty klawiszowe",
        "Informacje zwrotne i dane kontaktowe",
        "Obsługa wniosków i skarg związanych z dostępnością",
        "Pozostałe informacje",
    ]


@pytest.mark.parametrize(
    ("contact", "element"),
    [("mailto:a@example.org", "a11y-email"), ("tel:+48123456789", "a11y-telefon"), ("https://example.org/kontakt", "")],
)
def test_the_contact_stands_where_its_kind_belongs(contact: str, element: str) -> None:
    text = statement_html(PL, name="Mapa", url="", contact=contact)
    assert f'href="{contact}"' in text
    assert not element or re.search(rf'id="{element}"><a href="{re.escape(contact)}"', text)


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("a@example.org", "mailto:a@example.org"),
        (" https://example.org/x ", "https://example.org/x"),
        ("tel:+48123", "tel:+48123"),
        ("javascript:alert(1)", ""),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_a_contact_is_an_address_or_nothing(given: str, link: str) -> None:
    assert contact_link(given) == link
    assert read_settings({"MAPA_CONTACT": given}).contact == link
