"""What does the project know? Builds immutable records from a data directory; what is unsound is left out and listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lib.catalog.checks import parts_of
from lib.catalog.kinds import COMMON_COLUMNS, KIND_COLUMNS, OTHER, KindColumns
from lib.catalog.positions import degrees
from lib.catalog.reading import Rows
from lib.catalog.schema import Column, Table
from lib.catalog.validate import DEMOGRAPHY_FILE, Examined, examine
from lib.domain.links import safe_web_url
from lib.domain.measure import Coverage, Measure
from lib.domain.records import APPROXIMATE, LIST_SEPARATOR, Gmina, Item, Locality, Source
from lib.domain.vocabulary import Vocabulary
from lib.errors import Problem

FATAL_CODES = frozenset({"id_missing", "id_double", "id_taken", "cell_missing", "teryt_unknown", "source_missing", "source_bad"})
"""Codes that leave a row out when they hit a column it cannot do without."""
KEPT_CODES = frozenset({"characters_lost", "code_unknown", "reference_unknown", "area_unknown", "source_bad"})
"""Codes after which the cell is still read: lists keep their sound entries, lost letters do not make a text useless."""
POSITION_COLUMNS = frozenset({"latitude", "longitude", "precision"})
LOCALITIES = "localities"
COVERAGE = "coverage"


@dataclass(frozen=True, eq=False)
class Dataset:
    """The region's data: records of all kinds in the order of `KINDS`, places, codes, and what was wrong with the files."""

    items: tuple[Item, ...]
    gminas: dict[str, Gmina]
    boundaries: dict[str, Any]
    localities: dict[str, Locality]
    demography: pd.DataFrame
    vocabularies: dict[str, Vocabulary]
    measures: dict[str, Measure]
    coverage: dict[tuple[str, str], Coverage]
    package: dict[str, Any]
    problems: tuple[Problem, ...]
    version: str
    by_id: dict[str, int]


def load_dataset(directory: Path, fallback: Path | None = None) -> Dataset:
    """The sound part of a data directory with all its problems; never raises on what the files hold."""
    found = examine(directory, fallback)
    defects = _defects(found.problems)
    served: dict[str, frozenset[str]] = {}
    records: list[Item] = []
    for kind in KIND_COLUMNS:
        mine = list(_items(kind, found, defects, served))
        served[f"{kind}.id"] = frozenset(item.id for item in mine)
        records.extend(mine)
    items = tuple(records)
    return Dataset(
        items=items,
        gminas=found.areas.gminas,
        boundaries=found.areas.collection(),
        localities=_localities(found, defects),
        demography=_demography(found, defects),
        vocabularies=found.vocabularies,
        measures=found.measures,
        coverage=_coverage(found, defects),
        package=found.package.descriptor,
        problems=found.problems,
        version=found.version,
        by_id={item.id: place for place, item in enumerate(items)},
    )


Defects = Mapping[str, Mapping[int, tuple[Problem, ...]]]
"""The problems of each file by row."""
Served = Mapping[str, frozenset[str]]
"""The ids of the records served so far, by `table.column`."""


def _defects(problems: tuple[Problem, ...]) -> Defects:
    found: dict[str, dict[int, tuple[Problem, ...]]] = defaultdict(dict)
    for problem in problems:
        if problem.row is not None:
            rows = found[problem.file]
            rows[problem.row] = (*rows.get(problem.row, ()), problem)
    return found


def _sound(table: Table, rows: Rows, defects: Defects, fatal: tuple[str, ...]) -> tuple[Rows, frozenset[int]]:
    """Rows without those that a fatal defect hit, bad cells emptied; and the row numbers whose position is not to be trusted."""
    mine = defects.get(table.path, {})
    lost = {row for row, found in mine.items() if any(p.column in fatal and p.code in FATAL_CODES for p in found)}
    empty: dict[str, set[int]] = defaultdict(set)
    for row, found in mine.items():
        for problem in found:
            if problem.column in rows.columns and problem.code not in KEPT_CODES and problem.column not in fatal:
                empty[problem.column or ""].add(row)
    kept = [i for i, number in enumerate(rows.numbers) if number not in lost]
    numbers = [rows.numbers[i] for i in kept]
    columns = {
        name: [("" if rows.numbers[i] in empty[name] else cells[i]) for i in kept] if name in empty else [cells[i] for i in kept]
        for name, cells in rows.columns.items()
    }
    misplaced = frozenset(row for row, found in mine.items() if any(p.column in POSITION_COLUMNS for p in found))
    return Rows(columns, numbers), misplaced


