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
FEW_PAGES = 2
"""A verdict that rests on no more pages than this says so: one mistaken or forgotten page would turn it over."""
Say = Callable[..., str]
"""A translator: `say(key, **params)`."""
Number = Callable[[float, int], str]


def sentence(area: Area, found: Assessment, t: Say, number: Number, language: str, *, estimated: bool = False) -> str:
    """A few sentences on one gmina under one measure; `estimated` says that its people are no official figure."""
    measure = found.measure
    words = {
        "service": measure.text("service", language),
        "unit": measure.text("unit", language),
        "n": area.count,
        "people": _people(area.people, t, number, estimated),
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
    if area.reason == "nothing_counted":
        return t("gaps.say.nothing_counted", **words)
    key = area.verdict if area.reason == "interval" else area.reason
    said = [t("gaps.say.counted", **words), t(f"gaps.say.{key}", **words)]
    if key == UNCERTAIN and (expected := found.expected(area)) is not None:
        said.insert(1, t("gaps.say.expected", expected=number(expected, 1)))
    return " ".join([*said, *thin_basis(area, found, t)])


def thin_basis(area: Area, found: Assessment, t: Say) -> list[str]:
    """How little a verdict rests on, where it rests on few pages or on none with a date; nothing for other verdicts."""
    records = found.records.get(area.teryt, ())
    if area.verdict not in (BELOW, ABOVE) or not records:
        return []
    pages = {source.url for item in records for source in item.sources}
    undated = not any(item.as_of for item in records)
    if len(pages) > FEW_PAGES and not undated:
        return []
    basis = {"records": t("gaps.say.thin_records", n=len(records)), "pages": t("gaps.say.thin_pages", n=len(pages))}
    return [t("gaps.say.thin_undated" if undated else "gaps.say.thin", **basis)]


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
    if alike(found):
        lines.append(t("gaps.summary.alike"))
    for key, reasons in UNKNOWN_FOR.items():
        names = [gminas[area.teryt].name for area in found.areas if area.reason in reasons and area.teryt in gminas]
        if names:
            lines.append(t(f"gaps.summary.{key}", n=len(names), names=", ".join(names)))
    if found.unseen is not None and found.unseen.unseen:
        lines.append(t("gaps.summary.unseen", seen=found.unseen.observed, n=round(found.unseen.unseen)))
    return lines


def alike(found: Assessment) -> bool:
    """Whether the gminas differ no more than chance would make them, so that nothing can be said of single ones."""
    return found.prior is not None and found.prior.a >= ALIKE


ALIKE = (1 - 1e-9) / MIN_SPREAD**2
"""The shape of a prior whose spread was raised to the least one: the gminas differ no more than chance would make them."""
UNKNOWN_FOR = {
    "holes": ("not_looked_for", "no_date"),
    "lawful": ("must_exist",),
    "doubted": ("unseen", "uneven", "clustered"),
    "exempt": ("no_people",),
}
"""Why nothing can be said of some gminas: a line of the summary each, by the reasons of their verdicts."""


def rate(value: float | None, number: Number) -> str:
    """A rate with two decimals, a dash where it is unknown."""
    return "–" if value is None or not math.isfinite(value) else number(value, RATE_DIGITS)


def _people(value: float | None, t: Say, number: Number, estimated: bool) -> str:
    if value is None or math.isnan(value):
        return "–"
    shown = number(round(value), 0)
    return t("gaps.about_people", n=shown) if estimated else shown
