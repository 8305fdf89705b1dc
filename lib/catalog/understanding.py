"""Of which themes, groups and places does an idea speak, and which of its words say so? Text in, reviewed meanings out.

The meanings ("concepts") and their words in Polish, English and Ukrainian are the reviewed table `data/ideas.toml`. A word of the
text counts when its base form, its beginning or a phrase round it stands in the table; the language of the text is never guessed,
all three are tried. Because an idea and a record are brought to the same concepts, an English idea meets a Polish record.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lib.catalog.query import MAX_IDEA
from lib.catalog.words import Words, fold, tokenise

TABLE_PATH = Path(__file__).resolve().parents[2] / "data" / "ideas.toml"
LANGUAGES = ("pl", "en", "uk")
TOPIC, PEOPLE, FORM, PLACE = "topic", "people", "form", "place"
KINDS = (TOPIC, PEOPLE, FORM, PLACE)
"""What an idea is about, for whom it is, how it is done, where or with whom."""

MAX_THEMES = 4
"""Themes guessed at most: a text that speaks of five things speaks of none in particular."""
MAX_UNKNOWN = 12
"""Words that were not understood and are shown: enough to see what is missing."""
MIN_UNKNOWN = 4
"""Letters from which a word that was not understood is worth mentioning."""
MAX_AMOUNT = 100_000_000.0
"""PLN; more than the largest programme in the region, so a larger number is no budget of a group."""

BEFORE_PLACES = frozenset({"w", "we", "gmina", "gminie", "gminy", "in", "у", "в", "ґміна", "ґміні"})
"""Words after which a place is named."""
STEM_CHARS = 4
"""Letters by which the second word of a place's name is known in every case ("Kamienicy Polskiej")."""
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`](?=\w)")
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d{1,9})(?:,(\d{1,2}))?"
    r"\s*(tys\w*\.?|thousand|тис\w*\.?|mln|млн)?\s*(?:zł|pln|zlot|złot|злот)",
    re.IGNORECASE,
)
_FACTOR = {"t": 1_000.0, "т": 1_000.0, "m": 1_000_000.0, "м": 1_000_000.0}


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning: its `kind` (see KINDS), its labels by language, and the codes that it stands for.

    `themes` are all its themes, `leading` those that it is about and does not only touch. A `general` topic stands beside others more
    often than for itself: its beginnings of words that make it so, folded ("" for all words).
    """

    id: str
    kind: str
    labels: Mapping[str, str]
    leading: tuple[str, ...]
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    categories: tuple[str, ...]
    general: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels["pl"]


@dataclass(frozen=True, slots=True)
class Part:
    """One word of an entry: a base form (`terms`), or with `begins` a beginning that any ending may follow."""

    terms: frozenset[str]
    begins: str = ""

    def fits(self, folded: str, terms: Sequence[str]) -> bool:
        return folded.startswith(self.begins) if self.begins else folded in self.terms or not self.terms.isdisjoint(terms)


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or a phrase of the table and the concept it leads to."""

    parts: tuple[Part, ...]
    concept: str


@dataclass(frozen=True, slots=True)
class Read:
    """What one word (or phrase) of the text was taken for, as it was typed."""

    text: str
    concept: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a text: its words with their concepts, what was not understood, and the guesses that follow.

    `leading` are the themes that it is about and does not only touch, `core` the topics that are its matter and not general ones beside
    it. `amount` is a budget in PLN that the text names; `cut` says that
    the text was longer than MAX_IDEA characters.
    """

    words: tuple[Read, ...] = ()
    unknown: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    amount: float | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The reviewed table as written: concepts by id in its order, (concept, language, entry text) triples, and words of no weight."""

    concepts: Mapping[str, Concept]
    entries: tuple[tuple[str, str, str], ...]
    weak: tuple[tuple[str, str], ...]


@cache
def load_table(path: Path = TABLE_PATH) -> Table:
    """The reviewed table; a concept of an unknown kind is a KeyError of the table's own test, not of a visitor."""
    file: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    raw: dict[str, Any] = file["concept"]
    concepts: dict[str, Concept] = {}
    entries: list[tuple[str, str, str]] = []
    for name, node in raw.items():
        leading, also, groups, categories = (tuple(node.get(field, ())) for field in ("themes", "also", "groups", "categories"))
        concepts[name] = Concept(
            name, node["kind"], node["label"], leading, (*leading, *also), groups, categories, _general(node.get("general", ""))
        )
        entries.extend((name, language, entry) for language in LANGUAGES for entry in node[language].split())
    return Table(concepts, tuple(entries), tuple((language, word) for language in LANGUAGES for word in file["weak"][language].split()))


def _general(text: str) -> tuple[str, ...]:
    return tuple(fold(word.removesuffix("*")) for word in text.casefold().split())


def clean_idea(text: str) -> tuple[str, bool]:
    """The text in Unicode NFC without invisible and control characters, at most MAX_IDEA long, and whether it was cut."""
    printable = (" " if ch.isspace() else ch for ch in text[: MAX_IDEA * 8] if ch.isspace() or unicodedata.category(ch)[0] != "C")
    composed = " ".join(unicodedata.normalize("NFC", "".join(printable)).split())
    return composed[:MAX_IDEA].strip(), len(composed) > MAX_IDEA or len(text) > MAX_IDEA * 8


class Reader:
    """Reads texts with the words of one region; made once, safe to share between threads that only read."""

    def __init__(self, words: Words, table: Table | None = None) -> None:
        self.words = words
        self.table = table or load_table()
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._begins: dict[str, list[Entry]] = defaultdict(list)
        for concept, language, text in self.table.entries:
            kept = (word for word in text.split("_") if word not in words.rules.stop_words)
            self._add(Entry(tuple(self._part(word, polish=language == "pl") for word in kept), concept))
        self._weak = tuple(self._part(word, polish=language == "pl") for language, word in self.table.weak)
        self._found: dict[str, tuple[Entry, ...]] = {}

    @property
    def concepts_by_id(self) -> Mapping[str, Concept]:
        return self.table.concepts

    def read(self, text: str) -> Reading:
        """What an idea speaks of; never raises, an empty or unreadable text gives the empty reading."""
        clean, cut = clean_idea(text)
        typed = _typed(clean)
        words, understood = self._match([word for word, _ in typed])
        shown = tuple(Read(" ".join(typed[place][1] for place in range(start, stop)), concept) for start, stop, concept in words)
        concepts = tuple(dict.fromkeys(read.concept for read in shown))
        return Reading(
            words=tuple(dict.fromkeys(shown)),
            unknown=self._unknown(typed, understood),
            concepts=concepts,
            themes=self._themes([read.concept for read in shown]),
            leading=self._codes(concepts, "leading"),
            core=tuple(dict.fromkeys(read.concept for read in shown if self._is_core(read))),
            groups=self._codes(concepts, "groups"),
            categories=self._codes(concepts, "categories"),
            amount=amount_of(clean),
            cut=cut,
        )

    def _is_core(self, read: Read) -> bool:
        """Whether a word names a topic by other words than those by which the topic is general."""
        concept = self.table.concepts[read.concept]
        return concept.kind == TOPIC and not (concept.general and fold(read.text.casefold()).startswith(concept.general))

    def concepts(self, text: str) -> frozenset[str]:
        """The concepts of a record's text."""
        words, _ = self._match([word for word, _ in _typed(text)])
        return frozenset(concept for _, _, concept in words)

    def strong(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those of some unknown words that may tell a record from others: words that stand in every second text are left out."""
        return tuple(word for word in words if not self._is_weak(word.casefold()))

    def _is_weak(self, word: str) -> bool:
        folded, terms = fold(word), self._terms(word)
        return any(part.fits(folded, terms) for part in self._weak)

    def _add(self, entry: Entry) -> None:
        if not entry.parts:
            return
        first = entry.parts[0]
        if first.begins:
            self._begins[first.begins[:2]].append(entry)
        for term in first.terms:
            self._exact[term].append(entry)

    def _part(self, word: str, *, polish: bool) -> Part:
        """One word of an entry; only Polish words have base forms here, the others are meant as written."""
        lower = _plain(word.casefold())
        if lower.endswith("*"):
            return Part(frozenset(), fold(lower.removesuffix("*")))
        return Part(frozenset({fold(lower), *(self._terms(lower) if polish else ())}))

    def _terms(self, word: str) -> tuple[str, ...]:
        """The base forms of a word, also where it could be the name of a place ("pierwszej pomocy", "Dankowice Pierwsze")."""
        return tuple(dict.fromkeys((*self.words.terms(word), self.words.lemma(word))))

    def _match(self, tokens: Sequence[str]) -> tuple[list[tuple[int, int, str]], set[int]]:
        """(first word, one past the last, concept) of every understood word, the longest phrase first, and the places understood."""
        kept = [place for place, word in enumerate(tokens) if word not in self.words.rules.stop_words]
        folded = {place: fold(tokens[place]) for place in kept}
        terms = {place: self._terms(tokens[place]) for place in kept}
        found: list[tuple[int, int, str]] = []
        taken: set[int] = set()
        spans = [(kept[a], kept[b - 1] + 1, short) for a, b, short in self.words.phrases([terms[place] for place in kept])]
        for start, stop, short in spans:
            hits = [entry.concept for entry in self._exact.get(short, ()) if len(entry.parts) == 1]
            if hits and taken.isdisjoint(range(start, stop)):
                found.extend((start, stop, concept) for concept in hits)
                taken.update(range(start, stop))
        for phrase in (True, False):
            for number, place in enumerate(kept):
                for entry in self._entries(tokens[place], folded[place], terms[place]):
                    length = len(entry.parts)
                    span = kept[number : number + length]
                    if (length > 1) != phrase or len(span) < length or not taken.isdisjoint(span):
                        continue
                    if length == 1 and self._is_place(folded[place], entry.parts[0]):
                        continue
                    if all(part.fits(folded[p], terms[p]) for part, p in zip(entry.parts, span, strict=True)):
                        found.append((span[0], span[-1] + 1, entry.concept))
            if phrase:
                taken.update(p for start, stop, _ in found for p in range(start, stop))
        return sorted(set(found)), {p for start, stop, _ in found for p in range(start, stop)}

    def _is_place(self, folded: str, part: Part) -> bool:
        """Whether a word alone is rather the name of a place (in Zawodzie) than an inflected word of the table (zawody)."""
        return folded in self.words.place_nouns and folded not in part.terms

    def _entries(self, word: str, folded: str, terms: Sequence[str]) -> tuple[Entry, ...]:
        """The entries whose first word fits, remembered by word."""
        if word not in self._found:
            exact = [entry for term in dict.fromkeys((folded, *terms)) for entry in self._exact.get(term, ())]
            begun = [entry for entry in self._begins.get(folded[:2], ()) if folded.startswith(entry.parts[0].begins)]
            self._found[word] = tuple(dict.fromkeys((*exact, *begun)))
        return self._found[word]

    def _unknown(self, typed: Sequence[tuple[str, str]], understood: set[int]) -> tuple[str, ...]:
        """Words that led nowhere; names of places and words of no weight are not missed."""
        rules, places = self.words.rules.stop_words, self.words.place_nouns
        missed = (
            shown
            for place, (word, shown) in enumerate(typed)
            if place not in understood
            and word not in rules
            and len(word) >= MIN_UNKNOWN
            and not word.isdigit()
            and fold(word) not in places
        )
        return tuple(dict.fromkeys(missed))[:MAX_UNKNOWN]

    def _themes(self, concepts: Sequence[str]) -> tuple[str, ...]:
        """The themes that most words speak of; of equal ones that which the text names first."""
        counted = Counter(theme for concept in concepts for theme in self.table.concepts[concept].themes)
        first = {theme: place for place, theme in enumerate(counted)}
        return tuple(sorted(counted, key=lambda theme: (-counted[theme], first[theme]))[:MAX_THEMES])

    def _codes(self, concepts: Iterable[str], field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for concept in concepts for code in getattr(self.table.concepts[concept], field)))


def gmina_named(words: Words, gminas: Mapping[str, str], text: str) -> str:
    """The TERYT of the only gmina (`gminas` are names by TERYT) that a text names in whatever case ("w Przyrowie"); "" for none or several.

    The name must begin with a capital letter or follow a word that a place follows, because some names are also common words.
    """
    tokens = _typed(clean_idea(text)[0])
    found = {
        teryt for teryt, name in gminas.items() if any(_names_at(words, tokens, place, tokenise(name)) for place in range(len(tokens)))
    }
    return found.pop() if len(found) == 1 else ""


def _names_at(words: Words, tokens: Sequence[tuple[str, str]], place: int, name: Sequence[str]) -> bool:
    """Whether a name begins at a word: the first of its words in any form, the others by their beginnings."""
    own = tokens[place : place + len(name)]
    if len(own) < len(name) or fold(name[0]) not in words.place_nouns.get(fold(own[0][0]), ()):
        return False
    marked = own[0][1][:1].isupper() or (place > 0 and tokens[place - 1][0] in BEFORE_PLACES)
    return marked and all(fold(word).startswith(fold(part)[:STEM_CHARS]) for (word, _), part in zip(own[1:], name[1:], strict=True))


def _plain(word: str) -> str:
    """A word without an apostrophe inside, which Ukrainian writes in several ways."""
    return _APOSTROPHE.sub("", word)


def _typed(text: str) -> list[tuple[str, str]]:
    """(lower-case word, as typed) of a text, in order."""
    plain = _plain(text)
    lower = tokenise(plain)
    as_typed: dict[str, str] = {}
    for shown in re.findall(r"[^\W_]+", plain):
        as_typed.setdefault(shown.casefold(), shown)
    return [(word, as_typed.get(word, word)) for word in lower]


def amount_of(text: str) -> float | None:
    """The first amount of money in PLN that a text names ("8 tys. zł", "12 000 zł"); None when it names none."""
    found = _AMOUNT.search(text)
    if found is None:
        return None
    whole = float(re.sub(r"[ \u00a0.]", "", found[1]) + "." + (found[2] or "0"))
    value = whole * (_FACTOR.get(found[3][0].lower(), 1.0) if found[3] else 1.0)
    return value if 0 < value <= MAX_AMOUNT else None