def _items(kind: str, found: Examined, defects: Defects, served: Served) -> Iterable[Item]:
    """The records of one kind in the file's order; `served` holds the ids that references may lead to."""
    table, rows = found.package.tables.get(kind), found.tables.get(kind)
    spec = KIND_COLUMNS[kind]
    if table is None or rows is None or any(name not in rows.columns for name in spec.fatal):
        return ()
    rows, misplaced = _sound(table, rows, defects, spec.fatal)
    category = _codes(rows.column(spec.category), found.vocabularies.get(spec.category_vocabulary), OTHER)
    subkind = _codes(rows.column("subkind"), found.vocabularies.get("subkind"), "")
    places = _places(rows, misplaced, found.areas.gminas, spec)
    themes = _lists(rows.column("themes"), found.vocabularies.get("theme"))
    groups = _lists(rows.column("target_groups"), found.vocabularies.get("target_group"))
    texts = [rows.column("id"), [kind] * len(rows), rows.column(spec.name), category, subkind]
    wheres = [_interned(rows.column(name)) for name in ("teryt", "locality", spec.address, "postal_code")]
    details = _details(table, rows, spec, found, served)
    rest = [themes, groups, rows.column("summary_pl"), _interned(rows.column("as_of")), _sources(rows), details]
    cells = zip(zip(*texts, strict=True), zip(*wheres, strict=True), places, zip(*rest, strict=True), strict=True)
    return (_item(*groups_of_cells) for groups_of_cells in cells)


def _item(texts: tuple[str, ...], wheres: tuple[str, ...], place: Place, rest: tuple[Any, ...]) -> Item:
    """A record from its cells, in the order of Item's fields."""
    key, kind, name, category, subkind = texts
    teryt, locality, address, postal_code = wheres
    return Item(key, kind, name, category, subkind, teryt, locality, address, postal_code, *place, *rest)


def _interned(cells: list[str]) -> list[str]:
    """The cells with equal texts sharing one object: columns repeat themselves."""
    seen: dict[str, str] = {}
    return [seen.setdefault(cell, cell) for cell in cells]


def _codes(cells: list[str], known: Vocabulary | None, instead: str) -> list[str]:
    """Known codes as they are; an unknown one becomes `instead` where the vocabulary has that code, else nothing."""
    if not known:
        return _interned(cells)
    spare = instead if instead in known else ""
    choice = {cell: cell if cell in known or not cell else spare for cell in set(cells)}
    return [choice[cell] for cell in cells]


def _lists(cells: list[str], known: Vocabulary | None) -> list[tuple[str, ...]]:
    """The known codes of each list cell, once each, in the cell's order."""
    choice = {cell: tuple(dict.fromkeys(p for p in parts_of(cell) if not known or p in known)) for cell in set(cells)}
    return [choice[cell] for cell in cells]


Place = tuple[float | None, float | None, str]


def _places(rows: Rows, misplaced: frozenset[int], gminas: Mapping[str, Gmina], spec: KindColumns) -> Iterator[Place]:
    """Latitude, longitude and precision of each row.

    A position that is not to be trusted is replaced by the gmina's label point: the record is known to belong there, and
    gmina precision tells every screen not to draw it as a place.
    """
    if not spec.has_place:
        yield from ((None, None, ""),) * len(rows)
        return
    latitudes, longitudes = degrees(rows.column("latitude")).tolist(), degrees(rows.column("longitude")).tolist()
    columns = zip(rows.numbers, rows.column("teryt"), latitudes, longitudes, _interned(rows.column("precision")), strict=True)
    for number, teryt, latitude, longitude, precision in columns:
        gmina = gminas.get(teryt)
        sound = latitude == latitude and longitude == longitude and precision and number not in misplaced  # NaN differs from itself
        if sound:
            yield latitude, longitude, precision
        elif gmina:
            yield gmina.label_latitude, gmina.label_longitude, APPROXIMATE
        else:
            yield None, None, ""


