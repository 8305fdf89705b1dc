"""Claims about the register of needs in three languages, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.i18n import Translator
from pages.parts import cache
from tests import worlds
from tests.screens.screen import html, opened, param

LANGUAGES = ("pl", "en", "uk")


def run(**params: str) -> AppTest:
    return opened("needs", params, seconds=90)


def shown_count(at: AppTest) -> int:
    return int(re.search(r'class="count"[^>]*><b>(\d+)</b>', html(at))[1])  # type: ignore[index]


def votes(at: AppTest) -> list[int]:
    body = next(e.proto.body for e in at.get("html") if 'class="rows"' in e.proto.body)
    return [int(re.sub(r"\D", "", text)) for text in re.findall(r'class="where">([\d\s\u00a0]+) głos\w*</span>', body)]


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three needs: one answered by a later initiative on its topic, one that says it is met, one hostile and open."""
    needs = [
        worlds.need(0, statement_pl="Seniorzy chcą zajęć komputerowych", as_of="2020", votes="12", amount_pln="5000", themes="education"),
        worlds.need(1, statement_pl="Brakowało świetlicy (potrzeba zaspokojona)", as_of="2020", themes="culture"),
        worlds.need(2, statement_pl="<script>alert(1)</script>", votes="<b>9</b>"),
    ]
    done = [worlds.initiative(0, title="Kurs komputerowy dla seniorów", target_groups="seniors", themes="education")]
    worlds.write_world(tmp_path, needs=needs, initiatives=done)
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "params", [{}, {"theme": "seniors", "tab": "open"}, {"q": "boisko", "sort": "newest"}, {"q": "zzzz"}, {"tab": "x", "sort": "y"}]
)
def test_the_register_is_drawn_in_every_language(language: str, params: dict[str, str]) -> None:
    at = run(lang=language, **params)
    assert not at.exception
    assert html(at).count("<h1>") == 1


def gminas_shown(at: AppTest) -> list[str]:
    body = next(e.proto.body for e in at.get("html") if 'class="rows"' in e.proto.body)
    return re.findall(r'href="\./pomysl\?[^"]*gmina=(\d+)', body)


def test_the_first_page_shows_a_need_of_each_gmina_before_a_second_of_any() -> None:
    at = run()
    everywhere = {item.teryt for item in cache.catalog().dataset.items if item.kind == "needs"}
    assert len(gminas_shown(at)) == 20 and len(set(gminas_shown(at))) == min(20, len(everywhere))
    assert Translator("pl")("needs.in_gminas", n=len(everywhere)) in html(at)


def test_a_voted_need_has_its_own_title_and_its_whole_statement_to_unfold() -> None:
    shown = html(run(sort="votes", gmina="2464011"))
    names = re.findall(r'class="name"><a [^>]*>([^<]+)', shown)
    assert names and not any(name.startswith("Mieszkańcy zgłosili do Budżetu") for name in names)
    assert shown.count('class="whole"') == 20 and "zadanie niewybrane" in shown


def test_without_any_vote_the_register_says_that_there_is_no_data_on_votes() -> None:
    shown, t = html(run(gmina="2404032")), Translator("pl")
    assert t("needs.summary_no_votes", answered=2) in shown and "Głosy znane dla 0" not in shown


def test_all_needs_are_listed_with_most_votes_first_when_asked_for() -> None:
    at = run(sort="votes")
    assert shown_count(at) == 127
    found = votes(at)
    assert len(found) == 20 and found == sorted(found, reverse=True) and found[0] == 1250


def test_open_and_answered_needs_together_are_all_needs() -> None:
    assert shown_count(run(tab="open")) + shown_count(run(tab="answered")) == 127


def test_needs_with_votes_alone_can_be_shown_and_the_choice_stays_in_the_address() -> None:
    at = run()
    at.checkbox(key="needs_voted").check().run()
    assert param(at, "tab") == "voted" and shown_count(at) == 36
    assert shown_count(run(tab="voted")) == 36


def test_filters_narrow_the_register_and_its_downloads() -> None:
    at = run(gmina="2404032")
    assert shown_count(at) == 3
    assert len(at.get("download_button")) == 3


def test_a_need_says_what_may_have_answered_it_and_that_none_found_is_no_proof(made_up: Path) -> None:
    shown, t = html(run()), Translator("pl")
    assert t("needs.status.found") in shown and "Kurs komputerowy dla seniorów" in shown
    assert t("needs.status.said") in shown
    assert t("needs.status.none") in shown
    assert "12 głosów" in shown and "5 000 zł" in shown.replace("\u00a0", " ")


def test_statements_that_are_markup_are_shown_as_text(made_up: Path) -> None:
    shown = html(run())
    assert "&lt;script&gt;" in shown and "<script" not in shown


def test_a_need_leads_to_an_idea_for_it() -> None:
    assert re.search(r'href="\./pomysl\?idea=[^"]+gmina=2464011', html(run(sort="votes")).replace("&amp;", "&"))


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_where_no_need_is_on_record_it_is_said_so_and_how_to_report_one(language: str) -> None:
    shown, t = html(run(lang=language, q="bździągwa")), Translator(language)
    assert t("needs.empty") in shown and t("list.empty") not in shown
    assert t("needs.in_gminas", n=0) not in shown
    assert re.search(r'href="\./dane\?[^"]*tab=fix', shown) and t("needs.report") in shown


def test_of_needs_nobody_asks_whether_they_have_a_contact() -> None:
    shown = html(run(gmina="2404032"))
    assert "Kontakt znamy" not in shown
    assert Translator("pl")("needs.summary_open") in shown or "Być może odpowiedziano" in shown
