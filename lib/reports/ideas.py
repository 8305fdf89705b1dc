"""What are the five answers to an idea typed by a person? Reads the text with the catalog and asks the analysis.

A desk is made once for a data set and answers any number of questions; it is never changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lib.analysis.ideas.alike import Alike, Line, checklist, examples, existing
from lib.analysis.ideas.funding import Paid, fitting, funding, is_yearly
from lib.analysis.ideas.gaps import GapTouched
from lib.analysis.ideas.ground import Ground, Idea, Place, Words, before_day, build_ground, place_at
from lib.analysis.ideas.hands import Hand, hands
from lib.analysis.ideas.hosts import Host, hosts
from lib.analysis.ideas.needs import Met, Said, needs
from lib.analysis.ideas.offers import experience
from lib.analysis.ideas.partners import Funders, Partner, partners
from lib.catalog.catalog import Catalog
from lib.catalog.load import Dataset
from lib.catalog.understanding import FORM, PLACE, TOPIC, Reader, Reading
from lib.domain.records import Item
from lib.domain.statements import need_title
from lib.domain.vocabulary import DEFAULT_WHO
from lib.reports.calls import ended, today_of


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks: the text, where, who they are, and what they corrected.

    `themes` and `groups` are None while nobody corrected what was guessed. `locality` and `organiser` are ids ("" none), `weights`
    are those a person moved, `parties` the ids of the partners chosen for the project sheet (None: nobody chose).
    """

    text: str = ""
    teryt: str = ""
    locality: str = ""
    who: str = DEFAULT_WHO
    organiser: str = ""
    themes: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    amount: float | None = None
    weights: Mapping[str, float] | None = None
    parties: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What was understood, and the five answers; `over` are those of the programmes whose last known call is over, with its year, `today`
    is the data's own date."""

    question: Question
    reading: Reading
    idea: Idea
    gaps: tuple[GapTouched, ...]
    needs: tuple[Met, ...]
    existing: tuple[Alike, ...]
    examples: tuple[Alike, ...]
    checklist: tuple[Line, ...]
    hosts: tuple[Host, ...]
    partners: tuple[Partner, ...]
    hands: tuple[Hand, ...]
    funding: tuple[Paid, ...]
    over: Mapping[str, int]
    today: str = ""

    @property
    def understood(self) -> bool:
        """Whether anything is known of what the text is about; nothing may be ranked for an idea of which nothing is."""
        return bool(self.reading.words or not self.idea.is_empty or self.needs or self.existing or self.examples)


@dataclass(frozen=True, eq=False)
class Desk:
    """A data set made ready for ideas."""

    catalog: Catalog
    reader: Reader
    ground: Ground
    funders: Funders
    places: Mapping[str, Place]

    @property
    def dataset(self) -> Dataset:
        return self.catalog.dataset

    @cached_property
    def today(self) -> str:
        """The data's own date, from which calls are judged to be over."""
        return today_of(self.dataset.items)


NOWHERE = Place("", math.nan, math.nan)
"""An idea without a gmina: nothing is near it."""
Borders = Mapping[str, Iterable[str]]
"""The neighbours of every gmina (TERYT)."""


def open_desk(catalog: Catalog, borders: Borders, *, before: str = "") -> Desk:
    """Reads every record's text once (about a second). With `before` (a day) what happened later is not known to the answers."""
    dataset, reader = catalog.dataset, Reader(catalog.text_words())
    kinds = {name: concept.kind for name, concept in reader.concepts_by_id.items()}
    near = {teryt: frozenset(codes) for teryt, codes in borders.items()}
    found = [reader.concepts(text_of(dataset, item)) for item in dataset.items]
    ground = build_ground(dataset.items, found, kinds, dataset.gminas, near, before=before)
    return Desk(catalog, reader, ground, _experience(ground), places_of(dataset))


def rewind(desk: Desk, before: str) -> Desk:
    """The desk as it would have been on a day; texts are not read again."""
    ground = before_day(desk.ground, before)
    return Desk(desk.catalog, desk.reader, ground, _experience(ground), desk.places)


def _experience(ground: Ground) -> dict[str, dict[str, tuple[str, ...]]]:
    known = {code for codes in ground.work.did.values() for code in codes}
    past = [item for item in ground.items if item.id in known]
    return experience(past, [ground.items[row] for row in ground.rows("funding").tolist()])


