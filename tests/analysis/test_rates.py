"""Claims about rates: plain division, and nothing recorded is never the lowest class."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis.rates import NO_CLASS, NO_PEOPLE, people, rates


def test_the_rate_is_records_per_1000_people() -> None:
    assert rates({"a": 3}, {"a": 1500.0}, ["a"]).rate == {"a": 2.0}


def test_an_area_without_a_record_has_no_class_instead_of_the_lowest() -> None:
    found = rates({"a": 1, "b": 0}, {"a": 1000.0, "b": 1000.0}, ["a", "b"])
    assert found.area_class == {"a": 0, "b": NO_CLASS}


def test_an_area_without_a_population_has_no_rate() -> None:
    found = rates({"a": 1}, {}, ["a"])
    assert found.rate == {} and found.area_class == {"a": NO_PEOPLE}


def test_five_areas_fall_into_five_classes_in_their_order() -> None:
    codes = list("abcde")
    found = rates({c: i + 1 for i, c in enumerate(codes)}, dict.fromkeys(codes, 1000.0), codes)
    assert [found.area_class[c] for c in codes] == [0, 1, 2, 3, 4]
    assert found.breaks == (1.0, 2.0, 3.0, 4.0, 5.0) and found.lowest == 1.0


def test_equal_rates_share_one_class() -> None:
    found = rates({"a": 2, "b": 2}, {"a": 1000.0, "b": 1000.0}, ["a", "b"])
    assert found.breaks == (2.0,) and found.area_class == {"a": 0, "b": 0}


def test_people_of_a_group_are_the_sum_of_its_columns_and_unknown_if_one_is_missing() -> None:
    table = pd.DataFrame(
        {"pop_0_2": ["1", "1"], "pop_3_6": [2, 2], "pop_7_12": [3, None], "pop_13_15": [4, 4], "pop_16_19": [5, 5]}, index=["a", "b"]
    )
    found = people(table, "young")
    assert found["a"] == 15 and pd.isna(found["b"])


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 50), max_size=40), st.integers(1, 6))
def test_every_area_with_a_record_lies_within_the_bounds_of_its_class(counts: dict[str, int], classes: int) -> None:
    found = rates(counts, dict.fromkeys(counts, 1000.0), list(counts), classes=classes)
    for code, cls in found.area_class.items():
        if cls == NO_CLASS:
            assert counts[code] == 0
        else:
            assert found.rate[code] <= found.breaks[cls] + 1e-6
            assert cls == 0 or found.rate[code] > found.breaks[cls - 1]


def test_an_unknown_group_of_people_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        people(pd.DataFrame(), "nobody")
