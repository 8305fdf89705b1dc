"""Potrzeby: what has somebody said to be lacking, how many voted for it, and has anything come of it?

A resident says afterwards: "Our street light stands in the register, and I saw that nobody has answered yet." An animator: "I took
the ten needs with most votes to the Miniforum." An official: "For each of ours I saw what may have answered it, and where that is
written."
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import checked
from lib.domain.records import Item
from lib.i18n import Translator
from lib.reports.idea_words import Wording
from pages.parts import answers, cache, client, downloads, frame, register, results, state, tables
from pages.parts.entries import Page
from pages.parts.filters import Filters, values_of
from pages.parts.html import esc

KIND = "needs"
SHOW, VOTED, ORDER = "needs_show", "needs_voted", "needs_order"


def main() -> None:
    """Filters, the register, and the answer in numbers."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    frame.title(t("needs.title"), t("needs.lead"))
    show, with_votes, order = choices(address)
    state.seed({**values_of(address), SHOW: show, VOTED: with_votes, ORDER: order})
    query, dropped = checked(address.query, catalog.dataset)
    scoped = replace(query, kinds=(KIND,), layers=())
    desk = cache.desk(catalog)
    book = cache.register(catalog)
    page = Page(results.cards_for(catalog, t), Wording(catalog.dataset, desk.reader.concepts_by_id, t))
    result = register.rows_shown(catalog, catalog.search(scoped), book, show=show, with_votes=with_votes, order=order)
    filters = Filters(catalog, query, catalog.facets(scoped), t)
    left, right = st.columns([1, 2.4], gap="medium")
    with left, st.container(key="filters"):
        draw_filters(filters, t)
    with right:
        if dropped:
            st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(value for _, value in dropped)))}</div>')
        draw_register(catalog, result, page, book, address, t)


def choices(address: state.Address) -> tuple[str, bool, str]:
    """Which needs are shown and in which order, as the address says; what it does not know is the first choice."""
    parts = address.extra("tab").split(".")
    show = next((name for name in parts if name in register.SHOWS), register.SHOWS[0])
    asked = address.extra("sort")
    return show, "voted" in parts, asked if asked in register.ORDERS else register.ORDERS[0]


def _choose() -> None:
    """Takes the choices of this screen into the address."""
    show = st.session_state.get(SHOW) or register.SHOWS[0]
    parts = [show] if show != register.SHOWS[0] else []
    parts += ["voted"] if st.session_state.get(VOTED) else []
    order = st.session_state.get(ORDER) or register.ORDERS[0]
    state.change(state.read(), tab=".".join(parts), sort="" if order == register.ORDERS[0] else order, p="")
    state.keep_widgets()


def draw_filters(filters: Filters, t: Translator) -> None:
    filters.search()
    filters.gminas()
    filters.pills("themes", "theme")
    filters.pills("groups", "target_group")
    filters.pills("categories", "need_kind")
    st.segmented_control(
        t("needs.answer"), register.SHOWS, format_func=lambda name: t(f"needs.show.{name}"), key=SHOW, required=True, on_change=_choose
    )
    st.checkbox(t("needs.voted"), key=VOTED, on_change=_choose)
    with st.container(horizontal=True):
        filters.clear_button()
        client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")


def draw_register(catalog: Catalog, result: Result, page: Page, book: register.Register, address: state.Address, t: Translator) -> None:
    """How many, in which order, and the needs themselves."""
    st.html(f'<h2 id="lista">{esc(t("needs.label"))}</h2>{results.count_html(result, t)}{register.summary(result, catalog, book, t)}')
    if address.extra("id"):
        results.opened_record(catalog, address, t)
    st.segmented_control(
        t("needs.order"), register.ORDERS, format_func=lambda name: t(f"needs.by.{name}"), key=ORDER, required=True, on_change=_choose
    )

    def drawer(shown: list[tuple[Item, float | None]], start: int) -> str:
        return register.listed(page, book, [item for item, _ in shown], t("needs.label"), start)

    results.result_list(catalog, result, address, t, drawer=drawer, empty=t("needs.empty"))
    report = tables.goto("dane", {"tab": "fix", **state.language_params()}, t("needs.report"))
    st.html(f'<p class="noprint">{report}</p>')
    if result.total:
        on_map = answers.map_link(page, [catalog.item(int(row)) for row in result.rows], t("needs.on_map"))
        st.html(f'<p>{on_map}</p><p class="quiet">{esc(t("needs.rule"))}</p>')
        st.html(tables.source(t, tables.own_table(catalog.dataset, KIND, t, page.cards.page_params)))
        downloads.buttons(catalog, result, t, key="needs_download", contacts=False)


main()
