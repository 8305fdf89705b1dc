"""How well does each record answer a few typed words? An in-memory index with BM25 scores over weighted fields.

What counts as a match. Every word of the question is looked up as a place ("w Kłobucku"), a lemma ("kołom gospodyń"), a short
name ("KGW" and its full name are one and the same word) or a written form without its diacritics. Only a word that is found
in none of these ways is tried as the beginning of a word (type-ahead), and only then as a typing error (one wrong letter
in words of 4 to 7 letters, two in longer ones). A word that leads nowhere even then is left aside.

Which records match. Those that hold the most of the remaining words: all of them where some record has all (AND), and the
closest there is where none has, so that "klub seniora" in a village without a club still shows clubs. Words of no weight of
their own ("w", "dla") are skipped.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.catalog.query import DatasetLike
from lib.catalog.record_text import HEAD, RecordText
from lib.catalog.words import Words, fold, restored, tokenise

SATURATION = 4.0
"""BM25's k1: how quickly more occurrences of a word stop adding; as large as the weight of a name, so that one word in a name
is worth half of what a word can reach, and a stray word in a long text little."""
LENGTH_PENALTY = 0.4
"""BM25's b: how much a long field dilutes its words; below the usual 0.75, because names are short and all of one kind."""
MIN_RARITY = 0.1
"""A word that nearly every record holds still counts a little, so that it can tell two equal records apart."""
PREFIX_FACTOR, TYPO_FACTOR, ADJECTIVE_FACTOR = 0.8, 0.6, 0.7
"""A guess is worth less than what was really typed; "kłobucki" says less of the town than "Kłobuck" does."""
MIN_PREFIX_LAST, MIN_PREFIX = 2, 3
"""Letters from which the last word, still being typed, and any other word count as a beginning."""
TYPO_LETTERS, TYPO_LETTERS_TWO = 4, 8
"""Length of a word from which one, and from which two wrong letters are forgiven."""
PLACE_WHEN_MISSING = 0.4
"""When no record has all words, what is looked for counts more than where: clubs elsewhere before other things in the place."""
LASTING = 1.15
"""An organisation or place that exists answers a question a little better than a past event or a wish that mentions it."""

Weights = Mapping[int, float]
"""Term number -> how much of a match it is (1 = what was typed)."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a question, or one phrase with a short name; no weights when it leads nowhere."""

    weights: Weights
    is_place: bool = False


