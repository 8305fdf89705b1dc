"""Which gaps in services would an idea touch? The shape in which the answers take them; they are found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GapTouched:
    """A gap that an idea would touch: the measure's id, its title and what is said of the gmina, by language.

    `sure` is False where a hole in the data could look the same; no screen may then call it a gap.
    """

    measure: str
    teryt: str
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    sure: bool

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles["pl"]

    def note(self, language: str) -> str:
        return self.notes.get(language) or self.notes.get("pl", "")
