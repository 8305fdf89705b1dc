"""Claims about the ranking of partners: each term by hand, weights that can be moved, and what must hold for any world."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.offers import LACKS, OFFERS, experience, marks_of, named_in, offers_of
from lib.analysis.ideas.partners import DEFAULT_WEIGHTS, MAX_WEIGHT, TERMS, checked_weights, partners, rank
from tests.ideas_world import World, idea, initiative, programme, resource


def world() -> World:
    """One organisation for each term, all in village 1 unless the term is nearness."""
    return (
        World()
        .add(resource("r-asking", 0))
        .add(resource("r-theme", 1, category="other", themes=("education",)))
        .add(resource("r-people", 1, category="other", groups=("seniors",)))
        .add(resource("r-practice", 1, category="other"), "computers")
        .add(resource("r-named", 1, category="fire_brigade"), "fire_station")
        .add(resource("r-friend", 1, category="other"))
        .add(resource("r-friends-friend", 1, category="other"))
        .add(resource("r-plain", 1, category="other"))
        .add(initiative("i-1", 3, by=["r-asking"], with_=["r-friend"]))
        .add(initiative("i-2", 3, by=["r-friend"], with_=["r-friends-friend"]))
    )


def terms_of(ground: Ground, asked: Idea, code: str) -> dict[str, float]:
    ranking = rank(ground, asked, {}, ())
    place = [ground.items[row].id for row in ranking.rows].index(code)
    return {name: round(float(values[place]), 4) for name, values in ranking.terms.items()}


def test_each_term_is_what_it_says() -> None:
    ground, asked = world().ground(), idea(organiser="r-asking", categories=("fire_brigade",), places=("fire_station",))
    near = round(math.exp(-7.03 / 12), 2)
    assert terms_of(ground, asked, "r-theme")["theme"] == 0.5
    assert terms_of(ground, asked, "r-people")["people"] == 1
    assert terms_of(ground, asked, "r-practice")["practice"] == 1
    assert terms_of(ground, asked, "r-named") | {"near": 0, "people": 0} == dict.fromkeys(TERMS, 0) | {"named": 1, "adds": 0.75}
    assert terms_of(ground, asked, "r-friend")["together"] == 1
    assert terms_of(ground, asked, "r-friends-friend")["together"] == 0.6
    assert terms_of(ground, asked, "r-friend")["open"] == round(math.log(3) / math.log(11), 4)
    assert round(terms_of(ground, asked, "r-plain")["near"], 2) == near


def test_the_score_is_the_weighted_mean_of_the_terms() -> None:
    ground, asked = world().ground(), idea(organiser="r-asking")
    by_id = {one.item.id: one for one in partners(ground, asked, {}, ())}
    total = sum(DEFAULT_WEIGHTS.values())
    for code, one in by_id.items():
        expected = sum(DEFAULT_WEIGHTS[name] * value for name, value in terms_of(ground, asked, code).items()) / total
        assert one.score == pytest.approx(expected, abs=1e-4)
        assert sum(reason.points for reason in one.reasons) == pytest.approx(one.score, abs=2e-4)


def test_who_asks_is_not_its_own_partner() -> None:
    ground = world().ground()
    assert "r-asking" not in [one.item.id for one in partners(ground, idea(organiser="r-asking"), {}, ())]


def test_having_worked_in_the_gmina_counts_less_than_having_worked_together() -> None:
    ground = world().ground()
    asked = idea(3)
    assert terms_of(ground, asked, "r-friend")["together"] == 0.4
    reason = next(r for one in partners(ground, asked, {}, ()) if one.item.id == "r-friend" for r in one.reasons if r.key == "here")
    assert reason.records == ("i-1", "i-2")


def test_reasons_name_the_initiatives_they_rest_on() -> None:
    ground = world().ground()
    found = {one.item.id: {r.key: r for r in one.reasons} for one in partners(ground, idea(organiser="r-asking"), {}, ())}
    assert found["r-friend"]["together"].records == ("i-1",)
    assert dict(found["r-friends-friend"]["between"].params) == {"record": "r-friend"}


def test_moving_a_weight_moves_the_order_and_zero_takes_a_term_away() -> None:
    ground, asked = world().ground(), idea()
    only = dict.fromkeys(TERMS, 0.0)
    for name, first in (("theme", "r-theme"), ("practice", "r-practice"), ("people", "r-people")):
        assert partners(ground, asked, {}, (), weights={**only, name: 5})[0].item.id == first


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (None, DEFAULT_WEIGHTS),
        ({}, DEFAULT_WEIGHTS),
        ({"near": 99}, {"near": MAX_WEIGHT}),
        ({"near": -3}, {"near": 0}),
        ({"near": math.nan}, {}),
    ],
)
def test_weights_are_between_zero_and_the_most(given_: dict[str, float] | None, expected: dict[str, float]) -> None:
    assert checked_weights(given_) == {**DEFAULT_WEIGHTS, **expected}


def test_all_weights_zero_are_the_defaults() -> None:
    assert checked_weights(dict.fromkeys(TERMS, 0)) == dict(DEFAULT_WEIGHTS)


def test_what_an_organisation_adds_is_what_the_group_lacks() -> None:
    brigade = World().add(resource("r-osp", 0, category="fire_brigade")).ground()
    assert partners(brigade, idea(), {}, ())[0].adds == ("venue", "volunteers", "legal")
    assert partners(brigade, idea(who="fire_brigade"), {}, ())[0].adds == ()
    assert partners(brigade, idea(who="ngo"), {}, ())[0].adds == ("venue", "volunteers")


def test_experience_with_a_fitting_funder_is_a_fact_with_its_initiative() -> None:
    grant = programme("f-1", **{"themes": "education"})
    won = initiative("i-won", 2, by=["r-1"], details={"funding": "Zmyślone f-1 2023"})
    ground = World().add(resource("r-1", 0)).add(won).add(grant).ground()
    funders = {"r-1": {"f-1": ("i-won",)}}
    one = partners(ground, idea(), funders, ("f-1",))[0]
    assert "funder" in one.adds
    assert next(r for r in one.reasons if r.key == "adds_funder").records == ("i-won",)
    assert "funder" not in partners(ground, idea(), funders, ())[0].adds


def test_a_krs_number_is_a_fact_and_the_kind_only_usual() -> None:
    assert "legal" in offers_of(resource("r", 0, category="senior_club", details={"krs": "0000123456"}))
    assert "legal" not in offers_of(resource("r", 0, category="senior_club"))
    assert "legal" not in offers_of(resource("r", 0, category="ngo", subkind="scouts"))


def test_every_kind_of_group_lacks_something_known() -> None:
    assert all(set(names) <= set(OFFERS) for names in LACKS.values())


@pytest.mark.parametrize(
    ("funding", "programme_name", "named"),
    [
        ("Budżet obywatelski Częstochowy (edycja 2016)", "Budżet obywatelski Częstochowy", True),
        ("Aktywni+ 2021–2025", "Program na rzecz Osób Starszych „Aktywni+”", True),
        ("otwarty konkurs ofert Powiatu Kłobuckiego 2025", "Otwarty konkurs ofert Powiatu Kłobuckiego", True),
        ("LEADER (LGD Razem na wyżyny)", "LGD „Razem na wyżyny” – granty dla organizacji", True),
        ("NOWEFIO (Narodowy Instytut Wolności)", "Śląskie Lokalnie (NOWEFIO)", True),
        ("Działaj Lokalnie (PAFW)", "Działaj Lokalnie (Koziegłowy, Poraj)", True),
        ("Otwarty konkurs ofert Powiatu Częstochowskiego 2020", "Otwarty konkurs ofert Powiatu Kłobuckiego", False),
        ("Budżet miasta", "Budżet obywatelski Częstochowy", False),
        ("fundusze europejskie", "Fundusz sołecki", False),
    ],
)
def test_a_funding_line_names_a_programme_or_not(funding: str, programme_name: str, named: bool) -> None:
    assert named_in(funding, programme_name) is named


def test_a_name_of_general_words_alone_marks_nothing() -> None:
    assert marks_of("Program wsparcia") == ()


def test_experience_is_of_all_who_took_part() -> None:
    won = initiative("i-1", 0, by=["r-1"], with_=["r-2"], details={"funding": "NOWEFIO"})
    assert experience([won], [programme("f-1")]) == {}
    named = programme("f-2")
    object.__setattr__(named, "name", "Śląskie Lokalnie (NOWEFIO)")
    assert experience([won], [named]) == {"r-1": {"f-2": ("i-1",)}, "r-2": {"f-2": ("i-1",)}}


CODES = st.sampled_from(("education", "seniors", "sport"))
GROUPS = st.sampled_from(("seniors", "children", "everyone"))
CATEGORY = st.sampled_from(("ngo", "kgw", "fire_brigade", "library", "other"))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to eight organisations anywhere and up to four initiatives that some of them ran."""
    made = World()
    n = draw(st.integers(2, 8))
    for i in range(n):
        made.add(
            resource(
                f"r-{i}",
                draw(st.integers(0, 4)),
                category=draw(CATEGORY),
                themes=tuple(sorted(draw(st.sets(CODES)))),
                groups=tuple(sorted(draw(st.sets(GROUPS)))),
                precision=draw(st.sampled_from(("locality", "gmina"))),
            ),
            *draw(st.sets(st.sampled_from(("computers", "chess")))),
        )
    for j in range(draw(st.integers(0, 4))):
        who = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=3, unique=True))
        made.add(initiative(f"i-{j}", draw(st.integers(0, 4)), by=[f"r-{who[0]}"], with_=[f"r-{k}" for k in who[1:]]), "computers")
    return made


