"""What is kept between reruns and shared by all visitors? The only place with Streamlit caches, keyed on the data version."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st

from lib.analysis.invitations import Invitations, invitations, shares_within
from lib.analysis.plan_conflicts import Wish
from lib.analysis.plan_demand import UNKNOWN_NEED
from lib.analysis.plan_wishes import Wishes
from lib.analysis.siting import Plan, Price, Step, Task, plan, prepare, price, step
from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.domain.records import Item
from lib.geo.neighbours import Border
from lib.i18n import Translator
from lib.settings import DATA_DIR, Settings, read_settings
from pages.parts.cards import involvement

STAMP_TTL_S = 5
"""How long a changed data file may go unseen: a look at the folder's file times is cheap, but not free."""

SOLVER_SECONDS = 30.0
"""Longest wait for one part of a plan: the region's plans take a second; what would take longer is shown without its proof."""
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
def _involved(version: str, _catalog: Catalog) -> dict[str, tuple[Item, ...]]:
    return involvement(_catalog.dataset.items)


def involved(catalog: Catalog) -> dict[str, tuple[Item, ...]]:
    """Which initiatives each organisation ran or joined."""
    return _involved(catalog.dataset.version, catalog)


def unmet_need(catalog: Catalog) -> dict[str, float]:
    """The shortfall of each gmina (0..1) that weighs the planner's people; empty while nothing is known of any."""
    return dict(UNKNOWN_NEED)


@st.cache_resource(max_entries=16, show_spinner=False)
def _task(version: str, wishes: Wishes, _catalog: Catalog) -> Task:
    return prepare(_catalog.dataset, wishes, unmet_need(_catalog))


@st.cache_resource(max_entries=64, show_spinner=False)
def _planned(version: str, wishes: Wishes, _catalog: Catalog) -> Plan:
    return plan(_task(version, wishes, _catalog), seconds=SOLVER_SECONDS)


@st.cache_resource(max_entries=400, show_spinner=False)
def _step(version: str, wishes: Wishes, number: int, _catalog: Catalog) -> Step | None:
    return step(_task(version, wishes, _catalog), number, seconds=SOLVER_SECONDS)


@st.cache_resource(max_entries=200, show_spinner=False)
def _price(version: str, wishes: Wishes, wish: Wish, _catalog: Catalog) -> Price:
    return price(_planned(version, wishes, _catalog), wish, seconds=SOLVER_SECONDS)


@st.cache_resource(max_entries=64, show_spinner=False)
def _invited(version: str, wishes: Wishes, venue: str, _catalog: Catalog) -> Invitations:
    here = _planned(version, wishes, _catalog).task.known[venue]
    shares = shares_within(_catalog.dataset, here, wishes.radius_km)
    return invitations(_catalog.dataset, here, wishes.radius_km, shares)


def planned(catalog: Catalog, wishes: Wishes) -> Plan:
    """The best plan for some wishes; raises MapaError when they cannot be kept."""
    return _planned(catalog.dataset.version, wishes, catalog)


def plan_step(catalog: Catalog, wishes: Wishes, number: int) -> Step | None:
    """The best plan of another number of meetings."""
    return _step(catalog.dataset.version, wishes, number, catalog)


def plan_price(catalog: Catalog, wishes: Wishes, wish: Wish) -> Price:
    """What one of the wishes costs."""
    return _price(catalog.dataset.version, wishes, wish, catalog)


def invitations_of(catalog: Catalog, wishes: Wishes, venue: str) -> Invitations:
    """Whom to invite to a venue of the plan."""
    return _invited(catalog.dataset.version, wishes, venue, catalog)
