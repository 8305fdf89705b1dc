"""Map and list: what exists in the region, where, for whom, and how do we know?

A resident says afterwards: "In Garnek there is a club I did not know, I saw where the page says so, and I sent my friend
the same view." An animator: "These twelve villages have a circle and a fire brigade." An official: "The list I exported is
exactly what I filtered."
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from lib.analysis import rates as rates_of
from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import Query, checked
from lib.i18n import Translator
from pages.parts import cache, client, downloads, frame, legend, mapdata, mapview, results, state
from pages.parts.filters import Filters, seed
from pages.parts.html import esc

KINDS = ("resources", "initiatives", "needs")
"""What has a place on the map; programmes have none and are found elsewhere."""


def main() -> None:
    frame.title(state.texts()("map.title"), state.texts()("map.lead"))
    explorer()


@st.fragment
def explorer() -> None:
    """Filters, map and list: one answer to one address."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    seed(address)
    query, dropped = checked(address.query, catalog.dataset)
    scoped = replace(query, kinds=query.kinds or KINDS)
    result = results.resources_first(catalog, catalog.search(scoped))
    filters = Filters(catalog, query, catalog.facets(scoped), t)
    left, middle, right = st.columns([1.05, 2.6, 1.5], gap="medium")
    with middle:
        news = draw_map(catalog, result, address, query, t)
    state.head_start()
    with left, st.container(key="filters"):
        draw_filters(filters, t)
    with right:
        draw_answer(catalog, result, address, t, dropped)
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
    coloured = area_rates(catalog, result, address.extra("color"))
    picture = mapdata.Picture(
        selected=query.gminas,
        focus=focus_of(catalog, query),
        area_class=coloured.area_class if coloured else None,
        area_text={code: t("map.rate", rate=round(rate, 2)) for code, rate in coloured.rate.items()} if coloured else {},
        dark=state.dark(),
    )
    news = mapview.draw(catalog, result.rows, picture, t)
    st.html(legend.legend_html(catalog, result.rows, t, dark=state.dark()))
    if coloured:
        st.html(legend.classes_html(coloured, t, address.extra("color"), dark=state.dark()))
    return news


def focus_of(catalog: Catalog, query: Query, *, move: bool = False) -> mapdata.Focus | None:
    place = catalog.dataset.localities.get(query.near)
    return mapdata.Focus(place.latitude, place.longitude, query.within_km, move) if place else None


def area_rates(catalog: Catalog, result: Result, group: str) -> rates_of.Rates | None:
    """Records of the answer per 1,000 people of a group, when the visitor asked for colours."""
    if group not in rates_of.PEOPLE:
        return None
    mask = np.zeros(len(catalog), dtype=bool)
    mask[result.rows] = True
    population = {str(code): float(n) for code, n in rates_of.people(catalog.dataset.demography, group).items()}
    return rates_of.rates(catalog.counts_by_gmina(mask), population, list(catalog.dataset.gminas))


def draw_answer(catalog: Catalog, result: Result, address: state.Address, t: Translator, dropped: tuple[tuple[str, str], ...]) -> None:
    if dropped:
        st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(value for _, value in dropped)))}</div>')
    results.opened(catalog, result, address, t)
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
