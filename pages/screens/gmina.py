"""Gmina: who lives here, what is there, what has been done, what is missing, and how sure is that?

A resident says afterwards: "I sent my neighbour one link to everything we know about our gmina." An animator: "I printed
it before the Miniforum: places, people, earlier initiatives, with the page each line comes from." An official: "I saw our
people beside the powiat and our neighbours, and I was told which figures are estimates and where the data is thin."
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.analysis import profile
from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import Query, checked
from lib.domain.records import PLACED_KINDS, Gmina
from lib.geo.extent import extent
from lib.i18n import Translator
from pages.parts import cache, client, downloads, frame, legend, mapdata, mapview, people, profiles, results, state, tables
from pages.parts.gmina_box import gmina_box
from pages.parts.html import esc, tab_title

SECTIONS = ("people", "map", "resources", "initiatives", "meetings", "needs", "neighbours", "thin", "take")
CHOICE, SORT = "gmina_choice", "gmina_sort"


def main() -> None:
    """The page of the gmina in the address; without one, all gminas to choose from."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    query, dropped = checked(Query(gminas=address.query.gminas), catalog.dataset)
    gmina = catalog.dataset.gminas.get(query.gminas[0]) if query.gminas else None
    state.seed({CHOICE: gmina.teryt if gmina else None, SORT: sort_of(address)})
    if gmina:
        one_gmina(catalog, gmina, address, t)
        return
    frame.title(t("gmina.title"), t("gmina.lead"))
    if dropped:
        st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(value for _, value in dropped)))}</div>')
    all_gminas(catalog, address, t)


def sort_of(address: state.Address) -> str:
    """What the table of all gminas is ordered by."""
    asked = address.extra("sort")
    return asked if asked in profiles.SORTS else profiles.SORTS[0]


def _sort() -> None:
    state.change(state.read(), sort=st.session_state.get(SORT) or "")
    state.keep_widgets()


def chooser(catalog: Catalog, t: Translator) -> None:
    """All gminas by name; what was open in one does not stay open in the next."""
    gmina_box(catalog, t, t("gmina.choose"), t("gmina.choose_hint"), key=CHOICE, powiats=True, clears=("id", "at", "sort"))


def all_gminas(catalog: Catalog, address: state.Address, t: Translator) -> None:
    """The way in: choose by name, or from a table that can be ordered by what one looks for."""
    st.html(f"<p>{esc(t('gmina.choose_lead'))}</p>")
    with st.container(key="filters"):
        chooser(catalog, t)
        st.segmented_control(
            t("gmina.overview.sort"),
            profiles.SORTS,
            format_func=lambda name: t(f"gmina.overview.by.{name}"),
            key=SORT,
            required=True,
            on_change=_sort,
        )
    st.html(profiles.overview_html(catalog, results.cards_for(catalog, t), sort_of(address)))


def one_gmina(catalog: Catalog, gmina: Gmina, address: state.Address, t: Translator) -> None:
    """Everything known about one gmina, top to bottom; on a desk the map stands beside the people."""
    cards = results.cards_for(catalog, t)
    result = catalog.search(Query(gminas=(gmina.teryt,), kinds=PLACED_KINDS), sort="name")
    page = profiles.Profile.of(catalog, cards, gmina, result.rows)
    heading(page, t)
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        section("people", t, people_html(catalog, gmina, cards.term("powiat", gmina.powiat), t))
    with right:
        section("map", t, placed_html(page, result, t))
        news = draw_map(catalog, gmina, result, t)
        results.opened(catalog, result, address, t)
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        section("resources", t, profiles.resources_html(page))
    with right:
        section("initiatives", t, profiles.initiatives_html(page))
        section("meetings", t, profiles.meetings_html(page))
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        section("needs", t, profiles.needs_html(page))
        section("neighbours", t, profiles.neighbours_html(page, cache.borders(catalog).get(gmina.teryt, ())))
    with right:
        section("thin", t, profiles.thin_html(page))
    with st.container(key="gmina_take"):
        section("take", t, "")
        downloads.brief_buttons(catalog, gmina, t)
        downloads.buttons(catalog, result, t, key="gmina_download")
    if page.items:
        st.html(page.notes.html(cards, t("gmina.section.footnotes")))
    act_on(news, address, gmina)


