"""What does the data say about one gmina that a meeting there should know? Records and numbers only: words come later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lib.analysis import profile
from lib.analysis.freshness import year_of
from lib.analysis.initiatives import Known, count_by, figure, newest_first, parties, total_of
from lib.analysis.network import authority
from lib.catalog.catalog import Catalog
from lib.catalog.kinds import OTHER
from lib.catalog.load import Dataset
from lib.domain.records import PLACED_KINDS, Gmina, Item
from lib.reports.partners import REACH_KM, Partner, Partners, Point, centre, chosen, partners, share
from lib.reports.programmes import Programmes, programmes

NAMED = 4
"""As many names as one sentence carries."""
MEETING_PLACES = ("culture_centre", "library", "community_centre", "fire_brigade", "day_room", "school")
"""Categories in whose houses people meet."""


OWN = 40
"""As many organisations of its own as a gmina without a large city has (33 in the committed data): all of these are named as
guests of a meeting, however short the rest of the list must be."""
OTHERS_LEAST = 5
"""So many organisations of other gminas are named even where the gmina's own fill the list: a partner is often next door."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How many records of each kind a brief lists; all others are counted and are on the screens."""

    resources: int = 32
    initiatives: int = 8
    needs: int = 7
    partners: int = 14
    own: int = OWN
    programmes: int = 7
    history: int = 8


SIZES = (
    Rows(40, 16, 9, 40, OWN, 9, 8),
    Rows(36, 12, 8, 30, OWN, 8, 8),
    Rows(34, 10, 7, 25, OWN, 8, 8),
    Rows(32, 9, 7, 20, OWN, 7, 8),
    Rows(32, 8, 7, 17, OWN, 7, 8),
    Rows(),
    Rows(28, 7, 6, 13, OWN, 6, 7),
    Rows(24, 6, 5, 12, OWN, 6, 6),
    Rows(22, 6, 5, 11, OWN, 5, 6),
    Rows(20, 5, 5, 10, OWN, 5, 5),
    Rows(17, 5, 4, 10, OWN, 5, 4),
    Rows(15, 4, 4, 9, OWN, 4, 4),
    Rows(12, 3, 3, 8, OWN, 3, 3),
    Rows(12, 3, 3, 8, 12, 3, 3),
)
"""Lists that are tried until a brief fits its pages: one of all but the last serves every gmina of the committed data, so that none of
its own organisations is left out; the last one serves also a gmina of which every text is as long as may be."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A planned meeting: its venue with the position (WGS84 degrees), an ISO date ("" when open), its reach in road kilometres and the
    hour at which it begins (HH:MM, "" when open)."""

    venue: str
    latitude: float
    longitude: float
    date: str = ""
    km: float = REACH_KM
    time: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one category: those that are listed, and how many there are."""

    category: str
    shown: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is known of money: records that state an amount, the smallest and the largest of them in PLN (NaN-free; 0 when none), and
    the record when it is a single one."""

    known: Known
    least: float
    most: float
    only: Item | None = None


