"""Claims about the list of initiatives and the page of one, in three languages, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from lib.analysis.profile import day_of
from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.catalog.query import Query
from lib.i18n import Translator
from lib.settings import DATA_DIR
from pages.parts import cache, rows
from pages.parts.cards import Cards
from pages.screens.initiatives import ordered
from tests import worlds
from tests.screens.screen import html, opened

LANGUAGES = ("pl", "en", "uk")
FORUM = "i-2018-konopiska-mini-forum-organizacji-pozarzadowych-w-konopi"


def run(language: str = "pl", **params: str) -> AppTest:
    return opened("initiatives", {"lang": language, **params}, seconds=60)


def listed(at: AppTest) -> list[str]:
    """Ids of the records of the list, in order."""
    body = next(e.proto.body for e in at.get("html") if 'class="rows"' in e.proto.body)
    return [parse_qs(urlsplit(url.replace("&amp;", "&")).query)["id"][0] for url in re.findall(r'href="([^"]*id=[^"]*)"', body)]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_dataset(DATA_DIR))


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three made-up initiatives: one with money, one without a date, one whose texts are markup."""
    hostile = {"title": "<script>alert(1)</script>", "organisers": "<img src=x onerror=alert(2)>", "funding": "`${alert(3)}`"}
    worlds.write_world(
        tmp_path,
        initiatives=[
            worlds.initiative(0, amount_pln="1500", participants="40"),
            worlds.initiative(1, date_start="", date_end="", organiser_ids=""),
            worlds.initiative(2, **hostile, organiser_ids="r-2"),
        ],
    )
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "params",
    [{}, {"cat": "festival", "theme": "culture"}, {"q": "seniorzy", "from": "2018", "to": "2020"}, {"q": "zzzzqqqq"}, {"p": "3"}],
)
def test_the_list_is_drawn_in_every_language(language: str, params: dict[str, str]) -> None:
    at = run(language, **params)
    assert not at.exception
    assert html(at).count("<h1>") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_one_initiative_is_drawn_in_every_language(language: str) -> None:
    at = run(language, id=FORUM)
    assert not at.exception
    text, t = html(at), Translator(language)
    assert "<h1>Mini Forum Organizacji Pozarządowych w Konopiskach</h1>" in text
    assert t("initiatives.similar.title") in text and t("initiatives.missing") in text


def test_the_newest_comes_first_and_what_has_no_date_last(catalog: Catalog) -> None:
    shown = [day_of(catalog.item(catalog.row_of(code) or 0)) for code in listed(run())]
    assert len(shown) == 20 and shown == sorted(shown, reverse=True) and all(shown)
    last = [day_of(catalog.item(catalog.row_of(code) or 0)) for code in listed(run(p="26"))]
    assert not any(last)


def test_the_order_can_be_turned_round(catalog: Catalog) -> None:
    shown = [day_of(catalog.item(catalog.row_of(code) or 0)) for code in listed(run(sort="oldest"))]
    assert shown == sorted(shown)


def test_a_text_puts_the_best_answer_first_unless_another_order_is_asked_for(catalog: Catalog) -> None:
    result = catalog.search(Query(text="miniforum", kinds=("initiatives",)))
    assert listed(run(q="miniforum"))[0] == catalog.item(int(result.rows[0])).id
    assert Translator("pl")("initiatives.by.relevance") in run(q="miniforum").segmented_control[0].options
    assert len(run().segmented_control[0].options) == 2


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_an_order_changes_no_record_and_keeps_distances_beside_their_rows(catalog: Catalog, order: str) -> None:
    result = catalog.search(Query(kinds=("initiatives",), near="2404052-garnek", within_km=15))
    turned = ordered(catalog, result, order)
    assert result.distance_km is not None and turned.distance_km is not None
    before = dict(zip(result.rows.tolist(), result.distance_km.tolist(), strict=True))
    assert dict(zip(turned.rows.tolist(), turned.distance_km.tolist(), strict=True)) == before


def test_only_initiatives_are_listed() -> None:
    assert all(code.startswith("i-") for code in listed(run(gmina="2404052")))


def test_a_search_without_an_answer_says_what_to_do() -> None:
    at = run(q="zzzzqqqq")
    assert Translator("pl")("initiatives.empty") in html(at)
    assert not at.segmented_control


