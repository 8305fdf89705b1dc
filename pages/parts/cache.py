"""What is kept between reruns and shared by all visitors? The only place with Streamlit caches, keyed on the data version."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.analysis.initiatives import involvement
from lib.analysis.invitations import Invitations, invitations, shares_within
from lib.analysis.plan_conflicts import Wish
from lib.analysis.plan_demand import first_meeting
from lib.analysis.plan_wishes import Wishes
from lib.analysis.siting import Plan, Price, Step, Task, plan, prepare, price, step
from lib.analysis.siting_everyone import Everybody, everybody
from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.domain.records import Item
from lib.geo.neighbours import Border
from lib.i18n import Translator
from lib.settings import DATA_DIR, Settings, read_settings

if TYPE_CHECKING:  # analyses are loaded when the screen that needs them opens
    from lib.analysis.gaps import Assessment
    from lib.analysis.neighbourhood import Neighbourhood
    from lib.analysis.priority import Ranking
    from lib.analysis.region import Region
    from lib.analysis.service_reach import Reach
    from lib.analysis.unanswered import Answered
    from lib.analysis.what_if import Comparison, Supposed
    from lib.reports.facts import Meeting

if TYPE_CHECKING:
    from lib.analysis.network import Network
    from lib.reports.ideas import Desk
    from pages.parts.register import Register

STAMP_TTL_S = 5
"""How long a changed data file may go unseen: a look at the folder's file times is cheap, but not free."""

BRIEFS_KEPT = 16
"""Files of 0.3 MB that take a second to make: what a few visitors press again within a day."""
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


@st.cache_data(max_entries=BRIEFS_KEPT, show_spinner=False)
def _brief(version: str, teryt: str, language: str, form: str, made: str, meeting: Meeting | None, _catalog: Catalog) -> bytes:
    from lib.reports.brief_gaps import gaps_of
    from lib.reports.make import make_brief

    t = Translator(language)
    gaps = gaps_of(assessments(_catalog), teryt, t)
    return make_brief(_catalog, teryt, t, form, gaps=gaps, meeting=meeting, made=made)


def brief(catalog: Catalog, teryt: str, language: str, form: str, made: str, meeting: Meeting | None = None) -> bytes:
    """The brief of a gmina, or of a meeting in it, as a file (`lib.reports.make.FORMATS`), prepared on the ISO date `made`."""
    return _brief(catalog.dataset.version, teryt, language, form, made, meeting, catalog)


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
    from lib.reports.ideas import said
    from pages.parts.register import Register

    return Register.of(desk(_catalog).ground, said(desk(_catalog)))


