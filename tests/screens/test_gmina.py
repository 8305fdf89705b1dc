"""Claims about the page of a gmina and the table of all gminas, in three languages, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.catalog.query import Query
from lib.domain.records import PLACED_KINDS, Item
from lib.i18n import Translator
from lib.settings import DATA_DIR
from pages.parts import cache, profiles, tables
from pages.parts.cards import Cards
from pages.parts.footnotes import Footnotes, print_list
from pages.screens.gmina import SECTIONS
from tests import worlds
from tests.screens.outline import outline
from tests.screens.screen import html, opened

LANGUAGES = ("pl", "en", "uk")
KLOMNICE, CITY, THIN = "2404052", "2464011", "2406072"


def run(language: str = "pl", **params: str) -> AppTest:
    return opened("gmina", {"lang": language, **params}, seconds=60)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_dataset(DATA_DIR))


def cards_of(catalog: Catalog, language: str = "pl") -> Cards:
    return Cards(catalog.dataset, Translator(language), False, catalog.columns.layers.codes, {})


def page_of(catalog: Catalog, teryt: str, language: str = "pl") -> profiles.Profile:
    rows = catalog.search(Query(gminas=(teryt,), kinds=PLACED_KINDS), sort="name").rows
    return profiles.Profile.of(catalog, cards_of(catalog, language), catalog.dataset.gminas[teryt], rows)


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Five made-up gminas; the last one has no record at all, one name is markup."""
    shared = worlds.people(1, basis="powiat_2025_by_electors", gus_total="1250", gus_total_year="2024")
    worlds.write_world(
        tmp_path,
        resources=[worlds.resource(0), worlds.resource(1, name="<img src=x onerror=alert(1)>")],
        initiatives=[worlds.initiative(0), worlds.initiative(1, title="<script>alert(2)</script>")],
        needs=[worlds.need(1, statement_pl="</li><script>alert(3)</script>")],
        demography=[worlds.people(0), shared, *(worlds.people(i) for i in (2, 3))],
    )
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("teryt", [KLOMNICE, CITY, THIN])
def test_the_page_of_a_gmina_is_drawn_in_every_language(language: str, teryt: str) -> None:
    at = run(language, gmina=teryt)
    assert not at.exception
    text = html(at)
    t = Translator(language)
    assert all(f'id="g-{name}"' in text and t(f"gmina.section.{name}") in text for name in SECTIONS)


