"""On which days are the meetings held? Chosen weeks in, one day a meeting out; no Sunday, no Polish public holiday. Local days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

WEEKDAYS = (0, 1, 2, 3, 4, 5)
"""Monday to Saturday: those a meeting may fall on; Sundays are for church and family."""
SUNDAY = 6
SUNDAY_NAME = "sunday"
"""What `Day.free` says of a Sunday that is no public holiday."""
FAVOURED_WEEKDAY = 3
"""Thursday: Mondays begin the week in offices, on Fridays people leave early."""
START = time(17, 0)
"""After work and still by daylight from March to September."""
HOURS = 3
"""A Miniforum with its five questions."""
MOST_WEEKS = 60
"""A year and a bit: a plan further ahead is not a plan."""
DAYS = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a meeting; `free` says why one would not want it: `sunday`, the name of a public holiday, or "" for a good day."""

    day: date
    free: str = ""


def holidays_of(years: Iterable[int], language: str) -> Mapping[date, str]:
    """The public holidays of Poland with their names; languages pl, en and uk, else Polish."""
    import holidays

    known = {"pl": "pl", "en": "en_US", "uk": "uk"}
    return dict(holidays.country_holidays("PL", years=sorted(set(years)), language=known.get(language, "pl")))


def weeks_between(first: date, last: date) -> tuple[date, ...]:
    """The Mondays of all weeks from the one of `first` to the one of `last`, at most MOST_WEEKS; none when `last` is earlier."""
    monday = first - timedelta(days=first.weekday())
    return tuple(monday + timedelta(weeks=i) for i in range(min(((last - monday).days // DAYS) + 1, MOST_WEEKS)))


def spread_over(weeks: Sequence[date], meetings: int, *, first: date, last: date, weekday: int = FAVOURED_WEEKDAY) -> tuple[date, ...]:
    """One day for each of some meetings, evenly over the weeks (given by their Mondays), in order.

    Within its week a meeting takes the wished weekday, else the next nearest that is no Sunday, no public holiday, not outside
    `first` to `last` and not taken. Fewer days come back when the weeks do not hold enough of them.
    """
    free = holidays_of({monday.year for monday in weeks} | {monday.year + 1 for monday in weeks}, "pl")
    good = [[day for day in _days(monday, weekday) if first <= day <= last and day not in free] for monday in sorted(dict.fromkeys(weeks))]
    open_weeks = [days for days in good if days]
    taken: list[date] = []
    for number in range(meetings):
        middle = int((number + 0.5) * len(open_weeks) / meetings)
        order = sorted(range(len(open_weeks)), key=lambda i: (abs(i - middle), i))
        day = next((day for i in order for day in open_weeks[i] if day not in taken), None)
        if day is not None:
            taken.append(day)
    return tuple(sorted(taken))


def _days(monday: date, weekday: int) -> list[date]:
    """The days of a week that may hold a meeting, the nearest to the wished weekday first."""
    return [monday + timedelta(days=i) for i in sorted(WEEKDAYS, key=lambda i: (abs(i - weekday), i))]


def judged(day: date, language: str) -> Day:
    """A day with the reason not to take it, in words of the language for a public holiday."""
    name = holidays_of([day.year], language).get(day, "")
    return Day(day, name or (SUNDAY_NAME if day.weekday() == SUNDAY else ""))


def clashes(days: Iterable[date]) -> frozenset[date]:
    """The days on which more than one meeting falls."""
    listed = list(days)
    return frozenset(day for day in listed if listed.count(day) > 1)
