"""Claims about what may have answered the needs of the project's data: the same thing, not a word in common."""

from __future__ import annotations

from functools import cache

import pytest

from lib.analysis.ideas.needs import answers
from lib.domain.statements import need_title
from lib.reports.ideas import said
from tests.reports.need_answers import RIGHT, WRONG
from tests.reports.test_idea_cases import desk


@cache
def pairs() -> list[tuple[str, str]]:
    """Every need of the data with everything that may have answered it, by name."""
    words, ground = said(desk()), desk().ground
    needs = [ground.items[row] for row in ground.rows("needs").tolist()]
    return [(need.name, one.item.name) for need in needs for one in answers(ground, need, words, limit=None)]


def found(need: str, record: str) -> bool:
    return any(need in one and record in other for one, other in pairs())


@pytest.mark.parametrize(("need", "record"), RIGHT)
def test_what_is_about_the_same_thing_may_have_answered(need: str, record: str) -> None:
    assert found(need, record)


@pytest.mark.parametrize(("need", "record"), WRONG)
def test_what_shares_a_word_only_is_no_answer(need: str, record: str) -> None:
    assert any(need in item.name for item in desk().dataset.items) and not found(need, record)


def test_nearly_every_pair_that_is_shown_was_read_by_somebody() -> None:
    unread = [pair for pair in pairs() if not any(need in pair[0] and record in pair[1] for need, record in RIGHT)]
    assert len(unread) <= 3, unread


def test_the_title_of_a_voted_need_is_what_was_asked_for() -> None:
    voted = [item for item in desk().dataset.items if item.kind == "needs" and item.details.get("votes")]
    titles = [need_title(item.name) for item in voted]
    assert len(set(titles)) == len(voted) == 36
    assert not any("głosów" in title or "Budżetu Obywatelskiego" in title for title in titles)
    assert need_title("Brakuje lokali.") == "Brakuje lokali."
