"""What does the region's data set speak of? The records as they are after loading: immutable, WGS84 degrees, text as written."""

from __future__ import annotations

from dataclasses import dataclass

PLACED_KINDS = ("resources", "initiatives", "needs")
"""What has a place on a map; a funding programme has an area instead."""
KINDS = (*PLACED_KINDS, "funding")
PRECISIONS = ("address", "postal", "locality", "gmina")
APPROXIMATE = "gmina"
"""The precision whose position stands for a whole gmina and must never look like a place."""

LIST_SEPARATOR = "|"
"""Between the entries of a column that holds a list."""

WHOLE_COUNTRY = "PL"
"""The area code of a programme that can be used everywhere."""

LAYER_OF_KIND = {"initiatives": "initiatives", "needs": "needs", "funding": "funding"}
MINIFORUM = "miniforum"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read; `as_of` is the date the page speaks of ("" if it gives none), `gathered` when it was read."""

    url: str
    as_of: str
    gathered: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record of any kind, in the shape that search, lists, cards and exports share.

    `category` is a resource's category, an initiative's or a need's kind, "" for a programme. `details` keeps the
    columns that only some kinds have (column name -> text as in the file; empty ones are left out).
    """

    id: str
    kind: str
    name: str
    category: str
    subkind: str
    teryt: str
    locality: str
    address: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    precision: str
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    summary: str
    as_of: str
    sources: tuple[Source, ...]
    details: dict[str, str]

    @property
    def layer(self) -> str:
        """The map layer: a resource's category, `miniforum`, `initiatives`, `needs` or `funding`."""
        if self.kind == "resources":
            return self.category
        if self.category == MINIFORUM:
            return MINIFORUM
        return LAYER_OF_KIND[self.kind]

    @property
    def approximate(self) -> bool:
        return self.precision == APPROXIMATE

    def parts(self, column: str) -> tuple[str, ...]:
        """The entries of a column of `details` that holds a list, in the order of the file; () where it is empty."""
        return tuple(part.strip() for part in self.details.get(column, "").split(LIST_SEPARATOR) if part.strip())


def covers(programme: Item, teryt: str) -> bool:
    """Whether a funding programme can be used in a gmina: an area code is `PL` or the beginning of a TERYT."""
    return any(code == WHOLE_COUNTRY or teryt.startswith(code) for code in programme.parts("area_codes"))


@dataclass(frozen=True, slots=True)
class Locality:
    """A town or village of the gazetteer; `population` is None where GeoNames lists none, `people` where no official figure is loaded."""

    id: str
    teryt: str
    name: str
    latitude: float
    longitude: float
    postal_codes: tuple[str, ...]
    population: int | None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Gmina:
    """One of the region's 31 areas; the label point lies inside its boundary."""

    teryt: str
    name: str
    powiat: str
    kind: str
    label_latitude: float
    label_longitude: float
