"""Claims about supposed services: one more is one more in its gmina and nothing else, nobody loses, and taking it back restores all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis import gaps, priority, service_reach, what_if
from lib.analysis.region import Region
from lib.analysis.what_if import MARK, MOST, Comparison, Supposed
from lib.domain.measure import INITIATIVES, REGISTER, SAMPLE, UNLOOKED, Selection
from tests.regions import EVERY, MEETINGS, STEP_KM, club, clubs, locality, measure, meeting, named, need, project_region, region, rough
from tests.worlds import TERYTS

HOMES = tuple(locality(i).id for i in EVERY)


def supposed(*villages: int, name: str = "clubs") -> tuple[Supposed, ...]:
    return tuple(Supposed(name, HOMES[village]) for village in villages)


def compare(found: Region, asked: Sequence[Supposed], **given: Any) -> Comparison:
    return what_if.compare(found, asked, gaps.assess_all(found, priority.default_measures(found)), **given)


def counts(found: gaps.Assessment) -> list[int]:
    return [area.count for area in found.areas]


def test_one_new_service_raises_the_count_of_its_gmina_only() -> None:
    change = compare(region(clubs((3, 1, 2, 0, 1))), supposed(3)).measures["clubs"]
    assert (counts(change.before), counts(change.after)) == ([3, 1, 2, 0, 1], [3, 1, 2, 1, 1])
    assert change.after.areas[3].rate == 1.0 and change.before.areas[3].rate == 0


def test_the_reference_and_the_lines_of_the_others_stay_as_they_are() -> None:
    change = compare(region(clubs((30, 30, 30, 30, 2)), levels=[REGISTER] * 5), supposed(4, 4, 4)).measures["clubs"]
    assert change.after.reference == change.before.reference == pytest.approx(24.4)
    assert change.after.areas[:4] == change.before.areas[:4]
    then, now = change.before.areas[4], change.after.areas[4]
    assert (then.count, now.count) == (2, 5)
    assert (now.smoothed or 0) > (then.smoothed or 0) and (now.low or 0) > (then.low or 0) and (now.high or 0) > (then.high or 0)


def test_enough_new_services_change_the_verdict() -> None:
    found = region(clubs((30, 30, 30, 30, 12)), levels=[REGISTER] * 5)
    assert compare(found, supposed(4)).measures["clubs"].before.areas[4].verdict == gaps.BELOW
    assert compare(found, supposed(*[4] * 10)).measures["clubs"].after.areas[4].verdict == gaps.UNCERTAIN


def test_a_new_service_where_nobody_looked_gives_no_verdict() -> None:
    change = compare(region(clubs((3, 1, 2, 0, 1)), levels=[SAMPLE, SAMPLE, SAMPLE, UNLOOKED, None]), supposed(3, 4)).measures["clubs"]
    assert counts(change.after) == [3, 1, 2, 1, 2]
    assert [area.verdict for area in change.after.areas[3:]] == [gaps.UNKNOWN] * 2


def test_a_new_service_brings_its_own_village_and_the_next_one_within_reach() -> None:
    """The only club is in village 0; one in village 3 serves 2, 3 and 4 within ten kilometres."""
    change = compare(region(clubs((1, 0, 0, 0, 0))), supposed(3)).measures["clubs"]
    assert [share.least for share in change.reach_before.shares] == pytest.approx([0.2, 0.4, 0.4])
    assert [share.least for share in change.reach_after.shares] == pytest.approx([0.4, 1.0, 1.0])
    assert change.reach_after.places[3].km == 0 and change.reach_after.places[2].km == pytest.approx(STEP_KM, rel=1e-3)


def test_the_radius_is_that_of_the_catchment() -> None:
    change = compare(region(clubs((1, 0, 0, 0, 0))), supposed(3), radius_km=5.0).measures["clubs"]
    assert change.reach_before.radius_km == change.reach_after.radius_km == 5.0
    assert [area.access for area in change.reach_after.areas] == [1, 0, 0, 1, 0]


def test_a_new_service_makes_its_gmina_less_urgent_and_answers_needs_near_it() -> None:
    """The clubs of village 0 are four steps away from village 4."""
    found = compare(region([*clubs((9, 0, 0, 0, 0)), need(4), need(4, 1)], levels=[REGISTER] * 5), supposed(4))
    before, after = (next(rank for rank in one.ranks if rank.teryt == TERYTS[4]) for one in (found.ranking_before, found.ranking_after))
    assert after.lack < before.lack and after.need < before.need
    assert (before.rank, before.figures["needs"], after.figures["needs"]) == (1, 2, 0)
    assert (before.figures["reach"], after.figures["reach"]) == (1, 0)


def test_several_measures_and_places_are_supposed_at_once() -> None:
    circles = measure("circles", selections=(Selection("resources", "kgw", ("kgw_council",)),))
    found = region(clubs((3, 1, 2, 0, 1)), measures=[measure(), circles, MEETINGS])
    asked = (*supposed(0, 4, 4), *supposed(1, name="circles"), *supposed(2, name="meetings"))
    change = compare(found, asked)
    assert list(change.measures) == ["clubs", "circles", "meetings"] and change.supposed == asked
    assert counts(change.measures["clubs"].after) == [4, 1, 2, 0, 3]
    assert counts(change.measures["circles"].after) == [0, 1, 0, 0, 0]
    assert counts(change.measures["meetings"].after) == [0, 0, 1, 0, 0]


def test_a_supposed_meeting_is_held_in_the_present_of_the_data() -> None:
    found = region([*clubs((1, 1, 1, 1, 1)), meeting(0, "2012")])
    change = compare(found, supposed(0, name="meetings")).measures["meetings"]
    assert (change.before.areas[0].high, change.after.areas[0].high) == (14, 0)
    assert (change.before.areas[0].verdict, change.after.areas[0].verdict) == (gaps.UNCERTAIN, gaps.BELOW)
    assert change.after.areas[1:] == change.before.areas[1:]


@pytest.mark.parametrize("chosen", [Selection(INITIATIVES), Selection(INITIATIVES, "festival", years=5), Selection(INITIATIVES, years=1)])
def test_a_supposed_initiative_is_one_that_its_measure_counts(chosen: Selection) -> None:
    found = region([club(0)], measures=[measure(selections=(chosen,))])
    assert counts(compare(found, supposed(1, 1)).measures["clubs"].after) == [0, 2, 0, 0, 0]


def test_without_any_record_a_supposed_service_still_counts() -> None:
    found = region(measures=[measure(), measure("feasts", selections=(Selection(INITIATIVES, years=5),))])
    change = compare(found, (*supposed(0), *supposed(1, name="feasts")))
    assert counts(change.measures["clubs"].after) == [1, 0, 0, 0, 0] and counts(change.measures["feasts"].after) == [0, 1, 0, 0, 0]


def test_what_the_region_does_not_know_is_left_out_and_there_is_a_most() -> None:
    found = region()
    asked = [Supposed("no_such", HOMES[0]), Supposed("clubs", "no-such-place"), *supposed(*[0] * 20)]
    assert what_if.known(found, asked) == supposed(*[0] * MOST)
    assert len(what_if.with_supposed(found, asked).items) == MOST


def test_nothing_supposed_changes_nothing() -> None:
    found = compare(region(clubs((3, 1, 2, 0, 1))), ())
    assert found.measures == {} and found.ranking_after == found.ranking_before


def test_taking_a_service_back_restores_everything() -> None:
    found = region([*clubs((3, 1, 2, 0, 1)), rough(1, 9), need(3), meeting(2, "2020")])
    one, both = compare(found, supposed(3)), compare(found, supposed(3, 4))
    again = compare(found, supposed(3))
    assert both.measures["clubs"].after.areas != one.measures["clubs"].after.areas
    assert again.measures["clubs"].after.areas == one.measures["clubs"].after.areas
    assert again.ranking_after == one.ranking_after and again.ranking_before == one.ranking_before == compare(found, ()).ranking_after


def test_the_region_of_today_is_not_touched() -> None:
    found = region(clubs((1, 1, 1, 1, 1)))
    before = found.items
    compare(found, supposed(0, 1, 2))
    assert found.items is before and not any(item.id.startswith(MARK) for item in found.items)
    assert [item.id for item in what_if.with_supposed(found, supposed(0, 1)).items[5:]] == [f"{MARK}1", f"{MARK}2"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 8), min_size=5, max_size=5),
    st.lists(st.integers(0, 4), min_size=1, max_size=4),
    st.lists(st.sampled_from((SAMPLE, REGISTER, UNLOOKED, None)), min_size=5, max_size=5),
    st.lists(st.integers(0, 4), max_size=2),
)
def test_reach_never_shrinks_and_only_the_gminas_of_new_services_change(
    held: list[int], new: list[int], levels: list[str | None], vague: list[int]
) -> None:
    items = [*clubs(held), *(rough(village, 500 + number) for number, village in enumerate(vague))]
    found = region(items, levels=levels)
    told = gaps.assess(found, found.measures["clubs"])
    later = what_if.with_supposed(found, supposed(*new))
    change = what_if._changed(found, later, told, 10.0)
    for village, (then, now) in enumerate(zip(change.before.areas, change.after.areas, strict=True)):
        assert now.count == then.count + new.count(village)
        assert village in new or now == then
    assert change.after.reference == change.before.reference
    for then, now in zip((change.reach_before, *change.reach_before.areas), (change.reach_after, *change.reach_after.areas), strict=True):
        for a, b in zip(then.shares, now.shares, strict=True):
            assert b.least >= a.least - 1e-12 and b.most >= a.most - 1e-12
    assert all(b.km <= a.km for a, b in zip(change.reach_before.places, change.reach_after.places, strict=True))


def test_every_real_measure_counts_what_is_supposed_of_it() -> None:
    found = project_region()
    home = next(place for place in found.localities.values() if place.teryt == named("Popów"))
    for name, one in found.measures.items():
        later = what_if.with_supposed(found, [Supposed(name, home.id)])
        assert later.year == found.year
        before, after = (gaps.assess(each, one).area(home.teryt) for each in (found, later))
        assert before is not None and after is not None and after.count == before.count + 1, name
        assert service_reach.reach(later, one).places[list(found.localities).index(home.id)].km == 0, name


def test_a_club_in_real_popow_is_one_club_more_and_no_verdict_yet() -> None:
    found = project_region()
    home = next(place for place in found.localities.values() if place.teryt == named("Popów") and place.name == "Popów")
    told = {"senior_clubs": gaps.assess(found, found.measures["senior_clubs"])}
    change = what_if.compare(found, [Supposed("senior_clubs", home.id)], told)
    after = change.measures["senior_clubs"].after.area(home.teryt)
    assert after is not None and (after.count, after.verdict) == (1, gaps.UNCERTAIN)
    before = {rank.teryt: rank for rank in change.ranking_before.ranks}
    now = next(rank for rank in change.ranking_after.ranks if rank.teryt == home.teryt)
    assert now.lack < before[home.teryt].lack
    moved = [
        area for then, area in zip(told["senior_clubs"].areas, change.measures["senior_clubs"].after.areas, strict=True) if then != area
    ]
    assert [area.teryt for area in moved] == [home.teryt]


def test_no_untouched_real_gmina_differs_in_any_digit() -> None:
    """A club in one village once moved the fifteenth digit of two other gminas, which then were listed as changed."""
    found = project_region()
    for name in ("kgw", "fire_brigades"):
        told = gaps.assess(found, found.measures[name])
        for home in list(found.localities.values())[::60]:
            change = what_if._changed(found, what_if.with_supposed(found, [Supposed(name, home.id)]), told, 10.0)
            assert [now.teryt for then, now in zip(told.areas, change.after.areas, strict=True) if then != now] == [home.teryt]


def test_a_supposed_service_has_the_themes_and_groups_of_its_measure() -> None:
    found = region(measures=[replace(measure(), themes=("a",), groups=("b",))])
    (item,) = what_if.with_supposed(found, supposed(2)).items
    assert (item.themes, item.groups, item.teryt, item.approximate) == (("a",), ("b",), TERYTS[2], False)
    assert item.sources == (), "nobody claims that it exists"
