"""Claims about money: which programmes fit, who may apply, through whom, and what is history; on programmes made up for each claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.analysis.ideas.funding import PATRON, PROPOSAL, SELF, fits, fitting, funding, is_history
from lib.analysis.ideas.ground import Idea
from lib.analysis.ideas.offers import applicants_of
from lib.analysis.ideas.partners import partners
from lib.domain.records import Item, covers
from tests.ideas_world import World, idea, programme, resource


def pay(asked: Idea, *programmes: Item, others: tuple[Item, ...] = ()) -> dict[str, tuple[bool, str, bool]]:
    """{programme: (eligible, through, by the gmina)} in the order of the answer."""
    world = World()
    for record in (*others, *programmes):
        world.add(record)
    ground = world.ground()
    found = funding(ground, asked, partners(ground, asked, {}, ()))
    return {one.item.id: (one.eligible, one.through, one.by_municipality) for one in found}


def test_an_area_code_is_the_country_or_the_beginning_of_a_teryt() -> None:
    assert covers(programme("f"), "9901012") and covers(programme("f", area_codes="99|24"), "9901012")
    assert not covers(programme("f", area_codes="9902"), "9901012")


@pytest.mark.parametrize(
    ("themes", "asked", "shared"),
    [
        ("education|volunteering", {}, ("education",)),
        ("ecology|education", {}, ()),
        ("ecology|culture|tradition|education", {}, ("education",)),
        ("youth|education", {}, ()),
        ("seniors|education|health|volunteering", {}, ("education", "seniors")),
        ("seniors|education|health|volunteering", {"groups": ("migrants",)}, ()),
        ("education|youth", {}, ()),
        ("education|youth", {"groups": (), "themes": ("education",)}, ("education",)),
        ("education|youth", {"groups": ("children",), "themes": ("education",)}, ("education",)),
        ("sport|culture", {"themes": ("family", "sport"), "leading": ("family",)}, ()),
        ("sport|culture|ecology|safety", {"themes": ("family", "sport"), "leading": ("family",)}, ("sport",)),
        ("culture|sport|social_help|health", {"themes": (), "groups": ()}, ("culture", "sport", "social_help", "health")),
        ("culture", {"themes": (), "groups": ()}, ()),
    ],
)
def test_a_programme_fits_by_what_it_is_about_and_for_whom(themes: str, asked: dict[str, object], shared: tuple[str, ...]) -> None:
    assert fits(programme("f", themes=themes), idea(topics=(), **asked)) == shared


def test_a_topic_in_common_opens_a_narrow_programme() -> None:
    narrow = programme("f", themes="ecology|education")
    assert fits(narrow, idea(), frozenset({"computers"})) == ("education",)


def test_a_programme_for_fire_brigades_only_needs_their_topic() -> None:
    engines = programme("f", themes="safety", who_can_apply="fire_brigade|municipality")
    asked = idea(themes=("safety",), groups=(), topics=("first_aid",))
    assert fits(engines, asked) == () and fits(engines, asked, frozenset({"first_aid"})) == ("safety",)


def test_who_may_apply_itself_comes_before_a_partner_and_a_partner_before_the_gmina() -> None:
    own = programme("f-own", who_can_apply="informal_group")
    kgw = programme("f-kgw", who_can_apply="kgw")
    town = programme("f-town", who_can_apply="municipality")
    nobody = programme("f-nobody", who_can_apply="culture_centre")
    found = pay(idea(), town, kgw, nobody, own, others=(resource("r-kgw", 1, category="kgw"),))
    assert found == {"f-own": (True, "", False), "f-kgw": (False, "r-kgw", False), "f-town": (False, "", True)}
    assert list(found) == ["f-own", "f-kgw", "f-town"]


def test_a_fire_brigade_applies_as_an_association_too() -> None:
    assert pay(idea(who="fire_brigade"), programme("f", who_can_apply="ngo")) == {"f": (True, "", False)}
    assert applicants_of(resource("r", 0, category="fire_brigade")) == ("fire_brigade", "ngo")
    assert applicants_of(resource("r", 0, category="ngo", subkind="scouts")) == ()
    assert applicants_of(resource("r", 0, category="senior_club", details={"krs": "1"})) == ("senior_club", "ngo")


def test_the_partner_is_near_and_shares_the_theme_before_the_better_ranked() -> None:
    near, close, far = resource("r-near", 0), resource("r-close", 1, themes=("education",)), resource("r-far", 4, themes=("education",))
    assert pay(idea(), programme("f"), others=(near, close, far))["f"][1] == "r-close"
    assert pay(idea(), programme("f"), others=(near, far))["f"][1] == "r-near"
    assert pay(idea(), programme("f"), others=(far,))["f"][1] == "r-far"


def test_what_was_described_three_years_ago_is_history_and_comes_last() -> None:
    old, new, undated = programme("f-a", as_of="2023"), programme("f-b", as_of="2024-05"), programme("f-c", as_of="")
    assert [is_history(one, 2026) for one in (old, new, undated)] == [True, False, False]
    assert list(pay(idea(who="ngo"), old, new, undated)) == ["f-b", "f-c", "f-a"]


def test_a_call_that_is_open_all_year_becomes_history_later_and_says_how_old_its_description_is() -> None:
    rolling = {"call_pattern_pl": "Cały rok, dopóki są środki."}
    young, old = programme("f-a", as_of="2020", **rolling), programme("f-b", as_of="2019", **rolling)
    assert [is_history(one, 2026) for one in (young, old)] == [False, True]
    ground = World().add(young).ground()
    assert [reason.key for reason in funding(ground, idea(who="ngo"), ())[0].reasons][-1] == "described_rolling"


def test_residents_hand_in_a_proposal_and_a_patron_signs_for_a_group_without_legal_personality() -> None:
    vote = replace(programme("f-vote", who_can_apply="informal_group|ngo"), name="Budżet obywatelski Zmyślonej")
    grant = programme("f-grant", who_can_apply="informal_group|ngo")
    world = World().add(resource("r-ngo", 0)).add(vote).add(grant)
    ground = world.ground()
    found = funding(ground, idea(), partners(ground, idea(), {}, ()))
    assert [(one.item.id, one.way, one.eligible) for one in found] == [("f-grant", PATRON, True), ("f-vote", PROPOSAL, True)]
    assert dict(found[0].reasons[0].params) == {"record": "r-ngo"}
    as_ngo = funding(ground, idea(who="ngo"), ())
    assert {one.item.id: one.way for one in as_ngo} == {"f-grant": SELF, "f-vote": PROPOSAL}


def test_the_own_gminas_unit_goes_before_a_better_fitting_neighbours() -> None:
    own, other = resource("r-own", 0, category="fire_brigade"), resource("r-other", 1, category="fire_brigade", themes=("education",))
    assert pay(idea(), programme("f"), others=(own, other))["f"][1] == "r-own"


def test_a_budget_above_or_below_the_amounts_is_said() -> None:
    grant = programme("f", amount_min_pln="5000", amount_max_pln="10000", own_contribution_pct="10")
    ground = World().add(grant).ground()
    for amount, key in ((20_000.0, "amount_covers_part"), (1_000.0, "amount_too_small"), (7_000.0, "")):
        asked = idea(who="ngo", amount=amount)
        keys = [reason.key for reason in funding(ground, asked, ())[0].reasons]
        assert [k for k in ("amount_covers_part", "amount_too_small") if k in keys] == ([key] if key else [])
        assert "amount_between" in keys and "own_share" in keys


def test_fitting_does_not_ask_who_applies() -> None:
    ground = World().add(programme("f-1", who_can_apply="culture_centre")).add(programme("f-2", area_codes="1234567")).ground()
    assert fitting(ground, idea()) == ("f-1",)