@settings(max_examples=60, deadline=None)
@given(made=worlds(), village=st.integers(0, 4), data=st.data())
def test_a_closer_twin_never_ranks_lower(made: World, village: int, data: st.DataObject) -> None:
    near, far = sorted(data.draw(st.lists(st.integers(0, 4), min_size=2, max_size=2, unique=True)), key=lambda v: abs(v - village))
    if abs(near - village) == abs(far - village):
        return
    for code, where in (("r-twin-a", far), ("r-twin-b", near)):
        made.add(resource(code, where, category="kgw", themes=("education",), groups=("seniors",)), "computers")
    weights = {name: float(data.draw(st.integers(0, MAX_WEIGHT))) for name in TERMS}
    order = [one.item.id for one in partners(made.ground(), idea(village), {}, (), weights=weights, limit=99)]
    assert order.index("r-twin-b") < order.index("r-twin-a")


@settings(max_examples=60, deadline=None)
@given(made=worlds(), village=st.integers(0, 4), data=st.data())
def test_taking_a_candidate_away_changes_nobody_elses_score_or_reasons(made: World, village: int, data: st.DataObject) -> None:
    before = {one.item.id: one for one in partners(made.ground(), idea(village), {}, (), limit=99)}
    free = [code for code in before if not any(code in str(record.details) for record in made.items)]
    if not free:
        return
    gone = data.draw(st.sampled_from(sorted(free)))
    after = {one.item.id: one for one in partners(made.without(gone).ground(), idea(village), {}, (), limit=99)}
    assert {code: (one.score, one.reasons, one.adds, one.km) for code, one in after.items()} == {
        code: (one.score, one.reasons, one.adds, one.km) for code, one in before.items() if code != gone
    }


@settings(max_examples=40, deadline=None)
@given(made=worlds(), village=st.integers(0, 4))
def test_scores_are_between_zero_and_one_and_sorted_with_ties_by_reach_then_id(made: World, village: int) -> None:
    ground = made.ground()
    reach = ground.reach(idea(village).place)
    found = partners(ground, idea(village), {}, (), limit=99)
    ranking = rank(ground, idea(village), {}, ())
    assert all(0 <= one.score <= 1 for one in found)
    keys = [(-round(float(s), 9), float(reach[row]), ground.items[row].id) for row, s in zip(ranking.rows, ranking.scores, strict=True)]
    assert keys == sorted(keys)


@settings(max_examples=40, deadline=None)
@given(made=worlds(), village=st.integers(0, 4))
def test_an_approximate_position_never_gives_a_distance(made: World, village: int) -> None:
    for one in partners(made.ground(), idea(village), {}, (), limit=99):
        assert (one.km is None) == one.item.approximate
        assert any(r.key == "near" for r in one.reasons) <= (not one.item.approximate)
