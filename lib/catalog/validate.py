"""Is a data set sound, and if not, what is wrong where? Looks at everything, writes nothing, never stops at the first problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from lib.catalog.boundaries import NO_AREAS, Areas, read_areas
from lib.catalog.checks import Context, check_table, without_column
from lib.catalog.kinds import KIND_COLUMNS
from lib.catalog.measures import Known, measure_files, read_measures
from lib.catalog.positions import check_positions
from lib.catalog.reading import Rows, nearest, read_bytes, read_json, read_rows, shorten
from lib.catalog.schema import PACKAGE_FILE, VOCABULARY_FOLDER, Package, read_package
from lib.domain.measure import Measure
from lib.domain.vocabulary import Term, Vocabulary
from lib.errors import Problem

BOUNDARIES_FILE = "gminas/boundaries.geojson"
DEMOGRAPHY_FILE = "gminas/demography.csv"
PEOPLE_PREFIX = "pop_"
"""How the columns of people begin; the other numbers of the table are electors, years and official totals to compare with."""
LANGUAGES_OF_LABELS = ("pl", "en", "uk")
PLURAL = "_plural"
VERSION_CHARS = 12


@dataclass(frozen=True)
class Report:
    """What a validation found: `ok` when nothing is wrong, the rows read of each table, and every problem."""

    ok: bool
    tables: dict[str, Rows]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Examined:
    """A data set as read and checked: the ground for both the report and the loaded data."""

    package: Package
    tables: dict[str, Rows]
    areas: Areas
    vocabularies: dict[str, Vocabulary]
    measures: dict[str, Measure]
    problems: tuple[Problem, ...]
    version: str


def validate(directory: Path, fallback: Path | None = None) -> Report:
    """Every problem of a data directory; `fallback` lends its schema, codes and boundaries where the directory has none."""
    found = examine(directory, fallback)
    return Report(not found.problems, found.tables, found.problems)


def examine(directory: Path, fallback: Path | None = None) -> Examined:
    """Read and check all files of a data directory. Never raises on what the files hold."""
    if not directory.is_dir():
        return _without_directory(directory, fallback)
    package, problems = _whole_package(directory, fallback)
    digest = sha256()
    tables: dict[str, Rows] = {}
    boundaries: Any = None
    for table in sorted(package.tables.values(), key=lambda t: t.path):
        raw, missing = read_bytes(directory, table.path)
        problems.extend(missing)
        digest.update(table.path.encode() + b"\0" + (raw if raw is not None else b"\0"))
        if raw is None:
            continue
        if table.is_csv:
            tables[table.name], faults = read_rows(table.path, raw, [c.name for c in table.columns])
            found = tuple(without_column(table, fault) for fault in faults)
        else:
            value, found = read_json(table.path, raw)
            boundaries = value if table.path == BOUNDARIES_FILE else boundaries
        problems.extend(found)
    tables = {name: tables[name] for name in package.tables if name in tables}
    vocabularies = _vocabularies(package, tables, fallback)
    areas, astray = _areas(boundaries, package, tables, vocabularies, fallback)
    problems.extend(astray)
    problems.extend(_check(package, tables, areas, vocabularies))
    measures, read, broken = read_measures(*measure_files(directory, fallback), _known(package, vocabularies))
    digest.update(read)
    problems.extend(broken)
    return Examined(package, tables, areas, vocabularies, measures, _sorted(package, problems), digest.hexdigest()[:VERSION_CHARS])


def _known(package: Package, vocabularies: Mapping[str, Vocabulary]) -> Known:
    """What measure files may refer to."""
    demography = package.by_path(DEMOGRAPHY_FILE)
    people = tuple(c.name for c in demography.columns if c.name.startswith(PEOPLE_PREFIX)) if demography else ()
    return Known(people, vocabularies, {code: term.parent for code, term in vocabularies.get("subkind", {}).items() if term.parent})


def _without_directory(directory: Path, fallback: Path | None) -> Examined:
    package, _ = read_package(fallback, None) if fallback else (Package({}, {}), ())
    vocabularies = _vocabularies(package, {}, fallback)
    problem = Problem(str(directory), "folder_missing", None, None, {"path": str(directory)})
    measures, _, _ = read_measures(*measure_files(directory, fallback), _known(package, vocabularies))
    return Examined(package, {}, _fallback_areas(fallback), vocabularies, measures, (problem,), "none")


def _whole_package(directory: Path, fallback: Path | None) -> tuple[Package, list[Problem]]:
    """The directory's package; tables that it leaves out are taken from the fallback's and reported."""
    package, problems = read_package(directory, fallback)
    found = list(problems)
    if fallback is None or fallback == directory:
        return package, found
    known, _ = read_package(fallback, None)
    paths = {t.path for t in package.tables.values()}
    lacking = {n: t for n, t in known.tables.items() if n not in package.tables and t.path not in paths}
    found.extend(Problem(PACKAGE_FILE, "package_table_missing", None, None, {"table": name}) for name in lacking)
    return Package({**package.tables, **lacking}, package.descriptor), found


def _vocabularies(package: Package, tables: Mapping[str, Rows], fallback: Path | None) -> dict[str, Vocabulary]:
    """All vocabularies by name. One without a single sound row is taken from the fallback: screens need its labels."""
    found: dict[str, Vocabulary] = {}
    for name, table in package.tables.items():
        if not table.vocabulary:
            continue
        words = _vocabulary(tables.get(name, Rows()))
        if not words and fallback is not None:
            raw, _ = read_bytes(fallback, table.path)
            words = _vocabulary(read_rows(table.path, raw, [c.name for c in table.columns])[0]) if raw else {}
        found[table.vocabulary] = words
    return found


def _vocabulary(rows: Rows) -> Vocabulary:
    """Terms by code in the file's order; the first of a double code counts, one without a Polish label is left out."""
    words: Vocabulary = {}
    for row in rows:
        code, polish = row.get("code", ""), row.get("pl", "")
        if code and polish and code not in words:
            labels = {language: row.get(language, "") for language in LANGUAGES_OF_LABELS}
            plurals = {language: row.get(language + PLURAL, "") for language in LANGUAGES_OF_LABELS}
            words[code] = Term(code, labels, plurals, row.get("parent", ""))
    return words


