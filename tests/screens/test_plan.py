"""Claims about the planner's screen in every language, without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from lib.analysis.plan_file import SavedPlan, from_json, from_params, tick, to_json, with_answer
from lib.analysis.plan_wishes import Wishes
from lib.exchange.ics import read_ics
from lib.i18n import Translator
from lib.settings import PROJECT_DIR
from tests import worlds
from tests.screens.screen import html

SCRIPT = "import runpy; runpy.run_path({!r})"
LANGUAGES = ("pl", "en", "uk")
MSTOW = "r-mstow-gminny-osrodek-kultury-w-mstowie"
MSTOW_OSP = "r-mstow-ochotnicza-straz-pozarna-w-mstowie"
SPRING = {"first": "2027-03-01", "last": "2027-05-31"}


def run(**params: str) -> AppTest:
    at = AppTest.from_string(SCRIPT.format(str(PROJECT_DIR / "pages" / "screens" / "plan.py")), default_timeout=180)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


def address(at: AppTest) -> dict[str, str]:
    """The parameters of the address, one value each."""
    return {name: value[0] if isinstance(value, list) else value for name, value in dict(at.query_params).items()}


def button(at: AppTest, key: str) -> Any:
    return next(b for b in at.button if b.key == key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "params", [{}, {"fix": MSTOW, **SPRING}, {"mode": "median", "one": "1", "people": "seniors"}], ids=["empty", "full", "median"]
)
def test_the_screen_runs_without_an_error(language: str, params: Mapping[str, str]) -> None:
    at = run(lang=language, **params)
    text = html(at)
    assert not at.exception
    assert "<h1>" in text and Translator(language)("plan.proven", better="|").split("|")[0] in text.replace("&#x27;", "'")
    assert text.count('class="planned"') == 3 and "{" not in re.sub(r"<[^>]*>", "", text)


def test_three_meetings_this_spring_with_mstow_fixed() -> None:
    """The animator's question: the proof, Mstów first with its reason, what others lose, dates on Thursdays, whom to invite."""
    at = run(fix=MSTOW, **SPRING)
    text = html(at)
    assert "żaden inny dozwolony plan nie jest lepszy" in text
    assert "Gminny Ośrodek Kultury w Mstowie</a>" in text and "To miejsce jest ustalone przez Ciebie." in text
    assert len([b for b in at.button if b.key.startswith("plan_choose_")]) == 5 and "zamiast:" in text
    assert text.count("czwartek, ") == 3 and "18 marca 2027, 17:00–20:00" in text
    assert "ustalone miejsce: Gminny Ośrodek Kultury w Mstowie – po rezygnacji z tego życzenia najlepszy plan obejmuje" in text
    assert "kosztów nie można dodawać" in text and "osób ważonych" in text and "Osoby ważone: każdy liczy się raz" in text
    assert any("Gminny Ośrodek Kultury w Mstowie" in box.label and box.value for box in at.checkbox if box.key.startswith("plan_tick_"))


def test_the_first_lines_say_how_many_have_it_farther_and_what_would_bring_them_within_the_limit() -> None:
    """ "Nobody more than 15 km" is not what three meetings can do: the screen says so, and with how many it could be done."""
    text = html(run(fix=MSTOW, one="1"))
    assert "W zasięgu 15 km od spotkania: 374\xa0752 osoby z 479\xa0180" in text
    assert (
        "Dalej niż 15 km ma: 104\xa0428 osób z 479\xa0180 (miejscowości: 298). Najdalsza miejscowość: Piaski (Koniecpol), 46,4 km." in text
    )
    warned = '<p class="notice"><b>3 spotkania nie sprawią, że nikt nie będzie miał dalej niż 15 km.</b>'
    assert text.index(warned) < text.index("Gdzie: 1.") < text.index("Najlepszy możliwy plan"), "the warning stands above the praise"
    assert "potrzeba 12 spotkań: tyle wystarczy, mniej nie (udowodnione obliczeniem)" in text
    assert "Wystarczyłoby do tego 1 spotkanie." in html(run(fix=MSTOW, radius="60"))
    assert "Nawet spotkania we wszystkich dozwolonych miejscach naraz nie wystarczą: 58 miejscowości" in html(run(radius="5"))


