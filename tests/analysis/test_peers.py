"""Claims about the most similar gminas: alike in kind, size and age, and every part of the likeness is told."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis import peers
from lib.analysis.region import Region
from tests.regions import named, project, project_region, region
from tests.worlds import TERYTS

TOWN, VILLAGE = "miejska", "wiejska"
SIZES, OLD = (1_000, 10_000, 100_000, 1_000, 10_000), (200, 2_000, 30_000, 300, 2_000)
"""Shares of older people: 20 %, 20 %, 30 %, 30 %, 20 %."""
WORLD: dict[str, Any] = {"people": SIZES, "old": OLD, "kinds": (VILLAGE, VILLAGE, TOWN, VILLAGE, TOWN)}


def near(found: Region, village: int, **given: Any) -> dict[int, float]:
    return {TERYTS.index(peer.teryt): peer.distance for peer in peers.peers(found, TERYTS[village], **given)}


def test_the_distance_is_the_mean_of_three_differences() -> None:
    """To gmina 0: ten times the people is half of the range of a hundred, 30 % old instead of 20 % the whole range of ages."""
    found = near(region(**WORLD), 0)
    assert found == pytest.approx({1: (0 + 0.5 + 0) / 3, 2: (1 + 1 + 1) / 3, 3: (0 + 0 + 1) / 3, 4: (1 + 0.5 + 0) / 3})


def test_the_most_similar_come_first_and_equal_ones_by_their_number() -> None:
    assert list(near(region(**WORLD), 0)) == [1, 3, 4, 2]
    alike = region(people=(1_000,) * 5, old=(200,) * 5)
    assert near(alike, 2) == {0: 0.0, 1: 0.0, 3: 0.0, 4: 0.0}


def test_a_gmina_is_not_its_own_peer_and_the_list_is_short() -> None:
    assert 0 not in near(region(**WORLD), 0)
    assert list(near(region(**WORLD), 0, limit=2)) == [1, 3]
    assert len(peers.peers(project_region(), named("Popów"))) == peers.SHOWN == 5


def test_every_part_of_the_likeness_is_told() -> None:
    first = peers.peers(region(**WORLD), TERYTS[0])[0]
    assert (first.teryt, first.same_kind, first.people, first.old_share) == (TERYTS[1], True, 10_000, 0.2)
    assert not peers.peers(region(**WORLD), TERYTS[0])[2].same_kind


@pytest.mark.parametrize("unknown", [math.nan, 0])
def test_a_gmina_whose_people_are_unknown_has_no_peers_and_is_none(unknown: float) -> None:
    found = region(**{**WORLD, "people": (unknown, *SIZES[1:])})
    assert near(found, 0) == {}
    assert set(near(found, 1)) == {2, 3, 4}


def test_where_the_older_people_are_unknown_that_trait_counts_as_different() -> None:
    found = region(**{**WORLD, "old": (math.nan, *OLD[1:])})
    assert near(found, 1)[0] == pytest.approx((0 + 0.5 + 1) / 3)
    assert math.isnan(next(peer.old_share for peer in peers.peers(found, TERYTS[1]) if peer.teryt == TERYTS[0]))


def test_an_unknown_gmina_and_a_region_of_one_have_no_peers() -> None:
    assert peers.peers(region(**WORLD), "0000000") == ()
    assert peers.peers(region(people=(1_000,)), TERYTS[0]) == ()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from((math.nan, 0.0, 12.0, 900.0, 8_000.0, 200_000.0)), min_size=5, max_size=5),
    st.lists(st.sampled_from((math.nan, 0.0, 0.1, 0.2, 0.35)), min_size=5, max_size=5),
    st.lists(st.sampled_from((TOWN, VILLAGE, "miejsko-wiejska")), min_size=5, max_size=5),
)
def test_the_distance_is_symmetric_and_lies_between_none_and_one(people: list[float], shares: list[float], kinds: list[str]) -> None:
    found = region(people=people, old=[n * share for n, share in zip(people, shares, strict=True)], kinds=kinds)
    for one in range(5):
        for other, distance in near(found, one).items():
            assert 0 <= distance <= 1
            assert near(found, other)[one] == pytest.approx(distance)


def test_popow_is_compared_with_other_villages_of_its_size() -> None:
    found = peers.peers(project_region(), named("Popów"))
    assert all(peer.same_kind and 0 <= peer.distance < 0.2 for peer in found)
    assert all(0.5 < peer.people / 5_766 < 2 for peer in found)


def test_the_city_has_nothing_like_itself_and_that_shows() -> None:
    found = peers.peers(project_region(), named("Częstochowa"))
    assert project().gminas[found[0].teryt].name == "Myszków", "the only other town without villages"
    assert found[0].distance > 0.3


def test_the_common_rate_is_that_of_all_their_people_together() -> None:
    """3 + 0 + 1 clubs among 1,000 + 3,000 people; the one whose people are unknown is left out, and so is nobody."""
    counts, people = {"a": 3, "b": 0, "c": 9, "d": 1}, {"a": 1_000.0, "b": 3_000.0, "c": None, "d": 0.0}
    assert peers.pooled_rate(counts, people, ("a", "b", "c", "d"), 1_000) == pytest.approx(0.75)
    assert peers.pooled_rate(counts, people, ("c", "d", "e"), 1_000) is None
    assert peers.pooled_rate({}, people, ("a",), 1_000) == 0
