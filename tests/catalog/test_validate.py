"""Claims about validation: every defect is found, all at once, with file, row, column and a cure in three languages."""

from __future__ import annotations

import ast
import csv
import json
import re
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.catalog.positions import COORDINATE_TOLERANCE_M
from lib.catalog.schema import read_package
from lib.catalog.validate import Report, validate
from lib.errors import Problem
from lib.i18n import Translator
from tests.worlds import (
    PROJECT_DATA,
    TERYTS,
    csv_text,
    feature,
    initiative,
    locality,
    longitude,
    need,
    people,
    programme,
    resource,
    write_world,
)

LIB = Path(__file__).resolve().parent.parent.parent / "lib" / "catalog"
LANGUAGES = ("pl", "en", "uk")


def found(report: Report) -> list[tuple[str, str, int | None, str | None]]:
    return [(p.code, p.file, p.row, p.column) for p in report.problems]


def test_the_made_up_world_is_sound(tmp_path: Path) -> None:
    report = validate(write_world(tmp_path), PROJECT_DATA)
    assert report.ok and report.problems == () and len(report.tables["resources"]) == 5


def test_the_projects_own_data_is_sound() -> None:
    assert [str(p) for p in validate(PROJECT_DATA).problems] == []


NORTH_BORDER, METRES_PER_DEGREE = 50.9, 111_250.0
SLIGHTLY_OUT = NORTH_BORDER + 0.9 * COORDINATE_TOLERANCE_M / METRES_PER_DEGREE
JUST_TOO_FAR = NORTH_BORDER + 1.1 * COORDINATE_TOLERANCE_M / METRES_PER_DEGREE

ONE_BAD_CELL: list[tuple[str, dict[str, Any], list[tuple[str, str | None]]]] = [
    ("resources", resource(1, id=""), [("id_missing", "id")]),
    ("resources", resource(1, id="r-0"), [("id_double", "id")]),
    ("resources", resource(1, id="R 1!"), [("pattern_bad", "id")]),
    ("resources", resource(1, name=""), [("cell_missing", "name")]),
    ("resources", resource(1, category="kwg"), [("code_unknown", "category")]),
    ("resources", resource(1, themes="culture|cultur"), [("code_unknown", "themes")]),
    ("resources", resource(1, themes="x1|x2"), [("code_unknown", "themes")] * 2),
    ("resources", resource(1, teryt=""), [("cell_missing", "teryt")]),
    ("resources", resource(1, teryt="9901023"), [("teryt_unknown", "teryt")]),
    ("resources", resource(1, source_url=""), [("source_missing", "source_url")]),
    ("resources", resource(1, source_url="ustnie"), [("source_bad", "source_url")]),
    ("resources", resource(1, source_url="javascript:alert(1)"), [("source_bad", "source_url")]),
    ("resources", resource(1, other_sources="https://example.org|ftp://example.org"), [("source_bad", "other_sources")]),
    ("resources", resource(1, website="www.example.org"), [("link_bad", "website")]),
    ("resources", resource(1, email="biuro(at)example.org"), [("email_bad", "email")]),
    ("resources", resource(1, as_of="05.2025"), [("date_bad", "as_of")]),
    ("resources", resource(1, as_of="2025-02-30"), [("date_impossible", "as_of")]),
    ("resources", resource(1, as_of="2025-13"), [("date_impossible", "as_of")]),
    ("resources", resource(1, as_of="0000"), [("date_impossible", "as_of")]),
    ("resources", resource(1, gathered=""), [("cell_missing", "gathered")]),
    ("resources", resource(1, latitude="50,85"), [("number_bad", "latitude")]),
    ("resources", resource(1, latitude="nan"), [("number_bad", "latitude")]),
    ("resources", resource(1, latitude=""), [("coordinates_missing", "latitude")]),
    ("resources", resource(1, latitude="", longitude=""), [("coordinates_missing", "latitude"), ("coordinates_missing", "longitude")]),
    ("resources", resource(1, precision=""), [("cell_missing", "precision")]),
    ("resources", resource(1, precision="street"), [("code_unknown", "precision")]),
    ("resources", resource(1, latitude=f"{JUST_TOO_FAR:.5f}"), [("coordinates_outside", "latitude")]),
    ("resources", resource(1, longitude=str(longitude(3))), [("coordinates_elsewhere", "latitude")]),
    ("resources", resource(1, latitude=str(longitude(1)), longitude="50.85"), [("coordinates_swapped", "latitude")]),
    ("needs", need(1, latitude="50.86"), [("label_point", "latitude")]),
    ("needs", need(1, votes="12,5"), [("number_bad", "votes")]),
    ("needs", need(1, votes="-3"), [("number_range", "votes")]),
    ("needs", need(1, id="r-0"), [("pattern_bad", "id"), ("id_taken", "id")]),
    ("initiatives", initiative(1, date_end="2024-05-31"), [("date_order", "date_end")]),
    ("initiatives", initiative(1, date_start="2024", date_end="2023-12"), [("date_order", "date_end")]),
    ("initiatives", initiative(1, organiser_ids="r-0|r-99"), [("reference_unknown", "organiser_ids")]),
    ("initiatives", initiative(1, participants="ok. 100"), [("number_bad", "participants")]),
    ("funding", programme(1, area_codes="24|9902"), [("area_unknown", "area_codes"), ("area_unknown", "area_codes")]),
    ("funding", programme(1, own_contribution_pct="120"), [("number_range", "own_contribution_pct")]),
    ("localities", locality(1, id="9901022-inna", longitude=str(longitude(4))), [("coordinates_elsewhere", "latitude")]),
    ("demography", people(1, pop_total="tysiąc"), [("number_bad", "pop_total")]),
]
FIRST_ROWS = {
    "resources": [resource(i) for i in (0, 2, 3, 4)],
    "initiatives": [initiative(0)],
    "needs": [need(0)],
    "funding": [programme(0)],
    "localities": [locality(i) for i in (0, 2, 3, 4)],
    "demography": [people(i) for i in (0, 2, 3, 4)],
}


