"""Which searchable terms does a piece of Polish text hold? From written words to lemmas, places and abbreviations.

A term is a folded lemma: "Kołom gospodyń" gives `kolo`, `gospodyni` and, as a known phrase, `kgw`. Lemmas come from simplemma
in its memory-frugal mode (about 50 MB instead of 350 MB); it needs the diacritics, so words are folded only afterwards.
What it gets wrong is corrected by the short list in `data/search.toml`.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lib.catalog.place_forms import MIN_FORM, adjective_forms, noun_forms

RULES_PATH = Path(__file__).resolve().parents[2] / "data" / "search.toml"

_WORD = re.compile(r"\d{2}-\d{3}(?!\d)|[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_COMPANY = re.compile(r"\bsp\.?\s*z\s*o\.?\s*o\b\.?")
"""The legal form of a company, taken out so that its `sp.` is not read as a primary school."""
_VERBAL_NOUN = re.compile(r"(?:nie|nia|niu|niem|niom|niami|niach|ń)$")
_WITHOUT_MARK = {"a": "aą", "c": "cć", "e": "eę", "l": "lł", "n": "nń", "o": "oó", "s": "sś", "z": "zźż"}
MAX_RESTORED = 512
"""Spellings tried for a word typed without diacritics: enough for all words but a few very long ones, about 5 ms at worst."""


@dataclass(frozen=True)
class SearchRules:
    """What `data/search.toml` says about words."""

    stop_words: frozenset[str]
    lemmas: Mapping[str, str]
    abbreviations: Mapping[str, tuple[str, ...]]
    keywords: Mapping[str, Mapping[str, str]]


@cache
def load_rules(path: Path = RULES_PATH) -> SearchRules:
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return SearchRules(
        stop_words=frozenset(word for words in table["stop_words"].values() for word in words.split()),
        lemmas={form: lemma for lemma, forms in table["lemmas"].items() for form in forms.split()},
        abbreviations={fold(short.casefold()): tuple(phrases) for short, phrases in table["abbreviations"].items()},
        keywords=table["keywords"],
    )


@cache
def _fold_letter(ch: str) -> str:
    if ch == "ł":
        return "l"
    return "".join(part for part in unicodedata.normalize("NFKD", ch) if not unicodedata.combining(part)) or ch


def fold(word: str) -> str:
    """A lower-case word without diacritics."""
    return word if word.isascii() else "".join(map(_fold_letter, word))


def tokenise(text: str) -> list[str]:
    """The words of a text in lower case, in order; `K.G.W.` is one word, single letters are none."""
    lower = unicodedata.normalize("NFC", text).casefold()
    if "." in lower:
        lower = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", _COMPANY.sub(" ", lower))
    return [word for word in _WORD.findall(lower) if len(word) > 1 or word.isdigit()]


def _polish_lemma(word: str) -> str:
    """simplemma's lemma with its weakest habit mended: a verbal noun stays a noun (stowarzyszeń: stowarzyszenie)."""
    lemma = str(_lemmatizer().lemmatize(word, "pl")).casefold()
    if lemma.endswith("ć") and _VERBAL_NOUN.search(word):
        return _VERBAL_NOUN.sub("nie", word)
    return lemma


@cache
def _lemmatizer() -> Any:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(low_memory=True))


def _is_polish_word(word: str) -> bool:
    from simplemma import is_known

    return bool(is_known(word, "pl", low_memory=True))


def restored(word: str, is_word: Callable[[str], bool] = _is_polish_word) -> list[str]:
    """Polish words that somebody may have meant who typed `word` without diacritics, the fewest marks first."""
    choices = [_WITHOUT_MARK.get(ch, ch) for ch in word]
    spellings = itertools.islice(_by_marks(choices), MAX_RESTORED)
    return [spelling for spelling in spellings if spelling != word and is_word(spelling)]


def _by_marks(choices: list[str]) -> Iterable[str]:
    """All spellings, those with few marks before those with many."""
    places = [place for place, options in enumerate(choices) if len(options) > 1]
    for count in range(len(places) + 1):
        for marked in itertools.combinations(places, count):
            letters = [options[1:] if place in marked else options[0] for place, options in enumerate(choices)]
            yield from map("".join, itertools.product(*letters))


