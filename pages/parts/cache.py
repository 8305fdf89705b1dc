"""What is kept between reruns and shared by all visitors? The only place with Streamlit caches, keyed on the data version."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.domain.records import Item
from lib.geo.neighbours import Border
from lib.i18n import Translator
from lib.settings import DATA_DIR, Settings, read_settings
from pages.parts.cards import involvement

if TYPE_CHECKING:
    from lib.analysis.network import Network
    from lib.reports.ideas import Desk
    from pages.parts.register import Register

STAMP_TTL_S = 5
"""How long a changed data file may go unseen: a look at the folder's file times is cheap, but not free."""

PREPARE_UP_TO = 20_000
"""Records up to which the text index is made beside the first visit, so that the first search need not wait two seconds for it."""


@st.cache_data(ttl=STAMP_TTL_S, show_spinner=False)
def _stamp(folder: str) -> str:
    files = sorted(p for p in Path(folder).rglob("*") if p.suffix in {".csv", ".json", ".geojson", ".toml"})
    return ";".join(f"{p.name}:{p.stat().st_mtime_ns}:{p.stat().st_size}" for p in files)


@st.cache_resource(max_entries=2, show_spinner=False)
def _catalog(folder: str, stamp: str) -> Catalog:
    found = Catalog(load_dataset(Path(folder), DATA_DIR))
    if len(found) <= PREPARE_UP_TO:
        Thread(target=found.prepare_text, daemon=True).start()
    return found


def catalog() -> Catalog:
    """The index of the deployment's data set; made anew when a data file changes. Read-only: it is shared by all visitors."""
    folder = str(settings().data_dir)
    return _catalog(folder, _stamp(folder))


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The deployment's settings, read once."""
    return read_settings()


@st.cache_resource(show_spinner=False)
def translator(language: str) -> Translator:
    """The texts of a language."""
    return Translator(language)


@st.cache_data(max_entries=2, show_spinner=False)
def _borders(version: str, _boundaries: dict[str, Any]) -> dict[str, tuple[Border, ...]]:
    from lib.geo.neighbours import neighbours

    return neighbours(_boundaries)


def borders(catalog: Catalog) -> dict[str, tuple[Border, ...]]:
    """The neighbours of every gmina with the length of the common border."""
    return _borders(catalog.dataset.version, catalog.dataset.boundaries)


@st.cache_resource(max_entries=2, show_spinner=False)
def _desk(version: str, _catalog: Catalog) -> Desk:
    from lib.reports.ideas import open_desk

    return open_desk(_catalog, {teryt: [border.teryt for border in found] for teryt, found in borders(_catalog).items()})


def desk(catalog: Catalog) -> Desk:
    """The data set made ready for ideas: every record's text read once."""
    return _desk(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _register(version: str, _catalog: Catalog) -> Register:
    from pages.parts.register import Register

    return Register.of(desk(_catalog).ground)


def register(catalog: Catalog) -> Register:
    """Every stated need with what may have answered it."""
    return _register(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _network(version: str, _catalog: Catalog) -> Network:
    from lib.analysis.network import network

    return network(_catalog.dataset.items)


def cooperation_network(catalog: Catalog) -> Network:
    """Who worked with whom, with the measures of the whole network."""
    return _network(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _involved(version: str, _catalog: Catalog) -> dict[str, tuple[Item, ...]]:
    return involvement(_catalog.dataset.items)


def involved(catalog: Catalog) -> dict[str, tuple[Item, ...]]:
    """Which initiatives each organisation ran or joined."""
    return _involved(catalog.dataset.version, catalog)
