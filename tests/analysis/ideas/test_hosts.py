"""Claims about the place that an idea names: the own gmina's record by name, else the nearest, else none."""

from __future__ import annotations

from lib.analysis.ideas.hosts import hosts
from lib.domain.records import Item
from tests.ideas_world import World, idea, resource


def named(*records: Item, categories: tuple[str, ...] = ("fire_brigade",)) -> list[tuple[str, bool, bool]]:
    """(id, whether it is the own gmina's, whether it has a place to ask for)."""
    world = World()
    for record in records:
        world.add(record)
    return [(one.item.id, one.own, one.venue) for one in hosts(world.ground(), idea(categories=categories))]


def test_the_own_gminas_record_is_meant_although_another_is_nearer() -> None:
    rough = resource("r-own", 0, category="fire_brigade", precision="gmina")
    assert named(resource("r-a", 1, category="fire_brigade"), rough) == [("r-own", True, True)]


def test_where_the_gmina_has_none_the_nearest_is_meant_and_far_ones_are_not() -> None:
    near, far = resource("r-near", 1, category="fire_brigade"), resource("r-far", 3, category="fire_brigade")
    assert named(near, far) == [("r-near", False, True)] and named(far) == []


def test_a_culture_centre_whose_name_says_library_is_the_library() -> None:
    joined = resource("r-joined", 0, category="culture_centre", name="Gminne Centrum Kultury i Biblioteka")
    friends = resource("r-friends", 0, category="ngo", name="Przyjaciele Biblioteki")
    assert named(friends, joined, categories=("library",)) == [("r-joined", True, True)]


def test_a_group_without_a_place_is_meant_but_not_asked_for_one() -> None:
    assert named(resource("r-kgw", 0, category="kgw"), categories=("kgw",)) == [("r-kgw", True, False)]


def test_one_place_is_meant_and_an_office_for_social_services_is_none() -> None:
    office = resource("r-office", 0, category="community_centre", subkind="social_services_centre")
    near, house = resource("r-near", 1, category="day_room"), resource("r-house", 1, category="community_centre")
    asked = ("day_room", "community_centre")
    assert named(office, near, house, categories=asked) == [("r-near", False, True)]
    assert named(office, near, resource("r-own", 0, category="day_room"), categories=asked) == [("r-own", True, True)]
