"""Claims about the sentences on gaps beside an idea: whole services instead of rates, and no contradiction with the list of partners."""

from __future__ import annotations

import re
from functools import cache

import pytest

from lib.analysis.gaps import ABOVE, Assessment
from lib.analysis.ideas.gaps import GapTouched
from lib.i18n import Translator
from lib.reports.idea_gaps import touched
from tests.regions import project_region
from tests.reports.test_idea_cases import PRZYROW, desk

LANGUAGES = ("pl", "en", "uk")


@cache
def assessments() -> dict[str, Assessment]:
    from lib.analysis.gaps import assess_all

    return assess_all(project_region())


def gaps_of(teryt: str, themes: tuple[str, ...], groups: tuple[str, ...] = ()) -> tuple[GapTouched, ...]:
    return touched(assessments(), teryt, themes, groups, [Translator(language) for language in LANGUAGES], desk().dataset)


def test_a_culture_centre_that_is_a_library_by_its_name_makes_zero_libraries_no_gap() -> None:
    assert "libraries" not in [gap.measure for gap in gaps_of(PRZYROW, ("education",), ("seniors",))]


def test_a_gap_is_told_only_where_the_data_has_fewer_than_the_average_would_give() -> None:
    themes = tuple(desk().dataset.vocabularies["theme"])
    told = [gap for teryt in desk().dataset.gminas for gap in gaps_of(teryt, themes)]
    assert told
    for gap in told:
        found = assessments()[gap.measure]
        area = found.area(gap.teryt)
        assert area is not None and found.reference is not None
        assert area.count < round(found.reference * area.people / found.measure.per)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_rate_without_its_unit(language: str) -> None:
    themes = tuple(desk().dataset.vocabularies["theme"])
    notes = [gap.note(language) for teryt in desk().dataset.gminas for gap in gaps_of(teryt, themes)]
    assert len(notes) > 20
    assert [note for note in notes if re.search(r"\b\d+[.,]\d{1,2}\b", note)] == []


def test_what_there_is_more_of_than_average_is_no_gap() -> None:
    themes = tuple(desk().dataset.vocabularies["theme"])
    above = {(name, area.teryt) for name, found in assessments().items() for area in found.with_verdict(ABOVE)}
    told = {(gap.measure, gap.teryt) for teryt in desk().dataset.gminas for gap in gaps_of(teryt, themes)}
    assert told and above and not above & told
