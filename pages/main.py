"""The frame: which screen is asked for, in which language? Everything else is in `screens/` and `parts/`."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, state

SCREENS = (
    ("map", "screens/map.py", ""),
    ("near", "screens/near.py", "blisko"),
    ("gmina", "screens/gmina.py", "gmina"),
    ("gaps", "screens/gaps.py", "luki"),
    ("plan", "screens/plan.py", "planer"),
    ("initiatives", "screens/initiatives.py", "inicjatywy"),
    ("idea", "screens/idea.py", "pomysl"),
    ("needs", "screens/needs.py", "potrzeby"),
    ("partners", "screens/partners.py", "partnerzy"),
    ("data", "screens/data.py", "dane"),
)
"""(key of texts, file, address): addresses are constant and untranslated, so that a link outlives a change of language."""


def main() -> None:
    t = state.texts()
    st.set_page_config(page_icon="🧭", layout="wide", initial_sidebar_state="collapsed")
    pages = [
        st.Page(path, title=f"{t(f'frame.nav.{key}')} · {t('frame.brand')}", url_path=url or None, default=not url)
        for key, path, url in SCREENS
    ]
    current = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=current.title)  # said anew on every run: the page of a record names it, the next screen must not
    frame.look(t)
    above = st.container()
    current.run()
    frame.footer(t)
    with above:  # drawn last, so that the map of the screen is on its way to the browser first
        frame.header(pages, [key for key, _, _ in SCREENS], t)


main()
