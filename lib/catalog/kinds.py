"""Which columns of the four record tables play which part in the common shape of a record?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindColumns:
    """The columns that become fields of `Item`; "" where a kind has no such column. `fatal` ones a record cannot do without."""

    name: str
    category: str
    category_vocabulary: str
    address: str
    has_place: bool

    @property
    def fatal(self) -> tuple[str, ...]:
        place = ("teryt",) if self.has_place else ()
        return ("id", *place, self.name, "source_url")


KIND_COLUMNS: dict[str, KindColumns] = {
    "resources": KindColumns("name", "category", "category", "address", True),
    "initiatives": KindColumns("title", "kind", "initiative_kind", "venue", True),
    "needs": KindColumns("statement_pl", "kind", "need_kind", "", True),
    "funding": KindColumns("name", "", "", "", False),
}
"""In the order of `lib.domain.records.KINDS`."""

COMMON_COLUMNS = frozenset(
    {"id", "teryt", "subkind", "locality", "postal_code", "latitude", "longitude", "precision", "themes", "target_groups"}
    | {"summary_pl", "as_of", "gathered", "source_url", "other_sources"}
)
"""Columns with a field of their own in `Item`, whatever the kind; all others go to `details`."""

OTHER = "other"
"""The category that stands in for an unknown one: the record stays findable, the problem list says what the file holds."""