def heading(page: profiles.Profile, t: Translator) -> None:
    """Name, kind and powiat, how many records there are, what one can do with the page, and what is on it."""
    frame.title(page.gmina.name)
    st.set_page_config(page_title=tab_title(page.gmina.name, t("frame.nav.gmina"), t("frame.brand")))
    told = " · ".join(t(f"gmina.count.{kind}", n=len(page.kind(kind))) for kind in PLACED_KINDS)
    st.html(f'<p class="count">{esc(profiles.subtitle(page.cards, page.gmina))}</p><p class="count">{esc(told)}</p>')
    with st.container(key="filters"):
        left, right = st.columns([1, 2], vertical_alignment="bottom")
        with left:
            chooser(page.catalog, t)
        with right, st.container(horizontal=True):
            client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")
            client.print_button(t("gmina.print"), key="print")
    links = "".join(f'<li><a href="#g-{name}">{esc(t(f"gmina.section.{name}"))}</a></li>' for name in SECTIONS)
    gaps_page = {**page.cards.page_params, "gmina": page.gmina.teryt, "tab": "area"}
    links += f"<li>{tables.goto('luki', gaps_page, t('gmina.to_gaps'))}</li>"
    everything = tables.goto(profiles.GMINA_PAGE, page.cards.page_params, t("gmina.all"))
    st.html(f'<nav aria-label="{esc(t("gmina.contents"))}"><ul class="toc"><li>{everything}</li>{links}</ul></nav>')


def section(name: str, t: Translator, body: str) -> None:
    """A heading that links can lead to, and what stands under it."""
    st.html(f'<h2 class="sec" id="g-{name}" tabindex="-1">{esc(t(f"gmina.section.{name}"))}</h2>{body}')


def placed_html(page: profiles.Profile, result: Result, t: Translator) -> str:
    """How many records the map shows, and how many of them have no exact position, with the way to these on the large map."""
    total = f"<b>{esc(t('gmina.count.records', n=result.total))}</b>"
    rough = tables.goto("", page.params(approx="1"), t("list.approximate", n=result.approximate)) if result.approximate else ""
    return f'<p class="count">{total}{" · " + rough if rough else ""}</p>'


def people_html(catalog: Catalog, gmina: Gmina, powiat: str, t: Translator) -> str:
    """People by age with their sources; a city that is its own powiat is compared with the subregion only."""
    table, gminas = catalog.dataset.demography, catalog.dataset.gminas
    beside = [code for code, other in gminas.items() if other.powiat == gmina.powiat]
    found = profile.people(table, gmina.teryt, beside)
    if found is None:
        return f'<p class="quiet">{esc(t("gmina.people.unknown"))}</p>'
    error = profile.estimate_error(table)
    worst = gminas[error.worst_teryt].name if error and error.worst_teryt in gminas else ""
    body = people.people_html(found, t, name=gmina.name, powiat=powiat if len(beside) > 1 else "", error=error, worst=worst)
    return body + tables.source(t, *tables.package_sources(catalog.dataset, "demography", t))


def draw_map(catalog: Catalog, gmina: Gmina, result: Result, t: Translator) -> dict[str, Any]:
    """The gmina's records on its own map; the camera shows the whole gmina and marks no point of it."""
    size = extent(catalog.dataset.boundaries, gmina.teryt)
    focus = mapdata.Focus(size.latitude, size.longitude, size.km, move=True, mark=False) if size else None
    picture = mapdata.Picture(selected=(gmina.teryt,), focus=focus, dark=state.dark())
    with st.container(key="gmina_map_box"):
        news = mapview.draw(catalog, result.rows, picture, t, key="gmina_map")
    st.html(legend.legend_html(catalog, result.rows, t, dark=state.dark()))
    return news


def act_on(news: dict[str, Any], address: state.Address, gmina: Gmina) -> None:
    """A click on another gmina leads to its page, a click on a mark opens what stands there."""
    clicked = str(news.get("gmina", ""))
    if clicked and clicked != gmina.teryt:
        state.change(address, gminas=(clicked,), id="", at="")
        st.rerun()
    elif results.take_place(news, address):
        st.rerun()


main()
