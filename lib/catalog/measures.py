"""Which measures does a data set define? Reads `measures/*.toml`; a broken file is left out and told as a problem."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.catalog.checks import is_date
from lib.catalog.reading import read_bytes, shorten
from lib.domain.measure import FORMULAS, INITIATIVES, TEXT_FIELDS, YEARS_SINCE, Measure, Selection
from lib.errors import Problem

FOLDER = "measures"
LANGUAGES = ("pl", "en", "uk")
MAX_YEARS = 50
"""Looking back further than that says nothing about today's services."""
KEYS = frozenset({"formula", "people", "per", "counts", "themes", "groups", "next_review", *TEXT_FIELDS})
COUNT_KEYS = {
    "resources": frozenset({"table", "category", "subkinds", "without"}),
    INITIATIVES: frozenset({"table", "category", "years", "meetings"}),
}
"""What a `[[counts]]` table may hold, by the table it counts: a word that is not read would silently count something else."""
_ID = re.compile(r"[a-z][a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Known:
    """What a measure file may refer to: demography columns, codes by vocabulary, and the category of each subkind.

    A vocabulary without codes checks nothing.
    """

    columns: Collection[str]
    codes: Mapping[str, Collection[str]]
    parents: Mapping[str, str]


class _MeasureError(ValueError):
    """A defect of a measure file: `where` it is and `code` (a problem code)."""

    def __init__(self, where: str, code: str = "measure_bad", value: object = "") -> None:
        super().__init__(where)
        self.where, self.code, self.value = where, code, shorten(str(value))


def measure_files(directory: Path, fallback: Path | None) -> tuple[Path, tuple[str, ...]]:
    """The directory the measures come from and their paths in it: the data set's own, else those of the project."""
    for base in (directory, fallback):
        if base is not None and (names := sorted(p.name for p in (base / FOLDER).glob("*.toml"))):
            return base, tuple(f"{FOLDER}/{name}" for name in names)
    return directory, ()


def read_measures(base: Path, paths: tuple[str, ...], known: Known) -> tuple[dict[str, Measure], bytes, list[Problem]]:
    """The sound measures by id in the order of their file names, the bytes read (for the data version), and every defect."""
    found: dict[str, Measure] = {}
    problems: list[Problem] = []
    read = b""
    for path in paths:
        raw, missing = read_bytes(base, path)
        problems.extend(missing)
        if raw is None:
            continue
        read += path.encode() + b"\0" + raw
        try:
            measure = parse(Path(path).stem, raw, known)
        except _MeasureError as wrong:
            problems.append(Problem(path, wrong.code, None, wrong.where, {"where": wrong.where, "value": wrong.value}))
        else:
            found[measure.id] = measure
    return found, read, problems


def parse(name: str, raw: bytes, known: Known) -> Measure:
    """A measure from the bytes of its file; raises _MeasureError at the first defect."""
    try:
        node = tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # bytes that are no UTF-8, no TOML, endless digits, thousands of brackets
        raise _MeasureError("", "measure_unreadable", error) from None
    if not _ID.fullmatch(name):
        raise _MeasureError("id", "measure_bad", name)
    for key in node:
        if key not in KEYS:
            raise _MeasureError(key, "measure_unknown_key")
    formula = _one_of(node, "formula", FORMULAS)
    selections = tuple(_selection(entry, i, known) for i, entry in enumerate(_tables(node.get("counts"))))
    if not selections:
        raise _MeasureError("counts", "measure_missing")
    people = _names(node, "people", known.columns)
    if not people:
        raise _MeasureError("people", "measure_missing")
    if len(set(people)) < len(people):
        raise _MeasureError("people", "measure_bad", " + ".join(people))
    if formula == YEARS_SINCE and any(s.table != INITIATIVES for s in selections):
        raise _MeasureError("counts", "measure_dates_needed")
    return Measure(
        id=name,
        formula=formula,
        people=people,
        per=_whole(node, "per", 1, 1_000_000, default=1_000),
        selections=selections,
        themes=_names(node, "themes", known.codes.get("theme", ())),
        groups=_names(node, "groups", known.codes.get("target_group", ())),
        next_review=_date(node, "next_review"),
        texts={field: _said(node, field) for field in TEXT_FIELDS},
    )


def _selection(node: Mapping[str, Any], place: int, known: Known) -> Selection:
    where = f"counts[{place}]"
    table = _one_of(node, "table", ("resources", INITIATIVES), f"{where}.table")
    for key in node:
        if key not in COUNT_KEYS[table]:
            raise _MeasureError(f"{where}.{key}", "measure_unknown_key")
    category = node.get("category", "")
    if not isinstance(category, str):
        raise _MeasureError(f"{where}.category", "measure_bad", category)
    categories = known.codes.get("category" if table == "resources" else "initiative_kind", ())
    if (table == "resources" or category) and categories and category not in categories:
        raise _MeasureError(f"{where}.category", "measure_bad", category)
    meetings = node.get("meetings", False)
    if not isinstance(meetings, bool):
        raise _MeasureError(f"{where}.meetings", "measure_bad", meetings)
    return Selection(
        table,
        category,
        _subkinds(node, "subkinds", where, category, known),
        _whole(node, "years", 0, MAX_YEARS, default=0, where=where),
        meetings,
        _subkinds(node, "without", where, category, known),
    )


def _subkinds(node: Mapping[str, Any], key: str, where: str, category: str, known: Known) -> tuple[str, ...]:
    """Subkinds of the category; those of another one would select nothing."""
    codes = _names(node, key, known.codes.get("subkind", ()), where)
    for code in codes:
        if known.parents.get(code, category) != category:
            raise _MeasureError(f"{where}.{key}", "measure_bad", code)
    return codes


def _tables(node: Any) -> list[Mapping[str, Any]]:
    if not isinstance(node, list) or not all(isinstance(entry, dict) for entry in node):
        raise _MeasureError("counts", "measure_missing")
    return node


def _one_of(node: Mapping[str, Any], key: str, valid: Collection[str], where: str = "") -> str:
    value = node.get(key)
    if value not in valid:
        raise _MeasureError(where or key, "measure_bad", value)
    return str(value)


def _names(node: Mapping[str, Any], key: str, valid: Collection[str], where: str = "") -> tuple[str, ...]:
    values = node.get(key, [])
    place = f"{where}.{key}" if where else key
    if not isinstance(values, list):
        raise _MeasureError(place, "measure_bad", values)
    for value in values:
        if not isinstance(value, str) or (valid and value not in valid):
            raise _MeasureError(place, "measure_bad", value)
    return tuple(values)


def _whole(node: Mapping[str, Any], key: str, least: int, most: int, *, default: int, where: str = "") -> int:
    value = node.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _MeasureError(f"{where}.{key}" if where else key, "measure_bad", value)
    return value


def _date(node: Mapping[str, Any], key: str) -> str:
    value = str(node.get(key, ""))
    if not is_date(value):
        raise _MeasureError(key, "measure_bad", value)
    return value


def _said(node: Mapping[str, Any], field: str) -> dict[str, str]:
    table = node.get(field)
    if not isinstance(table, dict):
        raise _MeasureError(field, "measure_missing")
    for language in LANGUAGES:
        if not isinstance(table.get(language), str) or not table[language].strip():
            raise _MeasureError(f"{field}.{language}", "measure_missing")
    return {language: str(table[language]).strip() for language in LANGUAGES}
