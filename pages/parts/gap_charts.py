"""How is a measure drawn: gminas by verdict, dots with intervals, the funnel? Gives the map its classes and the charts their rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.analysis import gaps
from lib.analysis.gaps import Area
from pages.parts import charts, plots, symbols
from pages.parts.gap_view import SAID, View, address
from pages.parts.html import esc

CLASSES = ("below", "uncertain", "above")
"""What the map tells apart; everything else is hatched."""
HATCHED = -1
FUNNEL_STEPS = 40
"""Points of the funnel's edge: enough for a curve without corners."""


def classes(view: View) -> dict[str, int]:
    """The class of each gmina on the map: its verdict, hatched where nothing can be said."""
    shown = {area.teryt: view.shown_verdict(area) for area in view.found.areas}
    return {teryt: CLASSES.index(verdict) if verdict in CLASSES else HATCHED for teryt, verdict in shown.items()}


def ramp(*, dark: bool) -> tuple[str, ...]:
    """The colours of CLASSES."""
    return tuple(symbols.VERDICTS[name][1 if dark else 0] for name in CLASSES)


def told(view: View, area: Area) -> str:
    """What the map says of a gmina under the pointer."""
    t = view.t
    if area.low is None or area.high is None:
        return view.verdict(area)
    between = t("gaps.from_to", low=view.rate(area.low), high=view.rate(area.high))
    value = view.rate(view.value(area))
    return f"{view.verdict(area)} · {value}" if view.years else f"{view.verdict(area)} · {value} ({between})"


def legend_html(view: View, *, dark: bool) -> str:
    """The colours of the map in words with their counts, then what the marks are."""
    t = view.t
    counts = {name: sum(view.shown_verdict(area) == name for area in view.found.areas) for name in SAID}
    entries = []
    for name in SAID:
        style = f' style="background:{symbols.VERDICTS[name][1 if dark else 0]}"' if name in symbols.VERDICTS else ""
        hatch = "" if style else " hatch"
        flipped = {"below": "above", "above": "below"}.get(name, name) if view.years else name
        key = f"gaps.verdict.years_{flipped}" if view.years else f"gaps.verdict.{name}"
        entries.append(f'<li><span class="swatch{hatch}"{style}></span>{esc(t(key))}: {t.number(counts[name])}</li>')
    label = esc(t("map.legend"))
    note = esc(t("gaps.map_note", service=view.text("service")))
    return f'<ul class="legend" aria-label="{label}">{"".join(entries)}</ul><p class="quiet">{note}</p>'


def intervals_html(view: View) -> str:
    """The gminas with their values and intervals, in the order of the table."""
    t = view.t
    rows = [
        charts.IntervalRow(
            label=view.name(area.teryt),
            href=address(view, area.teryt),
            low=area.low,
            value=view.value(area),
            high=area.high,
            verdict=area.verdict if view.value(area) is not None else gaps.UNKNOWN,
            note=note(view, area),
        )
        for area in view.areas()
    ]
    desc = t("gaps.chart.years_desc" if view.years else "gaps.chart.desc")
    reference = None if view.years else view.found.reference
    digits, worse = (0, charts.ABOVE) if view.years else (2, charts.BELOW)
    return charts.intervals(t("gaps.chart.title"), desc, rows, reference=reference, unit=view.text("unit"), t=t, worse=worse, digits=digits)


def note(view: View, area: Area) -> str:
    """Why nothing can be said, in a few words; empty where something can."""
    return view.t(f"gaps.why.{area.reason}") if area.verdict == gaps.UNKNOWN else ""


def funnel_html(view: View) -> str:
    """Rates by number of people with the limits of chance round the reference."""
    t, per = view.t, view.measure.per
    points = [
        plots.FunnelPoint(
            view.name(area.teryt),
            address(view, area.teryt),
            area.people,
            area.rate if area.low is not None else None,
            area.verdict,
        )
        for area in view.found.areas
        if area.reason != "no_people"
    ]
    if not points or not view.found.reference:
        return ""
    people = [point.people for point in points if point.people]
    return plots.funnel(
        t("gaps.funnel.title"),
        t("gaps.funnel.desc"),
        points,
        reference=view.found.reference,
        limits=limits(min(people), max(people), view.found.reference / per, per),
        unit_x=t("gaps.funnel.people"),
        unit_y=view.text("unit"),
        t=t,
        digits=2,
    )


def limits(least: float, most: float, rate: float, per: int) -> list[tuple[float, float, float]]:
    """(people, low, high) of the rates between which nine in ten gminas of that size would lie by chance alone (Poisson).

    Counts are whole, so the exact limits jump from size to size; they are interpolated between whole counts (Spiegelhalter 2005).
    """
    from scipy.stats import poisson

    sizes = np.geomspace(max(least, 1.0), max(most, 2.0), FUNNEL_STEPS)
    tail = (1 - gaps.INTERVAL) / 2
    ends = [_smooth_quantile(poisson, share, sizes * rate) for share in (tail, 1 - tail)]
    return [(float(n), float(a / n * per), float(b / n * per)) for n, a, b in zip(sizes, *ends, strict=True)]


def _smooth_quantile(poisson: Any, share: float, expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """The quantile of a Poisson count with a straight line between whole counts; never below 0."""
    whole = poisson.ppf(share, expected)
    upper, lower = poisson.cdf(whole, expected), poisson.cdf(whole - 1, expected)
    return np.asarray(np.maximum(whole - (upper - share) / (upper - lower), 0.0))
