"""The library of Mapa Aktywności: what exists in the region, found, explained and exported (no Streamlit, no folium)."""
