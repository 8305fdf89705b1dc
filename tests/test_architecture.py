"""Do the rooms of the house stay apart? Reads the imports and fails on every arrow that the design does not allow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
APP_LINES = 60
"""The frame stays a frame: what does not fit belongs to a screen or a part."""
FILE_LINES = 500
"""A file longer than this holds two things."""
SOURCE_SUFFIXES = {".py", ".js", ".css", ".sh"}
"""Code; a table of texts or of records is as long as what it lists."""
SOURCE_ROOMS = ("app.py", "pages", "lib", "tests", "benchmarks", "scripts")
EVERY_LIB = frozenset(
    f"lib.{room}"
    for room in (
        *("domain", "geo", "catalog", "analysis", "contributions", "store", "exchange", "reports"),
        *("cli", "i18n", "settings", "errors"),
    )
)
ALLOWED: dict[str, frozenset[str]] = {
    "app": EVERY_LIB | {"pages.parts"},
    "pages.main": EVERY_LIB | {"pages.parts"},
    "pages.screens": EVERY_LIB | {"pages.parts"},
    "pages.parts": EVERY_LIB,
    "lib.__main__": EVERY_LIB,
    "lib.cli": EVERY_LIB,
    "lib.domain": frozenset(),
    "lib.geo": frozenset(),
    "lib.catalog": frozenset({"lib.geo", "lib.domain"}),
    "lib.analysis": frozenset({"lib.geo", "lib.domain"}),
    "lib.contributions": frozenset({"lib.geo", "lib.domain"}),
    "lib.exchange": frozenset({"lib.geo", "lib.domain"}),
    "lib.store": frozenset({"lib.contributions", "lib.domain"}),
    "lib.reports": frozenset({"lib.analysis", "lib.catalog", "lib.geo", "lib.domain", "lib.i18n"}),
    "lib.i18n": frozenset({"lib.settings"}),
    "lib.settings": frozenset(),
    "lib.errors": frozenset(),
}
"""Which room may import which; every room may import itself and `lib.errors`."""
SCREEN_PACKAGES = {"streamlit", "streamlit_folium", "folium", "branca", "starlette"}
LIGHT_AT_IMPORT = {
    "simplemma",
    "rapidfuzz",
    "openpyxl",
    "geopandas",
    "babel",
    "scipy",
    "typst",
    "PIL",
    "fontpkg_source_sans_3",
    "docx",
    "icalendar",
    "holidays",
    "networkx",
}
"""Packages that cost time to import and are not needed for the first screen: imported where they are used."""
STANDARD_ONLY = ("lib.domain", "lib.errors")


def _python_files(*roots: str) -> list[Path]:
    found = [PROJECT / root for root in roots]
    return sorted(path for root in found for path in ([root] if root.is_file() else root.rglob("*.py")))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    """The first two names of a module: the room it lives in (`app` is a room of its own)."""
    return ".".join(module.split(".")[:2])


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of every import, `from x import y` as `x.y` where x alone would be ambiguous."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module in ("lib", "pages"):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@pytest.mark.parametrize("path", _python_files("app.py", "pages", "lib"), ids=_module)
def test_no_arrow_points_where_the_design_does_not_allow_it(path: Path) -> None:
    room = _room(_module(path))
    if room in ("lib", "pages"):
        assert not list(_imports(_parsed(path))), "a package's __init__ holds its one sentence only"
        return
    allowed = ALLOWED[room] | {room, "lib.errors"}
    wrong = [f"line {n}: {m}" for n, m in _imports(_parsed(path)) if m.startswith(("lib.", "pages.")) and _room(m) not in allowed]
    assert wrong == []


@pytest.mark.parametrize("path", _python_files("lib"), ids=_module)
def test_lib_knows_no_screen(path: Path) -> None:
    assert [m for _, m in _imports(_parsed(path)) if m.split(".")[0] in SCREEN_PACKAGES] == []


@pytest.mark.parametrize("path", _python_files("lib", "pages"), ids=_module)
def test_what_is_slow_to_import_is_imported_where_it_is_used(path: Path) -> None:
    at_top = [m for node in _parsed(path).body for _, m in _imports(node) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [m for m in at_top if m.split(".")[0] in LIGHT_AT_IMPORT] == []


def test_the_domain_needs_the_standard_library_only() -> None:
    import sys

    files = [path for path in _python_files("lib") if _room(_module(path)) in STANDARD_ONLY]
    names = {m.split(".")[0] for path in files for _, m in _imports(_parsed(path))}
    assert names - {"lib"} <= sys.stdlib_module_names


def test_caches_live_in_one_place() -> None:
    """`cache_data` and `cache_resource` hold what visitors share; a browser component is made once and is no data."""
    text = {path: path.read_text(encoding="utf-8") for path in _python_files("pages/screens")}
    assert [path.name for path, code in text.items() if "st.cache_" in code] == []


@pytest.mark.parametrize("name", ["app.py", "pages/main.py"])
def test_the_frame_stays_a_frame(name: str) -> None:
    assert len((PROJECT / name).read_text(encoding="utf-8").splitlines()) <= APP_LINES


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    rooms = [PROJECT / room for room in SOURCE_ROOMS]
    files = [path for room in rooms for path in ([room] if room.is_file() else room.rglob("*")) if path.suffix in SOURCE_SUFFIXES]
    files = [path for path in files if not path.name.startswith("leaflet") and "vendor" not in path.parts]
    long = {str(p.relative_to(PROJECT)): n for p in files if (n := len(p.read_text(encoding="utf-8").splitlines())) > FILE_LINES}
    assert long == {}


@pytest.mark.parametrize("path", _python_files("app.py", "pages", "lib", "benchmarks", "tests"), ids=_module)
def test_every_module_says_which_question_it_answers(path: Path) -> None:
    assert ast.get_docstring(_parsed(path)) or not path.read_text(encoding="utf-8").strip()
