"""Claims about measure files: the project's own are sound in three languages; a broken one is named and never stops the others."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.catalog.load import Dataset, load_dataset
from lib.catalog.measures import FOLDER, LANGUAGES, Known, measure_files, read_measures
from lib.catalog.validate import validate
from lib.domain.measure import INITIATIVES, MINIFORUM, RATE, TEXT_FIELDS, YEARS_SINCE, Measure, Selection
from lib.errors import Problem
from lib.i18n import Translator
from tests.worlds import PROJECT_DATA, write_world

PROMISED = {
    *("senior_clubs", "kgw", "day_rooms", "culture_centres", "libraries", "ngos", "social_enterprises", "fire_brigades"),
    *("sports_clubs", "support_centres", "initiatives_recent", "years_since_meeting"),
}
"""The services that the project says it measures; more may join, none may vanish."""
SENTENCES = ("what", "why", "limits", "author")
LABELS = ("title", "short", "unit", "service")
SHORT_WORDS = 4
"""A button holds so many words."""
REVIEW_MONTHS = 24
"""A measure that nobody looks at for longer than two years is no reviewed file."""
ANYTHING = Known((), {}, {})
"""Knows no column and no code, so that only the form of a file is judged."""

TEXTS = "\n".join(f'[{field}]\npl = "{field} po polsku"\nen = "{field} in English"\nuk = "{field} українською"\n' for field in TEXT_FIELDS)
COUNTS = '[[counts]]\ntable = "resources"\ncategory = "kgw"\nsubkinds = ["kgw_council"]\n'
SOUND = f"""formula = "rate"
people = ["pop_65_plus"]
per = 1000
themes = ["women"]
groups = ["everyone"]
next_review = "2027-05"

