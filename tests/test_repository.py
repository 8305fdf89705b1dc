"""Can a stranger install, run and trust this repository? Dependencies, pins, commands, and nothing of any one machine."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
RUNTIME, DEVELOPMENT, CONSTRAINTS = (PROJECT / f"{name}.txt" for name in ("requirements", "requirements-dev", "constraints"))
IMPORT_NAMES = {
    "babel": "babel",
    "pillow": "PIL",
    "python-docx": "docx",
    "jinja2": "jinja2",
    "rapidfuzz": "rapidfuzz",
    "streamlit-folium": "streamlit_folium",
    "xstatic-leaflet": "xstatic",
    "axe-playwright-python": "axe_playwright_python",
}
"""What a package is imported as, where that is not its name."""
TOOLS = {"pytest-cov", "pytest-xdist", "ruff", "mypy", "pandas-stubs"}
"""Used from the command line or by another tool, never imported."""
OWN = {"lib", "pages", "scripts", "tests", "benchmarks", "app"}
LINE = re.compile(r"([A-Za-z0-9._-]+)==([^\s#]+)(?:\s+# (\S.*))?")
MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work)/[\w.]|@ file://|https?://[^\s/\"']*(?:pypi|devpi|nexus|artifactory)", re.IGNORECASE
)
"""Paths of one person's machine and hosts of package registries."""
TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".sh", ".js", ".css", ".json", ".yml", ".cfg", ""}
SKIPPED = {".git", ".venv", "vendor", "build", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "img"}


def _pins(path: Path) -> dict[str, tuple[str, str]]:
    """{normal name: (version, reason)} of a list of requirements."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    return {_normal(m[1]): (m[2], m[3] or "") for m in found if m}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _names_in(path: Path) -> frozenset[str]:
    """Top names of everything that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return frozenset(name.split(".")[0] for name in plain | parts)


def _imported(*roots: str) -> set[str]:
    """Top names of everything imported below some roots, the standard library and our own rooms left out."""
    files = [path for root in roots for path in ([PROJECT / root] if root.endswith(".py") else (PROJECT / root).rglob("*.py"))]
    return set().union(*map(_names_in, files)) - set(sys.stdlib_module_names) - OWN


def _modules(*lists: Path) -> set[str]:
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for path in lists for name in _pins(path)}


def test_what_the_app_imports_is_named_in_the_requirements() -> None:
    assert _imported("app.py", "pages", "lib") - _modules(RUNTIME) == set()


def test_what_tests_and_benchmarks_import_is_named_too() -> None:
    assert _imported("tests", "benchmarks") - _modules(RUNTIME, DEVELOPMENT) == set()


def test_every_direct_dependency_is_imported_somewhere_or_is_a_tool() -> None:
    used = _imported("app.py", "pages", "lib", "tests", "benchmarks")
    named = {name for path in (RUNTIME, DEVELOPMENT) for name in _pins(path)}
    assert {name for name in named - TOOLS if IMPORT_NAMES.get(name, name.replace("-", "_")) not in used} == set()
    assert named >= TOOLS


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=lambda p: p.name)
def test_every_direct_dependency_has_its_reason_beside_it(path: Path) -> None:
    assert [name for name, (_, reason) in _pins(path).items() if len(reason.split()) < 2] == []


def test_constraints_pin_the_direct_dependencies_to_the_same_versions() -> None:
    fixed = {name: version for name, (version, _) in _pins(CONSTRAINTS).items()}
    direct = {name: version for path in (RUNTIME, DEVELOPMENT) for name, (version, _) in _pins(path).items()}
    assert {name: fixed.get(name) for name in direct} == direct


def test_no_package_is_listed_twice() -> None:
    assert set(_pins(RUNTIME)) & set(_pins(DEVELOPMENT)) == set()


def test_the_readme_names_the_two_commands_and_the_way_on() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    for needed in ("make run", "make test", "CONTRIBUTING.md", "docs/", "LICENSE", "docs/img/"):
        assert needed in text


def test_the_readme_shows_pictures_that_exist() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text) if not (PROJECT / name).is_file()] == []


def test_make_knows_the_promised_targets() -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert [name for name in ("setup", "run", "test", "bench", "check") if not re.search(rf"^{name}:", text, re.MULTILINE)] == []


def test_continuous_integration_runs_the_whole_suite() -> None:
    script = PROJECT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
    assert "make test" in text
    assert "set -euo pipefail" in text


def test_a_browser_path_that_does_not_start_is_said_and_fails() -> None:
    environ = {**os.environ, "CHROMIUM_PATH": "/nowhere/chrome"}
    run = subprocess.run(["scripts/ensure_browser.sh"], cwd=PROJECT, env=environ, capture_output=True, text=True, timeout=60)
    assert run.returncode != 0
    assert "/nowhere/chrome" in run.stderr


def _texts() -> Iterator[Path]:
    for folder, folders, files in os.walk(PROJECT):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield from (Path(folder) / name for name in files if Path(name).suffix in TEXT_SUFFIXES)


def test_nothing_names_one_machine_or_a_package_registry() -> None:
    found = {}
    for path in _texts():
        if path == Path(__file__) or path.name.startswith(".coverage"):
            continue
        hit = MACHINE.search(path.read_text(encoding="utf-8", errors="replace"))
        if hit:
            found[str(path.relative_to(PROJECT))] = hit.group()
    assert found == {}
