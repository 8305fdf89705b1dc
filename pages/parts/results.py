"""How is an answer shown beside the map: how many of how many, page by page, and as files of exactly what is filtered?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil
from typing import Any
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import Query
from lib.domain.records import Item
from lib.i18n import Translator
from pages.parts import cache, client, mapdata, state, tables
from pages.parts import cards as cards_part
from pages.parts.html import esc, shown

PAGE_SIZE = 20


def cards_for(catalog: Catalog, t: Translator) -> cards_part.Cards:
    """What drawing cards needs, for this visitor."""
    return cards_part.Cards(
        catalog.dataset, t, state.dark(), catalog.columns.layers.codes, state.language_params(), cache.involved(catalog)
    )


def resources_first(catalog: Catalog, result: Result) -> Result:
    """Without a text or a place to rank by, what exists now comes before what has been: resources, initiatives, needs."""
    if result.scores is not None or result.distance_km is not None:
        return result
    order = np.argsort(catalog.columns.kinds.values[result.rows], kind="stable")
    return replace(result, rows=result.rows[order])


def count_html(result: Result, t: Translator) -> str:
    """ "n of N", and how many of them have no exact position, with a way to those."""
    rough = f" · <small>{_approximate(result, t)}</small>" if result.approximate else ""
    unplaced = f" · <small>{esc(t('list.unplaced', n=result.unplaced))}</small>" if result.unplaced else ""
    of = esc(t("list.of", n=result.of))
    return f'<p class="count" role="status" aria-live="polite"><b>{t.number(result.total)}</b> {of}{rough}{unplaced}</p>'


def _approximate(result: Result, t: Translator) -> str:
    """The number of approximate positions, as a link to exactly these unless they are what is shown already."""
    text = esc(t("list.approximate", n=result.approximate))
    if result.query.approximate_only:
        return text
    address = state.read()
    only = state.Address(replace(address.query, approximate_only=True), {**address.extras, "p": "", "at": "", "id": ""})
    return f'<a href="?{esc(urlencode(state.params_of(only)), 4000)}" target="_self">{text}</a>'


def page_number(address: state.Address, pages: int) -> int:
    """The page of the list that the address asks for, within what there is (1-based)."""
    asked = address.extra("p")
    return min(max(int(asked) if asked.isdecimal() and len(asked) < 7 else 1, 1), max(pages, 1))


def _go(page: int) -> None:
    state.change(state.read(), p=page if page > 1 else "")
    st.session_state["_to_list"] = page


Drawer = Callable[[list[tuple[Item, float | None]], int], str]
"""Markup of one page of a list: its records with their distances, and the number of the first one."""


def result_list(
    catalog: Catalog,
    result: Result,
    address: state.Address,
    t: Translator,
    *,
    key: str = "list",
    drawer: Drawer | None = None,
    empty: str = "",
) -> None:
    """The answer as cards (or as `drawer` draws it), PAGE_SIZE a page, with buttons between the pages; `empty` is what an empty answer
    says where the general words do not fit."""
    if not result.total:
        asked = t("list.empty_text", text=result.query.text) + " " if result.query.text else ""
        st.html(f'<div class="notice">{esc(asked + (empty or t("list.empty")))}</div>')
        return
    pages = ceil(len(result.rows) / PAGE_SIZE)
    page = page_number(address, pages)
    client.to_list(st.session_state.pop("_to_list", None))
    start = (page - 1) * PAGE_SIZE
    shown = [
        (catalog.item(int(row)), None if result.distance_km is None else float(result.distance_km[start + i]))
        for i, row in enumerate(result.rows[start : start + PAGE_SIZE])
    ]
    st.html(drawer(shown, start + 1) if drawer else cards_part.card_list(cards_for(catalog, t), shown, t("list.label"), start=start + 1))
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_pages"):
            st.button(t("list.previous"), key=f"{key}_previous", disabled=page == 1, on_click=_go, args=(page - 1,))
            st.html(f'<span class="quiet">{esc(t("list.page", page=page, pages=pages))}</span>', width="content")
            st.button(t("list.next"), key=f"{key}_next", disabled=page == pages, on_click=_go, args=(page + 1,))


def opened(catalog: Catalog, result: Result, address: state.Address, t: Translator) -> None:
    """What the address or a click on the map opened: one record, or all records of one mark."""
    opened_record(catalog, address, t)
    opened_place(catalog, result, address, t)


def take_place(news: Mapping[str, Any], address: state.Address) -> bool:
    """Takes a click on a mark into the address; False when the news is something else."""
    if "place" not in news:
        return False
    lat, lon = (int(v) for v in news["place"])
    state.change(address, at=f"{lat}_{lon}" + ("_r" if news.get("approximate") else ""), id="")
    return True


def opened_record(catalog: Catalog, address: state.Address, t: Translator) -> None:
    """The card of the record that the address names."""
    wanted = address.extra("id")
    if not wanted:
        return
    row = catalog.row_of(wanted)
    if row is None:
        st.html(f'<div class="notice">{esc(t("list.no_such_record"))}</div>')
    else:
        st.html(f'<div class="opened">{cards_part.card(cards_for(catalog, t), catalog.item(row), opened=True)}</div>')
    st.button(t("list.close"), key="close_record", on_click=lambda: state.change(state.read(), id=""))


IDEA_CHARS = 120
"""Characters of an idea that stand above the records which answer it."""


def chosen_records(result: Result, t: Translator) -> None:
    """Says that only some records, named by a link, are shown, with the way back to all."""
    if result.query.ids:
        st.html(f'<div class="notice" role="status">{esc(t("list.chosen", n=result.total))}{_for_idea(state.read(), t)}</div>')
        st.button(t("list.show_all"), key="chosen_off", on_click=_all_records)


def _for_idea(address: state.Address, t: Translator) -> str:
    """Which idea the chosen records answer, with the way back to it; "" when they answer none."""
    idea = address.extra("idea")
    if not idea:
        return ""
    params = {"idea": idea, "gmina": address.extra("from"), "who": address.extra("who"), "w": address.extra("w"), **state.language_params()}
    back = tables.goto("pomysl", {name: value for name, value in params.items() if value}, t("list.back_to_idea"))
    return f" {esc(t('list.chosen_idea', idea=shown(idea, IDEA_CHARS)))} {back}"


def _all_records() -> None:
    """No longer some records only, and for no idea."""
    state.change(state.read(), ids=(), **dict.fromkeys(("idea", "from", "who", "w"), ""))


def focus_of_opened(catalog: Catalog, address: state.Address) -> mapdata.Focus | None:
    """Where the opened record or the clicked mark lies; a place known only by its gmina gets no pin."""
    row = catalog.row_of(address.extra("id")) if address.extra("id") else None
    if row is not None:
        item = catalog.item(row)
        if item.latitude is not None and item.longitude is not None:
            return mapdata.Focus(item.latitude, item.longitude, None, move=True, mark=not item.approximate)
    place = parse_place(address.extra("at"))
    return mapdata.Focus(place[0] / 1e5, place[1] / 1e5) if place and not place[2] else None


def missing_words(catalog: Catalog, result: Result, t: Translator) -> None:
    """Says when no record holds all words that were asked for, because what is shown then is only near to it."""
    if result.total and result.query.text and not catalog.text_complete(result.query.text):
        st.html(f'<div class="notice">{esc(t("list.partial", text=result.query.text))}</div>')


def gmina_links(catalog: Catalog, query: Query, t: Translator) -> None:
    """Ways from the chosen gminas to their own pages."""
    known = [catalog.dataset.gminas[code] for code in query.gminas if code in catalog.dataset.gminas]
    links = [
        f'<a href="./gmina?{esc(urlencode({**state.language_params(), "gmina": g.teryt}))}" target="_self">'
        f"{esc(t('list.gmina_page', name=g.name))}</a>"
        for g in known
    ]
    if links:
        st.html(f'<p class="count noprint">{" · ".join(links)}</p>')


def parse_place(at: str) -> tuple[int, int, bool] | None:
    """(lat*1e5, lon*1e5, whether it stands for a whole gmina) of the address parameter `at`; None for anything else."""
    match = re.fullmatch(r"(-?[0-9]{1,9})_(-?[0-9]{1,9})(_r)?", at)
    return (int(match[1]), int(match[2]), bool(match[3])) if match else None


def place_rows(catalog: Catalog, result: Result, at: str) -> np.ndarray:
    """Rows of the answer that stand exactly at the position `at` (see `parse_place`)."""
    place = parse_place(at)
    if place is None:
        return np.empty(0, dtype=np.intp)
    lat, lon, rough = place
    columns = catalog.columns
    here = (np.rint(columns.latitude[result.rows] * 1e5) == lat) & (np.rint(columns.longitude[result.rows] * 1e5) == lon)
    return np.asarray(result.rows[here & (mapdata.approximate(catalog)[result.rows] == rough)])


def opened_place(catalog: Catalog, result: Result, address: state.Address, t: Translator) -> None:
    """All records of the mark that was clicked, the first one open."""
    at = address.extra("at")
    rows = place_rows(catalog, result, at) if at else np.empty(0, dtype=np.intp)
    if not at:
        return
    if not len(rows):
        st.html(f'<div class="notice">{esc(t("list.place_empty"))}</div>')
    else:
        first = catalog.item(int(rows[0]))
        km = {} if result.distance_km is None else dict(zip(result.rows.tolist(), result.distance_km.tolist(), strict=True))
        gmina = catalog.dataset.gminas.get(first.teryt)
        name = (gmina.name if gmina and first.approximate else first.locality or first.postal_code) or first.name
        heading = t("list.place_rough" if first.approximate else "list.place", name=name, n=len(rows))
        shown = [(catalog.item(int(row)), km.get(int(row))) for row in rows[:PAGE_SIZE]]
        more = f'<p class="quiet">{esc(t("list.place_more", n=len(rows) - len(shown)))}</p>' if len(rows) > len(shown) else ""
        body = cards_part.card_list(cards_for(catalog, t), shown, heading, opened=lambda item: len(rows) == 1)
        st.html(f'<div class="opened" role="region" aria-label="{esc(heading)}"><h2>{esc(heading)}</h2>{body}{more}</div>')
    st.button(t("list.close"), key="close_place", on_click=lambda: state.change(state.read(), at=""))


def items_of(catalog: Catalog, result: Result) -> tuple[list[Item], Mapping[str, float]]:
    """All records of an answer, and their distances by id when a place was set."""
    found = [catalog.item(int(row)) for row in result.rows]
    if result.distance_km is None:
        return found, {}
    return found, {item.id: float(km) for item, km in zip(found, result.distance_km, strict=True) if km == km}
