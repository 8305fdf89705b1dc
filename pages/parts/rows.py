"""How does one initiative stand in a list, and what is known of it on its own page? Pure markup builders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lib.analysis.initiatives import Likeness, figure, parties
from lib.analysis.profile import day_of
from lib.domain.records import Item
from pages.parts import symbols, tables
from pages.parts.cards import Cards, facts, permalink, source_host
from pages.parts.html import esc

PAGE = "inicjatywy"
PARTY_COLUMNS = ("organisers", "partners")
NAMED_IN_ROW = 2
"""Organisers named in a row of the list: the page of the initiative has the rest."""


def rows_html(cards: Cards, items: Iterable[Item], params: Mapping[str, str], label: str, *, start: int = 1) -> str:
    """Initiatives as a list of links to their pages; `params` are kept in the links so that the way back leads to this list."""
    entries = "".join(f"<li>{_row(cards, item, params)}</li>" for item in items)
    return f'<ol class="rows" start="{start}" aria-label="{esc(label)}">{entries}</ol>'


def _row(cards: Cards, item: Item, params: Mapping[str, str], why: str = "") -> str:
    mark = symbols.mark(symbols.table(cards.layers).get(item.layer) or symbols.symbol(item.layer), dark=cards.dark)
    name = tables.goto(PAGE, {**params, "id": item.id}, item.name)
    what = " · ".join(part for part in (when(cards, item), cards.term("initiative_kind", item.category), cards.place(item)) if part)
    lines = [what, who_and_how_much(cards, item), cards.t("card.approximate") if item.approximate else "", why, _source(cards, item)]
    return (
        f'{mark}<div><span class="name">{name}</span>'
        + "".join(f'<span class="where">{esc(line)}</span>' for line in lines if line)
        + "</div>"
    )


def who_and_how_much(cards: Cards, item: Item) -> str:
    """The first organisers and the amount, each only where it is known."""
    names = item.parts("organisers")
    amount = figure(item, "amount_pln")
    more = len(names) - NAMED_IN_ROW
    said = ", ".join(names[:NAMED_IN_ROW])
    who = cards.t("initiatives.row.who_more", names=said, n=more) if more > 0 else cards.t("initiatives.row.who", names=said)
    money = "" if amount is None else cards.t("initiatives.row.amount", amount=cards.t.number(amount, 2))
    return " · ".join(part for part in (who if said else "", money) if part)


def when(cards: Cards, item: Item) -> str:
    """The first known day in words, or that none is known."""
    return cards.t.date(day_of(item)) or cards.t("initiatives.undated")


def _source(cards: Cards, item: Item) -> str:
    first = item.sources[0] if item.sources else None
    return f"{cards.t('card.source')}: {source_host(first.url)} · {cards.date_of(first)}" if first else ""


def similar_html(cards: Cards, found: Iterable[Likeness], params: Mapping[str, str], label: str) -> str:
    """Initiatives like the one on the page, each with what it has in common with it."""
    entries = "".join(f"<li>{_row(cards, one.item, params, why(cards, one))}</li>" for one in found)
    return f'<ol class="rows" aria-label="{esc(label)}">{entries}</ol>'


def why(cards: Cards, one: Likeness) -> str:
    """In what an initiative is like another one, in words."""
    t = cards.t
    reasons = [
        t("initiatives.similar.gmina") if one.same_gmina else "",
        t("initiatives.similar.kind") if one.same_kind else "",
        t("initiatives.similar.themes", n=len(one.themes), names=cards.terms("theme", one.themes)) if one.themes else "",
    ]
    return t("initiatives.similar.why", reasons="; ".join(reason for reason in reasons if reason))


def record_html(cards: Cards, item: Item) -> str:
    """Everything known about one initiative; who took part leads to what else is known about them."""
    linked = {column: parties_html(cards, item, column) for column in PARTY_COLUMNS}
    rows = []
    for key, markup in facts(cards, item):
        rows.append((cards.t(f"card.label.{key}"), linked.get(key) or markup))
        if key == "precision":
            rows.append((cards.t("initiatives.elsewhere"), _ways(cards, item)))
    missing = _missing(cards, item)
    if missing:
        rows.append((cards.t("initiatives.missing"), esc(missing)))
    listed = "".join(f"<dt>{esc(label)}</dt><dd>{markup}</dd>" for label, markup in rows)
    summary = f"<p>{esc(item.summary, 2000)}</p>" if item.summary and item.summary != item.name else ""
    return f'{summary}<dl class="facts">{listed}</dl>'


def _ways(cards: Cards, item: Item) -> str:
    """Links to the map with this initiative opened and to the page of its gmina."""
    on_map = f'<a href="{esc(permalink(cards, item), 2000)}" target="_self">{esc(cards.t("initiatives.on_map"))}</a>'
    name = cards.gmina(item)
    own = tables.goto("gmina", {**cards.page_params, "gmina": item.teryt}, cards.t("initiatives.gmina_page", name=name)) if name else ""
    return " · ".join(part for part in (on_map, own) if part)


def _missing(cards: Cards, item: Item) -> str:
    """What the source does not say, in words: nobody should read an absent line as "none"."""
    asked = (
        ("when", bool(day_of(item))),
        ("organisers", "organisers" in item.details or "organiser_ids" in item.details),
        ("partners", "partners" in item.details or "partner_ids" in item.details),
        ("amount", "amount_pln" in item.details),
        ("participants", "participants" in item.details),
    )
    return ", ".join(cards.t(f"card.label.{key}").lower() for key, known in asked if not known)


def parties_html(cards: Cards, item: Item, column: str) -> str:
    """Organisers or partners as a list; a name with a record in the data leads to its card on the map."""
    items, by_id = cards.dataset.items, cards.dataset.by_id
    codes = [code for code in item.parts(column.removesuffix("s") + "_ids") if code in by_id]
    found = parties(item, column, {code: items[by_id[code]].name for code in codes})
    entries = []
    for party in found:
        record = items[by_id[party.record]] if party.record else None
        name = party.name or (record.name if record else "")
        shown = f'<a href="{esc(permalink(cards, record), 2000)}" target="_self">{esc(name)}</a>' if record else esc(name)
        kind = f' <span class="quiet">{esc(cards.kind_label(record))}</span>' if record else ""
        entries.append(f"<li>{shown}{kind}</li>")
    return f"<ul>{''.join(entries)}</ul>" if entries else ""
