"""Claims about verdicts: what is called low or high, what cannot be told apart, and that a hole in the data never becomes a gap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from lib.analysis import gaps
from lib.analysis.gaps import ABOVE, BELOW, UNCERTAIN, UNKNOWN, Area, Assessment
from lib.analysis.region import Region
from lib.analysis.unseen import hosts_of, lower_bound
from lib.domain.measure import LEVELS, LIST, REGISTER, SAMPLE, UNLOOKED, YEARS_SINCE
from tests.regions import EVERY, YEAR, club, clubs, meeting, named, project_region, region, sources
from tests.worlds import TERYTS

UNTOLD = (UNLOOKED, None, "")
"""Levels that say nothing of the data: not looked for, no row in the table, a row without a word."""


@dataclass(frozen=True)
class Village:
    """One gmina of a random world: clubs, people, believed completeness, pages read, hosts that name each club."""

    count: int
    people: float
    level: str | None
    pages: int | None
    hosts: int


VILLAGES = st.builds(
    Village,
    count=st.one_of(st.just(0), st.integers(0, 40)),
    people=st.one_of(st.sampled_from((0.0, math.nan, 1.0, 12.0)), st.integers(100, 60_000).map(float)),
    level=st.sampled_from((*LEVELS, None, "", SAMPLE, REGISTER)),
    pages=st.one_of(st.none(), st.integers(0, 40)),
    hosts=st.integers(1, 3),
)
WORLDS = st.lists(VILLAGES, min_size=1, max_size=5)


def build(world: Sequence[Village], *more: object) -> Region:
    items = [
        club(place, number, sources=sources(village.hosts, f"{place}-{number}"))
        for place, village in enumerate(world)
        for number in range(village.count)
    ]
    columns = {name: [getattr(village, name) for village in world] for name in ("people", "pages")}
    return region([*items, *more], **columns, levels=[village.level for village in world])  # type: ignore[list-item]


def assess(found: Region, name: str = "clubs", **given: Assessment) -> Assessment:
    return gaps.assess(found, found.measures[name], **given)


def judged(counts: Sequence[int], *, hosts: int = 1, **given: object) -> list[tuple[str, str]]:
    """Verdicts and reasons of a world of clubs."""
    return [(area.verdict, area.reason) for area in assess(region(clubs(counts, hosts=hosts), **given)).areas]  # type: ignore[arg-type]


def naive_means(counts: Sequence[float], people: Sequence[float]) -> list[float]:
    """Marshall's empirical Bayes means per 1,000, a second time and with loops."""
    total = sum(people)
    mean = sum(counts) / total
    spread = sum(n * (y / n - mean) ** 2 for y, n in zip(counts, people, strict=True)) / total
    variance = max(spread - mean / (total / len(people)), (0.05 * mean) ** 2)
    return [1_000 * (mean + variance / (variance + mean / n) * (y / n - mean)) for y, n in zip(counts, people, strict=True)]


def test_rate_reference_and_smoothed_rate_can_be_computed_by_hand() -> None:
    """122 clubs among 5,000 people are 24.4 per 1,000."""
    found = assess(region(clubs((30, 30, 30, 30, 2)), levels=[REGISTER] * 5))
    assert found.reference == pytest.approx(24.4)
    assert [area.rate for area in found.areas] == [30, 30, 30, 30, 2]
    assert [area.smoothed for area in found.areas] == pytest.approx(naive_means((30, 30, 30, 30, 2), (1_000,) * 5))
    assert [area.count for area in found.areas] == [30, 30, 30, 30, 2] == [len(items) for items in found.records.values()]


def test_only_the_gmina_whose_whole_interval_lies_under_the_reference_is_low() -> None:
    assert judged((30, 30, 30, 30, 2), levels=[REGISTER] * 5) == [(UNCERTAIN, "interval")] * 4 + [(BELOW, "interval")]


def test_a_gmina_far_above_is_high_and_the_others_are_then_low() -> None:
    """100 clubs among 5,000 people: ten are half of the reference, sixty three times as much."""
    assert judged((10, 10, 10, 10, 60), levels=[LIST] * 5) == [(BELOW, "interval")] * 4 + [(ABOVE, "interval")]


def test_a_small_difference_cannot_be_told_from_chance() -> None:
    assert judged((10, 12, 9, 11, 8), levels=[REGISTER] * 5) == [(UNCERTAIN, "interval")] * 5


def test_where_all_are_alike_all_lie_on_the_reference() -> None:
    found = assess(region(clubs((10,) * 5)))
    assert [area.verdict for area in found.areas] == [UNCERTAIN] * 5
    assert [area.smoothed for area in found.areas] == pytest.approx([found.reference] * 5)
    assert all(area.low < 10 < area.high for area in found.areas if area.low is not None and area.high is not None)


