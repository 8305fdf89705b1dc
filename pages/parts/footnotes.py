"""Where does each line of a printed page come from? Every page that was read gets one number, listed at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lib.domain.records import Item, Source
from pages.parts.cards import Cards, source_host
from pages.parts.html import esc, link


@dataclass(frozen=True)
class Footnotes:
    """The pages behind some records, numbered from 1 in the order in which they are first named."""

    numbers: dict[str, int]
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Footnotes:
        found: dict[str, Source] = {}
        for item in items:
            for source in item.sources:
                known = found.get(source.url)
                if known is None or source.as_of > known.as_of:
                    found[source.url] = source
        return cls({url: number for number, url in enumerate(found, 1)}, tuple(found.values()))

    def marks(self, item: Item) -> str:
        """The numbers of a record's pages, seen in print only: on the screen each card links to its pages itself."""
        numbers = ", ".join(str(self.numbers[source.url]) for source in item.sources)
        return f'<sup class="printonly">[{numbers}]</sup>' if numbers else ""

    def html(self, cards: Cards, title: str) -> str:
        """The numbered pages with address and date, for print."""
        rows = "".join(f"<li>{link(s.url, source_host(s.url))} · {esc(cards.date_of(s))}</li>" for s in self.sources)
        return f'<section class="printonly footnotes"><h2>{esc(title)}</h2><ol>{rows}</ol></section>' if rows else ""


def print_list(cards: Cards, items: Iterable[Item], notes: Footnotes) -> str:
    """Records as short lines with footnote numbers, for print: name, place, how exactly it is known."""
    rows = (f"<li>{esc(item.name, 220)}{esc(_where(cards, item))}{notes.marks(item)}</li>" for item in items)
    return f'<ul class="printonly">{"".join(rows)}</ul>'


def _where(cards: Cards, item: Item) -> str:
    place = item.address or item.locality
    told = ", ".join(part for part in (place, cards.t("card.approximate") if item.approximate else "") if part)
    return f" – {told}" if told else ""
