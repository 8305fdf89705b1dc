"""Of which tables does the data set consist, how many rows has each, where do they come from and under which licence?

Everything is told by `datapackage.json`; what is malformed there is left out instead of stopping the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.catalog.load import LOCALITIES, Dataset
from lib.catalog.reading import read_bytes, read_rows
from lib.catalog.schema import VOCABULARY_FOLDER, Table, read_package
from lib.domain.records import KINDS

BOUNDARIES = "boundaries"
DEMOGRAPHY = "demography"


@dataclass(frozen=True, slots=True)
class Named:
    """A source or a licence: what it is called and where it is found ("" when the package names no address)."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One file of the data set; `rows` counts what could be read of it."""

    name: str
    path: str
    title: str
    rows: int
    sources: tuple[Named, ...]
    licences: tuple[Named, ...]

    @property
    def is_vocabulary(self) -> bool:
        return self.path.startswith(f"{VOCABULARY_FOLDER}/")


def inventory(dataset: Dataset, directory: Path, fallback: Path | None = None) -> tuple[TableFacts, ...]:
    """The tables of the data set loaded from a directory, in the package's order."""
    package, _ = read_package(directory, fallback)
    nodes = {_text(node, "name"): node for node in _mappings(package.descriptor.get("resources"))}
    return tuple(
        _facts(table, nodes.get(table.name, {}), package.descriptor, _rows(dataset, directory, table)) for table in package.tables.values()
    )


def _facts(table: Table, node: Mapping[str, Any], shared: Mapping[str, Any], rows: int) -> TableFacts:
    """What the package says of a table; what it says of all tables holds where it says nothing of this one."""
    sources = named(node.get("sources") or shared.get("sources"))
    licences = named(node.get("licenses") or shared.get("licenses"))
    return TableFacts(table.name, table.path, _text(node, "title") or table.name, rows, sources, licences)


def _rows(dataset: Dataset, directory: Path, table: Table) -> int:
    if table.name in KINDS:
        return sum(item.kind == table.name for item in dataset.items)
    known: dict[str, Sized] = {LOCALITIES: dataset.localities, BOUNDARIES: dataset.gminas, DEMOGRAPHY: dataset.demography}
    if table.name in known:
        return len(known[table.name])
    raw, _ = read_bytes(directory, table.path)
    return len(read_rows(table.path, raw, [c.name for c in table.columns])[0]) if raw is not None and table.is_csv else 0


def named(nodes: Any) -> tuple[Named, ...]:
    """The titled entries of a list of sources or licences."""
    found = (Named(_text(node, "title") or _text(node, "name"), _text(node, "path")) for node in _mappings(nodes))
    return tuple(entry for entry in found if entry.title)


def _mappings(nodes: Any) -> list[Mapping[str, Any]]:
    return [node for node in nodes if isinstance(node, Mapping)] if isinstance(nodes, list) else []


def _text(node: Mapping[str, Any], key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""
