"""Claims about the days of meetings: spread over the chosen weeks, never on a Sunday or a public holiday of Poland."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis.meeting_dates import SUNDAY, clashes, holidays_of, judged, spread_over, weeks_between

SPRING = (date(2027, 3, 1), date(2027, 5, 30))


def spread(first: date, last: date, meetings: int, weekday: int = 3) -> tuple[date, ...]:
    return spread_over(weeks_between(first, last), meetings, first=first, last=last, weekday=weekday)


def test_three_meetings_of_a_spring_are_about_a_month_apart() -> None:
    days = spread(*SPRING, 3)
    assert days == (date(2027, 3, 18), date(2027, 4, 15), date(2027, 5, 13))
    assert {day.weekday() for day in days} == {3}


def test_a_holiday_moves_the_meeting_to_the_next_day_of_its_week() -> None:
    """Corpus Christi 2027 is Thursday, 27 May."""
    assert spread(date(2027, 5, 24), date(2027, 5, 30), 1) == (date(2027, 5, 26),)


def test_easter_monday_and_may_days_are_known_by_name() -> None:
    assert judged(date(2027, 3, 29), "pl").free == "Poniedziałek Wielkanocny"
    assert judged(date(2027, 5, 3), "en").free and judged(date(2027, 5, 3), "uk").free
    assert judged(date(2027, 3, 7), "pl").free == "sunday"
    assert judged(date(2027, 3, 18), "pl").free == ""


def test_more_meetings_than_weeks_share_weeks_but_no_day() -> None:
    days = spread(date(2027, 3, 1), date(2027, 3, 14), 5)
    assert len(days) == len(set(days)) == 5


def test_a_week_without_a_free_day_gives_no_day() -> None:
    assert spread(date(2027, 3, 28), date(2027, 3, 28), 1) == ()  # Easter Sunday alone
    assert spread(date(2027, 3, 28), date(2027, 3, 29), 2) == ()
    assert weeks_between(date(2027, 3, 8), date(2027, 3, 1)) == ()


def test_two_meetings_on_one_day_are_noticed() -> None:
    day = date(2027, 3, 18)
    assert clashes([day, day + timedelta(days=1), day]) == frozenset({day})


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 120), st.integers(1, 12), st.integers(0, 5))
def test_no_day_is_a_sunday_a_holiday_outside_the_weeks_or_double(first: date, days: int, meetings: int, weekday: int) -> None:
    last = first + timedelta(days=days)
    found = spread(first, last, meetings, weekday)
    free = holidays_of({first.year, last.year}, "pl")
    assert list(found) == sorted(set(found)) and len(found) <= meetings
    assert all(first <= day <= last and day.weekday() != SUNDAY and day not in free for day in found)
    if days >= 7 * meetings + 14:
        assert len(found) == meetings
