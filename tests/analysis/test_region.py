"""Claims about what analyses read of a data set: people, places and the present of the data, on five made-up gminas and the real ones."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from lib.analysis.region import Region, exact_metres
from lib.domain.records import Source
from tests.regions import EVERY, club, locality, need, project, project_region, region, rough
from tests.worlds import LATITUDE, TERYTS, longitude


def test_the_present_is_the_year_in_which_the_newest_page_was_read() -> None:
    old = club(0, sources=(Source("https://made-up.example/", "2020", "2024-03"),), as_of="2031")
    assert region([old, club(1)]).year == 2026
    assert region([old]).year == 2024


def test_without_a_page_the_present_is_the_year_of_the_newest_fact_and_without_a_record_there_is_none() -> None:
    assert region([club(0, sources=(), as_of="2019-05"), club(1, sources=(), as_of="")]).year == 2019
    assert region([]).year == 0


def test_people_of_several_groups_add_up_and_one_unknown_group_makes_the_sum_unknown() -> None:
    found = region(people=(1_000, 2_000, 3_000), old=(200, math.nan, 600)).people(("pop_total", "pop_65_plus"))
    assert found[TERYTS[0]] == 1_200 and found[TERYTS[2]] == 3_600
    assert math.isnan(found[TERYTS[1]])


def test_a_group_that_the_table_lacks_is_unknown_everywhere_and_not_nobody() -> None:
    assert all(math.isnan(n) for n in region().people(("pop_0_2",)).values())


def test_the_people_of_a_gmina_are_shared_out_over_its_localities() -> None:
    """Village 0 has a hamlet: 300 of 1,000 listed people live there, 700 in the village."""
    places = [locality(0, population=700), locality(0, "hamlet", east=0.02, population=300), *(locality(i) for i in (1, 2, 3, 4))]
    found = region(people=(1_000, 2_000, 0, 500, math.nan), localities=places)
    assert found.places.ids[1] == f"{TERYTS[0]}-hamlet"
    assert list(found.people_by_place(("pop_total",))) == pytest.approx([700, 300, 2_000, 0, 500, 0])


def test_every_real_gmina_keeps_all_its_people_when_they_are_shared_out() -> None:
    found = project_region()
    for columns in {measure.people for measure in found.measures.values()}:
        shared, owners = found.people_by_place(columns), np.array(found.places.teryts)
        for teryt, n in found.people(columns).items():
            assert shared[owners == teryt].sum() == pytest.approx(n)


def test_a_position_known_only_by_its_gmina_is_no_position() -> None:
    x, y = exact_metres([club(0), rough(0), club(1, latitude=None), club(2, longitude=None), need(0, precision="address")])
    assert list(np.isfinite(x)) == list(np.isfinite(y)) == [True, False, False, False, True]
    assert len(exact_metres([])[0]) == 0


def test_places_stand_where_their_coordinates_say() -> None:
    """Village 1 is 7.04 km to the east of village 0, as far north but for the grid's slant of a third of a degree."""
    places = region().places
    assert places.x[1] - places.x[0] == pytest.approx(7_037, abs=2)
    assert abs(places.y[1] - places.y[0]) < 60
    x, _ = exact_metres([club(0, latitude=LATITUDE, longitude=longitude(0))])
    assert x[0] == places.x[0]


def test_further_records_make_a_new_region_and_leave_the_old_one_as_it_was() -> None:
    before = region([club(0)])
    after = before.having([club(1)])
    assert (len(before.items), len(after.items)) == (1, 2)
    assert after.gminas is before.gminas and after.demography is before.demography


def test_the_region_of_the_data_set_has_all_its_gminas_localities_and_numbers_of_people() -> None:
    data, found = project(), project_region()
    assert (set(found.gminas), set(found.localities)) == (set(data.gminas), set(data.localities))
    total = found.people(("pop_total",))
    assert total == {teryt: float(n) for teryt, n in data.demography["pop_total"].items()} and len(total) == 31
    assert all(name.startswith("pop_") for name in found.demography)


def test_the_year_of_the_real_data_is_the_newest_year_of_reading() -> None:
    years = [source.gathered[:4] for item in project().items for source in item.sources[:1]]
    assert project_region().year == int(max(years))


def test_a_region_reads_the_five_gminas_in_their_order() -> None:
    found: Region = replace(region())
    assert list(found.people(("pop_total",))) == [TERYTS[i] for i in EVERY]
