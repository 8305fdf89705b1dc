"""Ages and precisions of a world of six records, counted by hand."""

from __future__ import annotations

import pytest

from lib.analysis.freshness import Age, fewest, freshness, precisions, year_of
from lib.domain.records import Item, Source


def _item(number: int, as_of: str, precision: str = "locality", gathered: str = "2026-11") -> Item:
    return Item(
        id=f"r-{number}",
        kind="resources",
        name=f"Klub {number}",
        category="ngo",
        subkind="",
        teryt="2404052",
        locality="",
        address="",
        postal_code="",
        latitude=50.9,
        longitude=19.4,
        precision=precision,
        themes=(),
        groups=(),
        summary="",
        as_of=as_of,
        sources=(Source("https://example.org/", as_of, gathered),),
        details={},
    )


WORLD = tuple(_item(i, d) for i, d in enumerate(("2026", "2024-03-01", "2020", "2015-05", "1998", "")))


def test_every_record_is_in_one_step_or_undated() -> None:
    found = freshness(WORLD)
    assert found.ages == (Age(2024, 2026, 2), Age(2020, 2023, 1), Age(2015, 2019, 1), Age(None, 2014, 1))
    assert found.undated == 1
    assert found.rows == sum(age.count for age in found.ages) + found.undated


def test_the_newest_date_is_the_latest_a_source_speaks_of() -> None:
    assert freshness(WORLD).newest == "2026"
    assert freshness(WORLD[1:]).newest == "2024-03-01"


def test_steps_count_back_from_the_year_of_reading_not_from_the_newest_record() -> None:
    assert freshness((_item(1, "2015", gathered="2026-11"),)).ages[0] == Age(2024, 2026, 0)


def test_no_record_has_no_age() -> None:
    found = freshness(())
    assert (found.rows, found.undated, found.newest) == (0, 0, "")
    assert all(age.count == 0 for age in found.ages)


@pytest.mark.parametrize(("text", "year"), [("2026-11", 2026), ("1998", 1998), ("", None), ("rok 2020", None), ("202", None)])
def test_a_year_is_read_only_from_a_date(text: str, year: int | None) -> None:
    assert year_of(text) == year


def test_precisions_come_most_exact_first_and_without_empty_ones() -> None:
    items = (_item(1, "", "gmina"), _item(2, "", "postal"), _item(3, "", "gmina"), _item(4, "", ""))
    assert list(precisions(items).items()) == [("postal", 1), ("gmina", 2)]


def test_fewest_keeps_the_given_order_of_equal_counts() -> None:
    assert fewest({"b": 2, "a": 1, "c": 1}, 2) == (("a", 1), ("c", 1))