class Words:
    """Turns text into terms for one region: knows its place names, the abbreviations and the exceptions."""

    def __init__(self, place_names: Iterable[str], rules: SearchRules | None = None) -> None:
        self.rules = rules or load_rules()
        self._lemmas: dict[str, str] = {}
        self._terms: dict[str, tuple[str, ...]] = {}
        self.place_nouns: dict[str, set[str]] = {}
        self.place_adjectives: dict[str, set[str]] = {}
        self._adjective_lemma: dict[str, str] = {}
        for word in sorted({word for name in place_names for word in tokenise(name)}):
            self._add_place(word)
        self._phrases = self._read_phrases()
        self._expansions = {short: self._expand(short, phrases) for short, phrases in self.rules.abbreviations.items()}

    def lemma(self, word: str) -> str:
        """The folded lemma of one lower-case word."""
        if word not in self._lemmas:
            known = self.rules.lemmas.get(word)
            self._lemmas[word] = fold(known if known else word if word.isdigit() else _polish_lemma(word))
        return self._lemmas[word]

    def terms(self, word: str) -> tuple[str, ...]:
        """The terms of one word as it stands in a text: its lemma and, for a form of a place's name, the place.

        "Kłobucku" is the town and not the adjective that the dictionary sees in it; "kłobucki" is the adjective; "osp" is the
        fire brigade and not the genitive of a disease.
        """
        if word not in self._terms:
            folded = fold(word)
            if folded in self.rules.abbreviations:
                return (folded,)
            places = self.place_nouns.get(folded, set())
            lemma = self._adjective_lemma.get(folded) if not places else None
            lemma = lemma or self.lemma(word)
            adjective = self._adjective_lemma.get(lemma) if places else None
            self._terms[word] = tuple(sorted(places if adjective else places | {lemma}))
        return self._terms[word]

    def sequence(self, text: str) -> list[tuple[str, ...]]:
        """The terms of each word of a text, stop words left out."""
        return [self.terms(word) for word in tokenise(text) if word not in self.rules.stop_words]

    def text_terms(self, text: str) -> list[str]:
        """All terms that a record's text is found by: words, the short names of its phrases, the words of its short names."""
        sequence = self.sequence(text)
        found = [term for terms in sequence for term in terms]
        found += [short for _, _, short in self.phrases(sequence)]
        for terms in sequence:
            for term in terms:
                found += self._expansions.get(term, ())
        return found

    def head_terms(self, text: str) -> list[str]:
        """What a name begins with: its first word and the short names of phrases that start there."""
        sequence = self.sequence(text)
        return [*itertools.chain(*sequence[:1]), *(short for start, _, short in self.phrases(sequence) if start == 0)]

    def phrases(self, sequence: list[tuple[str, ...]]) -> list[tuple[int, int, str]]:
        """Where phrases with a short name stand: (first word, one past the last, short name), the longest first."""
        found = []
        for start, terms in enumerate(sequence):
            for term in terms:
                for phrase, short in self._phrases.get(term, ()):
                    stop = start + len(phrase)
                    if stop <= len(sequence) and all(want in have for want, have in zip(phrase, sequence[start:stop], strict=True)):
                        found.append((start, stop, short))
        return sorted(found, key=lambda place: (place[0] - place[1], place))

    def _add_place(self, word: str) -> None:
        folded = fold(word)
        if len(word) < MIN_FORM or word.isdigit() or word in self.rules.stop_words:
            return
        for form in noun_forms(folded):
            self.place_nouns.setdefault(form, set()).add(folded)
        for form, nominative in adjective_forms(folded).items():
            self.place_adjectives.setdefault(form, set()).add(folded)
            self._adjective_lemma[form] = nominative

    def _read_phrases(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """Phrases by their first term, longest first."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for short, phrases in self.rules.abbreviations.items():
            for phrase in phrases:
                lemmas = tuple(self.lemma(word) for word in tokenise(phrase) if word not in self.rules.stop_words)
                found.setdefault(lemmas[0], []).append((lemmas, short))
        return found

    def _expand(self, own: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
        """The terms that a short name stands for: the words of its first phrase and other short names inside that phrase."""
        sequence = self.sequence(phrases[0])
        inner = [short for _, _, short in self.phrases(sequence) if short != own]
        return tuple(dict.fromkeys([term for terms in sequence for term in terms] + inner))
