"""How is a record told: what it is, for whom, where and how exactly, contact, and the source with its date? Pure markup builders.

A list of cards is the accessible twin of the map: everything a mark stands for is here as text, opened with a key press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from lib.catalog.load import Dataset
from lib.domain.links import dial_url
from lib.domain.records import Item, Source
from lib.domain.vocabulary import label_of
from lib.i18n import Translator
from pages.parts import symbols
from pages.parts.html import esc, link

INVOLVED_SHOWN = 8
"""Initiatives named on an organisation's card; their own screen has all of them."""
OLD_AFTER_YEARS = 5
"""A fact older than this when it was read is called old: clubs and people change within a term of office."""


def _year(text: str) -> int:
    """The year of a partial date; 0 for what is none."""
    return int(text[:4]) if text[:4].isascii() and text[:4].isdigit() else 0


@dataclass(frozen=True)
class Cards:
    """What drawing a card needs to know besides the record."""

    dataset: Dataset
    t: Translator
    dark: bool
    layers: tuple[str, ...]
    page_params: Mapping[str, str]
    involved: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    def term(self, vocabulary: str, code: str) -> str:
        """The label of a code in the visitor's language; an unknown code is shown as it is."""
        return label_of(self.dataset.vocabularies.get(vocabulary, {}), code, self.t.language)

    def terms(self, vocabulary: str, codes: Iterable[str]) -> str:
        return ", ".join(self.term(vocabulary, code) for code in codes)

    def kind_label(self, item: Item) -> str:
        """What a record is, in words: its sub-kind when it has one, else its category or kind."""
        if item.kind == "resources":
            base = self.term("category", item.category)
            return f"{base} · {self.term('subkind', item.subkind)}" if item.subkind else base
        if item.kind == "initiatives":
            return f"{self.t('card.initiative')} · {self.term('initiative_kind', item.category)}"
        return f"{self.t('card.need')} · {self.term('need_kind', item.category)}" if item.kind == "needs" else self.t("card.funding")

    def gmina(self, item: Item) -> str:
        known = self.dataset.gminas.get(item.teryt)
        return known.name if known else ""

    def place(self, item: Item) -> str:
        """Address, locality and gmina, as far as they are known and without saying a name twice."""
        gmina = self.gmina(item)
        parts = [item.address, item.locality if item.locality not in item.address else ""]
        if gmina and gmina != item.locality:
            parts.append(self.t("card.gmina", name=gmina))
        return ", ".join(part for part in parts if part)

    def precision(self, item: Item) -> str:
        """How exactly the place on the map is known."""
        if item.latitude is None:
            return ""
        if item.approximate:
            return self.t("card.approximate")
        return self.t("card.position", precision=self.term("precision", item.precision))

    def distance(self, item: Item, distance_km: float | None) -> str:
        """How far it is, about when the position is approximate; "" when nobody asked from anywhere."""
        if distance_km is None or distance_km != distance_km:
            return ""
        return self.t("card.distance_about" if item.approximate else "card.distance", km=round(distance_km, 1))

    def date_of(self, source: Source) -> str:
        """What is known of a source's age."""
        if source.as_of:
            said = self.t("card.as_of", date=self.t.date(source.as_of))
            years = _year(source.gathered) - _year(source.as_of)
            return f"{said} ({self.t('card.old', n=years)})" if years > OLD_AFTER_YEARS else said
        return self.t("card.undated", date=self.t.date(source.gathered))


def source_host(url: str) -> str:
    """The readable part of a source's address, with the letters of its own language instead of their ASCII code."""
    host = url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def sources_html(cards: Cards, item: Item) -> str:
    """Every source of a record as a link with its date."""
    rows = (f"<li>{link(s.url, source_host(s.url))} · {esc(cards.date_of(s))}</li>" for s in item.sources)
    return f"<ul>{''.join(rows)}</ul>"


def _contact(cards: Cards, item: Item) -> str:
    d = item.details
    parts = []
    parts += [link(dial_url(number) or "", number) for number in item.parts("phone")]
    if d.get("email"):
        parts.append(link("mailto:" + d["email"], d["email"]))
    if d.get("website"):
        parts.append(link(d["website"], source_host(d["website"])))
    return " · ".join(parts)


def _involved(cards: Cards, item: Item) -> str:
    """The initiatives that a resource ran or joined, newest first, as links to their pages."""
    found = cards.involved.get(item.id, ())
    links = (
        f'<li><a href="./inicjatywy?{esc(urlencode({**cards.page_params, "id": one.id}), 2000)}" target="_self">{esc(one.name, 120)}</a>'
        f" · {esc(_dates(cards, one) or cards.t('card.no_date'))}</li>"
        for one in found[:INVOLVED_SHOWN]
    )
    more = f"<li>{esc(cards.t('card.more', n=len(found) - INVOLVED_SHOWN))}</li>" if len(found) > INVOLVED_SHOWN else ""
    return f"<ul>{''.join(links)}{more}</ul>" if found else ""