def _sources(rows: Rows) -> Iterator[tuple[Source, ...]]:
    """The main source and the safe ones among the others; all were read when the row says, only the main one carries its date."""
    columns = zip(rows.column("source_url"), rows.column("other_sources"), rows.column("as_of"), rows.column("gathered"), strict=True)
    for url, others, as_of, gathered in columns:
        more = tuple(Source(u, "", gathered) for u in parts_of(others) if safe_web_url(u)) if others else ()
        yield (Source(url, as_of, gathered), *more)


def _details(table: Table, rows: Rows, spec: KindColumns, found: Examined, served: Served) -> Iterator[dict[str, str]]:
    """The remaining non-empty columns of each row, list cells with their sound entries only."""
    used = COMMON_COLUMNS | {spec.name, spec.category, spec.address}
    names = [name for name in rows.columns if name not in used and table.column(name) is not None]
    cells = [_cleaned(table.column(name), rows.column(name), found.vocabularies, served) for name in names]
    for values in zip(*cells, strict=True) if names else ((),) * len(rows):
        yield {name: value for name, value in zip(names, values, strict=True) if value}


def _cleaned(column: Column | None, cells: list[str], vocabularies: Mapping[str, Vocabulary], served: Served) -> list[str]:
    """Cells without codes or references that lead nowhere."""
    known = column and (frozenset(vocabularies.get(column.vocabulary, ())) or served.get(column.references))
    if not known:
        return _interned(cells)
    choice = {cell: LIST_SEPARATOR.join(p for p in parts_of(cell) if p in known) for cell in set(cells)}
    return [choice[cell] for cell in cells]


def _localities(found: Examined, defects: Defects) -> dict[str, Locality]:
    """Localities with a sound position by id."""
    table, rows = found.package.tables.get(LOCALITIES), found.tables.get(LOCALITIES)
    if table is None or rows is None:
        return {}
    rows, misplaced = _sound(table, rows, defects, ("id", "teryt", "locality"))
    latitudes, longitudes = degrees(rows.column("latitude")).tolist(), degrees(rows.column("longitude")).tolist()
    places: dict[str, Locality] = {}
    for row, number, latitude, longitude in zip(rows, rows.numbers, latitudes, longitudes, strict=True):
        if number in misplaced or latitude != latitude or longitude != longitude or not row.get("id") or not row.get("locality"):
            continue
        population, people = row.get("population", ""), row.get("people", "")
        places[row["id"]] = Locality(
            row["id"],
            row.get("teryt", ""),
            row["locality"],
            latitude,
            longitude,
            tuple(parts_of(row.get("postal_codes", ""))),
            int(population) if population else None,
            int(people) if people else None,
        )
    return places


def _coverage(found: Examined, defects: Defects) -> dict[tuple[str, str], Coverage]:
    """How complete the data of a gmina and subject is believed to be; a pair without a row is missing here."""
    table, rows = found.package.tables.get(COVERAGE), found.tables.get(COVERAGE)
    if table is None or rows is None:
        return {}
    rows, _ = _sound(table, rows, defects, ("teryt", "category", "level"))
    levels = found.vocabularies.get("coverage_level", {})
    pairs: dict[tuple[str, str], Coverage] = {}
    for row in rows:
        teryt, category, level, pages = (row.get(name, "") for name in ("teryt", "category", "level", "pages"))
        if level in levels and (teryt, category) not in pairs:
            fields = (row.get("reason", ""), int(pages) if pages else None, row.get("source_url", ""), row.get("as_of", ""))
            pairs[teryt, category] = Coverage(teryt, category, level, *fields)
    return pairs


def _demography(found: Examined, defects: Defects) -> pd.DataFrame:
    """People by gmina: TERYT as index (text), number columns as numbers, unknown as NaN."""
    table = found.package.by_path(DEMOGRAPHY_FILE)
    if table is None:
        return pd.DataFrame(index=pd.Index([], name="teryt", dtype=str))
    rows, _ = _sound(table, found.tables.get(table.name, Rows()), defects, ("teryt",))
    frame = pd.DataFrame({column.name: rows.column(column.name) for column in table.columns}, dtype=object)
    for column in table.columns:
        if column.is_number:
            frame[column.name] = pd.to_numeric(frame[column.name], errors="coerce")
    return frame.set_index("teryt") if "teryt" in frame else frame
