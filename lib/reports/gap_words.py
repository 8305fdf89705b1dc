"""What does a measure say of a gmina, in words a councillor understands? The same sentences on the screen, in files and in print.

Every sentence names the count, the people and the reference; none calls a hole in the data a gap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from lib.analysis.bayes import MIN_SPREAD
from lib.analysis.gaps import ABOVE, BELOW, UNCERTAIN, Area, Assessment
from lib.domain.measure import YEARS_SINCE
from lib.domain.records import Gmina

RATE_DIGITS = 2
"""Services are rare: 0.26 clubs per 1,000 people, not 0.3."""
Say = Callable[..., str]
"""A translator: `say(key, **params)`."""
Number = Callable[[float, int], str]


def sentence(area: Area, found: Assessment, t: Say, number: Number, language: str) -> str:
    """One or two sentences on one gmina under one measure."""
    measure = found.measure
    words = {
        "service": measure.text("service", language),
        "unit": measure.text("unit", language),
        "n": area.count,
        "people": _whole(area.people, number),
        "rate": rate(area.rate, number),
        "low": rate(area.low, number),
        "high": rate(area.high, number),
        "reference": rate(found.reference, number),
        "effort": number(round(100 * area.effort), 0),
    }
    if measure.formula == YEARS_SINCE:
        return _years_sentence(area, found, t, number)
    if area.reason == "no_people":
        return t("gaps.say.no_people", **words)
    if area.reason == "not_looked_for":
        return t("gaps.say.not_looked_for", **words)
    if area.reason == "unseen":
        return t("gaps.say.unseen", **words)
    if area.reason == "uneven":
        return f"{t('gaps.say.counted', **words)} {t('gaps.say.uneven', **words)}"
    if area.reason == "nothing_counted":
        return t("gaps.say.nothing_counted", **words)
    key = area.verdict if area.verdict in (BELOW, ABOVE) else "uncertain"
    return f"{t('gaps.say.counted', **words)} {t(f'gaps.say.{key}', **words)}"


def _years_sentence(area: Area, found: Assessment, t: Say, number: Number) -> str:
    if area.high is None:
        return t("gaps.say.no_meeting")
    words = {"n": round(area.high), "reference": "–" if found.reference is None else number(found.reference, 1)}
    return t("gaps.say.meeting_recent" if area.verdict == BELOW else "gaps.say.meeting", **words)


def summary(found: Assessment, gminas: Mapping[str, Gmina], t: Say) -> list[str]:
    """What the measure shows of the region: who is below, who above, how many cannot be told apart, of how many nothing is known."""
    years = "years_" if found.measure.formula == YEARS_SINCE else ""
    lines = [] if years or found.with_verdict(BELOW, ABOVE) else [t("gaps.summary.neither")]
    for verdict in (BELOW,) if years else (BELOW, ABOVE):
        names = [gminas[area.teryt].name for area in found.with_verdict(verdict) if area.teryt in gminas]
        key = f"gaps.summary.{years}{verdict}" if names else f"gaps.summary.{years}no_{verdict}"
        if not lines or names:
            lines.append(t(key, n=len(names), names=", ".join(names)))
    lines.append(t(f"gaps.summary.{years}uncertain", n=len(found.with_verdict(UNCERTAIN))))
    if found.prior is not None and found.prior.a >= ALIKE:
        lines.append(t("gaps.summary.alike"))
    holes = [gminas[area.teryt].name for area in found.areas if area.reason in HOLES and area.teryt in gminas]
    if holes:
        lines.append(t("gaps.summary.holes", n=len(holes), names=", ".join(holes)))
    exempt = [gminas[area.teryt].name for area in found.areas if area.reason == "no_people" and area.teryt in gminas]
    if exempt:
        lines.append(t("gaps.summary.exempt", n=len(exempt), names=", ".join(exempt)))
    return lines


ALIKE = (1 - 1e-9) / MIN_SPREAD**2
"""The shape of a prior whose spread was raised to the least one: the gminas differ no more than chance would make them."""
HOLES = ("not_looked_for", "unseen", "uneven", "no_date")
"""Reasons by which a gmina is a hole in the data."""


def rate(value: float | None, number: Number) -> str:
    """A rate with two decimals, a dash where it is unknown."""
    return "–" if value is None or not math.isfinite(value) else number(value, RATE_DIGITS)


def _whole(value: float | None, number: Number) -> str:
    return "–" if value is None or math.isnan(value) else number(round(value), 0)
