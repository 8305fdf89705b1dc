"""`gaps` and `measures` answer programs with the promised keys, people in three languages, and a mistake with what to do instead."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lib.analysis import gaps, priority, service_reach
from lib.analysis.gaps import VERDICTS
from lib.analysis.what_if import MOST
from lib.catalog.load import load_dataset
from lib.cli import opening
from lib.cli.gaps import DIGITS
from lib.cli.main import main
from lib.domain.measure import LEVELS
from lib.i18n import Translator
from lib.settings import PROJECT_DIR
from tests import worlds
from tests.regions import named, project, project_region

LANGUAGES = ("pl", "en", "uk")
AREA_KEYS = ["teryt", "gmina", "count", "people", "rate", "smoothed", "low", "high", "verdict", "coverage"]
RANK_KEYS = ["teryt", "gmina", "rank", "rank_low", "rank_high"]
POPOW = "senior_clubs@Popów,2406072"
MEASURES = sorted(path.stem for path in (PROJECT_DIR / "data" / "measures").glob("*.toml"))
QUESTIONS = (["--measure", "senior_clubs"], ["--priority"], ["--reach", "senior_clubs"], ["--needs"], ["--what-if", POPOW])
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """The data is read once for all calls of this module; what reading does is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "load_dataset", cache(load_dataset))
        yield


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def printed(capsys: Capture, *argv: str) -> str:
    assert main(argv) == 0
    return capsys.readouterr().out


def answer(capsys: Capture, *argv: str) -> dict[str, Any]:
    """The JSON that a successful call prints; NaN and infinity are not JSON."""
    found: dict[str, Any] = json.loads(printed(capsys, "gaps", *argv, "--json"), parse_constant=no_constant)
    return found


def refusal(capsys: Capture, *argv: str) -> str:
    assert main(argv) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "Traceback" not in shown.err and not re.search(r"[{}]", shown.err.replace("{pl,en,uk}", ""))
    return shown.err


def line_of(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in found if one["gmina"] == name)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_has_exactly_the_promised_keys(capsys: Capture, name: str) -> None:
    found = answer(capsys, "--measure", name)
    assert [key for key in found if key in ("measure", "reference", "prior", "areas")] == ["measure", "reference", "prior", "areas"]
    assert found["measure"] == name
    assert found["prior"] is None or list(found["prior"]) == ["a", "b"]
    assert len(found["areas"]) == 31
    for area in found["areas"]:
        assert list(area)[: len(AREA_KEYS)] == AREA_KEYS
        assert area["verdict"] in VERDICTS and area["coverage"] in LEVELS
        assert isinstance(area["count"], int)
        if area["coverage"] == "unlooked":
            assert area["verdict"] == "unknown" and area["low"] is area["high"] is None


def test_the_printed_numbers_are_those_of_the_engine(capsys: Capture) -> None:
    found, engine = answer(capsys, "--measure", "kgw"), gaps.assess(project_region(), project_region().measures["kgw"])
    assert found["reference"] == pytest.approx(engine.reference, abs=10**-DIGITS)
    assert engine.prior is not None and found["prior"] == {"a": engine.prior.a, "b": engine.prior.b}
    for shown, area in zip(found["areas"], engine.areas, strict=True):
        assert (shown["teryt"], shown["count"], shown["verdict"], shown["reason"]) == (area.teryt, area.count, area.verdict, area.reason)
        for name in ("people", "rate", "smoothed", "low", "high", "effort"):
            value = getattr(area, name)
            assert shown[name] is None if value is None else shown[name] == pytest.approx(value, abs=10**-DIGITS)


def test_popow_is_uncertain_and_przystajn_unknown_on_senior_clubs(capsys: Capture) -> None:
    areas = answer(capsys, "--measure", "senior_clubs")["areas"]
    assert (line_of(areas, "Popów")["verdict"], line_of(areas, "Popów")["reason"]) == ("uncertain", "interval")
    assert (line_of(areas, "Przystajń")["verdict"], line_of(areas, "Przystajń")["reason"]) == ("unknown", "not_looked_for")


