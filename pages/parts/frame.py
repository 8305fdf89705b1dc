"""What stands round every screen: the look, the name, the way between the screens, the language, word of broken data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from lib.i18n import Translator
from lib.settings import LANGUAGES
from pages.parts import cache, client, state
from pages.parts.html import esc

CSS = Path(__file__).with_name("app.css")
FOOTER_TABS = ("tables", "limits", "fix", "a11y")
LANGUAGE_NAMES = {"pl": "Polski", "en": "English", "uk": "Українська"}


def _choose_language() -> None:
    chosen = st.session_state.get("language_choice")
    if chosen in LANGUAGES:
        state.choose_language(chosen)


def look(t: Translator) -> None:
    """The app's style and the language of the document."""
    st.html(CSS)
    client.set_language(t.language)
    client.name_widgets(t, [cache.translator(language) for language in LANGUAGES])


def header(pages: Sequence[Any], keys: Sequence[str], t: Translator) -> None:
    """The name, links to the screens and the choice of language, as one row that wraps on a phone."""
    st.html(f'<a class="skip" href="#tresc">{esc(t("frame.skip"))}</a>')
    with st.container(horizontal=True, key="header", vertical_alignment="center", gap="small"):
        st.html(f'<p class="brand">{esc(t("frame.brand"))}</p>', width="content")
        for page, key in zip(pages, keys, strict=True):
            st.page_link(page, label=t(f"frame.nav.{key}"), query_params=state.language_params())
        st.space("stretch")
        if st.session_state.get("language_choice") != t.language:
            st.session_state["language_choice"] = t.language
        st.segmented_control(
            t("frame.language"),
            LANGUAGES,
            format_func=lambda code: LANGUAGE_NAMES[code],
            key="language_choice",
            label_visibility="collapsed",
            on_change=_choose_language,
            width="content",
        )
    _data_warning(t)


def _data_warning(t: Translator) -> None:
    problems = cache.catalog().dataset.problems
    if problems:
        st.html(f'<div class="notice" role="status">{esc(t("frame.broken_data", n=len(problems)))}</div>')


def title(text: str, lead: str = "") -> None:
    """The heading of a screen, the target of the skip link, and one sentence on what the screen is for."""
    st.html(f'<div id="tresc" tabindex="-1"></div><h1>{esc(text)}</h1>' + (f'<p class="quiet">{esc(lead)}</p>' if lead else ""))


def footer(t: Translator) -> None:
    """What every page must lead to: where the data comes from and the accessibility statement."""
    links = "".join(f'<a href="{esc(_data_link(tab))}" target="_self">{esc(t("frame.footer." + tab))}</a>' for tab in FOOTER_TABS)
    st.html(f'<footer class="foot"><span>{esc(t("frame.footer.sample"))}</span>{links}</footer>')


def _data_link(tab: str) -> str:
    return "./dane?" + urlencode({"tab": tab, **state.language_params()})
