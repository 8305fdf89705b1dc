"""Claims about what ideas bring up on the project's data: the written cases, and answers that help whatever is typed."""

from __future__ import annotations

from functools import cache

import pytest

from lib.analysis.ideas.alike import FAR, LOOSE, NEAR
from lib.analysis.ideas.funding import PATRON, PROPOSAL, SELF, is_rolling, is_yearly
from lib.analysis.ideas.hands import GMINA
from lib.analysis.ideas.needs import MATTER, MET
from lib.analysis.ideas.partners import whole_points
from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.domain.vocabulary import WHO
from lib.geo.neighbours import neighbours
from lib.reports.ideas import Answers, Desk, Question, answer, open_desk
from lib.settings import DATA_DIR
from tests.hostile import PAYLOADS
from tests.reports.idea_cases import CASES, CZESTOCHOWA, KLOBUCK, KONOPISKA, LIPIE, PRZYROW, Case


@cache
def desk() -> Desk:
    catalog = Catalog(load_dataset(DATA_DIR))
    borders = {teryt: [border.teryt for border in found] for teryt, found in neighbours(catalog.dataset.boundaries).items()}
    return open_desk(catalog, borders)


def ask(text: str, teryt: str = PRZYROW, **more: object) -> Answers:
    return answer(desk(), Question(text, teryt, **more))  # type: ignore[arg-type]


def the_one(kind: str, part: str) -> str:
    """The id of the only record of a kind whose id holds the part (or ends with it, for numbered ones)."""
    ids = [item.id for item in desk().dataset.items if item.kind == kind]
    exact = [code for code in ids if code.endswith(part)]
    found = exact if len(exact) == 1 else [code for code in ids if part in code]
    assert len(found) == 1, f"{part}: {found}"
    return found[0]


def test_there_are_enough_cases_in_three_languages() -> None:
    assert len(CASES) >= 40
    assert len({(case.idea, case.teryt) for case in CASES}) == len(CASES)
    assert sum(case.idea.isascii() for case in CASES) >= 3 and sum("\u0400" <= case.idea[0] <= "\u04ff" for case in CASES) >= 3


def missing_parts() -> list[str]:
    """Parts of ids in the table that name no record: a case about nothing would prove nothing."""
    wanted = [("needs", part) for case in CASES for part in (*case.needs, *case.no_needs)]
    wanted += [("funding", part) for case in CASES for part in (*case.funding, *case.no_funding)]
    wanted += [("", part) for case in CASES for part in case.loose]
    ids = {kind: [item.id for item in desk().dataset.items if kind in ("", item.kind)] for kind in ("needs", "funding", "")}
    return sorted({part for kind, part in wanted if not any(part in code for code in ids[kind])})


def test_every_record_of_the_table_exists() -> None:
    assert missing_parts() == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.idea}-{case.teryt}")
def test_what_must_come_up_does_and_what_must_not_does_not(case: Case) -> None:
    found = ask(case.idea, case.teryt, who=case.who)
    matter = {one.item.id for one in found.needs if one.tier == MATTER}
    assert {the_one("needs", part) for part in case.needs} <= matter
    assert [code for code in matter for part in case.no_needs if code.endswith(part) or (not part[-1].isdigit() and part in code)] == []
    programmes = {one.item.id for one in found.funding}
    assert {the_one("funding", part) for part in case.funding} <= programmes
    assert [code for code in programmes for part in case.no_funding if part in code] == []
    told = {one.item.id for one in found.existing if one.tier != LOOSE} | {one.item.id for one in found.examples if one.sound}
    assert [code for code in told for part in case.loose if part in code] == []


def test_what_nobody_has_done_is_said_to_be_new_and_weaker_likenesses_are_no_answer() -> None:
    found = ask("repair café for neighbours", KLOBUCK)
    assert found.idea.matter == ("repair",)
    assert {one.tier for one in found.needs} == {"loose"} and {one.tier for one in found.existing} == {LOOSE}
    assert not any(one.sound for one in found.examples)
    assert not any(one.kind == GMINA for one in found.hands)


def test_words_for_loneliness_are_a_matter_of_their_own_and_words_for_neighbours_are_not() -> None:
    assert ask("teleopieka dla samotnych seniorów").idea.matter == ("care", "loneliness")
    assert ask("sąsiedzkie spotkania").idea.matter == ("loneliness",)


