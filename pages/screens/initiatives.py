"""Inicjatywy: what has been done here before, by whom, with what money, and which of it is like my idea?

A resident says afterwards: "Somebody near us already did this, and I know whom to ask." An animator: "I found six
workshops like the one we plan, with their partners." An official: "I can show what took place year by year, and for how
many of these the money is known at all."
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from lib.analysis import initiatives as past
from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import Query, checked, to_params
from lib.domain.records import Item
from lib.i18n import Translator
from pages.parts import cache, client, downloads, frame, results, rows, state, summaries, tables
from pages.parts.filters import Filters, values_of
from pages.parts.html import esc, tab_title

KIND = "initiatives"
ORDERS = ("newest", "oldest", "relevance")
ORDER = "initiatives_order"


def main() -> None:
    """The page of the initiative in the address; without one, all of them with filters."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    row = catalog.row_of(address.extra("id")) if address.extra("id") else None
    if row is not None and catalog.item(row).kind == KIND:
        state.seed({})
        one_initiative(catalog, catalog.item(row), address, t)
    else:
        all_initiatives(catalog, address, t)


def order_of(address: state.Address) -> str:
    """The order of the list: as asked for, else the best answer first when a text is searched, else the newest first."""
    asked = address.extra("sort")
    offered = orders(address.query)
    return asked if asked in offered else offered[-1] if address.query.text else offered[0]


def orders(query: Query) -> tuple[str, ...]:
    """The orders that make sense: by relevance only when there is a text to be relevant to."""
    return ORDERS if query.text else ORDERS[:2]


def ordered(catalog: Catalog, result: Result, order: str) -> Result:
    """The answer put into an order by date; by relevance it stays as the search ranked it."""
    if order == "relevance":
        return result
    items = [catalog.item(int(row)) for row in result.rows]
    places = np.array(past.newest_first(items, oldest=order == "oldest"), dtype=np.intp)
    km, scores = result.distance_km, result.scores
    return replace(
        result, rows=result.rows[places], distance_km=None if km is None else km[places], scores=None if scores is None else scores[places]
    )


def list_params(address: state.Address) -> dict[str, str]:
    """The parameters of the list as it is now, without an opened record."""
    return state.params_of(replace(address, extras={name: value for name, value in address.extras.items() if name != "id"}))


def all_initiatives(catalog: Catalog, address: state.Address, t: Translator) -> None:
    """Filters, list, and the answer in numbers."""
    frame.title(t("initiatives.title"), t("initiatives.lead"))
    state.seed({**values_of(address), ORDER: order_of(address)})
    query, dropped = checked(address.query, catalog.dataset)
    scoped = replace(query, kinds=(KIND,), layers=())
    result = ordered(catalog, catalog.search(scoped), order_of(address))
    filters = Filters(catalog, query, catalog.facets(scoped), t)
    left, middle, right = st.columns([1.05, 2.1, 1.45], gap="medium")
    with left, st.container(key="filters"):
        draw_filters(catalog, filters, t)
    with middle:
        if dropped:
            st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(value for _, value in dropped)))}</div>')
        draw_list(catalog, result, address, t)
    with right:
        draw_summary(catalog, result, query, t)


def draw_filters(catalog: Catalog, filters: Filters, t: Translator) -> None:
    years = catalog.columns.first_year[catalog.columns.first_year > 0]
    filters.search()
    filters.pills("categories", "initiative_kind")
    filters.gminas()
    if len(years):
        filters.years(int(years.min()), int(catalog.columns.last_year.max()))
    with st.expander(t("initiatives.more_filters"), expanded=bool(filters.query.themes or filters.query.groups or filters.query.powiats)):
        filters.pills("groups", "target_group")
        filters.pills("themes", "theme")
        filters.powiats()
    with st.container(horizontal=True):
        filters.clear_button()
        client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")


def _order() -> None:
    state.change(state.read(), sort=st.session_state.get(ORDER) or "", p="")
    state.keep_widgets()


def draw_list(catalog: Catalog, result: Result, address: state.Address, t: Translator) -> None:
    """How many, in which order, and the initiatives themselves, each a link to its page."""
    st.html(f'<h2 id="lista">{esc(t("list.title"))}</h2>{results.count_html(result, t)}')
    if address.extra("id"):
        results.opened_record(catalog, address, t)
    if address.query.approximate_only:
        everywhere = {name: value for name, value in list_params(address).items() if name not in ("approx", "p")}
        more = tables.goto(rows.PAGE, everywhere, t("initiatives.all_positions"))
        st.html(f'<p class="quiet">{esc(t("initiatives.only_approximate"))} {more}.</p>')
    if not result.total:
        st.html(f'<div class="notice">{esc(t("initiatives.empty"))}</div>')
        return
    with st.container(key="initiatives_order_box"):
        st.segmented_control(
            t("initiatives.order"),
            orders(address.query),
            format_func=lambda name: t(f"initiatives.by.{name}"),
            key=ORDER,
            required=True,
            on_change=_order,
        )
    cards, params = results.cards_for(catalog, t), list_params(address)

    def drawer(shown: list[tuple[Item, float | None]], start: int) -> str:
        return rows.rows_html(cards, (item for item, _ in shown), params, t("list.label"), start=start)

    results.result_list(catalog, result, address, t, drawer=drawer)
    downloads.buttons(catalog, result, t, key="initiatives_download")


def draw_summary(catalog: Catalog, result: Result, query: Query, t: Translator) -> None:
    """The whole answer in numbers, not only the page of it that is shown."""
    items = [catalog.item(int(row)) for row in result.rows]
    st.html(f'<h2 id="podsumowanie">{esc(t("initiatives.summary"))}</h2>')
    if items:
        cards = results.cards_for(catalog, t)
        st.html(summaries.money_html(items, t) + summaries.counts_html(cards, items, query, to_params))
        st.html(tables.source(t, tables.own_table(catalog.dataset, KIND, t, cards.page_params)))


def one_initiative(catalog: Catalog, item: Item, address: state.Address, t: Translator) -> None:
    """Everything known about one initiative, what is like it, and the way back to the list it was opened from."""
    cards, params = results.cards_for(catalog, t), list_params(address)
    st.html(f'<p class="noprint">{tables.goto(rows.PAGE, params, "← " + t("initiatives.back"))}</p>')
    frame.title(item.name)
    st.set_page_config(page_title=tab_title(item.name, t("frame.nav.initiatives"), t("frame.brand")))
    told = " · ".join(part for part in (rows.when(cards, item), cards.term("initiative_kind", item.category), cards.place(item)) if part)
    st.html(f'<p class="count">{esc(told)}</p>')
    with st.container(horizontal=True, key="filters"):
        client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")
        client.print_button(t("gmina.print"), key="print")
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        st.html(f"<h2>{esc(t('initiatives.facts'))}</h2>{rows.record_html(cards, item)}")
    with right:
        st.html(f"<h2>{esc(t('initiatives.similar.title'))}</h2>{similar_html(catalog, item, address, t)}")


def similar_html(catalog: Catalog, item: Item, address: state.Address, t: Translator) -> str:
    """Initiatives like this one and why they are; or where else to look when there is none."""
    cards = results.cards_for(catalog, t)
    found = past.similar(item, catalog.dataset.items)
    if not found:
        return f'<div class="notice">{esc(t("initiatives.similar.none"))}</div>'
    return f'<p class="quiet">{esc(t("initiatives.similar.rule"))}</p>' + rows.similar_html(
        cards, found, list_params(address), t("initiatives.similar.title")
    )


main()
