"""Claims about "Mam pomysł" in three languages, without a browser: what it answers, what the address holds, what can be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from lib.analysis.ideas.gaps import GapTouched
from lib.analysis.ideas.partners import DEFAULT_WEIGHTS, TERMS
from lib.catalog.query import MAX_IDEA
from lib.i18n import Translator
from lib.reports.idea_words import Wording
from lib.reports.ideas import Question, answer
from pages.parts import answers, cache, idea_form, results, sheets
from pages.parts.entries import Page
from tests import worlds
from tests.hostile import PAYLOADS
from tests.screens.screen import html, opened, param

LANGUAGES = ("pl", "en", "uk")
IDEA = {"idea": "zajęcia komputerowe dla seniorów w remizie", "gmina": "2404142"}
TEXTS = {"pl": IDEA["idea"], "en": "computer classes for seniors in the fire station", "uk": "комп’ютерні заняття для літніх людей"}
QUESTIONS = ("m-what", "m-how", "m-whom", "m-hands", "m-pay", "m-take")


def run(**params: str) -> AppTest:
    return opened("idea", params, seconds=90)


def partner_names(at: AppTest) -> list[str]:
    body = next(e.proto.body for e in at.get("html") if 'class="why"' in e.proto.body)
    return re.findall(r'class="name"><a [^>]*>([^<]+)', body)


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A region whose every text is markup."""
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    worlds.write_world(
        tmp_path,
        resources=[worlds.resource(i, name=bad, locality=bad, category="fire_brigade", target_groups="seniors") for i in range(5)],
        needs=[worlds.need(i, statement_pl=bad) for i in range(2)],
        initiatives=[
            worlds.initiative(i, title=bad, organisers=bad, funding=bad, summary_pl=bad, target_groups="seniors") for i in range(2)
        ],
        funding=[worlds.programme(0, name=bad, operator=bad, summary_pl=bad, themes="health", who_can_apply="informal_group")],
    )
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_idea_gets_the_five_answers_in_every_language(language: str) -> None:
    at = run(lang=language, idea=TEXTS[language], gmina="2404142")
    assert not at.exception
    shown = html(at)
    assert shown.count("<h1>") == 1
    assert [anchor for anchor in QUESTIONS if f'id="{anchor}"' not in shown] == []
    assert "Stowarzyszenie Uniwersytet Trzeciego Wieku w Koniecpolu" in shown and "OSP Przyrów" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_idea_and_a_gmina_there_are_ideas_to_try(language: str) -> None:
    shown = html(run(lang=language))
    links = [parse_qs(urlsplit(url.replace("&amp;", "&")).query) for url in re.findall(r'href="\./pomysl\?([^"]+)"', 'href="' + shown)]
    assert shown.count("./pomysl?") == 3 and links is not None
    assert 'id="m-what"' not in shown


def test_without_an_idea_a_gmina_alone_is_answered_with_what_helps_any_idea() -> None:
    shown = html(run(gmina="2404142"))
    assert Translator("pl")("idea.no_text")[:30] in shown and "OSP Przyrów" in shown
    assert 'id="m-take"' not in shown


def test_without_a_gmina_the_page_asks_for_it_and_gives_no_kilometres() -> None:
    shown = html(run(idea=IDEA["idea"]))
    assert Translator("pl")("idea.no_gmina")[:30] in shown
    assert Translator("pl")("idea.place.unknown") in shown
    assert not re.search(r"\d km w linii prostej", shown.split('id="m-whom"')[1])


def test_what_was_understood_is_shown_word_by_word() -> None:
    shown = html(run(**IDEA))
    for word, meaning in (("komputerowe", "Edukacja"), ("seniorów", "Seniorzy"), ("remizie", "Ochotnicza Straż Pożarna")):
        assert re.search(rf"<b>{word}</b> → [^<]+<span class='quiet'>\([^)]*{meaning}", shown)


