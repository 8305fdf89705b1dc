"""How is a record told on paper: where it is, how to reach it, when, for how much, and on which page that was read?

The one place where texts of records and of the project become runs of a document; the caller's translator says them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lib.analysis.initiatives import figure
from lib.analysis.profile import day_of, host_of
from lib.catalog.load import Dataset
from lib.domain.links import dial_url, safe_url, safe_web_url
from lib.domain.records import Item, Source
from lib.domain.vocabulary import label_of
from lib.i18n import Translator
from lib.reports.document import Run, SourceEntry, Text
from lib.reports.typography import NBSP, clean, printed

RECORDS_LANGUAGE = "pl"
"""In which language the texts of the records are, whatever the document's own."""
NAME_LIMIT, STATEMENT_LIMIT, SENTENCE_LIMIT, CONTACT_LIMIT, URL_LIMIT = 120, 260, 1200, 60, 230
"""Characters printed of a name, a stated need, a sentence of our own, one contact and an address. In the data the longest name has 113,
the longest need 212 and the longest address 209: what is longer is cut with a mark, so that no record can fill the document."""
PERCENT_DIGITS = 1
DASH = "–"
PUBLISHERS = {
    "stat.gov.pl": "gus",
    "wybory.gov.pl": "pkw",
    "geoportal.gov.pl": "prg",
    "PolandGeoJson": "polandgeojson",
    "geonames.org": "geonames",
}
"""Whose name a source of the data package is shown by: the end of its host or the start of its title -> key of the text."""


def publishers(dataset: Dataset, table: str, t: Translator) -> tuple[tuple[str, str], ...]:
    """(address, name) of the sources that the data package names for a table."""
    resources = dataset.package.get("resources") or ()
    found = next((r for r in resources if isinstance(r, dict) and r.get("name") == table), {})
    return tuple(_publisher(entry, t) for entry in found.get("sources") or () if isinstance(entry, dict))


def known_publishers(dataset: Dataset, table: str, t: Translator) -> tuple[tuple[str, str], ...]:
    """As `publishers`, without those whose name is only a technical title, unless there are no others."""
    known = {t(key) for key in t.keys("gmina.publisher.")}
    found = publishers(dataset, table, t)
    return tuple(one for one in found if one[1] in known) or found


def _publisher(entry: Mapping[str, object], t: Translator) -> tuple[str, str]:
    url = str(entry.get("path", ""))
    host = url.split("//", 1)[-1].split("/", 1)[0]
    title = str(entry.get("title", "") or url)
    key = next((key for sign, key in PUBLISHERS.items() if host == sign or host.endswith("." + sign) or title.startswith(sign)), "")
    return url, t(f"gmina.publisher.{key}") if key else title


@dataclass
class Notes:
    """The pages that a document names, numbered from 1 in the order in which they are first named."""

    found: dict[str, Source] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, source: Source) -> int:
        """The number of a page; a second record of the same page may know a later date of it."""
        known = self.found.get(source.url)
        if known is None or source.as_of > known.as_of:
            self.found[source.url] = source
        return self.numbers.setdefault(source.url, len(self.numbers) + 1)


