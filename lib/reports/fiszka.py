"""What stands on the one-page project sheet that a group takes to the wójt? The answers in short, each line with its source's number.

The sheet is plain text in sections; `fiszka_pdf` and `fiszka_docx` put it on paper. Every text is cut, so that it stays one page
whatever the records hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from lib.analysis.ideas.hands import GROUP, SUPPORT, Hand
from lib.analysis.ideas.needs import MATTER
from lib.analysis.ideas.partners import Partner
from lib.analysis.initiatives import figure
from lib.analysis.profile import day_of, host_of
from lib.domain.records import Item
from lib.reports.idea_words import Translator, Wording
from lib.reports.ideas import Answers

TITLE_CHARS, IDEA_CHARS, LINE_CHARS, NAME_CHARS = 90, 420, 215, 95
"""Characters printed of the title, the idea, one line and one name."""
LIMITS = (LINE_CHARS, 170, 130, 92)
"""To how many characters every line is cut, the first that lets the sheet stay one page."""
PRINTED_CHARS, PRINTED_LINES = 92, 37
"""What one printed line and one page hold in the wider of the two typefaces, headings and blanks not counted."""
SHOWN = 3
"""Entries of a section: three partners and three programmes are a choice, more would not fit one page."""
SOURCES_SHOWN = 14
ELLIPSIS = "…"
_MARK = re.compile(r"( \[\d+\])?$")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet: `facts` are (label, value) pairs at its head, `blanks` are to be filled in by hand."""

    language: str
    kicker: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    blanks: tuple[str, ...]
    sources_title: str
    sources: tuple[str, ...]
    note: str


@dataclass
class _Notes:
    """Sources in the order in which the lines name them."""

    numbers: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def mark(self, item: Item, t: Translator) -> str:
        """The number of a record's source in brackets, "" where there is none or no room."""
        if not item.sources:
            return ""
        url = item.sources[0].url
        if url not in self.numbers:
            if len(self.numbers) == SOURCES_SHOWN:
                return ""
            self.numbers[url] = len(self.numbers) + 1
            date = t.date(item.sources[0].as_of) or t("idea.sheet.undated")
            self.shown.append(plain(f"[{self.numbers[url]}] {host_of(url)} ({date})", NAME_CHARS))
        return f" [{self.numbers[url]}]"


