"""How does a visitor say what to look for? Widgets for the one query; they fill from the address and write to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.catalog.query import Query
from lib.i18n import Translator
from pages.parts import state
from pages.parts.html import markdown_text
from pages.parts.legend import layer_label

RADII_KM = (2, 5, 10, 15, 20, 30)
"""Distances that mean something here: a walk, a bicycle, a short drive, the next town, across a powiat."""
SINCE_STEPS = (2025, 2023, 2020, 2015)


def values_of(address: state.Address) -> dict[str, Any]:
    """What the widgets must show for an address: {widget key: value}."""
    q = address.query
    return {
        "q": q.text,
        "layers": list(q.layers),
        "categories": list(q.categories),
        "themes": list(q.themes),
        "groups": list(q.groups),
        "gminas": list(q.gminas),
        "powiats": list(q.powiats),
        "near": q.near or None,
        "km": q.within_km,
        "from": q.year_from,
        "to": q.year_to,
        "contact": q.has_contact,
        "since": q.verified_since,
        "approx": q.approximate_only,
        "color": address.extra("color") or None,
    }


_FIELD_OF_WIDGET = {
    "q": "text",
    "near": "near",
    "km": "within_km",
    "from": "year_from",
    "to": "year_to",
    "contact": "has_contact",
    "since": "verified_since",
    "approx": "approximate_only",
}


def _changed(widget: str) -> None:
    """Takes one widget's new value into the address; the others keep what the address says."""
    value = st.session_state[widget]
    name = _FIELD_OF_WIDGET.get(widget, widget)
    if isinstance(value, list):
        value = tuple(value)
    state.change(state.read(), **{name: "" if value is None and name in ("text", "near", "color") else value})
    state.keep_widgets()


def seed(address: state.Address) -> None:
    """Fills the widgets from the address."""
    state.seed(values_of(address))


def clear() -> None:
    """Forgets the query and everything opened."""
    state.write(state.Address(Query(), {}))


class Filters:
    """Draws the widgets of one screen; `facets` are the counts for the current query, so that no offered value leads nowhere."""

    def __init__(self, catalog: Catalog, query: Query, facets: Mapping[str, Mapping[str, int]], t: Translator) -> None:
        self.catalog = catalog
        self.query = query
        self.facets = facets
        self.t = t

    def term(self, vocabulary: str, code: str, *, plural: bool = False) -> str:
        known = self.catalog.dataset.vocabularies.get(vocabulary, {}).get(code)
        if known is None:
            return layer_label(self.catalog, code, self.t)
        return known.plural(self.t.language) if plural else known.label(self.t.language)

    def search(self) -> None:
        st.text_input(
            self.t("filter.search"), key="q", placeholder=self.t("filter.search_hint"), max_chars=200, on_change=_changed, args=("q",)
        )

    def pills(self, facet: str, vocabulary: str, *, plural: bool = False) -> None:
        """Values of a facet with their counts; several may be chosen and are alternatives."""
        counted = self.facets[facet]
        if not counted:
            return
        st.pills(
            self.t(f"filter.{facet}"),
            list(counted),
            selection_mode="multi",
            format_func=lambda code: f"{markdown_text(self.term(vocabulary, code, plural=plural))} {self.t.number(counted.get(code, 0))}",
            key=facet,
            wrap=True,
            on_change=_changed,
            args=(facet,),
        )

    def gminas(self) -> None:
        counted, known = self.facets["gminas"], self.catalog.dataset.gminas
        st.multiselect(
            self.t("filter.gminas"),
            sorted(counted, key=lambda code: polish_key(self.gmina_name(code))),
            format_func=lambda code: f"{self.gmina_name(code)} ({counted.get(code, 0)})",
            key="gminas",
            placeholder=self.t("filter.all_gminas", n=len(known)),
            on_change=_changed,
            args=("gminas",),
        )

    def powiats(self) -> None:
        self.pills("powiats", "powiat")

    def gmina_name(self, code: str) -> str:
        known = self.catalog.dataset.gminas.get(code)
        return known.name if known else code

    def near(self) -> None:
        """A locality to measure from, and how far to look."""
        self.place()
        if self.query.near:
            self.radius()

    def place(self) -> None:
        st.selectbox(
            self.t("filter.near"),
            locality_options(self.catalog),
            format_func=lambda code: locality_label(self.catalog, code),
            key="near",
            index=None,
            placeholder=self.t("filter.near_hint"),
            on_change=_changed,
            args=("near",),
        )

    def radius(self, *, default: float | None = None) -> None:
        """How far to look; without a choice `default` holds (None = any distance)."""
        options = sorted({*map(float, RADII_KM), *([self.query.within_km] if self.query.within_km is not None else [])})
        hint = self.t("filter.km_any") if default is None else self.t("filter.km_option", km=default)
        st.selectbox(
            self.t("filter.km"),
            options,
            format_func=lambda km: self.t("filter.km_option", km=km),
            key="km",
            index=None,
            placeholder=hint,
            on_change=_changed,
            args=("km",),
        )

    def trust(self) -> None:
        """Filters on how well a record is known."""
        st.checkbox(self.t("filter.contact"), key="contact", on_change=_changed, args=("contact",))
        steps = sorted({*SINCE_STEPS, *([self.query.verified_since] if self.query.verified_since else [])}, reverse=True)
        st.selectbox(
            self.t("filter.since"),
            steps,
            format_func=lambda year: self.t("filter.since_option", year=str(year)),
            key="since",
            index=None,
            placeholder=self.t("filter.since_any"),
            on_change=_changed,
            args=("since",),
        )
        st.checkbox(self.t("filter.approx"), key="approx", on_change=_changed, args=("approx",))

    def years(self, first: int, last: int) -> None:
        """From which to which year initiatives are shown."""
        options = list(range(last, first - 1, -1))
        left, right = st.columns(2)
        for column, key, hint in ((left, "from", "filter.from_any"), (right, "to", "filter.to_any")):
            extra = [y for y in (st.session_state.get(key),) if y and y not in options]
            with column:
                st.selectbox(
                    self.t(f"filter.{key}"),
                    options + extra,
                    format_func=str,
                    key=key,
                    index=None,
                    placeholder=self.t(hint),
                    on_change=_changed,
                    args=(key,),
                )

    def colour(self, options: Mapping[str, str]) -> None:
        """What the areas are coloured by."""
        st.selectbox(
            self.t("filter.color"),
            list(options),
            format_func=lambda code: options[code],
            key="color",
            index=None,
            placeholder=self.t("filter.color_none"),
            on_change=_changed,
            args=("color",),
        )

    def clear_button(self, *, on_click: Callable[[], None] = clear) -> None:
        st.button(self.t("filter.clear"), on_click=on_click, disabled=self.query.is_empty, key="clear")


@st.cache_data(max_entries=4, show_spinner=False)
def _locality_options(version: str, _catalog: Catalog) -> list[str]:
    places = _catalog.dataset.localities
    return sorted(places, key=lambda code: (polish_key(places[code].name), code))


def locality_options(catalog: Catalog) -> list[str]:
    """Ids of all localities in Polish alphabetical order."""
    return _locality_options(catalog.dataset.version, catalog)


def locality_label(catalog: Catalog, code: str) -> str:
    """A locality's name with its gmina, because villages share names."""
    place = catalog.dataset.localities.get(code)
    if place is None:
        return code
    gmina = catalog.dataset.gminas.get(place.teryt)
    return place.name if gmina is None or gmina.name == place.name else f"{place.name} ({gmina.name})"
