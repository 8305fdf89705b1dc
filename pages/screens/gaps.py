"""Luki: which people are under-served, compared with whom, and how sure is that?

An official says afterwards: "I can tell the council which of our figures is a real lack and which may be chance, and they can check
it line by line." An animator: "I know where need and lack meet, and that the first five cannot be told apart." A resident: "I
saw that nobody asked in our gmina, and where to write what is missing."
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.analysis import what_if
from lib.analysis.service_reach import SENSITIVITY_KM
from lib.catalog.catalog import Catalog
from lib.catalog.query import Query, checked
from lib.domain.measure import RATE
from lib.i18n import Translator
from lib.reports import gap_words
from pages.parts import (
    cache,
    client,
    frame,
    gap_area,
    gap_change,
    gap_charts,
    gap_files,
    gap_method,
    gap_needs,
    gap_order,
    gap_overview,
    gap_reach,
    gap_state,
    mapdata,
    mapview,
    results,
    state,
)
from pages.parts.charts import CSS as CHARTS_CSS
from pages.parts.gap_view import CSS as GAPS_CSS
from pages.parts.gap_view import TABS, View, summary_html, table_html, tell
from pages.parts.gmina_box import gmina_box
from pages.parts.html import esc, tab_title

KM_CHOICES = SENSITIVITY_KM
USUAL_KM = 10.0


def main() -> None:
    """One measure, perhaps one gmina, one part of the screen: all in the address."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    st.html(CHARTS_CSS)
    st.html(GAPS_CSS)
    frame.title(t("gaps.title"), t("gaps.lead"))
    if not catalog.dataset.measures:
        st.html(f'<div class="notice">{esc(t("gaps.no_measures"))}</div>')
        return
    query, dropped = checked(Query(gminas=address.query.gminas[:1]), catalog.dataset)
    view = view_of(catalog, address, query, t)
    tab = gap_state.tab_of(address)
    gap_state.seed(view, tab)
    if dropped:
        st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(value for _, value in dropped)))}</div>')
    choosers(view, t)
    gap_state.tabs(t)
    st.set_page_config(page_title=tab_title(view.text("short"), t("frame.nav.gaps"), t("frame.brand")))
    PARTS[tab](view, t)
    st.html(gap_files.printed_html(view))


def view_of(catalog: Catalog, address: state.Address, query: Query, t: Translator) -> View:
    """What the address asks for."""
    found = cache.assessments(catalog)
    measure = gap_state.measure_of(address, catalog.dataset.measures)
    gmina = catalog.dataset.gminas.get(query.gminas[0]) if query.gminas else None
    keep = state.params_of(replace(address, query=replace(address.query, gminas=query.gminas)))
    asked = address.query.within_km
    km = asked if asked is not None and asked in KM_CHOICES else USUAL_KM
    return View(catalog, results.cards_for(catalog, t), found[measure], gmina, km, gap_state.sort_of(address), keep)


def choosers(view: View, t: Translator) -> None:
    """Measure and gmina, and what can be done with the page."""
    measures = view.catalog.dataset.measures
    with st.container(key="filters"):
        left, middle, right = st.columns([1.6, 1.2, 1.2], vertical_alignment="bottom")
        with left:
            st.selectbox(
                t("gaps.choose_measure"),
                list(measures),
                format_func=lambda name: measures[name].text("title", t.language),
                key=gap_state.MEASURE,
                placeholder=t("gaps.choose_measure"),
                on_change=gap_state.take,
                args=("m", gap_state.MEASURE),
            )
        with middle:
            gmina_box(view.catalog, t, t("gmina.choose"), t("gaps.choose_gmina_hint"), key=gap_state.GMINA, powiats=True)
        with right, st.container(horizontal=True):
            client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")
            client.print_button(t("gmina.print"), key="print")


def heading(text: str, anchor: str = "") -> None:
    """A heading of a part of the screen."""
    st.html(f'<h2 class="sec"{f" id={anchor}" if anchor else ""} tabindex="-1">{esc(text)}</h2>')


