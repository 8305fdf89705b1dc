"""Claims about totals, order, likeness and partners of past initiatives; the records are made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis import initiatives as past
from lib.domain.records import Item
from tests.analysis.test_profile import item


def one(item_id: str, start: str = "", kind: str = "festival", **given: Any) -> Item:
    details = {**({"date_start": start} if start else {}), **given.pop("details", {})}
    return item(item_id, "initiatives", kind, details=details, **given)


def test_a_total_says_how_many_records_it_rests_on() -> None:
    items = [one("a", details={"amount_pln": "1500.50"}), one("b", details={"amount_pln": "500"}), one("c")]
    assert past.total_of(items, "amount_pln") == past.Known(2000.5, 2, 3)


@pytest.mark.parametrize("text", ["", "about 100", "nan", "inf", "-5", "1 000"])
def test_what_is_no_figure_is_unknown_and_not_zero(text: str) -> None:
    assert past.figure(one("a", details={"participants": text}), "participants") is None


def test_counts_come_largest_first_and_equal_ones_in_the_given_order() -> None:
    items = [one("a", themes=("sport", "culture")), one("b", themes=("sport",)), one("c", themes=("women",))]
    assert list(past.count_by(items, lambda i: i.themes, ["women", "culture", "sport"]).items()) == [
        ("sport", 2), ("women", 1), ("culture", 1),
    ]  # fmt: skip


def test_newest_first_puts_what_has_no_date_last() -> None:
    items = [one("none"), one("old", "2011"), one("new", "2024-05"), one("newer", "2024-06-01")]
    assert [items[i].id for i in past.newest_first(items)] == ["newer", "new", "old", "none"]
    assert [items[i].id for i in past.newest_first(items, oldest=True)] == ["old", "new", "newer", "none"]


@given(st.lists(st.sampled_from(["", "2019", "2020-05", "2020-05-01", "2024"]), max_size=12), st.booleans())
def test_an_order_loses_and_doubles_nothing(dates: list[str], oldest: bool) -> None:
    items = [one(str(n), date) for n, date in enumerate(dates)]
    assert sorted(past.newest_first(items, oldest=oldest)) == list(range(len(items)))


BASE = one("base", "2020", themes=("seniors", "culture"))
NEAR_WEAK = one("near", "2015", "workshop", themes=("culture",))
FAR_STRONG = one("far", "2021", themes=("seniors", "culture"), teryt="b")
FAR_WEAK = one("far-weak", "2022", themes=(), teryt="b")
UNLIKE = one("unlike", "2022", "workshop", themes=("sport",))


def test_alike_are_the_same_gmina_first_then_those_with_most_in_common() -> None:
    found = past.similar(BASE, [FAR_WEAK, UNLIKE, FAR_STRONG, BASE, NEAR_WEAK])
    assert [like.item.id for like in found] == ["near", "far", "far-weak"]


def test_likeness_says_in_what() -> None:
    strong = past.similar(BASE, [FAR_STRONG])[0]
    assert (strong.same_gmina, strong.same_kind, strong.themes) == (False, True, ("seniors", "culture"))


def test_two_initiatives_of_no_named_kind_have_nothing_in_common_by_that() -> None:
    assert past.similar(one("a", kind="other"), [one("b", kind="other")]) == ()


def test_resources_are_never_alike_to_an_initiative() -> None:
    assert past.similar(BASE, [item("r", themes=("seniors",))]) == ()


def test_at_most_the_asked_number_is_alike() -> None:
    assert len(past.similar(BASE, [one(str(n)) for n in range(20)], limit=3)) == 3


NAMES = {
    "r-osp": "Ochotnicza Straż Pożarna w Mysłowie",
    "r-kgw": "KGW Mysłowianki",
    "r-gok": "Gminny Ośrodek Kultury im. Zmyślonego w Janowie",
}


def named(text: str, ids: str) -> tuple[past.Party, ...]:
    return past.parties(one("i", details={"organisers": text, "organiser_ids": ids}), "organisers", NAMES)


def test_a_name_and_its_record_find_each_other_whatever_their_order() -> None:
    found = named("GOK w Janowie|OSP w Mysłowie", "r-osp|r-gok")
    assert found == (past.Party("GOK w Janowie", "r-gok"), past.Party("OSP w Mysłowie", "r-osp"))


def test_two_bodies_of_one_village_are_not_mixed_up() -> None:
    assert named("Koło Gospodyń Wiejskich (Mysłów)|OSP w Mysłowie", "r-kgw")[1] == past.Party("OSP w Mysłowie", "")


def test_the_last_name_without_a_record_takes_the_last_record_without_a_name() -> None:
    assert named("Grupa znajomych|OSP w Mysłowie", "r-osp|r-kgw") == (
        past.Party("Grupa znajomych", "r-kgw"),
        past.Party("OSP w Mysłowie", "r-osp"),
    )


def test_a_record_that_fits_no_name_stays_as_a_party_of_its_own() -> None:
    assert named("Starosta|Wójt", "r-gok") == (past.Party("Starosta", ""), past.Party("Wójt", ""), past.Party("", "r-gok"))


def test_an_id_that_leads_nowhere_is_left_out() -> None:
    assert named("Starosta", "r-gone") == (past.Party("Starosta", ""),)


def test_partners_are_read_from_their_own_columns() -> None:
    record = one("i", details={"partners": "OSP w Mysłowie", "partner_ids": "r-osp"})
    assert past.parties(record, "partners", NAMES) == (past.Party("OSP w Mysłowie", "r-osp"),)
    assert past.parties(record, "organisers", NAMES) == ()
