"""The command `plan` gives what anyone needs to compute the optimum anew, and explains wishes that cannot be kept."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lib.cli.main import main
from lib.geo.distance import to_metres
from tests import worlds

Capture = pytest.CaptureFixture[str]
MSTOW = "r-mstow-gminny-osrodek-kultury-w-mstowie"
SITE_KEYS = ["resource_id", "name", "teryt", "locality", "covers_people", "reasons"]
KEYS = ["optimal", "objective", "covered_people", "total_people", "sites", "alternatives", "notes"]


def answer(capsys: Capture, *argv: str) -> dict[str, Any]:
    assert main(["plan", *argv, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refusal(capsys: Capture, *argv: str) -> str:
    assert main(["plan", *argv]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "Traceback" not in shown.err
    return shown.err


def road_metres(found: dict[str, Any]) -> Any:
    """Distances (demand by candidates) as the documentation says: metres in EPSG:2180 times the detour factor."""
    x, y = to_metres([d["lon"] for d in found["demand"]], [d["lat"] for d in found["demand"]])
    to_x, to_y = to_metres([c["lon"] for c in found["candidates"]], [c["lat"] for c in found["candidates"]])
    return np.hypot(x[:, None] - to_x[None, :], y[:, None] - to_y[None, :]) * found["detour"]


def test_the_answer_has_exactly_the_promised_keys(capsys: Capture) -> None:
    found = answer(capsys, "--meetings", "3", "--radius-km", "15", "--fix", MSTOW)
    assert list(found) == KEYS and [list(site) for site in found["sites"]] == [SITE_KEYS] * 3
    assert found["optimal"] is True and MSTOW in [site["resource_id"] for site in found["sites"]]
    assert found["covered_people"] == pytest.approx(sum(site["covers_people"] for site in found["sites"]))
    assert all(site["reasons"] and all(isinstance(text, str) for text in site["reasons"]) for site in found["sites"])
    assert [list(other) for other in found["alternatives"]] == [["objective", "resource_ids"]] * 5
    assert all(MSTOW in other["resource_ids"] for other in found["alternatives"])


@pytest.mark.parametrize("mode", ["cover", "median"])
def test_with_full_anyone_can_compute_the_optimum_anew(capsys: Capture, mode: str) -> None:
    found = answer(capsys, "--meetings", "2", "--radius-km", "12", "--group", "seniors", "--mode", mode, "--full")
    assert list(found) == [*KEYS, "detour", "demand", "candidates"]
    metres, weight = road_metres(found), np.array([d["weight"] for d in found["demand"]])

    def value(chosen: tuple[int, ...]) -> float:
        nearest = metres[:, chosen].min(axis=1)
        return float(weight[nearest <= 12_000.001].sum()) if mode == "cover" else -float((weight * nearest).sum())

    every = {}
    for chosen in combinations(range(metres.shape[1]), 2):
        every[chosen] = value(chosen)
    sign = 1 if mode == "cover" else -1
    assert sign * max(every.values()) == pytest.approx(found["objective"], rel=1e-9)
    place = {c["resource_id"]: j for j, c in enumerate(found["candidates"])}
    told = [(other["objective"], value(tuple(place[code] for code in other["resource_ids"]))) for other in found["alternatives"]]
    assert all(sign * worth == pytest.approx(objective, rel=1e-9) for objective, worth in told)
    assert [sign * objective for objective, _ in told] == sorted((sign * o for o, _ in told), reverse=True)


def test_without_weights_the_objective_is_people(capsys: Capture) -> None:
    found = answer(capsys, "--meetings", "2", "--radius-km", "10", "--no-past", "--no-need", "--full")
    assert found["objective"] == pytest.approx(found["covered_people"])
    assert sum(d["weight"] for d in found["demand"]) == pytest.approx(found["total_people"])


def test_wishes_are_kept(capsys: Capture) -> None:
    argv = ["--meetings", "4", "--radius-km", "9,5", "--one-per-gmina", "--exclude", "2464011", "--exclude", MSTOW]
    found = answer(capsys, *argv, "--quota", "klobucki:2-2", "--own", "Sala u Zosi@Garnek", "--fix", "own-1", "--full")
    teryts = [site["teryt"] for site in found["sites"]]
    assert len(set(teryts)) == 4 and "2464011" not in teryts and sum(code.startswith("2406") for code in teryts) == 2
    assert "own-1" in [site["resource_id"] for site in found["sites"]]
    assert MSTOW not in {c["resource_id"] for c in found["candidates"]}


def test_one_more_meeting_never_covers_fewer(capsys: Capture) -> None:
    argv = ("--radius-km", "10", "--no-past", "--meetings")
    covered = [answer(capsys, *argv, str(n))["covered_people"] for n in (1, 2, 3, 5, 8, 12)]
    assert covered == sorted(covered)


def test_for_people_the_proof_the_reasons_and_the_limits_are_said(capsys: Capture) -> None:
    assert main(["plan", "--fix", MSTOW, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    for text in ("proven", "You fixed this place.", "Other plan 5", "comes from the screen “Gaps”", "times 1.25"):
        assert text in shown
    others = [line for line in shown.splitlines() if line.startswith("Other plan")]
    assert len(others) == 5 and all(re.search(r"Within reach: [\d,]+ people \([\d,]+ (more|fewer)\)", line) for line in others)
    assert all(re.search(r"Loses [\d,]+ weighted people\.", line) for line in others), "every number has its unit"
    assert "the largest part in the gmina Mstów: 10,690" in shown and "most of them" not in shown


def test_a_town_that_is_one_point_at_the_edge_of_the_reach_is_named(capsys: Capture) -> None:
    """From Mstów alone a kilometre more reaches six times as many people, because all of Częstochowa stands at one point."""
    argv = ("--meetings", "1", "--fix", MSTOW, "--radius-km")
    (note,) = answer(capsys, *argv, "15")["notes"]
    assert "Częstochowa (201\xa0439 osób) jest w danych jednym punktem, 15,9 km" in note and "poza zasięgiem 15 km" in note
    assert "16 km – 245\xa0180 osób" in note and round(answer(capsys, *argv, "16")["covered_people"]) == 245_180
    assert answer(capsys, *argv, "10")["notes"] == []
    main(["plan", *argv, "15"])
    assert note.replace("\xa0", " ") in capsys.readouterr().out.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["--fix", "Mstów"], MSTOW),
        (["--exclude", "2404103"], "2404102 (Mstów)"),
        (["--exclude", "r-nowhere"], "--exclude"),
        (["--group", "senior"], "seniors"),
        (["--meetings", "13"], "1 do 12"),
        (["--meetings", "0"], "1 do 12"),
        (["--meetings", "-1"], "--meetings"),
        (["--radius-km", "0,5"], "1 do 60"),
        (["--radius-km", "daleko"], "1 do 60"),
        (["--quota", "klobucki"], "POWIAT:"),
        (["--quota", "klobucki:-"], "POWIAT:"),
        (["--quota", "klobuki:1-"], "kłobucki"),
        (["--own", "Sala"], "NAZWA@"),
        (["--own", "Sala@Garnk"], "Garnek"),
        (["--fix", "own-1"], "--fix"),
        (["--data", "/nowhere"], "/nowhere"),
        (["--meetings", "2", "--quota", "kłobucki:3-"], "--quota kłobucki:3-, --meetings 2"),
        (["--one-per-gmina", "--fix", MSTOW, "--fix", "r-mstow-ochotnicza-straz-pozarna-w-zawadzie"], "--one-per-gmina, --fix"),
    ],
)
def test_a_wish_that_cannot_be_is_explained(capsys: Capture, argv: list[str], named: str) -> None:
    assert named in refusal(capsys, *argv)


def test_a_venue_known_by_its_gmina_is_refused_with_the_cure(capsys: Capture, tmp_path: Path) -> None:
    worlds.write_world(tmp_path, resources=[worlds.resource(0, precision="gmina", locality="")], initiatives=[])
    assert "Dodaj to miejsce ręcznie" in refusal(capsys, "--data", str(tmp_path), "--fix", "r-0")


def test_a_region_without_venues_or_people_is_no_crash(capsys: Capture, tmp_path: Path) -> None:
    worlds.write_world(tmp_path, resources=[worlds.resource(0)], initiatives=[], localities=[], demography=[])
    assert "ręcznie" in refusal(capsys, "--data", str(tmp_path))
    worlds.write_world(tmp_path, resources=[worlds.resource(0, category="library")], initiatives=[], demography=[])
    found = answer(capsys, "--data", str(tmp_path), "--meetings", "1")
    assert (found["objective"], found["total_people"], found["alternatives"]) == (0, 0, [])
