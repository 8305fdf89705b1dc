"""How does the map come onto a screen without ever being made twice? A constant base map plus one changing layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import folium
import streamlit as st
from branca.element import MacroElement
from jinja2 import Template
from numpy.typing import NDArray
from streamlit_folium import st_folium

from lib.catalog.catalog import Catalog
from lib.geo.points import View
from lib.i18n import Translator
from pages.parts import assets, cache, mapdata

HEIGHT_PX = 640


class Base(MacroElement):
    """Starts `pages/static/mapa.js` on the folium map: boundaries by address, first view, nothing that depends on a visitor."""

    _template = Template("{% macro script(this, kwargs) %}Mapa.boot({{ this._parent.get_name() }}, {{ this.config }});{% endmacro %}")

    def __init__(self, config: str) -> None:
        super().__init__()
        self._name = "MapaBase"
        self.config = config


class Layer(folium.FeatureGroup):
    """The changing part of the map as one compact literal; streamlit-folium swaps it in place."""

    _template = Template("{% macro script(this, kwargs) %}var {{ this.get_name() }} = Mapa.layer({{ this.literal }});{% endmacro %}")

    def __init__(self, body: Mapping[str, Any]) -> None:
        super().__init__(name="records", control=False)
        self.literal = mapdata.encode(body)


@st.cache_data(max_entries=2, show_spinner=False)
def _bounds(version: str, _areas: dict[str, Any]) -> list[list[float]]:
    return mapdata.region_bounds(_areas)


def bounds(catalog: Catalog) -> list[list[float]]:
    """The region's [[south, west], [north, east]] in degrees."""
    return _bounds(catalog.dataset.version, catalog.dataset.boundaries)


def base_map(catalog: Catalog) -> folium.Map:
    """The map without records. Its script must stay the same from rerun to rerun: a changed one is mounted anew."""
    assets.ensure_assets()
    chosen = cache.settings()
    (south, west), (north, east) = bounds(catalog)
    fig = folium.Map(location=[(south + north) / 2, (west + east) / 2], zoom_start=9, tiles=None, zoom_snap=0.25, zoom_delta=0.5)
    fig.default_js = [("leaflet", assets.static_url("vendor/leaflet.js")), ("mapa", assets.static_url("mapa.js"))]
    fig.default_css = [("leaflet", assets.static_url("vendor/leaflet.css")), ("mapa", assets.static_url("mapa.css"))]
    if chosen.tiles_url:
        folium.TileLayer(chosen.tiles_url, attr=chosen.tiles_attribution, referrerPolicy="strict-origin-when-cross-origin").add_to(fig)
    config = {
        "ground": assets.ground_url(catalog.dataset),
        "bounds": bounds(catalog),
        "font": assets.static_url("vendor/source-sans.woff2"),
        "tiles": bool(chosen.tiles_url),
    }
    fig.add_child(Base(mapdata.encode(config)))
    return fig


def remembered_view(catalog: Catalog) -> View:
    """What this visitor's browser last said it shows; the whole region before it said anything."""
    told = st.session_state.get("_view")
    return View(**told) if told else mapdata.whole_view(bounds(catalog))


def draw(catalog: Catalog, rows: NDArray[Any], picture: mapdata.Picture, t: Translator, *, key: str = "map") -> dict[str, Any]:
    """Draws the records `rows` and returns what the visitor did on the map since the last run ({} for nothing new).

    The answer is {"gmina": TERYT}, {"place": [lat*1e5, lon*1e5], "approximate": bool} or {"view": {...}}.
    """
    body = mapdata.payload(catalog, rows, picture, t, remembered_view(catalog))
    told = st_folium(base_map(catalog), key=key, height=HEIGHT_PX, width=None, returned_objects=[], feature_group_to_add=Layer(body))
    return _news(told, key)


def _news(told: Mapping[str, Any] | None, key: str) -> dict[str, Any]:
    """The component repeats its last value on every rerun; only one with a new time stamp is news."""
    seen = f"_{key}_at"
    if not told or told.get("at") == st.session_state.get(seen):
        return {}
    st.session_state[seen] = told.get("at")
    return dict(told)
