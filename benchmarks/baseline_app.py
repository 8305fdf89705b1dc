"""The default arrangement that the explorer is measured against: the map is rebuilt with one CircleMarker a point at each filter change."""

from __future__ import annotations

import os
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

COLOURS = {"ngo": "#1f5f8b", "kgw": "#b4472e", "senior_club": "#7a4f9a", "library": "#5c6b2f", "fire_brigade": "#8f1d2c"}


@st.cache_data
def points() -> pd.DataFrame:
    return pd.read_csv(Path(os.environ["MAPA_DATA_DIR"]) / "resources.csv", usecols=["name", "category", "latitude", "longitude"])


def main() -> None:
    st.set_page_config(layout="wide")
    chosen = st.pills("layers", list(COLOURS), selection_mode="multi", key="layers")
    shown = points()
    if chosen:
        shown = shown[shown["category"].isin(chosen)]
    fig = folium.Map(location=[52.0, 19.1], zoom_start=6, tiles=None, prefer_canvas=True)
    fig.default_js = [("leaflet", "/app/static/leaflet.js")]
    fig.default_css = [("leaflet", "/app/static/leaflet.css")]
    for row in shown.itertuples():
        folium.CircleMarker([row.latitude, row.longitude], radius=4, color=COLOURS[row.category], tooltip=row.name).add_to(fig)
    st_folium(fig, key="map", height=640, width=None, returned_objects=[])


main()
