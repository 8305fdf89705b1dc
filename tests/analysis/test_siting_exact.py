"""Claims about the solver: the best sets and the next best ones, equal to looking at every set and to a second program."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis.siting_bound import tighten
from lib.analysis.siting_exact import Solvable, solve
from lib.analysis.siting_models import Cover, Median
from lib.analysis.siting_rules import Rules
from tests.analysis.siting_worlds import every_set, labels, reach_of, strewn

CLOSE = 1e-9
PLANS = 6


def same(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= CLOSE * max(1.0, abs(wanted))


@st.composite
def tasks(draw: st.DrawFn) -> tuple[Solvable, Rules]:
    """Small problems of both kinds with any mixture of rules; coordinates on a coarse grid make ties and equal cover sets common."""
    sites, places = draw(st.integers(2, 9)), draw(st.integers(1, 14))
    spot = st.tuples(st.integers(0, 6), st.integers(0, 6))
    here = np.array(draw(st.lists(spot, min_size=places, max_size=places)), float)
    there = np.array(draw(st.lists(spot, min_size=sites, max_size=sites)), float)
    weight = np.array(draw(st.lists(st.integers(0, 9), min_size=places, max_size=places)), float)
    far = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    model: Solvable = Cover(far <= draw(st.integers(0, 4)), weight) if draw(st.booleans()) else Median(far * weight[:, None])
    area = np.array(draw(st.lists(st.integers(0, 4), min_size=sites, max_size=sites)), dtype=np.intp)
    count = draw(st.integers(1, min(4, sites)))
    chosen = draw(st.permutations(range(sites)))
    kept, left = draw(st.integers(0, min(2, count))), draw(st.integers(0, 2))
    bounds = st.dictionaries(st.integers(0, 1), st.integers(0, 3), max_size=2)
    return model, Rules(
        count,
        area,
        area // 2,
        fixed=tuple(chosen[:kept]),
        barred=tuple(chosen[kept : kept + left]),
        one_per_area=draw(st.booleans()),
        least=draw(bounds),
        most=draw(bounds),
    )


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_the_best_sets_are_those_that_looking_at_every_set_finds(task: tuple[Solvable, Rules]) -> None:
    model, rules = task
    wanted, found = every_set(model, rules)[:PLANS], solve(model, rules, plans=PLANS)
    assert len(found) == len(wanted)
    assert all(same(one.worth, worth) and one.proven and rules.allows(one.chosen) for one, worth in zip(found, wanted, strict=True))
    assert len({one.chosen for one in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_the_best_set_does_not_depend_on_how_many_others_are_asked_for(task: tuple[Solvable, Rules]) -> None:
    assert [s.chosen for s in solve(*task)] == [s.chosen for s in solve(*task, plans=4)[:1]]


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_no_set_is_worth_more_than_the_bound(task: tuple[Solvable, Rules]) -> None:
    model, rules = task
    worths, bound = every_set(model, rules), tighten(model, rules)
    assert (bound is None) == (not worths)
    if bound is not None:
        assert bound.upper >= worths[0] - CLOSE * max(1.0, abs(worths[0])) and same(model.worth(bound.chosen), bound.worth)


@settings(max_examples=60, deadline=None)
@given(tasks(), st.data())
def test_the_best_sum_of_scores_is_the_largest_of_all_allowed_sets(task: tuple[Solvable, Rules], data: st.DataObject) -> None:
    from itertools import combinations

    _, rules = task
    scores = np.array(data.draw(st.lists(st.integers(-5, 5), min_size=rules.candidates, max_size=rules.candidates)), float)
    sums = [scores[list(s)].sum() for s in combinations(range(rules.candidates), rules.count) if rules.allows(s)]
    picked = rules.pick(scores)
    assert (picked is None) == (not sums)
    assert picked is None or (rules.allows(picked.tolist()) and scores[picked].sum() == max(sums))


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_room_for_one_more_is_exactly_what_the_rules_allow(task: tuple[Solvable, Rules]) -> None:
    _, rules = task
    picked = rules.pick(np.zeros(rules.candidates))
    for site in () if picked is None else (j for j in picked.tolist() if j not in rules.fixed):
        others = [j for j in picked.tolist() if j != site]  # type: ignore[union-attr]
        room = rules.room(others)
        assert [bool(room[j]) for j in range(rules.candidates)] == [
            j not in others and rules.allows([*others, j]) for j in range(rules.candidates)
        ]


@pytest.mark.parametrize("make", [lambda m, w: Cover(m <= 15_000, w), lambda m, w: Median(m * w[:, None])], ids=["cover", "median"])
def test_one_more_site_is_never_worse(make: Any) -> None:
    metres, people = strewn(120, 40, seed=3)
    model = make(metres, people)
    worths = [solve(model, Rules.plain(count, 40))[0].worth for count in range(1, 13)]
    assert worths == sorted(worths)


def test_the_order_of_candidates_decides_only_between_equals() -> None:
    """Sites 1 and 2 stand at one point: the earlier one is taken, whichever comes first."""
    model = Cover(np.array([[True, False, False], [False, True, True]]), np.array([1.0, 5.0]))
    assert solve(model, Rules.plain(1, 3))[0].chosen == (1,)
    assert [s.chosen for s in solve(model, Rules.plain(1, 3), plans=3)] == [(1,), (2,), (0,)]


def test_people_out_of_reach_and_places_without_people_change_nothing() -> None:
    reach = np.array([[True, False], [False, False], [False, True], [False, True]])
    answer = solve(Cover(reach, np.array([3.0, 100.0, 2.0, 0.0])), Rules.plain(1, 2))
    assert (answer[0].chosen, answer[0].worth, answer[0].proven) == ((0,), 3.0, True)
    assert solve(Cover(reach, np.zeros(4)), Rules.plain(1, 2))[0].worth == 0.0


def test_without_an_allowed_set_there_is_no_answer() -> None:
    model = Cover(np.eye(3, dtype=bool), np.ones(3))
    assert solve(model, Rules(2, labels(0, 0, 0), labels(0, 0, 0), one_per_area=True)) == ()
    assert solve(model, Rules(2, labels(0, 1, 2), labels(0, 0, 0), least={1: 1})) == ()
    assert solve(model, Rules.plain(4, 3)) == ()


def test_a_solver_that_is_stopped_does_not_claim_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is kept open and HiGHS says that its time was up: the plan is the best one known, and is not called best."""
    from types import SimpleNamespace

    import scipy.optimize

    from lib.analysis import siting_bound

    metres, people = strewn(60, 20, seed=5)
    monkeypatch.setattr(siting_bound, "ROUNDS", 2)
    stopped = SimpleNamespace(x=None, status=1, mip_dual_bound=None)
    monkeypatch.setattr(scipy.optimize, "milp", lambda *_, **__: stopped)
    answer = solve(Cover(metres <= 15_000, people), Rules.plain(4, 20), seconds=0.01)
    assert len(answer) == 1 and not answer[0].proven and answer[0].worth > 0


