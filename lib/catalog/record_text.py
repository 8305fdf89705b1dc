"""Which texts of a record does free-text search read, and how much does each of them weigh?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lib.catalog.query import DatasetLike
from lib.domain.records import Item
from lib.domain.vocabulary import Term, Vocabulary

NAME = 4.0
"""A word of the record's own name: what people remember and type."""
HEAD = 1.6
"""Added for the word or short name that a name begins with: "GOK w Lipiu" is one, "Chór przy GOK" is not."""
LABEL = 2.5
"""What the record is: its category and sub-kind, in all languages, with their everyday words."""
TOPIC = 1.3
"""Themes and target groups."""
LOCALITY, GMINA, POWIAT = 4.0, 2.0, 0.8
"""Where it is: being in a village says as much as carrying its name, and the nearer the place the more it says."""
BODY = 0.6
"""Summaries, organisers, partners, venues, addresses: long texts in which a word may stand by chance."""

BODY_DETAILS = ("organisers", "partners", "venue", "operator", "area_pl", "funding")
KIND_VOCABULARY = {"resources": "category", "initiatives": "initiative_kind", "needs": "need_kind"}


class RecordText:
    """Says for each record the (weight, text) pairs to index; texts shared by many records are the same string."""

    def __init__(self, dataset: DatasetLike, keywords: Mapping[str, Mapping[str, str]]) -> None:
        self._dataset = dataset
        self._keywords = keywords
        self._labels: dict[tuple[str, str], str] = {}

    def fields(self, item: Item) -> Iterator[tuple[float, str]]:
        """The texts of one record that are not empty, each with its weight."""
        gmina = self._dataset.gminas.get(item.teryt)
        yield NAME, item.name
        yield LABEL, self._keywords["kind"].get(item.kind, "")
        yield LABEL, self._label(KIND_VOCABULARY.get(item.kind, ""), item.category)
        yield LABEL, self._label("subkind", item.subkind)
        for theme in item.themes:
            yield TOPIC, self._label("theme", theme)
        for group in item.groups:
            yield TOPIC, self._label("target_group", group)
        yield LOCALITY, item.locality
        if gmina is not None:
            yield GMINA, f"gmina {gmina.name}"
            yield POWIAT, self._powiat(gmina.powiat)
        yield BODY, item.summary
        yield BODY, item.address
        yield BODY, item.postal_code
        for name in BODY_DETAILS:
            yield BODY, item.details.get(name, "")

    def _label(self, vocabulary: str, code: str) -> str:
        """All labels of a code and its everyday words, as one text; built once a code."""
        if not code:
            return ""
        key = (vocabulary, code)
        if key not in self._labels:
            terms: Vocabulary = self._dataset.vocabularies.get(vocabulary, {})
            words = self._keywords.get(vocabulary, {}).get(code, "")
            self._labels[key] = " ".join(filter(None, (*_all_labels(terms.get(code)), words)))
        return self._labels[key]

    def _powiat(self, code: str) -> str:
        """The Polish label only ("powiat kłobucki"): the English one names the town, which would put all villages into it."""
        term = self._dataset.vocabularies.get("powiat", {}).get(code)
        return term.label("pl") if term else code


def _all_labels(term: Term | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*term.labels.values(), *term.plurals.values()))) if term else ()
