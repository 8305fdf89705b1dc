"""Claims about the planner in the world of five villages: 7.03 km from one to the next in a straight line, 8.8 km by road.

Each gmina has 1,000 people, all in its one village; each village has a culture centre `r-0` to `r-4`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from lib.analysis import siting
from lib.analysis.plan_conflicts import Wish, list_wishes, possible, with_only, without
from lib.analysis.plan_demand import UNKNOWN_NEED, demand, last_meetings, need_factor, past_factor, present_year
from lib.analysis.plan_venues import beside, candidates, crowded, venues
from lib.analysis.plan_wishes import COVER, MEDIAN, OwnVenue, Quota, Wishes
from lib.analysis.siting_everyone import Everybody, everybody
from lib.catalog.load import Dataset, load_dataset
from lib.errors import MapaError
from lib.geo.distance import distances_km
from lib.geo.travel import DETOUR, TOLERANCE_KM
from lib.settings import DATA_DIR
from tests import worlds

STEP_KM = 8.8
"""By road from one village to the next, about."""
PLAIN = Wishes(meetings=1, radius_km=10.0, need=False, past=False)


def hall(village: int, **changes: str) -> worlds.Row:
    return worlds.resource(village, category="culture_centre", name=f"Dom zmyślony {village}", **changes)


def region(folder: Path, **tables: list[worlds.Row]) -> Dataset:
    tables = {"resources": [hall(i) for i in range(5)], "initiatives": [], "needs": [], **tables}
    return load_dataset(worlds.write_world(folder, **tables))


@pytest.fixture
def line(tmp_path: Path) -> Dataset:
    return region(tmp_path)


def made(data: Dataset, wishes: Wishes, unmet: dict[str, float] | None = None) -> siting.Plan:
    return siting.plan(siting.prepare(data, wishes, unmet or UNKNOWN_NEED))


def test_the_villages_are_as_far_apart_as_the_tests_say(line: Dataset) -> None:
    task = siting.prepare(line, PLAIN, UNKNOWN_NEED)
    assert task.km[0] == pytest.approx([i * STEP_KM for i in range(5)], abs=0.05)


def test_one_meeting_reaches_three_villages_from_any_inner_one(line: Dataset) -> None:
    plan = made(line, PLAIN)
    assert plan.optimal and plan.objective == plan.covered_people == 3000.0 and plan.total_people == 5000.0
    assert plan.ids == ("r-1",)  # r-2 and r-3 reach as many; the earlier id is taken
    assert [(other.ids, other.loss) for other in plan.alternatives] == [
        (("r-2",), 0.0),
        (("r-3",), 0.0),
        (("r-0",), 1000.0),
        (("r-4",), 1000.0),
    ]


def test_two_meetings_reach_everyone_and_each_person_counts_once(line: Dataset) -> None:
    plan = made(line, replace(PLAIN, meetings=2))
    assert plan.covered_people == 5000.0 and sum(site.covers_people for site in plan.sites) == 5000.0
    assert plan.left_out == ()


def test_a_radius_is_inclusive(line: Dataset) -> None:
    km = float(siting.prepare(line, PLAIN, UNKNOWN_NEED).km[0, 1])
    assert made(line, replace(PLAIN, radius_km=km, fixed=("r-0",))).covered_people == 2000.0
    assert made(line, replace(PLAIN, radius_km=km - 1e-4, fixed=("r-0",))).covered_people == 1000.0


def test_those_left_out_are_named_with_their_way_to_the_nearest_meeting(line: Dataset) -> None:
    plan = made(line, PLAIN)
    assert [(left.id, left.people) for left in plan.left_out] == [("9901042-deltowo", 1000.0), ("9901052-epsilonowo", 1000.0)]
    assert [left.km for left in plan.left_out] == pytest.approx([2 * STEP_KM, 3 * STEP_KM], abs=0.1)
    assert {row.teryt: row.after for row in plan.by_gmina} == {t: 1000.0 if i < 3 else 0.0 for i, t in enumerate(worlds.TERYTS)}


def test_the_shortest_ways_of_all_lead_to_the_middle(line: Dataset) -> None:
    plan = made(line, replace(PLAIN, mode=MEDIAN))
    assert plan.optimal and plan.ids == ("r-2",)
    assert plan.objective == pytest.approx(1000.0 * 6 * STEP_KM * 1000, rel=0.01)  # people times metres: 2+1+0+1+2 steps
    assert plan.alternatives[0].loss == pytest.approx(1000.0 * 1 * STEP_KM * 1000, rel=0.01)
    assert plan.mean_km == pytest.approx(6 / 5 * STEP_KM, rel=0.01)


def test_the_curve_says_what_each_further_meeting_adds(line: Dataset) -> None:
    told: list[tuple[int, int]] = []
    steps = siting.curve(siting.prepare(line, PLAIN, UNKNOWN_NEED), told=lambda done, of: told.append((done, of)))
    assert [(s.meetings, s.covered_people) for s in steps] == [(1, 3000.0), (2, 5000.0), (3, 5000.0), (4, 5000.0), (5, 5000.0)]
    assert told == [(n, 12) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("wishes", "meetings"),
    [
        (PLAIN, 2),
        (replace(PLAIN, fixed=("r-2",)), 3),
        (replace(PLAIN, radius_km=5.0), 5),
        (replace(PLAIN, radius_km=18.0, excluded=("r-2",)), 2),
        (replace(PLAIN, radius_km=18.0), 1),
    ],
)
def test_the_meetings_that_bring_everybody_within_the_limit_are_the_fewest(line: Dataset, wishes: Wishes, meetings: int) -> None:
    task = siting.prepare(line, wishes, UNKNOWN_NEED)
    assert everybody(task) == Everybody(meetings, True)
    size = len(task.sites)
    fixed = {j for j in range(size) if task.sites[j].id in wishes.fixed}
    sets = (s for n in range(1, size + 1) for s in combinations(range(size), n) if fixed <= set(s))
    assert min(len(s) for s in sets if task.reach[:, list(s)].any(axis=1).all()) == meetings


def test_where_no_venue_is_near_enough_the_places_are_named_and_where_wishes_forbid_it_that_is_said(line: Dataset) -> None:
    far = everybody(siting.prepare(line, replace(PLAIN, radius_km=5.0, excluded=("r-4",)), UNKNOWN_NEED))
    assert far.meetings is None and far.proven and [place.people for place in far.beyond] == [1000.0]
    most = replace(PLAIN, radius_km=5.0, quotas=(Quota("kłobucki", None, 1),))  # two villages of the powiat need a meeting each
    assert everybody(siting.prepare(line, most, UNKNOWN_NEED)) == Everybody(None, True)


def test_nobody_to_reach_needs_no_meeting(tmp_path: Path) -> None:
    assert everybody(siting.prepare(region(tmp_path, demography=[]), PLAIN, UNKNOWN_NEED)) == Everybody(0, True)


def test_two_venues_fixed_in_one_village_are_told_apart_and_neither_stands_beside_the_other(tmp_path: Path) -> None:
    data = region(tmp_path, resources=[hall(0), hall(0, id="r-second"), hall(1)])
    wishes = replace(PLAIN, meetings=2, fixed=("r-0", "r-second", "r-1"))
    known = venues(data.items, data.localities, wishes)
    assert [[venue.id for venue in here] for here in crowded(known, wishes)] == [["r-0", "r-second"]]
    assert beside(known, known["r-0"], wishes) == () and crowded(known, replace(wishes, fixed=("r-0", "r-1"))) == ()


def test_need_is_called_more_less_or_the_same_as_it_is_shown(line: Dataset) -> None:
    """Shortfalls of 40.0 % and 40.3 % are both shown as 40 %, and neither is then called more than the other."""
    teryts = [place.teryt for place in sorted(line.localities.values(), key=lambda place: place.longitude)]

    def told(*unmet: float) -> list[str]:
        wishes = replace(PLAIN, radius_km=5.0, meetings=5, need=True)
        plan = made(line, wishes, dict(zip(teryts, unmet, strict=True)))
        return [reason.key for site in plan.sites for reason in site.reasons if reason.key.startswith("need")]

    assert told(0.400, 0.402, 0.400, 0.402, 0.403) == ["need_same"] * 5
    assert told(0.2, 0.4, 0.4, 0.4, 0.6) == ["need_less", "need_same", "need_same", "need_same", "need"]


def test_a_fixed_venue_is_in_the_plan_and_its_price_is_said(line: Dataset) -> None:
    plan = made(line, replace(PLAIN, fixed=("r-0",)))
    assert plan.ids == ("r-0",) and plan.sites[0].reasons[0].key == "fixed"
    (price,) = siting.prices(plan)
    assert (price.wish, price.gain, price.people) == (Wish("fix", "r-0"), 1000.0, 1000.0)
    assert price.km == pytest.approx(-0.6 * STEP_KM, abs=0.05), "3 of 5 villages come one step nearer"
    assert siting.prices(made(line, replace(PLAIN, fixed=("r-1",))))[0].gain == 0.0


def test_excluded_venues_and_gminas_are_not_in_the_plan(line: Dataset) -> None:
    assert made(line, replace(PLAIN, excluded=("r-1",), without=(worlds.TERYTS[2],))).ids == ("r-3",)


def test_quotas_and_one_a_gmina_are_kept(tmp_path: Path) -> None:
    data = region(tmp_path, resources=[hall(0), hall(1), hall(4), hall(0, id="r-0b", latitude="50.8510")])
    assert made(data, replace(PLAIN, meetings=3, radius_km=1.0, quotas=(Quota("myszkowski", most=0),))).ids == ("r-0", "r-0b", "r-1")
    with pytest.raises(MapaError):
        made(data, replace(PLAIN, meetings=3, one_per_gmina=True, quotas=(Quota("myszkowski", most=0),)))
    assert "r-4" in made(data, replace(PLAIN, quotas=(Quota("myszkowski", least=1),))).ids


def test_a_venue_by_hand_stands_at_its_locality_and_can_be_fixed(line: Dataset) -> None:
    own = (OwnVenue("Stodoła u Zosi", "9901052-epsilonowo"),)
    plan = made(line, replace(PLAIN, own=own, fixed=("own-1",)))
    assert plan.ids == ("own-1",) and plan.sites[0].venue.locality == "Epsilonowo" and plan.covered_people == 2000.0
    assert [v.id for v in plan.sites[0].beside] == ["r-4"]


def test_venues_are_rooms_known_at_least_by_their_locality(tmp_path: Path) -> None:
    rows = [
        hall(0, precision="gmina", locality=""),
        worlds.resource(1),
        worlds.resource(2, category="fire_brigade", subkind="fire_union"),
        worlds.resource(3, category="fire_brigade"),
        hall(3, id="r-3-hall"),
    ]
    data = region(tmp_path, resources=rows)
    known = venues(data.items, data.localities, PLAIN)
    assert list(known) == ["r-3-hall", "r-3"]
    assert [v.id for v in candidates(known, PLAIN)] == ["r-3-hall"]  # one place, the kind with a hall first
    assert [v.id for v in candidates(known, replace(PLAIN, fixed=("r-3",)))] == ["r-3"]
    assert [v.id for v in candidates(known, replace(PLAIN, excluded=("r-3-hall",)))] == ["r-3"]
    assert list(venues(data.items, data.localities, replace(PLAIN, fixed=("r-1",)))) == ["r-3-hall", "r-3", "r-1"]  # any kind, when fixed


@pytest.mark.parametrize(
    ("wishes", "key"),
    [
        (replace(PLAIN, fixed=("r-9",)), "plan_unknown_venue"),
        (replace(PLAIN, excluded=("r-9",)), "plan_unknown_venue"),
        (replace(PLAIN, fixed=("r-0",)), "plan_venue_without_place"),
        (replace(PLAIN, own=(OwnVenue("Sala", "nowhere"),)), "plan_unknown_locality"),
    ],
)
def test_a_venue_that_cannot_be_used_is_refused_by_name(tmp_path: Path, wishes: Wishes, key: str) -> None:
    data = region(tmp_path, resources=[hall(0, precision="gmina", locality=""), hall(1)])
    with pytest.raises(MapaError) as caught:
        siting.prepare(data, wishes, UNKNOWN_NEED)
    assert caught.value.key == key


# --- weights


def meeting(village: int, year: int, **changes: str) -> worlds.Row:
    return worlds.initiative(village, kind="miniforum", date_start=f"{year}-05-05", date_end="", organiser_ids="", **changes)


def test_a_meeting_within_reach_counts_until_it_is_forgotten() -> None:
    last = np.array([0, 2020, 2021, 2024, 2026])
    assert past_factor(last, 2026).tolist() == pytest.approx([1.0, 1.0, 1.0, 0.7, 0.5])


def test_the_newest_meeting_within_reach_counts_and_one_known_by_its_gmina_only_there(tmp_path: Path) -> None:
    rough = meeting(4, 2025, id="i-rough", precision="gmina", locality="")
    undated = worlds.initiative(2, id="i-undated", kind="miniforum", date_start="", date_end="", organiser_ids="")
    data = region(tmp_path, initiatives=[meeting(0, 2018), meeting(0, 2022, id="i-later"), rough, undated])
    places = tuple(data.localities.values())
    wanted = demand(data, PLAIN, UNKNOWN_NEED)
    assert last_meetings(places, wanted.x, wanted.y, data.items, 10.0).tolist() == [2022, 2022, 0, 0, 2025]
    assert present_year(data.items) == 2026


def test_people_who_waited_longer_pull_the_meeting_to_them(tmp_path: Path) -> None:
    data = region(tmp_path, initiatives=[meeting(1, 2026)])
    plan = made(data, replace(PLAIN, past=True))
    assert plan.ids == ("r-3",) and plan.objective == 2500.0 and plan.covered_people == 3000.0
    assert [r.key for r in plan.sites[0].reasons] == ["reach", "never"]
    assert [row.before for row in plan.by_gmina] == [1000.0, 1000.0, 1000.0, 0.0, 0.0]
    assert made(data, PLAIN).ids == ("r-1",)


def test_unmet_need_pulls_the_meeting_and_what_is_not_known_is_the_mean() -> None:
    teryts, people = ["a", "b", "c"], np.array([100.0, 300.0, 50.0])
    assert need_factor(teryts, people, {"a": 1.0, "b": 0.2}).tolist() == pytest.approx([1.0, 0.6, 0.5 + 0.5 * 0.4])
    assert need_factor(teryts, people, {}).tolist() == [1.0, 1.0, 1.0]
    assert need_factor(teryts, people, {"a": float("nan"), "b": 2.0}).tolist() == [1.0, 1.0, 1.0]


def test_need_is_a_weight_that_can_be_switched_off(line: Dataset) -> None:
    unmet = {code: 1.0 if i >= 3 else 0.0 for i, code in enumerate(worlds.TERYTS)}
    plan = made(line, replace(PLAIN, need=True), unmet)
    assert plan.ids == ("r-3",) and plan.objective == 2500.0
    assert "need" in [r.key for r in plan.sites[0].reasons]
    assert made(line, PLAIN, unmet).ids == ("r-1",)


def test_a_group_is_planned_for_by_its_own_numbers(tmp_path: Path) -> None:
    data = region(tmp_path, demography=[worlds.people(i, pop_65_plus="900" if i == 4 else "100") for i in range(5)])
    assert made(data, replace(PLAIN, group="seniors", radius_km=1.0)).ids == ("r-4",)


# --- wishes that clash


@pytest.mark.parametrize(
    ("wishes", "clash"),
    [
        (replace(PLAIN, meetings=6), {"meetings"}),
        (replace(PLAIN, meetings=1, fixed=("r-0", "r-1"), one_per_gmina=True), {"fix r-0", "fix r-1", "meetings"}),
        (replace(PLAIN, fixed=("r-0",), without=(worlds.TERYTS[0], worlds.TERYTS[3])), {"fix r-0", f"without {worlds.TERYTS[0]}"}),
        (replace(PLAIN, fixed=("r-0",), excluded=("r-0", "r-2")), {"fix r-0", "exclude r-0"}),
        (replace(PLAIN, meetings=2, quotas=(Quota("myszkowski", 2), Quota("kłobucki", 0, 1))), {"least myszkowski"}),
        (
            replace(PLAIN, meetings=2, quotas=(Quota("kłobucki", 2), Quota("myszkowski", 1))),
            {"least kłobucki", "least myszkowski", "meetings"},
        ),
        (replace(PLAIN, meetings=4, quotas=(Quota("częstochowski", None, 0),)), {"most częstochowski", "meetings"}),
    ],
)
def test_wishes_that_clash_are_named_and_no_others(line: Dataset, wishes: Wishes, clash: set[str]) -> None:
    with pytest.raises(MapaError) as caught:
        siting.prepare(line, wishes, UNKNOWN_NEED)
    named = caught.value.params["conflict"]
    assert {f"{wish.kind} {wish.value}".strip() for wish in named} == clash
    assert all(wish.option in caught.value.params["wishes"] for wish in named)


def _some_wishes() -> list[Wishes]:
    """Many small tasks, possible and not: fixed, excluded and quotas in all combinations over five villages."""
    fixes = [(), ("r-0",), ("r-0", "r-1"), ("r-0", "r-1", "r-2")]
    quotas = [
        (),
        (Quota("kłobucki", 2),),
        (Quota("kłobucki", 2), Quota("myszkowski", 1)),
        (Quota("częstochowski", 2, 2), Quota("kłobucki", None, 0)),
    ]
    outs = [((), ()), (("r-0",), ()), (("r-0", "r-1"), (worlds.TERYTS[2],)), (("r-0", "r-1", "r-2"), ())]
    return [
        replace(PLAIN, meetings=n, fixed=fixed, excluded=out, without=gone, quotas=quota)
        for n, fixed, (out, gone), quota in product((1, 2, 4, 6), fixes, outs, quotas)
    ]


def test_only_what_is_enough_to_let_go_of_is_offered_and_all_of_it(line: Dataset) -> None:
    """Against trying everything: every single wish, and where none is enough every pair, is loosened and searched for any plan at all."""

    def any_plan(wishes: Wishes, gone: tuple[Wish, ...]) -> bool:
        kept = with_only(wishes, [one for one in list_wishes(wishes) if one not in gone])
        numbers = range(1, 13) if any(one.kind == "meetings" for one in gone) else (wishes.meetings,)
        barred = {*kept.excluded, *(f"r-{worlds.TERYTS.index(code)}" for code in kept.without)}
        return any(_allowed(line, kept, set(chosen), barred) for n in numbers for chosen in combinations([f"r-{i}" for i in range(5)], n))

    refused = 0
    for wishes in _some_wishes():
        every = list_wishes(wishes)
        if any_plan(wishes, ()):
            siting.prepare(line, wishes, UNKNOWN_NEED)
            continue
        refused += 1
        with pytest.raises(MapaError) as caught:
            siting.prepare(line, wishes, UNKNOWN_NEED)
        expected: list[tuple[Wish, ...]] = []
        for together in (1, 2):
            expected = expected or [gone for gone in combinations(every, together) if any_plan(wishes, gone)]
        assert set(caught.value.params["ways_out"]) == set(expected), wishes
        known = venues(line.items, line.localities, wishes)
        assert all(possible(known, line.gminas, without(known, line.gminas, wishes, way)) for way in expected)
    assert refused > 100


def _allowed(data: Dataset, wishes: Wishes, chosen: set[str], barred: set[str]) -> bool:
    powiats = [data.gminas[worlds.TERYTS[int(code[2:])]].powiat for code in chosen]
    bounds = all((q.least or 0) <= powiats.count(q.powiat) <= (12 if q.most is None else q.most) for q in wishes.quotas)
    return set(wishes.fixed) <= chosen and not barred & chosen and bounds


def test_a_link_full_of_contradictions_is_answered_at_once(line: Dataset) -> None:
    """Every village is fixed and excluded at once: no two wishes are enough, which is said instead of being searched for."""
    every = tuple(f"r-{i}" for i in range(5))
    with pytest.raises(MapaError) as caught:
        siting.prepare(line, replace(PLAIN, meetings=5, fixed=every, excluded=every), UNKNOWN_NEED)
    assert caught.value.params["ways_out"] == () and caught.value.key == "plan_impossible_many"


# --- the data of the project


@pytest.fixture(scope="module")
def real() -> Dataset:
    return load_dataset(DATA_DIR)


MSTOW = "r-mstow-gminny-osrodek-kultury-w-mstowie"


def test_the_animators_plan_is_the_best_of_all_that_hold_mstow(real: Dataset) -> None:
    """Every plan of three with Mstów fixed, computed by plain loops from the records: none reaches more weight within 15 km."""
    wishes = Wishes(fixed=(MSTOW,))
    plan = made(real, wishes)
    task = plan.task
    positions = [(v.latitude, v.longitude) for v in task.sites]
    lon, lat = [p.longitude for p in task.demand.places], [p.latitude for p in task.demand.places]
    km = np.array([distances_km(lon, lat, to_lon=at[1], to_lat=at[0]) * DETOUR for at in positions])
    within, weight = km <= 15.0 + TOLERANCE_KM, task.demand.weight
    home = [v.id for v in task.sites].index(MSTOW)
    pairs = combinations([j for j in range(len(positions)) if j != home], 2)
    best = max(float(weight[within[home] | within[a] | within[b]].sum()) for a, b in pairs)
    assert plan.optimal and MSTOW in plan.ids
    assert plan.objective == pytest.approx(best, rel=1e-9)


@pytest.mark.parametrize("mode", [COVER, MEDIAN])
def test_on_the_regions_data_one_more_meeting_never_does_worse(real: Dataset, mode: str) -> None:
    steps = siting.curve(siting.prepare(real, Wishes(mode=mode, radius_km=10.0, one_per_gmina=True), UNKNOWN_NEED))
    objectives = [step.objective for step in steps]
    assert [step.meetings for step in steps] == list(range(1, 13)) and all(step.optimal for step in steps)
    assert objectives == sorted(objectives, reverse=mode == MEDIAN)


def test_no_venue_of_the_project_is_known_only_by_its_gmina(real: Dataset) -> None:
    known = venues(real.items, real.localities, Wishes())
    assert len(known) > 150 and {v.precision for v in known.values()} <= {"address", "postal", "locality"}