def plain(text: str, limit: int) -> str:
    """One line of text without what no page can hold (controls, direction overrides, unassigned signs), cut with a mark."""
    flat = _BLANKS.sub(" ", unicodedata.normalize("NFC", text[: 4 * limit]))
    seen = "".join(ch for ch in flat if unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()
    return seen if len(seen) <= limit else seen[: limit - 1].rstrip() + ELLIPSIS


def sheet(found: Answers, words: Wording, *, day: str) -> Sheet:
    """The sheet of an idea in the language of `words`; `day` (YYYY-MM-DD) is printed on it."""
    t, notes = words.t, _Notes()
    sections = (
        _idea(found, words),
        _why(found, words, notes),
        _how(found, words, notes),
        _whom(found, words, notes),
        _hands(found, words, notes),
        _pay(found, words, notes),
        _ask(found, words),
    )
    return Sheet(
        language=t.language,
        kicker=t("idea.sheet.kicker"),
        title=_title(found.question.text) or t("idea.sheet.untitled"),
        facts=_facts(found, words, day),
        sections=fitted([section for section in sections if section.lines]),
        blanks=(t("idea.sheet.blank.name"), t("idea.sheet.blank.contact"), t("idea.sheet.blank.when")),
        sources_title=t("idea.sheet.sources"),
        sources=tuple(notes.shown),
        note=t("idea.sheet.note", version=words.dataset.version),
    )


def fitted(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their lines cut so far that all of them fit one page."""
    chosen = tuple(sections)
    for limit in LIMITS:
        chosen = tuple(Section(section.title, tuple(_cut(line, limit) for line in section.lines)) for section in chosen)
        if sum(-(-len(line) // PRINTED_CHARS) for section in chosen for line in section.lines) <= PRINTED_LINES:
            break
    return chosen


def _cut(line: str, limit: int) -> str:
    """A line of at most `limit` characters; the number of its source stays at its end."""
    mark = _MARK.search(line)
    number = mark[0] if mark else ""
    return plain(line.removesuffix(number), limit - len(number)) + number


def _title(text: str) -> str:
    """The idea as a heading: its beginning, with a capital letter."""
    short = plain(text, TITLE_CHARS)
    return short[:1].upper() + short[1:]


def _facts(found: Answers, words: Wording, day: str) -> tuple[tuple[str, str], ...]:
    t, place = words.t, found.idea.place
    gmina = words.gmina(place.teryt) if place.teryt else ""
    where = ", ".join(part for part in (place.name if place.exact else "", t("card.gmina", name=gmina) if gmina else "") if part)
    organiser = words.name(found.idea.organiser) if found.idea.organiser else ""
    about = ", ".join(part for part in (words.terms("theme", found.idea.themes), words.terms("target_group", found.idea.groups)) if part)
    facts = (
        ("who", organiser or words.term("applicant", found.idea.who)),
        ("where", where),
        ("about", about),
        ("budget", t("card.pln", amount=t.number(found.idea.amount, 2)) if found.idea.amount else ""),
        ("day", t.date(day)),
    )
    return tuple((t(f"idea.sheet.fact.{name}"), plain(value, NAME_CHARS)) for name, value in facts if value)


def _lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(lines)


def _line(text: str, mark: str = "") -> str:
    """A line of the sheet: the text cut, its source's number kept."""
    return plain(text, LINE_CHARS - len(mark)) + mark


def _idea(found: Answers, words: Wording) -> Section:
    """The text in full where the title had to cut it."""
    text = found.question.text
    long = len(plain(text, IDEA_CHARS)) > TITLE_CHARS
    return Section(words.t("idea.sheet.section.idea"), (plain(text, IDEA_CHARS),) if long else ())


def _why(found: Answers, words: Wording, notes: _Notes) -> Section:
    """Stated needs and what exists already."""
    t = words.t
    chosen = [one.item for one in found.needs if one.tier == MATTER] or [one.item for one in found.needs]
    needs = [_line(f"{item.name.rstrip('.')} ({words.gmina(item.teryt)}, {_date(item, t)})", notes.mark(item, t)) for item in chosen[:2]]
    there = [
        _line(t("idea.sheet.exists", name=plain(item.name, NAME_CHARS), place=_place(item, words)), notes.mark(item, t))
        for item in (one.item for one in found.existing[:2])
    ]
    lines = needs or [t("idea.sheet.no_need")]
    return Section(t("idea.sheet.section.why"), _lines([*lines, *there]))


def _date(item: Item, t: Translator) -> str:
    return t.date(item.as_of) or t("idea.sheet.undated")


def _place(item: Item, words: Wording) -> str:
    return item.locality or words.gmina(item.teryt)


def _how(found: Answers, words: Wording, notes: _Notes) -> Section:
    """Two examples in figures, and two lines that they have in common."""
    t = words.t
    lines = []
    for one in found.examples[:2]:
        amount, people = figure(one.item, "amount_pln"), figure(one.item, "participants")
        facts = (
            t.date(day_of(one.item)),
            _place(one.item, words),
            t("idea.examples.amount", amount=amount) if amount is not None else "",
            t("idea.examples.participants", n=round(people)) if people else "",
        )
        lines.append(_line(f"{plain(one.item.name, NAME_CHARS)} ({', '.join(f for f in facts if f)})", notes.mark(one.item, t)))
    shared = [_line(words.line(line)) for line in found.checklist if not line.general][:2]
    return Section(t("idea.sheet.section.how"), _lines([*lines, *shared]))


def _whom(found: Answers, words: Wording, notes: _Notes) -> Section:
    """The first partners, with what each adds and how far it is."""
    return Section(words.t("idea.sheet.section.whom"), _lines(_partner(one, words, notes) for one in found.partners[:SHOWN]))


def _partner(one: Partner, words: Wording, notes: _Notes) -> str:
    t = words.t
    first = [words.reason(reason) for reason in one.reasons if not reason.key.startswith(("near", "adds_"))][:2]
    adds = ", ".join(t(f"idea.adds.{code}") for code in one.adds)
    parts = (_place(one.item, words), *first, t("idea.sheet.adds", names=adds) if adds else "")
    return _line(f"{plain(one.item.name, NAME_CHARS)}: {'; '.join(part for part in parts if part)}", notes.mark(one.item, t))


def _hands(found: Answers, words: Wording, notes: _Notes) -> Section:
    """Groups that bring hands in one line, and the first support centre with its contact."""
    t = words.t
    groups = [one.item.name for one in found.hands if one.kind == GROUP and one.item]
    support = next((one for one in found.hands if one.kind == SUPPORT and one.item), None)
    lines = [_line(t("idea.sheet.groups", names="; ".join(plain(name, 60) for name in groups[:SHOWN])))] if groups else []
    return Section(t("idea.sheet.section.hands"), _lines([*lines, *([_support(support, words, notes)] if support else [])]))


def _support(one: Hand, words: Wording, notes: _Notes) -> str:
    item = one.item
    if item is None:
        return ""
    contact = ", ".join(item.details[name].split("|")[0] for name in ("phone", "email") if item.details.get(name))
    said = words.t("idea.sheet.support", name=plain(item.name, NAME_CHARS))
    return _line(f"{said}{f': {contact}' if contact else ''}", notes.mark(item, words.t))


def _pay(found: Answers, words: Wording, notes: _Notes) -> Section:
    """The first programmes: who applies, how much, how old the knowledge is. Current ones go before history."""
    t = words.t
    chosen = sorted(found.funding, key=lambda one: one.history)[:SHOWN]
    lines = []
    for one in chosen:
        said = "; ".join(words.reason(reason) for reason in one.reasons if reason.key != "themes")
        lines.append(_line(f"{plain(one.item.name, NAME_CHARS)}: {said}", notes.mark(one.item, t)))
    return Section(t("idea.sheet.section.pay"), _lines(lines or [t("idea.sheet.no_funding")]))


def _ask(found: Answers, words: Wording) -> Section:
    """What the gmina is asked for, as far as the answers say so: a place that the text names, an application that only it can make."""
    t = words.t
    named = words.terms("category", found.idea.categories)
    programme = next((one.item.name for one in found.funding if one.by_municipality), "")
    lines = [
        _line(t("idea.sheet.ask.place", names=named)) if named else "",
        _line(t("idea.sheet.ask.apply", name=plain(programme, NAME_CHARS))) if programme else "",
        t("idea.sheet.ask.contact"),
    ]
    return Section(t("idea.sheet.section.ask"), _lines(line for line in lines if line))
