"""Map and list: what exists in the region, where, for whom, and how do we know?

A resident says afterwards: "In Garnek there is a club I did not know, I saw where the page says so, and I sent my friend
the same view." An animator: "These twelve villages have a circle and a fire brigade." An official: "The list I exported is
exactly what I filtered."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.analysis import rates as rates_of
from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import Query, checked
from lib.domain.records import PLACED_KINDS
from lib.i18n import Translator
from pages.parts import cache, client, downloads, frame, legend, mapdata, mapview, results, state
from pages.parts.filters import Filters, seed
from pages.parts.html import esc

PROGRAMMES = "funding"
"""They have no place on the map and come into the list when their layer is chosen."""
MANY_AREAS = 300
"""Beyond this many areas the map names them without their figures, which would outweigh the points."""


def main() -> None:
    frame.title(state.texts()("map.title"), state.texts()("map.lead"))
    explorer()


@st.fragment
def explorer() -> None:
    """Filters, map and list: one answer to one address."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    seed(address)
    query, dropped = checked(address.query, catalog.dataset)
    offered = replace(query, kinds=query.kinds or (*PLACED_KINDS, PROGRAMMES))
    scoped = offered if PROGRAMMES in query.layers else replace(query, kinds=query.kinds or PLACED_KINDS)
    result = results.resources_first(catalog, catalog.search(scoped))
    facets = catalog.facets(scoped) | {"layers": catalog.facets(offered)["layers"]}
    filters = Filters(catalog, query, facets, t)
    results.opened_record(catalog, address, t)
    left, middle, right = st.columns([1.05, 2.6, 1.5], gap="medium")
    with middle:
        news = draw_map(catalog, result, address, query, t)
    state.head_start()
    with left, st.container(key="filters"):
        draw_filters(filters, t)
    with right:
        draw_answer(catalog, result, address, query, t, dropped)
    act_on(news, address)


def draw_filters(filters: Filters, t: Translator) -> None:
    filters.search()
    filters.pills("layers", "category", plural=True)
    filters.gminas()
    filters.near()
    with st.expander(t("filter.more"), expanded=bool(filters.query.themes or filters.query.groups)):
        filters.pills("groups", "target_group")
        filters.pills("themes", "theme")
        filters.powiats()
        filters.trust()
        filters.colour({name: t(f"map.color.{name}") for name in rates_of.PEOPLE})
    with st.container(horizontal=True):
        filters.clear_button()
        client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")


def draw_map(catalog: Catalog, result: Result, address: state.Address, query: Query, t: Translator) -> dict[str, Any]:
    """The count, the map and its legend; returns what the visitor did on the map."""
    st.html(results.count_html(result, t))
    group = address.extra("color")
    counts = comparable_counts(catalog, result.query)
    coloured = area_rates(catalog, counts, group)
    picture = mapdata.Picture(
        selected=query.gminas,
        focus=results.focus_of_opened(catalog, address) or focus_of(catalog, query),
        area_class=coloured.area_class if coloured else None,
        area_text=legend.area_texts(catalog, counts, coloured, group, t) if len(counts) <= MANY_AREAS else {},
        dark=state.dark(),
    )
    news = mapview.draw(catalog, result.rows, picture, t)
    st.html(legend.legend_html(catalog, result.rows, t, dark=state.dark()))
    if coloured:
        st.html(legend.classes_html(coloured, t, group, dark=state.dark()))
    return news


def focus_of(catalog: Catalog, query: Query) -> mapdata.Focus | None:
    """The locality that the search is about; choosing it brings it into view."""
    place = catalog.dataset.localities.get(query.near)
    return mapdata.Focus(place.latitude, place.longitude, query.within_km, move=True) if place else None


def comparable_counts(catalog: Catalog, query: Query) -> dict[str, int]:
    """Results by gmina for the query without its place, so that choosing a gmina does not turn its neighbours into zeros."""
    everywhere = replace(query, gminas=(), powiats=(), near="", within_km=None)
    return catalog.counts_by_gmina(catalog.mask(everywhere))


def area_rates(catalog: Catalog, counts: Mapping[str, int], group: str) -> rates_of.Rates | None:
    """Results per 1,000 people of a group, when the visitor asked for colours."""
    if group not in rates_of.PEOPLE:
        return None
    population = {str(code): float(n) for code, n in rates_of.people(catalog.dataset.demography, group).items()}
    return rates_of.rates(counts, population, list(catalog.dataset.gminas))


def draw_answer(
    catalog: Catalog, result: Result, address: state.Address, query: Query, t: Translator, dropped: tuple[tuple[str, str], ...]
) -> None:
    if dropped:
        st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(value for _, value in dropped)))}</div>')
    results.chosen_records(result, t)
    results.gmina_links(catalog, query, t)
    results.missing_words(catalog, result, t)
    results.opened_place(catalog, result, address, t)
    st.html(f'<h2 id="lista">{esc(t("list.title"))}</h2>')
    results.result_list(catalog, result, address, t)
    downloads.buttons(catalog, result, t)


def act_on(news: dict[str, Any], address: state.Address) -> None:
    """Takes what the visitor did on the map into the address and draws again."""
    if "view" in news:
        st.session_state["_view"] = {name: float(news["view"][name]) for name in ("zoom", "south", "west", "north", "east")}
    elif "gmina" in news:
        teryt = str(news["gmina"])
        chosen = set(address.query.gminas) ^ {teryt}
        state.change(address, gminas=tuple(chosen), at="")
    elif not results.take_place(news, address):
        return
    st.rerun(scope="fragment")


main()
