"""One gmina in depth: what does the measure say of it, on which records does that rest, and with whom is it compared? Pure markup."""

from __future__ import annotations

from collections.abc import Sequence

from lib.analysis import peers
from lib.analysis.gaps import Area, Assessment
from lib.analysis.neighbourhood import Neighbourhood
from lib.analysis.region import Region
from lib.analysis.service_reach import Reach
from lib.domain.measure import UNLOOKED
from lib.geo.neighbours import Border
from pages.parts import plots, tables
from pages.parts.cards import card_list, source_host
from pages.parts.gap_view import View, interval, people_link, subject_of, verdict_html
from pages.parts.html import esc, link
from pages.parts.tables import Column

RECORDS_SHOWN = 60
"""Cards kept on the page; the file of the measure has all records."""


def all_measures_html(view: View, found: Sequence[Assessment], teryt: str) -> str:
    """Every measure for this gmina in one table: what an official looks for first."""
    t = view.t
    columns = [
        Column(t("gaps.column.measure")),
        Column(t("gaps.column.verdict")),
        *(Column(t(f"gaps.column.{head}"), numeric=True) for head in ("count", "rate", "smoothed", "interval", "reference")),
    ]
    rows = [_measure_row(view, assessment, area) for assessment in found if (area := assessment.area(teryt))]
    caption = t("gaps.area.all_caption", name=view.name(teryt))
    return tables.table(caption, columns, rows, strong=_chosen(view, found), cards=True)


def _chosen(view: View, found: Sequence[Assessment]) -> int | None:
    return next((i for i, assessment in enumerate(found) if assessment.measure.id == view.measure.id), None)


def _measure_row(view: View, assessment: Assessment, area: Area) -> list[str]:
    own = view.under(assessment)
    unit = f'<br><span class="quiet">{esc(own.text("unit"))}</span>'
    return [
        f"{own.goto(own.text('short'), tab='area', gmina=area.teryt)}{unit}",
        verdict_html(own, area),
        f'<a href="{own.area_link(area.teryt, "g-records")}" target="_self">{view.t.number(area.count)}</a>',
        own.plain(area),
        own.rate(area.smoothed),
        "–" if own.years else interval(own, area),
        "–" if own.years else own.rate(assessment.reference),
    ]


def sentences_html(view: View, area: Area) -> str:
    """The verdict in plain sentences, and what the figure is made of."""
    t = view.t
    facts = [
        (t("gaps.column.people"), people_link(view, area)),
        (t("gaps.column.coverage"), f'<a href="#g-data">{esc(view.level(area.coverage))}</a>'),
    ]
    if not view.years:
        facts[1:1] = [
            (t("gaps.column.rate"), view.plain(area)),
            (t("gaps.column.smoothed"), view.rate(area.smoothed)),
            (t("gaps.column.interval"), interval(view, area)),
            (t("gaps.column.reference"), view.rate(view.found.reference)),
        ]
    listed = "".join(f"<dt>{esc(label)}</dt><dd>{markup}</dd>" for label, markup in facts)
    return (
        f'<p class="count">{verdict_html(view, area)}</p><p class="said">{esc(view.sentence(area), 1200)}</p>'
        f'<dl class="facts">{listed}</dl><p class="quiet">{esc(view.text("unit"))}. {view.goto(t("gaps.how"), tab="method")}.</p>'
    )


def records_html(view: View, teryt: str) -> str:
    """The records that were counted, each with its sources."""
    t, items = view.t, view.found.records.get(teryt, ())
    if not items:
        return f'<div class="notice">{esc(t("gaps.area.no_records", service=view.text("service")))}</div>'
    shown = card_list(view.cards, ((item, None) for item in items[:RECORDS_SHOWN]), t("gaps.area.records_label"))
    rest = len(items) - RECORDS_SHOWN
    return shown + (f'<p class="quiet">{esc(t("gaps.area.more_records", n=rest))}</p>' if rest > 0 else "")


