"""A made-up region as the analyses see it, small enough to check by hand: the five villages of `tests/worlds.py`, their people and
records.

Nothing in it exists. A gmina is named by its place on the line (0 to 4); its one village stands in its middle. The real data set is
here too, read once for all modules that need it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lib.analysis.region import Region
from lib.catalog.load import Dataset, load_dataset
from lib.domain.measure import INITIATIVES, MINIFORUM, RATE, SAMPLE, TEXT_FIELDS, YEARS_SINCE, Coverage, Measure, Selection
from lib.domain.records import Gmina, Item, Locality, Source
from lib.settings import DATA_DIR
from tests.worlds import LATITUDE, POWIATS, TERYTS, VILLAGES, longitude

STEP_KM = 8.797
"""Travel kilometres from a village to the next one: 0.1 degrees of longitude at latitude 50.85 are 7.037 km, times 1.25 for the road."""
EVERY = range(len(VILLAGES))
CLUB = Selection("resources", "senior_club")
YEAR = 2026


def measure(name: str = "clubs", **changes: Any) -> Measure:
    """A made-up measure: clubs per 1,000 people of 65 and over; `changes` replace fields."""
    said = {field: {language: f"{field} {language}" for language in ("pl", "en", "uk")} for field in TEXT_FIELDS}
    usual: dict[str, Any] = {
        "formula": RATE,
        "people": ("pop_65_plus",),
        "per": 1_000,
        "selections": (CLUB,),
        "themes": ("seniors",),
        "groups": ("seniors",),
        "next_review": "2027-05",
        "texts": said,
    }
    return Measure(id=name, **{**usual, **changes})


MEETINGS = measure("meetings", formula=YEARS_SINCE, people=("pop_total",), selections=(Selection(INITIATIVES, meetings=True),))


def club(village: int, number: int = 0, **changes: Any) -> Item:
    """A made-up club in the middle of a village, named by one page that was read in YEAR; `changes` replace fields."""
    usual: dict[str, Any] = {
        "id": f"r-{village}-{number}",
        "kind": "resources",
        "name": f"Klub zmyślony {village}-{number}",
        "category": "senior_club",
        "subkind": "",
        "teryt": TERYTS[village],
        "locality": VILLAGES[village],
        "address": "",
        "postal_code": "",
        "latitude": LATITUDE,
        "longitude": longitude(village),
        "precision": "locality",
        "themes": ("seniors",),
        "groups": ("seniors",),
        "summary": "",
        "as_of": "2025-05",
        "sources": sources(1, f"{village}-{number}"),
        "details": {},
    }
    return Item(**{**usual, **changes})


def sources(hosts: int, page: str) -> tuple[Source, ...]:
    """A page of that name on each of so many different hosts."""
    return tuple(Source(f"https://made-up-{host}.example/{page}", "2025-05", f"{YEAR}-11") for host in range(hosts))


def clubs(counts: Sequence[int], *, hosts: int = 1, a_page: int = 1) -> list[Item]:
    """So many clubs in each village, each named by so many hosts, so many on each page."""
    return [
        club(village, number, sources=sources(hosts, f"{village}-{number // a_page}"))
        for village, count in enumerate(counts)
        for number in range(count)
    ]


def rough(village: int, number: int = 0, **changes: Any) -> Item:
    """A club known only by its gmina: it stands on the label point, which is no place."""
    return club(village, number, precision="gmina", locality="", **changes)


def meeting(village: int, date: str, number: int = 0, **changes: Any) -> Item:
    """A made-up Miniforum of a day, a month or a year ("" for no date)."""
    dated = {"date_start": date} if date else {}
    return club(
        village,
        number,
        **{"id": f"i-{village}-{number}", "kind": "initiatives", "category": MINIFORUM, "as_of": date, "details": dated, **changes},
    )


def need(village: int, number: int = 0, **changes: Any) -> Item:
    """A made-up need of older people, known by its village and stated in 2023."""
    return club(village, number, **{"id": f"n-{village}-{number}", "kind": "needs", "category": "report", "as_of": "2023", **changes})


def locality(village: int, slug: str = "", *, east: float = 0.0, population: int | None = 1_000) -> Locality:
    """The village, or with a slug another place of its gmina so many degrees to the east of it."""
    name = slug or VILLAGES[village].lower()
    return Locality(
        f"{TERYTS[village]}-{name}",
        TERYTS[village],
        slug.title() or VILLAGES[village],
        LATITUDE,
        longitude(village) + east,
        (),
        population,
    )


def region(
    items: Sequence[Item] = (),
    *,
    people: Sequence[float] = (1_000,) * 5,
    old: Sequence[float] | None = None,
    levels: Sequence[str | None] = (SAMPLE,) * 5,
    pages: Sequence[int | None] = (10,) * 5,
    measures: Sequence[Measure] = (),
    localities: Sequence[Locality] | None = None,
    kinds: Sequence[str] = ("wiejska",) * 5,
) -> Region:
    """A region of as many gminas as `people` has numbers (five at most).

    `people` live in each gmina, all of them 65 or over unless `old` says how many are. `levels` is how complete the data of every
    subject is believed to be, None for a gmina without a row in the table.
    """
    places = localities if localities is not None else [locality(i) for i in range(len(people))]
    chosen = measures or (measure(), MEETINGS)
    subjects = {selection.covered_by for one in chosen for selection in one.selections}
    return Region(
        tuple(items),
        {TERYTS[i]: Gmina(TERYTS[i], VILLAGES[i], POWIATS[i], kinds[i], LATITUDE, longitude(i)) for i in range(len(people))},
        {place.id: place for place in places},
        {"pop_total": by_teryt(people), "pop_65_plus": by_teryt(people if old is None else old)},
        {one.id: one for one in chosen},
        {
            (TERYTS[i], subject): Coverage(TERYTS[i], subject, str(levels[i]), "pages_read", pages[i], "", "2026-11")
            for i in range(len(people))
            if levels[i] is not None
            for subject in subjects
        },
    )


def by_teryt(values: Sequence[float]) -> Mapping[str, float]:
    """Numbers of the gminas in their order, by TERYT."""
    return {TERYTS[i]: float(value) for i, value in enumerate(values)}


@cache
def project() -> Dataset:
    """The project's own data set."""
    return load_dataset(DATA_DIR)


@cache
def project_region() -> Region:
    """The region of the project's own data set."""
    return Region.of(project())


def named(name: str) -> str:
    """The TERYT of a gmina of the project's data by its name."""
    return next(teryt for teryt, gmina in project().gminas.items() if gmina.name == name)
