"""What stands on the one-page project sheet that a group takes to the wójt? The answers in short, each line with its source's number.

It speaks in the group's voice to the municipality: what we want, why here, with whom, for which money, what we ask of the gmina and
what we do not know yet. Advice to the group itself stands on the screen, not here.

The sheet is plain text in sections; `fiszka_pdf` and `fiszka_docx` put it on paper. Every text is cut, so that it stays one page
whatever the records hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from lib.analysis.freshness import year_of
from lib.analysis.ideas.alike import HERE, LOOSE, NEAR, Alike
from lib.analysis.ideas.funding import PATRON, THROUGH, Paid
from lib.analysis.ideas.hands import GROUP, SUPPORT, Hand
from lib.analysis.ideas.hosts import Host
from lib.analysis.ideas.needs import MATTER, PEOPLE, Met
from lib.analysis.ideas.offers import FUNDER, LEGAL, NO_PERSONALITY
from lib.analysis.ideas.partners import Partner
from lib.analysis.ideas.reason import Reason
from lib.analysis.initiatives import figure
from lib.analysis.profile import OFFICIAL, day_of, host_of
from lib.domain.links import safe_web_url
from lib.domain.records import Item
from lib.domain.statements import need_title
from lib.reports.idea_words import Translator, Wording
from lib.reports.ideas import Answers

PRINTED_CHARS, PRINTED_LINES = 92, 41
"""What one printed line and one page hold in the wider of the two typefaces, headings and blanks not counted."""
TITLE_CHARS, IDEA_CHARS, LINE_CHARS, NAME_CHARS = 90, 4 * PRINTED_CHARS, 230, 95
"""Characters printed of the title, the idea, one line and one name."""
LAST_WORD_CHARS = 20
"""A text is cut between two words when the last of them begins so near its end."""
SHOWN = 3
"""Entries of a section: three partners and three programmes are a choice, more would not fit one page."""
SOURCES_SHOWN = 14
SOURCE_CHARS, SOURCES_CHARS = 75, 560
"""Characters of one source with its page's path, and of all sources together: the more there are, the shorter the paths."""
PARTIES = 5
"""Partners that a visitor may choose for the sheet."""
AGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "seniors": ("65+", ("pop_65_plus",)),
    "children": ("0–14", ("pop_0_14",)),
    "youth": ("13–19", ("pop_13_15", "pop_16_19")),
}
"""The ages that are counted for a group, and the columns of the demography that add up to them."""
SENIOR_CLUB = "senior_club"
OLD_YEARS = 5
"""What is known of an organisation from longer ago may have changed, and the sheet says from when it is."""
IN_COMMON = ("themes", "did_themes", "groups", "did_groups", "topics", "did", "named")
"""Reasons for which a partner stands on the sheet when nobody chose: not for being near, for being open to all or for working with many."""
UNTOLD = ("near", "adds_", "groups_all")
"""Reasons that a line of the sheet leaves out: the place and what is added stand there anyway, "for everyone" tells nobody apart."""
FACTS = {"adds_legal_krs": LEGAL, "adds_funder": FUNDER}
"""What an organisation adds by a record of its own and not by its kind."""
ELLIPSIS = "…"
_MARK = re.compile(r"( \[\d+\])?$")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks at which a line may break; those inside numbers (10 000) stay."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is printed, and its address ("" when it is none of the web's)."""

    text: str
    url: str


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
    sources: tuple[Cited, ...]
    note: str


@dataclass
class _Notes:
    """Sources in the order in which the lines name them."""

    numbers: dict[str, int] = field(default_factory=dict)
    shown: list[tuple[str, str, str]] = field(default_factory=list)

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
            self.shown.append((str(self.numbers[url]), url, date))
        return f" [{self.numbers[url]}]"


