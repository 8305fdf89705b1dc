"""A made-up region in which every text of every table is an attack: for browser tests only."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from tests import worlds
from tests.hostile import PAYLOADS

FREE_TEXT = {
    "resources": ("name", "locality", "address", "phone", "email", "website", "krs", "subkind"),
    "initiatives": ("title", "locality", "venue", "organisers", "partners", "summary_pl", "funding", "amount_pln", "participants"),
    "needs": ("statement_pl", "locality", "votes", "amount_pln"),
    "funding": ("name", "operator", "call_pattern_pl", "area_pl", "summary_pl", "url"),
}
BUILDERS = {"resources": worlds.resource, "initiatives": worlds.initiative, "needs": worlds.need}
PREFIX = {"resources": "r", "initiatives": "i", "needs": "n", "funding": "f"}


def rows(table: str) -> list[Mapping[str, str]]:
    """One record a payload: the payload in every field that holds free text and in the source's address."""
    found: list[Mapping[str, str]] = []
    for number, text in enumerate(PAYLOADS):
        cells = dict.fromkeys(FREE_TEXT[table], text) | {"id": f"{PREFIX[table]}-hostile-{number}", "other_sources": text.replace("|", "/")}
        found.append(worlds.programme(number, **cells) if table == "funding" else BUILDERS[table](number % len(worlds.VILLAGES), **cells))
    return found


def write(directory: Path) -> Path:
    """The data directory: hostile records, hostile names of gminas and localities, hostile labels in the vocabularies."""
    features = [worlds.feature(i, name=PAYLOADS[i * 7]) for i in range(len(worlds.VILLAGES))]
    localities = [worlds.locality(i, locality=PAYLOADS[i * 5 + 1]) for i in range(len(worlds.VILLAGES))]
    worlds.write_world(directory, features=features, localities=localities, **{table: rows(table) for table in FREE_TEXT})
    for path in (directory / "vocabularies").glob("*.csv"):
        _hostile_labels(path)
    return directory


def _hostile_labels(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as f:
        table = list(csv.DictReader(f))
    for number, row in enumerate(table):
        for column in row:
            if column not in ("code", "parent"):
                row[column] = PAYLOADS[(number * 3) % len(PAYLOADS)].replace("\r", " ")
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, table[0].keys(), lineterminator="\n", quoting=csv.QUOTE_ALL)
        out.writeheader()
        out.writerows(table)