def test_where_nothing_is_counted_anywhere_nobody_is_low() -> None:
    found = assess(region(levels=[REGISTER] * 5))
    assert found.reference == 0 and found.unseen is None
    assert [(area.verdict, area.reason, area.rate) for area in found.areas] == [(UNCERTAIN, "nothing_counted", 0)] * 5


def test_a_region_of_one_gmina_is_its_own_reference() -> None:
    (area,) = assess(region(clubs((7,)), people=(1_000,), levels=[REGISTER])).areas
    assert area.verdict == UNCERTAIN and area.smoothed == pytest.approx(7)


def test_where_nobody_looked_nothing_is_said_and_the_records_are_still_counted() -> None:
    found = assess(region(clubs((3, 0, 1, 0, 0)), levels=[UNLOOKED, None, "", UNLOOKED, None]))
    assert (found.reference, found.prior, found.posterior) == (None, None, None)
    assert [(area.verdict, area.reason) for area in found.areas] == [(UNKNOWN, "not_looked_for")] * 5
    first = found.areas[0]
    assert (first.count, first.rate, first.smoothed, first.low, first.high) == (3, 3, None, None, None)


def test_a_region_without_records_and_gminas_is_no_error() -> None:
    assert assess(region(people=(), levels=(), pages=())).areas == ()
    assert assess(region(people=(), levels=(), pages=()), "meetings").areas == ()


@pytest.mark.parametrize(("people", "told"), [(0.0, 0.0), (math.nan, None)])
def test_where_nobody_lives_for_whom_the_service_is_there_is_no_verdict(people: float, told: float | None) -> None:
    found = assess(region(clubs((5, 5, 5, 5, 2)), people=(1_000, 1_000, 1_000, 1_000, people)))
    last = found.areas[4]
    assert (last.verdict, last.reason, last.rate, last.people, last.count) == (UNKNOWN, "no_people", None, told, 2)
    assert found.reference == pytest.approx(5), "their services tell nothing about the others"


def test_one_club_among_twelve_people_proves_nothing() -> None:
    """83 per 1,000 against five: in so small a gmina one club is chance."""
    found = assess(region(clubs((5, 5, 5, 5, 1)), people=(1_000, 1_000, 1_000, 1_000, 12), levels=[REGISTER] * 5))
    assert found.areas[4].verdict == UNCERTAIN
    assert found.areas[4].rate == pytest.approx(83.3, abs=0.1)
    assert found.areas[4].smoothed == pytest.approx(7.3, abs=0.1), "drawn nearly all the way to the five of the others"


def test_no_club_among_twelve_people_proves_nothing_either() -> None:
    assert judged((30, 30, 30, 30, 0), people=(1_000, 1_000, 1_000, 1_000, 12), levels=[REGISTER] * 5)[4] == (UNCERTAIN, "interval")


def test_a_low_sample_is_kept_only_when_the_records_that_are_probably_missing_would_not_lift_it() -> None:
    """Five clubs named by one host each: at least 5 * 4 / 2 = 10 more are unseen, and 15 may be the 25 of the region by chance."""
    assert judged((30, 30, 30, 30, 5))[4] == (UNKNOWN, "unseen")
    assert judged((30, 30, 30, 30, 5), hosts=3)[4] == (BELOW, "interval")
    assert judged((30, 30, 30, 30, 5), levels=[REGISTER] * 5)[4] == (BELOW, "interval")


def test_a_low_sample_is_kept_only_when_it_was_read_as_much_as_the_others() -> None:
    """One page instead of ten is an eighth of the usual effort: an eighth of 16 clubs is two, and two may be none by chance."""
    assert judged((20, 20, 20, 20, 0))[4] == (BELOW, "interval")
    assert judged((20, 20, 20, 20, 0), pages=(10, 10, 10, 10, 1))[4] == (UNKNOWN, "uneven")
    assert judged((20, 20, 20, 20, 0), pages=(10, 10, 10, 10, 1), levels=[LIST] * 5)[4] == (BELOW, "interval")


def test_a_high_sample_is_kept_only_when_it_was_not_read_more_than_the_others() -> None:
    assert judged((10, 10, 10, 10, 60))[4] == (ABOVE, "interval")
    assert judged((10, 10, 10, 10, 60), pages=(10, 10, 10, 10, 100))[4] == (UNKNOWN, "uneven")


