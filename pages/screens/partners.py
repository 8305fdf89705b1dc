"""Partnerzy: who has worked with whom, who connects gminas, who stands alone, and who should meet?

A resident says afterwards: "Our circle has worked with nobody yet; two villages on there is one that works with five." An animator:
"I know whom to seat at one table: same theme, same people, never met." An official: "I saw with which gminas our organisations work,
and how thin that knowledge is."
"""

from __future__ import annotations

import streamlit as st

from lib.analysis.network import Network
from lib.catalog.catalog import Catalog
from lib.catalog.query import Query, checked
from lib.i18n import Translator
from lib.reports.idea_words import Wording
from pages.parts import cache, client, entries, frame, network_map, network_tables, results, state, tables
from pages.parts.entries import Page
from pages.parts.gmina_box import gmina_box
from pages.parts.html import esc

CHOICE = "partners_gmina"


def main() -> None:
    """The network drawn on the gminas, and the same as tables."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    query, _ = checked(Query(gminas=address.query.gminas), catalog.dataset)
    teryt = query.gminas[0] if query.gminas else ""
    state.seed({CHOICE: teryt or None})
    network = cache.cooperation_network(catalog)
    page = Page(results.cards_for(catalog, t), Wording(catalog.dataset, cache.desk(catalog).reader.concepts_by_id, t))
    frame.title(t("partners.title"), t("partners.lead"))
    chooser(catalog, t)
    st.html(
        f'<p class="count">{esc(counted(network, teryt, t))}</p><p class="quiet">{esc(t("partners.rule"))} {esc(entries.in_polish(t))}</p>'
    )
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        drawing = network_map.picture(
            network,
            catalog.dataset.boundaries,
            catalog.dataset.gminas,
            title=t("partners.map.alt"),
            dark=state.dark(),
            teryt=teryt,
        )
        st.html(f'<h2 class="sec">{esc(t("partners.map.title"))}</h2>{drawing}<p class="quiet">{esc(t("partners.map.legend"))}</p>')
    with right:
        section("unmet", page, network_tables.unmet_html(page, network, teryt))
    section("connect", page, network_tables.connectors_html(page, network, teryt))
    section("ties", page, network_tables.ties_html(page, network, teryt))
    section("circles", page, network_tables.circles_html(page, network, teryt))
    section("alone", page, network_tables.alone_html(page, network, teryt))
    st.html(tables.source(t, tables.own_table(catalog.dataset, "initiatives", t, page.cards.page_params)))


def counted(network: Network, teryt: str, t: Translator) -> str:
    """How many organisations of the subregion (or of the gmina) have ties, how many circles these form, and how many have none."""
    own = [node for node in network.nodes.values() if not teryt or node.item.teryt == teryt]
    alone = sum(not teryt or item.teryt == teryt for item in network.alone)
    circles = t("partners.counts_circles", n=len({node.circle for node in own}))
    return t("partners.counts", n=len(own), circles=circles, alone=alone)


def section(name: str, page: Page, body: str) -> None:
    """A heading and its table, whose caption says what it means."""
    st.html(f'<h2 class="sec" id="p-{name}" tabindex="-1">{esc(page.cards.t(f"partners.{name}.title"))}</h2>{body}')


def chooser(catalog: Catalog, t: Translator) -> None:
    """The whole subregion or one gmina, and the link to what is shown."""
    with st.container(key="filters"):
        left, right = st.columns([1, 2], vertical_alignment="bottom")
        with left:
            gmina_box(catalog, t, t("partners.gmina"), t("partners.all_gminas"), key=CHOICE)
        with right:
            client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")


main()
