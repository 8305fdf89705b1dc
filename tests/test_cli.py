"""The command line answers people and programs, and explains a mistake with the nearest valid values instead of a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.cli import main as cli
from lib.cli.main import main
from lib.cli.output import abandon_output, one_line, say_json
from lib.i18n import load_messages
from lib.settings import DATA_DIR, PROJECT_DIR

RESULT_KEYS = ["id", "name", "category", "teryt", "gmina", "locality", "distance_km", "precision", "score", "source_url", "as_of", "kind"]
Capture = pytest.CaptureFixture[str]


def answer(capsys: Capture, *argv: str) -> dict[str, Any]:
    """The JSON that a successful call prints."""
    assert main([*argv, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refusal(capsys: Capture, *argv: str) -> str:
    """The message of a call that is refused."""
    assert main(argv) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return shown.err


def run(*argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-m", "lib", *argv], cwd=PROJECT_DIR, env=env, capture_output=True, timeout=120, check=False)


def test_search_gives_exactly_the_promised_keys(capsys: Capture) -> None:
    found = answer(capsys, "search", "klub seniora", "--near", "Garnek", "--within", "30", "--limit", "3")
    assert list(found) == ["total", "results"]
    assert found["total"] >= len(found["results"]) == 3
    assert [list(result) for result in found["results"]] == [RESULT_KEYS] * 3
    assert all(result["distance_km"] <= 30 and 0 < result["score"] <= 1 for result in found["results"])
    assert all(result["source_url"].startswith("http") for result in found["results"])


def test_json_gives_every_answer_unless_limited(capsys: Capture) -> None:
    found = answer(capsys, "search", "kgw")
    assert len(found["results"]) == found["total"] > 50
    assert answer(capsys, "search", "kgw", "--limit", "0") == {"total": found["total"], "results": []}


def test_without_place_and_text_distance_and_score_are_null(capsys: Capture) -> None:
    result = answer(capsys, "search", "--kind", "needs", "--limit", "1")["results"][0]
    assert (result["distance_km"], result["score"]) == (None, None)


def test_an_initiative_has_its_title_as_name_and_its_kind_as_category(capsys: Capture) -> None:
    for result in answer(capsys, "search", "dożynki", "--kind", "initiatives", "--category", "festival")["results"]:
        assert result["category"] == "festival"
        assert result["id"].startswith("i-")


def test_all_filters_together(capsys: Capture) -> None:
    argv = ["--kind", "resources", "--category", "kgw", "--category", "library", "--theme", "tradition", "--theme", "culture"]
    argv += ["--group", "everyone", "--gmina", "2404052", "--powiat", "częstochowski", "--near", "Garnek,2404052", "--within", "12,5"]
    found = answer(capsys, "search", *argv)
    assert found["total"] > 0
    assert {result["gmina"] for result in found["results"]} == {"Kłomnice"}
    assert {result["category"] for result in found["results"]} <= {"kgw", "library"}
    distances = [result["distance_km"] for result in found["results"]]
    assert distances == sorted(distances)
    assert distances[-1] <= 12.5


def test_years_narrow_initiatives(capsys: Capture) -> None:
    every = answer(capsys, "search", "--kind", "initiatives")["total"]
    some = answer(capsys, "search", "--kind", "initiatives", "--from", "2022", "--to", "2023")["total"]
    assert 0 < some < every


def test_further_options_narrow_and_order(capsys: Capture) -> None:
    names = [r["name"] for r in answer(capsys, "search", "--contact", "--since", "2020", "--sort", "name", "--limit", "5")["results"]]
    assert len(names) == 5
    approximate = answer(capsys, "search", "--approximate")["results"]
    assert {result["precision"] for result in approximate} == {"gmina"}


@pytest.mark.parametrize("name", ["kłobucki", "klobucki", "Powiat Kłobucki", "POWIAT KLOBUCKI"])
def test_a_powiat_is_known_by_any_of_its_names(capsys: Capture, name: str) -> None:
    assert answer(capsys, "search", "--powiat", name)["total"] == answer(capsys, "search", "--powiat", "kłobucki")["total"]


@pytest.mark.parametrize("name", ["Garnek", "garnek", "Garnek,2404052", "Garnek, 2404052", "2404052-garnek"])
def test_a_place_is_known_by_name_by_name_and_teryt_or_by_id(capsys: Capture, name: str) -> None:
    assert answer(capsys, "search", "--near", name, "--within", "0")["total"] > 0


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["--category", "biblioteka"], "library (Biblioteka)"),
        (["--theme", "sprot"], "sport (Sport)"),
        (["--group", "senior"], "seniors ("),
        (["--gmina", "Kłomnice"], "2404052 (Kłomnice)"),
        (["--gmina", "2404051"], "2404052 (Kłomnice)"),
        (["--powiat", "czestochowsky"], "częstochowski"),
        (["--near", "Garnk"], "Garnek"),
        (["--near", "Garnek,2404013"], "Garnek,2404052 (Kłomnice)"),
        (["--kind", "resource"], "resources"),
        (["--category", "§§§"], "ngo"),
    ],
)
def test_an_unknown_value_is_refused_with_the_nearest_valid_ones(capsys: Capture, argv: list[str], named: str) -> None:
    message = refusal(capsys, "search", "x", *argv)
    assert named in message
    assert argv[1].split(",")[0] in message


def test_a_name_that_several_gminas_have_asks_for_the_teryt(capsys: Capture) -> None:
    message = refusal(capsys, "search", "--near", "Zawada")
    assert "Zawada,2404042 (Kamienica Polska)" in message
    assert "Zawada,2409053 (Żarki)" in message


@pytest.mark.parametrize(
    "argv",
    [
        ["--within", "5"], ["--near", "Garnek", "--within", "far"], ["--near", "Garnek", "--within", "-5"],
        ["--near", "Garnek", "--within", "9999"],
        ["--from", "20"], ["--to", "9999"], ["--since", "x"], ["--limit", "-1"], ["--limit", "many"],
        ["--unheard", "of"], ["--sort", "beauty"], ["--data", "/no/such/directory"],
    ],
)  # fmt: skip
def test_a_malformed_option_is_refused(capsys: Capture, argv: list[str]) -> None:
    assert refusal(capsys, "search", "x", *argv)


@pytest.mark.parametrize(("language", "word"), [("pl", "Nieznana"), ("en", "Unknown"), ("uk", "Невідоме")])
def test_messages_come_in_the_language_asked_for(capsys: Capture, language: str, word: str) -> None:
    assert word in refusal(capsys, "search", "--theme", "x", "--lang", language)
    assert word in refusal(capsys, "search", "--theme", "x", f"--lang={language}")


def test_people_get_n_of_n_what_where_how_far_and_the_source(capsys: Capture) -> None:
    assert main(["search", "kgw", "--near", "Garnek"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.match(r"\d+ z 1\s\d{3} · bez dokładnego położenia: \d+", lines[0])
    assert "Garnkowianki" in lines[2]
    assert "organizacja lub miejsce: Koło Gospodyń Wiejskich · Garnek, gm. Kłomnice · 0 km" in lines[3]
    assert lines[4].strip().startswith("http")
    assert "więcej" in lines[-1]


def test_programmes_of_a_gmina_are_told_apart_from_its_places(capsys: Capture) -> None:
    kinds = {result["id"].split("-")[0]: result["kind"] for result in answer(capsys, "search", "--gmina", "2404052")["results"]}
    assert kinds["r"] == "resources" and kinds["i"] == "initiatives"
    assert {r["kind"] for r in answer(capsys, "search", "--kind", "funding", "--limit", "3")["results"]} == {"funding"}


@pytest.mark.parametrize(("language", "word"), [("pl", "dodatnią"), ("en", "positive"), ("uk", "додатним")])
def test_a_negative_limit_is_told_to_be_positive(capsys: Capture, language: str, word: str) -> None:
    message = refusal(capsys, "search", "x", "--limit", "-5", "--lang", language)
    assert word in message and "-5" in message


def test_an_unlike_code_is_answered_with_the_nearest_codes_not_the_first_ones(capsys: Capture) -> None:
    codes = list(Catalog(load_dataset(DATA_DIR)).dataset.gminas)
    message = refusal(capsys, "search", "--gmina", "9999999")
    named = [code for code in codes if code in message]
    assert len(named) == 5 and all("9" in code for code in named)


def test_nothing_found_is_an_answer_and_no_error(capsys: Capture) -> None:
    assert answer(capsys, "search", "qwertyuiop zxcvb") == {"total": 0, "results": []}
    assert main(["search", "qwertyuiop zxcvb"]) == 0
    assert capsys.readouterr().out.startswith("0 z ")


def test_help_speaks_the_language(capsys: Capture) -> None:
    assert main(["search", "--help", "--lang", "uk"]) == 0
    assert "TERYT" in capsys.readouterr().out
    assert main(["--help"]) == 0
    assert "wierszu poleceń" in capsys.readouterr().out
    assert main([]) == 2


def test_the_projects_data_is_sound(capsys: Capture) -> None:
    assert main(["validate", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["ok", "tables", "problems"]
    assert report["ok"] is True
    assert report["problems"] == []
    assert report["tables"]["resources"]["rows"] > 500
    assert main(["validate"]) == 0
    assert "Dane są w porządku." in capsys.readouterr().out


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the data in which one record has an unknown theme and another file is cut off."""
    data = tmp_path / "data"
    shutil.copytree(DATA_DIR, data)
    needs = (data / "needs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "needs.csv").write_text("".join(needs).replace(",report,", ",raport,", 1), encoding="utf-8")
    return data


def test_problems_name_file_row_column_reason_and_cure(capsys: Capture, broken: Path) -> None:
    assert main(["validate", str(broken), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert list(report["problems"][0]) == ["file", "row", "column", "reason", "cure"]
    assert (report["problems"][0]["file"], report["problems"][0]["column"]) == ("needs.csv", "kind")
    assert report["problems"][0]["reason"]
    assert main(["validate", str(broken), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "row " in shown
    assert "1 problem." in shown


def test_broken_data_is_still_searched_and_the_damage_mentioned(capsys: Capture, broken: Path) -> None:
    assert main(["search", "kgw", "--json", "--data", str(broken)]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["total"] > 0
    assert "validate" in shown.err


def test_a_missing_directory_is_a_problem_and_no_traceback(capsys: Capture, tmp_path: Path) -> None:
    assert main(["validate", str(tmp_path / "none"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
    missing = tmp_path / "none"
    assert main(["validate", str(missing)]) == 1
    shown = capsys.readouterr().out
    assert f"Folder „{missing}” nie istnieje" in shown and "MAPA_DATA_DIR" in shown
    file = tmp_path / "file"
    file.write_text("x")
    assert main(["validate", str(file)]) == 1


def test_an_unreadable_file_is_explained(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied", "/data/resources.csv")

    monkeypatch.setattr(cli, "_validate", refuse)
    assert main(["validate"]) == 2
    assert "/data/resources.csv" in capsys.readouterr().err


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_validate", interrupt)
    assert main(["validate"]) == 130


def test_output_is_utf8_even_where_the_locale_is_c() -> None:
    done = run("search", "gospodyń", "--limit", "1", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "położenia" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_no_error() -> None:
    command = f'set -o pipefail; "{sys.executable}" -m lib search "" --json | head -c 10'
    done = subprocess.run(["bash", "-c", command], cwd=PROJECT_DIR, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


def test_abandoned_output_swallows_what_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def fileno(self) -> int:
            raise OSError

    monkeypatch.setattr(sys, "stdout", Gone())
    abandon_output()
    print("to nobody")


def test_a_hostile_name_cannot_steer_the_terminal() -> None:
    assert one_line("KGW\x1b[2J\r\nOSP\u202e") == "KGW [2J OSP"


def test_json_survives_text_that_no_encoding_knows(capsys: Capture) -> None:
    say_json({"name": "zażółć \ud800"})
    assert json.loads(capsys.readouterr().out)["name"].startswith("zażółć")


def test_the_help_needs_nothing_heavy() -> None:
    heavy = ("pandas", "numpy", "simplemma", "pyproj")
    code = f"import sys; from lib.cli.main import main; main(['--help']); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT_DIR, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip().endswith("[]")


def test_every_error_the_library_raises_has_a_text() -> None:
    sources = [file.read_text(encoding="utf-8") for file in (PROJECT_DIR / "lib").rglob("*.py")]
    keys = {key for source in sources for key in re.findall(r'MapaError\(\s*"(\w+)"', source)}
    assert keys
    assert {f"errors.{key}" for key in keys} <= set(load_messages())


IDEA_KEYS = ["themes", "groups", "needs", "existing", "examples", "partners", "hands", "funding"]
IDEA = "zajęcia komputerowe dla seniorów w remizie"


def test_an_idea_gives_exactly_the_promised_keys(capsys: Capture) -> None:
    found = answer(capsys, "idea", IDEA, "--gmina", "2404142")
    assert list(found) == IDEA_KEYS
    assert found["themes"] == ["education", "seniors"] and found["groups"] == ["seniors"]
    assert {"id", "name", "teryt", "distance_km", "score", "reasons", "adds"} == set(found["partners"][0])
    assert {"id", "name", "eligible", "through", "reasons", "as_of"} <= set(found["funding"][0])
    assert all(one["reasons"] and all(isinstance(text, str) and text for text in one["reasons"]) for one in found["partners"])
    assert all(one["score"] >= other["score"] for one, other in zip(found["partners"], found["partners"][1:], strict=False))


def test_money_through_a_partner_names_one_of_the_partners(capsys: Capture) -> None:
    found = answer(capsys, "idea", IDEA, "--gmina", "2404142")
    partners = {one["id"] for one in found["partners"]}
    assert {one["through"] for one in found["funding"]} - {None} <= partners
    assert any(one["eligible"] for one in found["funding"]) and any(one["through"] for one in found["funding"])


@pytest.mark.parametrize(("language", "word"), [("pl", "temat"), ("en", "theme"), ("uk", "тема")])
def test_reasons_are_said_in_the_language_asked_for(capsys: Capture, language: str, word: str) -> None:
    found = answer(capsys, "idea", IDEA, "--gmina", "2404142", "--lang", language)
    assert any(word in reason for one in found["partners"] for reason in one["reasons"])


def test_who_asks_decides_who_may_apply(capsys: Capture) -> None:
    by = {who: answer(capsys, "idea", IDEA, "--gmina", "2404142", "--who", who)["funding"] for who in ("kgw", "municipality")}
    own = {who: {one["id"] for one in found if one["eligible"]} for who, found in by.items()}
    assert "f-pomoc-finansowa-dla-kol-gospodyn-wiejskich-dzialalnosc-statu" in own["kgw"] - own["municipality"]


def test_an_idea_is_printed_for_people_with_its_five_answers(capsys: Capture) -> None:
    assert main(["idea", "computer classes for seniors", "--gmina", "2404142", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    headings = [line.split(".")[0] for line in shown.splitlines() if re.match(r"[1-5][ab]?\. ", line)]
    assert headings == ["1a", "1b", "2", "3", "4", "5"]


def test_of_an_idea_that_was_not_understood_the_error_stream_says_so_and_the_answer_keeps_its_shape(capsys: Capture) -> None:
    assert main(["idea", "asdf qwerty blabla", "--gmina", "2404142", "--json", "--lang", "en"]) == 0
    written = capsys.readouterr()
    assert "not understood" in written.err and "asdf" in written.err
    assert "partners" in json.loads(written.out)


def test_an_empty_idea_and_one_about_nothing_are_answered(capsys: Capture) -> None:
    for text in ("", "bździągwa frymuśna", "x" * 20_000):
        assert answer(capsys, "idea", text, "--gmina", "2404142")["partners"]


def test_an_unknown_gmina_names_the_nearest(capsys: Capture) -> None:
    assert "2404142" in refusal(capsys, "idea", "chór", "--gmina", "2404143")
    assert "2404142" in refusal(capsys, "idea", "chór", "--gmina", "Przyrow")


def test_a_name_with_control_characters_cannot_steer_the_terminal_through_a_reason(capsys: Capture, tmp_path: Path) -> None:
    from tests import worlds

    bad = "OSP \x1b[31m\nczerwona"
    worlds.write_world(tmp_path, resources=[worlds.resource(i, name=bad, category="fire_brigade") for i in range(5)])
    assert main(["idea", "zdrowie seniorów", "--gmina", worlds.TERYTS[0], "--data", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().out