def test_the_city_is_not_low_on_kgw(capsys: Capture) -> None:
    city = line_of(answer(capsys, "--measure", "kgw")["areas"], "Częstochowa")
    assert (city["verdict"], city["people"], city["rate"]) == ("unknown", 0, None)


def test_years_have_no_prior_and_a_term_as_reference(capsys: Capture) -> None:
    found = answer(capsys, "--measure", "years_since_meeting")
    assert (found["prior"], found["reference"], found["formula"]) == (None, 5, "years_since")
    assert all(area["low"] in (None, 0) and area["verdict"] != "above" for area in found["areas"])


def test_priorities_are_ranks_with_their_intervals(capsys: Capture) -> None:
    found = answer(capsys, "--priority")
    assert [rank["rank"] for rank in found["ranks"]] == list(range(1, 32))
    for rank in found["ranks"]:
        assert list(rank)[: len(RANK_KEYS)] == RANK_KEYS
        assert 1 <= rank["rank_low"] <= rank["rank"] <= rank["rank_high"] <= 31
        assert set(rank["unknown"]) <= set(MEASURES)
        assert list(rank["figures"]) == list(priority.NEED_PARTS)
    assert (found["seed"], found["draws"]) == (priority.SEED, 1_000)
    assert sum(found["weights"].values()) == pytest.approx(1)
    assert found["cannot_be_told_from_first"] == sum(rank["rank_low"] <= found["ranks"][0]["rank_high"] for rank in found["ranks"])


def test_the_same_seed_gives_the_same_answer_and_another_one_another(capsys: Capture) -> None:
    for asked in (["--priority"], ["--what-if", POPOW]):
        one, again, other = (answer(capsys, *asked, "--seed", seed) for seed in ("5", "5", "6"))
        assert one == again != other
    assert answer(capsys, "--priority", "--seed", "0")["seed"] == 0


def test_weights_are_taken_and_those_not_named_keep_their_default(capsys: Capture) -> None:
    found = answer(capsys, "--priority", "--weights", "lack=0, people=1,needs=0 ,reach=0,meeting=0")
    assert found["weights"] == {"lack": 0, "people": 1, "needs": 0, "reach": 0, "meeting": 0}
    people = [rank["figures"]["people"] for rank in found["ranks"]]
    assert people == sorted(people, reverse=True)
    assert answer(capsys, "--priority", "--weights", "people=0.65")["weights"]["lack"] == pytest.approx(0.5 / 1.5, abs=1e-6)
    assert answer(capsys, "--priority", "--weights", "")["weights"] == priority.WEIGHTS


def test_reach_gives_ranges_for_the_region_each_gmina_and_each_locality(capsys: Capture) -> None:
    found = answer(capsys, "--reach", "senior_clubs", "--km", "10")
    engine = service_reach.reach(project_region(), project_region().measures["senior_clubs"])
    assert list(found)[:2] == ["measure", "km"] and found["km"] == 10
    assert [share["km"] for share in found["shares"]] == [5, 10, 15]
    assert [(share["at_least"], share["at_most"]) for share in found["shares"]] == [
        pytest.approx((share.least, share.most), abs=1e-4) for share in engine.shares
    ]
    assert len(found["areas"]) == 31 and len(found["localities"]) == len(project().localities)
    for area in found["areas"]:
        for share in area["shares"]:
            assert share["at_least"] is None or 0 <= share["at_least"] <= share["at_most"] <= 1
    hidden = line_of(found["areas"], "Przystajń")
    assert hidden["access"] is None and all(share["at_most"] == 1 for share in hidden["shares"])
    assert {one["km"] for one in found["sensitivity"]} == {5, 10, 15, 20}


@pytest.mark.parametrize(("km", "steps"), [("0", [0, 5, 10, 15]), ("7,5", [5, 7.5, 10, 15]), ("40", [5, 10, 15, 40])])
def test_the_asked_kilometres_join_the_usual_steps(capsys: Capture, km: str, steps: list[float]) -> None:
    assert [share["km"] for share in answer(capsys, "--reach", "libraries", "--km", km)["shares"]] == steps