def test_a_sample_is_judged_only_when_what_one_page_lists_may_count_once() -> None:
    """Sixty clubs beside ten, but all from lists of thirty: two finds beside ten. And none beside twenty that one list holds."""
    counts = (10, 10, 10, 10, 60)
    listed = [*clubs((10, 10, 10, 10)), *(one for one in clubs(counts, a_page=30) if one.teryt == TERYTS[4])]
    assert [(area.verdict, area.reason) for area in assess(region(listed)).areas][4] == (UNKNOWN, "clustered")
    by_register = assess(region(listed, levels=[LIST] * 5)).areas[4]
    assert (by_register.verdict, by_register.reason) == (ABOVE, "interval")
    few = assess(region(clubs((20, 20, 20, 20, 0), a_page=20))).areas[4]
    assert (few.verdict, few.reason) == (UNKNOWN, "clustered")
    assert few.high is not None and few.high < 16


def test_a_sample_of_no_page_at_all_is_never_low() -> None:
    assert judged((20, 20, 20, 20, 0), pages=(10, 10, 10, 10, 0))[4] == (UNKNOWN, "uneven")


@settings(max_examples=150, deadline=None)
@given(WORLDS)
@example([Village(0, 1_000.0, UNLOOKED, 10, 1), Village(30, 1_000.0, REGISTER, 10, 1)])
@example([Village(40, 1_000.0, None, 10, 1), Village(2, 1_000.0, REGISTER, 10, 1)])
def test_a_gmina_that_nobody_looked_at_never_gets_a_verdict(world: list[Village]) -> None:
    for village, area in zip(world, assess(build(world)).areas, strict=True):
        if village.level in UNTOLD or not village.people > 0:
            assert area.verdict == UNKNOWN and area.reason in ("not_looked_for", "no_people")
            assert (area.smoothed, area.low, area.high) == (None, None, None)
        if village.level in UNTOLD:
            assert area.coverage == UNLOOKED


@settings(max_examples=150, deadline=None)
@given(WORLDS)
@example([Village(30, 1_000.0, SAMPLE, 10, 1)] * 4 + [Village(2, 1_000.0, SAMPLE, 10, 3)])
@example([Village(10, 1_000.0, SAMPLE, 10, 1)] * 4 + [Village(40, 1_000.0, SAMPLE, 10, 1)])
def test_low_and_high_are_said_only_when_the_whole_interval_is_on_that_side(world: list[Village]) -> None:
    found = assess(build(world))
    for area in found.areas:
        if area.verdict == BELOW:
            assert area.high is not None and found.reference is not None and area.high < found.reference
        if area.verdict == ABOVE:
            assert area.low is not None and found.reference is not None and area.low > found.reference
        if area.low is not None and area.high is not None and area.smoothed is not None:
            assert 0 <= area.low <= area.smoothed <= area.high < math.inf


@settings(max_examples=150, deadline=None)
@given(WORLDS)
@example([Village(30, 1_000.0, SAMPLE, 10, 1)] * 4 + [Village(5, 1_000.0, SAMPLE, 10, 3)])
@example([Village(30, 1_000.0, SAMPLE, 10, 1)] * 4 + [Village(5, 1_000.0, SAMPLE, 10, 1)])
@example([Village(20, 1_000.0, SAMPLE, 10, 1)] * 4 + [Village(0, 1_000.0, SAMPLE, 4, 1)])
def test_a_low_sample_survives_missing_records_and_uneven_reading(world: list[Village]) -> None:
    survives(assess(build(world)))


def survives(found: Assessment) -> None:
    """Asserts again, from the posterior itself, that what is called low in a sample would stay low."""
    for place, area in enumerate(found.areas):
        if area.verdict not in (BELOW, ABOVE) or area.coverage != SAMPLE or found.measure.formula == YEARS_SINCE:
            continue
        assert found.posterior is not None and found.reference is not None and area.low is not None and area.high is not None
        shape, rate = found.posterior.shape[place], found.posterior.rate[place] / found.measure.per
        missing = lower_bound([hosts_of(item) for item in found.records[area.teryt]])
        if area.verdict == BELOW:
            assert gamma(shape + missing, scale=1 / rate).ppf(0.95) < found.reference
            assert area.high < found.reference * min(area.effort, 1)
        else:
            assert area.low > found.reference * max(area.effort, 1)


@settings(max_examples=100, deadline=None)
@given(WORLDS)
def test_the_reference_is_the_rate_of_all_that_were_looked_for_together(world: list[Village]) -> None:
    known = [village for village in world if village.level not in UNTOLD and village.people > 0]
    found = assess(build(world))
    if not known:
        assert found.reference is None
        return
    together = 1_000 * sum(village.count for village in known) / sum(village.people for village in known)
    assert found.reference == pytest.approx(together)


