"""How are the reasons of the five answers said in the reader's language? Codes and ids in, sentences out; nothing is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from lib.analysis.ideas.alike import Line
from lib.analysis.ideas.reason import Reason, Value
from lib.catalog.load import Dataset
from lib.catalog.understanding import Concept
from lib.domain.vocabulary import label_of

NAME_CHARS = 120
"""Characters of a record's name inside a sentence; the record's own card has all of it."""
VOCABULARY_OF_PARAM = {"themes": "theme", "groups": "target_group", "categories": "category", "applicants": "applicant"}


class Translator(Protocol):
    """The part of `lib.i18n.Translator` that saying things needs; documents are handed one by whoever asks for them."""

    language: str

    def __call__(self, key: str, **params: object) -> str: ...
    def has(self, key: str) -> bool: ...
    def date(self, text: str) -> str: ...
    def number(self, value: float, digits: int = 1) -> str: ...


@dataclass(frozen=True)
class Wording:
    """Says reasons, lines and codes of one data set in one language."""

    dataset: Dataset
    concepts: Mapping[str, Concept]
    t: Translator

    def reason(self, reason: Reason) -> str:
        """One reason as a sentence without a full stop."""
        return self.t(f"idea.reason.{reason.key}", **self._params(reason.params))

    def ours(self, reason: Reason) -> str:
        """The same in the voice of the group, for a page that it hands to somebody else; most reasons speak to nobody."""
        key = f"idea.ours.{reason.key}"
        return self.t(key, **self._params(reason.params)) if self.t.has(key) else self.reason(reason)

    def line(self, line: Line) -> str:
        """One line of the checklist."""
        return self.t(f"idea.check.{line.key}", **self._params(line.params))

    def name(self, record: str) -> str:
        """A record's name, shortened; its id when no record has it."""
        place = self.dataset.by_id.get(record)
        name = record if place is None else self.dataset.items[place].name
        return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - 1].rstrip() + "…"

    def gmina(self, teryt: str) -> str:
        known = self.dataset.gminas.get(teryt)
        return known.name if known else teryt

    def term(self, vocabulary: str, code: str) -> str:
        return label_of(self.dataset.vocabularies.get(vocabulary, {}), code, self.t.language)

    def terms(self, vocabulary: str, codes: tuple[str, ...]) -> str:
        return ", ".join(self.term(vocabulary, code) for code in codes)

    def topic(self, code: str) -> str:
        known = self.concepts.get(code)
        return known.label(self.t.language) if known else code

    def _params(self, params: tuple[tuple[str, Value], ...]) -> dict[str, object]:
        return {name: self._value(name, value) for name, value in params}

    def _value(self, name: str, value: Value) -> object:
        """What a parameter says: its name tells what its value is (see `Reason`)."""
        said: Mapping[str, Callable[[str], str]] = {"gmina": self.gmina, "record": self.name, "date": self.t.date, "krs": str}
        if isinstance(value, tuple):
            if name == "topics":
                return ", ".join(self.topic(code) for code in value)
            vocabulary = VOCABULARY_OF_PARAM.get(name)
            return self.terms(vocabulary, value) if vocabulary else ", ".join(value)
        if name == "month" and isinstance(value, int):
            return self.t(f"idea.month.{value}")
        if isinstance(value, str):
            return said[name](value) if name in said else value
        return value