def data_html(view: View, area: Area) -> str:
    """How complete the data is believed to be here, why, and what is probably still unseen."""
    t, lines = view.t, []
    for subject in dict.fromkeys(selection.covered_by for selection in view.measure.selections):
        known = view.catalog.dataset.coverage.get((area.teryt, subject))
        name = subject_of(view, subject)
        level = known.level if known else UNLOOKED
        reason = view.cards.term("coverage_reason", known.reason) if known else t("gaps.area.no_word")
        pages = t("gaps.area.pages", n=known.pages) if known and known.pages is not None else ""
        date = t("gaps.area.as_of", date=t.date(known.as_of)) if known and known.as_of else ""
        source = f" {link(known.source_url, source_host(known.source_url))}" if known and known.source_url else ""
        told = "; ".join(part for part in (reason, pages, date) if part)
        lines.append(f"<li><b>{esc(name)}</b>: {esc(view.level(level))} ({esc(told)}){source}</li>")
    records = view.found.records.get(area.teryt, ())
    if records:
        read = len({source.url for item in records for source in item.sources})
        lines.append(f"<li>{esc(t('gaps.area.record_pages', n=read))}</li>")
    if not view.years and area.coverage != UNLOOKED:
        lines.append(f"<li>{esc(t('gaps.area.effort', effort=round(100 * area.effort)))}</li>")
    if area.unseen:
        lines.append(f"<li>{esc(t('gaps.area.unseen', n=round(area.unseen)))}</li>")
    if view.found.unseen and view.found.unseen.unseen:
        whole = view.found.unseen
        lines.append(f"<li>{esc(t('gaps.area.unseen_region', seen=whole.observed, n=round(whole.unseen)))}</li>")
    fix = tables.goto("dane", {**view.cards.page_params, "tab": "fix"}, t("gaps.area.fix"))
    return f'<ul class="lines">{"".join(lines)}</ul><p>{fix}.</p>'


def peers_html(view: View, region: Region, teryt: str) -> str:
    """The most similar gminas beside this one, in what they are alike, and their common rate."""
    t, found = view.t, peers.peers(region, teryt)
    if not found:
        return f'<p class="quiet">{esc(t("gaps.peers.none"))}</p>'
    own = view.found.area(teryt)
    rows = [_peer_row(view, own, "–")] if own else []
    rows += [_peer_row(view, area, _alike(view, peer)) for peer in found if (area := view.found.area(peer.teryt))]
    caption, columns = t("gaps.peers.caption", name=view.name(teryt)), _peer_columns(view, "gaps.peers.alike")
    return (
        tables.table(caption, columns, rows, strong=0 if own else None, cards=True)
        + f"<p>{esc(_pooled(view, found, own), 600)}</p>"
        + f'<p class="quiet">{esc(t("gaps.peers.note"))}</p>'
    )


def _alike(view: View, peer: peers.Peer) -> str:
    """In what a gmina is like the one in question, in words."""
    t = view.t
    kind = t("gaps.peers.same_kind" if peer.same_kind else "gaps.peers.other_kind")
    return esc(
        t("gaps.peers.words", kind=kind, people=t.number(round(peer.people)), old=tables.percent(t, peer.old_share), like=1 - peer.distance)
    )


def _peer_row(view: View, area: Area, alike: str) -> list[str]:
    name = f'<a href="{view.area_link(area.teryt)}" target="_self">{esc(view.name(area.teryt))}</a>'
    return [
        name,
        verdict_html(view, area),
        view.t.number(area.count),
        view.plain(area),
        view.rate(area.smoothed),
        interval(view, area),
        alike,
    ]


