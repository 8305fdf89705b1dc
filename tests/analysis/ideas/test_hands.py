"""Claims about hands: groups near by, gminas with the same need, and the centre to call."""

from __future__ import annotations

from lib.analysis.ideas.hands import GMINA, GROUP, SUPPORT, hands
from lib.analysis.ideas.needs import needs
from tests.ideas_world import World, idea, need, no_words, resource


def world() -> World:
    return (
        World()
        .add(resource("r-osp-1", 1, category="fire_brigade"))
        .add(resource("r-osp-0", 0, category="fire_brigade"))
        .add(resource("r-kgw", 2, category="kgw"))
        .add(resource("r-far", 4, category="kgw"))
        .add(resource("r-kindergarten", 0, category="school", subkind="kindergarten"))
        .add(resource("r-ngo", 0))
        .add(resource("r-lag", 1, category="lag"))
        .add(resource("r-jowes", 4, name="Ośrodek (JOWES)", category="support_centre", subkind="economic_support"))
        .add(need("n-1", 1, themes=("education",), groups=("seniors",)), "computers")
        .add(need("n-3a", 3, themes=("education",), groups=("seniors",)), "computers")
        .add(need("n-3b", 3, themes=("education",), groups=("seniors",)), "computers")
        .add(need("n-0", 0, themes=("education",), groups=("seniors",)), "computers")
    )


def found() -> list[tuple[str, str]]:
    ground = world().ground()
    met = needs(ground, idea(), no_words(ground), limit=None)
    return [(one.kind, one.item.id if one.item else one.teryt) for one in hands(ground, idea(), met)]


def test_groups_with_people_come_nearest_first_and_only_from_within_reach() -> None:
    assert [code for kind, code in found() if kind == GROUP] == ["r-osp-0", "r-osp-1", "r-kgw"]


def test_neighbouring_gminas_with_the_same_need_come_before_others_and_the_own_is_left_out() -> None:
    assert [code for kind, code in found() if kind == GMINA] == ["9901022", "9901042"]


def test_the_centre_for_the_social_economy_is_named_first_however_far() -> None:
    assert [code for kind, code in found() if kind == SUPPORT] == ["r-jowes", "r-lag"]


def test_of_one_kind_at_most_three_are_named() -> None:
    many = world()
    for i in range(6):
        many.add(resource(f"r-more-{i}", 0, category="fire_brigade"))
    ground = many.ground()
    groups = [one.item for one in hands(ground, idea(), ()) if one.kind == GROUP]
    assert sum(item is not None and item.category == "fire_brigade" for item in groups) == 3
    assert any(item is not None and item.category == "kgw" for item in groups)