def test_the_guessed_themes_fill_the_widgets_and_a_correction_goes_into_the_address() -> None:
    at = run(**IDEA)
    themes = next(e for e in at.get("button_group") if e.key == "idea_themes")
    assert set(themes.value) == {"education", "seniors"}
    themes.set_value(["sport"]).run()
    assert param(at, "theme") == "sport"
    corrected = answer(cache.desk(cache.catalog()), Question(**{"text": IDEA["idea"], "teryt": "2404142", "themes": ("sport",)}))
    assert partner_names(at)[:3] == [one.item.name for one in corrected.partners[:3]]


def test_taking_every_guess_away_is_kept_in_the_link() -> None:
    at = run(**IDEA, theme="-", group="-")
    assert not at.exception
    themes = next(e for e in at.get("button_group") if e.key == "idea_themes")
    assert themes.value == []


def test_a_new_text_forgets_the_corrections_of_the_old_one() -> None:
    at = run(**IDEA, theme="sport")
    at.text_area(key="idea_text").set_value("sprzątanie lasu").run()
    assert "theme" not in at.query_params and param(at, "idea") == "sprzątanie lasu"
    assert "Ekologia" in html(at)


def test_who_asks_decides_who_may_apply_and_stays_in_the_address() -> None:
    at = run(**IDEA)
    assert Translator("pl")("idea.funding.through") in html(at)
    at.selectbox(key="idea_who").set_value("kgw").run()
    assert param(at, "who") == "kgw"
    assert "Koło Gospodyń Wiejskich" in html(at).split('id="m-pay"')[1]


def test_weights_can_be_moved_stay_in_the_address_and_can_be_put_back() -> None:
    at = run(**IDEA)
    first = partner_names(at)
    assert [at.slider(key=f"w_{name}").value for name in TERMS] == [DEFAULT_WEIGHTS[name] for name in TERMS]
    at.slider(key="w_near").set_value(0).run()
    assert param(at, "w") == "near0" and partner_names(at) != first
    assert partner_names(run(**IDEA, w="near0")) == partner_names(at)
    at.button(key="w_reset").click().run()
    assert "w" not in at.query_params and partner_names(at) == first


@pytest.mark.parametrize("text", ["near9", "nothing3", "near", "near5.near0.theme4", "../../x"])
def test_weights_of_any_link_are_read_or_left_out(text: str) -> None:
    found = idea_form.weights_of(text) or {}
    assert set(found) <= set(TERMS) and all(0 <= value <= 5 for value in found.values())
    assert idea_form.weights_text(dict(DEFAULT_WEIGHTS)) == ""


def test_a_locality_is_measured_from_and_a_change_of_gmina_forgets_it() -> None:
    at = run(**IDEA, near="2404142-zarebice")
    assert not at.exception
    at.selectbox(key="idea_gmina").set_value("2404052").run()
    assert "near" not in at.query_params and param(at, "gmina") == "2404052"


def test_a_budget_and_an_organisation_stay_in_the_address() -> None:
    at = run(**IDEA, who="kgw")
    at.number_input(key="idea_pln").set_value(6000).run()
    at.selectbox(key="idea_org").set_value("r-przyrow-kgw-przyrowianki-z-przyrowa").run()
    assert param(at, "pln") == "6000" and param(at, "org") == "r-przyrow-kgw-przyrowianki-z-przyrowa"
    assert "KGW „Przyrowianki” z Przyrowa" not in partner_names(at)


