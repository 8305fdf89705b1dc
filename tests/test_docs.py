"""Is everything said, in three languages, and is everything that exists documented? Texts, screens, settings, commands, links."""

from __future__ import annotations

import argparse
import ast
import itertools
import re
import string
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from lib.catalog.query import PARAM_OF_FIELD
from lib.cli.main import _parser
from lib.i18n import Translator, load_messages
from lib.settings import LANGUAGES, PROJECT_DIR

LOCALE_FILES = sorted((PROJECT_DIR / "data" / "locales").glob("*.toml"))
NAMESPACES = {path.stem for path in LOCALE_FILES}
CODE = ("app.py", "pages", "lib")
DOCUMENTS = sorted([*PROJECT_DIR.glob("*.md"), *(PROJECT_DIR / "docs").glob("*.md"), *(PROJECT_DIR / "data").glob("*.md")])
PLURALS = {"pl": {"one", "few", "many", "other"}, "en": {"one", "other"}, "uk": {"one", "few", "many", "other"}}
MESSAGES = load_messages()


def _files() -> list[Path]:
    return [p for root in CODE for p in ([PROJECT_DIR / root] if root.endswith(".py") else sorted((PROJECT_DIR / root).rglob("*.py")))]


@cache
def _trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in _files())


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _forms(message: Any) -> list[str]:
    return list(message.values()) if isinstance(message, dict) else [message]


# --- texts


def test_babel_needs_exactly_the_plural_forms_that_are_written() -> None:
    counted = {code: {Locale.parse(code).plural_form(n) for n in [*range(200), 0.5]} for code in LANGUAGES}
    assert counted == PLURALS


def test_a_text_is_said_in_every_language() -> None:
    def whole(message: dict[str, Any]) -> bool:
        return set(message) == set(LANGUAGES) and all(form.strip() for said in message.values() for form in _forms(said))

    assert [key for key, message in MESSAGES.items() if not whole(message)] == []


def test_a_count_has_every_plural_form_of_its_language() -> None:
    counted = {key: {code: set(forms) for code, forms in message.items() if isinstance(forms, dict)} for key, message in MESSAGES.items()}
    assert {key: forms for key, forms in counted.items() if forms not in ({}, PLURALS)} == {}


def test_all_languages_and_forms_hold_the_same_placeholders() -> None:
    wrong = []
    for key, message in MESSAGES.items():
        wanted = _placeholders(_forms(message["pl"])[-1])
        for language in LANGUAGES:
            left_out = {"n"} if isinstance(message[language], dict) else set()  # "one record" needs no figure
            wrong += [(key, language, form) for form in _forms(message[language]) if not wanted ^ _placeholders(form) <= left_out]
    assert wrong == []


def test_every_text_can_be_said() -> None:
    silent = []
    for key, message in MESSAGES.items():
        names = {"n"}.union(*(_placeholders(form) for language in LANGUAGES for form in _forms(message[language])))
        for language, count in itertools.product(LANGUAGES, (0, 1, 2, 5)):
            try:
                said = Translator(language)(key, **dict.fromkeys(names, count))
                silent += [] if said else [(key, language, count, "empty")]
            except (LookupError, ValueError, TypeError) as error:
                silent.append((key, language, count, repr(error)))
    assert silent == []


def _said() -> Iterator[tuple[int, str, bool]]:
    """(line, key or pattern, whether it is a pattern) of every `t("...")` and `texts()("...")` in the code."""
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _is_translator(node.func):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield node.lineno, first.value, False
                elif isinstance(first, ast.JoinedStr):
                    yield node.lineno, _pattern(first), True


def _is_translator(function: ast.expr) -> bool:
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Attribute) and function.func.attr == "texts"
    return (isinstance(function, ast.Name) and function.id == "t") or (isinstance(function, ast.Attribute) and function.attr == "t")


def _pattern(node: ast.JoinedStr) -> str:
    parts = (re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.-]+" for v in node.values)
    return "".join(parts)


def test_every_key_in_the_code_has_a_text() -> None:
    assert sorted({key for _, key, is_pattern in _said() if not is_pattern and key not in MESSAGES}) == []


def test_every_key_made_of_parts_can_lead_to_a_text() -> None:
    patterns = {key for _, key, is_pattern in _said() if is_pattern}
    assert sorted(p for p in patterns if not any(re.fullmatch(p, key) for key in MESSAGES)) == []


def test_no_text_waits_for_somebody_to_say_it() -> None:
    words, patterns = set(), set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(_pattern(node))
    built = re.compile("|".join(p for p in patterns if p.split("\\.")[0].split(".")[0] in NAMESPACES) or "(?!)")
    starts = tuple(word for word in words if word.endswith(".") and word.split(".")[0] in NAMESPACES)
    said = words | {f"{space}.{word}" for space in NAMESPACES for word in words}
    idle = [key for key in MESSAGES if key not in said and not built.fullmatch(key) and not key.startswith(starts or "\0")]
    assert idle == []


# --- documents


def _read(name: str) -> str:
    return (PROJECT_DIR / name).read_text(encoding="utf-8")


def test_every_screen_is_documented_and_has_its_name() -> None:
    tree = ast.parse(_read("pages/main.py"))
    nodes = (n for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name) and n.targets[0].id == "SCREENS")
    screens = ast.literal_eval(next(nodes).value)
    text = _read("docs/README.md")
    for key, path, address in screens:
        assert f"`/{address}`" in text
        assert f"`pages/{path}`" in text
        assert f"frame.nav.{key}" in MESSAGES


def test_every_parameter_of_the_query_is_documented() -> None:
    text = _read("docs/README.md")
    assert [name for name in PARAM_OF_FIELD.values() if f"`{name}`" not in text] == []


def test_every_setting_is_documented() -> None:
    settings = set(re.findall(r"MAPA_[A-Z_]+", _read("lib/settings.py")))
    documented = set(re.findall(r"`(MAPA_[A-Z_]+)`", _read("docs/deployment.md")))
    assert settings == documented


def test_every_command_and_option_is_documented() -> None:
    parser = _parser(Translator())
    text = _read("docs/command_line.md")
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    commands = {name: sub for action in actions for name, sub in action.choices.items()}
    assert commands
    for name, sub in commands.items():
        assert f"## {name}" in text
        options = {option for action in sub._actions for option in action.option_strings if option.startswith("--") and option != "--help"}
        assert {option for option in options if option not in text} == set()


def test_every_make_target_is_said_where_people_look() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    targets = re.findall(r"^([a-z]+):.*##", _read("Makefile"), re.MULTILINE)
    assert [name for name in targets if name not in ("help", "bench") and f"make {name}" not in text] == []


def test_every_document_is_listed() -> None:
    text = _read("docs/README.md")
    names = [path.name for path in (PROJECT_DIR / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in names if f"({name})" not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(PROJECT_DIR)))
def test_links_inside_the_repository_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link and not link.startswith("#")]
    assert [link for link in targets if link and not (path.parent / link).exists()] == []


@pytest.mark.parametrize("word", ["gmina", "powiat", "KGW", "OSP", "UTW", "GOK", "LGD", "TERYT", "Miniforum", "JOWES", "KRS"])
def test_polish_words_are_explained_once(word: str) -> None:
    rows = [line for line in _read("docs/glossary.md").splitlines() if line.startswith("|")]
    names = Counter(name.strip() for row in rows for name in row.split("|")[1].split(","))
    assert names[word] == 1


def test_the_changelog_keeps_its_form() -> None:
    text = _read("CHANGELOG.md")
    assert "## Unreleased" in text
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
