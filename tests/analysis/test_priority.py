"""Claims about the order of priorities: need and lack together, an honest interval for each rank, and no place lost for being unknown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from lib.analysis import gaps, priority, service_reach
from lib.analysis.gaps import Assessment
from lib.analysis.priority import NEED_PARTS, WEIGHTS, Rank, Ranking
from lib.analysis.region import Region
from lib.analysis.unanswered import answers
from lib.domain.measure import REGISTER, SAMPLE, UNLOOKED
from lib.domain.records import Item
from tests.regions import EVERY, MEETINGS, STEP_KM, club, clubs, locality, measure, meeting, need, project_region, region, rough
from tests.worlds import TERYTS

NOTHING = dict.fromkeys(WEIGHTS, 0.0)
LACK_ONLY = {**NOTHING, "lack": 1.0}
SURE = [REGISTER] * 5
DRAWS = 300
"""Enough for claims about clear differences, and quick."""


def ranked(found: Region, **given: Any) -> Ranking:
    return priority.rank(found, gaps.assess_all(found), **{"draws": DRAWS, **given})


def order(found: Ranking) -> list[int]:
    """The gminas by their place on the line, the most urgent first."""
    return [TERYTS.index(rank.teryt) for rank in found.ranks]


def of(found: Ranking, village: int) -> Rank:
    return next(rank for rank in found.ranks if rank.teryt == TERYTS[village])


def needs(counts: Sequence[int]) -> list[Item]:
    """So many needs in each gmina of older people that no record answers: their theme is the measure's, their group nobody's."""
    return [need(village, n, groups=("youth",)) for village, count in enumerate(counts) for n in range(count)]


def test_the_gmina_that_clearly_lacks_comes_first() -> None:
    found = ranked(region(clubs((30, 30, 2, 30, 30)), levels=SURE))
    assert order(found)[0] == 2
    assert of(found, 2).lack > 0.6 > 0.2 > max(of(found, i).lack for i in (0, 1, 3, 4))
    assert (of(found, 2).rank_low, of(found, 2).rank_high) == (1, 1) and found.first == (of(found, 2),)


def test_lack_is_the_expected_shortfall_from_the_reference() -> None:
    """Of a gamma with shape s and mean m: P(X < ref) less m / ref times the same for shape s + 1; no random number in it."""
    found = region(clubs((30, 20, 10, 5, 2)), levels=SURE)
    told = gaps.assess(found, found.measures["clubs"])
    assert told.posterior is not None and told.reference is not None
    shown = ranked(found, draws=4_000)
    for village in EVERY:
        shape, rate = told.posterior.shape[village], told.posterior.rate[village] / 1_000
        under, more = (gamma(s, scale=1 / rate).cdf(told.reference) for s in (shape, shape + 1))
        assert of(shown, village).lack == pytest.approx(under - shape / rate / told.reference * more, abs=0.02)


def test_need_is_the_weighted_mean_of_its_parts() -> None:
    """People 1,000 to 5,000 and needs 0 to 4 in steps: places 0, 1/4 … 1; reach is alike and the meetings fall."""
    people = tuple(1_000 * (i + 1) for i in EVERY)
    items = [*clubs((3,) * 5), *needs((0, 2, 6, 12, 20)), *(meeting(i, f"{2020 + i}") for i in EVERY)]
    found = ranked(region(items, people=people), draws=4_000)
    for village in EVERY:
        parts = of(found, village).parts
        assert parts == {"people": village / 4, "needs": village / 4, "reach": 0.5, "meeting": 1 - village / 4}
        share = {name: WEIGHTS[name] / sum(WEIGHTS[part] for part in NEED_PARTS) for name in NEED_PARTS}
        assert of(found, village).need == pytest.approx(sum(share[name] * (parts[name] or 0) for name in NEED_PARTS), abs=0.02)


def test_the_figures_behind_need_can_be_counted_by_hand() -> None:
    """Gmina 1: 2,000 people, three needs unanswered; its only club is one step away, beyond the five kilometres but within ten."""
    items = [*clubs((2, 0, 0, 0, 0)), *needs((0, 3, 0, 0, 0)), meeting(1, "2019"), meeting(1, "2015", 1)]
    found = ranked(region(items, people=(1_000, 2_000, 1_000, 1_000, 1_000)))
    assert STEP_KM < priority.REACH_KM < 2 * STEP_KM
    assert dict(of(found, 1).figures) == pytest.approx({"people": 2_000, "needs": 1.5, "reach": 0, "meeting": 7})
    assert dict(of(found, 2).figures) == {"people": 1_000, "needs": 0, "reach": 1, "meeting": None}


def test_needs_of_other_themes_do_not_count() -> None:
    sport = [need(1, n, themes=("sport",), groups=("youth",)) for n in range(3)]
    assert of(ranked(region([*clubs((1,) * 5), *sport])), 1).figures["needs"] == 0


@pytest.mark.parametrize("part", NEED_PARTS)
def test_with_one_weight_alone_that_figure_decides(part: str) -> None:
    """Each figure grows from gmina 0 to gmina 4: people, needs, the way to the only club, and years since the meeting."""
    items = [club(0), *needs((0, 2, 6, 12, 20)), *(meeting(i, f"{2025 - i}") for i in EVERY)]
    found = ranked(region(items, people=tuple(1_000 * (i + 1) for i in EVERY)), weights={**NOTHING, part: 1.0})
    if part == "reach":
        assert {*order(found)[:3]} == {2, 3, 4}, "two villages are within ten kilometres, three are not"
    else:
        assert order(found) == [4, 3, 2, 1, 0]
        assert all(rank.rank_low == rank.rank == rank.rank_high for rank in found.ranks)


def test_with_the_weight_of_lack_alone_need_does_not_count() -> None:
    items = [*clubs((30, 20, 10, 5, 2)), *needs((9, 0, 0, 0, 0)), meeting(0, "1990")]
    found = ranked(region(items, levels=SURE, old=(1_000, 999, 998, 997, 996)), weights=LACK_ONLY)
    assert order(found) == [4, 3, 2, 1, 0]
    assert all(rank.need == 1 for rank in found.ranks)


def test_weights_are_shares_and_all_zero_means_the_usual_ones() -> None:
    assert priority.weights_of({"lack": 3, "people": 1, "needs": 0, "reach": 0, "meeting": 0})["lack"] == 0.75
    assert priority.weights_of({}) == pytest.approx(WEIGHTS) and priority.weights_of(NOTHING) == WEIGHTS
    assert priority.weights_of({"lack": -1.0})["lack"] == 0
    mixed = priority.weights_of({"people": 0.65})
    assert sum(mixed.values()) == pytest.approx(1) and mixed["lack"] == pytest.approx(0.5 / 1.5)


def test_the_seed_decides_the_result_and_nothing_else_does() -> None:
    found = region([*clubs((3, 1, 2, 0, 1)), *needs((1, 0, 0, 2, 0))])
    assert ranked(found, seed=7) == ranked(found, seed=7)
    one, other = ranked(found, seed=7), ranked(found, seed=8)
    assert [rank.lack for rank in one.ranks] != [rank.lack for rank in other.ranks]
    assert (one.seed, other.seed, one.draws) == (7, 8, DRAWS)


COUNTS = st.lists(st.integers(0, 25), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.lists(st.sampled_from((SAMPLE, REGISTER, UNLOOKED, None)), min_size=5, max_size=5), st.data())
def test_ranks_are_a_permutation_and_lie_in_their_interval(counts: list[int], levels: list[str | None], data: st.DataObject) -> None:
    size = len(counts)
    people = data.draw(st.lists(st.sampled_from((0.0, math.nan, 12.0, 1_000.0, 54_000.0)), min_size=size, max_size=size))
    weights = data.draw(st.fixed_dictionaries({name: st.sampled_from((0.0, 0.1, 1.0)) for name in WEIGHTS}))
    items = [*clubs(counts), *(meeting(i, "2020") for i in range(0, size, 2)), *(rough(i, 500) for i in range(0, size, 3))]
    found = ranked(region(items, people=people, levels=levels, pages=(5,) * size), weights=weights, draws=50)
    assert [rank.rank for rank in found.ranks] == list(range(1, size + 1))
    assert {rank.teryt for rank in found.ranks} == set(TERYTS[:size])
    for rank in found.ranks:
        assert 1 <= rank.rank_low <= rank.rank <= rank.rank_high <= size
        assert 0 <= rank.need <= 1 and 0 <= rank.lack <= 1
        assert all(value is None or 0 <= value <= 1 for value in rank.parts.values())
        assert all(value is None or math.isfinite(value) for value in rank.figures.values())
    assert sum(found.weights.values()) == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(8, 30), st.integers(8, 20), st.integers(500, 3_000), st.integers(0, 3), st.integers(1, 9),
    st.lists(st.integers(0, 30), min_size=3, max_size=3),
)  # fmt: skip
def test_a_gmina_that_is_worse_in_everything_never_ranks_behind(
    count: int, fewer: int, people: int, stated: int, years: int, others: list[int]
) -> None:
    """Gmina 1 beside gmina 0: fewer clubs, half as many people more, three times the needs and more, a meeting longer ago."""
    counts = (count, max(count - fewer, 0), *others)
    items = [*clubs(counts), *needs((stated, 3 * stated + 2, 1, 1, 1)), meeting(0, "2024"), meeting(1, f"{2024 - years}")]
    found = ranked(region(items, people=(people, people * 1.5, 2_000, 2_000, 2_000), levels=SURE))
    assert of(found, 1).rank < of(found, 0).rank
    assert of(found, 1).lack >= of(found, 0).lack and of(found, 1).need > of(found, 0).need


def test_a_hole_is_not_ranked_last_for_being_a_hole() -> None:
    """Three gminas have plenty and one little; of the last nothing is known, so that it stands between them whatever the data holds."""
    for hidden in (0, 30):
        found = ranked(region(clubs((30, 30, 30, 2, hidden)), levels=[*SURE[:4], UNLOOKED]), weights=LACK_ONLY)
        assert order(found)[:2] == [3, 4]
        assert of(found, 4).unknown == ("clubs",) and of(found, 3).unknown == ()
        assert max(of(found, i).lack for i in range(3)) < of(found, 4).lack < of(found, 3).lack


def test_what_the_data_holds_of_a_hole_does_not_move_its_rank() -> None:
    empty, full = (ranked(region(clubs((30, 20, 30, 2, n)), levels=[*SURE[:4], None]), weights=LACK_ONLY) for n in (0, 30))
    assert [rank.rank for rank in empty.ranks] == [rank.rank for rank in full.ranks] and order(empty) == order(full)
    assert of(empty, 4).lack == pytest.approx(of(full, 4).lack)


def test_a_gmina_whose_people_are_unknown_is_not_ranked_last_for_it() -> None:
    """Somebody lives there; nobody knows how many, so that its lack is what is usual and not none."""
    found = ranked(region(clubs((30, 30, 30, 2, 1)), people=(1_000, 1_000, 1_000, 1_000, math.nan), levels=SURE), weights=LACK_ONLY)
    assert order(found)[:2] == [3, 4]
    assert of(found, 4).unknown == ("clubs",)


def test_a_service_that_a_gmina_has_nobody_for_is_no_lack_there() -> None:
    found = ranked(region(clubs((30, 30, 30, 2, 0)), people=(1_000, 1_000, 1_000, 1_000, 0), levels=SURE), weights=LACK_ONLY)
    assert (of(found, 4).lack, of(found, 4).unknown) == (0, ()) and order(found)[0] == 3


def test_what_is_unknown_widens_the_interval() -> None:
    """The same 60 clubs in the middle of the order, once from a register and once where nobody looked."""
    counts, old = (120, 90, 60, 30, 10), (2_000,) * 5
    sure = of(ranked(region(clubs(counts), old=old, levels=SURE), weights=LACK_ONLY), 2)
    hidden = of(ranked(region(clubs(counts), old=old, levels=[*SURE[:2], UNLOOKED, *SURE[3:]]), weights=LACK_ONLY), 2)
    assert sure.rank_high - sure.rank_low <= 2
    assert hidden.rank_low == 1 and hidden.rank_high == 5


def test_gminas_that_are_alike_in_everything_have_the_same_interval() -> None:
    """With equal scores any of five places is as likely as any other, also for the one that is listed first."""
    for weights in (LACK_ONLY, {**NOTHING, "needs": 1.0}, {**NOTHING, "people": 1.0}):
        found = ranked(region(clubs((3,) * 5)), weights=weights)
        assert [(rank.rank_low, rank.rank_high) for rank in found.ranks] == [(1, 5)] * 5, weights
        assert len(found.first) == 5


def test_an_unknown_meeting_widens_the_interval_and_is_not_a_late_one() -> None:
    dated = [meeting(i, f"{2025 - 2 * i}") for i in EVERY]
    alone = {**NOTHING, "meeting": 1.0}
    known = of(ranked(region([*clubs((1,) * 5), *dated]), weights=alone), 2)
    hidden = of(ranked(region([*clubs((1,) * 5), *dated[:2], *dated[3:]]), weights=alone), 2)
    assert (known.rank_low, known.rank_high) == (3, 3)
    assert hidden.rank_low < 3 < hidden.rank_high and hidden.figures["meeting"] is None and hidden.parts["meeting"] is None


def test_an_uncertain_reach_widens_the_interval() -> None:
    """No, three, five, seven and all of ten people live far from every club; in gmina 2 one more club may stand in either place."""
    far = (0, 300, 500, 700, 1_000)
    places = [locality(i, population=1_000 - n) for i, n in enumerate(far)]
    places += [locality(i, "far", east=3.0 + i, population=n) for i, n in enumerate(far)]
    alone = {**NOTHING, "reach": 1.0}
    known, vague = (ranked(region([*clubs((1,) * 5), *more], localities=places), weights=alone) for more in ([], [rough(2, 7)]))
    assert [rank.rank_low for rank in known.ranks] == [rank.rank_high for rank in known.ranks] == [1, 2, 3, 4, 5]
    assert order(known) == [4, 3, 2, 1, 0] and of(known, 2).figures["reach"] == pytest.approx(0.5)
    assert (of(vague, 2).rank_low, of(vague, 2).rank_high) == (3, 4) and of(vague, 2).figures["reach"] == pytest.approx(0.25)


def test_those_that_cannot_be_told_from_the_first_are_named() -> None:
    found = ranked(region(clubs((30, 30, 30, 2, 2)), levels=SURE), weights=LACK_ONLY)
    assert {TERYTS.index(rank.teryt) for rank in found.first} == {3, 4}
    alike = ranked(region(clubs((3,) * 5)), weights=LACK_ONLY)
    assert len(alike.first) == 5


def test_a_measure_of_years_is_a_part_of_need_and_no_lack() -> None:
    found = ranked(region([*clubs((1,) * 5), meeting(0, "2024")]))
    assert found.measures == ("clubs",)
    assert priority.default_measures(region()) == ("clubs",)


def test_without_a_measure_of_years_the_meetings_are_unknown() -> None:
    found = ranked(region(clubs((1,) * 5), measures=[measure()]))
    assert all(rank.figures["meeting"] is None for rank in found.ranks)


def test_without_any_measure_need_alone_decides_and_nothing_breaks() -> None:
    found = priority.rank(region(people=(1, 2, 3, 4, 5)), {}, draws=DRAWS, weights={**NOTHING, "people": 1.0})
    assert order(found) == [4, 3, 2, 1, 0] and found.measures == ()
    assert all(rank.lack == 0 for rank in found.ranks)


def test_a_region_where_nothing_is_counted_or_nobody_looked_is_ranked_without_an_error() -> None:
    assert len(ranked(region()).ranks) == 5
    assert len(ranked(region(clubs((1, 2, 3, 4, 5)), levels=[None] * 5)).ranks) == 5
    assert [rank.rank for rank in ranked(region(clubs((1,)), people=(1_000,))).ranks] == [1]


def test_a_region_without_gminas_has_no_order() -> None:
    found = ranked(region(people=(), levels=(), pages=()))
    assert found.ranks == () and found.first == ()


def test_two_measures_are_averaged_and_a_missing_one_leaves_the_other() -> None:
    """Gmina 4 has no circles though it may; gmina 3 has nobody for circles, so that clubs alone count there."""
    circles = measure("circles", people=("pop_total",), selections=(measure().selections[0].__class__("resources", "kgw"),))
    items = [*clubs((20, 20, 20, 2, 20)), *(club(i, 100 + n, category="kgw") for i in (0, 1, 2) for n in range(20))]
    found = region(items, people=(1_000, 1_000, 1_000, 0, 1_000), old=(1_000,) * 5, measures=[measure(), circles, MEETINGS], levels=SURE)
    shown = ranked(found, weights=LACK_ONLY)
    alone = priority.rank(found, {"clubs": gaps.assess(found, found.measures["clubs"])}, weights=LACK_ONLY, draws=DRAWS)
    assert of(shown, 3).lack == pytest.approx(of(alone, 3).lack, abs=0.03), "the mean of one is the one"
    assert of(shown, 4).lack == pytest.approx((of(alone, 4).lack + 1) / 2, abs=0.1)


@pytest.fixture(scope="module")
def real() -> tuple[Ranking, Mapping[str, Assessment]]:
    found = project_region()
    told = gaps.assess_all(found, priority.default_measures(found))
    return priority.rank(found, told), told


def test_the_real_order_has_all_gminas_once_and_honest_intervals(real: tuple[Ranking, Mapping[str, Assessment]]) -> None:
    found, _ = real
    assert [rank.rank for rank in found.ranks] == list(range(1, 32))
    assert {rank.teryt for rank in found.ranks} == set(project_region().gminas)
    assert all(rank.rank_low <= rank.rank <= rank.rank_high for rank in found.ranks)
    assert found.draws == 1_000 and found.seed == priority.SEED
    assert len(found.first) > 1, "31 gminas with so few records cannot have one sure first"


def test_the_real_figures_are_counted_again(real: tuple[Ranking, Mapping[str, Assessment]]) -> None:
    found, told = real
    base = project_region()
    groups = {one.measure.people for one in told.values()}
    themes = {theme for one in told.values() for theme in one.measure.themes}
    unmet = [one.need.teryt for one in answers(base) if one.open and themes & set(one.need.themes)]
    years = {area.teryt: area.high for area in gaps.assess(base, base.measures["years_since_meeting"]).areas}
    near = [service_reach.reach(base, one.measure, steps=(priority.REACH_KM,)) for one in told.values()]
    for rank in found.ranks:
        people = base.people(("pop_total",))[rank.teryt]
        assert rank.figures["people"] == pytest.approx(sum(base.people(columns)[rank.teryt] for columns in groups) / len(groups))
        assert rank.figures["needs"] == pytest.approx(1_000 * unmet.count(rank.teryt) / people)
        assert rank.figures["meeting"] == years[rank.teryt]
        shares = [area.shares[0] for one in near for area in one.areas if area.teryt == rank.teryt and area.shares[0].least >= 0]
        assert rank.figures["reach"] == pytest.approx(sum(1 - (share.least + share.most) / 2 for share in shares) / len(shares))
        hidden = {name for name, one in told.items() for area in one.areas if area.teryt == rank.teryt and area.verdict == gaps.UNKNOWN}
        exempt = {name for name, one in told.items() for area in one.areas if area.teryt == rank.teryt and area.people == 0}
        assert set(rank.unknown) == hidden - exempt


def test_another_seed_moves_the_ends_of_real_intervals_by_little(real: tuple[Ranking, Mapping[str, Assessment]]) -> None:
    found, told = real
    other = {rank.teryt: rank for rank in priority.rank(project_region(), told, seed=1).ranks}
    moved = [max(abs(r.rank_low - other[r.teryt].rank_low), abs(r.rank_high - other[r.teryt].rank_high)) for r in found.ranks]
    assert sum(moved) / len(moved) < 1 and max(moved) <= 3
