"""Claims about what exists within reach, past examples, and the checklist drawn from them."""

from __future__ import annotations

import pytest

from lib.analysis.ideas.alike import FAR, HERE, LOOSE, NEAR, UNPLACED, checklist, examples, existing, likeness
from tests.ideas_world import World, idea, initiative, no_words, resource


def world() -> World:
    """A club that ran computer classes in village 1, one far away in 4, a computer room in 2, chess in 0."""
    return (
        World()
        .add(resource("r-club", 1, category="senior_club", themes=("seniors",), groups=("seniors",)))
        .add(resource("r-far", 4, groups=("seniors",)), "computers")
        .add(resource("r-room", 2, groups=("everyone",)), "computers")
        .add(resource("r-chess", 0, groups=("seniors",)), "chess")
        .add(initiative("i-club", 1, by=["r-club"], themes=("education",), groups=("seniors",)), "computers", "classes")
        .add(initiative("i-old", 1, themes=("education",), groups=("seniors",), details={"date_start": "2012-09-10"}), "computers")
        .add(initiative("i-children", 2, themes=("education",), groups=("children",)), "computers")
    )


def test_what_exists_is_found_by_its_own_words_and_by_what_it_did_within_reach() -> None:
    ground = world().ground()
    found = existing(ground, idea(), no_words(ground))
    assert [(one.item.id, one.tier) for one in found] == [("r-club", NEAR), ("i-club", NEAR), ("r-room", FAR)]
    assert [one.km for one in found] == [7.0, 7.0, 14.1]
    did = next(reason for reason in found[0].reasons if reason.key == "did")
    assert did.records == ("i-club",)


def test_what_is_known_of_long_ago_is_not_called_near_and_says_from_when_it_is_known() -> None:
    old = initiative("i-past", 1, by=["r-old"], themes=("education",), groups=("seniors",), details={"date_start": "2014-05"})
    ground = (
        World().add(resource("r-old", 1, groups=("seniors",), as_of="2025")).add(old, "computers").add(resource("r-own", 0), "computers")
    )
    found = existing(ground.ground(), idea(groups=()), no_words(ground.ground()))
    assert [(one.item.id, one.tier, one.known) for one in found] == [("r-own", HERE, "2025"), ("r-old", FAR, "2014-05")]
    assert [one.old for one in found] == [False, True]
    assert [reason.params for reason in found[1].reasons if reason.key == "known_old"] == [(("date", "2014-05"),)]


def test_what_has_only_something_general_in_common_comes_last_and_no_conclusion_rests_on_it() -> None:
    ground = world().ground()
    asked = idea(topics=("chess", "computers"), core=("chess",))
    found = existing(ground, asked, no_words(ground))
    assert (found[0].item.id, found[0].tier) == ("r-chess", HERE)
    assert {one.tier for one in found[1:]} == {LOOSE}
    assert not any(one.sound for one in examples(ground, asked, no_words(ground)))


def test_an_old_initiative_is_an_example_and_nothing_to_join() -> None:
    ground = world().ground()
    assert "i-old" not in [one.item.id for one in existing(ground, idea(), no_words(ground))]
    assert "i-old" in [one.item.id for one in examples(ground, idea(), no_words(ground))]


def test_the_asking_organisation_is_not_shown_to_itself() -> None:
    ground = world().ground()
    assert "r-club" not in [one.item.id for one in existing(ground, idea(organiser="r-club"), no_words(ground))]


def test_what_is_known_only_by_its_gmina_counts_where_that_gmina_borders() -> None:
    near, far = (resource(f"r-rough-{i}", i, groups=("seniors",), precision="gmina") for i in (1, 2))
    ground = world().add(near, "computers").add(far, "computers").ground()
    found = [one.item.id for one in existing(ground, idea(), no_words(ground), limit=None)]
    assert "r-rough-1" in found and "r-rough-2" not in found
    tiers = {one.item.id: one.tier for one in existing(ground, idea(), no_words(ground), limit=None)}
    assert tiers["r-rough-1"] == UNPLACED