def draw_measure(view: View, t: Translator) -> None:
    """All gminas under the measure: summary, map, intervals, table, funnel, neighbours, files."""
    heading(view.text("title"))
    st.html(summary_html(view) + f'<p class="quiet">{view.goto(t("gaps.how"), tab="method")}.</p>')
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        news = draw_map(view, t)
        st.html(gap_charts.legend_html(view, dark=state.dark()))
        if not view.years:
            if funnel := gap_charts.funnel_html(view):  # none where nothing is counted
                st.html(funnel)
            st.html(gap_area.neighbourhood_html(view, cache.clusters(view.catalog, view.measure.id)))
    with right:
        chart = gap_charts.intervals_html(view)
        folded = f'<details class="group"><summary>{esc(t("gaps.chart.fold"))}</summary>{chart}</details>'
        st.html(folded if gap_words.alike(view.found) else chart)
    heading(t("gaps.table_title"), "tabela")
    gap_state.sorting(t)
    st.html(table_html(view))
    gap_files.buttons(view)
    act_on(news, view)


def draw_map(view: View, t: Translator) -> dict[str, Any]:
    """Gminas by verdict, the unknown ones hatched, with the services that were counted."""
    picture = mapdata.Picture(
        selected=(view.gmina.teryt,) if view.gmina else (),
        area_class=gap_charts.classes(view),
        area_text={area.teryt: tell(view, area) for area in view.found.areas},
        ramp=gap_charts.ramp(dark=state.dark()),
        by_area=True,
        dark=state.dark(),
    )
    with st.container(key="gap_map_box"):
        return mapview.draw(view.catalog, view.rows(), picture, t, key="gap_map")


def act_on(news: dict[str, Any], view: View) -> None:
    """A click on a gmina opens it in depth."""
    clicked = str(news.get("gmina", ""))
    if clicked in view.catalog.dataset.gminas:
        state.change(state.read(), gminas=(clicked,), tab="area")
        st.session_state["_to_area"] = clicked
        st.rerun()


def draw_overview(view: View, t: Translator) -> None:
    """Every gmina under every measure at a glance."""
    heading(t("gaps.overview.title"))
    found = list(cache.assessments(view.catalog).values())
    st.html(f"<p>{esc(t('gaps.overview.lead'), 900)}</p>" + gap_overview.overview_html(view, found))
    gap_files.overview_buttons(view, found)


def draw_area(view: View, t: Translator) -> None:
    """One gmina in depth; without one, the way to choose it."""
    if view.gmina is None:
        st.html(f'<div class="notice">{esc(t("gaps.area.choose"))}</div>' + table_html(view))
        return
    teryt = view.gmina.teryt
    area = view.found.area(teryt)
    heading(t("gaps.area.title", name=view.gmina.name), "g-area")
    client.to_anchor("g-area", st.session_state.pop("_to_area", None))
    left, right = st.columns([1.1, 1], gap="medium")
    with left:
        st.html(f"<h3>{esc(view.text('title'))}</h3>" + (gap_area.sentences_html(view, area) if area else ""))
        heading(t("gaps.area.data_title"), "g-data")
        st.html(gap_area.data_html(view, area) if area else "")
        heading(t("gaps.area.records_title"), "g-records")
        st.html(gap_area.records_html(view, teryt))
    with right:
        st.html(gap_area.all_measures_html(view, list(cache.assessments(view.catalog).values()), teryt))
        heading(t("gaps.peers.title"))
        st.html(gap_area.peers_html(view, cache.region(view.catalog), teryt))
        st.html(gap_area.neighbours_html(view, cache.borders(view.catalog).get(teryt, ())))
        if not view.years:
            heading(t("gaps.reach.title"))
            st.html(gap_area.reach_curve_html(view, cache.reach(view.catalog, view.measure.id, view.km), teryt))
    gap_files.area_buttons(view, list(cache.assessments(view.catalog).values()), teryt)


