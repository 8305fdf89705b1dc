"""What would supposed services change: rates, reach and priorities before and after? Pure markup."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lib.analysis.gaps import Area
from lib.analysis.priority import Rank
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


def _rates(view: View, change: Changed) -> str:
    own, t = view.under(change.before), view.t
    pairs = [(then, now) for then, now in zip(change.before.areas, change.after.areas, strict=True) if then != now]
    columns = [
        Column(t("gaps.column.gmina")),
        Column(t("gaps.change.verdict")),
        *(
            Column(t(f"gaps.change.{when}_{what}"), numeric=True)
            for when in ("before", "after")
            for what in ("rate", "smoothed", "interval")
        ),
    ]
    rows = [
        [
            f'<a href="{own.area_link(then.teryt)}" target="_self">{esc(own.name(then.teryt))}</a>',
            _verdicts(own, then, now),
            *(cell for area in (then, now) for cell in (own.plain(area), own.rate(area.smoothed), interval(own, area))),
        ]
        for then, now in pairs
    ]
    title = f"<h3>{esc(own.text('title'))}</h3>"
    if not rows:
        return f'{title}<p class="quiet">{esc(t("gaps.change.nothing"))}</p>'
    said = "".join(f"<p>{esc(_conclusion(own, change, then, now), 700)}</p>" for then, now in pairs)
    return title + said + tables.swipe(t) + tables.table(t("gaps.change.rates_caption", unit=own.text("unit")), columns, rows)


def _conclusion(view: View, change: Changed, then: Area, now: Area) -> str:
    """What the change comes to, in two sentences: the verdict, and how many people come within the chosen distance."""
    t = view.t
    key = "same" if then.verdict == now.verdict else "other"
    said = [t(f"gaps.change.verdict_{key}", name=view.name(then.teryt), before=view.verdict(then), after=view.verdict(now))]
    before, after = ({area.teryt: area for area in reach.areas} for reach in (change.reach_before, change.reach_after))
    for one, other in zip(before[then.teryt].shares, after[then.teryt].shares, strict=True):
        if one.km == view.km and _moved(one.least, other.least):
            said.append(t("gaps.change.within", km=one.km, before=range_text(view, one), after=range_text(view, other)))
    return " ".join(said)


def _verdicts(view: View, then: Area, now: Area) -> str:
    if then.verdict == now.verdict:
        return verdict_html(view, now)
    return f"{verdict_html(view, then)} → {verdict_html(view, now)}"


def _reach(view: View, change: Changed) -> str:
    """The shares of people within reach before and after, for the region and every gmina that gains."""
    own, t = view.under(change.before), view.t
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
    note = f'<p class="quiet">{esc(t("gaps.reach.spread_note"), 600)}</p>'
    return tables.swipe(t) + tables.table(t("gaps.change.reach_caption"), columns, [region, *rows], strong=0) + note


def _moved(one: float, other: float) -> bool:
    return math.isfinite(one) and math.isfinite(other) and abs(one - other) >= MOVED


def _arrow(view: View, then: Share, now: Share) -> str:
    shown = [range_text(view, share) for share in (then, now)]
    return shown[0] if shown[0] == shown[1] else " → ".join(shown)


def ranks_html(view: View, found: Comparison) -> str:
    """The place in the order of priorities of the gminas with a new service, and folded away those of the others that move."""
    t = view.t
    before = {rank.teryt: rank for rank in found.ranking_before.ranks}
    places = view.catalog.dataset.localities
    own = dict.fromkeys(places[one.locality].teryt for one in found.supposed)
    after = {rank.teryt: rank for rank in found.ranking_after.ranks}
    moved = [rank for rank in found.ranking_after.ranks if rank.rank != before[rank.teryt].rank and rank.teryt not in own]
    note = f'<p class="quiet">{esc(t("gaps.change.ranks_note"))}</p>'
    first = _ranks_table(view, t("gaps.change.ranks_caption"), [(before[teryt], after[teryt]) for teryt in own if teryt in after])
    if not moved:
        return first + note
    others = _ranks_table(view, t("gaps.change.others_caption"), [(before[rank.teryt], rank) for rank in moved])
    return f'{first}{note}<details class="group"><summary>{esc(t("gaps.change.others", n=len(moved)))}</summary>{others}</details>'


def _ranks_table(view: View, caption: str, pairs: Sequence[tuple[Rank, Rank]]) -> str:
    t = view.t
    columns = [Column(t("gaps.column.gmina")), *(Column(t(f"gaps.change.{when}_rank"), numeric=True) for when in ("before", "after"))]
    rows = [[esc(view.name(then.teryt)), esc(range_of(view, then)), esc(range_of(view, now))] for then, now in pairs]
    return tables.table(caption, columns, rows)
