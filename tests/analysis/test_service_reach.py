"""Claims about how near services are: five villages 8.8 kilometres apart by road, ranges that hold the truth, and no service lost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from lib.analysis import service_reach
from lib.analysis.region import Region
from lib.analysis.service_reach import Reach, Share
from lib.domain.measure import SAMPLE, UNLOOKED
from lib.domain.records import Item, Locality
from lib.geo.travel import DETOUR
from tests.regions import STEP_KM, club, locality, project_region, region, rough
from tests.worlds import TERYTS, longitude

EARTH_KM = 6_371.0
STEPS = (5.0, 9.0, 18.0)
"""Only the own village; the next one too; the next but one too."""
PLACES = tuple(place for i in range(5) for place in (locality(i, population=700), locality(i, "hamlet", east=0.04, population=300)))
"""Every gmina has a village and, at 0.04 degrees to the east (3.5 travel kilometres), a hamlet with three in ten of its people."""


def reach(found: Region, *, radius_km: float = 10.0, steps: Sequence[float] = STEPS) -> Reach:
    return service_reach.reach(found, found.measures["clubs"], radius_km=radius_km, steps=steps)


def ranges(shares: Sequence[Share]) -> list[tuple[float, float]]:
    return [(share.least, share.most) for share in shares]


def great_circle_km(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    """Travel kilometres by the haversine formula, which knows nothing of a map projection."""
    a = math.sin(math.radians(to_lat - lat) / 2) ** 2
    a += math.cos(math.radians(lat)) * math.cos(math.radians(to_lat)) * math.sin(math.radians(to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(a)) * DETOUR


def test_the_way_to_the_nearest_service_is_travelled_along_the_line() -> None:
    """One club in village 1: 1, 0, 1, 2 and 3 steps away."""
    found = reach(region([club(1)]))
    assert [place.km for place in found.places] == pytest.approx([STEP_KM, 0, STEP_KM, 2 * STEP_KM, 3 * STEP_KM], rel=1e-3)
    assert {place.nearest for place in found.places} == {"r-1-0"}
    assert [area.mean_km for area in found.areas] == [place.km for place in found.places]


def test_shares_of_people_within_reach_can_be_counted_by_hand() -> None:
    """People 1,000 to 5,000 in villages 0 to 4, one club in village 1: 2,000 of 15,000 within 5 km, 6,000 within 9, 10,000 within 18."""
    found = reach(region([club(1)], people=(1_000, 2_000, 3_000, 4_000, 5_000)))
    assert [share.least for share in found.shares] == pytest.approx([2 / 15, 6 / 15, 10 / 15])
    assert [share.most for share in found.shares] == [share.least for share in found.shares]
    assert ranges(found.areas[0].shares) == [(0, 0), (1, 1), (1, 1)]
    assert [area.people for area in found.areas] == [1_000, 2_000, 3_000, 4_000, 5_000]


def test_the_mean_way_counts_people_and_not_villages() -> None:
    """Seven in ten live at the club, three in ten in the hamlet."""
    found = reach(region([club(0)], localities=PLACES))
    assert found.areas[0].mean_km == pytest.approx(0.3 * 0.4 * STEP_KM, rel=1e-3)


def test_the_catchment_shares_a_club_among_all_who_reach_it() -> None:
    """A club in village 0 serves villages 0 and 1 (2,000 people) within 10 km: half a club per 1,000 each."""
    found = reach(region([club(0)]))
    assert [area.access for area in found.areas] == pytest.approx([0.5, 0.5, 0, 0, 0])


def test_a_service_known_only_by_its_gmina_never_gives_a_distance() -> None:
    found = reach(region([rough(0), rough(3, 1)]))
    assert all(place.km == math.inf and place.nearest == "" for place in found.places)
    assert all(area.mean_km == math.inf for area in found.areas)
    assert (found.services, found.unplaced, [area.unplaced for area in found.areas]) == ((), 2, [1, 0, 0, 1, 0])


def test_a_service_known_only_by_its_gmina_may_stand_at_anybodys_door_there() -> None:
    """Nobody surely, at most the 1,000 of gmina 0 within 5 km; within 9 km also those of village 1, if it stands in village 0."""
    found = reach(region([rough(0)]))
    assert ranges(found.areas[0].shares) == [(0, 1), (0, 1), (0, 1)]
    assert ranges(found.areas[1].shares) == [(0, 0), (0, 1), (0, 1)]
    assert [share.least for share in found.shares] == [0, 0, 0]
    assert [share.most for share in found.shares] == pytest.approx([0.2, 0.4, 0.6])


def test_a_service_without_a_place_is_shared_out_over_its_gmina_like_the_people() -> None:
    """Seven tenths of it stand in the village and three in the hamlet; both are within reach of all of gmina 0 only."""
    places = [PLACES[0], PLACES[1], locality(2), locality(3), locality(4)]
    found = reach(region([rough(0)], localities=places))
    assert found.areas[0].access == pytest.approx(1.0)
    assert [area.access for area in found.areas[2:]] == [0, 0, 0]


def test_of_a_gmina_that_nobody_looked_at_up_to_everybody_may_be_near() -> None:
    found = reach(region([club(1)], levels=[UNLOOKED, SAMPLE, SAMPLE, SAMPLE, None]))
    assert ranges(found.areas[0].shares) == [(0, 1), (1, 1), (1, 1)]
    assert ranges(found.areas[4].shares) == [(0, 1)] * 3
    assert found.areas[0].access is None and found.areas[4].access is None
    assert found.areas[1].access is not None and found.areas[0].coverage == UNLOOKED


@pytest.mark.parametrize("people", [0.0, math.nan])
def test_where_nobody_lives_there_is_no_share(people: float) -> None:
    found = reach(region([club(1)], people=(people, 1_000, 1_000, 1_000, 1_000)))
    nowhere = found.areas[0]
    assert all(math.isnan(share.least) and math.isnan(share.most) for share in nowhere.shares)
    assert math.isnan(nowhere.mean_km) and nowhere.access is None
    assert found.shares[0].least == pytest.approx(1 / 4)


def test_an_unknown_number_of_people_is_not_said_to_be_nobody() -> None:
    found = reach(region([club(1)], people=(math.nan, 0, 1_000, 1_000, 1_000)))
    assert math.isnan(found.areas[0].people) and found.areas[1].people == 0


def test_a_region_without_services_or_places_is_no_error() -> None:
    nothing = reach(region())
    assert ranges(nothing.shares) == [(0, 0)] * 3 and [area.access for area in nothing.areas] == [0] * 5
    nowhere = reach(region([club(0)], localities=()))
    assert nowhere.places == () and all(math.isnan(share.least) for share in nowhere.shares)


SPOTS = st.tuples(st.integers(0, 4), st.booleans(), st.booleans())
"""Where a club really stands (gmina, village or hamlet), and whether the data knows it only by its gmina."""


def true_club(number: int, village: int, hamlet: bool) -> Item:
    return club(village, number, longitude=longitude(village) + (0.04 if hamlet else 0.0))


@settings(max_examples=120, deadline=None)
@given(st.lists(SPOTS, max_size=8), st.lists(st.sampled_from((1.0, 3.0, 4.0, 6.0, 9.0, 13.0, 40.0)), min_size=1, max_size=4))
@example([(0, True, True)], [6.0])
def test_the_range_of_reach_holds_the_truth(spots: list[tuple[int, bool, bool]], steps: list[float]) -> None:
    truth = [true_club(number, village, hamlet) for number, (village, hamlet, _) in enumerate(spots)]
    told = [replace(item, precision="gmina") if hidden else item for item, (_, _, hidden) in zip(truth, spots, strict=True)]
    known = reach(region(told, localities=PLACES), steps=sorted(steps))
    real = reach(region(truth, localities=PLACES), steps=sorted(steps))
    for own, true in zip((known, *known.areas), (real, *real.areas), strict=True):
        for shown, share in zip(own.shares, true.shares, strict=True):
            assert shown.least - 1e-9 <= share.least <= shown.most + 1e-9


@settings(max_examples=80, deadline=None)
@given(st.lists(SPOTS, max_size=8), st.lists(st.floats(0, 60), min_size=2, max_size=6))
def test_farther_reaches_never_fewer(spots: list[tuple[int, bool, bool]], steps: list[float]) -> None:
    items = [replace(true_club(n, i, hamlet), precision="gmina" if hidden else "locality") for n, (i, hamlet, hidden) in enumerate(spots)]
    found = reach(region(items, localities=PLACES, levels=[SAMPLE, UNLOOKED, SAMPLE, SAMPLE, SAMPLE]), steps=sorted(steps))
    for shares in (found.shares, *(area.shares for area in found.areas)):
        least, most = [share.least for share in shares], [share.most for share in shares]
        assert least == sorted(least) and most == sorted(most)
        assert all(0 <= a <= b <= 1 + 1e-9 for a, b in zip(least, most, strict=True))


@settings(max_examples=80, deadline=None)
@given(st.lists(SPOTS, min_size=1, max_size=8), st.floats(0, 60), st.lists(st.integers(1, 9_000), min_size=5, max_size=5))
@example([(0, False, True)], 5.0, [1_000] * 5)
def test_the_catchment_gives_away_all_services_and_no_more(spots: list[tuple[int, bool, bool]], km: float, people: list[int]) -> None:
    """Everybody lives at a place of PLACES and every service stands in one, also one that is shared out: somebody always reaches it."""
    items = [replace(true_club(n, i, hamlet), precision="gmina" if hidden else "locality") for n, (i, hamlet, hidden) in enumerate(spots)]
    found = reach(region(items, people=people, localities=PLACES), radius_km=km)
    assert sum(area.people * (area.access or 0) / 1_000 for area in found.areas) == pytest.approx(len(items))


def test_several_radii_are_tried_and_those_that_nobody_looked_at_are_left_out() -> None:
    found = region([club(0), rough(2, 1)], levels=[SAMPLE, SAMPLE, SAMPLE, SAMPLE, UNLOOKED])
    tried = service_reach.sensitivity(found, found.measures["clubs"], (5.0, 10.0))
    assert list(tried) == [5.0, 10.0]
    assert list(tried[5.0]) == list(TERYTS[:4])
    for km, values in tried.items():
        areas = reach(found, radius_km=km).areas
        assert list(values.values()) == pytest.approx([area.access for area in areas[:4]])


def test_agreement_of_two_catchments_is_the_rank_correlation_of_scipy() -> None:
    one, other = {"a": 1.0, "b": 2.0, "c": 2.0, "d": 9.0}, {"a": 4.0, "b": 3.0, "c": 5.0, "d": 6.0, "e": 0.0}
    assert service_reach.agreement(one, other) == pytest.approx(spearmanr([1, 2, 2, 9], [4, 3, 5, 6]).statistic)
    assert service_reach.agreement(one, one) == pytest.approx(1)


@pytest.mark.parametrize("other", [{"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 1.0, "c": 1.0}, {}])
def test_too_few_or_equal_catchments_agree_in_nothing(other: dict[str, float]) -> None:
    assert math.isnan(service_reach.agreement({"a": 1.0, "b": 2.0, "c": 3.0}, other))


def test_real_distances_equal_those_on_the_globe() -> None:
    """A second computation with the haversine formula and a plain search over all clubs, within a thousandth."""
    found = project_region()
    near = service_reach.reach(found, found.measures["senior_clubs"])
    services = [(item.longitude or 0.0, item.latitude or 0.0) for item in near.services]
    assert services and not any(item.approximate for item in near.services)
    for place in near.places[::9]:
        here: Locality = found.localities[place.id]
        assert place.km == pytest.approx(min(great_circle_km(here.longitude, here.latitude, *to) for to in services), rel=3e-3, abs=0.01)


def test_real_shares_are_counted_again_from_the_localities() -> None:
    found = project_region()
    for name in ("libraries", "senior_clubs"):
        near = service_reach.reach(found, found.measures[name])
        total = sum(place.people for place in near.places)
        for share in near.shares:
            assert share.least == pytest.approx(sum(place.people for place in near.places if place.km <= share.km + 1e-6) / total)
        for area in near.areas:
            own = [place for place in near.places if place.teryt == area.teryt]
            assert (
                area.people
                == pytest.approx(sum(place.people for place in own))
                == pytest.approx(found.people(near.measure.people)[area.teryt])
            )
            if area.coverage == UNLOOKED:
                assert area.shares[0].most == 1 and area.access is None


def test_every_real_service_is_placed_or_counted_as_without_a_place() -> None:
    found = project_region()
    for one in found.measures.values():
        near = service_reach.reach(found, one)
        records = [item for item in found.items if item.kind == one.selections[0].table and item.teryt in found.gminas]
        assert len(near.services) + near.unplaced <= len(records)
        assert near.unplaced == sum(area.unplaced for area in near.areas)
        assert np.isfinite([share.least for share in near.shares]).all()