@dataclass(frozen=True, eq=False)
class Postings:
    """Which records hold which term, and how strongly: rows[starts[t]:starts[t + 1]] belong to term t."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    strength: NDArray[np.float32]


class TextIndex:
    """All records' words; built once, never changed, safe to share between threads."""

    def __init__(self, dataset: DatasetLike) -> None:
        names = (place.name for place in dataset.localities.values())
        self.words = Words([*names, *(gmina.name for gmina in dataset.gminas.values())])
        self.size = len(dataset.items)
        self._numbers: dict[str, int] = {}
        self._postings = self._build(dataset)
        self._prior = np.array([LASTING if item.kind == "resources" else 1.0 for item in dataset.items], dtype=np.float32)
        self._forms = self._read_forms()
        self._sorted_forms = sorted(self._forms)

    def scores(self, text: str) -> NDArray[np.float32] | None:
        """A score per record, 0 where it does not match; None when the text holds no word to look for."""
        concepts = self._concepts(text)
        if not concepts:
            return None
        strengths = [self._strength(concept.weights) for concept in concepts]
        held = np.sum([strength > 0 for strength in strengths], axis=0, dtype=np.int16)
        most = int(held.max(initial=0))
        total = np.zeros(self.size, dtype=np.float32)
        for concept, strength in zip(concepts, strengths, strict=True):
            share = PLACE_WHEN_MISSING if concept.is_place and most < len(concepts) else 1.0
            total += share * self._rarity(int(np.count_nonzero(strength))) * strength
        total[held < most] = 0
        return total * self._prior

    def complete(self, text: str) -> bool:
        """Whether some record holds every word of the question (its places too); False means the answer is the nearest to it."""
        concepts = self._concepts(text)
        held = np.ones(self.size, dtype=bool)
        for concept in concepts:
            held &= self._strength(concept.weights) > 0
        return bool(held.any()) if concepts else True

    def held(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which records hold which words, words x records: only as typed (base form, place, short name), nothing is guessed."""
        found = np.zeros((len(words), self.size), dtype=bool)
        for place, word in enumerate(words):
            for token in tokenise(word)[:1]:
                found[place] = self._strength(self._weights(self._as_typed(token))) > 0
        return found

    def _concepts(self, text: str) -> list[Concept]:
        """What each word (or phrase with a short name) of the question may mean; unfindable words become empty."""
        typed = tokenise(text)
        kept = [word for word in typed if word not in self.words.rules.stop_words]
        sequence = [tuple(self._as_typed(word)) for word in kept]
        covered: set[int] = set()
        concepts: list[Concept] = []
        for start, stop, short in self.words.phrases(sequence):
            places = set(range(start, stop))
            if not places & covered and short in self._numbers:
                covered |= places
                concepts.append(Concept({self._numbers[short]: 1.0}))
        for place, word in enumerate(kept):
            if place not in covered:
                meaning = self._meaning(word, last=word == typed[-1] and place == len(kept) - 1)
                concepts.append(Concept(meaning, is_place=fold(word) in self.words.place_nouns))
        return concepts

    def _meaning(self, word: str, *, last: bool) -> Weights:
        """The terms that one word may mean, by the first way that leads anywhere."""
        folded = fold(word)
        if folded in self.words.rules.abbreviations and folded in self._numbers:
            return {self._numbers[folded]: 1.0}
        terms = self._as_typed(word)
        belonging = self.words.place_adjectives.get(folded, set()) - terms
        if found := self._weights(belonging, ADJECTIVE_FACTOR) | self._weights(terms):
            return found
        if len(folded) >= (MIN_PREFIX_LAST if last else MIN_PREFIX) and (begun := self._begun(folded)):
            return begun
        return self._mistyped(folded)

    def _as_typed(self, word: str) -> set[str]:
        """The terms of a correctly typed word: its lemma and place, what its written form stands for in some record, or,
        when neither is in any record and it has no Polish letter, the words it is without their diacritics."""
        folded = fold(word)
        terms = set(self.words.terms(word))
        if folded not in self.words.place_nouns:
            terms |= self._forms.get(folded, frozenset())
        if word.isascii() and not any(term in self._numbers for term in terms):
            terms.update(term for spelling in restored(word) for term in self.words.terms(spelling))
        return terms

    def _begun(self, beginning: str) -> Weights:
        first = bisect_left(self._sorted_forms, beginning)
        stop = bisect_left(self._sorted_forms, beginning + "\U0010ffff", lo=first)
        return self._weights((t for form in self._sorted_forms[first:stop] for t in self._forms[form]), PREFIX_FACTOR)

    def _mistyped(self, folded: str) -> Weights:
        """Terms whose written form is a letter or two away; of several distances the least, of several first letters the own."""
        if len(folded) < TYPO_LETTERS or folded.isdigit():
            return {}
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(folded) < TYPO_LETTERS_TWO else 2
        close = process.extract(folded, self._sorted_forms, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        nearest = min((distance for _, distance, _ in close), default=0)
        least = [form for form, distance, _ in close if distance == nearest]
        chosen = [form for form in least if form[0] == folded[0]] or least
        return self._weights((term for form in chosen for term in self._forms[form]), TYPO_FACTOR)

    def _weights(self, terms: Iterable[str], factor: float = 1.0) -> dict[int, float]:
        return {self._numbers[term]: factor for term in terms if term in self._numbers}

    def _strength(self, weights: Weights) -> NDArray[np.float32]:
        """How strongly each record holds one word of the question: its best-matching meaning counts."""
        best = np.zeros(self.size, dtype=np.float32)
        postings = self._postings
        for term, factor in weights.items():
            part = slice(postings.starts[term], postings.starts[term + 1])
            rows = postings.rows[part]
            best[rows] = np.maximum(best[rows], postings.strength[part] * np.float32(factor))
        return best

    def _rarity(self, holders: int) -> float:
        """BM25's inverse document frequency of a word that so many records hold."""
        return max(MIN_RARITY, math.log(1 + (self.size - holders + 0.5) / (holders + 0.5)))

    def _read_forms(self) -> dict[str, frozenset[str]]:
        """Every written form that can be typed, folded, with the terms it leads to."""
        forms: dict[str, set[str]] = defaultdict(set)
        for word, terms in self._seen.items():
            forms[fold(word)].update(terms)
        for form, places in self.words.place_nouns.items():
            if present := {place for place in places if place in self._numbers}:
                forms[form] |= present
        for term in self._numbers:
            forms[term].add(term)
        return {form: frozenset(terms) for form, terms in forms.items()}

    def _build(self, dataset: DatasetLike) -> Postings:
        """Read every text once; equal texts (labels, places) are taken apart only once."""
        record_text = RecordText(dataset, self.words.rules.keywords)
        parts: dict[str, NDArray[np.int32]] = {}
        self._seen: dict[str, tuple[str, ...]] = {}
        chunks, rows, weights = [], [], []
        for row, item in enumerate(dataset.items):
            for weight, text in record_text.fields(item):
                if text and text not in parts:
                    parts[text] = self._term_numbers(text)
                if text:
                    chunks.append(parts[text])
                    rows.append(row)
                    weights.append(weight)
            chunks.append(self._numbered(self.words.head_terms(item.name)))
            rows.append(row)
            weights.append(HEAD)
        return _assemble(chunks, np.array(rows, dtype=np.int64), np.array(weights), len(self._numbers), self.size)

    def _term_numbers(self, text: str) -> NDArray[np.int32]:
        for word in tokenise(text):
            if word not in self._seen and word not in self.words.rules.stop_words:
                self._seen[word] = self.words.terms(word)
        return self._numbered(self.words.text_terms(text))

    def _numbered(self, terms: Iterable[str]) -> NDArray[np.int32]:
        return np.array([self._numbers.setdefault(term, len(self._numbers)) for term in terms], dtype=np.int32)


def _assemble(
    chunks: list[NDArray[np.int32]], rows: NDArray[np.int64], weights: NDArray[np.float64], term_count: int, size: int
) -> Postings:
    """Turn (row, field weight, terms) into postings: occurrences are added up, then damped as BM25 does."""
    lengths = np.array([len(chunk) for chunk in chunks], dtype=np.int64)
    terms = np.concatenate(chunks) if chunks else np.zeros(0, dtype=np.int32)
    usual = {weight: lengths[weights == weight].mean() for weight in np.unique(weights)}
    average = np.array([usual[weight] for weight in weights])
    diluted = weights / (1 - LENGTH_PENALTY + LENGTH_PENALTY * lengths / np.maximum(average, 1))
    keys, places = np.unique(terms.astype(np.int64) * max(size, 1) + np.repeat(rows, lengths), return_inverse=True)
    amount = np.bincount(places, weights=np.repeat(diluted, lengths), minlength=len(keys))
    starts = np.searchsorted(keys, np.arange(term_count + 1, dtype=np.int64) * max(size, 1))
    strength = amount * (SATURATION + 1) / (amount + SATURATION)
    return Postings(starts, (keys % max(size, 1)).astype(np.int32), strength.astype(np.float32))