def _pooled(view: View, found: Sequence[peers.Peer], own: Area | None) -> str:
    """The common rate of the similar gminas that were looked for."""
    if view.years:
        return ""
    areas = {area.teryt: area for area in view.found.areas}
    codes = tuple(peer.teryt for peer in found if areas[peer.teryt].coverage != UNLOOKED)
    counts = {code: areas[code].count for code in codes}
    people = {code: area.people for code, area in areas.items()}
    pooled = peers.pooled_rate(counts, people, codes, view.measure.per)
    if pooled is None or own is None:
        return view.t("gaps.peers.no_rate")
    powiat = peers.pooled_rate({code: area.count for code, area in areas.items()}, people, _powiat(view, own), view.measure.per)
    words = {"rate": view.rate(pooled), "own": view.plain(own), "powiat": view.rate(powiat), "unit": view.text("unit")}
    return view.t("gaps.peers.pooled", n=len(codes), **words)


def _powiat(view: View, own: Area) -> tuple[str, ...]:
    """The gminas of the same powiat that were looked for."""
    gminas = view.catalog.dataset.gminas
    return tuple(a.teryt for a in view.found.areas if a.coverage != UNLOOKED and gminas[a.teryt].powiat == gminas[own.teryt].powiat)


def neighbours_html(view: View, borders: Sequence[Border]) -> str:
    """The gminas that share a border, the longest first, under the same measure."""
    t = view.t
    areas = [(border, area) for border in borders if (area := view.found.area(border.teryt))]
    if not areas:
        return f'<p class="quiet">{esc(t("gmina.neighbours.none"))}</p>'
    rows = [_peer_row(view, area, esc(t("gaps.peers.border", km=round(border.km, 1)))) for border, area in areas]
    return tables.table(t("gaps.peers.neighbours"), _peer_columns(view, "gaps.peers.common"), rows, cards=True)


def _peer_columns(view: View, last: str) -> list[Column]:
    t = view.t
    heads = ("count", "years" if view.years else "rate", "smoothed", "interval")
    return [
        Column(t("gaps.column.gmina")),
        Column(t("gaps.column.verdict")),
        *(Column(t(f"gaps.column.{head}"), numeric=True) for head in heads),
        Column(t(last)),
    ]


def neighbourhood_html(view: View, found: Neighbourhood) -> str:
    """One plain sentence on whether neighbours are alike, and what 31 areas can show."""
    t = view.t
    if found.index is None or found.p is None:
        return f"<p>{esc(t('gaps.moran.none', n=found.areas))}</p>"
    key = "alike" if found.p <= MORAN_P and found.index > 0 else "apart" if found.p <= MORAN_P else "nothing"
    said = [t(f"gaps.moran.{key}", index=t.number(found.index, 2), p=t.number(found.p, 3), n=found.areas)]
    said += [t(f"gaps.moran.cluster.{one.kind}", name=view.name(one.teryt)) for one in found.clusters]
    if not found.clusters:
        said.append(t("gaps.moran.no_clusters"))
    return f"<p>{esc(' '.join(said), 1500)}</p>" + f'<p class="quiet">{esc(t("gaps.moran.note", n=found.areas))}</p>'


MORAN_P = 0.05
"""The usual line; the sentence says the value itself too."""


def reach_curve_html(view: View, reach: Reach, teryt: str) -> str:
    """The share of people within so many kilometres, for this gmina beside the region: at least and at most."""
    t = view.t
    own = next((area for area in reach.areas if area.teryt == teryt), None)
    if own is None or not own.shares or own.shares[0].least != own.shares[0].least:
        return f'<p class="quiet">{esc(t("gaps.reach.nobody"))}</p>'
    name = view.name(teryt)
    series = [
        plots.Series(t("gaps.reach.at_least", name=name), [(share.km, share.least * 100) for share in own.shares]),
        plots.Series(t("gaps.reach.at_most", name=name), [(share.km, share.most * 100) for share in own.shares]),
        plots.Series(t("gaps.reach.region_at_least"), [(share.km, share.least * 100) for share in reach.shares]),
    ]
    title = t("gaps.reach.curve_title", name=name)
    return plots.steps_curve(title, t("gaps.reach.curve_desc"), series, unit_x="km", unit_y="%", t=t)
