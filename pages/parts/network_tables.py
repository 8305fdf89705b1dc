"""The network as tables: who connects gminas, which gminas work together, who is in which circle, who stands alone, who never met?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lib.analysis.network import CIRCLE_LEAST, Network, Node, Unmet
from lib.domain.records import Item
from pages.parts import answers, entries, tables
from pages.parts.entries import Page
from pages.parts.html import esc
from pages.parts.tables import Column

CONNECTORS_SHOWN, TIES_SHOWN, CIRCLES_SHOWN, MEMBERS_SHOWN, PAIRS_SHOWN = 20, 20, 12, 6, 12
NAMES_SHOWN = 3


def connectors_html(page: Page, network: Network, teryt: str) -> str:
    """Organisations whose ties leave their gmina."""
    t, found = page.cards.t, network.connectors(teryt)
    if not found:
        return answers.notice(t("partners.connect.none"))
    heads = ("name", "gminas", "partners", "initiatives", "only")
    columns = [Column(t(f"partners.connect.{head}"), numeric=place > 1) for place, head in enumerate(heads)]
    rows = [_connector(page, node) for node in found[:CONNECTORS_SHOWN]]
    body = tables.table(t("partners.connect.lead"), columns, rows, cards=True)
    note = f'<p class="quiet">{esc(t("partners.connect.only_note"))}</p>'
    return body + _rest(page, len(found), CONNECTORS_SHOWN) + note + _betweenness(page, found[:CONNECTORS_SHOWN])


def _betweenness(page: Page, found: Sequence[Node]) -> str:
    """The measure that researchers ask for, folded away: shares below one per cent tell a village nothing."""
    t = page.cards.t
    rows = "".join(f"<li>{esc(node.item.name, 90)}: {tables.percent(t, node.betweenness)}</li>" for node in found)
    return (
        f'<details class="group"><summary>{esc(t("partners.connect.between"))}</summary>'
        f'<p class="quiet">{esc(t("partners.connect.between_note"))}</p><ul class="lines">{rows}</ul></details>'
    )


def _connector(page: Page, node: Node) -> list[str]:
    t = page.cards.t
    where = f'<br><span class="quiet">{esc(page.cards.gmina(node.item))}</span>'
    names = ", ".join(page.words.gmina(code) for code in node.gminas)
    counts = (len(node.partners), len(node.initiatives), node.only)
    return [entries.record_link(page, node.item) + where, esc(names), *map(t.number, counts)]


def ties_html(page: Page, network: Network, teryt: str) -> str:
    """Pairs of gminas with the initiatives that their organisations have in common."""
    t = page.cards.t
    found = [tie for tie in network.gmina_ties if not teryt or teryt in (tie.one, tie.other)]
    found.sort(key=lambda tie: (-len(tie.initiatives), tie.one, tie.other))
    if not found:
        return answers.notice(t("partners.ties.none"))
    columns = (Column(t("partners.ties.pair")), Column(t("partners.ties.count"), numeric=True), Column(t("partners.ties.names")))
    rows = [
        [esc(f"{page.words.gmina(tie.one)} – {page.words.gmina(tie.other)}"), t.number(len(tie.initiatives)), _names(page, tie.initiatives)]
        for tie in found[:TIES_SHOWN]
    ]
    return tables.table(t("partners.ties.lead"), columns, rows, cards=True) + _rest(page, len(found), TIES_SHOWN)


def _names(page: Page, ids: Sequence[str]) -> str:
    items = [item for code in ids[:NAMES_SHOWN] if (item := page.record(code)) is not None]
    return ", ".join(entries.record_link(page, item, 80) for item in items)


def circles_html(page: Page, network: Network, teryt: str) -> str:
    """Circles of organisations that reach each other, the largest first; between two circles there is no tie."""
    t = page.cards.t
    found = [
        (number, members)
        for number, members in enumerate(network.circles, 1)
        if len(members) >= CIRCLE_LEAST and (not teryt or any(network.nodes[code].item.teryt == teryt for code in members))
    ]
    if not found:
        return answers.notice(t("partners.circles.none"))
    columns = (
        Column(t("partners.circles.number"), numeric=True),
        Column(t("partners.circles.size"), numeric=True),
        Column(t("partners.circles.gminas")),
        Column(t("partners.circles.members")),
    )
    rows = [_circle(page, network, number, members) for number, members in found[:CIRCLES_SHOWN]]
    return tables.table(t("partners.circles.lead"), columns, rows, cards=True) + _rest(page, len(found), CIRCLES_SHOWN)


def _circle(page: Page, network: Network, number: int, members: Sequence[str]) -> list[str]:
    t = page.cards.t
    gminas = ", ".join(sorted({page.words.gmina(network.nodes[code].item.teryt) for code in members}))
    first = sorted(members, key=lambda code: (-len(network.nodes[code].partners), code))[:MEMBERS_SHOWN]
    names = ", ".join(entries.record_link(page, network.nodes[code].item, 80) for code in first)
    more = len(members) - len(first)
    rest = f" {esc(t('idea.more_records', n=more))}" if more else ""
    return [t.number(number), t.number(len(members)), esc(gminas), names + rest]


def alone_html(page: Page, network: Network, teryt: str) -> str:
    """How many organisations of each gmina have recorded cooperation and how many have none; of one gmina with the way to them."""
    t, gminas = page.cards.t, page.cards.dataset.gminas
    without = Counter(item.teryt for item in network.alone)
    with_ties = Counter(node.item.teryt for node in network.nodes.values())
    chosen = [code for code in gminas if not teryt or code == teryt]
    columns = (
        Column(t("partners.alone.gmina")),
        Column(t("partners.alone.with"), numeric=True),
        Column(t("partners.alone.without"), numeric=True),
    )
    order = sorted(chosen, key=lambda code: (-without[code], page.words.gmina(code)))
    rows = [[_gmina_link(page, code), t.number(with_ties[code]), t.number(without[code])] for code in order]
    own: list[Item] = [item for item in network.alone if item.teryt == teryt]
    on_map = f"<p>{answers.map_link(page, own, t('partners.alone.list'))}</p>" if teryt and own else ""
    return tables.table(t("partners.alone.lead"), columns, rows) + on_map


def _gmina_link(page: Page, code: str) -> str:
    return tables.goto("partnerzy", {**page.cards.page_params, "gmina": code}, page.words.gmina(code))


def unmet_html(page: Page, network: Network, teryt: str) -> str:
    """Pairs that share themes and people and never worked together."""
    t = page.cards.t
    found = [pair for pair in network.unmet if not teryt or pair.one.teryt == teryt]
    if not found:
        return answers.notice(t("partners.unmet.none"))
    columns = (Column(t("partners.unmet.pair")), Column(t("partners.unmet.common")))
    rows = [_unmet(page, pair) for pair in found[:PAIRS_SHOWN]]
    return tables.table(t("partners.unmet.lead"), columns, rows, cards=True) + _rest(page, len(found), PAIRS_SHOWN)


def _unmet(page: Page, pair: Unmet) -> list[str]:
    common = f"{page.words.terms('theme', pair.themes)}; {page.words.terms('target_group', pair.groups)}"
    names = f"{entries.record_link(page, pair.one, 90)} – {entries.record_link(page, pair.other, 90)}"
    return [f'{names}<br><span class="quiet">{esc(page.words.gmina(pair.one.teryt))}</span>', esc(common)]


def _rest(page: Page, n: int, shown: int) -> str:
    return f'<p class="quiet">{esc(page.cards.t("partners.rest", n=n, shown=shown))}</p>' if n > shown else ""
