"""The questions in search_cases.toml get from the real data set the answers written there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.catalog.query import Query
from lib.domain.records import Item
from lib.settings import DATA_DIR

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("search_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_dataset(DATA_DIR))


def found(catalog: Catalog, text: str) -> list[Item]:
    return [catalog.item(row) for row in catalog.search(Query(text=text)).rows]


def is_like(catalog: Catalog, item: Item, wanted: dict[str, str]) -> bool:
    gmina = catalog.dataset.gminas.get(item.teryt)
    fields = {"gmina": gmina.name if gmina else ""} | {name: getattr(item, name) for name in ("kind", "category", "subkind", "locality")}
    return wanted.get("name", "") in item.name and all(fields[name] == value for name, value in wanted.items() if name != "name")


@pytest.mark.parametrize("case", CASES, ids=[case["q"] for case in CASES])
def test_a_question_is_answered_as_expected(catalog: Catalog, case: dict[str, Any]) -> None:
    answers = found(catalog, case["q"])
    names = [item.name for item in answers]
    assert case.get("at_least", 0) <= len(answers) <= case.get("at_most", len(answers))
    for item in answers[: case.get("first", 0)]:
        assert is_like(catalog, item, case["are"]), names[: case["first"]]
    assert len(answers) >= case.get("first", 0)
    for name in case.get("finds", ()):
        assert any(name in other for other in names), name
    for name in case.get("never", ()):
        assert not any(name in other for other in names[:10]), name
    if "same_as" in case:
        assert [item.id for item in answers] == [item.id for item in found(catalog, case["same_as"])]