def test_a_solver_that_answers_short_of_its_own_bound_does_not_claim_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    import scipy.optimize

    from lib.analysis import siting_bound

    metres, people = strewn(60, 20, seed=5)
    monkeypatch.setattr(siting_bound, "ROUNDS", 2)
    monkeypatch.setattr(scipy.optimize, "milp", lambda c, **_: SimpleNamespace(x=np.zeros(len(c)), status=0, mip_dual_bound=-1e9))
    assert not solve(Cover(metres <= 15_000, people), Rules.plain(4, 20))[0].proven


# --- a second program


def spopt_worth(kind: str, metres: Any, people: Any, count: int, radius_m: float, fixed: tuple[int, ...], barred: tuple[int, ...]) -> float:
    """The optimum that spopt finds with its default solver; excluded sites are left out of its cost matrix."""
    import pulp
    from spopt import locate

    open_sites = [j for j in range(metres.shape[1]) if j not in barred]
    sure = np.array([1 if j in fixed else 0 for j in open_sites])
    known = {"predefined_facilities_arr": sure} if fixed else {}
    if kind == "cover":
        model = locate.MCLP.from_cost_matrix(metres[:, open_sites], people, radius_m, p_facilities=count, **known)
    else:
        model = locate.PMedian.from_cost_matrix(metres[:, open_sites], people, p_facilities=count, **known)
    solved = model.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0))
    return float(solved.problem.objective.value())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("fixed", "barred"), [((), ()), ((3, 17), ()), ((5,), (0, 1, 2, 8))], ids=["free", "fixed", "excluded"])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("kind", "places", "sites", "count"), [("cover", 400, 120, 6), ("median", 120, 40, 5)])
def test_the_optimum_equals_that_of_spopt(
    kind: str, places: int, sites: int, count: int, seed: int, fixed: tuple[int, ...], barred: tuple[int, ...]
) -> None:
    metres, people = strewn(places, sites, seed=seed)
    model: Solvable = Cover(reach_of(metres, 15_000.0), people) if kind == "cover" else Median(metres * people[:, None])
    rules = Rules(count, np.arange(sites), np.zeros(sites, np.intp), fixed=fixed, barred=barred)
    answer = solve(model, rules)[0]
    wanted = spopt_worth(kind, metres, people, count, 15_000.0, fixed, barred)
    assert answer.proven and same(abs(answer.worth), wanted)
