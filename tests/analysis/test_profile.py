"""Claims about the page of a gmina, on made-up people and records that can be counted by hand."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from lib.analysis import profile
from lib.domain.records import Item, Source


def demography() -> pd.DataFrame:
    """Three made-up gminas: two share a powiat, the third is a city with official figures."""
    columns: dict[str, list[Any]] = {
        "pop_total": [1000, 3000, 6000],
        "pop_0_14": [200, 600, 600],
        "pop_15_64": [600, 1800, 3900],
        "pop_65_plus": [200, 600, 1500],
        "pop_0_2": [30, 90, 100],
        "electors_2025": [800, 2400, 5000],
        "basis": ["powiat_2025_by_electors", "powiat_2025_by_electors", "official_2025"],
        "gus_total": [1100, math.nan, 6000],
        "gus_total_year": [2024, math.nan, 2025],
    }
    return pd.DataFrame(columns, index=pd.Index(["a", "b", "city"], name="teryt"))


def item(item_id: str, kind: str = "resources", category: str = "kgw", **given: Any) -> Item:
    values: dict[str, Any] = {
        "name": item_id, "subkind": "", "teryt": "a", "locality": "", "address": "", "postal_code": "", "latitude": 50.8,
        "longitude": 19.0, "precision": "locality", "themes": (), "groups": (), "summary": "", "as_of": "", "details": {},
        "sources": (Source(f"https://www.example.org/{item_id}", given.get("as_of", ""), "2026-11"),),
    } | given  # fmt: skip
    return Item(id=item_id, kind=kind, category=category, **values)


def test_shares_stand_beside_those_of_the_powiat_and_the_subregion() -> None:
    found = profile.people(demography(), "a", ["a", "b"])
    assert found is not None
    children = found.main[0]
    assert (children.group, children.people) == ("pop_0_14", 200)
    assert (children.share, children.powiat_share) == pytest.approx((0.2, 0.2))
    assert children.region_share == pytest.approx(1400 / 10_000)


def test_the_main_groups_add_up_to_everybody() -> None:
    found = profile.people(demography(), "city", ["city"])
    assert found is not None
    assert sum(row.people for row in found.main) == found.total == 6000
    assert sum(row.share for row in found.main) == pytest.approx(1)


def test_totals_say_how_many_people_the_shares_are_shares_of() -> None:
    found = profile.people(demography(), "b", ["a", "b"])
    assert found is not None
    assert (found.total, found.powiat_total, found.region_total) == (3000, 4000, 10_000)


def test_an_estimate_says_how_far_it_is_from_the_official_total() -> None:
    found = profile.people(demography(), "a", ["a", "b"])
    assert found is not None and not found.official
    assert (found.gus_total, found.gus_year) == (1100, 2024)
    assert found.difference == pytest.approx(-100 / 1100)


def test_without_an_official_total_there_is_no_difference() -> None:
    found = profile.people(demography(), "b", ["a", "b"])
    assert found is not None
    assert (found.gus_total, found.gus_year, found.difference) == (None, None, None)


def test_an_official_figure_has_no_error_to_report() -> None:
    found = profile.people(demography(), "city", ["city"])
    assert found is not None and found.official and found.difference is None


def test_the_error_of_the_estimate_is_measured_where_both_figures_are_known() -> None:
    error = profile.estimate_error(demography())
    assert error is not None
    assert (error.gminas, error.worst_teryt) == (1, "a")
    assert error.mean == error.worst == pytest.approx(100 / 1100)
    assert error.first_year == error.last_year == 2024


def test_no_error_is_claimed_where_nothing_can_be_compared() -> None:
    assert profile.estimate_error(demography().loc[["city"]]) is None
    assert profile.estimate_error(pd.DataFrame(index=["a"])) is None


@pytest.mark.parametrize("table", [pd.DataFrame(), demography().drop(columns="pop_65_plus"), demography().drop(index="a")])
def test_a_table_without_the_gmina_or_its_columns_gives_nobody(table: pd.DataFrame) -> None:
    assert profile.people(table, "a", ["a"]) is None


def test_an_unknown_group_stays_unknown_and_does_not_count_as_zero() -> None:
    table = demography()
    table.loc["a", "pop_0_2"] = math.nan
    found = profile.people(table, "a", ["a", "b"])
    assert found is not None
    nursery = found.services[0]
    assert math.isnan(nursery.people) and math.isnan(nursery.share)
    assert nursery.powiat_share == pytest.approx(90 / 3000)


def test_inputs_stay_as_they_are() -> None:
    table = demography()
    profile.people(table, "a", ["a"])
    profile.estimate_error(table)
    pd.testing.assert_frame_equal(table, demography())


RECORDS = (
    item("r-1", as_of="2019", details={"status": "unknown"}, precision="gmina"),
    item("r-2", category="library", as_of="2024-05-01", details={"status": "active"}),
    item("i-1", "initiatives", "festival", details={"date_start": "2020-05"}),
)


def test_thin_data_is_told_by_numbers() -> None:
    found = profile.thin(RECORDS, ["kgw", "library", "ngo", "school"])
    assert found.missing == ("ngo", "school")
    assert (found.records, found.approximate, found.undated, found.status_unknown) == (3, 1, 1, 1)
    assert (found.oldest, found.newest, found.pages, found.hosts) == ("2019", "2024-05-01", 3, 1)


def test_a_gmina_without_records_is_thin_in_everything() -> None:
    found = profile.thin((), ["kgw"])
    assert (found.records, found.missing, found.oldest, found.newest) == (0, ("kgw",), "", "")


def test_an_initiative_does_not_fill_a_category_of_places() -> None:
    assert profile.thin([item("i", "initiatives", "other")], ["other"]).missing == ("other",)


def past(item_id: str, start: str = "", end: str = "", **given: Any) -> Item:
    dates = {name: value for name, value in (("date_start", start), ("date_end", end)) if value}
    return item(item_id, "initiatives", "festival", details=dates | given.pop("details", {}), **given)


def test_the_time_line_runs_from_the_newest_year_and_keeps_what_has_no_date() -> None:
    line = profile.timeline([past("old", "2018"), past("none"), past("may", "2020-05-02"), past("june", "2020-06")])
    assert [(year, [i.id for i in items]) for year, items in line.years] == [(2020, ["june", "may"]), (2018, ["old"])]
    assert [i.id for i in line.undated] == ["none"]
    assert line.most == 2


def test_an_initiative_with_only_a_last_day_is_dated_by_it() -> None:
    assert profile.timeline([past("x", end="2011-05")]).years[0][0] == 2011


def test_no_initiatives_make_an_empty_time_line() -> None:
    assert profile.timeline([]) == profile.Timeline((), ()) and profile.timeline([]).most == 0


def test_every_initiative_stands_on_the_time_line_exactly_once() -> None:
    items = [past(str(n), date) for n, date in enumerate(("2020", "", "2019-01-01", "abc", "2020-12-31"))]
    line = profile.timeline(items)
    assert sorted(i.id for _, held in line.years for i in held) + [i.id for i in line.undated] == ["0", "2", "4", "1", "3"]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (item("m", "initiatives", "miniforum"), True),
        (past("j", details={"organisers": "JOWES – ARR w Częstochowie S.A."}), True),
        (past("p", details={"partners": "Jurajski Ośrodek Wsparcia Ekonomii Społecznej"}), True),
        (past("other", details={"organisers": "Ośrodek Kultury"}), False),
        (item("JOWES", "resources", "support_centre"), False),
    ],
)
def test_meetings_are_miniforum_and_what_jowes_took_part_in(record: Item, expected: bool) -> None:
    assert profile.is_meeting(record) is expected