def test_needs_come_with_what_answers_them_and_their_source(capsys: Capture) -> None:
    found = answer(capsys, "--needs")
    assert found["total"] == len(found["needs"]) == sum(item.kind == "needs" for item in project().items)
    assert found["open"] == sum(need["open"] for need in found["needs"])
    assert all(need["open"] == (not need["resources"] and not need["initiatives"]) for need in found["needs"])
    assert all(need["source_url"].startswith("http") for need in found["needs"])
    assert answer(capsys, "--needs", "--km", "0")["open"] >= found["open"]


def test_a_supposed_club_changes_only_its_own_gmina(capsys: Capture) -> None:
    found = answer(capsys, "--what-if", POPOW)
    assert found["supposed"] == [{"measure": "senior_clubs", "locality": "2406072-popow", "teryt": "2406072"}]
    (change,) = found["measures"]
    assert [area["gmina"] for area in change["areas"]] == ["Popów"]
    before, after = change["areas"][0]["before"], change["areas"][0]["after"]
    assert list(before)[: len(AREA_KEYS)] == list(after)[: len(AREA_KEYS)] == AREA_KEYS
    assert (before["count"], after["count"]) == (0, 1)
    assert all(b["at_least"] >= a["at_least"] for a, b in zip(change["shares_before"], change["shares_after"], strict=True))
    assert len(found["ranks"]) == 31
    popow = line_of(found["ranks"], "Popów")
    assert popow["after"]["lack"] < popow["before"]["lack"]


def test_several_services_are_supposed_at_once(capsys: Capture) -> None:
    found = answer(capsys, "--what-if", POPOW, "--what-if", POPOW, "--what-if", "day_rooms@2406082-przystajn")
    assert [change["measure"] for change in found["measures"]] == ["senior_clubs", "day_rooms"]
    assert found["measures"][0]["areas"][0]["after"]["count"] == 2
    assert found["measures"][1]["areas"][0]["after"]["verdict"] == "unknown", "one supposed place does not fill the hole"


def test_more_services_than_can_be_supposed_are_refused_and_not_dropped(capsys: Capture) -> None:
    assert len(answer(capsys, *["--what-if", POPOW] * MOST)["supposed"]) == MOST
    assert str(MOST) in refusal(capsys, "gaps", *["--what-if", POPOW] * (MOST + 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (["--measure", "senior_club"], "senior_clubs"),
        (["--measure", ""], "--measure"),
        (["--reach", "biblioteki"], "libraries"),
        (["--what-if", "senior_club@Popów,2406072"], "senior_clubs"),
        (["--what-if", "senior_clubs"], "senior_clubs@"),
        (["--what-if", "senior_clubs@ "], "senior_clubs@"),
        (["--what-if", "senior_clubs@Popuw"], "Popów"),
        (["--what-if", "senior_clubs@Zawada"], "Zawada,2404042"),
        (["--what-if", "senior_clubs@Popów,2404052"], "Popów,2406072"),
        (["--priority", "--weights", "lak=1"], "lack"),
        (["--priority", "--weights", "lack"], "lack=0.5"),
        (["--priority", "--weights", "lack=-1"], "-1"),
        (["--priority", "--weights", "lack=nan"], "nan"),
        (["--priority", "--seed", "-3"], "--seed"),
        (["--priority", "--seed", "many"], "many"),
        (["--priority", "--seed", "9" * 30], "--seed"),
        (["--reach", "libraries", "--km", "far"], "far"),
        (["--reach", "libraries", "--km", "-5"], "-5"),
        (["--reach", "libraries", "--km", "99999"], "99999"),
        (["--needs", "--km", "NaN"], "NaN"),
    ],
)
def test_a_mistake_is_explained_in_the_language_asked_for(capsys: Capture, argv: list[str], hint: str, language: str) -> None:
    message = refusal(capsys, "gaps", *argv, "--lang", language)
    assert hint in message and "\n" not in message.strip()
    cyrillic = bool(re.search("[а-яіїєґ]", message))
    assert cyrillic == (language == "uk")


def test_the_three_languages_say_it_differently(capsys: Capture) -> None:
    assert len({refusal(capsys, "gaps", "--measure", "nope", "--lang", language) for language in LANGUAGES}) == 3