def _fallback_areas(fallback: Path | None) -> Areas:
    raw = read_bytes(fallback, BOUNDARIES_FILE)[0] if fallback else None
    value = read_json(BOUNDARIES_FILE, raw)[0] if raw else None
    return read_areas(BOUNDARIES_FILE, value)[0] if value is not None else NO_AREAS


def _areas(
    value: Any, package: Package, tables: Mapping[str, Rows], vocabularies: Mapping[str, Vocabulary], fallback: Path | None
) -> tuple[Areas, list[Problem]]:
    """The directory's gminas. Those its demography names and its boundaries lack come from the fallback, with a problem."""
    if value is None:
        spare = _fallback_areas(fallback)
        return spare, _lent(spare)
    areas, found = read_areas(BOUNDARIES_FILE, value)
    problems = [*found, *_unknown_properties(areas, vocabularies)]
    demography = package.by_path(DEMOGRAPHY_FILE)
    rows = tables.get(demography.name, Rows()) if demography else Rows()
    counted = dict(zip(rows.column("teryt"), rows.column("gmina"), strict=True))
    lacking = tuple(t for t in counted if t and t not in areas.gminas)
    if lacking or not areas.gminas:
        spare = _fallback_areas(fallback)
        known = tuple(t for t in lacking if t in spare.gminas) if areas.gminas else tuple(spare.gminas)
        problems += [] if areas.gminas else _lent(spare)
        if areas.gminas:
            names = {t: spare.gminas[t].name for t in known}
            problems += [Problem(BOUNDARIES_FILE, "gmina_missing", None, "teryt", {"teryt": t, "gmina": n}) for t, n in names.items()]
        areas = areas.completed(spare, known)
    if len(rows) and "teryt" in rows.columns:
        uncounted = [g for t, g in areas.gminas.items() if t not in counted]
        problems += [Problem(DEMOGRAPHY_FILE, "gmina_uncounted", None, "teryt", {"teryt": g.teryt, "gmina": g.name}) for g in uncounted]
    return areas, problems


def _lent(spare: Areas) -> list[Problem]:
    """Says that other boundaries are shown than those of the directory, where there are any to show."""
    return [Problem(BOUNDARIES_FILE, "boundaries_lent")] if spare.gminas else []


def _unknown_properties(areas: Areas, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    for column, name in (("powiat", "powiat"), ("kind", "gmina_kind")):
        known = tuple(vocabularies.get(name, ()))
        for gmina in areas.gminas.values() if known else ():
            value = gmina.powiat if column == "powiat" else gmina.kind
            if value and value not in known:
                params = {"value": shorten(value), "nearest": nearest(value, known), "vocabulary": name}
                yield Problem(BOUNDARIES_FILE, "code_unknown", None, column, params)


def _check(package: Package, tables: Mapping[str, Rows], areas: Areas, vocabularies: Mapping[str, Vocabulary]) -> list[Problem]:
    targets = {c.references for t in package.tables.values() for c in t.columns if c.references}
    ids = {}
    for target in targets:
        name, _, column = target.partition(".")
        if name in tables and column in tables[name].columns:
            ids[target] = frozenset(tables[name].column(column))
    context = Context(vocabularies, areas, ids)
    problems: list[Problem] = []
    for name, rows in tables.items():
        problems.extend(check_table(package.tables[name], rows, context))
        problems.extend(check_positions(package.tables[name], rows, areas))
    problems.extend(_shared_ids(package, tables))
    problems.extend(_missing_vocabularies(package, vocabularies))
    return problems


def _shared_ids(package: Package, tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Ids that an earlier record table already uses: a link to such a record would be ambiguous."""
    owner: dict[str, str] = {}
    for name in KIND_COLUMNS:
        if name not in tables:
            continue
        file, rows = package.tables[name].path, tables[name]
        for number, value in zip(rows.numbers, rows.column("id"), strict=True):
            if value and owner.setdefault(value, file) != file:
                yield Problem(file, "id_taken", number, "id", {"value": shorten(value), "other": owner[value]})


def _missing_vocabularies(package: Package, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    named = {c.vocabulary for t in package.tables.values() for c in t.columns if c.vocabulary}
    for name in sorted(named):
        if not vocabularies.get(name):
            yield Problem(f"{VOCABULARY_FOLDER}/{shorten(name)}.csv", "vocabulary_missing")


def _sorted(package: Package, problems: list[Problem]) -> tuple[Problem, ...]:
    """By file in the package's order, then by row: the order in which someone would mend them."""
    place = {table.path: i for i, table in enumerate(package.tables.values())}
    return tuple(sorted(problems, key=lambda p: (place.get(p.file, -1), p.row or 0)))
