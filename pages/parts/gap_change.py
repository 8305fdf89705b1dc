"""What would supposed services change: rates, reach and priorities before and after? Pure markup."""

from __future__ import annotations

import math

from lib.analysis.gaps import Area
from lib.analysis.service_reach import Share
from lib.analysis.what_if import Changed, Comparison
from pages.parts import tables
from pages.parts.gap_order import range_of
from pages.parts.gap_reach import range_text
from pages.parts.gap_view import View, interval, verdict_html
from pages.parts.html import esc
from pages.parts.tables import Column

MOVED = 0.005
"""Half a per cent of people: a smaller change of reach is not worth a line."""


def change_html(view: View, found: Comparison) -> str:
    """Each touched measure: rates of the gminas concerned, then whom the new services bring within reach."""
    return "".join(_rates(view, change) + _reach(view, change) for change in found.measures.values())


def _of(view: View, change: Changed) -> View:
    return View(view.catalog, view.cards, change.before, view.gmina, view.km, view.sort, {**view.keep, "m": change.before.measure.id})


def _rates(view: View, change: Changed) -> str:
    own, t = _of(view, change), view.t
    pairs = [(then, now) for then, now in zip(change.before.areas, change.after.areas, strict=True) if then != now]
    columns = [
        Column(t("gaps.column.gmina")),
        *(Column(t(f"gaps.change.{when}_{what}"), numeric=True) for when in ("before", "after") for what in ("rate", "interval")),
        Column(t("gaps.change.verdict")),
    ]
    rows = [
        [
            f'<a href="{own.area_link(then.teryt)}" target="_self">{esc(own.name(then.teryt))}</a>',
            *(cell for area in (then, now) for cell in (own.rate(area.high if own.years else area.rate), interval(own, area))),
            _verdicts(own, then, now),
        ]
        for then, now in pairs
    ]
    title = f"<h3>{esc(own.text('title'))}</h3>"
    if not rows:
        return f'{title}<p class="quiet">{esc(t("gaps.change.nothing"))}</p>'
    return title + tables.swipe(t) + tables.table(t("gaps.change.rates_caption", unit=own.text("unit")), columns, rows)


def _verdicts(view: View, then: Area, now: Area) -> str:
    if then.verdict == now.verdict:
        return verdict_html(view, now)
    return f"{verdict_html(view, then)} → {verdict_html(view, now)}"


def _reach(view: View, change: Changed) -> str:
    """The shares of people within reach before and after, for the region and every gmina that gains."""
    own, t = _of(view, change), view.t
    before, after = change.reach_before, change.reach_after
    columns = [
        Column(t("gaps.column.gmina")),
        *(Column(t("gaps.reach.within", km=share.km), numeric=True) for share in before.shares),
    ]
    rows = [
        [esc(own.name(then.teryt)), *(esc(_arrow(own, a, b)) for a, b in zip(then.shares, now.shares, strict=True))]
        for then, now in zip(before.areas, after.areas, strict=True)
        if any(_moved(a.least, b.least) or _moved(a.most, b.most) for a, b in zip(then.shares, now.shares, strict=True))
    ]
    region = [esc(t("gaps.region")), *(esc(_arrow(own, a, b)) for a, b in zip(before.shares, after.shares, strict=True))]
    return tables.swipe(t) + tables.table(t("gaps.change.reach_caption"), columns, [region, *rows], strong=0)


def _moved(one: float, other: float) -> bool:
    return math.isfinite(one) and math.isfinite(other) and abs(one - other) >= MOVED


def _arrow(view: View, then: Share, now: Share) -> str:
    shown = [range_text(view, share) for share in (then, now)]
    return shown[0] if shown[0] == shown[1] else " → ".join(shown)


def ranks_html(view: View, found: Comparison) -> str:
    """The gminas whose place in the order of priorities moves."""
    t = view.t
    before = {rank.teryt: rank for rank in found.ranking_before.ranks}
    moved = [rank for rank in found.ranking_after.ranks if rank.rank != before[rank.teryt].rank]
    if not moved:
        return f'<p class="quiet">{esc(t("gaps.change.no_ranks"))}</p>'
    columns = [Column(t("gaps.column.gmina")), *(Column(t(f"gaps.change.{when}_rank"), numeric=True) for when in ("before", "after"))]
    rows = [[esc(view.name(rank.teryt)), esc(range_of(view, before[rank.teryt])), esc(range_of(view, rank))] for rank in moved]
    return tables.table(t("gaps.change.ranks_caption"), columns, rows) + f'<p class="quiet">{esc(t("gaps.change.ranks_note"))}</p>'
