"""What does a brief say of the services of a gmina? Every measure as a count beside the usual one, in whole services, and a verdict."""

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
    return Gap(
        title=assessment.measure.text("short", t.language),
        here=_last_meeting(area, t) if years else t.number(area.count),
        usual="" if years else _usual(area, assessment, t),
        verdict=t(f"gaps.verdict.years_{area.verdict}") if years else t(f"gaps.verdict.{area.verdict}"),
        why=_why(area, assessment, t),
        known=area.verdict != UNKNOWN,
        open=not years and area.verdict == UNCERTAIN,
    )


def _last_meeting(area: Area, t: Translator) -> str:
    return "" if area.high is None else t("brief.gaps.years_ago", n=round(area.high))


def _usual(area: Area, assessment: Assessment, t: Translator) -> str:
    """How many whole services there would be if the gmina had as many for its people as the subregion."""
    expected = assessment.expected(area)
    return "" if expected is None else t.number(round(expected, 1))


def _why(area: Area, assessment: Assessment, t: Translator) -> str:
    """Why nothing can be said, or how little a verdict rests on; "" where neither needs saying."""
    if area.verdict == UNKNOWN:
        return t(f"brief.gaps.why.{area.reason}", effort=t.number(round(100 * area.effort), 0))
    return " ".join(gap_words.thin_basis(area, assessment, t))
