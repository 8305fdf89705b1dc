"""Claims about the network of who worked with whom, on seven organisations checked by hand."""

from __future__ import annotations

from lib.analysis.ideas.cooperation import cooperation, happened_before
from lib.analysis.initiatives import parties_of
from lib.analysis.network import network
from tests.ideas_world import TERYTS, VILLAGES, gminas, initiative, resource

SENIORS = {"themes": ("seniors",), "groups": ("seniors",)}
ITEMS = [
    resource("r-a", 0, **SENIORS),
    resource("r-b", 1),
    resource("r-c", 2),
    resource("r-d", 0, **SENIORS),
    resource("r-e", 3),
    resource("r-f", 0, themes=("seniors",), groups=("everyone",)),
    resource("r-alone", 4),
    initiative("i-1", 0, by=["r-a"], with_=["r-b"]),
    initiative("i-2", 1, by=["r-b"], with_=["r-c"]),
    initiative("i-3", 1, by=["r-b", "r-c"]),
    initiative("i-4", 0, by=["r-d"], with_=["r-e", "r-f"]),
    initiative("i-5", 0, by=["r-alone"], with_=["r-nobody"]),
]


def test_the_one_in_the_middle_lies_on_the_only_way_between_two() -> None:
    found = network(ITEMS)
    assert found.nodes["r-b"].partners == ("r-a", "r-c")
    # six organisations have ties: of the 10 pairs without r-b only (r-a, r-c) goes through it
    assert found.nodes["r-b"].betweenness == 0.1
    assert found.nodes["r-a"].betweenness == 0
    assert (found.nodes["r-b"].only, found.nodes["r-a"].only) == (1, 0)


def test_only_counts_the_pairs_that_fall_apart_without_an_organisation() -> None:
    hub = [resource(f"r-{i}", i % 5) for i in range(5)]
    joint = [initiative("i-1", 0, by=["r-0"], with_=["r-1"]), initiative("i-2", 0, by=["r-0"], with_=["r-2"])]
    joint += [initiative("i-3", 0, by=["r-3"], with_=["r-0", "r-4"])]
    # without r-0 there are r-1, r-2 and the pair r-3 r-4: of 6 pairs only that one stays connected
    assert network([*hub, *joint]).nodes["r-0"].only == 5


def test_circles_are_who_can_reach_whom_the_larger_first_then_by_id() -> None:
    assert network(ITEMS).circles == (("r-a", "r-b", "r-c"), ("r-d", "r-e", "r-f"))


def test_ties_between_gminas_hold_each_initiative_once() -> None:
    ties = {(tie.one, tie.other): tie.initiatives for tie in network(ITEMS).gmina_ties}
    assert ties == {
        (TERYTS[0], TERYTS[1]): ("i-1",),
        (TERYTS[1], TERYTS[2]): ("i-2", "i-3"),
        (TERYTS[0], TERYTS[3]): ("i-4",),
    }
    assert network(ITEMS).inside == {TERYTS[0]: ("i-4",)}


def test_a_local_authority_that_a_source_names_ties_its_gmina_although_it_has_no_record() -> None:
    lgd = resource("r-lgd", 1)
    hall = initiative("i-hall", 0, with_=["r-lgd"], details={"organisers": f"Gmina {VILLAGES[0]}"})
    own = initiative("i-own", 2, details={"organisers": f"Gmina {VILLAGES[2]}"})
    two = initiative("i-two", 3, details={"organisers": f"Gmina {VILLAGES[3]}|Gmina {VILLAGES[4]}|Fundacja Gmina Dobra"})
    found = network([lgd, hall, own, two], gminas())
    assert found.authorities == {TERYTS[0]: ("i-hall",), TERYTS[3]: ("i-two",), TERYTS[4]: ("i-two",)}
    assert [(tie.one, tie.other) for tie in found.gmina_ties] == [(TERYTS[0], TERYTS[1]), (TERYTS[3], TERYTS[4])]
    assert network([lgd, hall]).authorities == {}


def test_pairs_who_never_met_come_from_every_gmina_in_turn() -> None:
    rich = {"themes": ("seniors", "health", "sport"), "groups": ("seniors",)}
    items = [resource(f"r-a{i}", 0, **rich) for i in range(4)] + [resource(f"r-b{i}", 1, **SENIORS) for i in range(2)]
    items += [initiative(f"i-{one.id}", 4, by=[one.id], with_=["r-z"]) for one in items] + [resource("r-z", 4)]
    assert [pair.one.teryt for pair in network(items).unmet][:3] == [TERYTS[0], TERYTS[1], TERYTS[0]]


def test_who_has_no_known_partner_stands_alone() -> None:
    assert [item.id for item in network(ITEMS).alone] == ["r-alone"]


def test_connectors_reach_into_most_gminas_first() -> None:
    found = network(ITEMS)
    assert [node.item.id for node in found.connectors()][:2] == ["r-b", "r-e"] or found.connectors()[0].item.id == "r-b"
    assert {node.item.id for node in found.connectors(TERYTS[3])} == {"r-d", "r-e", "r-f"}


def test_who_never_met_shares_a_theme_and_people_of_one_gmina() -> None:
    assert [(pair.one.id, pair.other.id) for pair in network(ITEMS).unmet] == [("r-a", "r-d")]


def test_an_empty_region_has_an_empty_network() -> None:
    found = network([])
    assert (found.nodes, found.circles, found.gmina_ties, found.alone, found.unmet) == ({}, (), (), (), ())


def test_cooperation_before_a_day_forgets_what_came_later_and_what_has_no_date() -> None:
    past = [initiative("i-old", 0, by=["r-a"], with_=["r-b"], details={"date_start": "2018-05"}), *ITEMS[7:8]]
    undated = initiative("i-undated", 0, by=["r-a"], with_=["r-c"], details={"date_start": ""})
    known = cooperation([*past, undated], before="2020-01-01")
    assert known.together("r-a", "r-b") == ("i-old",) and known.partners("r-a") == ("r-b",)
    assert not happened_before(undated, "2020-01-01")


def test_a_party_named_twice_is_one_party() -> None:
    assert parties_of(initiative("i", 0, by=["r-a", "r-b"], with_=["r-a"])) == ("r-a", "r-b")