def draw_priority(view: View, t: Translator) -> None:
    """Need and lack together; the weights are sliders, the order comes with its uncertainty."""
    heading(t("gaps.order.title"))
    st.html(f"<p>{esc(t('gaps.order.how'), 1200)}</p>")
    left, right = st.columns([1, 2.4], gap="medium")
    with left, st.container(key="filters_order"):
        weights = gap_state.weight_sliders(t)
        measures = gap_state.measure_boxes(view, t)
    with right:
        if not measures:
            st.html(f'<div class="notice">{esc(t("gaps.order.no_measures"))}</div>')
            return
        with st.spinner(t("gaps.working")):
            found = cache.ranking(view.catalog, measures, weights)
        st.html(gap_order.told_apart_html(view, found) + gap_order.chart_html(view, found))
    st.html(gap_order.ranks_html(view, found) + gap_order.printed_html(view, found))
    gap_files.order_buttons(view, found)


def draw_reach(view: View, t: Translator) -> None:
    """How near the services are; the catchment's radius is a control and what it changes is shown."""
    heading(t("gaps.reach.title"))
    if view.measure.formula != RATE:
        st.html(f'<div class="notice">{esc(t("gaps.reach.not_for_years"))}</div>')
        return
    gap_state.radius(KM_CHOICES, t)
    found = cache.reach(view.catalog, view.measure.id, view.km)
    st.html(gap_reach.lead_html(view, found))
    st.html(gap_reach.table_html(view, found))
    left, right = st.columns(2, gap="medium")
    with left:
        heading(t("gaps.reach.sensitivity_title"))
        radii = tuple(sorted({*SENSITIVITY_KM, view.km}))
        st.html(gap_reach.sensitivity_html(view, cache.sensitivity(view.catalog, view.measure.id, radii), view.km))
    with right:
        heading(t("gaps.reach.far_title"))
        st.html(gap_reach.farthest_html(view, found))
    gap_files.reach_buttons(view, found)


def draw_needs(view: View, t: Translator) -> None:
    """Stated needs of the measure's themes without an answer in the data."""
    heading(t("gaps.needs.title"))
    gap_state.radius(KM_CHOICES, t)
    every = gap_state.all_needs(t)
    found = cache.answered(view.catalog, view.km)
    if not every:
        found = tuple(one for one in found if set(one.need.themes) & set(view.measure.themes))
    if view.gmina:
        found = tuple(one for one in found if one.need.teryt == view.gmina.teryt)
    if not found:
        st.html(f'<div class="notice">{esc(t("gaps.needs.none"))}</div>')
        return
    st.html(gap_needs.lead_html(view, found, view.km) + gap_needs.register_html(view))
    st.html(gap_needs.open_html(view, found) + gap_needs.answered_html(view, found))


def draw_change(view: View, t: Translator) -> None:
    """New services in localities, and what they would change."""
    heading(t("gaps.change.title"))
    st.html(f"<p>{esc(t('gaps.change.lead'), 900)}</p>")
    supposed = what_if.known(cache.region(view.catalog), gap_state.supposed_of(state.read()))
    gap_state.change_form(view, supposed, t)
    if not supposed:
        st.html(f'<div class="notice">{esc(t("gaps.change.empty"))}</div>')
        return
    with st.spinner(t("gaps.working")):
        found = cache.comparison(view.catalog, supposed, gap_state.weights_of(state.read()), view.km)
    st.html(gap_change.change_html(view, found))
    heading(t("gaps.change.ranks_title"))
    st.html(gap_change.ranks_html(view, found))


def draw_method(view: View, t: Translator) -> None:
    """How the figures are made, what decides them, and how complete the data is."""
    heading(t("gaps.method.title", measure=view.text("title")))
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(gap_method.measure_html(view))
    with right:
        st.html(f"<h3>{esc(t('gaps.method.verdicts'))}</h3>" + gap_method.verdicts_html(view) + gap_method.decided_html(view))
    heading(t("gaps.method.coverage_title"))
    st.html(gap_method.coverage_html(view))


PARTS: dict[str, Callable[[View, Translator], None]] = dict(
    zip(TABS, (draw_measure, draw_overview, draw_area, draw_priority, draw_reach, draw_needs, draw_change, draw_method), strict=True)
)


main()
