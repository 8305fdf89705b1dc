"""What does a brief say of the services of a gmina? Every measure as a name, one plain sentence with its uncertainty, and a verdict."""

from __future__ import annotations

from collections.abc import Mapping

from lib.analysis.gaps import ABOVE, BELOW, UNCERTAIN, UNKNOWN, Area, Assessment
from lib.domain.measure import YEARS_SINCE
from lib.i18n import Translator
from lib.reports import gap_words
from lib.reports.record_sections import Gap

ORDER = (BELOW, UNKNOWN, ABOVE, UNCERTAIN)
"""A gap is what a meeting should hear first, then what nobody knows and somebody there may, then what there is enough of."""
NOT_ASKED = "no_people"
"""Nobody lives here for whom the service is: that is no question for a meeting."""


def gaps_of(assessments: Mapping[str, Assessment], teryt: str, t: Translator) -> tuple[Gap, ...]:
    """The measures of a gmina in the order of ORDER, within a verdict as the measures stand."""
    found = [(area, assessment) for assessment in assessments.values() if (area := assessment.area(teryt)) and area.reason != NOT_ASKED]
    found.sort(key=lambda pair: _place(*pair))
    return tuple(_gap(area, assessment, t) for area, assessment in found)


def _place(area: Area, assessment: Assessment) -> int:
    """Where a verdict stands in ORDER; more years since the last meeting are the worse side."""
    if _years(assessment):
        return ORDER.index({BELOW: ABOVE, ABOVE: BELOW}.get(area.verdict, area.verdict))
    return ORDER.index(area.verdict)


def _years(assessment: Assessment) -> bool:
    return assessment.measure.formula == YEARS_SINCE


def _gap(area: Area, assessment: Assessment, t: Translator) -> Gap:
    years = _years(assessment)
    said = gap_words.sentence(area, assessment, t, t.number, t.language)
    title = assessment.measure.text("short", t.language)
    verdict = t(f"gaps.verdict.years_{area.verdict}") if years else t(f"gaps.verdict.{area.verdict}")
    short = "" if years or area.verdict != UNCERTAIN else _short(area, assessment, t, title)
    return Gap(title, said, verdict, short, area.verdict != UNKNOWN)


def _short(area: Area, assessment: Assessment, t: Translator, title: str) -> str:
    """A measure that cannot tell the gmina from the average, with its count and interval beside the average."""
    low, high, reference = (gap_words.rate(value, t.number) for value in (area.low, area.high, assessment.reference))
    return t("brief.gaps.short", name=title, n=area.count, low=low, high=high, reference=reference)
