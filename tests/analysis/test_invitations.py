"""Claims about invitation lists in the world of five villages, 8.8 km by road from one to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.analysis.invitations import OFFICE, Invitations, invitations, shares_within
from lib.analysis.plan_venues import venues
from lib.analysis.plan_wishes import Wishes
from lib.catalog.load import Dataset, load_dataset
from lib.settings import DATA_DIR
from tests import worlds

HALL = worlds.resource(1, id="r-hall", category="culture_centre", name="Dom zmyślony", themes="culture", target_groups="everyone")


def invited(folder: Path, km: float, **tables: list[worlds.Row]) -> Invitations:
    data = load_dataset(worlds.write_world(folder, **{"resources": [HALL], "initiatives": [], "needs": [], **tables}))
    return of(data, "r-hall", km)


def of(data: Dataset, code: str, km: float) -> Invitations:
    venue = venues(data.items, data.localities, Wishes(fixed=(code,)))[code]
    return invitations(data, venue, km, shares_within(data, venue, km))


def test_who_is_within_reach_is_invited_and_nobody_farther(tmp_path: Path) -> None:
    found = invited(tmp_path, 10, resources=[HALL, *(worlds.resource(i) for i in range(5))])
    assert [one.id for one in found.near if one.category != OFFICE] == ["r-hall", "r-1", "r-0", "r-2"]
    assert [one.km for one in found.near if one.item] == pytest.approx([0, 0, 8.8, 8.8], abs=0.05)


def test_the_host_stands_first_and_the_gminas_are_invited_too(tmp_path: Path) -> None:
    found = invited(tmp_path, 10)
    assert [(one.id, one.why[0].key) for one in found.near] == [
        ("r-hall", "host"),
        (worlds.TERYTS[1], "own_gmina"),
        (worlds.TERYTS[0], "gmina"),
        (worlds.TERYTS[2], "gmina"),
    ]
    assert all(one.km is None for one in found.near if one.category == OFFICE)


def test_an_approximate_position_is_listed_apart_without_a_distance(tmp_path: Path) -> None:
    """r-2 lies in a gmina within reach, r-4 in one that is not: the label points play no part."""
    rough = [worlds.resource(i, precision="gmina", locality="") for i in (2, 4)]
    found = invited(tmp_path, 10, resources=[HALL, *rough])
    assert [one.id for one in found.near if one.item] == ["r-hall"]
    assert [(one.id, one.km, one.why[0].key) for one in found.approximate] == [("r-2", None, "there")]


def test_who_fits_the_stated_needs_comes_first_with_the_reason(tmp_path: Path) -> None:
    rows = [HALL, worlds.resource(1, id="r-far", themes="culture"), worlds.resource(0, id="r-fit", themes="health|sport")]
    rows.append(worlds.resource(2, id="r-group", themes="tourism", target_groups="seniors"))
    needs = [worlds.need(1, id="n-a"), worlds.need(2, id="n-b", target_groups="everyone"), worlds.need(4, id="n-out")]
    found = invited(tmp_path, 10, resources=rows, needs=needs)
    bodies = [one for one in found.near if one.item and one.id != "r-hall"]
    assert found.needs == 2 and [one.id for one in bodies] == ["r-far", "r-fit", "r-group"], "r-far is of the gmina itself"
    assert (bodies[1].why[0].params, bodies[1].why[0].themes) == ({"n": 2, "of": 2}, ("health",))
    assert bodies[2].why[0].params == {"n": 1, "of": 2} and bodies[0].why[0].key == "own"
    assert [one.fits for one in bodies] == [False, True, True] and {need.id for need in found.stated} == {"n-a", "n-b"}


def test_all_of_the_gmina_come_first_and_no_category_fills_the_rest(tmp_path: Path) -> None:
    """Ten brigades of the next village fit better than its school, which still has its turn after the first of them."""
    own = [
        worlds.resource(1, id=f"r-own-{i}", category="school", themes="tourism", precision=p) for i, p in enumerate(("locality", "gmina"))
    ]
    brigades = [worlds.resource(0, id=f"r-fire-{i}", category="fire_brigade", themes="health|seniors") for i in range(10)]
    school = worlds.resource(0, id="r-school", category="school", themes="health")
    needs = [worlds.need(1, id="n-a", themes="health"), worlds.need(1, id="n-b", themes="seniors", target_groups="everyone")]
    found = invited(tmp_path, 10, resources=[HALL, *own, *brigades, school], needs=needs)
    order = [one.id for one in found.proposed(10)]
    assert order[:4] == ["r-hall", worlds.TERYTS[1], "r-own-0", "r-own-1"], "whether they fit or not, and known by the gmina only as well"
    assert order.index("r-school") < order.index("r-fire-1") and len(order) == 10
    assert all(one.own for one in found.everybody if one.id in order[:4])


def test_a_past_partner_of_the_gmina_is_invited_from_any_distance_with_the_reason(tmp_path: Path) -> None:
    far = [worlds.resource(4, id="r-far"), worlds.resource(4, id="r-stranger")]
    joint = worlds.initiative(4, id="i-joint", organiser_ids="r-hall", partner_ids="r-far", date_start="2020-01-01")
    found = invited(tmp_path, 10, resources=[HALL, *far], initiatives=[joint])
    assert [(one.id, one.why[0].key, dict(one.why[0].params)) for one in found.partners] == [("r-far", "partner", {"n": 1})]
    assert "r-far" in [one.id for one in found.proposed(40)] and "r-stranger" not in [one.id for one in found.everybody]


def test_a_need_known_by_its_gmina_belongs_when_half_of_the_gmina_is_within_reach(tmp_path: Path) -> None:
    assert invited(tmp_path, 10, needs=[worlds.need(2)]).needs == 1
    assert invited(tmp_path, 5, needs=[worlds.need(2)]).needs == 0
    exact = worlds.need(2, id="n-exact", precision="locality", locality="Gammowo")
    assert invited(tmp_path, 5, needs=[exact, worlds.need(1)]).needs == 1


def test_past_cooperation_counts_and_a_meeting_more(tmp_path: Path) -> None:
    rows = [HALL, *(worlds.resource(1, id=f"r-{name}") for name in ("none", "once", "often", "met"))]
    events = [worlds.initiative(1, id=f"i-{n}", organiser_ids="r-often", date_start=f"202{n}-01-01") for n in (1, 2, 4)]
    events.append(worlds.initiative(1, id="i-once", organiser_ids="r-often", partner_ids="r-once", date_start="", date_end=""))
    events.append(worlds.initiative(1, id="i-met", kind="miniforum", organiser_ids="", partner_ids="r-met", date_start="2019-02-16"))
    found = {one.id: one for one in invited(tmp_path, 10, resources=rows, initiatives=events).near}
    assert [code for code in found if code in ("r-none", "r-once", "r-often", "r-met")] == ["r-often", "r-met", "r-once", "r-none"]
    assert [(why.key, dict(why.params)) for why in found["r-met"].why] == [
        ("past", {"n": 1, "year": "2019"}),
        ("meeting", {"year": "2019"}),
    ]
    assert [(why.key, dict(why.params)) for why in found["r-often"].why] == [("past", {"n": 4, "year": "2024"})]
    assert [why.key for why in found["r-once"].why] == ["past_undated"]


def test_places_without_a_body_of_their_own_are_not_invited(tmp_path: Path) -> None:
    found = invited(tmp_path, 10, resources=[HALL, worlds.resource(1, id="r-pitch", category="sports_facility")])
    assert [one.id for one in found.near if one.item] == ["r-hall"]


def test_the_share_of_a_gmina_within_reach_counts_people(tmp_path: Path) -> None:
    data = load_dataset(worlds.write_world(tmp_path, resources=[HALL], initiatives=[]))
    venue = venues(data.items, data.localities, Wishes())["r-hall"]
    assert shares_within(data, venue, 10) == dict(zip(worlds.TERYTS, [1, 1, 1, 0, 0], strict=True))


def test_on_the_regions_data_every_invitee_has_a_reason_and_no_false_distance() -> None:
    data = load_dataset(DATA_DIR)
    found = of(data, "r-mstow-gminny-osrodek-kultury-w-mstowie", 15)
    assert len(found.near) > 50 and all(one.why for one in (*found.near, *found.approximate))
    assert all(one.km is None and one.item and one.item.approximate for one in found.approximate)
    assert all(one.km is not None and one.km <= 15 for one in found.near if one.item)
    assert {"kgw", "ngo", "fire_brigade", OFFICE} <= {one.category for one in found.near}
    first = found.proposed(40)
    own = {item.id for item in data.items if item.kind == "resources" and item.teryt == "2404102" and item.category != "sports_facility"}
    assert own < {one.id for one in first} and len(own) == 20, "the scouts, the club, both schools and the parish of Mstów are asked"
    assert sum(one.category == "fire_brigade" for one in first if not one.own) <= 3