def test_a_day_room_is_no_centre_of_social_services() -> None:
    found = ask("teatr dla dzieci w świetlicy", LIPIE)
    assert [(one.item.locality, one.own) for one in found.hosts] == [("Krzepice", False)]


def test_nothing_whose_place_is_unknown_is_said_to_lie_within_ten_kilometres() -> None:
    found = ask("wsparcie dla migrantów", KLOBUCK)
    assert found.existing and all(one.km is not None for one in found.existing if one.tier in (NEAR, FAR))


def test_a_need_that_is_said_to_be_met_is_no_reason_to_join_forces() -> None:
    found = ask("miejsce spotkań dla koła gospodyń", KONOPISKA)
    met = [one.item.id for one in found.needs if one.tier == MET]
    assert len(met) == 1 and "walaszczyk" in met[0]
    assert not any(met[0] in reason.records for one in found.hands for reason in one.reasons)


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: f"{case.idea}-{case.teryt}")
def test_the_points_that_are_shown_add_up_to_the_score_that_is_shown(case: Case) -> None:
    for one in ask(case.idea, case.teryt, who=case.who).partners:
        assert sum(whole_points(one)) == round(one.score * 100)
        assert sum(reason.points for reason in one.reasons) == pytest.approx(one.score, abs=1e-4)


def test_the_informal_group_of_przyrow_learns_who_signs_for_it() -> None:
    found = ask("zajęcia komputerowe dla seniorów w remizie")
    assert found.idea.themes == ("education", "seniors") and found.idea.groups == ("seniors",)
    assert "r-przyrow-osp-przyrow" in [one.item.id for one in found.partners]
    assert found.existing[0].item.id == "r-koniecpol-stowarzyszenie-uniwersytet-trzeciego-wieku-w-konie"
    ways = {one.item.id: (one.eligible, one.through) for one in found.funding}
    assert ways["f-slaskie-lokalnie-nowefio"] == (True, "")
    assert ways["f-program-na-rzecz-osob-starszych-aktywni"] == (False, "r-koniecpol-stowarzyszenie-uniwersytet-trzeciego-wieku-w-konie")
    assert any("JOWES" in one.item.name for one in found.hands if one.item)


def test_the_same_idea_in_three_languages_is_the_same_idea() -> None:
    texts = (
        "zajęcia komputerowe dla seniorów w remizie",
        "computer classes for seniors in the fire station",
        "комп’ютерні заняття для літніх у пожежному депо",
    )
    answers = [ask(text) for text in texts]
    for other in answers[1:]:
        assert set(other.idea.themes) == set(answers[0].idea.themes)
        assert {one.item.id for one in other.existing} == {one.item.id for one in answers[0].existing}
        assert [one.item.id for one in other.partners[:5]] == [one.item.id for one in answers[0].partners[:5]]


def test_an_old_call_is_history_and_says_so() -> None:
    for one in ask("orkiestra dęta", "2404132", who="ngo").funding:
        year = one.item.as_of[:4]
        assert one.history == (
            year.isdigit() and not is_yearly(one.item) and desk().ground.year - int(year) >= (7 if is_rolling(one.item) else 3)
        )
        keys = {reason.key for reason in one.reasons}
        assert ("history" in keys) == one.history
        assert keys & {"history", "described", "described_rolling", "undated", "yearly", "yearly_undated"}


def test_a_way_of_law_returns_every_year_and_the_village_fund_is_open_to_every_theme_of_a_village() -> None:
    solecki = {one.item.id: one for one in ask("zajęcia komputerowe dla seniorów w remizie").funding}["f-fundusz-solecki"]
    assert not solecki.history and {"yearly", "village"} <= {reason.key for reason in solecki.reasons}
    assert "f-fundusz-solecki" not in [one.item.id for one in ask("zajęcia komputerowe dla seniorów", CZESTOCHOWA).funding]
    town = ask("zajęcia komputerowe dla seniorów", KLOBUCK)
    assert town.idea.place.name == "Kłobuck" and "f-fundusz-solecki" not in [one.item.id for one in town.funding]