def test_a_town_at_the_edge_of_the_reach_is_a_notice_at_the_top() -> None:
    text = html(run(fix=MSTOW, meetings="1"))
    told = '<p class="notice">Częstochowa (201\xa0439 osób) jest w danych jednym punktem, 15,9 km od: Gminny Ośrodek Kultury w Mstowie.'
    assert told in text and "13 km – 29\xa0838 osób; 14 km – 31\xa0397 osób; 16 km – 245\xa0180 osób; 17 km" in text
    assert "jednym punktem, " not in html(run(fix=MSTOW, meetings="1", radius="11"))


def test_the_plan_of_shortest_ways_says_better_in_what_and_is_compared_in_kilometres() -> None:
    text = html(run(mode="median", off="need.past", one="1"))
    assert "nie jest lepszy, to znaczy nie daje mniejszej sumy dróg wszystkich osób do najbliższego spotkania" in text
    assert len(re.findall(r"Średnio [\d,]+ km na osobę \(o [\d,]+ km więcej\)\.", text)) == 5, "each other plan beside the best one"
    assert "średnio km na osobę" in text and "osoby w zasięgu" in text
    twelfth = re.search(r'<tr[^>]*><th scope="row"[^>]*>12</th>.*?</tr>', text)
    assert twelfth and "100%" not in twelfth[0] and "Byłyby to jednak inne miejsca, wybrane właśnie dla zasięgu" in text
    assert "Byłyby to jednak inne miejsca" not in html(run(one="1")), "with reach as the aim, row 12 of the table says the same"


def test_costs_stand_also_in_people_that_nobody_weighted() -> None:
    text = html(run(fix=MSTOW, mode="cover", one="1"))
    assert re.search(r"najlepszy plan obejmuje [\d\xa0]+ os\w+ ważon\w+ więcej; osoby w zasięgu, bez wag: o [\d\xa0]+ (więcej|mniej)", text)
    ways = html(run(fix=MSTOW, mode="median", one="1"))
    assert re.search(r"; średnia droga na osobę, bez wag: o [\d,]+ km mniej; osoby w zasięgu, bez wag: o [\d\xa0]+ (więcej|mniej)", ways)


def test_on_a_phone_one_press_leads_past_the_form_to_the_result() -> None:
    text, css = html(run()), (PROJECT_DIR / "pages" / "parts" / "app.css").read_text(encoding="utf-8")
    assert '<a class="jump" href="#wynik">Do wyniku ↓</a>' in text and '<div id="wynik" tabindex="-1">' in text
    narrow = css.split("@media (max-width: 900px)")[1].split("@media")[0]
    assert "a.jump { display: none; }" in css.split("@media (max-width: 900px)")[0] and "a.jump { display: inline-block;" in narrow


def test_long_lists_are_folded_on_the_screen_and_paper_gets_them_or_a_word_where_they_are() -> None:
    text = html(run(fix=MSTOW, one="1"))
    assert '<details class="fold"><summary>Pokaż 31 gmin, od najmniej objętej</summary>' in text
    assert '<details class="fold noprint"><summary>Pokaż jeszcze 290 mniejszych</summary>' in text
    assert '<p class="printonly">I jeszcze 290 mniejszych; wszystkie są w pliku XLSX.</p>' in text


def test_a_village_is_offered_once_and_its_halls_are_chosen_beside_the_meeting() -> None:
    at = run()
    (mstow,) = [option for option in at.multiselect(key="plan_fixed").options if option.startswith("Mstów:")]
    assert mstow == "Mstów: Gminny Ośrodek Kultury w Mstowie (lub 1 inne miejsce tamże)"
    at.multiselect(key="plan_fixed").set_value([MSTOW]).run()
    swap = next(b for b in at.button if b.key.startswith("plan_swap_") and "w Mstowie" in b.label)
    swap.click().run()
    assert address(at)["fix"] == MSTOW_OSP and at.multiselect(key="plan_fixed").value == [MSTOW_OSP]


def test_two_halls_of_one_village_in_a_link_are_questioned_and_one_press_keeps_one() -> None:
    at = run(fix=f"{MSTOW}.{MSTOW_OSP}")
    text = html(at)
    assert "Mstów: ustalono tu 2 miejsca spotkań, więc będą tu 2 osobne spotkania" in text and text.count('class="planned"') == 3
    assert (
        "Najbliższe spotkanie dla 0" not in text and "Nic nie dodaje: każdy, kogo obejmuje, ma na inne spotkanie planu nie dalej." in text
    )
    assert not [b for b in at.button if b.key.startswith("plan_swap_1")], "what is fixed itself is no other choice"
    button(at, "plan_keep_0_0").click().run()
    assert address(at)["fix"] == MSTOW and "ustalono tu 2" not in html(at)


