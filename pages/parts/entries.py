"""How does one line of an answer about an idea stand on the page: what, where, why, and from which page? Pure markup builders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.analysis.ideas.reason import Reason
from lib.domain.records import Item
from lib.i18n import DEFAULT_LANGUAGE, Translator
from lib.reports.idea_words import Wording
from pages.parts import symbols, tables
from pages.parts.cards import Cards, permalink, source_host
from pages.parts.html import esc, link, shown

PROOFS_SHOWN = 2
"""Records named as the ground of one reason; the organisation's card has all."""
NAME_SHOWN = 220
RECORDS_LANGUAGE = "pl"
"""In which records are written, whatever the reader's language: a screen reader must pronounce them so."""


@dataclass(frozen=True)
class Page:
    """What drawing answers needs: cards for records, wording for reasons."""

    cards: Cards
    words: Wording

    def record(self, code: str) -> Item | None:
        place = self.cards.dataset.by_id.get(code)
        return None if place is None else self.cards.dataset.items[place]


def in_polish(t: Translator) -> str:
    """For readers of another language: that the records stand in Polish; "" for readers of Polish."""
    return "" if t.language == DEFAULT_LANGUAGE else t("idea.in_polish")


def listed(entries: Iterable[str], label: str) -> str:
    """Entries as an ordered list with an accessible name."""
    return f'<ol class="rows" aria-label="{esc(label)}">{"".join(f"<li>{entry}</li>" for entry in entries)}</ol>'


def entry(page: Page, item: Item, lines: Sequence[str], *, more: str = "", name: str = "") -> str:
    """One record: its symbol, its name (or `name`, where it is shown shorter) as a link, plain lines, `more` markup, and its source with
    the date."""
    mark = symbols.mark(symbols.table(page.cards.layers).get(item.layer) or symbols.symbol(item.layer), dark=page.cards.dark)
    rows = "".join(f'<span class="where">{esc(line)}</span>' for line in lines if line)
    title = f'<span lang="{RECORDS_LANGUAGE}" class="name">{record_link(page, item, name=name)}</span>'
    return f"{mark}<div>{title}{rows}{more}{source(page, item)}</div>"


def record_link(page: Page, item: Item, limit: int = NAME_SHOWN, *, name: str = "") -> str:
    """A record's name as a link: an initiative to its own page, everything else to the map with its card opened."""
    if item.kind == "initiatives":
        return tables.goto("inicjatywy", {**page.cards.page_params, "id": item.id}, shown(name or item.name, limit))
    return f'<a href="{esc(permalink(page.cards, item), 2000)}" target="_self">{esc(name or item.name, limit)}</a>'


def source(page: Page, item: Item) -> str:
    """The page a record was read on, as a link, with its date."""
    first = item.sources[0] if item.sources else None
    if first is None:
        return ""
    t = page.cards.t
    return (
        f'<span class="where">{esc(t("card.source"))}: {link(first.url, source_host(first.url))} · {esc(page.cards.date_of(first))}</span>'
    )


def place(page: Page, item: Item) -> str:
    """Locality and gmina, without an address."""
    gmina = page.cards.gmina(item)
    parts = [item.locality, page.cards.t("card.gmina", name=gmina) if gmina and gmina != item.locality else ""]
    return ", ".join(part for part in parts if part)


def reasons(page: Page, found: Sequence[Reason]) -> str:
    """The reasons of an answer in one line, each with the records it rests on."""
    return f'<span class="whyline">{" · ".join(_reason(page, reason) for reason in found)}</span>' if found else ""


def scored(page: Page, found: Sequence[Reason], points: Sequence[int]) -> str:
    """The reasons of a score as a list, each with its points of 100 and the records it rests on."""
    rows = "".join(f'<li><span class="share">+{n}</span> {_reason(page, reason)}</li>' for reason, n in zip(found, points, strict=True))
    return f'<ul class="why">{rows}</ul>'


def _reason(page: Page, reason: Reason) -> str:
    t = page.cards.t
    proofs = [item for code in reason.records[:PROOFS_SHOWN] if (item := page.record(code)) is not None]
    said = ", ".join(record_link(page, item, 70) for item in proofs)
    more = len(reason.records) - len(proofs)
    rest = f" {esc(t('idea.more_records', n=more))}" if more > 0 else ""
    ground = f' <span class="quiet">({said}{rest})</span>' if said else ""
    return esc(page.words.reason(reason)) + ground
