"""Does every cell of a table hold what the schema allows? Each check looks at the distinct values once, then finds their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lib.catalog.boundaries import Areas
from lib.catalog.kinds import KIND_COLUMNS
from lib.catalog.reading import Rows, nearest, shorten
from lib.catalog.schema import Column, Table
from lib.domain.links import safe_web_url
from lib.domain.records import LIST_SEPARATOR, WHOLE_COUNTRY
from lib.domain.vocabulary import Vocabulary
from lib.errors import Problem

YEARS = range(1800, 2101)
"""Years a date may name: before 1800 nothing here existed, after 2100 it is a typing error."""
POSITION_COLUMNS = frozenset({"latitude", "longitude", "precision"})
"""Judged together in `lib.catalog.positions`."""

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MAIL = re.compile(r"[^@\s<>()\"]+@[^@\s<>()\"]+\.[^@\s<>()\".]{2,}")

Verdict = tuple[str, dict[str, Any]]
"""A problem code with the message's parameters."""
Judge = Callable[[str], list[Verdict]]


@dataclass(frozen=True)
class Context:
    """What the other files say: the codes, places and ids that a cell may refer to."""

    vocabularies: Mapping[str, Vocabulary]
    areas: Areas
    ids: Mapping[str, frozenset[str]]
    """Referable values by `table.column`."""


def check_table(table: Table, rows: Rows, context: Context) -> list[Problem]:
    """Every defect of a table's cells, column by column."""
    problems = [p for column in table.columns if column.name in rows.columns for p in _check_column(table, column, rows, context)]
    problems.extend(_check_keys(table, rows))
    problems.extend(_check_period(table.path, rows))
    return problems


def without_column(table: Table, problem: Problem) -> Problem:
    """A missing column told by what follows from it, so that no row of the table need say it again."""
    column = table.column(problem.column or "")
    kind = KIND_COLUMNS.get(table.name)
    if problem.code != "column_missing" or column is None:
        return problem
    if kind is not None and column.name in kind.fatal:
        return replace(problem, code="column_fatal")
    if kind is not None and kind.has_place and column.name in POSITION_COLUMNS:
        return replace(problem, code="column_position")
    return replace(problem, code="column_required") if _must_be_filled(table, column) else problem


def parts_of(cell: str) -> list[str]:
    """The entries of a list cell."""
    return [part for piece in cell.split(LIST_SEPARATOR) if (part := piece.strip())]


def is_date(text: str) -> bool:
    """Whether the text is a partial ISO date (YYYY, YYYY-MM or YYYY-MM-DD) of a day that can be."""
    found = _DATE.fullmatch(text)
    if found is None or int(found[1]) not in YEARS:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _check_column(table: Table, column: Column, rows: Rows, context: Context) -> list[Problem]:
    cells = rows.column(column.name)
    distinct = set(cells)
    problems: list[Problem] = []
    if "" in distinct and _must_be_filled(table, column):
        code = {"id": "id_missing", "source_url": "source_missing"}.get(column.name, "cell_missing")
        params = {"column": column.name}
        problems = [Problem(table.path, code, rows.numbers[i], column.name, params) for i, cell in enumerate(cells) if not cell]
    judges = _judges(table, column, context)
    verdicts = {cell: found for cell in distinct if cell and (found := [v for judge in judges for v in judge(cell)])}
    if verdicts:
        problems.extend(
            Problem(table.path, code, rows.numbers[i], column.name, found)
            for i, cell in enumerate(cells)
            for code, found in verdicts.get(cell, ())
        )
    return problems


def _must_be_filled(table: Table, column: Column) -> bool:
    kind = KIND_COLUMNS.get(table.name)
    if kind and column.name in POSITION_COLUMNS:
        return False
    return column.required or column.name in table.key or (kind is not None and column.name in kind.fatal)


def _judges(table: Table, column: Column, context: Context) -> list[Judge]:
    """The checks that the schema asks for in one column."""
    judges: list[Judge] = []
    if column.is_number:
        numeric = replace(column, minimum=None, maximum=None) if _judged_on_map(table, column, context) else column
        judges.append(lambda cell: _judge_number(cell, numeric))
    if column.is_date:
        judges.append(_judge_date)
    if column.is_link:
        judges.append(lambda cell: _judge_link(cell, column))
    if column.format == "email" or column.name == "email":
        judges.append(_judge_mail)
    known = tuple(context.vocabularies.get(column.vocabulary, ())) or column.enum
    if known:
        judges.append(lambda cell: _judge_known(cell, column, known, "code_unknown"))
    if column.name == "teryt" and context.areas.gminas and not table.vocabulary:
        judges.append(lambda cell: _judge_teryt(cell, context.areas))
    if column.name == "area_codes" and context.areas.gminas:
        judges.append(lambda cell: _judge_area(cell, context.areas))
    if column.references in context.ids:
        judges.append(lambda cell: _judge_reference(cell, column, context.ids[column.references]))
    if column.pattern and not _explained(column, context):
        compiled = re.compile(column.pattern)
        judges.append(lambda cell: _judge_pattern(cell, column, compiled))
    return judges