def test_not_here_means_the_village() -> None:
    at = run(meetings="1")
    gone = next(b for b in at.button if b.key == "plan_exclude_1")
    gone.click().run()
    places = {cache_venue(code).place for code in address(at)["drop"].split(".")}
    assert len(places) == 1 and cache_venue(at.session_state["plan_invited"]).place not in places


def cache_venue(code: str) -> Any:
    """A venue of the data by its id."""
    from lib.analysis.plan_venues import venues
    from pages.parts import cache

    dataset = cache.catalog().dataset
    return venues(dataset.items, dataset.localities, Wishes())[code]


def test_the_list_of_the_first_meeting_is_open_until_another_is_chosen() -> None:
    at = run()
    before = at.session_state["plan_invited"]
    at.multiselect(key="plan_fixed").set_value([MSTOW]).run()
    assert before != MSTOW == at.session_state["plan_invited"], "Mstów is the first meeting of the new plan"
    chosen = next(group for group in at.button_group if group.key == "plan_invited")
    chosen.set_value([before] if isinstance(chosen.value, list) else before).run()
    at.slider(key="plan_radius").set_value(15.5).run()
    assert at.session_state["plan_invited"] == before or before not in html(at)


def test_labels_that_screen_readers_hear_hold_no_backslash() -> None:
    at = run(fix=MSTOW, **SPRING)
    labels = [one.label for one in (*at.number_input, *at.date_input, *at.checkbox)]
    assert "powiat częstochowski – co najmniej" in labels and "Spotkanie 1, Mstów" in labels
    assert not [label for label in labels if "\\" in label or "**" in label]


def test_command_and_screen_weigh_people_alike() -> None:
    """Both ask one function; the command works the measures out alone, the screen takes those it has."""
    from lib.analysis.priority import unmet_need
    from lib.analysis.region import Region
    from pages.parts import cache

    catalog = cache.catalog()
    need = cache.unmet_need(catalog)
    assert need == unmet_need(Region.of(catalog.dataset)) and len(need) == 31 and len(set(need.values())) > 20


def test_the_command_gives_the_plan_of_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    from lib.cli.main import main
    from pages.parts import cache

    assert main(["plan", "--fix", MSTOW, "--one-per-gmina", "--json"]) == 0
    told, plan = json.loads(capsys.readouterr().out), cache.planned(cache.catalog(), Wishes(fixed=(MSTOW,), one_per_gmina=True))
    assert [site["resource_id"] for site in told["sites"]] == list(plan.ids)
    assert told["objective"] == pytest.approx(plan.objective, abs=1e-6)


def test_without_weeks_it_says_what_to_do_and_offers_no_calendar_file() -> None:
    at = run()
    assert "W części „Kiedy” naciśnij porę roku albo podaj pierwszy i ostatni dzień" in html(at)
    files, briefs = at.get("download_button")[:4], at.get("download_button")[4:]
    assert [b.proto.disabled for b in files] == [False, False, True, False]
    assert len(briefs) == 2 * 3 and not any(b.proto.disabled for b in briefs), "a PDF and a DOCX for each of three meetings"


def test_widgets_write_to_the_address() -> None:
    at = run()
    at.number_input(key="plan_meetings").set_value(2).run()
    at.slider(key="plan_radius").set_value(10.0).run()
    at.multiselect(key="plan_fixed").set_value([MSTOW]).run()
    assert address(at) == {"meetings": "2", "radius": "10", "fix": MSTOW, "one": "1"}
    at.checkbox(key="plan_one").uncheck().run()
    assert address(at)["one"] == "0"
    assert html(at).count('class="planned"') == 2


def test_the_address_fills_the_widgets() -> None:
    at = run(
        meetings="4",
        radius="8.5",
        people="young",
        mode="median",
        off="past",
        without="2464011",
        quota="kłobucki:1-2",
        weekday="1",
        start="16:30",
    )
    assert at.number_input(key="plan_meetings").value == 4 and at.slider(key="plan_radius").value == 8.5
    assert (at.selectbox(key="plan_group").value, at.radio(key="plan_mode").value) == ("young", "median")
    assert at.checkbox(key="plan_need").value and not at.checkbox(key="plan_past").value
    assert at.multiselect(key="plan_without").value == ["2464011"]
    assert (at.number_input(key="plan_least_kłobucki").value, at.number_input(key="plan_most_kłobucki").value) == (1, 2)


