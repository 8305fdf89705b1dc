"""A made-up region small enough to check by hand: five villages on a line, each the centre of a square gmina.

Nothing in it exists. Gmina number i (0 to 4) spans longitudes 19.0 + 0.1 i to 19.1 + 0.1 i and latitudes 50.8 to 50.9; its
village and its label point lie in the middle. The schema and the vocabularies are the project's own.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

PROJECT_DATA = Path(__file__).resolve().parent.parent / "data"
VILLAGES = ("Alfowo", "Betowo", "Gammowo", "Deltowo", "Epsilonowo")
TERYTS = ("9901012", "9901022", "9901032", "9901042", "9901052")
POWIATS = ("częstochowski", "częstochowski", "kłobucki", "kłobucki", "myszkowski")
LATITUDE = 50.85
SIDE = 0.1
WEST, SOUTH = 19.0, 50.8
SOURCE = "https://example.org/made-up"
RECORD_FILES = {"resources": "resources.csv", "initiatives": "initiatives.csv", "needs": "needs.csv", "funding": "funding.csv"}
PLACE_FILES = {name: f"gminas/{name}.csv" for name in ("localities", "postal_points", "demography")} | {"coverage": "coverage.csv"}

Row = dict[str, str]


def longitude(village: int) -> float:
    """The longitude of a village's centre."""
    return round(WEST + SIDE * village + SIDE / 2, 4)


def _place(village: int) -> Row:
    return {
        "teryt": TERYTS[village],
        "locality": VILLAGES[village],
        "latitude": str(LATITUDE),
        "longitude": str(longitude(village)),
        "precision": "locality",
    }


def _origin() -> Row:
    return {"as_of": "2025-05", "gathered": "2026-11", "source_url": SOURCE}


def resource(village: int, **changes: str) -> Row:
    """A made-up organisation of one village; `changes` replace cells."""
    own = {
        "id": f"r-{village}",
        "name": f"Koło zmyślone {village}",
        "category": "kgw",
        "themes": "culture|women",
        "target_groups": "everyone",
    }
    return {**_place(village), **own, "status": "active", **_origin(), **changes}


def initiative(village: int, **changes: str) -> Row:
    """A made-up festival of one village."""
    own = {
        "id": f"i-{village}",
        "title": f"Festyn zmyślony {village}",
        "kind": "festival",
        "date_start": "2024-06-01",
        "date_end": "2024-06-02",
    }
    rest = {"organisers": f"Koło zmyślone {village}", "organiser_ids": f"r-{village}", "themes": "culture", "target_groups": "everyone"}
    return {**_place(village), **own, **rest, "summary_pl": "Zmyślony festyn.", **_origin(), **changes}


def need(village: int, **changes: str) -> Row:
    """A made-up need, known only by its gmina: it stands on the label point."""
    own = {
        "id": f"n-{village}",
        "statement_pl": f"Zmyślona potrzeba {village}",
        "kind": "report",
        "themes": "health",
        "target_groups": "seniors",
    }
    return {**_place(village), "locality": "", "precision": "gmina", **own, **_origin(), **changes}


def programme(number: int, **changes: str) -> Row:
    """A made-up funding programme for the whole country."""
    own = {
        "id": f"f-{number}",
        "name": f"Program zmyślony {number}",
        "operator": "Fundacja zmyślona",
        "who_can_apply": "ngo",
        "themes": "culture",
    }
    terms = {"amount_min_pln": "1000", "amount_max_pln": "5000", "call_pattern_pl": "co roku", "area_pl": "Polska", "area_codes": "PL"}
    return {**own, **terms, "url": SOURCE, "summary_pl": "Zmyślony program.", **_origin(), **changes}


def locality(village: int, **changes: str) -> Row:
    slug = VILLAGES[village].lower()
    return {
        **_place(village),
        "id": f"{TERYTS[village]}-{slug}",
        "postal_codes": f"99-00{village}",
        "population": str(100 * (village + 1)),
        **changes,
    }


