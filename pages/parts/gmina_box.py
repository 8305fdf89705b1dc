"""How does a visitor choose the one gmina that a screen is about? A box of all gminas by name; the choice goes into the address."""

from __future__ import annotations

import streamlit as st

from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.domain.vocabulary import label_of
from lib.i18n import Translator
from pages.parts import state


def gmina_box(
    catalog: Catalog, t: Translator, label: str, hint: str, *, key: str, powiats: bool = False, clears: tuple[str, ...] = ()
) -> None:
    """The box; `powiats` adds each one's powiat, because names are not unique outside the region, `clears` are extras of the address
    that make no sense for another gmina."""
    gminas, known = catalog.dataset.gminas, catalog.dataset.vocabularies.get("powiat", {})

    def shown(code: str) -> str:
        name = gminas[code].name
        return f"{name} ({label_of(known, gminas[code].powiat, t.language)})" if powiats else name

    st.selectbox(
        label,
        sorted(gminas, key=lambda code: (polish_key(gminas[code].name), code)),
        format_func=shown,
        key=key,
        index=None,
        placeholder=hint,
        on_change=_take,
        args=(key, clears),
    )


def _take(key: str, clears: tuple[str, ...]) -> None:
    chosen = st.session_state.get(key)
    state.change(state.read(), gminas=(chosen,) if chosen else (), **dict.fromkeys(clears, ""))
    state.keep_widgets()