@pytest.mark.parametrize(("table", "row", "expected"), ONE_BAD_CELL, ids=lambda v: v if isinstance(v, str) else None)
def test_one_defect_is_found_at_its_row_and_column(
    tmp_path: Path, table: str, row: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    rows = [*FIRST_ROWS[table], row]
    more = {"resources": [*FIRST_ROWS["resources"], resource(1)]} if table == "initiatives" else {}
    report = validate(write_world(tmp_path, **{table: rows}, **more), PROJECT_DATA)
    file = f"gminas/{table}.csv" if table in {"localities", "demography"} else f"{table}.csv"
    needed = [f for f in found(report) if f[0] != "reference_unknown" or table == "initiatives"]
    assert needed == [(code, file, len(rows) + 1, column) for code, column in expected] and not report.ok


@pytest.mark.parametrize(
    "row",
    [
        resource(1, latitude=f"{SLIGHTLY_OUT:.5f}"),
        resource(1, as_of="2024-02-29"),
        resource(1, as_of=""),
        resource(1, themes="culture | women"),
        resource(1, latitude="50.85001", precision="gmina"),
    ],
)
def test_what_is_within_the_rules_is_no_problem(tmp_path: Path, row: dict[str, str]) -> None:
    assert found(validate(write_world(tmp_path, resources=[*FIRST_ROWS["resources"], row]), PROJECT_DATA)) == []


def test_an_initiative_years_ahead_is_no_problem(tmp_path: Path) -> None:
    assert validate(write_world(tmp_path, initiatives=[initiative(0, date_start="2031", date_end="2031-05")]), PROJECT_DATA).ok


def test_an_unknown_code_comes_with_the_nearest_one(tmp_path: Path) -> None:
    (problem,) = validate(write_world(tmp_path, needs=[need(0, themes="helth")])).problems
    assert problem.params == {"value": "helth", "nearest": "health", "vocabulary": "theme"}


def test_a_point_in_another_gmina_says_which_and_how_far(tmp_path: Path) -> None:
    (problem,) = validate(write_world(tmp_path, localities=[locality(0, longitude=str(longitude(2)))])).problems
    assert problem.params["other"] == "Gammowo" and problem.params["gmina"] == "Alfowo"
    assert problem.params["km"] == pytest.approx(10.6, abs=0.2)  # 0.15 degrees of longitude at 50.85 N


def test_all_defects_of_all_files_are_found_in_one_run(tmp_path: Path) -> None:
    world = write_world(tmp_path, resources=[resource(0, category="x"), resource(0)], needs=[need(0, source_url="")])
    (world / "funding.csv").unlink()
    (world / "initiatives.csv").write_bytes(b"")
    report = validate(world, PROJECT_DATA)
    assert [f[:3] for f in found(report)] == [
        ("code_unknown", "resources.csv", 2),
        ("id_double", "resources.csv", 3),
        ("file_empty", "initiatives.csv", None),
        ("source_missing", "needs.csv", 2),
        ("file_missing", "funding.csv", None),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw, "encoding_bom"),
        (lambda raw: raw.decode().encode("cp1250"), "encoding_wrong"),
        (lambda raw: csv_text("resources", [resource(i) for i in range(5)], delimiter=";").encode(), "delimiter_wrong"),
        (lambda raw: raw[:-30], "file_cut"),
        (lambda raw: raw[:-1], "file_unended"),
        (lambda raw: raw + b"x,y\n", "row_short"),
        (lambda raw: raw.replace(b",krs,", b",kr,", 1), "column_missing"),
        (lambda raw: b"", "file_empty"),
    ],
)
def test_a_file_of_the_wrong_form_is_one_problem(tmp_path: Path, change: Any, code: str) -> None:
    path = write_world(tmp_path) / "resources.csv"
    path.write_bytes(change(path.read_bytes()))
    codes = [p.code for p in validate(tmp_path, PROJECT_DATA).problems if p.file == "resources.csv"]
    assert code in codes and set(codes) <= {code, "column_unknown"}


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ([feature(i) for i in range(4)] + [feature(3)], {"gmina_double"}),
        ([feature(i) for i in range(4)] + [feature(4, name="")], {"property_missing"}),
        ([feature(i) for i in range(4)] + [{**feature(4), "geometry": None}], {"geometry_broken"}),
        (
            [feature(i) for i in range(4)] + [{**feature(4), "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}],
            {"geometry_broken"},
        ),
        ([feature(i) for i in range(4)] + ["x"], {"feature_broken"}),
        ([feature(i) for i in range(4)] + [feature(4, label_latitude="50.85")], {"label_broken"}),
        ([feature(i) for i in range(4)] + [feature(4, label_latitude=49.0)], {"label_broken"}),
        ([feature(i) for i in range(4)] + [feature(4, powiat="kłobuck")], {"code_unknown"}),
    ],
)
def test_a_broken_boundary_feature_is_named(tmp_path: Path, features: list[Any], expected: set[str]) -> None:
    report = validate(write_world(tmp_path, features=features))
    assert {p.code for p in report.problems if p.file == "gminas/boundaries.geojson"} == expected


