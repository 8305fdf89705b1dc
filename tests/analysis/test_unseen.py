"""Claims about what no source named: Chao's bound by hand and by enumeration, and silence where hardly anything overlaps."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis.unseen import LEAST_SHARED, Unseen, estimate, hosts_of, lower_bound
from lib.domain.records import Source
from tests.analysis.test_profile import item


def test_four_records_named_once_and_five_twice_leave_at_least_one_unseen() -> None:
    """4 * 3 / (2 * 6) = 1."""
    assert estimate([1, 1, 1, 1, 2, 2, 2, 2, 2]) == Unseen(observed=9, once=4, twice=5, unseen=1.0)


def test_what_every_source_names_leaves_nothing_unseen() -> None:
    assert estimate([3] * 10) == Unseen(observed=10, once=0, twice=0, unseen=0.0)


def test_too_little_overlap_gives_no_estimate() -> None:
    assert estimate([1] * 100 + [2] * (LEAST_SHARED - 1)) is None
    assert estimate([1] * 100 + [2] * LEAST_SHARED) is not None
    assert estimate([]) is None


def test_a_record_without_a_source_is_not_counted() -> None:
    assert estimate([0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2]) == estimate([1, 1, 1, 1, 2, 2, 2, 2, 2])


def test_two_pages_of_one_site_are_one_source() -> None:
    pages = ("https://www.example.org/a", "http://example.org/b", "https://gmina.example/kgw", "")
    assert hosts_of(item("r-1", sources=tuple(Source(url, "", "2026-11") for url in pages))) == 2


@given(st.lists(st.integers(0, 6), max_size=60))
def test_the_bound_is_pairs_of_single_records_over_those_named_twice_and_one(counts: list[int]) -> None:
    single = [i for i, count in enumerate(counts) if count == 1]
    pairs = sum(1 for _ in combinations(single, 2))
    assert lower_bound(counts) == pytest.approx(pairs / (1 + sum(count == 2 for count in counts)))


@given(st.lists(st.integers(1, 6), max_size=60))
def test_an_estimate_counts_every_record_and_is_never_negative(counts: list[int]) -> None:
    found = estimate(counts)
    if found is not None:
        assert found.observed == len(counts) and found.unseen >= 0
        assert found.once + found.twice <= found.observed


def test_the_bound_is_near_the_truth_and_on_average_not_above_it_when_many_sources_find_records_independently() -> None:
    """Thirty made-up sources, 300 records, half of them three times as easy to find."""
    rng = np.random.default_rng(8)
    ease = np.repeat([0.02, 0.06], 150)
    unseen, estimated = [], []
    for _ in range(200):
        named = (rng.random((30, 300)) < ease).sum(axis=0)
        found = estimate(named.tolist())
        assert found is not None
        unseen.append((named == 0).sum())
        estimated.append(found.unseen)
    assert 0.7 * np.mean(unseen) < np.mean(estimated) < np.mean(unseen)