def test_buttons_fix_exclude_and_take_another_plan() -> None:
    at = run(fix=MSTOW)
    button(at, "plan_unfix_1").click().run()
    assert "fix" not in address(at)
    button(at, "plan_exclude_1").click().run()
    assert address(at)["drop"]
    button(at, "plan_choose_2").click().run()
    assert len(address(at)["fix"].split(".")) == 3 and "Już nie ustalaj" in [b.label for b in at.button]


def test_wishes_that_clash_are_named_in_words_and_can_be_let_go() -> None:
    at = run(meetings="2", quota="kłobucki:3-", lang="en")
    assert "cannot be kept together" in html(at) and "number of meetings: 2" in html(at)
    assert 'class="planned"' not in html(at)
    button(at, "plan_let_go_0").click().run()
    assert "quota" not in address(at) and html(at).count('class="planned"') == 2
    button(at, "plan_bring_back").click().run()
    assert address(at)["quota"] == "kłobucki:3-" and 'class="planned"' not in html(at)
    button(at, "plan_let_go_1").click().run()
    assert "meetings" not in address(at) and at.number_input(key="plan_meetings").value == 3, "the nearest number that works"
    at.slider(key="plan_radius").set_value(12.0).run()
    assert not [b for b in at.button if b.key == "plan_bring_back"], "what was wished for later is not thrown away"


def test_only_what_is_enough_is_offered_when_wishes_clash() -> None:
    """Mstów and a hall in Lelów fixed, three meetings, three of them in the powiat myszkowski: giving up Lelów alone would not help."""
    at = run(fix=f"{MSTOW}.own-1", own="Sala@2404092-lelow", quota="myszkowski:3-", meetings="3")
    offered = [b.label for b in at.button if b.key.startswith("plan_let_go_")]
    assert "Wystarczy zrezygnować z jednego" in html(at) and len(offered) == 2
    assert "3 (będzie 5)" in offered[1] and not any("Sala" in label for label in offered)


def test_what_the_data_does_not_know_is_left_out_and_said() -> None:
    at = run(fix=f"r-nowhere.{MSTOW}", without="9999999", own="Sala@nowhere", quota="nigdzie:1-")
    assert not at.exception and "r-nowhere, 9999999, nigdzie" in html(at)
    assert at.multiselect(key="plan_fixed").value == [MSTOW]


def test_a_venue_by_hand_is_added_fixed_and_removed() -> None:
    at = run(meetings="1")
    at.text_input(key="plan_own_name").set_value("<b>Stodoła</b>").run()
    at.selectbox(key="plan_own_place").set_value("2404052-garnek").run()
    button(at, "plan_own_add").click().run()
    assert address(at)["fix"] == "own-1" and "&lt;b&gt;Stodoła&lt;/b&gt;" in html(at) and "<b>Stodoła" not in html(at)
    button(at, "plan_drop_own_1").click().run()
    assert set(address(at)) == {"meetings", "one"}
    button(at, "plan_own_add").click().run()
    assert "Podaj nazwę miejsca" in html(at)


def test_a_day_moved_by_hand_stays_and_a_bad_one_is_questioned() -> None:
    at = run(fix=MSTOW, **SPRING)
    at.date_input(key="plan_day_0").set_value(date(2027, 3, 29)).run()
    assert address(at)["moved"] == f"{MSTOW}:2027-03-29" and "To święto: Poniedziałek Wielkanocny." in html(at)
    at.date_input(key="plan_day_0").set_value(date(2027, 3, 7)).run()
    assert "To niedziela." in html(at)


def test_a_tick_is_kept_in_the_address() -> None:
    at = run(fix=MSTOW)
    box = next(b for b in at.checkbox if b.key == f"plan_tick_{tick(MSTOW, MSTOW)}")
    box.uncheck().run()
    assert address(at)["ticks"] == tick(MSTOW, MSTOW)
    assert "Zaznaczono 39 z" in html(at)
    button(at, "plan_tick_none").click().run()
    assert "Zaznaczono 0 z" in html(at)
    button(at, "plan_tick_all").click().run()
    assert not re.search(r"Zaznaczono (\d+) z (?!\1)", html(at))