@settings(max_examples=100, deadline=None)
@given(WORLDS, st.integers(1, 3))
def test_a_record_in_a_gmina_that_nobody_looked_at_changes_no_other_gmina(world: list[Village], further: int) -> None:
    hidden = [place for place, village in enumerate(world) if village.level in UNTOLD]
    if not hidden:
        return
    new = [club(hidden[0], 1_000 + number) for number in range(further)]
    same_year = club(0, 999, category="other")
    before, after = assess(build(world, same_year)), assess(build(world, same_year, *new))
    assert after.reference == before.reference
    for then, now in zip(before.areas, after.areas, strict=True):
        assert line(now)[0] == (line(replace(then, count=then.count + further)) if then.teryt == TERYTS[hidden[0]] else line(then))[0]
        if then.teryt != TERYTS[hidden[0]]:
            assert line(now)[1] == pytest.approx(line(then)[1], rel=1e-9)


def line(area: Area) -> tuple[tuple[object, ...], list[float]]:
    """What is said of an area: words and counts, then the numbers (-1 where there is none)."""
    numbers = (area.people, area.rate, area.smoothed, area.low, area.high, area.unseen, area.effort)
    words = (area.teryt, area.count, area.verdict, area.reason, area.coverage)
    return words, [-1.0 if value is None else value for value in numbers]


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_the_order_of_the_records_changes_nothing(world: list[Village]) -> None:
    found = build(world)
    assert assess(replace(found, items=found.items[::-1])).areas == assess(found).areas


def test_against_an_earlier_yardstick_the_reference_stays() -> None:
    """Clubs for the last gmina would lift the reference from 24.4 to 30; measured by the old one it is no longer low."""
    before = assess(region(clubs((30, 30, 30, 30, 2)), levels=[REGISTER] * 5))
    more = region(clubs((30, 30, 30, 30, 30)), levels=[REGISTER] * 5)
    assert assess(more).reference == pytest.approx(30)
    after = assess(more, yardstick=before)
    assert after.reference == before.reference
    assert after.areas[4].verdict != BELOW


def years(*meetings: object, **given: object) -> list[Area]:
    """The lines of a world in which some page was read in 2026."""
    return list(assess(region([club(4, 99), *meetings], **given), "meetings").areas)  # type: ignore[arg-type, list-item]


def test_years_since_the_last_known_meeting_are_an_upper_bound() -> None:
    """2026 less 2024; a later meeting may be missing from the data, so that the true number lies between none and two."""
    area = years(meeting(0, "2024-06"), meeting(0, "2011", 1))[0]
    assert (area.rate, area.low, area.high, area.verdict, area.count) == (2, 0, 2, BELOW, 2)


@pytest.mark.parametrize(("date", "verdict"), [("2026-11-02", BELOW), ("2022", BELOW), ("2021", UNCERTAIN), ("1999", UNCERTAIN)])
def test_a_term_of_five_years_is_the_line_and_an_old_meeting_is_never_called_long_ago(date: str, verdict: str) -> None:
    assert years(meeting(0, date))[0].verdict == verdict


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("", "1990", "2016-05", "2021", "2023-01-31", "2026", "2031"))), max_size=9))
def test_no_gmina_is_ever_above_in_years(found: list[tuple[int, str]]) -> None:
    items = [meeting(village, date, number) for number, (village, date) in enumerate(found)]
    for place, area in enumerate(years(*items)):
        past = [int(date[:4]) for village, date in found if village == place and date and int(date[:4]) <= YEAR]
        assert area.verdict != ABOVE
        assert area.high == (float(YEAR - max(past)) if past else None)
        assert area.low is None or 0 == area.low <= (area.high or 0)


def test_a_meeting_announced_for_next_year_has_not_been_yet() -> None:
    announced, last = meeting(0, "2027-03"), meeting(0, "2018", 1)
    assert (years(announced)[0].high, years(announced)[0].reason) == (None, "no_date")
    assert years(announced, last)[0].high == 8


def test_a_meeting_without_a_date_gives_no_years() -> None:
    area = years(meeting(0, ""))[0]
    assert (area.count, area.high, area.verdict, area.reason) == (1, None, UNKNOWN, "no_date")


def test_a_known_meeting_where_nobody_looked_gives_no_verdict() -> None:
    area = years(meeting(0, "2025"), levels=[UNLOOKED] * 5)[0]
    assert (area.verdict, area.reason, area.low, area.high) == (UNKNOWN, "not_looked_for", None, None)