def test_a_call_whose_window_of_this_year_has_passed_is_said_to_be_over() -> None:
    over = {code: year for case in CASES for code, year in ask(case.idea, case.teryt, who=case.who).over.items()}
    assert next(year for code, year in over.items() if code.startswith("f-slaskie-nowefio-na-lata")) == 2026
    assert not any(is_yearly(desk().dataset.items[desk().dataset.by_id[code]]) and year < 2026 for code, year in over.items())


def test_calls_that_are_open_all_year_are_known_by_how_they_are_described() -> None:
    rolling = {item.id for item in desk().dataset.items if item.kind == "funding" and is_rolling(item)}
    assert "f-maly-grant-art-19a-ustawy-o-pozytku" in rolling
    assert "f-budzet-obywatelski-czestochowy" not in rolling and len(rolling) >= 5


def test_one_rule_says_what_a_group_without_legal_personality_may_do() -> None:
    found = ask("warsztaty kulturalne dla mieszkańców", CZESTOCHOWA)
    ways = {one.item.id: one for one in found.funding}
    assert ways["f-budzet-obywatelski-czestochowy"].way == PROPOSAL
    assert all(one.way != SELF for one in found.funding)
    assert ways["f-slaskie-lokalnie-nowefio"].way == PATRON
    assert any(line.key == "patron" for line in found.checklist)
    assert any(one.way == SELF for one in ask("warsztaty kulturalne dla mieszkańców", CZESTOCHOWA, who="ngo").funding)


def test_the_own_gminas_brigade_is_named_before_a_neighbours() -> None:
    found = ask("zajęcia komputerowe dla seniorów w remizie")
    named = [value for one in found.funding for reason in one.reasons for name, value in reason.params if name == "record"]
    assert "r-przyrow-osp-przyrow" in named and not any("karczewice" in str(code) for code in named)


@pytest.mark.parametrize("who", WHO)
def test_a_partner_named_in_funding_stands_among_the_partners(who: str) -> None:
    found = ask("warsztaty teatralne dla młodzieży", "2404052", who=who)
    partners = {one.item.id for one in found.partners}
    assert {one.through for one in found.funding} - {""} <= partners
    assert not any(one.eligible and one.through for one in found.funding)


def test_an_empty_idea_says_who_is_near_and_what_is_open_to_all() -> None:
    found = ask("")
    assert found.idea.is_empty and not found.needs and not found.examples
    assert found.partners[0].item.teryt == PRZYROW and found.hands and found.funding


def test_an_idea_about_nothing_in_the_data_still_gets_people_and_a_centre_to_call() -> None:
    found = ask("bździągwa frymuśna kwantochromodynamiczna")
    assert found.reading.unknown and not found.needs and not found.existing
    assert found.partners and found.hands and found.funding


def test_a_very_long_idea_is_read_in_part() -> None:
    found = ask("zajęcia komputerowe dla seniorów " * 700)
    assert found.reading.cut and found.idea.themes == ("education", "seniors")


def test_a_budget_in_the_text_decides_which_programmes_cover_it() -> None:
    found = ask("plac zabaw za 300 tys. zł", CZESTOCHOWA, who="ngo")
    assert found.idea.amount == 300_000
    keys = {one.item.id: {reason.key for reason in one.reasons} for one in found.funding}
    assert "amount_covers_part" in keys["f-fundacja-orlen-moje-miejsce-na-ziemi"]


@pytest.mark.parametrize("text", PAYLOADS[::7])
def test_hostile_text_is_an_idea_like_any_other(text: str) -> None:
    found = ask(text)
    assert found.partners and found.hands


def test_without_a_gmina_nothing_is_said_to_be_near() -> None:
    found = ask("zajęcia komputerowe dla seniorów", "")
    assert all(one.km is None for one in found.partners)
    assert not found.existing
    assert found.examples


def test_the_answers_are_the_same_twice() -> None:
    one, other = ask("festyn rodzinny", CZESTOCHOWA), ask("festyn rodzinny", CZESTOCHOWA)
    assert [p.item.id for p in one.partners] == [p.item.id for p in other.partners]
    assert [f.item.id for f in one.funding] == [f.item.id for f in other.funding]
    assert [n.item.id for n in one.needs] == [n.item.id for n in other.needs]