def test_a_callback_of_a_checkbox_that_was_not_changed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit calls it for widgets that come back after a run was cut short: a link once turned a whole list of ticks over so."""
    import streamlit as st

    from pages.parts import plan_invite, plan_state

    code, kept = tick(MSTOW, MSTOW), SavedPlan()
    monkeypatch.setattr(plan_state, "read", lambda: kept)
    written: list[SavedPlan] = []
    monkeypatch.setattr(plan_state, "take", written.append)
    monkeypatch.setattr(st, "session_state", {f"plan_tick_{code}": True, "plan_day_0": date(2027, 3, 18)})
    plan_invite._take_tick(code, True)
    plan_state.move(MSTOW, "plan_day_0", date(2027, 3, 18))
    assert [plan.ticks for plan in written] == [frozenset()]
    plan_invite._take_tick(code, False)
    assert written[-1].ticks == {code}


def opened(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the callback of the file widget leaves in the session and in the address."""
    import streamlit as st

    from pages.parts import plan_state

    session: dict[str, Any] = {plan_state.OPEN: SimpleNamespace(getvalue=lambda: raw)}
    written: list[SavedPlan] = []
    monkeypatch.setattr(st, "session_state", session)
    monkeypatch.setattr(plan_state, "write", written.append)
    plan_state.open_file()
    return {**session, "written": written}


def test_a_saved_plan_opens_again_and_another_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    saved = with_answer(SavedPlan(Wishes(meetings=2, fixed=(MSTOW,))), [MSTOW], "v1")
    found = opened(to_json(saved), monkeypatch)
    assert [plan.wishes for plan in found["written"]] == [saved.wishes] and found["_plan_opened"] == ((MSTOW,), "v1")
    refused = opened(b"{}", monkeypatch)
    assert refused["written"] == [] and refused["_plan_refused"] == ("plan_file_foreign", {})


def test_an_opened_plan_says_when_the_data_give_another_answer_today() -> None:
    at = run(fix=MSTOW)
    at.session_state["_plan_opened"] = ((MSTOW, "r-other"), "old")
    assert "dane zmieniły się od czasu zapisania" in html(at.run())
    at.session_state["_plan_refused"] = ("plan_file_broken", {})
    assert "nie da się przeczytać jako JSON" in html(at.run())


def world(folder: Path, monkeypatch: pytest.MonkeyPatch, **tables: list[worlds.Row]) -> None:
    """Makes a made-up region the data of the screen; the test's own monkeypatch takes it back."""
    from pages.parts import cache

    monkeypatch.setenv("MAPA_DATA_DIR", str(worlds.write_world(folder, **{"initiatives": [], **tables})))
    cache.settings.clear()


@pytest.fixture
def own_settings() -> Iterator[None]:
    from pages.parts import cache

    yield
    cache.settings.clear()


@pytest.mark.usefixtures("own_settings")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_without_a_venue_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    world(tmp_path, monkeypatch, resources=[worlds.resource(0)])
    at = run(lang=language)
    assert not at.exception and Translator(language)("errors.plan_no_venue") in html(at)


@pytest.mark.usefixtures("own_settings")
def test_a_region_without_people_or_names_that_are_markup_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = worlds.resource(0, category="library", name="<img src=x onerror=alert(1)> **x** $a$")
    world(tmp_path, monkeypatch, resources=[hall, worlds.resource(0, id="r-b", name="[x](javascript:1)")], demography=[])
    at = run(meetings="1", **SPRING)
    assert not at.exception and "&lt;img src=x" in html(at) and "<img" not in html(at)
    assert all("](" not in box.label for box in at.checkbox)


# --- files


def finished(language: str = "pl") -> Any:
    """A finished plan as the screen hands it to the files."""
    from pages.parts import cache, downloads, plan_invite, plan_take

    catalog, t = cache.catalog(), Translator(language)
    saved = from_params({"fix": MSTOW, "meetings": "2", **SPRING, "moved": f"{MSTOW}:2027-04-01"})
    plan = cache.planned(catalog, saved.wishes)
    lists = plan_invite.Lists({code: cache.invitations_of(catalog, saved.wishes, code) for code in plan.ids}, saved.ticks)
    days = plan_take.days_of(saved, plan, (date(2027, 3, 25), date(2027, 5, 6)))
    return plan_take.Finished(catalog, saved, plan, days, lists, downloads.wording(catalog, t).label, t)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_the_whole_plan(language: str) -> None:
    from pages.parts import plan_take

    done = finished(language)
    book = load_workbook(BytesIO(plan_take.workbook(done)))
    assert len(book.worksheets) == 6 and book.worksheets[0].max_row == 3 and book.worksheets[1].max_row == 6
    assert book.worksheets[2].max_row == 32 and book.worksheets[3].max_row == len(done.plan.left_out) + 1
    assert book.worksheets[4].max_row == 1 + sum(len(done.lists.chosen(code)) for code in done.plan.ids) == 81
    assert {cell.data_type for page in book for row in page for cell in row} <= {"s", "n"}
    assert any("Piaski (Koniecpol)" in str(row[0].value) for row in book.worksheets[5]), "who has it farther goes along"