def _judged_on_map(table: Table, column: Column, context: Context) -> bool:
    """Whether `lib.catalog.positions` says more about this coordinate than that it is out of range."""
    return column.name in POSITION_COLUMNS and table.column("teryt") is not None and bool(context.areas.gminas)


def _explained(column: Column, context: Context) -> bool:
    """Whether another check already says what is wrong, in better words than a pattern can."""
    placed = column.name in {"teryt", "area_codes"} and bool(context.areas.gminas)
    return placed or column.is_date or column.is_number or column.is_link or column.references in context.ids


def _entries(cell: str, column: Column) -> Sequence[str]:
    return parts_of(cell) if column.is_list else (cell,)


def _judge_number(cell: str, column: Column) -> list[Verdict]:
    pattern = _INTEGER if column.type == "integer" else _NUMBER
    if not pattern.fullmatch(cell):
        return [("number_bad", {"value": shorten(cell)})]
    value = float(cell)
    low, high = column.minimum, column.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return [("number_range", {"value": cell, "low": "−∞" if low is None else f"{low:g}", "high": "∞" if high is None else f"{high:g}"})]
    return []


def _judge_date(cell: str) -> list[Verdict]:
    if is_date(cell):
        return []
    return [("date_impossible" if _DATE.fullmatch(cell) else "date_bad", {"value": shorten(cell)})]


def _judge_link(cell: str, column: Column) -> list[Verdict]:
    entries = parts_of(cell) if column.is_list or column.name == "other_sources" else (cell,)
    code = "source_bad" if column.name in {"source_url", "other_sources"} else "link_bad"
    return [(code, {"value": shorten(entry)}) for entry in entries if safe_web_url(entry) is None]


def _judge_mail(cell: str) -> list[Verdict]:
    return [("email_bad", {"value": shorten(entry)}) for entry in parts_of(cell) if not _MAIL.fullmatch(entry)]


def _judge_known(cell: str, column: Column, known: Sequence[str], code: str) -> list[Verdict]:
    return [
        (code, {"value": shorten(entry), "nearest": nearest(entry, known), "vocabulary": column.vocabulary or column.name})
        for entry in _entries(cell, column)
        if entry not in known
    ]


def _judge_teryt(cell: str, areas: Areas) -> list[Verdict]:
    if cell in areas.gminas:
        return []
    like = nearest(cell, tuple(areas.gminas))
    return [("teryt_unknown", {"value": shorten(cell), "nearest": like, "gmina": areas.gminas[like].name})]


def _judge_area(cell: str, areas: Areas) -> list[Verdict]:
    known = {WHOLE_COUNTRY} | {teryt[:size] for teryt in areas.gminas for size in (2, 4, 7)}
    unknown = [entry for entry in parts_of(cell) if entry not in known]
    return [("area_unknown", {"value": shorten(entry), "nearest": nearest(entry, sorted(known))}) for entry in unknown]


def _judge_reference(cell: str, column: Column, known: frozenset[str]) -> list[Verdict]:
    unknown = [entry for entry in _entries(cell, column) if entry not in known]
    return [("reference_unknown", {"value": shorten(entry), "target": column.references}) for entry in unknown]


def _judge_pattern(cell: str, column: Column, compiled: re.Pattern[str]) -> list[Verdict]:
    wrong = [entry for entry in _entries(cell, column) if not compiled.fullmatch(entry)]
    return [("pattern_bad", {"value": shorten(entry), "pattern": column.pattern}) for entry in wrong]


def _check_keys(table: Table, rows: Rows) -> list[Problem]:
    """Rows that repeat the key or a unique value of an earlier row."""
    keys = [table.key] if table.key else []
    keys += [(c.name,) for c in table.columns if c.unique and (c.name,) not in keys]
    if not keys and table.name in KIND_COLUMNS:
        keys = [("id",)]
    problems: list[Problem] = []
    for key in keys:
        if any(name not in rows.columns for name in key):
            continue
        cells = [rows.column(name) for name in key]
        first: dict[tuple[str, ...], int] = {}
        for number, values in zip(rows.numbers, zip(*cells, strict=True), strict=True):
            if any(values) and first.setdefault(values, number) != number:
                params = {"value": shorten(" + ".join(values)), "first": first[values]}
                problems.append(Problem(table.path, "id_double", number, key[0], params))
    return problems


def _check_period(file: str, rows: Rows) -> list[Problem]:
    """Events that end before they begin; partial dates are compared as far as both go."""
    starts, ends = rows.column("date_start"), rows.column("date_end")
    return [
        Problem(file, "date_order", number, "date_end", {"start": start, "end": end})
        for number, start, end in zip(rows.numbers, starts, ends, strict=True)
        if is_date(start) and is_date(end) and end[: len(start)] < start[: len(end)]
    ]
