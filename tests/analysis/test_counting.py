"""Claims about which records a measure counts and how complete their data is believed to be; each world can be counted by hand."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis import counting
from lib.analysis.profile import day_of, is_meeting
from lib.domain.measure import INITIATIVES, LEVELS, LIST, REGISTER, SAMPLE, UNLOOKED, Selection
from tests.regions import CLUB, club, measure, meeting, need, project_region, region
from tests.worlds import TERYTS

FESTIVAL = Selection(INITIATIVES, "festival")


def count(items: list, *selections: Selection) -> list[int]:
    """How many of the records the selections count in each gmina."""
    found = region(items, measures=[measure(selections=selections)])
    return [len(records) for records in counting.counted(found, found.measures["clubs"]).values()]


def test_every_gmina_is_counted_also_one_without_a_record() -> None:
    assert count([club(1), club(1, 1), club(3)], CLUB) == [0, 2, 0, 1, 0]


def test_another_category_another_table_and_another_region_do_not_count() -> None:
    assert count([club(0, category="kgw"), need(0, category="senior_club"), club(0, 1, teryt="0000000"), club(0, 2)], CLUB) == [
        1,
        0,
        0,
        0,
        0,
    ]


def test_a_record_counts_once_however_many_selections_name_it() -> None:
    assert count([club(0, subkind="university")], CLUB, Selection("resources", "senior_club", ("university",))) == [1, 0, 0, 0, 0]


def test_only_named_subkinds_count_and_excluded_ones_never_do() -> None:
    mixed = [club(0, 0, subkind="university"), club(0, 1, subkind="day_home"), club(0, 2, subkind="")]
    assert count(mixed, Selection("resources", "senior_club", ("university",)))[0] == 1
    assert count(mixed, Selection("resources", "senior_club", without=("university",)))[0] == 2
    assert count(mixed, CLUB)[0] == 3


@pytest.mark.parametrize(("date", "counted"), [("2026-11", 1), ("2022", 1), ("2021-12-31", 0), ("2027-01", 0), ("", 0), ("soon", 0)])
def test_the_last_five_years_of_the_data_are_2022_to_2026(date: str, counted: int) -> None:
    assert count([club(4), meeting(0, date, category="festival")], Selection(INITIATIVES, "festival", years=5))[0] == counted


def test_without_a_span_of_years_an_undated_initiative_counts() -> None:
    assert count([meeting(0, "", category="festival"), meeting(0, "1999", 1, category="festival")], FESTIVAL)[0] == 2


def test_the_last_day_dates_an_initiative_whose_first_day_is_unknown() -> None:
    ended = meeting(0, "", category="festival", details={"date_end": "2024-06"})
    assert count([club(4), ended], Selection(INITIATIVES, "festival", years=5))[0] == 1


def test_meetings_are_miniforums_and_what_jowes_joined() -> None:
    joined = meeting(0, "2024", 1, category="training", details={"date_start": "2024", "partners": "JOWES | OSP"})
    foreign = meeting(0, "2024", 2, category="training")
    assert count([meeting(0, "2024"), joined, foreign], Selection(INITIATIVES, meetings=True))[0] == 2


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("senior_club", "kgw")), st.sampled_from(("", "a", "b"))), max_size=30))
def test_counts_equal_a_plain_look_at_every_record(found: list[tuple[int, str, str]]) -> None:
    items = [club(village, number, category=category, subkind=sub) for number, (village, category, sub) in enumerate(found)]
    naive = Counter(
        village for village, category, sub in found if (category == "senior_club" and sub != "b") or (category == "kgw" and sub == "a")
    )
    chosen = Selection("resources", "senior_club", without=("b",)), Selection("resources", "kgw", ("a",))
    assert count(items, *chosen) == [naive[i] for i in range(5)]


@pytest.mark.parametrize("one", LEVELS)
@pytest.mark.parametrize("other", LEVELS)
def test_the_level_is_the_least_sure_of_all_that_is_counted(one: str, other: str) -> None:
    two = measure(selections=(CLUB, Selection("resources", "kgw")))
    found = region(measures=[two])
    rows = {TERYTS[0]: {"senior_club": one, "kgw": other}}
    told = {
        (teryt, subject): replace(row, level=rows.get(teryt, {}).get(subject, SAMPLE)) for (teryt, subject), row in found.coverage.items()
    }
    assert counting.level_of(replace(found, coverage=told), two, TERYTS[0]) == max(one, other, key=LEVELS.index)


@pytest.mark.parametrize("level", [None, "", "complete", UNLOOKED])
def test_without_a_known_word_on_the_data_it_counts_as_not_looked_for(level: str | None) -> None:
    found = region(levels=[level, SAMPLE, SAMPLE, SAMPLE, SAMPLE])
    assert counting.level_of(found, found.measures["clubs"], TERYTS[0]) == UNLOOKED


@pytest.mark.parametrize("level", [REGISTER, LIST, SAMPLE])
def test_a_known_word_on_the_data_is_taken_as_it_is(level: str) -> None:
    found = region(levels=[level] * 5)
    assert counting.level_of(found, found.measures["clubs"], TERYTS[0]) == level


def efforts(**given: object) -> list[float]:
    found = region(**given)  # type: ignore[arg-type]
    return list(counting.effort(found, found.measures["clubs"]).values())


def test_effort_is_pages_per_person_beside_the_region() -> None:
    """60 pages over 5,000 people are 12 per 1,000; 10 per 1,000 are 5/6 of that and 20 are 5/3."""
    assert efforts(pages=(10, 10, 10, 10, 20)) == pytest.approx([5 / 6] * 4 + [5 / 3])
    assert efforts(people=(500, 1_000, 1_000, 1_000, 1_000), pages=(10,) * 5) == pytest.approx([1.8, 0.9, 0.9, 0.9, 0.9])


def test_effort_counts_all_people_whoever_the_service_is_for() -> None:
    assert efforts(pages=(10, 10, 10, 10, 20), old=(1, 2, 3, 4, 5)) == efforts(pages=(10, 10, 10, 10, 20))


def test_what_is_not_known_of_the_effort_is_taken_as_usual_and_tells_nothing_of_the_others() -> None:
    """Only the first three gminas are compared: 40 pages over 3,000 people."""
    found = efforts(pages=(10, 10, 20, None, 99), people=(1_000, 1_000, 1_000, 1_000, math.nan))
    assert found == pytest.approx([0.75, 0.75, 1.5, 1, 1])
    assert efforts(pages=(10, 10, 20, 500, None), levels=[SAMPLE, SAMPLE, SAMPLE, UNLOOKED, None]) == pytest.approx(found)


def test_nowhere_a_page_known_makes_every_effort_usual() -> None:
    assert efforts(pages=(None,) * 5) == [1.0] * 5
    assert efforts(pages=(0,) * 5) == [1.0] * 5
    assert efforts(people=(0,) * 5) == [1.0] * 5


def test_a_sample_of_no_page_at_all_is_no_effort_and_not_the_usual_one() -> None:
    """50 pages over 5,000 people are 10 per 1,000."""
    assert efforts(pages=(0, 10, 10, 10, 20)) == pytest.approx([0, 1, 1, 1, 2])


@given(st.lists(st.integers(1, 200), min_size=5, max_size=5), st.lists(st.integers(1, 50_000), min_size=5, max_size=5))
def test_over_all_people_the_effort_is_the_usual_one(pages: list[int], people: list[int]) -> None:
    found = efforts(pages=pages, people=people)
    assert sum(e * n for e, n in zip(found, people, strict=True)) == pytest.approx(sum(people))


def test_the_real_measures_count_what_a_plain_look_at_the_file_counts() -> None:
    found = project_region()
    for name, one in found.measures.items():
        naive: Counter[str] = Counter()
        for item in found.items:
            for chosen in one.selections:
                right = item.kind == chosen.table and chosen.category in ("", item.category) and item.subkind not in chosen.without
                right = right and (not chosen.subkinds or item.subkind in chosen.subkinds) and (not chosen.meetings or is_meeting(item))
                if right and (not chosen.years or str(found.year - chosen.years) < day_of(item)[:4] <= str(found.year)):
                    naive[item.teryt] += 1
                    break
        assert {teryt: len(items) for teryt, items in counting.counted(found, one).items() if items} == naive, name