def test_the_way_back_leads_to_the_same_list() -> None:
    text = html(run("en", id=FORUM, gmina="2404072", cat="miniforum", p="2", sort="oldest"))
    back = re.search(r'href="\./inicjatywy\?([^"]*)"[^>]*>←', text)
    assert back is not None
    assert parse_qs(back[1].replace("&amp;", "&")) == {
        "gmina": ["2404072"], "cat": ["miniforum"], "p": ["2"], "sort": ["oldest"], "lang": ["en"],
    }  # fmt: skip


def test_organisers_lead_to_what_else_is_known_about_them(catalog: Catalog) -> None:
    item = catalog.item(catalog.row_of(FORUM) or 0)
    cards = Cards(catalog.dataset, Translator("pl"), False, catalog.columns.layers.codes, {})
    text = rows.parties_html(cards, item, "organisers")
    codes = item.details["organiser_ids"].split("|")
    assert codes and all(f"id={code}" in text for code in codes)
    assert "Gmina Konopiska" in text


def test_an_id_of_nothing_is_said_and_the_list_stays() -> None:
    at = run(id="i-gone")
    assert not at.exception
    assert Translator("pl")("list.no_such_record") in html(at) and listed(at)


def test_the_id_of_an_organisation_opens_its_card_above_the_list() -> None:
    with_place = load_dataset(DATA_DIR).items[0]
    at = run(id=with_place.id)
    assert not at.exception and 'class="opened"' in html(at)


def test_counts_by_year_add_up_to_the_answer() -> None:
    text = html(run(gmina="2404052"))
    table = text[text.index(Translator("pl")("initiatives.years.caption")) :].split("</table>")[0]
    total = int(re.findall(r"<b>(\d+)</b>", text)[0])
    assert sum(int(n) for n in re.findall(r'class="fig">(\d+)<', table)) == total


@pytest.mark.usefixtures("made_up")
def test_money_and_people_are_counted_by_record_and_never_added_up() -> None:
    at, t = run(), Translator("pl")
    summary = next(e.proto.body for e in at.get("html") if t("initiatives.known.note") in e.proto.body)
    assert t("initiatives.known.amount", n=1, of=3) in summary
    assert t("initiatives.known.participants", n=1, of=3) in summary
    assert "1\xa0500" not in summary and " zł" not in summary


@pytest.mark.usefixtures("made_up")
def test_a_row_names_two_organisers_and_the_amount_where_they_are_known() -> None:
    text = next(e.proto.body for e in run().get("html") if 'class="rows"' in e.proto.body)
    assert "Kwota: 1\xa0500 zł" in text and text.count("Kwota:") == 1
    assert "Kto: &lt;img src=x onerror=alert(2)&gt;" in text


def test_further_organisers_of_a_row_are_counted() -> None:
    t = Translator("pl")
    catalog = Catalog(load_dataset(DATA_DIR))
    cards = Cards(catalog.dataset, t, False, catalog.columns.layers.codes, {})
    item = replace(catalog.item(catalog.row_of(FORUM) or 0), details={"organisers": "A|B|C|D"})
    assert rows.who_and_how_much(cards, item) == "Kto: A, B i jeszcze 2"
    assert rows.who_and_how_much(cards, replace(item, details={})) == ""


def test_for_whom_stands_before_the_theme_as_on_the_map() -> None:
    labels = [group.label for group in run().button_group]
    t = Translator("pl")
    assert labels.index(t("filter.groups")) < labels.index(t("filter.themes"))


@pytest.mark.usefixtures("made_up")
def test_what_the_page_does_not_say_is_said() -> None:
    text = html(run(id="i-1"))
    missing = text[text.index(Translator("pl")("initiatives.missing")) :].split("</dd>")[0]
    assert all(word in missing for word in ("kiedy", "partnerzy", "kwota", "uczestnicy")) and "organizator" not in missing


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("params", [{}, {"id": "i-2"}])
def test_no_text_of_a_record_becomes_markup(params: dict[str, str]) -> None:
    text = html(run(**params))
    assert "<script>alert" not in text and "<img src=x" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.usefixtures("made_up")
def test_likeness_is_explained() -> None:
    assert "Podobna, bo: ten sam rodzaj; wspólny temat: Kultura" in html(run(id="i-0"))


def test_a_list_narrowed_to_approximate_positions_says_so_and_can_be_widened() -> None:
    text = html(run(approx="1", gmina="2404052"))
    assert Translator("pl")("initiatives.only_approximate") in text
    assert 'href="./inicjatywy?gmina=2404052"' in text
