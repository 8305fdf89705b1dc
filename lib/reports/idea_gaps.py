"""Which gaps would an idea touch in its gmina? The measures of its themes and groups, each with its sentence in every language."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lib.analysis.gaps import BELOW, Area, Assessment
from lib.analysis.ideas.gaps import GapTouched
from lib.domain.measure import RATE, Measure
from lib.i18n import Translator
from lib.reports import gap_words

EVERYONE = "everyone"


def touched(
    assessments: Mapping[str, Assessment], teryt: str, themes: Collection[str], groups: Collection[str], speakers: Collection[Translator]
) -> tuple[GapTouched, ...]:
    """Measures of services that share a theme with the idea and are for its people; those clearly below average first."""
    found = [
        _touched(area, assessment, speakers)
        for assessment in assessments.values()
        if assessment.measure.formula == RATE and _about(assessment.measure, themes, groups) and (area := assessment.area(teryt))
    ]
    return tuple(sorted(found, key=lambda gap: not gap.sure))


def _about(measure: Measure, themes: Collection[str], groups: Collection[str]) -> bool:
    same_people = not groups or EVERYONE in measure.groups or bool({*groups} & {*measure.groups})
    return same_people and bool({*themes} & {*measure.themes})


def _touched(area: Area, assessment: Assessment, speakers: Collection[Translator]) -> GapTouched:
    notes = {t.language: gap_words.sentence(area, assessment, t, t.number, t.language) for t in speakers}
    return GapTouched(assessment.measure.id, area.teryt, assessment.measure.texts["short"], notes, area.verdict == BELOW)