@dataclass(frozen=True, slots=True)
class Lessons:
    """What past initiatives have in common, as counts: {name or code: initiatives}, the most frequent first."""

    total: int
    first_year: int | None
    last_year: int | None
    undated: int
    organisers: Mapping[str, int]
    joint: int
    partners: Mapping[str, int]
    themes: Mapping[str, int]
    funds: Mapping[str, int]
    funded: int
    amounts: Amounts
    participants: Known
    meetings: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a brief tells. Lists are in the order in which they are told.

    `usual` is the median number of placed records of a gmina of the subregion.
    """

    gmina: Gmina
    rows: Rows
    alone: bool
    people: profile.People | None
    error: profile.EstimateError | None
    items: tuple[Item, ...]
    resources: tuple[Group, ...]
    initiatives: tuple[Item, ...]
    lessons: Lessons
    needs: tuple[Item, ...]
    partners: Partners
    programmes: Programmes
    thin: profile.Thin
    usual: float

    def kind(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    @property
    def guests(self) -> tuple[tuple[str, tuple[Partner, ...], tuple[Partner, ...]], ...]:
        """(category, organisations on the list of guests, all of the category): whoever is named elsewhere as a guest is one of these."""
        return chosen(self.partners, rows=self.rows.partners, own=self.rows.own, others=OTHERS_LEAST)


def collect(catalog: Catalog, teryt: str, *, meeting: Meeting | None = None, rows: Rows = SIZES[0]) -> Facts:
    """The facts of a gmina; KeyError when the data has no such gmina. A meeting moves the point from which distances are measured."""
    dataset = catalog.dataset
    gmina = dataset.gminas[teryt]
    items = tuple(item for item in dataset.items if item.teryt == teryt and item.kind in PLACED_KINDS)
    beside = [code for code, other in dataset.gminas.items() if other.powiat == gmina.powiat]
    held = [item for item in items if item.kind == "initiatives"]
    needs = by_votes([item for item in items if item.kind == "needs"])
    origin = Point(meeting.venue, meeting.latitude, meeting.longitude) if meeting else centre(catalog, gmina)
    categories = dataset.vocabularies.get("category", {})
    return Facts(
        gmina=gmina,
        rows=rows,
        alone=len(beside) == 1,
        people=profile.people(dataset.demography, teryt, beside),
        error=profile.estimate_error(dataset.demography),
        items=items,
        resources=groups([item for item in items if item.kind == "resources"], categories, rows.resources),
        initiatives=tuple(held[i] for i in newest_first(held)),
        lessons=lessons(catalog, held),
        needs=needs,
        partners=partners(catalog, gmina, needs, origin, km=meeting.km if meeting else REACH_KM, whole_gmina=meeting is None),
        programmes=programmes(dataset.items, dataset.gminas, teryt),
        thin=profile.thin(items, [code for code in categories if code != OTHER]),
        usual=profile.usual_records(dataset.items, dataset.gminas),
    )


def groups(items: Sequence[Item], categories: Iterable[str], rows: int) -> tuple[Group, ...]:
    """Records by category, at most `rows` of them listed: every category gets the same share, those one can reach come first."""
    codes = dict.fromkeys((*categories, *(item.category for item in items)))
    held = {code: sorted((item for item in items if item.category == code), key=_reachable) for code in codes}
    held = {code: found for code, found in held.items() if found}
    each = share([len(found) for found in held.values()], rows)
    return tuple(Group(code, tuple(found[:n]), len(found)) for (code, found), n in zip(held.items(), each, strict=True))


def _reachable(item: Item) -> tuple[bool, bool, int, str]:
    """With a contact first, then those known to be active, then those with the newest page."""
    contact = any(item.details.get(name) for name in ("phone", "email", "website"))
    return not contact, item.details.get("status") != "active", -(year_of(item.as_of) or 0), item.id


def by_votes(needs: Sequence[Item]) -> tuple[Item, ...]:
    """Needs with most votes first, then the newest; needs nobody voted on come after those with votes."""

    def rank(item: Item) -> tuple[float, str]:
        votes = figure(item, "votes")
        return -1.0 if votes is None else votes, item.as_of

    return tuple(sorted(needs, key=rank, reverse=True))


def lessons(catalog: Catalog, held: Sequence[Item]) -> Lessons:
    """What the records of past initiatives say together; nothing is inferred from what they do not say."""
    years = [year for item in held if (year := year_of(profile.day_of(item))) is not None]
    stated = [(value, item) for item in held if (value := figure(item, "amount_pln")) is not None]
    sums = [value for value, _ in stated]
    only = stated[0][1] if len(stated) == 1 else None
    met = [item for item in held if profile.is_meeting(item)]
    return Lessons(
        total=len(held),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        undated=len(held) - len(years),
        organisers=count_bodies(catalog.dataset, held, "organisers"),
        joint=sum(bool(item.details.get("partners") or item.details.get("partner_ids")) for item in held),
        partners=count_bodies(catalog.dataset, held, "partners"),
        themes=count_by(held, lambda item: item.themes, catalog.dataset.vocabularies.get("theme", {})),
        funds=count_by(held, lambda item: item.parts("funding")),
        funded=sum(bool(item.details.get("funding")) for item in held),
        amounts=Amounts(total_of(held, "amount_pln"), min(sums, default=0.0), max(sums, default=0.0), only),
        participants=total_of(held, "participants"),
        meetings=tuple(met[i] for i in newest_first(met)),
    )


def party_names(dataset: Dataset, item: Item, column: str) -> list[str]:
    """Who is named in `organisers` or `partners`: by the name of its record where it has one, else as the source writes it."""
    items, by_id = dataset.items, dataset.by_id
    codes = [code for code in item.parts(column.removesuffix("s") + "_ids") if code in by_id]
    known = {code: items[by_id[code]].name for code in codes}
    return [known.get(party.record, "") or party.name for party in parties(item, column, known)]


def count_bodies(dataset: Dataset, held: Sequence[Item], column: str) -> dict[str, int]:
    """In how many initiatives each body is named, the most frequent first.

    A local authority is one body however sources call it ("Gmina Mstów", "Urząd Gminy Mstów"): it goes by its most frequent name.
    """

    def body(item: Item, name: str) -> str:
        return authority(name, item.teryt, dataset.gminas) or name

    named = [(item, name) for item in held for name in party_names(dataset, item, column)]
    spelt = Counter(name for _, name in named)
    shown: dict[str, str] = {}
    for item, name in sorted(named, key=lambda pair: (-spelt[pair[1]], pair[1])):
        shown.setdefault(body(item, name), name)
    return count_by(held, lambda item: dict.fromkeys(shown[body(item, name)] for name in party_names(dataset, item, column)))
