"""Made-up regions of any size for benchmarks only: a chessboard of gminas with records strewn over them. No record is real."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np

from lib.settings import DATA_DIR

WEST, SOUTH, EAST, NORTH = 18.4, 50.3, 20.0, 51.2
"""The frame that the schema allows; 2,477 areas are as many as the whole country has."""
CATEGORIES = ("kgw", "ngo", "senior_club", "library", "fire_brigade")
SHARES = (0.96, 0.01, 0.01, 0.01, 0.01)
"""Nearly all records are of one kind, so that choosing it and taking it back both show about all points, yet never the same ones."""


def write(directory: Path, points: int, areas: int, *, seed: int = 7) -> Path:
    """A data directory with `points` resources over `areas` square gminas; everything else is empty or the project's vocabularies."""
    (directory / "gminas").mkdir(parents=True, exist_ok=True)
    shutil.copytree(DATA_DIR / "vocabularies", directory / "vocabularies", dirs_exist_ok=True)
    shutil.copy(DATA_DIR / "datapackage.json", directory / "datapackage.json")
    boxes = _boxes(areas)
    _boundaries(directory, boxes)
    _tables(directory, boxes)
    _resources(directory, boxes, points, np.random.default_rng(seed))
    return directory


def _boxes(areas: int) -> list[tuple[str, float, float, float, float]]:
    side = int(np.ceil(np.sqrt(areas)))
    dx, dy = (EAST - WEST) / side, (NORTH - SOUTH) / side
    return [
        (f"{1_000_000 + i:07d}", WEST + (i % side) * dx, SOUTH + (i // side) * dy, WEST + (i % side + 1) * dx, SOUTH + (i // side + 1) * dy)
        for i in range(areas)
    ]


def _boundaries(directory: Path, boxes: list[tuple[str, float, float, float, float]]) -> None:
    features = []
    for code, west, south, east, north in boxes:
        ring = [[round(x, 5), round(y, 5)] for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south))]
        properties = {
            "teryt": code,
            "name": f"Synth {code}",
            "powiat": "częstochowski",
            "kind": "wiejska",
            "label_latitude": round((south + north) / 2, 5),
            "label_longitude": round((west + east) / 2, 5),
        }
        features.append({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (directory / "gminas" / "boundaries.geojson").write_text(text, encoding="utf-8")


def _header(table: str) -> list[str]:
    with (DATA_DIR / table).open(encoding="utf-8", newline="") as f:
        return next(csv.reader(f))


def _tables(directory: Path, boxes: list[tuple[str, float, float, float, float]]) -> None:
    for table in ("initiatives.csv", "needs.csv", "funding.csv", "coverage.csv", "gminas/postal_points.csv"):
        _save(directory / table, _header(table), [])
    places = [
        {
            "id": f"{code}-seat",
            "teryt": code,
            "locality": f"Seat {code}",
            "latitude": f"{(s + n) / 2:.5f}",
            "longitude": f"{(w + e) / 2:.5f}",
        }
        for code, w, s, e, n in boxes
    ]
    _save(directory / "gminas" / "localities.csv", _header("gminas/localities.csv"), places)
    people = [
        dict.fromkeys(_header("gminas/demography.csv"), "1000") | {"teryt": code, "gmina": f"Synth {code}", "basis": "official_2025"}
        for code, *_ in boxes
    ]
    _save(directory / "gminas" / "demography.csv", _header("gminas/demography.csv"), people)


def _resources(directory: Path, boxes: list[tuple[str, float, float, float, float]], points: int, rng: np.random.Generator) -> None:
    owner = rng.integers(0, len(boxes), points)
    fx, fy = rng.random(points), rng.random(points)
    kind = rng.choice(len(CATEGORIES), points, p=SHARES)
    rows = []
    for i in range(points):
        code, west, south, east, north = boxes[owner[i]]
        rows.append(
            {
                "id": f"r-synthetic-{i}",
                "teryt": code,
                "name": f"Synthetic place {i}",
                "category": CATEGORIES[kind[i]],
                "locality": f"Seat {code}",
                "latitude": f"{south + fy[i] * (north - south):.5f}",
                "longitude": f"{west + fx[i] * (east - west):.5f}",
                "precision": "address",
                "themes": ("culture", "seniors", "sport")[i % 3],
                "target_groups": ("everyone", "seniors")[i % 2],
                "status": "active",
                "as_of": "2024",
                "gathered": "2026-11",
                "source_url": f"https://example.org/{i}",
            }
        )
    _save(directory / "resources.csv", _header("resources.csv"), rows)


def _save(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, header, restval="", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
