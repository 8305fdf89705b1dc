"""Which gaps would an idea touch in its gmina? The measures of its themes and groups, each with a plain sentence in every language.

"Luki" tells rates, intervals and doubts in full; here the same verdict is said in whole services, with the way there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lib.analysis.gaps import ABOVE, BELOW, UNCERTAIN, Area, Assessment
from lib.analysis.ideas.gaps import GapTouched
from lib.analysis.ideas.offers import named_too
from lib.catalog.load import Dataset
from lib.domain.measure import RATE, Measure
from lib.domain.records import Item
from lib.domain.vocabulary import label_of
from lib.i18n import Translator

EVERYONE = "everyone"
ONE = 0.95
"""From this number of expected services on it is rounded to a whole one; below it not even one would be expected, and none is no gap."""


def touched(
    assessments: Mapping[str, Assessment],
    teryt: str,
    themes: Collection[str],
    groups: Collection[str],
    speakers: Collection[Translator],
    dataset: Dataset,
) -> tuple[GapTouched, ...]:
    """Measures of services that share a theme with the idea and are for its people; those clearly below average first. Where the
    gmina has as many as the average would give, or what it would give is less than one, there is no gap to tell."""
    found = [
        _touched(area, assessment, speakers, dataset)
        for assessment in assessments.values()
        if assessment.measure.formula == RATE
        and _about(assessment.measure, themes, groups)
        and (area := assessment.area(teryt))
        and area.verdict != ABOVE
        and _lacking(area, assessment, dataset)
    ]
    return tuple(sorted(found, key=lambda gap: not gap.sure))


def _lacking(area: Area, found: Assessment, dataset: Dataset) -> bool:
    """Whether the data has fewer of the service, those counted that are one by their name only, than the average would give."""
    expected = found.expected(area)
    return expected is not None and expected >= ONE and area.count + len(_besides(area, found.measure, dataset)) < round(expected)


def _about(measure: Measure, themes: Collection[str], groups: Collection[str]) -> bool:
    same_people = not groups or EVERYONE in measure.groups or bool({*groups} & {*measure.groups})
    return same_people and bool({*themes} & {*measure.themes})


def _touched(area: Area, assessment: Assessment, speakers: Collection[Translator], dataset: Dataset) -> GapTouched:
    besides = _besides(area, assessment.measure, dataset)
    notes = {t.language: " ".join((*_said(area, assessment, t), *_besides_said(besides, dataset, t))) for t in speakers}
    return GapTouched(assessment.measure.id, area.teryt, assessment.measure.texts["short"], notes, area.verdict == BELOW)


def _said(area: Area, found: Assessment, t: Translator) -> list[str]:
    """How many there are, how many would be there on average, and what follows, without a rate that needs a unit."""
    service = found.measure.text("service", t.language)
    said = [t("idea.gaps.counted", count=area.count, service=service, people=t.number(round(area.people or 0)))]
    said.append(t("idea.gaps.expected", count=round(found.expected(area) or 0)))
    if area.verdict in (BELOW, UNCERTAIN):
        said.append(t(f"idea.gaps.{area.verdict}"))
    return said


def _besides(area: Area, measure: Measure, dataset: Dataset) -> list[Item]:
    """Records of the gmina that are such a service by their name although the data has them under another category."""
    kinds = [selection.category for selection in measure.selections if selection.category]
    own = (item for item in dataset.items if item.kind == "resources" and item.teryt == area.teryt)
    return [item for item in own if any(named_too(item, kind) for kind in kinds)]


def _besides_said(items: Sequence[Item], dataset: Dataset, t: Translator) -> list[str]:
    known = dataset.vocabularies.get("category", {})
    return [t("idea.gaps.besides", name=item.name, category=label_of(known, item.category, t.language)) for item in items]
