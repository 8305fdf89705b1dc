"""Which tables and columns must a data set have? Reads `datapackage.json`, the one schema of the project."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from lib.catalog.reading import read_bytes, read_json
from lib.errors import Problem

PACKAGE_FILE = "datapackage.json"
PARTIAL_DATE = "partial-date"
DATE_FORMATS = frozenset({PARTIAL_DATE, "date"})
NUMBER_TYPES = frozenset({"integer", "number"})
LINK_COLUMNS = frozenset({"source_url", "other_sources", "website", "url"})
"""Columns that hold web addresses even where the package does not say `format: uri`."""
VOCABULARY_FOLDER = "vocabularies"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column may hold."""

    name: str
    type: str = "string"
    format: str = ""
    required: bool = False
    unique: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    vocabulary: str = ""
    is_list: bool = False
    references: str = ""

    @property
    def is_number(self) -> bool:
        return self.type in NUMBER_TYPES

    @property
    def is_date(self) -> bool:
        return self.format in DATE_FORMATS or self.type == "date"

    @property
    def is_link(self) -> bool:
        return self.format == "uri" or self.name in LINK_COLUMNS


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the package; `columns` is empty for files that are not tables (boundaries)."""

    name: str
    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def is_csv(self) -> bool:
        return self.path.lower().endswith(".csv")

    @property
    def vocabulary(self) -> str:
        """The vocabulary's name when the table is one ("" otherwise)."""
        path = PurePosixPath(self.path)
        return path.stem if path.parent.name == VOCABULARY_FOLDER and self.is_csv else ""

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)


@dataclass(frozen=True, slots=True)
class Package:
    """The tables of a data set by name, and the descriptor as parsed (titles, licences, sources)."""

    tables: dict[str, Table]
    descriptor: dict[str, Any]

    def by_path(self, ending: str) -> Table | None:
        """The first table whose path ends so."""
        return next((t for t in self.tables.values() if t.path.endswith(ending)), None)


EMPTY_PACKAGE = Package({}, {})


def read_package(directory: Path, fallback: Path | None) -> tuple[Package, tuple[Problem, ...]]:
    """The package of a directory; without a usable one, that of `fallback`, with a problem that says so."""
    package, problems = _read_one(directory)
    if package is None and fallback is not None and fallback != directory:
        package, _ = _read_one(fallback)
    return package or EMPTY_PACKAGE, problems


def _read_one(directory: Path) -> tuple[Package | None, tuple[Problem, ...]]:
    raw, missing = read_bytes(directory, PACKAGE_FILE)
    if raw is None:
        return None, missing
    descriptor, problems = read_json(PACKAGE_FILE, raw)
    if descriptor is None:
        return None, problems
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not resources:
        return None, (*problems, Problem(PACKAGE_FILE, "package_broken", None, None, {"where": "resources"}))
    tables: dict[str, Table] = {}
    found = list(problems)
    for number, node in enumerate(resources):
        table = _parse_table(node)
        if table is None or table.name in tables:
            found.append(Problem(PACKAGE_FILE, "package_broken", None, None, {"where": f"resources[{number}]"}))
        else:
            tables[table.name] = table
    return (Package(tables, descriptor) if tables else None), tuple(found)


def _parse_table(node: Any) -> Table | None:
    """A table of the descriptor, or None when it is malformed or its path leaves the data directory."""
    if not isinstance(node, Mapping):
        return None
    name, path = node.get("name"), node.get("path")
    if not isinstance(name, str) or not isinstance(path, str) or not _inside(path):
        return None
    schema = node.get("schema")
    schema = schema if isinstance(schema, Mapping) else {}
    fields = schema.get("fields")
    parsed = [_parse_column(field) for field in fields] if isinstance(fields, list) else []
    if any(column is None for column in parsed):
        return None
    key = schema.get("primaryKey", ())
    key = (key,) if isinstance(key, str) else tuple(k for k in key if isinstance(k, str)) if isinstance(key, list) else ()
    return Table(name, path, tuple(column for column in parsed if column is not None), key)


def _inside(path: str) -> bool:
    """Only relative paths below the data directory: a package from elsewhere must not make the app read other files."""
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and not re.search(r"[\\:\x00-\x1f]", path)


def _parse_column(node: Any) -> Column | None:
    if not isinstance(node, Mapping) or not isinstance(node.get("name"), str):
        return None
    rules = node.get("constraints")
    rules = rules if isinstance(rules, Mapping) else {}
    enum = rules.get("enum")
    return Column(
        name=node["name"],
        type=_text(node, "type") or "string",
        format=_text(node, "format"),
        required=rules.get("required") is True,
        unique=rules.get("unique") is True,
        pattern=_pattern(rules),
        enum=tuple(str(v) for v in enum) if isinstance(enum, list) else (),
        minimum=_number(rules, "minimum"),
        maximum=_number(rules, "maximum"),
        vocabulary=_text(node, "vocabulary"),
        is_list=node.get("list") is True,
        references=_text(node, "references"),
    )


def _text(node: Mapping[str, Any], key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""


def _number(node: Mapping[str, Any], key: str) -> float | None:
    value = node.get(key)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300 else None


def _pattern(rules: Mapping[str, Any]) -> str:
    """The pattern if Python can compile it; a broken one checks nothing rather than everything."""
    pattern = _text(rules, "pattern")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return ""
    return pattern