@pytest.mark.parametrize("teryt", [KLOMNICE, CITY])
def test_headings_are_in_order_and_tables_can_be_read_aloud(teryt: str) -> None:
    found = outline(html(run(gmina=teryt)))
    assert found.levels[0] == 1 and found.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))
    assert found.found["table"] == found.found["caption"] and found.bare_heads == 0
    assert len(found.ids) == len(set(found.ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_gmina_all_of_them_are_offered_with_links(language: str) -> None:
    at = run(language)
    assert not at.exception
    links = re.findall(r'href="\./gmina\?([^"]+)"', html(at))
    assert len({link for link in links if "gmina=" in link}) == 31
    assert len(at.selectbox[0].options) == 31


def test_links_keep_the_language() -> None:
    links = re.findall(r'href="(\./[^"]*)"', html(run("en", gmina=KLOMNICE)))
    assert links and all("lang=en" in link for link in links)


@pytest.mark.parametrize(("sort", "first"), [("", "Blachownia"), ("people", "Częstochowa"), ("nonsense", "Blachownia")])
def test_the_table_of_all_gminas_can_be_ordered(sort: str, first: str) -> None:
    text = html(run(**({"sort": sort} if sort else {})))
    row = re.search(r'<tbody><tr><th scope="row"><a[^>]*>([^<]+)</a>', text)
    assert row is not None and row[1] == first


def test_choosing_a_gmina_writes_it_into_the_address() -> None:
    at = run()
    at.selectbox[0].select(KLOMNICE).run()
    assert not at.exception
    assert at.query_params["gmina"] == KLOMNICE
    assert "<h1>Kłomnice</h1>" in html(at)


def test_an_unknown_gmina_is_named_and_all_are_offered() -> None:
    at = run(gmina="0000000")
    assert not at.exception
    assert "0000000" in html(at) and "Kłomnice" in html(at)


def test_an_estimate_is_never_shown_as_official_and_says_why_the_shares_are_equal() -> None:
    text, t = html(run(gmina=KLOMNICE)), Translator("pl")
    assert t("gmina.people.estimate", n=12903) in text and "12 744".replace(" ", "\xa0") in text
    assert "udziały gminy i powiatu są takie same" in text
    assert t("gmina.people.basis_official") not in text


def test_the_city_is_compared_with_the_subregion_only() -> None:
    text = html(run(gmina=CITY))
    assert Translator("pl")("gmina.people.basis_official") in text
    assert Translator("pl")("gmina.people.caption_city", name="Częstochowa") in text


def test_every_section_with_figures_names_its_source() -> None:
    assert html(run(gmina=KLOMNICE)).count('class="quiet source"') >= 5


def test_counts_of_the_page_are_those_of_the_search(catalog: Catalog) -> None:
    page = page_of(catalog, KLOMNICE)
    for kind in PLACED_KINDS:
        naive = [item for item in catalog.dataset.items if item.kind == kind and item.teryt == KLOMNICE]
        assert len(page.kind(kind)) == len(naive) == profiles.counts(catalog)[kind][KLOMNICE]
        assert Translator("pl")(f"gmina.count.{kind}", n=len(naive)) in html(run(gmina=KLOMNICE))


def test_every_record_has_a_card_or_a_link_to_the_rest(catalog: Catalog) -> None:
    page = page_of(catalog, CITY)
    text = profiles.resources_html(page)
    shown = text.count('class="card"')
    rest = [int(n) for n in re.findall(r"…i jeszcze (\d+)", text)]
    assert shown + sum(rest) == len(page.kind("resources"))


def test_every_initiative_stands_on_the_time_line_with_a_link_to_its_page(catalog: Catalog) -> None:
    page = page_of(catalog, CITY)
    text = profiles.initiatives_html(page)
    assert all(f"id={item.id}" in text for item in page.kind("initiatives"))


def test_printed_records_carry_the_numbers_of_their_pages(catalog: Catalog) -> None:
    page = page_of(catalog, KLOMNICE)
    notes = Footnotes.of(page.items)
    assert sorted(notes.numbers.values()) == list(range(1, len(notes.sources) + 1))
    assert set(notes.numbers) == {source.url for item in page.items for source in item.sources}
    first = page.items[0]
    assert f"[{notes.numbers[first.sources[0].url]}" in print_list(page.cards, [first], notes)
    assert notes.html(page.cards, "Przypisy").count("<li>") == len(notes.sources)


def test_thin_data_is_told_without_claiming_that_nothing_is_there(catalog: Catalog) -> None:
    text = profiles.thin_html(page_of(catalog, THIN))
    assert "To nie dowód" in text
    assert str(len(page_of(catalog, THIN).items)) in text


def test_other_is_no_category_that_a_gmina_can_lack(catalog: Catalog) -> None:
    text = profiles.thin_html(page_of(catalog, THIN))
    assert "bez żadnego wpisu" in text and "Inne" not in text


def dated(*dates: str) -> list[Item]:
    first = Catalog(load_dataset(DATA_DIR)).item(0)
    return [replace(first, as_of=day) for day in dates]


@pytest.mark.parametrize(
    ("dates", "shown"),
    [(["2024", "", ""], "2024 (1 z 3)"), (["2024", "2023", ""], "2024"), (["", ""], "–"), ([], "–"), (["2023", ""], "2023")],
)
def test_a_newest_source_that_speaks_for_few_says_for_how_many(dates: list[str], shown: str) -> None:
    assert profiles.newest_cell(dated(*dates), Translator("pl")) == shown


def test_dates_of_few_records_say_of_how_many(catalog: Catalog) -> None:
    page = page_of(catalog, THIN)
    one = replace(page, items=tuple(dated("2024", "", "")))
    assert "Datę ma 1 z 3 wpisów: 2024." in profiles.thin_html(one)
    two = replace(page, items=tuple(dated("2020", "2024", "", "", "")))
    assert "Datę ma 2 z 5 wpisów; wśród nich najstarsze źródło mówi o: 2020, najnowsze o: 2024." in profiles.thin_html(two)


def test_the_accuracy_of_the_estimate_is_told_with_its_years_and_whether_this_gmina_was_checked(catalog: Catalog) -> None:
    t, table = Translator("pl"), catalog.dataset.demography
    unchecked = str(table.index[table["gus_total"].isna()][0])
    checked, other = html(run(gmina=KLOMNICE)), html(run(gmina=unchecked))
    assert "nie grupy wieku" in checked and "z danymi GUS z lat 2023–2024" in checked
    assert t("gmina.people.compared") in checked and t("gmina.people.uncompared") not in checked
    assert t("gmina.people.uncompared") in other and t("gmina.people.compared") not in other


def test_a_phone_is_told_that_more_columns_follow() -> None:
    assert Translator("pl")("gmina.swipe") in html(run()) and 'class="wide"' not in html(run())


@pytest.mark.parametrize("language", LANGUAGES)
def test_jowes_and_miniforum_are_explained_where_they_stand(language: str) -> None:
    assert Translator(language)("gmina.meetings.what") in html(run(language, gmina=KLOMNICE)).replace("&#x27;", "'")


def test_a_gmina_without_miniforum_leads_to_those_of_others(catalog: Catalog) -> None:
    assert "cat=miniforum" in profiles.meetings_html(page_of(catalog, THIN))
    assert "Miniforum" in profiles.meetings_html(page_of(catalog, "2404072"))


def test_neighbours_are_compared_with_the_gmina_itself_first(catalog: Catalog) -> None:
    borders = cache.borders(catalog)[KLOMNICE]
    text = profiles.neighbours_html(page_of(catalog, KLOMNICE), borders)
    assert text.index("Kłomnice</th>") < text.index("Mstów")
    assert text.count("<tr") == 1 + 1 + len(borders)


def test_needs_come_with_most_votes_first(catalog: Catalog) -> None:
    page = page_of(catalog, CITY)
    most = max(page.kind("needs"), key=lambda item: int(item.details.get("votes", "0")))
    first = re.search(r'class="name">([^<]+)<', profiles.needs_html(page))
    assert first is not None and first[1][:40] in most.name.replace('"', "&quot;")


@pytest.mark.usefixtures("made_up")
def test_a_gmina_without_records_gets_a_whole_page_that_says_so() -> None:
    at = run(gmina=worlds.TERYTS[4])
    t = Translator("pl")
    assert not at.exception
    for key in ("people.unknown", "resources.none", "timeline.none", "needs.none", "thin.no_records"):
        assert t(f"gmina.{key}") in html(at)


@pytest.mark.usefixtures("made_up")
def test_a_difference_from_the_official_total_has_a_sign() -> None:
    assert "−20,0%" in html(run(gmina=worlds.TERYTS[1]))


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_record_becomes_markup(language: str) -> None:
    at = run(language, gmina=worlds.TERYTS[1])
    assert not at.exception
    text = html(at)
    assert "<script>alert" not in text and "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_a_share_that_is_unknown_is_a_dash() -> None:
    t = Translator("pl")
    assert (tables.percent(t, float("nan")), tables.number(t, None), tables.number(t, float("nan"))) == ("–", "–", "–")
    assert tables.percent(t, 0.1234) == "12,3%"


def test_a_bar_is_never_longer_than_the_full_one() -> None:
    assert "width:6.00rem" in tables.bar(7.0) and "width:0.00rem" in tables.bar(-1.0)


def test_captions_and_heads_of_a_table_are_escaped() -> None:
    text = tables.table("<b>", [tables.Column("<i>"), tables.Column("x", numeric=True)], [["a", "b"]], strong=0)
    assert "<b>" not in text and "<i>" not in text and 'class="strong"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_can_be_taken_along_as_pdf_and_docx_in_the_visitors_language(made_up: Path, language: str) -> None:
    at = run(language, gmina=worlds.TERYTS[0])
    assert not at.exception
    labels = {button.proto.label for button in at.get("download_button")}
    t = Translator(language)
    assert {t("brief.screen.button", form=form) for form in ("PDF", "DOCX")} <= labels
    assert t("brief.screen.lead") in html(at)


def test_the_brief_is_made_when_asked_for_and_kept(made_up: Path) -> None:
    found = Catalog(load_dataset(made_up))
    pdf = cache.brief(found, worlds.TERYTS[0], "pl", "pdf", "2026-11-26")
    assert pdf[:5] == b"%PDF-"
    assert cache.brief(found, worlds.TERYTS[0], "pl", "pdf", "2026-11-26") == pdf
    assert cache.brief(found, worlds.TERYTS[0], "uk", "docx", "2026-11-26")[:2] == b"PK"
