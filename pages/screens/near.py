"""Near me: what is there around my village, nearest first?

A resident says afterwards: "I typed Garnek and saw what is within ten kilometres." Or: "I pressed one button, it found my
village by itself and told me that my position was not kept." An animator: "Within a bicycle ride there are three circles."
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from lib.catalog.catalog import Catalog
from lib.catalog.query import Query, checked
from lib.domain.records import PLACED_KINDS
from lib.geo.distance import distances_km
from lib.i18n import Translator
from pages.parts import cache, client, downloads, frame, legend, mapdata, mapview, results, state
from pages.parts.filters import Filters, locality_label, seed
from pages.parts.html import esc

DEFAULT_KM = 10.0
"""A short drive or a longer bicycle ride: what people here still call "near"."""
REGION_EDGE_KM = 25.0
"""A visitor farther than this from every locality is told so instead of being shown a village that is not near."""


def main() -> None:
    t = state.texts()
    frame.title(t("near.title"), t("near.lead"))
    near_me()


@st.fragment
def near_me() -> None:
    """Choose or find a locality, then the answer sorted by distance."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    seed(address)
    query, _ = checked(address.query, catalog.dataset)
    scoped = replace(query, kinds=query.kinds or PLACED_KINDS, within_km=query.within_km or DEFAULT_KM)
    filters = Filters(catalog, scoped, catalog.facets(scoped), t)
    left, right = st.columns([1, 2], gap="medium")
    with left:
        filters.place()
        locate(catalog, address, t)
        if query.near:
            filters.radius(default=DEFAULT_KM)
            filters.pills("layers", "category", plural=True)
            filters.clear_button()
            client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")
    with right:
        answer(catalog, scoped, address, t) if query.near else st.html(f'<div class="notice">{esc(t("near.choose"))}</div>')


def answer(catalog: Catalog, query: Query, address: state.Address, t: Translator) -> None:
    """What is within the radius: count, map with the ring, list by distance, files."""
    result = catalog.search(query, sort="distance")
    st.html(
        f"<h2>{esc(t('near.around', name=locality_label(catalog, query.near), km=query.within_km))}</h2>{results.count_html(result, t)}"
    )
    place = catalog.dataset.localities[query.near]
    picture = mapdata.Picture(focus=mapdata.Focus(place.latitude, place.longitude, query.within_km, True), dark=state.dark())
    news = mapview.draw(catalog, result.rows, picture, t, key="near_map")
    st.html(legend.legend_html(catalog, result.rows, t, dark=state.dark()))
    results.opened(catalog, result, address, t)
    results.result_list(catalog, result, address, t)
    downloads.buttons(catalog, result, t)
    if results.take_place(news, address):
        st.rerun(scope="fragment")


def locate(catalog: Catalog, address: state.Address, t: Translator) -> None:
    """The browser's position, turned at once into the nearest locality; the position itself is neither kept nor put into the link."""
    position = client.ask_position(t("near.locate"), t("near.waiting"), t("near.failed"), key="locate")
    st.html(f'<p class="quiet">{esc(t("near.privacy"))}</p>')
    if position is None:
        return
    code, km = nearest_locality(catalog, *position)
    if km > REGION_EDGE_KM:
        st.html(f'<div class="notice" role="alert">{esc(t("near.far", km=round(km), name=locality_label(catalog, code)))}</div>')
    elif code != address.query.near:
        state.change(address, near=code)
        st.rerun(scope="fragment")


def nearest_locality(catalog: Catalog, latitude: float, longitude: float) -> tuple[str, float]:
    """(id, straight-line km in EPSG:2180) of the locality nearest to a WGS84 position."""
    places = list(catalog.dataset.localities.values())
    km = distances_km([p.longitude for p in places], [p.latitude for p in places], to_lon=longitude, to_lat=latitude)
    best = int(np.argmin(np.where(np.isfinite(km), km, np.inf)))
    return places[best].id, float(km[best])


main()