SHORT_WORD = 3
"""Words up to this length (a short name like OSP has its own) tell nothing of what a need asks for."""


def said(desk: Desk) -> Said:
    """The content words of needs and of what may answer them; names of gminas and numbers are none."""
    words = desk.catalog.text_words()
    names = {term for gmina in desk.dataset.gminas.values() for term in words.text_terms(gmina.name)}

    def own(item: Item) -> frozenset[str]:
        terms = words.text_terms(f"{need_title(item.name)} . {item.summary}")
        return frozenset(term for term in terms if len(term) > SHORT_WORD and not term.isdigit() and term not in names)

    return Said.of({item.id: own(item) for item in desk.dataset.items if item.kind != "funding"})


def text_of(dataset: Dataset, item: Item) -> str:
    """What a record says of itself: its name, its summary and, for an organisation, what kind of one it is."""
    kind = dataset.vocabularies.get("subkind", {}).get(item.subkind) if item.subkind else None
    return " . ".join(filter(None, (item.name, item.summary, kind.label("pl") if kind else "")))


def places_of(dataset: Dataset) -> dict[str, Place]:
    """Where an idea can be, by locality id, and by TERYT: the gmina's seat (its locality of the same name), else somewhere in it."""
    found: dict[str, Place] = {}
    for one in dataset.localities.values():
        found[one.id] = place_at(one.teryt, latitude=one.latitude, longitude=one.longitude, name=one.name, exact=True)
    for gmina in dataset.gminas.values():
        seats = [one.id for one in dataset.localities.values() if one.teryt == gmina.teryt and one.name == gmina.name]
        label = place_at(gmina.teryt, latitude=gmina.label_latitude, longitude=gmina.label_longitude)
        found[gmina.teryt] = found[seats[0]] if len(seats) == 1 else label
    return found


def idea_of(desk: Desk, question: Question) -> tuple[Reading, Idea]:
    """What was understood, and the idea with everything that the person corrected."""
    reading = desk.reader.read(question.text)
    kinds = desk.ground.kinds
    idea = Idea(
        place=desk.places.get(question.locality) or desk.places.get(question.teryt) or NOWHERE,
        themes=reading.themes if question.themes is None else question.themes,
        groups=reading.groups if question.groups is None else question.groups,
        topics=tuple(code for code in reading.concepts if kinds[code] == TOPIC),
        forms=tuple(code for code in reading.concepts if kinds[code] == FORM),
        places=tuple(code for code in reading.concepts if kinds[code] == PLACE),
        leading=reading.leading if question.themes is None else (),
        core=reading.core,
        categories=reading.categories,
        who=question.who,
        organiser=question.organiser,
        amount=reading.amount if question.amount is None else question.amount,
    )
    return reading, idea


def answer(desk: Desk, question: Question, *, gaps: Sequence[GapTouched] = ()) -> Answers:
    """The five answers; an empty idea gets those that need no idea (who is near, what is there to help)."""
    reading, idea = idea_of(desk, question)
    ground = desk.ground
    strong = desk.reader.strong(reading.unknown)
    words = Words(strong, desk.catalog.words_held(strong))
    met = needs(ground, idea, words, limit=None)
    programmes = fitting(ground, idea)
    ranked = partners(ground, idea, desk.funders, programmes, weights=question.weights)
    alike = examples(ground, idea, words)
    paid = funding(ground, idea, ranked)
    return Answers(
        question=question,
        reading=reading,
        idea=idea,
        gaps=tuple(gaps),
        needs=met,
        existing=existing(ground, idea, words),
        examples=alike,
        checklist=checklist(ground, idea, [one for one in alike if one.sound]),
        hosts=hosts(ground, idea),
        partners=ranked,
        hands=hands(ground, idea, met),
        funding=paid,
        over=_over(desk, paid),
        today=desk.today,
    )


def _over(desk: Desk, paid: Sequence[Paid]) -> dict[str, int]:
    """The years of last known calls that are over; a call of law that returns every year is over for this year only."""
    years = ((one.item, ended(one.item.details.get("call_pattern_pl", ""), one.item.name, desk.today)) for one in paid)
    present = desk.today[:4]
    return {item.id: year for item, year in years if year is not None and (not is_yearly(item) or str(year) == present)}