def test_boundaries_in_metres_or_crossing_themselves_are_told_apart(tmp_path: Path) -> None:
    metres, bow = feature(3), feature(4)
    metres["geometry"]["coordinates"] = [[[500000, 300000], [510000, 300000], [510000, 310000], [500000, 300000]]]
    bow["geometry"]["coordinates"] = [[[19.4, 50.8], [19.5, 50.9], [19.5, 50.8], [19.4, 50.9], [19.4, 50.8]]]
    report = validate(write_world(tmp_path, features=[feature(0), feature(1), feature(2), metres, bow]))
    codes = [p.code for p in report.problems if p.file == "gminas/boundaries.geojson"]
    assert codes[:2] == ["geometry_degrees", "geometry_crossing"]


def test_a_gmina_missing_from_the_boundaries_is_named_once(tmp_path: Path) -> None:
    spare = write_world(tmp_path / "spare")
    world = write_world(tmp_path / "world", features=[feature(i) for i in range(4)])
    (problem,) = validate(world, spare).problems
    assert (problem.code, problem.params) == ("gmina_missing", {"teryt": TERYTS[4], "gmina": "Epsilonowo"})


def test_a_gmina_without_population_is_named(tmp_path: Path) -> None:
    (problem,) = validate(write_world(tmp_path, demography=[people(i) for i in range(4)])).problems
    assert (problem.code, problem.file, problem.params["teryt"]) == ("gmina_uncounted", "gminas/demography.csv", TERYTS[4])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file_missing"),
        (b"", "file_empty"),
        (b"{", "file_cut"),
        (b"[]", "package_broken"),
        (b'{"resources": [{"name": "resources", "path": "../../etc/passwd"}]}', "package_broken"),
        (b'{"resources": [{"name": "resources", "path": "resources.csv", "schema": {"fields": [7]}}]}', "package_broken"),
    ],
)
def test_without_a_usable_package_the_projects_schema_applies(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = write_world(tmp_path, needs=[need(0, themes="x")]) / "datapackage.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    codes = [p.code for p in validate(tmp_path, PROJECT_DATA).problems]
    assert code in codes and "code_unknown" in codes


def test_a_table_left_out_of_the_package_is_checked_by_the_projects_schema(tmp_path: Path) -> None:
    path = write_world(tmp_path, needs=[need(0, themes="x")]) / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"] = [r for r in package["resources"] if r["name"] != "needs"]
    path.write_text(json.dumps(package))
    assert [p.code for p in validate(tmp_path, PROJECT_DATA).problems] == ["package_table_missing", "code_unknown"]


def test_a_missing_vocabulary_is_one_problem_and_codes_are_still_checked(tmp_path: Path) -> None:
    world = write_world(tmp_path, needs=[need(0, themes="x")])
    (world / "vocabularies/theme.csv").unlink()
    assert [p.code for p in validate(world, PROJECT_DATA).problems] == ["code_unknown", "file_missing"]
    assert {p.code for p in validate(world).problems} == {"vocabulary_missing", "file_missing"}


def test_a_directory_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    for fallback in (PROJECT_DATA, None):
        report = validate(tmp_path / "none", fallback)
        (problem,) = report.problems
        assert not report.ok and problem.code == "folder_missing"
        assert problem.file == problem.params["path"] == str(tmp_path / "none")


def columns_of(world: Path) -> list[tuple[str, str]]:
    """Every (path, column) of the made-up tables."""
    tables = read_package(world, PROJECT_DATA)[0].tables.values()
    return [(t.path, c.name) for t in tables if t.is_csv and not t.vocabulary for c in t.columns]


def test_a_missing_column_is_one_problem_whatever_its_rows_lack(tmp_path: Path) -> None:
    world = write_world(tmp_path)
    for path, column in columns_of(world):
        file = world / path
        whole = file.read_bytes()
        lines = list(csv.DictReader(StringIO(whole.decode("utf-8"))))
        file.write_text(csv_without(lines, column), encoding="utf-8", newline="")
        problems = [p for p in validate(world, PROJECT_DATA).problems if p.file == path]
        file.write_bytes(whole)
        assert [(p.code.split("_")[0], p.column) for p in problems] == [("column", column)], path


def csv_without(lines: list[dict[str, str]], column: str) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, [name for name in lines[0] if name != column], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


@pytest.mark.parametrize(
    ("column", "code"),
    [("krs", "column_missing"), ("gathered", "column_required"), ("source_url", "column_fatal"), ("precision", "column_position")],
)
def test_a_missing_column_says_what_follows_from_it(tmp_path: Path, column: str, code: str) -> None:
    path = write_world(tmp_path) / "resources.csv"
    path.write_text(csv_without(list(csv.DictReader(StringIO(path.read_text("utf-8")))), column), encoding="utf-8", newline="")
    assert [(p.code, p.column) for p in validate(tmp_path, PROJECT_DATA).problems] == [(code, column)]
    assert all(Translator(language).has(f"problems.{code}.{part}") for language in ("pl", "en", "uk") for part in ("reason", "cure"))


@pytest.mark.parametrize("raw", [b"", b'{"type": "FeatureCollection", "feat', b'{"a": 1}'])
def test_with_unusable_boundaries_those_shown_instead_are_named(tmp_path: Path, raw: bytes) -> None:
    world, spare = write_world(tmp_path / "world"), write_world(tmp_path / "spare")
    (world / "gminas/boundaries.geojson").write_bytes(raw)
    assert "boundaries_lent" in {p.code for p in validate(world, spare).problems}
    assert "boundaries_lent" not in {p.code for p in validate(world).problems}


FILES = (
    "resources.csv",
    "initiatives.csv",
    "gminas/boundaries.geojson",
    "gminas/demography.csv",
    "vocabularies/theme.csv",
    "datapackage.json",
)


@given(st.sampled_from(FILES), st.binary(max_size=200), st.integers(0, 4000), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_validation_never_raises_on_arbitrary_bytes(file: str, raw: bytes, place: int, insert: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_world(Path(folder)) / file
        sound = path.read_bytes()
        path.write_bytes(sound[:place] + raw + sound[place:] if insert else raw)
        report = validate(Path(folder), PROJECT_DATA)
        assert report.ok == (not report.problems) and all(said(p, "pl") for p in report.problems)


KEYS = ("type", "features", "properties", "geometry", "coordinates", "teryt", "name", "path", "resources", "schema", "fields", "primaryKey")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(JSON, st.sampled_from(("gminas/boundaries.geojson", "datapackage.json")))
@example({"resources": []}, "datapackage.json")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_validation_never_raises_on_arbitrary_json(value: Any, file: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (write_world(Path(folder)) / file).write_text(json.dumps(value))
        assert not validate(Path(folder), PROJECT_DATA).ok


def said(problem: Problem, language: str) -> tuple[str, str]:
    translate = Translator(language)
    return translate(f"problems.{problem.code}.reason", **problem.params), translate(f"problems.{problem.code}.cure", **problem.params)


def words_in(node: ast.AST) -> set[str]:
    """The texts that an expression can yield: not the keys of its dictionaries, not what it compares with."""
    inner = list(ast.walk(node))
    keys = {id(key) for n in inner if isinstance(n, ast.Dict) for key in n.keys}
    compared = {id(part) for n in inner if isinstance(n, ast.Compare) for part in ast.walk(n)}
    return {n.value for n in inner if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in keys | compared}


def codes_in(node: ast.AST) -> set[str]:
    """The problem codes that one piece of code names: in `Problem(file, code, ...)`, in `(code, {...})` or in `code = ...`."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
        return words_in(node.args[1])
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Dict):
        return words_in(node.elts[0])
    if isinstance(node, ast.Assign) and "code" in {n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)}:
        value = node.value.elts[0] if isinstance(node.value, ast.Tuple) else node.value
        return words_in(value) if not isinstance(value, ast.Call) or getattr(value.func, "attr", "") == "get" else set()
    return words_in(node) if isinstance(node, ast.Constant) and str(node.value).startswith("geometry_") else set()


def codes_in_code() -> set[str]:
    files = [LIB / f"{name}.py" for name in ("schema", "reading", "boundaries", "checks", "positions", "validate")]
    return {
        code for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for code in codes_in(node) if "_" in code
    }


def test_every_code_has_reason_and_cure_in_three_languages() -> None:
    messages = Translator()._messages
    assert len(codes_in_code()) > 50
    for code in codes_in_code():
        for part in ("reason", "cure"):
            texts = messages[f"problems.{code}.{part}"]
            assert set(texts) == set(LANGUAGES) and all(texts[language].strip() for language in LANGUAGES), code


def test_every_message_belongs_to_a_code_and_fills_its_parameters() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in LIB.glob("*.py"))
    for key, texts in Translator()._messages.items():
        if key.startswith("problems."):
            assert f'"{key.split(".")[1]}"' in sources, key
            names = [set(re.findall(r"\{(\w+)\}", texts[language])) for language in LANGUAGES]
            assert names[0] == names[1] == names[2], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_defect_of_this_file_can_be_said_in_words(tmp_path: Path, language: str) -> None:
    for number, (table, row, _) in enumerate(ONE_BAD_CELL):
        world = write_world(tmp_path / str(number), **{table: [*FIRST_ROWS[table], row]})
        for problem in validate(world, PROJECT_DATA).problems:
            reason, cure = said(problem, language)
            assert reason and cure and "{" not in reason + cure