def test_a_text_of_twenty_thousand_characters_is_answered_and_said_to_be_cut() -> None:
    at = run(gmina="2404142")
    at.text_area(key="idea_text").set_value("zajęcia komputerowe dla seniorów " * 606).run()
    assert not at.exception
    assert len(param(at, "idea")) == MAX_IDEA
    assert Translator("pl")("idea.read.cut", n=MAX_IDEA) in html(at)
    assert 'id="m-pay"' in html(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_idea_about_nothing_in_the_data_says_what_to_do_and_whom_to_call(language: str) -> None:
    shown = html(run(lang=language, idea="bździągwa frymuśna", gmina="2404142"))
    assert Translator(language)("idea.read.nothing") in shown
    assert "bździągwa, frymuśna" in shown
    assert "JOWES" in shown.split('id="m-hands"')[1]


@pytest.mark.parametrize("text", PAYLOADS[::11])
def test_hostile_ideas_are_shown_as_text(text: str) -> None:
    at = run(idea=text, gmina="2404142")
    assert not at.exception
    shown = html(at)
    assert "<script" not in shown and "onerror=" not in re.sub(r"&[#\w]+;|<[^<>]*>", "", shown).replace("onerror=window", "")
    assert not re.search(r"<(?:img|svg|iframe|body)[^>]*on\w+=", shown)


def test_records_that_are_markup_are_shown_as_text(made_up: Path) -> None:
    at = run(idea="zdrowie seniorów", gmina=worlds.TERYTS[0])
    assert not at.exception
    assert "&lt;script&gt;" in html(at) and "<script" not in html(at) and "<img src=x" not in html(at)


def test_the_way_to_the_map_carries_exactly_the_partners() -> None:
    at = run(**IDEA)
    body = next(e.proto.body for e in at.get("html") if 'class="why"' in e.proto.body)
    url = re.findall(r'href="\./\?(ids=[^"]+)"', body)[-1].replace("&amp;", "&")
    found = answer(cache.desk(cache.catalog()), Question(IDEA["idea"], "2404142"))
    assert parse_qs(url)["ids"][0].split(".") == [one.item.id for one in found.partners]
    assert parse_qs(url)["idea"] == [IDEA["idea"]] and parse_qs(url)["from"] == ["2404142"]


def test_the_map_of_the_partners_names_the_idea_and_leads_back_to_it() -> None:
    shown = html(opened("map", {"ids": "r-przyrow-osp-przyrow", "idea": IDEA["idea"], "from": "2404142"}, seconds=90))
    assert Translator("pl")("list.chosen_idea", idea=IDEA["idea"]) in shown
    back = re.findall(r'href="\./pomysl\?([^"]+)"', shown)
    assert [parse_qs(one.replace("&amp;", "&")) for one in back] == [{"idea": [IDEA["idea"]], "gmina": ["2404142"]}]


def test_the_sheet_can_be_taken_as_pdf_and_docx() -> None:
    at = run(**IDEA)
    assert [button.proto.id for button in at.get("download_button")] and len(at.get("download_button")) == 2


def test_a_gap_is_told_with_its_doubt_and_none_is_said_honestly() -> None:
    catalog, t = cache.catalog(), Translator("pl")
    desk = cache.desk(catalog)
    page = Page(results.cards_for(catalog, t), Wording(catalog.dataset, desk.reader.concepts_by_id, t))
    sure = GapTouched("clubs", "2404142", {"pl": "Kluby <b>"}, {"pl": "mało"}, sure=True)
    doubtful = GapTouched("libraries", "2404142", {"pl": "Biblioteki"}, {"pl": "brak wpisu"}, sure=False)
    shown = answers.gaps_html(page, answer(desk, Question(IDEA["idea"], "2404142"), gaps=(sure, doubtful)))
    assert "Kluby &lt;b&gt;" in shown and shown.count(t("idea.gaps.unsure")) == 1
    assert t("idea.gaps.none") in answers.gaps_html(page, answer(desk, Question(IDEA["idea"], "2404142")))


@pytest.mark.parametrize("text", ["asdf qwerty blabla", "x", "xyzq"])
def test_a_text_that_is_not_understood_gets_no_ranking_and_no_sheet_but_what_to_write_instead(text: str) -> None:
    at = run(idea=text, gmina="2404142")
    shown = html(at)
    t = Translator("pl")
    assert t("idea.read.nonsense", words="#").split("#")[1][:40] in shown and text.split()[0] in shown
    assert t("idea.who_acts.title") in shown and 'class="why"' not in shown
    assert not at.get("download_button") and t("idea.take.not_yet") in shown


def test_pressing_the_button_without_an_idea_says_what_is_missing() -> None:
    at = run(gmina="2404142")
    at.button(key="idea_ask").click().run()
    assert Translator("pl")("idea.form.empty") in html(at)


def test_pressing_the_button_with_an_idea_leads_to_the_answers() -> None:
    at = run(**IDEA)
    assert "getElementById('answers')" not in html(at)
    at.button(key="idea_ask").click().run()
    assert "getElementById('answers')" in html(at) and 'id="answers"' in html(at)


@pytest.mark.parametrize("text", ["klub seniora w Przyrowie", "Przyrów: klub seniora", "senior club in Przyrów"])
def test_a_gmina_named_in_the_idea_is_taken_as_the_gmina_and_said(text: str) -> None:
    at = run(idea=text)
    assert at.selectbox(key="idea_gmina").value == "2404142"
    assert Translator("pl")("idea.form.gmina_read", name="Przyrów") in html(at)


def test_a_common_word_and_two_gminas_are_no_gmina() -> None:
    catalog = cache.catalog()
    assert idea_form.gmina_in_text(catalog, "sadzenie krzewów kruszyna") == ""
    assert idea_form.gmina_in_text(catalog, "rajd z Przyrowa do Lelowa") == ""
    assert idea_form.gmina_in_text(catalog, "klub w Kamienicy Polskiej") == "2404042"


def test_who_stands_on_the_sheet_can_be_ticked_and_stays_in_the_address() -> None:
    at = run(**IDEA)
    chosen = at.multiselect(key="sheet_with")
    assert "r-przyrow-osp-przyrow" in chosen.value and "r-przyrow-klub-sportowy-piast-przyrow" not in chosen.value
    chosen.set_value(["r-przyrow-klub-sportowy-piast-przyrow"]).run()
    assert param(at, "with") == "r-przyrow-klub-sportowy-piast-przyrow"


def test_the_file_of_the_sheet_is_called_after_the_idea_and_its_language() -> None:
    assert sheets.file_stem(IDEA["idea"], Translator("pl")) == "fiszka-zajecia-komputerowe-dla-seniorow-w-remizie-pl"
    assert sheets.file_stem("../../etc/passwd \x00", Translator("en")) == "project-sheet-etc-passwd-en"


def test_without_a_gmina_nothing_is_said_to_be_looked_for_within_kilometres() -> None:
    shown = html(run(idea=IDEA["idea"]))
    assert Translator("pl")("idea.existing.no_gmina") in shown and "W zasięgu 20 km" not in shown and "W zasięgu 25 km" not in shown


@pytest.mark.parametrize(("language", "said"), [("pl", False), ("en", True), ("uk", True)])
def test_readers_of_another_language_are_told_that_records_are_in_polish(language: str, *, said: bool) -> None:
    t = Translator(language)
    assert (t("idea.in_polish") in html(run(**IDEA, lang=language))) == said


def test_what_nobody_has_done_is_said_before_weaker_likenesses() -> None:
    shown = html(run(idea="repair café for neighbours", gmina="2406013", lang="en"))
    assert Translator("en")("idea.examples.nobody", topics="repairing and reusing") in shown
    assert Translator("en")("idea.existing.nobody", topics="repairing and reusing") in shown


def test_how_others_paid_is_told_of_examples_that_something_follows_from() -> None:
    desk = cache.desk(cache.catalog())
    t = Translator("en")
    page = Page(results.cards_for(cache.catalog(), t), Wording(cache.catalog().dataset, desk.reader.concepts_by_id, t))
    found = answer(desk, Question("repair café for neighbours", "2406013"))
    assert any(one.item.details.get("funding") for one in found.examples)
    assert answers.paid_html(page, found) == ""