def test_an_area_is_found_by_its_teryt_and_areas_by_their_verdict() -> None:
    found = assess(region(clubs((30, 30, 30, 30, 2)), levels=[REGISTER] * 5))
    assert found.area(TERYTS[4]) == found.areas[4] and found.area("0000000") is None
    assert [area.teryt for area in found.with_verdict(BELOW)] == [TERYTS[4]]
    assert len(found.with_verdict(BELOW, UNCERTAIN)) == 5


def test_all_measures_are_assessed_or_the_named_ones() -> None:
    assert list(gaps.assess_all(region())) == ["clubs", "meetings"]
    assert list(gaps.assess_all(region(), ["meetings"])) == ["meetings"]


@pytest.fixture(scope="module")
def real() -> dict[str, Assessment]:
    return gaps.assess_all(project_region())


def test_popow_cannot_be_told_from_the_average_on_senior_clubs(real: dict[str, Assessment]) -> None:
    area = real["senior_clubs"].area(named("Popów"))
    assert area is not None and (area.verdict, area.reason, area.count) == (UNCERTAIN, "interval", 0)
    assert area.low is not None and area.high is not None and area.low < (real["senior_clubs"].reference or 0) < area.high


def test_przystajn_is_a_hole_in_the_data_and_not_a_gap(real: dict[str, Assessment]) -> None:
    area = real["senior_clubs"].area(named("Przystajń"))
    assert area is not None and (area.verdict, area.reason, area.coverage) == (UNKNOWN, "not_looked_for", UNLOOKED)


def test_the_city_is_not_low_on_kgw_where_it_may_have_none(real: dict[str, Assessment]) -> None:
    area = real["kgw"].area(named("Częstochowa"))
    assert area is not None and (area.verdict, area.reason, area.people) == (UNKNOWN, "no_people", 0)


def test_real_verdicts_hold_when_they_are_checked_again(real: dict[str, Assessment]) -> None:
    said = 0
    for found in real.values():
        survives(found)
        for area in found.areas:
            assert (area.coverage != UNLOOKED) or area.verdict == UNKNOWN
            if area.verdict == BELOW:
                assert area.high is not None and found.reference is not None and area.high < found.reference
                said += 1
    assert said, "at least one gmina is really low under some measure, or there was nothing to check"


def test_real_rates_equal_a_second_computation_with_loops(real: dict[str, Assessment]) -> None:
    for found in real.values():
        if found.measure.formula == YEARS_SINCE:
            continue
        known = [area for area in found.areas if area.low is not None and area.people]
        means = naive_means([area.count for area in known], [area.people or 0 for area in known])
        assert [area.smoothed for area in known] == pytest.approx(means), found.measure.id
        assert [area.rate for area in known] == pytest.approx([1_000 * area.count / (area.people or 1) for area in known])
        assert found.reference == pytest.approx(1_000 * sum(a.count for a in known) / sum(a.people or 0 for a in known))


def test_no_number_of_the_real_assessments_is_nan(real: dict[str, Assessment]) -> None:
    for found in real.values():
        for area in found.areas:
            for value in (area.people, area.rate, area.smoothed, area.low, area.high, area.unseen, area.effort):
                assert value is None or math.isfinite(value), (found.measure.id, area)
        assert [area.teryt for area in found.areas] == list(project_region().gminas)


def test_the_posterior_has_one_more_area_of_which_nothing_is_known() -> None:
    found = assess(region(clubs((30, 30, 30, 30, 2)), levels=[REGISTER] * 5))
    assert found.posterior is not None and len(found.posterior.shape) == len(EVERY) + 1
    widths = [found.posterior.high[i] - found.posterior.low[i] for i in range(6)]
    assert np.argmax(widths) == 5, "of it nothing is known, so that its interval is the widest"
    assert found.posterior.mean[5] * 1_000 == pytest.approx(found.reference, rel=1e-6)


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_no_verdict_on_kgw_turns_on_the_undated_population_of_towns(real: dict[str, Assessment], factor: float) -> None:
    """`pop_outside_towns` rests on towns that GeoNames lists without a date; a tenth more or less of them changes no verdict."""
    base = project_region()
    total, outside = (base.demography[name] for name in ("pop_total", "pop_outside_towns"))
    moved = {teryt: total[teryt] - factor * (total[teryt] - n) if n > 0 else n for teryt, n in outside.items()}
    other = gaps.assess(replace(base, demography={**base.demography, "pop_outside_towns": moved}), base.measures["kgw"])
    assert [area.verdict for area in other.areas] == [area.verdict for area in real["kgw"].areas]
    assert [area.people for area in other.areas] != [area.people for area in real["kgw"].areas]
