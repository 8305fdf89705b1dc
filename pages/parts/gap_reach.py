"""How near are the services to the people they are for, what does the chosen catchment change? Pure markup.

Shares are ranges: at least (services whose place is known), at most (the others might stand next door).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from lib.analysis.service_reach import Place, Reach, Share, agreement
from lib.domain.measure import UNLOOKED
from lib.geo.travel import DETOUR
from pages.parts import tables
from pages.parts.gap_view import View
from pages.parts.html import esc
from pages.parts.tables import Column

FARTHEST_SHOWN = 12
"""Localities named as farthest from a service: a screenful, the file has all."""
CLOSE_AGREEMENT = 0.9
"""Spearman's correlation from which two catchments give nearly the same order of gminas."""


def lead_html(view: View, reach: Reach) -> str:
    """What is near whom, in two sentences, and how distance is meant."""
    t = view.t
    known = (share for share in reach.shares if math.isfinite(share.least))
    said = [t("gaps.reach.lead", km=share.km, share=range_text(view, share)) for share in known]
    counted = t("gaps.reach.counted", placed=len(reach.services), n=reach.unplaced, service=view.text("service"))
    return (
        f"<p>{esc(' '.join(said), 900)}</p><p>{esc(counted, 600)}</p>"
        f'<p class="quiet">{esc(t("gaps.reach.travel", detour=view.t.number(DETOUR, 2)), 600)}</p>'
    )


def range_text(view: View, share: Share) -> str:
    """ "12–60%": at least to at most; one number where both round to the same, a dash where nobody is known."""
    if not math.isfinite(share.least):
        return "–"
    least, most = (round(value * 100) for value in (share.least, share.most))
    return view.t("gaps.reach.percent", n=least) if least == most else view.t("gaps.reach.range", low=least, high=most)


def table_html(view: View, reach: Reach) -> str:
    """Every gmina: shares of its people within each step, the mean way, and the catchment's value."""
    t = view.t
    steps = [share.km for share in reach.shares]
    columns = [
        Column(t("gaps.column.gmina")),
        Column(t("gaps.column.people"), numeric=True),
        *(Column(t("gaps.reach.within", km=km), numeric=True) for km in steps),
        Column(t("gaps.reach.mean"), numeric=True),
        Column(t("gaps.reach.access", km=reach.radius_km), numeric=True),
        Column(t("gaps.column.coverage")),
    ]
    order = {area.teryt: place for place, area in enumerate(view.areas())} if view.sort == "name" else {}
    areas = sorted(reach.areas, key=lambda area: order[area.teryt] if order else _first(area.shares))
    rows = [
        [
            f'<a href="{view.area_link(area.teryt)}" target="_self">{esc(view.name(area.teryt))}</a>',
            tables.number(t, area.people),
            *(esc(range_text(view, share)) for share in area.shares),
            _km(view, area.mean_km) if area.people else "–",
            view.rate(area.access),
            esc(view.level(area.coverage)),
        ]
        for area in areas
    ]
    strong = next((i for i, area in enumerate(areas) if view.gmina and area.teryt == view.gmina.teryt), None)
    note = f'<p class="quiet">{esc(t("gaps.reach.access_note"), 700)}</p>'
    return tables.swipe(t) + tables.table(t("gaps.reach.caption", measure=view.text("title")), columns, rows, strong=strong) + note


def _first(shares: tuple[Share, ...]) -> float:
    """The least sure share of the widest step first; a gmina without people last."""
    known = [share.least for share in shares if math.isfinite(share.least)]
    return known[-1] if known else 2.0


def _km(view: View, km: float) -> str:
    return esc(view.t("gaps.reach.km", km=round(km, 1))) if math.isfinite(km) else "–"


def sensitivity_html(view: View, catchments: Mapping[float, Mapping[str, float]], radius_km: float) -> str:
    """How much the order of the gminas depends on the chosen radius."""
    t, chosen = view.t, dict(catchments[radius_km])
    columns = [
        Column(t("gaps.reach.radius"), numeric=True),
        Column(t("gaps.reach.correlation"), numeric=True),
        Column(t("gaps.reach.last")),
    ]
    rows, said = [], []
    for km, values in catchments.items():
        alike = agreement(chosen, dict(values))
        said.append(alike)
        lowest = sorted(values, key=lambda teryt: (values[teryt], teryt))[:3]
        rows.append(
            [
                esc(t("gaps.reach.km", km=km)),
                "–" if math.isnan(alike) else t.number(alike, 2),
                esc(", ".join(view.name(teryt) for teryt in lowest)),
            ]
        )
    weakest = min((value for value in said if math.isfinite(value)), default=math.nan)
    key = "stable" if weakest >= CLOSE_AGREEMENT else "moves"
    sentence = "" if math.isnan(weakest) else f"<p>{esc(t(f'gaps.reach.{key}', value=t.number(weakest, 2)), 600)}</p>"
    return sentence + tables.table(t("gaps.reach.sensitivity_caption"), columns, rows)


def farthest_html(view: View, reach: Reach) -> str:
    """The localities with the longest way to a service whose place is known, in gminas that were looked for."""
    t = view.t
    looked = {area.teryt for area in reach.areas if area.coverage != UNLOOKED and not area.unplaced}
    places = [place for place in reach.places if place.teryt in looked and place.people > 0 and math.isfinite(place.km)]
    if view.gmina:
        places = [place for place in places if place.teryt == view.gmina.teryt]
    far = sorted(places, key=lambda place: (-place.km, place.id))[:FARTHEST_SHOWN]
    if not far:
        return f'<p class="quiet">{esc(t("gaps.reach.no_far"))}</p>'
    columns = [Column(t("gaps.reach.locality")), *(Column(t(f"gaps.reach.{head}"), numeric=True) for head in ("people", "way"))]
    columns.append(Column(t("gaps.reach.nearest")))
    rows = [
        [_place(view, place), esc(t("gaps.about_people", n=t.number(round(place.people)))), _km(view, place.km), _nearest(view, place)]
        for place in far
    ]
    return tables.table(t("gaps.reach.far_caption"), columns, rows) + f'<p class="quiet">{esc(t("gaps.reach.spread_note"), 600)}</p>'


def _place(view: View, place: Place) -> str:
    known = view.catalog.dataset.localities[place.id]
    near = tables.goto("blisko", {**view.cards.page_params, "near": place.id}, known.name)
    return f"{near} <span class='quiet'>({esc(view.name(place.teryt))})</span>"


def _nearest(view: View, place: Place) -> str:
    row = view.catalog.row_of(place.nearest)
    if row is None:
        return "–"
    return tables.goto("", {**view.cards.page_params, "id": place.nearest}, view.catalog.item(row).name)
