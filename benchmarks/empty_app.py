"""The least that streamlit-folium can show: an empty map with the same local Leaflet. What the explorer's first map is measured against."""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
fig = folium.Map(location=[50.8, 19.1], zoom_start=9, tiles=None)
fig.default_js = [("leaflet", "/app/static/leaflet.js"), ("mapa", "/app/static/mapa.js")]
fig.default_css = [("leaflet", "/app/static/leaflet.css"), ("mapa", "/app/static/mapa.css")]
st_folium(fig, key="map", height=640, width=None, returned_objects=[])