@pytest.mark.parametrize(
    "argv", [[], ["--measure", "kgw", "--priority"], ["--needs", "--what-if", POPOW], ["--priority", "--data", "/no/such"]]
)
def test_not_exactly_one_question_or_no_data_is_refused(capsys: Capture, argv: list[str]) -> None:
    assert refusal(capsys, "gaps", *argv)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked[0])
def test_people_get_words_and_numbers_in_their_language(capsys: Capture, asked: list[str], language: str) -> None:
    text = printed(capsys, "gaps", *asked, "--lang", language)
    assert text.count("\n") > 2 and not re.search(r"[{}]|\bNone\b|\bnan\b|\binf\b", text)
    if asked[0] == "--measure":
        t = Translator(language)
        assert project().measures["senior_clubs"].text("title", language) in text
        row = next(line for line in text.splitlines() if line.startswith("Popów"))
        assert t("cli.gaps.verdict.uncertain") in row
        assert t("cli.gaps.verdict.unknown") in next(line for line in text.splitlines() if line.startswith("Przystajń"))


def test_a_made_up_data_set_is_asked_instead_of_the_projects(capsys: Capture, tmp_path: Path) -> None:
    """Five circles in five gminas of 1,000 people outside towns: one for each thousand."""
    worlds.write_world(tmp_path)
    found = answer(capsys, "--measure", "kgw", "--data", str(tmp_path))
    assert found["reference"] == 1 and [area["count"] for area in found["areas"]] == [1] * 5
    assert {area["verdict"] for area in found["areas"]} == {"uncertain"}
    assert len(answer(capsys, "--priority", "--data", str(tmp_path))["ranks"]) == 5


def test_a_data_set_whose_measures_are_all_broken_still_answers(capsys: Capture, tmp_path: Path) -> None:
    worlds.write_world(tmp_path)
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "broken.toml").write_text("formula = ", encoding="utf-8")
    assert "broken" in refusal(capsys, "gaps", "--measure", "broken", "--data", str(tmp_path))
    assert answer(capsys, "--priority", "--data", str(tmp_path))["measures"] == []
    assert main(["measures", "--data", str(tmp_path)]) == 0
    assert "validate" in capsys.readouterr().err


def test_a_hostile_name_of_a_need_cannot_steer_the_terminal(capsys: Capture, tmp_path: Path) -> None:
    worlds.write_world(tmp_path, resources=[], initiatives=[], needs=[worlds.need(0, statement_pl="\x1b[2J\u202eoops")])
    text = printed(capsys, "gaps", "--needs", "--data", str(tmp_path))
    assert "oops" in text and "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_measures_are_listed_with_what_they_count(capsys: Capture, language: str) -> None:
    found = json.loads(printed(capsys, "measures", "--json", "--lang", language))["measures"]
    assert [one["id"] for one in found] == MEASURES
    for one in found:
        assert list(one) == ["id", "title", "formula", "people", "per", "counts", "next_review"]
        assert one["title"] == project().measures[one["id"]].text("title", language) and one["counts"]
    text = printed(capsys, "measures", "--lang", language)
    assert [line.split(":")[0] for line in text.splitlines()] == MEASURES


def test_the_page_on_measures_is_the_one_that_the_command_prints(capsys: Capture) -> None:
    page = (PROJECT_DIR / "docs" / "measures.md").read_text(encoding="utf-8")
    assert printed(capsys, "measures", "--markdown", "--lang", "en") == page


def test_the_page_on_measures_speaks_the_language_asked_for(capsys: Capture) -> None:
    page = printed(capsys, "measures", "--markdown", "--lang", "uk")
    assert all(one.text(field, "uk") in page for one in project().measures.values() for field in ("title", "what", "why", "limits"))


def test_the_whole_command_works_from_outside() -> None:
    command = [sys.executable, "-m", "lib", "gaps", "--measure", "senior_clubs", "--json"]
    done = subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0 and done.stderr == b""
    found = json.loads(done.stdout.decode("utf-8"), parse_constant=no_constant)
    assert line_of(found["areas"], "Popów")["teryt"] == named("Popów")
