"""Which codes may a column hold, and what are they called in each language?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a vocabulary with its labels: {language: singular} and {language: plural or collective}."""

    code: str
    labels: dict[str, str]
    plurals: dict[str, str]
    parent: str = ""

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels["pl"]

    def plural(self, language: str) -> str:
        return self.plurals.get(language) or self.label(language)


Vocabulary = dict[str, Term]
"""Terms by code, in the order of the file: the order in which screens offer them."""


def label_of(vocabulary: Mapping[str, Term], code: str, language: str) -> str:
    """The label of a code in a language; an unknown code is shown as it is."""
    known = vocabulary.get(code)
    return known.label(language) if known else code


WHO = ("informal_group", "kgw", "ngo", "senior_club", "municipality", "school", "parish", "fire_brigade", "social_enterprise")
"""Who may ask about an idea: codes of the vocabulary `applicant`."""
DEFAULT_WHO = "informal_group"