def register(catalog: Catalog) -> Register:
    """Every stated need with what may have answered it."""
    return _register(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _network(version: str, _catalog: Catalog) -> Network:
    from lib.analysis.network import network

    return network(_catalog.dataset.items, _catalog.dataset.gminas)


def cooperation_network(catalog: Catalog) -> Network:
    """Who worked with whom, with the measures of the whole network."""
    return _network(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _involved(version: str, _catalog: Catalog) -> dict[str, tuple[Item, ...]]:
    return involvement(_catalog.dataset.items)


def involved(catalog: Catalog) -> dict[str, tuple[Item, ...]]:
    """Which initiatives each organisation ran or joined."""
    return _involved(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _region(version: str, _catalog: Catalog) -> Region:
    from lib.analysis.region import Region

    return Region.of(_catalog.dataset)


def region(catalog: Catalog) -> Region:
    """The part of the data set that analyses read, with the people of each locality."""
    return _region(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=2, show_spinner=False)
def _assessments(version: str, _catalog: Catalog) -> dict[str, Assessment]:
    from lib.analysis.gaps import assess_all

    return assess_all(region(_catalog))


def assessments(catalog: Catalog) -> dict[str, Assessment]:
    """Every measure for every gmina."""
    return _assessments(catalog.dataset.version, catalog)


@st.cache_resource(max_entries=64, show_spinner=False)
def _reach(version: str, measure: str, km: float, _catalog: Catalog) -> Reach:
    from lib.analysis.service_reach import reach

    found = region(_catalog)
    return reach(found, found.measures[measure], radius_km=km)


def reach(catalog: Catalog, measure: str, km: float) -> Reach:
    """How near the services of a measure are, with a catchment of some kilometres."""
    return _reach(catalog.dataset.version, measure, km, catalog)


@st.cache_data(max_entries=64, show_spinner=False)
def _sensitivity(version: str, measure: str, radii: tuple[float, ...], _catalog: Catalog) -> dict[float, dict[str, float]]:
    from lib.analysis.service_reach import sensitivity

    found = region(_catalog)
    return sensitivity(found, found.measures[measure], radii)


def sensitivity(catalog: Catalog, measure: str, radii: tuple[float, ...]) -> dict[float, dict[str, float]]:
    """The catchment's values for several radii."""
    return _sensitivity(catalog.dataset.version, measure, radii, catalog)


@st.cache_resource(max_entries=32, show_spinner=False)
def _ranking(version: str, measures: tuple[str, ...], weights: tuple[tuple[str, float], ...], _catalog: Catalog) -> Ranking:
    from lib.analysis.priority import rank

    found = assessments(_catalog)
    return rank(region(_catalog), {name: found[name] for name in measures}, weights=dict(weights))


def ranking(catalog: Catalog, measures: tuple[str, ...], weights: dict[str, float]) -> Ranking:
    """The order of priorities under some measures and weights."""
    return _ranking(catalog.dataset.version, measures, tuple(sorted(weights.items())), catalog)


@st.cache_resource(max_entries=32, show_spinner=False)
def _comparison(
    version: str, supposed: tuple[Supposed, ...], weights: tuple[tuple[str, float], ...], km: float, _catalog: Catalog
) -> Comparison:
    from lib.analysis.priority import default_measures
    from lib.analysis.what_if import compare

    base, found = region(_catalog), assessments(_catalog)
    counted = {name: found[name] for name in default_measures(base)}
    return compare(base, supposed, counted, radius_km=km, weights=dict(weights))


def comparison(catalog: Catalog, supposed: tuple[Supposed, ...], weights: dict[str, float], km: float) -> Comparison:
    """What supposed services would change."""
    return _comparison(catalog.dataset.version, supposed, tuple(sorted(weights.items())), km, catalog)


@st.cache_resource(max_entries=8, show_spinner=False)
def _answered(version: str, km: float, _catalog: Catalog) -> tuple[Answered, ...]:
    from lib.analysis.unanswered import answers

    return answers(region(_catalog), km=km)


def answered(catalog: Catalog, km: float) -> tuple[Answered, ...]:
    """Every stated need with what answers it within some kilometres."""
    return _answered(catalog.dataset.version, km, catalog)


@st.cache_resource(max_entries=32, show_spinner=False)
def _clusters(version: str, measure: str, _catalog: Catalog) -> Neighbourhood:
    from lib.analysis.neighbourhood import neighbourhood

    return neighbourhood(assessments(_catalog)[measure], borders(_catalog))


def clusters(catalog: Catalog, measure: str) -> Neighbourhood:
    """Whether gminas beside each other are alike under a measure."""
    return _clusters(catalog.dataset.version, measure, catalog)


@st.cache_data(max_entries=2, show_spinner=False)
def _unmet_need(version: str, _catalog: Catalog) -> dict[str, float]:
    from lib.analysis import priority

    return priority.unmet_need(region(_catalog), assessments(_catalog))


def unmet_need(catalog: Catalog) -> dict[str, float]:
    """The shortfall of each gmina (0..1) that weighs the planner's people; empty while nothing is known of any."""
    return dict(_unmet_need(catalog.dataset.version, catalog))


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


@st.cache_resource(max_entries=64, show_spinner=False)
def _everybody(version: str, wishes: Wishes, _catalog: Catalog) -> Everybody:
    return everybody(_task(version, wishes, _catalog), seconds=SOLVER_SECONDS)


def plan_for_everybody(catalog: Catalog, wishes: Wishes) -> Everybody:
    """How many meetings would bring everybody within the limit, with the other wishes kept."""
    return _everybody(catalog.dataset.version, wishes, catalog)


@st.cache_data(max_entries=2, show_spinner=False)
def _meetings_since(version: str, _catalog: Catalog) -> str:
    year = first_meeting(_catalog.dataset.items)
    return str(year) if year else ""


def meetings_since(catalog: Catalog) -> str:
    """The year of the earliest known Miniforum or JOWES meeting, "" where none has a date."""
    return _meetings_since(catalog.dataset.version, catalog)


def plan_step(catalog: Catalog, wishes: Wishes, number: int) -> Step | None:
    """The best plan of another number of meetings."""
    return _step(catalog.dataset.version, wishes, number, catalog)


def plan_price(catalog: Catalog, wishes: Wishes, wish: Wish) -> Price:
    """What one of the wishes costs."""
    return _price(catalog.dataset.version, wishes, wish, catalog)


def invitations_of(catalog: Catalog, wishes: Wishes, venue: str) -> Invitations:
    """Whom to invite to a venue of the plan."""
    return _invited(catalog.dataset.version, wishes, venue, catalog)