def test_the_mail_merge_of_the_screen_is_written_for_people() -> None:
    """Headers in the language of the page, the day as in a letter."""
    from pages.parts import plan_take

    text = plan_take.mail_merge(finished()).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("nazwa,adres,kod pocztowy,miejscowość,gmina,e-mail,telefon,miejsce spotkania,")
    assert '"1 kwietnia 2027, czwartek",17:00' in text and "2027-04-01" not in text
    assert plan_take.mail_merge(finished("en")).decode("utf-8-sig").startswith("name,address,postal code,locality")


def test_the_columns_of_the_gminas_say_what_they_count() -> None:
    """ "before 10 547, after 0" read as if the plan did harm; whoever has either is counted, too."""
    from pages.parts import plan_take

    done = finished()
    sheet = load_workbook(BytesIO(plan_take.workbook(done))).worksheets[2]
    heads = [cell.value for cell in sheet[1]]
    assert heads[2:] == ["w zasięgu dotychczasowych spotkań (od 2013)", "w zasięgu tego planu", "w którymkolwiek z nich"]
    for row in done.plan.by_gmina:
        assert max(row.before, row.after) - 1e-6 <= row.either <= min(row.people, row.before + row.after) + 1e-6


def test_the_list_shows_the_gmina_first_the_needs_and_whom_a_letter_can_reach() -> None:
    at = run(fix=MSTOW, one="1")
    text = html(at)
    assert "<h3>Gmina Mstów</h3>" in text and "LKS Warta Mstów" in [box.label for box in at.checkbox if box.value]
    assert any("Potrzeby zgłoszone w zasięgu 15 km od miejscowości Mstów" in one.label for one in at.expander)
    assert "Z sołectwa Lipnik zgłoszono inicjatywę remontu" in text
    assert re.search(r"Z \d+ zaznaczonych zaproszeń: e-mail ma \d+, telefon \d+, adres \d+, żadnego kontaktu nie ma \d+\.", text)
    office = next(part for part in text.split('<p class="invitee">') if "gmina, w której jest spotkanie" in part)
    assert "brak kontaktu w danych" in office.split("</p>")[0]


def test_the_calendar_file_holds_the_moved_day() -> None:
    from pages.parts import plan_take

    events = plan_take.meetings(finished())
    assert [event.start.date() for event in events] == [date(2027, 4, 1), date(2027, 5, 6)]
    from datetime import UTC, datetime

    from lib.exchange.ics import to_ics

    assert len(read_ics(to_ics(events, name="x", stamp=datetime(2026, 11, 26, tzinfo=UTC)))) == 2


def test_the_plan_file_of_the_screen_can_be_read_again() -> None:
    done = finished()
    raw = to_json(with_answer(done.saved, done.plan.ids, done.catalog.dataset.version))
    assert from_json(raw).venues == done.plan.ids and json.loads(raw)["data_version"] == done.catalog.dataset.version


def test_the_seasons_offered_are_ahead_as_a_whole() -> None:
    from pages.parts.plan_controls import seasons

    assert seasons(date(2026, 11, 26)) == [
        ("winter", date(2027, 1, 7), date(2027, 2, 28)),
        ("spring", date(2027, 3, 1), date(2027, 5, 31)),
        ("autumn", date(2027, 9, 1), date(2027, 11, 30)),
    ]
    assert seasons(date(2027, 3, 1))[0][0] == "autumn"


def test_the_map_numbers_the_venues_and_colours_gminas_by_the_share_reached() -> None:
    from pages.parts import cache, mapdata, mapview, plan_views

    done = finished()
    picture = plan_views.picture(done.plan, done.t, dark=False)
    assert [(ring.number, ring.km) for ring in picture.rings] == [(1, 12.0), (2, 12.0)]
    assert picture.area_class is not None and picture.area_class["2404102"] == 4 and picture.area_class["2404063"] == 0
    assert [plan_views.share_class(s) for s in (0.0, 0.2, 0.21, 0.99, 1.0)] == [0, 0, 1, 4, 4]
    import numpy as np

    catalog = cache.catalog()
    body = mapdata.payload(catalog, np.empty(0, np.int64), picture, done.t, mapview.remembered_view(catalog))
    assert len(body["rings"]) == 2