def people(village: int, **changes: str) -> Row:
    """Made-up age groups: 1,000 people in each gmina."""
    groups = {"pop_total": "1000", "pop_0_14": "150", "pop_15_64": "650", "pop_65_plus": "200", "pop_55_64": "130", "pop_0_2": "20"}
    more = {"pop_3_6": "40", "pop_7_12": "65", "pop_13_15": "35", "pop_16_19": "40", "pop_20_24": "55"}
    return {
        "teryt": TERYTS[village],
        "gmina": VILLAGES[village],
        "electors_2025": "800",
        **groups,
        **more,
        "pop_outside_towns": "1000",
        "pop_outside_cities": "1000",
        "basis": "official_2025",
        **changes,
    }


def coverage(village: int, category: str = "kgw", **changes: str) -> Row:
    """What is believed of the completeness of one made-up gmina and subject."""
    own = {"level": "sample", "reason": "pages_read", "pages": "8", "as_of": "2026-11"}
    return {"teryt": TERYTS[village], "category": category, **own, **changes}


def postal_point(village: int, **changes: str) -> Row:
    return {**_place(village), "postal_code": f"99-00{village}", **changes}


def feature(village: int, **changes: Any) -> dict[str, Any]:
    """The square gmina of a village; `changes` replace properties."""
    west, east, north = round(WEST + SIDE * village, 4), round(WEST + SIDE * (village + 1), 4), round(SOUTH + SIDE, 4)
    ring = [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]
    own = {"teryt": TERYTS[village], "name": VILLAGES[village], "powiat": POWIATS[village], "kind": "wiejska"}
    label = {"label_latitude": LATITUDE, "label_longitude": longitude(village)}
    return {"type": "Feature", "properties": {**own, **label, **changes}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def columns_of(table: str) -> list[str]:
    """The columns that the project's schema gives a table."""
    package = json.loads((PROJECT_DATA / "datapackage.json").read_text(encoding="utf-8"))
    return next([f["name"] for f in r["schema"]["fields"]] for r in package["resources"] if r["name"] == table)


def csv_text(table: str, rows: Sequence[Mapping[str, str]], *, delimiter: str = ",") -> str:
    """The rows as a file of a table; cells that the schema does not know are left out."""
    out = StringIO(newline="")
    bare_returns = any("\r" in cell for row in rows for cell in row.values())
    # the csv module leaves a lone CR unquoted, which ends a row
    columns = columns_of(table)
    writer = csv.DictWriter(
        out, columns, "", "ignore", lineterminator="\n", delimiter=delimiter, quoting=csv.QUOTE_ALL if bare_returns else csv.QUOTE_MINIMAL
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def default_rows() -> dict[str, list[Row]]:
    """The sound world's tables: five resources, two initiatives, two needs, one programme."""
    every = range(len(VILLAGES))
    return {
        "resources": [resource(i) for i in every],
        "initiatives": [initiative(0), initiative(1)],
        "needs": [need(2), need(3)],
        "funding": [programme(0)],
        "localities": [locality(i) for i in every],
        "postal_points": [postal_point(i) for i in every],
        "demography": [people(i) for i in every],
        "coverage": [coverage(i, subject) for i in every for subject in ("kgw", "senior_club", "initiatives")],
    }


def write_world(directory: Path, *, features: Sequence[Mapping[str, Any]] | None = None, **overrides: Sequence[Mapping[str, str]]) -> Path:
    """Write the five-village data directory and return it; `resources=[...]` and so on replace a table's rows."""
    (directory / "gminas").mkdir(parents=True, exist_ok=True)
    shutil.copy(PROJECT_DATA / "datapackage.json", directory)
    shutil.copytree(PROJECT_DATA / "vocabularies", directory / "vocabularies", dirs_exist_ok=True)
    shapes = list(features) if features is not None else [feature(i) for i in range(len(VILLAGES))]
    collection = {"type": "FeatureCollection", "features": shapes}
    (directory / "gminas/boundaries.geojson").write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    rows = {**default_rows(), **overrides}
    for table, path in {**RECORD_FILES, **PLACE_FILES}.items():
        (directory / path).write_bytes(csv_text(table, rows[table]).encode())
    return directory