{COUNTS}
{TEXTS}"""
"""A made-up measure, sound in every respect."""


@pytest.fixture(scope="module")
def project() -> Dataset:
    return load_dataset(PROJECT_DATA)


def world_with(directory: Path, **files: str | bytes) -> Path:
    """The five-village world with measure files of its own: {id: content}."""
    write_world(directory)
    (directory / FOLDER).mkdir()
    for name, content in files.items():
        (directory / FOLDER / f"{name}.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    return directory


def defects(directory: Path) -> list[tuple[str, str, str | None]]:
    """(file, code, where) of everything wrong with the measures of a directory."""
    return [(p.file, p.code, p.column) for p in validate(directory, PROJECT_DATA).problems if p.file.startswith(FOLDER)]


def month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7] or 1)


def test_every_promised_measure_of_the_project_is_there_and_sound(project: Dataset) -> None:
    assert set(project.measures) >= PROMISED
    assert list(project.measures) == sorted(path.stem for path in (PROJECT_DATA / FOLDER).glob("*.toml"))
    assert defects(PROJECT_DATA) == []


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_a_measure_says_everything_in_three_languages(project: Dataset, name: str) -> None:
    measure = project.measures[name]
    for field in TEXT_FIELDS:
        polish, english, ukrainian = (measure.text(field, language) for language in LANGUAGES)
        assert len({polish, english, ukrainian}) == 3, field
        assert re.search("[а-яіїєґ]", ukrainian) and not re.search("[а-яіїєґ]", polish + english), field
        assert not re.search("[ąćęłńśźż]", english.replace("Częstochowa", "").replace("sołectwo", "")), field
    for field in LABELS:
        assert not any(measure.text(field, language).endswith(".") for language in LANGUAGES), field
    for field in SENTENCES:
        assert all(measure.text(field, language).endswith(".") for language in LANGUAGES), field
    assert all(len(measure.text("short", language).split()) <= SHORT_WORDS for language in LANGUAGES)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_what_a_measure_counts_is_in_the_data(project: Dataset, name: str) -> None:
    for selection in project.measures[name].selections:
        records = [item for item in project.items if item.kind == selection.table]
        mine = [item for item in records if not selection.category or item.category == selection.category]
        assert mine, selection
        assert {*selection.subkinds, *selection.without} <= {item.subkind for item in mine}, selection
        assert not {*selection.subkinds} & {*selection.without}


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_nobody_is_counted_twice_among_the_people_of_a_measure(project: Dataset, name: str) -> None:
    people = project.demography[list(project.measures[name].people)].sum(axis=1)
    assert (people <= project.demography["pop_total"]).all() and people.sum() > 0


def test_the_people_of_day_rooms_are_all_ages_up_to_19(project: Dataset) -> None:
    measure = project.measures["day_rooms"]
    young = project.demography[list(measure.people)].sum(axis=1)
    assert set(measure.people) == {"pop_0_2", "pop_3_6", "pop_7_12", "pop_13_15", "pop_16_19"}
    assert (young > project.demography["pop_0_14"]).all()


def test_a_kgw_is_measured_where_the_law_lets_it_sit(project: Dataset) -> None:
    measure = project.measures["kgw"]
    assert measure.people == ("pop_outside_towns",)
    without = project.demography.index[project.demography["pop_outside_towns"] == 0]
    assert {project.gminas[teryt].name for teryt in without} == {"Częstochowa", "Myszków"}
    for language, names in {"pl": ("Częstochowa", "Myszków"), "en": ("Częstochowa", "Myszków"), "uk": ("Ченстохова", "Мишкув")}.items():
        assert all(name in measure.text("what", language) for name in names) and "5000" in measure.text("what", language).replace(",", "")


def test_councils_and_unions_are_no_circle_brigade_or_club(project: Dataset) -> None:
    left_out = {name: [s.without for s in project.measures[name].selections] for name in ("kgw", "fire_brigades", "sports_clubs")}
    assert left_out == {"kgw": [("kgw_council",)], "fire_brigades": [("fire_union",)], "sports_clubs": [("sports_union",)]}


def test_the_next_review_lies_after_the_data_was_gathered_and_not_too_far(project: Dataset) -> None:
    newest = max(source.gathered for item in project.items for source in item.sources)
    for measure in project.measures.values():
        assert 0 < month(measure.next_review) - month(newest) <= REVIEW_MONTHS, measure.id


def test_dates_are_measured_for_meetings_only(project: Dataset) -> None:
    measure = project.measures["years_since_meeting"]
    assert measure.formula == YEARS_SINCE and [s.covered_by for s in measure.selections] == [MINIFORUM]
    assert {m.formula for m in project.measures.values() if m.id != measure.id} == {RATE}


def test_a_sound_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (measure,) = load_dataset(world_with(tmp_path, circles=SOUND), PROJECT_DATA).measures.values()
    texts = {field: {"pl": f"{field} po polsku", "en": f"{field} in English", "uk": f"{field} українською"} for field in TEXT_FIELDS}
    selections = (Selection("resources", "kgw", ("kgw_council",)),)
    assert measure == Measure("circles", RATE, ("pop_65_plus",), 1000, selections, ("women",), ("everyone",), "2027-05", texts)
    assert measure.text("why", "uk") == "why українською" and measure.text("why", "de") == "why po polsku"
    assert measure.selections[0].covered_by == "kgw" and Selection(INITIATIVES, years=5).covered_by == INITIATIVES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("per = 1000\n", ""),
        ('themes = ["women"]\n', ""),
        ('"2027-05"', "2027-05-31"),
        ('"2027-05"', '"2027"'),
        (COUNTS, '[[counts]]\ntable = "initiatives"\n'),
        (COUNTS, '[[counts]]\ntable = "initiatives"\ncategory = "workshop"\nyears = 5\nmeetings = true\n'),
        (COUNTS, COUNTS + COUNTS.replace("subkinds", "without")),
        ("\n", "\r\n"),
    ],
)
def test_what_the_format_allows_is_no_problem(tmp_path: Path, old: str, new: str) -> None:
    world = world_with(tmp_path, circles=SOUND.replace(old, new))
    assert defects(world) == [] and list(load_dataset(world, PROJECT_DATA).measures) == ["circles"]


DEFECTS = [
    ("no TOML", "per = 1000", "per = ", "measure_unreadable", ""),
    ("a double key", "per = 1000", "per = 1000\nper = 1", "measure_unreadable", ""),
    ("thousands of brackets", "per = 1000", "per = " + "[" * 5000, "measure_unreadable", ""),
    ("endless digits", "per = 1000", "per = " + "1" * 5000, "measure_unreadable", ""),
    ("an impossible day", '"2027-05"', "2027-02-30", "measure_unreadable", ""),
    ("an unknown key", "per = 1000", "par = 1000", "measure_unknown_key", "par"),
    ("an unknown language field", "[why]", "[reason]", "measure_unknown_key", "reason"),
    ("an unknown key of a count", "subkinds", "subkind", "measure_unknown_key", "counts[0].subkind"),
    ("years of places", "subkinds = ", "years = 5\nsubkinds = ", "measure_unknown_key", "counts[0].years"),
    ("an unknown formula", '"rate"', '"median"', "measure_bad", "formula"),
    ("no formula", 'formula = "rate"\n', "", "measure_bad", "formula"),
    ("a formula that is a table", '"rate"', "{name = 1}", "measure_bad", "formula"),
    ("years since a place", '"rate"', '"years_since"', "measure_dates_needed", "counts"),
    ("an unknown column", "pop_65_plus", "pop_66_plus", "measure_bad", "people"),
    ("a column that counts no people", "pop_65_plus", "gus_total_year", "measure_bad", "people"),
    ("the same people twice", '["pop_65_plus"]', '["pop_65_plus", "pop_65_plus"]', "measure_bad", "people"),
    ("no people", 'people = ["pop_65_plus"]\n', "", "measure_missing", "people"),
    ("an empty list of people", '["pop_65_plus"]', "[]", "measure_missing", "people"),
    ("people as text", '["pop_65_plus"]', '"pop_65_plus"', "measure_bad", "people"),
    ("people as numbers", '["pop_65_plus"]', "[65]", "measure_bad", "people"),
    ("people as lists", '["pop_65_plus"]', '[["pop_65_plus"]]', "measure_bad", "people"),
    ("per as text", "per = 1000", 'per = "1000"', "measure_bad", "per"),
    ("per as a fraction", "per = 1000", "per = 1e3", "measure_bad", "per"),
    ("per nobody", "per = 1000", "per = 0", "measure_bad", "per"),
    ("per true", "per = 1000", "per = true", "measure_bad", "per"),
    ("an unknown theme", '"women"', '"womans"', "measure_bad", "themes"),
    ("an unknown group", '"everyone"', '"anyone"', "measure_bad", "groups"),
    ("no review", 'next_review = "2027-05"\n', "", "measure_bad", "next_review"),
    ("a review in words", '"2027-05"', '"w maju"', "measure_bad", "next_review"),
    ("a review in no month", '"2027-05"', '"2027-13"', "measure_bad", "next_review"),
    ("a review at a time of day", '"2027-05"', "2027-05-01T10:00:00", "measure_bad", "next_review"),
    ("nothing to count", COUNTS, "", "measure_missing", "counts"),
    ("counts as one table", "[[counts]]", "[counts]", "measure_missing", "counts"),
    ("an unknown table", '"resources"', '"needs"', "measure_bad", "counts[0].table"),
    ("a table that is a list", '"resources"', '["resources"]', "measure_bad", "counts[0].table"),
    ("an unknown category", '"kgw"', '"kwg"', "measure_bad", "counts[0].category"),
    ("no category", 'category = "kgw"\n', "", "measure_bad", "counts[0].category"),
    ("a category that is a list", '"kgw"', '["kgw"]', "measure_bad", "counts[0].category"),
    ("a category as a kind of initiative", '"resources"', '"initiatives"', "measure_unknown_key", "counts[0].subkinds"),
    ("an unknown subkind", "kgw_council", "kgw_counsel", "measure_bad", "counts[0].subkinds"),
    ("a subkind of another category", "kgw_council", "scouts", "measure_bad", "counts[0].subkinds"),
    ("an unknown subkind left out", 'subkinds = ["kgw_council"]', 'without = ["choir"]', "measure_bad", "counts[0].without"),
    ("years before any data", COUNTS, '[[counts]]\ntable = "initiatives"\nyears = -1\n', "measure_bad", "counts[0].years"),
    ("more years than make sense", COUNTS, '[[counts]]\ntable = "initiatives"\nyears = 51\n', "measure_bad", "counts[0].years"),
    ("meetings as text", COUNTS, '[[counts]]\ntable = "initiatives"\nmeetings = "yes"\n', "measure_bad", "counts[0].meetings"),
    ("a missing text", '[unit]\npl = "unit po polsku"', "[unit]", "measure_missing", "unit.pl"),
    ("an empty text", '"limits українською"', '" "', "measure_missing", "limits.uk"),
    ("a text that is a number", '"why in English"', "7", "measure_missing", "why.en"),
    (
        "a text in no language",
        '[author]\npl = "author po polsku"\nen = "author in English"\nuk = "author українською"\n',
        "",
        *("measure_missing", "author"),
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "where"), [d[1:] for d in DEFECTS], ids=[d[0] for d in DEFECTS])
def test_a_broken_measure_is_named_with_what_is_wrong_and_never_stops_the_others(
    tmp_path: Path, old: str, new: str, code: str, where: str
) -> None:
    assert old in SOUND
    world = world_with(tmp_path, a_first=SOUND, broken=SOUND.replace(old, new, 1), z_last=SOUND)
    assert defects(world) == [(f"{FOLDER}/broken.toml", code, where)]
    assert list(load_dataset(world, PROJECT_DATA).measures) == ["a_first", "z_last"]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", "formuła = 1".encode("cp1250"), b"\xef\xbb\xbf" + SOUND.encode(), b"\0"])
def test_bytes_that_are_no_measure_are_named_and_never_stop_the_others(tmp_path: Path, raw: bytes) -> None:
    world = world_with(tmp_path, broken=raw, sound=SOUND)
    assert [file for file, _, _ in defects(world)] == [f"{FOLDER}/broken.toml"]
    assert list(load_dataset(world, PROJECT_DATA).measures) == ["sound"]


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    world = world_with(tmp_path, sound=SOUND)
    (world / FOLDER / "folder.toml").mkdir()
    assert defects(world) == [(f"{FOLDER}/folder.toml", "file_unreadable", None)]
    assert list(load_dataset(world, PROJECT_DATA).measures) == ["sound"]


@pytest.mark.parametrize("name", ["Koła", "1st", "a-b", "x" * 42, "a"])
def test_a_file_whose_name_cannot_be_an_id_is_named(tmp_path: Path, name: str) -> None:
    assert defects(world_with(tmp_path, **{name: SOUND})) == [(f"{FOLDER}/{name}.toml", "measure_bad", "id")]


def said(problem: Problem, language: str) -> str:
    translate = Translator(language)
    return " ".join(translate(f"problems.{problem.code}.{part}", **problem.params) for part in ("reason", "cure"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_with_a_measure_is_said_with_its_place_in_every_language(tmp_path: Path, language: str) -> None:
    broken = {f"broken_{i}": SOUND.replace(old, new, 1) for i, (_, old, new, _, _) in enumerate(DEFECTS)}
    problems = [p for p in validate(world_with(tmp_path, **broken), PROJECT_DATA).problems if p.file.startswith(FOLDER)]
    assert len(problems) == len(DEFECTS)
    for problem in problems:
        text = said(problem, language)
        assert "{" not in text.replace(problem.params["value"] or " ", "") and (problem.params["where"] in text), problem


def read_raw(raw: bytes) -> tuple[dict[str, Measure], list[Problem]]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FOLDER).mkdir()
        (Path(folder) / FOLDER / "some.toml").write_bytes(raw)
        measures, read, problems = read_measures(*measure_files(Path(folder), None), ANYTHING)
    assert raw in read
    return measures, problems


@given(st.binary(max_size=300))
@example(b"a = " + b"[" * 5000)
@example(b"per = " + b"9" * 5000)
@example(b"a." * 3000 + b"b = 1")
@settings(max_examples=150, deadline=None)
def test_reading_never_raises_on_arbitrary_bytes(raw: bytes) -> None:
    measures, problems = read_raw(raw)
    assert measures == {} and len(problems) == 1


@given(st.integers(0, len(SOUND.encode())), st.integers(0, 60), st.binary(max_size=30) | st.text("[]{}=\"'\n#,.0 ", max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_either_a_measure_or_one_problem(place: int, size: int, put: bytes | str) -> None:
    raw = SOUND.encode()
    measures, problems = read_raw(raw[:place] + (put.encode() if isinstance(put, str) else put) + raw[place + size :])
    assert len(measures) + len(problems) == 1
    assert all(measure.selections and measure.people and measure.text("why", "pl") for measure in measures.values())


def test_measures_are_borrowed_from_the_project_when_a_data_directory_has_none(tmp_path: Path) -> None:
    data = load_dataset(write_world(tmp_path / "none"), PROJECT_DATA)
    assert data.problems == () and set(data.measures) >= PROMISED
    assert load_dataset(tmp_path / "none").measures == {}


def test_a_directory_with_measures_of_its_own_shows_only_those(tmp_path: Path) -> None:
    assert list(load_dataset(world_with(tmp_path / "one", circles=SOUND), PROJECT_DATA).measures) == ["circles"]
    assert load_dataset(world_with(tmp_path / "broken", circles="?"), PROJECT_DATA).measures == {}


def test_the_data_version_changes_when_a_measure_file_changes(tmp_path: Path) -> None:
    files = {"circles": SOUND, "changed": SOUND.replace("1000", "1001"), "commented": SOUND + "# read again\n", "broken": "?"}
    versions = [load_dataset(world_with(tmp_path / name, circles=text), PROJECT_DATA).version for name, text in files.items()]
    renamed = load_dataset(world_with(tmp_path / "renamed", rings=SOUND), PROJECT_DATA).version
    assert len({*versions, renamed}) == len(files) + 1
    assert load_dataset(tmp_path / "circles", PROJECT_DATA).version == versions[0]