def test_likeness_is_the_sum_of_its_named_shares() -> None:
    ground = world().ground()
    found = likeness(ground, idea(forms=("classes",)), no_words(ground))
    own = {item.id: round(float(score), 3) for item, score in zip(ground.items, found, strict=True)}
    assert own["i-club"] == round(0.45 + 0.15 / 2 + 0.2 + 0.1, 3)
    assert own["i-children"] == round(0.45 + 0.15 / 2, 3)


def test_the_likest_example_comes_first_and_of_equals_the_newest() -> None:
    ground = world().ground()
    assert [one.item.id for one in examples(ground, idea(), no_words(ground))] == ["i-club", "i-old", "i-children"]


def paid_world() -> World:
    """Four examples: two with an amount, three with participants, two in one place, three run by two organisations, two in June."""
    joint = {"partners": "Szkoła|OSP"}
    return (
        World()
        .add(resource("r-1", 0, category="library"))
        .add(resource("r-2", 1, category="library"))
        .add(initiative("i-1", 0, by=["r-1"], address="Remiza", details={"amount_pln": "1000", "participants": "10", **joint}), "computers")
        .add(initiative("i-2", 1, by=["r-2"], address="Szkoła", details={"amount_pln": "3000", "participants": "30", **joint}), "computers")
        .add(initiative("i-3", 2, details={"participants": "20", "date_start": "2023-02-01", **joint}), "computers")
        .add(initiative("i-4", 2, details={"date_start": "2022"}), "computers")
    )


def test_every_line_of_the_checklist_is_counted_over_the_examples_and_names_them() -> None:
    ground = paid_world().ground()
    found = examples(ground, idea(groups=(), themes=()), no_words(ground))
    lines = {line.key: (dict(line.params), set(line.records)) for line in checklist(ground, idea(), found) if not line.general}
    assert lines["partners"] == ({"n": 3, "of": 4}, {"i-1", "i-2", "i-3"})
    assert lines["organisers"] == ({"categories": ("library",), "n": 2, "of": 4}, {"i-1", "i-2"})
    assert lines["amounts"] == ({"low": 1000.0, "high": 3000.0, "middle": 2000.0, "n": 2}, {"i-1", "i-2"})
    assert lines["participants"] == ({"low": 10.0, "high": 30.0, "n": 3}, {"i-1", "i-2", "i-3"})
    assert lines["season"] == ({"month": 6, "n": 2, "of": 3}, {"i-1", "i-2"})
    assert lines["venues"][1] == {"i-1", "i-2"}


@pytest.mark.parametrize("who", ["informal_group", "ngo"])
def test_general_know_how_rests_on_no_record_and_says_so(who: str) -> None:
    ground = paid_world().ground()
    general = [line for line in checklist(ground, idea(who=who), ()) if line.general]
    assert all(line.records == () for line in general)
    assert ("patron" in [line.key for line in general]) == (who == "informal_group")


def test_without_examples_the_checklist_holds_general_know_how_only() -> None:
    ground = World().ground()
    assert all(line.general for line in checklist(ground, idea(), ()))


def test_conclusions_rest_on_the_same_matter_for_the_same_people_or_from_the_surroundings() -> None:
    ground = (
        World()
        .add(initiative("i-near", 2, groups=("children",)), "computers")
        .add(initiative("i-far", 4, groups=("children",)), "computers")
        .add(initiative("i-people", 4, groups=("seniors",)), "computers")
        .add(initiative("i-trip", 0, themes=("education", "seniors"), groups=("seniors",)))
        .ground()
    )
    found = examples(ground, idea(), no_words(ground), limit=None)
    assert {one.item.id: one.sound for one in found} == {"i-people": True, "i-near": True, "i-far": False, "i-trip": False}
    assert [one.sound for one in found] == [True, True, False, False]
