"""A synthetic world for finding: two powiats, three gminas, four villages on one parallel; small enough to check by hand.

Nothing here is real. One degree of longitude at 50.8 N is 70.5 km, so villages 0.1 degree apart are about 7 km apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pyproj import Transformer

from lib.catalog.query import Query
from lib.domain.records import Gmina, Item, Locality, Source
from lib.domain.vocabulary import Term, Vocabulary

GMINAS = {
    "9901012": Gmina("9901012", "Dębowa", "debowski", "rural", 50.8, 19.0),
    "9901023": Gmina("9901023", "Łąki", "debowski", "urban_rural", 50.8, 19.2),
    "9902011": Gmina("9902011", "Źródła", "zrodlany", "urban", 50.8, 19.4),
}
LOCALITIES = {
    "9901012-debowa": Locality("9901012-debowa", "9901012", "Dębowa", 50.8, 19.0, ("42-001",), 900),
    "9901012-bor": Locality("9901012-bor", "9901012", "Bór", 50.8, 19.1, ("42-001",), None),
    "9901023-laki": Locality("9901023-laki", "9901023", "Łąki", 50.8, 19.2, ("42-002",), 3000),
    "9902011-zrodla": Locality("9902011-zrodla", "9902011", "Źródła", 50.8, 19.4, ("42-003",), 9000),
}


def vocabulary(**labels: str) -> Vocabulary:
    """Terms with the same label in every language."""
    return {code: Term(code, dict.fromkeys(("pl", "en", "uk"), text), {}) for code, text in labels.items()}


VOCABULARIES = {
    "category": vocabulary(
        ngo="organizacja pozarządowa",
        kgw="koło gospodyń wiejskich",
        senior_club="klub seniora",
        library="biblioteka",
        fire_brigade="ochotnicza straż pożarna",
        other="inne miejsce",
    ),
    "initiative_kind": vocabulary(miniforum="Miniforum", festival="festyn", workshop="warsztaty", other="inne"),
    "need_kind": vocabulary(report="sprawozdanie", budget_project="projekt budżetu obywatelskiego"),
    "theme": vocabulary(culture="kultura", seniors="seniorzy", sport="sport", women="kobiety"),
    "target_group": vocabulary(seniors="seniorzy", children="dzieci", everyone="wszyscy"),
    "powiat": vocabulary(debowski="dębowski", zrodlany="źródlany"),
}


@dataclass(frozen=True)
class World:
    """Stands in for a loaded data set."""

    items: tuple[Item, ...]
    gminas: dict[str, Gmina] = field(default_factory=lambda: GMINAS)
    localities: dict[str, Locality] = field(default_factory=lambda: LOCALITIES)
    vocabularies: dict[str, Vocabulary] = field(default_factory=lambda: VOCABULARIES)


def item(item_id: str, name: str, category: str = "", teryt: str = "", **given: Any) -> Item:
    """A resource with sensible defaults; `at` places it at a locality of this world."""
    place = LOCALITIES.get(given.pop("at", ""))
    values: dict[str, Any] = {
        "kind": "resources",
        "subkind": "",
        "locality": place.name if place else "",
        "address": "",
        "postal_code": "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": "locality" if place else "",
        "themes": (),
        "groups": (),
        "summary": "",
        "as_of": "",
        "details": {},
    } | given
    source = Source("https://example.org/" + item_id, values["as_of"], "2026-11")
    return Item(id=item_id, name=name, category=category, teryt=teryt or (place.teryt if place else ""), sources=(source,), **values)


def at_gmina(teryt: str) -> dict[str, Any]:
    gmina = GMINAS[teryt]
    return {"teryt": teryt, "latitude": gmina.label_latitude, "longitude": gmina.label_longitude, "precision": "gmina"}


ITEMS = (
    item("r-kgw", "Koło Gospodyń Wiejskich w Dębowej", "kgw", at="9901012-debowa", themes=("women", "culture"), as_of="2024-05",
         details={"phone": "34 000 00 00"}),
    item("r-klub", "Klub Seniora „Złota Jesień”", "senior_club", at="9901023-laki", themes=("seniors",), groups=("seniors",), as_of="2019"),
    item("r-bib", "Biblioteka Publiczna w Łąkach", "library", at="9901023-laki", themes=("culture",), groups=("everyone",),
         details={"website": "https://example.org"}),
    item("r-osp", "Ochotnicza Straż Pożarna w Borze", "fire_brigade", at="9901012-bor", as_of="2012", precision="address"),
    item("r-ngo", "Stowarzyszenie „Źródło”", "ngo", themes=("sport",), as_of="2025",
         details={"email": "a@example.org"}, **at_gmina("9902011")),
    item("i-mini", "Miniforum w Łąkach", "miniforum", kind="initiatives", at="9901023-laki", themes=("seniors",), as_of="2023",
         details={"date_start": "2023-05-10", "organisers": "Stowarzyszenie „Źródło”"}),
    item("i-long", "Festyn rodzinny", "festival", kind="initiatives", at="9902011-zrodla", groups=("children",),
         details={"date_start": "2021-09", "date_end": "2023-02-01"}),
    item("i-none", "Warsztaty pieczenia chleba", "workshop", kind="initiatives", groups=("everyone",), **at_gmina("9901012")),
    item("n-bus", "Brak autobusu do Boru", "report", kind="needs", at="9901012-bor", groups=("everyone",), as_of="2022"),
    item("f-all", "Program ogólnopolski", "", kind="funding", themes=("culture",), as_of="2025", details={"area_codes": "PL"}),
    item("f-powiat", "Program powiatowy", "", kind="funding", themes=("sport",), as_of="2025", details={"area_codes": "9902"}),
    item("f-gmina", "Program gminny", "", kind="funding", details={"area_codes": "9901012|9901023"}),
)  # fmt: skip

WORLD = World(ITEMS)


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:2180", always_xy=True)


def naive_km(record: Item, place: Locality) -> float | None:
    """The distance computed for one record at a time."""
    if record.latitude is None or record.longitude is None:
        return None
    x, y = _transformer().transform(record.longitude, record.latitude)
    to_x, to_y = _transformer().transform(place.longitude, place.latitude)
    return float(((x - to_x) ** 2 + (y - to_y) ** 2) ** 0.5 / 1000)


def naive_gminas(record: Item, world: Any) -> set[str]:
    if record.kind != "funding":
        return {record.teryt}
    codes = [code for code in record.details.get("area_codes", "").split("|") if code]
    return {teryt for teryt in world.gminas if "PL" in codes or any(teryt.startswith(code) for code in codes)}


def naive_values(record: Item, facet: str, world: Any) -> set[str]:
    """What one record holds in one facet."""
    gminas = naive_gminas(record, world)
    powiats = {world.gminas[teryt].powiat for teryt in gminas if teryt in world.gminas}
    held = {
        "layers": {record.layer}, "kinds": {record.kind}, "categories": {record.category}, "themes": set(record.themes),
        "groups": set(record.groups), "gminas": gminas, "powiats": powiats,
    }  # fmt: skip
    return held[facet] - {""}


def naive_match(record: Item, query: Query, world: Any) -> bool:
    """The filters (everything but the free text) said once more, for one record, without numpy."""
    for facet in ("layers", "kinds", "categories", "themes", "groups", "gminas", "powiats"):
        wanted = set(getattr(query, facet))
        if wanted and not wanted & naive_values(record, facet, world):
            return False
    if query.near and query.within_km is not None:
        km = naive_km(record, world.localities[query.near])
        if km is None or km > query.within_km + 1e-6:
            return False
    if record.kind == "initiatives" and (query.year_from or query.year_to):
        years = [int(record.details[key][:4]) for key in ("date_start", "date_end") if record.details.get(key)]
        if not years or max(years) < (query.year_from or 0) or min(years) > (query.year_to or 9999):
            return False
    if query.has_contact and not (record.details.get("phone") or record.details.get("email") or record.details.get("website")):
        return False
    if query.verified_since and (not record.as_of or int(record.as_of[:4]) < query.verified_since):
        return False
    return not query.approximate_only or record.precision == "gmina"
