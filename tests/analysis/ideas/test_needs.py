"""Claims about stated needs: which an idea meets, in which order, and what has answered them; on a world checked by hand."""

from __future__ import annotations

import numpy as np

from lib.analysis.ideas.ground import Ground, Words
from lib.analysis.ideas.needs import LOOSE, MATTER, PEOPLE, Said, answers, needs, said_answered, voted
from tests.ideas_world import World, idea, initiative, need, no_words, resource


def world() -> World:
    """Needs on computers in villages 1 and 3, of seniors only in village 0, of children on computers in 2, on chess in 0."""
    return (
        World()
        .add(need("n-far", 3, themes=("education",), groups=("seniors",)), "computers")
        .add(need("n-near", 1, themes=("education",), groups=("seniors",)), "computers")
        .add(need("n-people", 0, themes=("seniors",), groups=("seniors",)))
        .add(need("n-children", 2, themes=("education",), groups=("children",)), "computers")
        .add(need("n-chess", 0, themes=("sport",), groups=("everyone",)), "chess")
        .add(need("n-all", 4, themes=("education",), groups=("everyone",)), "computers")
    )


def test_the_same_matter_comes_first_and_the_nearest_of_it_before_all() -> None:
    ground = world().ground()
    found = needs(ground, idea(), no_words(ground))
    assert [(one.item.id, one.tier) for one in found] == [("n-near", MATTER), ("n-far", MATTER), ("n-all", MATTER), ("n-people", PEOPLE)]


def test_needs_of_other_people_and_on_other_topics_do_not_match() -> None:
    ground = world().ground()
    assert {"n-children", "n-chess"}.isdisjoint(one.item.id for one in needs(ground, idea(), no_words(ground)))


def test_a_general_topic_beside_a_particular_one_is_only_something_in_common() -> None:
    ground = world().ground()
    found = needs(ground, idea(topics=("computers", "chess"), core=("computers",), groups=("everyone",)), no_words(ground))
    assert {one.item.id: one.tier for one in found} == {"n-all": MATTER, "n-chess": LOOSE}


def test_a_need_is_near_in_the_own_gmina_and_within_reach() -> None:
    ground = world().ground()
    near = {one.item.id: one.near for one in needs(ground, idea(), no_words(ground))}
    assert near == {"n-near": True, "n-far": False, "n-all": False, "n-people": True}


def test_the_distance_is_the_straight_line_between_the_villages() -> None:
    ground = world().ground()
    by_id = {one.item.id: one for one in needs(ground, idea(), no_words(ground))}
    assert by_id["n-near"].km == 7.0 and by_id["n-far"].km == 21.1
    assert by_id["n-people"].reasons[-1].key == "near_here"


def test_a_need_known_only_by_its_gmina_has_no_distance_and_follows_a_known_one_of_that_gmina() -> None:
    rough = need("n-rough", 1, themes=("education",), groups=("seniors",), precision="gmina")
    ground = world().add(rough, "computers").ground()
    found = needs(ground, idea(), no_words(ground))
    assert [one.item.id for one in found][:2] == ["n-near", "n-rough"]
    assert found[1].km is None and found[1].reasons[-1].key == "near_neighbour_rough"


def test_an_idea_without_a_topic_is_met_by_theme_and_group() -> None:
    ground = world().ground()
    found = needs(ground, idea(topics=(), themes=("seniors",)), no_words(ground))
    assert [one.item.id for one in found] == ["n-people"]


def test_a_form_that_the_idea_names_must_be_named_by_the_need_too() -> None:
    more = need("n-class", 2, themes=("seniors",), groups=("seniors",))
    ground = world().add(more, "classes").ground()
    found = needs(ground, idea(topics=(), forms=("classes",), themes=("seniors",)), no_words(ground))
    assert [(one.item.id, one.tier) for one in found] == [("n-class", MATTER), ("n-people", PEOPLE)]


