"""Claims about saying reasons: every key that the analysis can give has its sentence, and codes become labels."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lib.analysis.ideas.alike import Line
from lib.analysis.ideas.reason import because
from lib.i18n import Translator, load_messages
from lib.reports.idea_words import NAME_CHARS, Wording
from lib.settings import PROJECT_DIR
from tests.reports.test_idea_cases import ask, desk

ANALYSIS = sorted((PROJECT_DIR / "lib" / "analysis" / "ideas").glob("*.py"))


def words(language: str = "pl") -> Wording:
    return Wording(desk().dataset, desk().reader.concepts_by_id, Translator(language))


def _keys(path: Path, function: str) -> set[str]:
    """The constant first arguments of every call of a function in a file, both branches of a choice included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function and node.args:
            found |= {leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)}
    return found


@pytest.mark.parametrize(("function", "space"), [("because", "idea.reason"), ("Line", "idea.check")])
def test_every_reason_and_line_has_its_sentence(function: str, space: str) -> None:
    keys = {key for path in ANALYSIS for key in _keys(path, function)}
    assert keys and sorted(key for key in keys if f"{space}.{key}" not in load_messages() and not key.startswith("_")) == []


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_every_reason_of_an_answer_can_be_said(language: str) -> None:
    found, say = ask("festyn rodzinny z orkiestrą dla seniorów w remizie za 5000 zł", "2464011", who="ngo"), words(language)
    said = [
        say.reason(r)
        for one in (*found.needs, *found.existing, *found.examples, *found.partners, *found.hands, *found.funding)
        for r in one.reasons
    ]
    assert len(said) > 50 and all(said) and not any("{" in text for text in said)
    assert all(say.line(line) for line in found.checklist)


def test_codes_become_labels_and_ids_become_names() -> None:
    say = words("en")
    assert say.reason(because("themes", themes=("seniors", "health"))) == "common theme: Seniors’ matters, Health"
    assert say.reason(because("topics", topics=("computers",))) == "about the same: computers and the internet"
    assert say.reason(because("between", record="r-przyrow-osp-przyrow")) == "you have a partner in common: OSP Przyrów"
    assert say.reason(because("here", gmina="2404142")) == "have been active in the gmina of Przyrów"
    assert say.line(Line("season", (("month", 6), ("n", 2), ("of", 3)))) == "When: 2 of 3 initiatives like it began in June."


def test_what_has_no_label_is_said_as_it_is() -> None:
    say = words()
    assert say.name("r-nobody") == "r-nobody" and say.gmina("0000000") == "0000000" and say.topic("nothing") == "nothing"
    assert say.term("theme", "nothing") == "nothing"


def test_a_long_name_is_cut_inside_a_sentence() -> None:
    longest = max((item for item in desk().dataset.items if item.kind == "needs"), key=lambda item: len(item.name))
    assert len(longest.name) > NAME_CHARS and len(words().name(longest.id)) <= NAME_CHARS