def _money(cards: Cards, text: str) -> str:
    try:
        return cards.t("card.pln", amount=cards.t.number(float(text), 2))
    except ValueError:
        return text


def _dates(cards: Cards, item: Item) -> str:
    start, end = item.details.get("date_start", ""), item.details.get("date_end", "")
    return " – ".join(cards.t.date(d) for d in (start, end) if d)


def facts(cards: Cards, item: Item, distance_km: float | None = None) -> list[tuple[str, str]]:
    """(label key, markup) of everything known about a record, in reading order; empty facts are left out."""
    d = item.details
    plain: list[tuple[str, str]] = [
        ("when", _dates(cards, item)),
        ("place", cards.place(item)),
        ("distance", cards.distance(item, distance_km)),
        ("precision", cards.precision(item)),
        ("groups", cards.terms("target_group", item.groups)),
        ("themes", cards.terms("theme", item.themes)),
        ("organisers", ", ".join(item.parts("organisers"))),
        ("partners", ", ".join(item.parts("partners"))),
        ("operator", d.get("operator", "")),
        ("funding", d.get("funding", "")),
        ("amount", _money(cards, d["amount_pln"]) if d.get("amount_pln") else ""),
        ("participants", cards.t.number(float(d["participants"])) if d.get("participants", "").isdigit() else d.get("participants", "")),
        ("votes", cards.t.number(float(d["votes"])) if d.get("votes", "").isdigit() else d.get("votes", "")),
        ("status", cards.term("status", d["status"]) if d.get("status") else ""),
        ("krs", d.get("krs", "")),
    ]
    marked = [("initiatives", _involved(cards, item)), ("contact", _contact(cards, item)), ("sources", sources_html(cards, item))]
    return [(key, esc(text)) for key, text in plain if text] + [(key, markup) for key, markup in marked if markup]


def card(cards: Cards, item: Item, *, distance_km: float | None = None, opened: bool = False, link_back: bool = True) -> str:
    """One record as a `<details>` element: the line of the list outside, everything known inside."""
    t = cards.t
    mark = symbols.mark(symbols.table(cards.layers).get(item.layer) or symbols.symbol(item.layer), dark=cards.dark)
    where = " · ".join(part for part in (cards.kind_label(item), cards.place(item)) if part)
    position = " · ".join(part for part in (cards.distance(item, distance_km), cards.precision(item)) if part)
    first = item.sources[0] if item.sources else None
    source = f"{t('card.source')}: {source_host(first.url)} · {cards.date_of(first)}" if first else ""
    rows = "".join(f"<dt>{esc(t('card.label.' + key))}</dt><dd>{markup}</dd>" for key, markup in facts(cards, item, distance_km))
    back = share_links(cards, item)
    share = f"<dt>{esc(t('card.label.link'))}</dt><dd>{back}</dd>"
    return (
        f'<details class="card"{" open" if opened else ""}><summary>{mark}<span>'
        f'<span class="name">{esc(item.name, 220)}</span><span class="where">{esc(where)}</span>'
        f'<span class="where">{esc(position)}</span><span class="src">{esc(source)}</span></span></summary>'
        + (f'<p class="summary">{esc(item.summary)}</p>' if item.summary and item.summary != item.name else "")
        + f"<dl>{rows}{share if link_back else ''}</dl></details>"
    )


def share_links(cards: Cards, item: Item) -> str:
    """Links that open this record alone: on the map, and for an initiative on its own page."""
    links = [(permalink(cards, item), "card.permalink")]
    if item.kind == "initiatives":
        links.insert(0, ("./inicjatywy?" + urlencode({**cards.page_params, "id": item.id}), "card.initiative_page"))
    return " · ".join(f'<a href="{esc(url, 2000)}" target="_self">{esc(cards.t(key))}</a>' for url, key in links)


def permalink(cards: Cards, item: Item) -> str:
    """The address of the map with this record opened, in the visitor's language."""
    return "./?" + urlencode({**cards.page_params, "id": item.id})


def card_list(
    cards: Cards,
    items: Iterable[tuple[Item, float | None]],
    label: str,
    *,
    start: int = 1,
    opened: Callable[[Item], bool] = lambda _: False,
) -> str:
    """An ordered list of cards with an accessible name; `start` is the number of the first one."""
    rows = "".join(f"<li>{card(cards, item, distance_km=km, opened=opened(item))}</li>" for item, km in items)
    return f'<ol class="cards" start="{start}" aria-label="{esc(label)}">{rows}</ol>'
