"""`python -m lib validate`: is a data directory sound, and if not, what is wrong where and what helps?"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from lib.cli.output import one_line, say, say_json
from lib.errors import Problem
from lib.i18n import Translator
from lib.settings import DATA_DIR


def run(directory: Path, t: Translator, *, as_json: bool) -> bool:
    """Print the report of a directory; True when nothing is wrong. A partial directory borrows schema and codes from the project."""
    from lib.catalog.validate import validate

    report = validate(directory, DATA_DIR)
    rows = {name: len(table) for name, table in report.tables.items()}
    if as_json:
        found = [_as_json(problem, t) for problem in report.problems]
        say_json({"ok": report.ok, "tables": {name: {"rows": count} for name, count in rows.items()}, "problems": found})
    else:
        _print(rows, report.problems, t)
    return report.ok


def _as_json(problem: Problem, t: Translator) -> dict[str, object]:
    reason, cure = _texts(problem, t)
    return {"file": problem.file, "row": problem.row, "column": problem.column, "reason": reason, "cure": cure}


def _texts(problem: Problem, t: Translator) -> tuple[str, str]:
    """Reason and cure in the user's language."""
    return t(f"problems.{problem.code}.reason", **problem.params), t(f"problems.{problem.code}.cure", **problem.params)


def _print(rows: dict[str, int], problems: tuple[Problem, ...], t: Translator) -> None:
    width = max(map(len, rows), default=0)
    for name, count in rows.items():
        say(f"{name.ljust(width)}  {t.number(count).rjust(7)}")
    say()
    for file, found in groupby(problems, key=lambda problem: problem.file):
        say(one_line(file))
        for problem in found:
            reason, cure = _texts(problem, t)
            say(f"  {_place(problem, t)}{one_line(reason)}")
            say(f"    → {one_line(cure)}")
    say(t("cli.validate.problems", n=len(problems)) if problems else t("cli.validate.sound"))


def _place(problem: Problem, t: Translator) -> str:
    """Where in the file: "row 12, themes: " as far as it is known."""
    parts = [t("cli.validate.row", row=str(problem.row))] if problem.row is not None else []
    parts += [one_line(problem.column)] if problem.column else []
    return ", ".join(parts) + ": " if parts else ""