@dataclass(frozen=True)
class Words:
    """Says things in one language and keeps the list of sources that it named on the way."""

    dataset: Dataset
    t: Translator
    notes: Notes = field(default_factory=Notes)

    # --- runs

    def own(self, text: str, *, bold: bool = False, quiet: bool = False, link: str = "") -> Run:
        """A text of the project, in the document's language; whatever a record put into it is cleaned too. Blanks at its ends stay."""
        before, after = text[:1] == " ", text[-1:] == " " and text != " "
        shown = printed(" " * before + clean(text, SENTENCE_LIMIT) + " " * after, self.t.language)
        return Run(shown, bold, quiet, (safe_url(link) or "") if link else "")

    def record(self, text: str, *, limit: int = NAME_LIMIT, bold: bool = False, quiet: bool = False) -> Run:
        """A text as a record has it: Polish whatever the document's language."""
        lang = "" if self.t.language == RECORDS_LANGUAGE else RECORDS_LANGUAGE
        return Run(printed(clean(text, limit), RECORDS_LANGUAGE), bold, quiet, lang=lang)

    def say(self, key: str, **params: object) -> Text:
        """One sentence of the project as a text."""
        return (self.own(self.t(key, **params)),)

    def woven(self, key: str, names: Iterable[Run], **params: object) -> Text:
        """One sentence of the project round runs that stand at its `names`, which may be in another language."""
        before, after = (part for part in self.t(key, names="\n", **params).split("\n"))
        own = [self.own(part) if part else None for part in (before, after)]
        return tuple(run for run in (own[0], *names, own[1]) if run)

    def marks(self, items: Iterable[Item], *, most: int = 1) -> Text:
        """The numbers of the pages of some records, each page once; `most` pages a record."""
        numbers = dict.fromkeys(self.notes.number(source) for item in items for source in item.sources[:most])
        return tuple(Run("", note=number) for number in numbers)

    def named(self, items: Sequence[Item], total: int | None = None) -> list[Run]:
        """Names of records with their sources, separated by commas; `total` says how many there are beside those shown."""
        runs: list[Run] = []
        for i, item in enumerate(items):
            runs += [*([self.own(", ")] if i else []), self.record(item.name), *self.marks((item,))]
        more = (total or len(items)) - len(items)
        return [*runs, self.own(" " + self.t("brief.more", n=more))] if more > 0 else runs

    # --- words

    def term(self, vocabulary: str, code: str) -> str:
        return label_of(self.dataset.vocabularies.get(vocabulary, {}), code, self.t.language)

    def plural(self, vocabulary: str, code: str) -> str:
        known = self.dataset.vocabularies.get(vocabulary, {}).get(code)
        return known.plural(self.t.language) if known else code

    def layer(self, code: str) -> str:
        """What a layer of the map is called."""
        known = self.dataset.vocabularies.get("category", {}).get(code)
        return known.plural(self.t.language) if known else self.t(f"layer.{code}") if self.t.has(f"layer.{code}") else code

    def inner(self, label: str) -> str:
        """A label inside a sentence: with a small first letter, unless it is a short name (KGW, OSP) or a Miniforum."""
        name = label[1:2].isupper() or label.startswith(("Miniforum", "Мініфорум"))
        return label if name else label[:1].lower() + label[1:]

    def listed(self, vocabulary: str, codes: Iterable[str]) -> str:
        """Labels of codes inside a sentence."""
        return ", ".join(self.inner(self.term(vocabulary, code)) for code in codes)

    def counted(self, counts: Mapping[str, int], shown: int, vocabulary: str) -> str:
        """The most frequent codes with their numbers: "kultura (8), sport (3)"."""
        return ", ".join(f"{self.inner(self.term(vocabulary, code))} ({n})" for code, n in list(counts.items())[:shown])

    def tallied(self, counts: Mapping[str, int], shown: int, *, plain: bool = False) -> list[Run]:
        """The most frequent names of records with their numbers: "LEADER (8), Gmina (3)"; `plain` leaves the numbers out."""
        runs: list[Run] = []
        for name, n in list(counts.items())[:shown]:
            runs += [*([self.own(", ")] if runs else []), self.record(name), *([] if plain else [self.own(f" ({n})")])]
        return runs

    def gmina(self, teryt: str) -> str:
        known = self.dataset.gminas.get(teryt)
        return known.name if known else ""

    def percent(self, share: float) -> str:
        """A share (0..1) as a percentage, a dash where it is unknown."""
        if math.isnan(share):
            return DASH
        from babel.numbers import format_decimal

        return self.t("gmina.percent", share=format_decimal(share * 100, format="0." + "0" * PERCENT_DIGITS, locale=self.t.language))

    def whole(self, value: float) -> str:
        return DASH if math.isnan(value) else self.t.number(round(value))

    def money(self, value: float) -> str:
        return self.t("card.pln", amount=self.t.number(value, 2))

    def place(self, item: Item, *, with_gmina: bool = False) -> str:
        """Address and locality as far as they are known, and the gmina where it is another one."""
        gmina = self.gmina(item.teryt) if with_gmina else ""
        parts = [item.address, item.locality if item.locality not in item.address else ""]
        if gmina and gmina != item.locality:
            parts.append(self.t("card.gmina", name=gmina))
        return ", ".join(part for part in parts if part)

    def contact(self, item: Item) -> Text:
        """Phone, e-mail and site with safe addresses; empty when the record has none."""
        runs: list[Run] = []
        for name, address in (("phone", dial_url), ("email", _mailed), ("website", safe_web_url)):
            for part in item.details.get(name, "").split("|")[:1]:
                if part.strip():
                    shown = host_of(part.strip()) if name == "website" else part.strip().replace(" ", NBSP)
                    runs += [*([self.own(" · ")] if runs else []), Run(clean(shown, CONTACT_LIMIT), link=address(part.strip()) or "")]
        return tuple(runs)

    def when(self, item: Item) -> str:
        """The day of an initiative in words, or that none is known."""
        return self.t.date(day_of(item)) or self.t("brief.undated")

    def year(self, date: str) -> str:
        """The year of a partial date, a dash where there is none."""
        return date[:4] if date[:4].isdecimal() else DASH

    def amount(self, item: Item) -> str:
        value = figure(item, "amount_pln")
        return "" if value is None else self.money(value)

    def dated(self, source: Source) -> str:
        """What is known of a page's age; dates as in the data (ISO 8601), which every language reads and no line breaks."""
        if source.as_of:
            return self.t("brief.source_dated", date=source.as_of)
        return self.t("brief.source_undated", date=source.gathered)

    def entries(self) -> tuple[SourceEntry, ...]:
        """The list of sources, in the order of its numbers."""
        found = []
        for url, number in self.notes.numbers.items():
            shown = printed(clean(url.split("//", 1)[-1].removeprefix("www.").rstrip("/"), URL_LIMIT), "en")
            found.append(SourceEntry(number, safe_url(url) or "", shown, printed(clean(self.dated(self.notes.found[url]), NAME_LIMIT), "")))
        return tuple(found)


def _mailed(text: str) -> str | None:
    return safe_url(f"mailto:{text}")