def _cited(notes: _Notes) -> tuple[Cited, ...]:
    """The sources: site, as much of the page's path as an equal share of the room holds, and date."""
    room = min(SOURCE_CHARS, SOURCES_CHARS // max(len(notes.shown), 1))
    cited = []
    for number, url, date in notes.shown:
        host, end = host_of(url), f" ({date})"
        page = f"{host}{unquote(urlsplit(url).path).rstrip('/')}"
        left = max(room - len(number) - len(end) - 3, min(len(host), SOURCES_CHARS // SOURCES_SHOWN))
        cited.append(Cited(plain(f"[{number}] {plain(page, left)}{end}", SOURCE_CHARS + len(end)), safe_web_url(url) or ""))
    return tuple(cited)


def plain(text: str, limit: int) -> str:
    """One line of text without what no page can hold (controls, direction overrides, unassigned signs), cut with a mark."""
    flat = _BLANKS.sub(" ", unicodedata.normalize("NFC", text[: 4 * limit]))
    seen = "".join(ch for ch in flat if unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()
    if len(seen) <= limit:
        return seen
    kept = seen[: limit - 1]
    whole = kept if seen[limit - 1 : limit] == " " else kept.rpartition(" ")[0]
    return (whole if len(kept) - len(whole) <= LAST_WORD_CHARS else kept).rstrip(" ,;:–") + ELLIPSIS


def sheet(found: Answers, words: Wording, *, day: str) -> Sheet:
    """The sheet of an idea in the language of `words`; `day` (YYYY-MM-DD) is printed on it."""
    t, notes = words.t, _Notes()
    sections = (
        _want(found, words),
        _why(found, words, notes),
        _how(found, words, notes),
        _whom(found, words, notes),
        _hands(found, words, notes),
        _pay(found, words, notes),
        _ask(found, words),
        _unknown(found, words),
    )
    return Sheet(
        language=t.language,
        kicker=t("idea.sheet.kicker"),
        title=_title(found.question.text) or t("idea.sheet.untitled"),
        facts=_facts(found, words, day),
        sections=fitted([section for section in sections if section.lines]),
        blanks=(t("idea.sheet.blank.name"), t("idea.sheet.blank.contact"), t("idea.sheet.blank.when")),
        sources_title=t("idea.sheet.sources"),
        sources=_cited(notes),
        note=t("idea.sheet.note", month=t.date(found.today[:7])),
    )


def fitted(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their lines cut so far that all of them fit one page: first those that lose least by printing one row less."""
    chosen = [(section.title, list(section.lines)) for section in sections]
    while sum(_rows(line) for _, lines in chosen for line in lines) > PRINTED_LINES:
        longer = [(_beyond(line), part, i) for part, (_, lines) in enumerate(chosen) for i, line in enumerate(lines) if _rows(line) > 1]
        if not longer:
            break
        _, part, i = min(longer)
        lines = chosen[part][1]
        lines[i] = _cut(lines[i], (_rows(lines[i]) - 1) * PRINTED_CHARS)
    return tuple(Section(title, tuple(lines)) for title, lines in chosen)


def _rows(line: str) -> int:
    """How many printed rows a line takes."""
    return -(-len(line) // PRINTED_CHARS)


def _beyond(line: str) -> int:
    """How many characters of a line stand in its last printed row."""
    return len(line) - (_rows(line) - 1) * PRINTED_CHARS


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


def _line(text: str, mark: str = "") -> str:
    """A line of the sheet: the text cut, its source's number kept."""
    return plain(text, LINE_CHARS - len(mark)) + mark


def _want(found: Answers, words: Wording) -> Section:
    """The idea in full where the title had to cut it, and the place that it names."""
    t, text, teryt = words.t, plain(found.question.text, IDEA_CHARS), found.idea.place.teryt
    want = t("idea.sheet.want.idea", gmina=words.gmina(teryt), text=text) if teryt else t("idea.sheet.want.nowhere", text=text)
    named = _hosts((one for one in found.hosts if one.own), words)
    lines = (plain(want, IDEA_CHARS) if text else "", _line(t("idea.sheet.want.place", names=named)) if named else "")
    return Section(t("idea.sheet.section.want"), tuple(line for line in lines if line))


def _hosts(found: Iterable[Host], words: Wording) -> str:
    """The places or groups that the idea means, by name and locality."""
    return "; ".join(f"{plain(one.item.name, NAME_CHARS)} ({_place(one.item, words)})" for one in found)


def _why(found: Answers, words: Wording, notes: _Notes) -> Section:
    """How many people it is for, stated needs, each with its gmina, and that none is in this very matter where that is so; then what exists
    already."""
    t = words.t
    chosen = _needs(found)
    here = found.idea.place.teryt
    if not chosen:
        first = [t("idea.sheet.no_need")]
    elif chosen[0].tier == MATTER:
        first = []
    else:
        own = any(one.item.teryt == here for one in chosen)
        first = [t("idea.sheet.no_matter_own" if own else "idea.sheet.no_matter")]
    needs = [_need(one.item, words, notes) for one in chosen]
    return Section(t("idea.sheet.section.why"), (*_people(found, words), *first, *needs, *_exists(found, words, notes)))


def _people(found: Answers, words: Wording) -> list[str]:
    """How many people of the idea's first group with a known age live in the gmina, and that seniors have no club in the data."""
    t, teryt, table = words.t, found.idea.place.teryt, words.dataset.demography
    group = next((code for code in found.idea.groups if code in AGES), "")
    if not group or teryt not in table.index or any(name not in table for name in AGES[group][1]):
        return []
    row: dict[Hashable, Any] = table.loc[[teryt]].iloc[0].to_dict()
    count = sum(float(row[name]) for name in AGES[group][1])
    if not count > 0:
        return []
    key = "people" if str(row.get("basis", "")).startswith(OFFICIAL) else "people_estimate"
    said = t(f"idea.sheet.{key}", gmina=words.gmina(teryt), n=t.number(round(count)), ages=AGES[group][0])
    clubs = any(item.category == SENIOR_CLUB and item.teryt == teryt for item in words.dataset.items)
    return [t("idea.sheet.no_senior_club", people=said) if group == "seniors" and not clubs else said]


def _needs(found: Answers) -> list[Met]:
    """Two needs of the same matter, without any two of the same people."""
    by = {tier: [one for one in found.needs if one.tier == tier][:2] for tier in (MATTER, PEOPLE)}
    return by[MATTER] or by[PEOPLE]


def _need(item: Item, words: Wording, notes: _Notes) -> str:
    said = words.t("idea.sheet.need", gmina=words.gmina(item.teryt), name=need_title(item.name).rstrip("."), date=_date(item, words.t))
    return _line(said, notes.mark(item, words.t))


def _exists(found: Answers, words: Wording, notes: _Notes) -> list[str]:
    """What already works in the gmina or near; else the nearest of what is farther off or known of long ago, and said to be so."""
    t = words.t
    same = [one for one in found.existing if one.tier != LOOSE]
    near = [one for one in same if one.tier in (HERE, NEAR)][:2]
    if near:
        return [_existing(one, f"idea.sheet.exists{_age(one)}", words, notes) for one in near]
    if same:
        return [_existing(same[0], "idea.sheet.exists_far", words, notes)]
    return [t("idea.sheet.exists_none")] if found.idea.place.teryt and not found.idea.is_empty else []


def _age(one: Alike) -> str:
    """What is said of something that exists: known of lately, of long ago, or without a date."""
    return "_old" if one.old else "" if one.known else "_undated"


def _existing(one: Alike, key: str, words: Wording, notes: _Notes) -> str:
    t = words.t
    km = f"{t.number(one.km)} km" if one.km else ""
    known = t("idea.reason.known", date=one.known[:4]) if one.known else t("idea.reason.undated")
    where = ", ".join(part for part in (_place(one.item, words), km, known) if part)
    return _line(t(key, name=plain(one.item.name, NAME_CHARS), place=where), notes.mark(one.item, t))


def _date(item: Item, t: Translator) -> str:
    return t.date(item.as_of) or t("idea.sheet.undated")


def _place(item: Item, words: Wording) -> str:
    return item.locality or words.gmina(item.teryt)


def _how(found: Answers, words: Wording, notes: _Notes) -> Section:
    """Two examples in figures, and two lines that they have in common."""
    t = words.t
    lines = []
    for one in [one for one in found.examples if one.sound][:2]:
        amount, people = figure(one.item, "amount_pln"), figure(one.item, "participants")
        facts = (
            t.date(day_of(one.item)),
            _place(one.item, words),
            t("idea.examples.amount", amount=amount) if amount is not None else "",
            t("idea.examples.participants", n=round(people)) if people else "",
        )
        lines.append(_line(f"{plain(one.item.name, NAME_CHARS)} ({', '.join(f for f in facts if f)})", notes.mark(one.item, t)))
    shared = [_line(words.line(line)) for line in found.checklist if not line.general][:2]
    return Section(t("idea.sheet.section.how"), (*(lines or [t("idea.sheet.no_example")]), *shared))


def _whom(found: Answers, words: Wording, notes: _Notes) -> Section:
    """The chosen partners, with what each usually has and from when that is known."""
    ranked, offered = {one.item.id: one for one in found.partners}, offered_parties(found)
    lines = []
    for code in parties(found):
        item, reasons = offered[code]
        lines.append(_party(item, reasons, words, notes, ranked.get(code), found.today))
    return Section(words.t("idea.sheet.section.whom"), tuple(lines))


def offered_parties(found: Answers) -> dict[str, tuple[Item, tuple[Reason, ...]]]:
    """Whom the sheet can name, by id, with the reasons: the place or group that the idea means, then the partners in their order."""
    ranked = {one.item.id: one.reasons for one in found.partners}
    hosts = {one.item.id: (one.item, ranked.get(one.item.id, one.reasons) if one.own else one.reasons) for one in found.hosts}
    return {**hosts, **{one.item.id: (one.item, one.reasons) for one in found.partners if one.item.id not in hosts}}


def parties(found: Answers) -> tuple[str, ...]:
    """The ids of the partners on the sheet: those a visitor chose, else whom the idea means and the first that share more than a place."""
    offered, asked = offered_parties(found), found.question.parties
    if asked is not None:
        return tuple(code for code in asked if code in offered)[:PARTIES]
    hosts = {one.item.id for one in found.hosts}
    shared = (code for code, (_, reasons) in offered.items() if code in hosts or any(reason.key in IN_COMMON for reason in reasons))
    return tuple(shared)[:SHOWN]


def _party(item: Item, reasons: Sequence[Reason], words: Wording, notes: _Notes, partner: Partner | None, today: str) -> str:
    """An organisation with its place, its first reasons (that the idea names it before all), what such ones usually have, and from when
    the knowledge is when that is long ago or unknown."""
    t = words.t
    kept = (reason for reason in reasons if not reason.key.startswith(UNTOLD))
    told = sorted(kept, key=lambda reason: not reason.key.startswith("named"))
    facts = tuple(reason for reason in reasons if reason.key in FACTS)
    proved = {FACTS[reason.key] for reason in facts}
    adds = ", ".join(t(f"idea.adds.{code}") for code in (partner.adds if partner else ()) if code not in proved)
    guess = t("idea.sheet.adds", names=adds) if adds else ""
    parts = (_place(item, words), *(words.ours(reason) for reason in (*told[:2], *facts)), guess, _state(item, today, t))
    return _line(f"{plain(item.name, NAME_CHARS)}: {'; '.join(part for part in parts if part)}", notes.mark(item, t))


def _state(item: Item, today: str, t: Translator) -> str:
    """From when an organisation is known, when that is more than OLD_YEARS ago or has no date; "" for what is known of lately."""
    year, present = year_of(item.as_of), year_of(today)
    if year is None:
        return t("idea.sheet.known_undated")
    return t("idea.sheet.known_old", year=str(year)) if present is not None and present - year > OLD_YEARS else ""


def _hands(found: Answers, words: Wording, notes: _Notes) -> Section:
    """Groups that bring hands in one line, and the first support centre with its contact."""
    t = words.t
    groups = [one.item.name for one in found.hands if one.kind == GROUP and one.item]
    support = next((one for one in found.hands if one.kind == SUPPORT and one.item), None)
    lines = [_line(t("idea.sheet.groups", names="; ".join(plain(name, 60) for name in groups[:SHOWN])))] if groups else []
    return Section(t("idea.sheet.section.hands"), (*lines, *([_support(support, words, notes)] if support else [])))


def _support(one: Hand, words: Wording, notes: _Notes) -> str:
    item = one.item
    if item is None:
        return ""
    contact = ", ".join(item.details[name].split("|")[0] for name in ("phone", "email") if item.details.get(name))
    said = words.t("idea.sheet.support", name=plain(item.name, NAME_CHARS))
    return _line(f"{said}{f': {contact}' if contact else ''}", notes.mark(item, words.t))


def _programmes(found: Answers) -> list[Paid]:
    """The first programmes; current ones go before those whose call is over, and these before history."""
    return sorted(found.funding, key=lambda one: (one.history, one.item.id in found.over))[:SHOWN]


def _pay(found: Answers, words: Wording, notes: _Notes) -> Section:
    """The first programmes: who applies, how much, how old the knowledge is."""
    t = words.t
    lines = []
    for one in _programmes(found):
        told = [words.ours(reason) for reason in one.reasons if reason.key != "themes"]
        over = found.over.get(one.item.id)
        said = "; ".join((*told, t("idea.sheet.call_over", year=str(over))) if over else told)
        lines.append(_line(f"{plain(one.item.name, NAME_CHARS)}: {said}", notes.mark(one.item, t)))
    return Section(t("idea.sheet.section.pay"), tuple(lines or [t("idea.sheet.no_funding")]))


def _ask(found: Answers, words: Wording) -> Section:
    """What the gmina is asked for, as far as the answers say so: the place that the text names, by name where the data knows it, somebody
    to sign for a group that cannot, an application that only the gmina can make."""
    t = words.t
    programme = next((one.item.name for one in found.funding if one.by_municipality), "")
    lines = [
        _asked_place(found, words),
        _patron(found, words),
        _line(t("idea.sheet.ask.apply", name=plain(programme, NAME_CHARS))) if programme else "",
        t("idea.sheet.ask.contact"),
    ]
    return Section(t("idea.sheet.section.ask"), tuple(line for line in lines if line))


def _asked_place(found: Answers, words: Wording) -> str:
    """The place to be asked for: the gmina's own by name; where the data knows none here, its kind and the nearest one to ask."""
    t = words.t
    own = _hosts((one for one in found.hosts if one.venue and one.own), words)
    near = _hosts((one for one in found.hosts if one.venue and not one.own), words)
    kinds = words.terms("category", found.idea.categories)
    if own or not kinds:
        return _line(t("idea.sheet.ask.place", names=own)) if own else ""
    return _line(t("idea.sheet.ask.place_near", names=kinds, near=near) if near else t("idea.sheet.ask.place", names=kinds))


def _patron(found: Answers, words: Wording) -> str:
    """Who could sign for a group without legal personality; "" where no grant that is shown needs it."""
    if found.idea.who not in NO_PERSONALITY or not any(one.way in (PATRON, THROUGH) for one in _programmes(found)):
        return ""
    named = (dict(reason.params).get("record", "") for one in found.funding if one.way == PATRON for reason in one.reasons)
    likely = next((str(record) for record in named if record), "")
    if not likely:
        return words.t("idea.sheet.ask.patron")
    return _line(words.t("idea.sheet.ask.patron_like", name=plain(words.name(likely), NAME_CHARS)))


def _unknown(found: Answers, words: Wording) -> Section:
    """What the group has to find out: how many people, whether the place is free, the cost, and whether calls come again."""
    t = words.t
    here = any(one.tier == MATTER and one.item.teryt == found.idea.place.teryt for one in found.needs)
    years = sorted({one.item.as_of[:4] for one in _programmes(found) if one.item.as_of})
    lines = (
        "" if here else t("idea.sheet.unknown.people"),
        t("idea.sheet.unknown.place") if found.idea.categories else "",
        "" if found.idea.amount else t("idea.sheet.unknown.cost"),
        t("idea.sheet.unknown.calls", years=", ".join(years)) if years else "",
    )
    return Section(t("idea.sheet.section.unknown"), tuple(line for line in lines if line))