def test_words_that_no_table_knows_match_what_shares_a_theme() -> None:
    ground = world().ground()
    held = np.zeros((1, len(ground.items)), dtype=bool)
    held[0, [ground.row_of["n-chess"], ground.row_of["n-all"]]] = True
    found = needs(ground, idea(topics=(), groups=(), themes=("sport",)), Words(("królówka",), held))
    assert [one.item.id for one in found] == ["n-chess"]
    assert "words" in [reason.key for reason in found[0].reasons]


def test_nothing_typed_meets_no_need() -> None:
    ground = world().ground()
    assert needs(ground, idea(topics=(), themes=(), groups=()), no_words(ground)) == ()


def answered_world() -> World:
    old, same = {"date_start": "2019"}, ("education",)
    return (
        World()
        .add(need("n-a", 0, themes=same, groups=("seniors",), as_of="2020"), "computers")
        .add(initiative("i-later", 0, themes=same, groups=("seniors",)), "computers")
        .add(initiative("i-earlier", 0, themes=same, groups=("seniors",), details=old), "computers")
        .add(initiative("i-elsewhere", 1, themes=same, groups=("seniors",)), "computers")
        .add(initiative("i-children", 0, themes=same, groups=("children",)), "computers")
        .add(initiative("i-chess", 0, themes=same, groups=("seniors",)), "chess")
        .add(initiative("i-theme", 0, themes=("sport",), groups=("seniors",)), "computers")
        .add(initiative("i-collection", 0, themes=same, groups=("seniors",)), "computers", "charity")
        .add(resource("r-all", 0, themes=same, groups=("everyone",), as_of="2023"), "computers")
        .add(need("n-undated", 0, themes=same, groups=("seniors",), as_of=""), "computers")
    )


def alike(ground: Ground, **others: set[str]) -> Said:
    """Every record says "komputer" and "senior", but for those whose words are given (by id with _ for -)."""
    usual = {item.id: frozenset({"komputer", "senior"}) for item in ground.items}
    return Said.of({**usual, **{code.replace("_", "-"): frozenset(words) for code, words in others.items()}})


def test_a_need_is_answered_by_later_records_of_its_gmina_topic_and_people() -> None:
    ground = answered_world().ground()
    assert [one.item.id for one in answers(ground, ground.items[0], alike(ground))] == ["i-later", "r-all"]


def test_one_word_in_common_is_the_same_thing_only_beside_the_same_people() -> None:
    ground = answered_world().ground()
    said = alike(ground, i_later={"komputer", "bal"}, r_all={"komputer", "bieg"})
    assert [one.item.id for one in answers(ground, ground.items[0], said)] == ["i-later"]
    assert answers(ground, ground.items[0], alike(ground, i_later={"bal"}, r_all={"bieg"})) == ()


def test_words_that_stand_in_many_records_are_nothing_in_common() -> None:
    crowd = {f"x{i}": frozenset({"komputer", "senior"}) for i in range(100)}
    said = Said.of({"n": frozenset({"komputer", "senior", "sala"}), "i": frozenset({"komputer", "senior", "sala"}), **crowd})
    assert said.common("n", "i", 60, 0.04) == {"sala"}


def test_a_need_without_a_date_is_not_known_to_be_answered() -> None:
    ground = answered_world().ground()
    assert answers(ground, ground.items[ground.row_of["n-undated"]], alike(ground)) == ()


def test_a_statement_may_say_itself_that_the_need_is_met() -> None:
    assert said_answered(need("n-x", 0, name="Brak miejsca (potrzeba zaspokojona budową domu)"))
    assert not said_answered(need("n-x", 0))
    assert not said_answered(need("n-x", 0, name="Niezaspokojona potrzeba opieki"))


def test_votes_are_numbers_or_unknown() -> None:
    found = voted([need("n-1", 0, details={"votes": "12"}), need("n-2", 0, details={"votes": "dużo"}), need("n-3", 0)])
    assert found[0] == 12 and np.isnan(found[1:]).all()
