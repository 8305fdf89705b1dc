"""Claims about calendar files: valid, stable, nothing lost, and read without complaint by a second library."""

from __future__ import annotations

from datetime import UTC, datetime

import ics
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.exchange.ics import ICS_TYPE, Meeting, read_ics, to_ics, uid_of
from tests.hostile import PAYLOADS

STAMP = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SPRING = Meeting(
    "plan|r-mstow",
    "Miniforum: Mstów, „GOK”; część 1",
    "GOK, ul. Wolności 1\n42-244 Mstów",
    datetime(2027, 3, 25, 17, 0),
    datetime(2027, 3, 25, 20, 0),
    "Zaproszenia: 12\nhttps://example.org/planer?meetings=3",
    50.8281,
    19.2872,
    "https://example.org/planer?meetings=3&fix=r-mstow",
)
SUMMER = Meeting("plan|r-zarki", "Miniforum: Żarki", "MGOK", datetime(2027, 6, 10, 17, 0), datetime(2027, 6, 10, 20, 0))


def test_the_round_trip_keeps_everything() -> None:
    back = read_ics(to_ics([SPRING, SUMMER], name="Plan", stamp=STAMP))
    assert [one.key for one in back] == [uid_of(SPRING.key), uid_of(SUMMER.key)]
    for one, other in zip(back, (SPRING, SUMMER), strict=True):
        assert (one.title, one.place, one.start, one.end, one.notes, one.url) == (
            *(other.title, other.place, other.start, other.end, other.notes, other.url),
        )
        assert (one.latitude, one.longitude) == (other.latitude, other.longitude)


def test_a_moved_meeting_keeps_its_uid_and_a_later_file_wins() -> None:
    later = Meeting(SUMMER.key, SUMMER.title, SUMMER.place, datetime(2027, 6, 17, 17, 0), datetime(2027, 6, 17, 20, 0))
    first = to_ics([SUMMER], name="Plan", stamp=STAMP).decode()
    second = to_ics([later], name="Plan", stamp=STAMP.replace(hour=13)).decode()
    lines = [{line.split(":")[0]: line for line in text.splitlines() if line.startswith(("UID", "SEQUENCE"))} for text in (first, second)]
    assert lines[0]["UID"] == lines[1]["UID"]
    assert int(lines[1]["SEQUENCE"][9:]) > int(lines[0]["SEQUENCE"][9:])
    assert first == to_ics([SUMMER], name="Plan", stamp=STAMP).decode()


def test_local_time_is_summer_time_in_summer() -> None:
    """17:00 in Warsaw is 16:00 UTC in March before the change of clocks and 15:00 UTC in June."""
    found = sorted(ics.Calendar(to_ics([SPRING, SUMMER], name="Plan", stamp=STAMP).decode()).events)
    assert [event.begin.to("UTC").hour for event in found] == [16, 15]
    assert b"TZID:Europe/Warsaw" in to_ics([SUMMER], name="Plan", stamp=STAMP)
    assert b"DTSTART;TZID=Europe/Warsaw:20270610T170000" in to_ics([SUMMER], name="Plan", stamp=STAMP)


def test_the_file_follows_the_standard() -> None:
    """RFC 5545: CRLF, lines of at most 75 bytes, the required properties once each, a time zone for every TZID."""
    raw = to_ics([SPRING, SUMMER], name="Plan zażółć", stamp=STAMP)
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"") and max(map(len, lines)) <= 75
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n") and raw.endswith(b"END:VCALENDAR\r\n")
    for name in (b"PRODID:", b"VERSION:2.0", b"BEGIN:VTIMEZONE"):
        assert sum(line.startswith(name) for line in lines) == 1
    for name in (b"UID:", b"DTSTAMP:", b"DTSTART;", b"SUMMARY:"):
        assert sum(line.startswith(name) for line in lines) == 2


def test_a_second_library_reads_the_same_meetings() -> None:
    found = sorted(ics.Calendar(to_ics([SPRING, SUMMER], name="Plan", stamp=STAMP).decode()).events)
    assert [(e.uid, e.name, e.location) for e in found] == [(uid_of(m.key), m.title, m.place) for m in (SPRING, SUMMER)]
    assert [e.description for e in found] == [SPRING.notes, None]


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_adds_no_line_to_the_calendar(text: str) -> None:
    one = Meeting(text, text, text, SPRING.start, SPRING.end, text, url=text)
    raw = to_ics([one], name=text, stamp=STAMP)
    back = read_ics(raw)
    assert len(back) == 1 and back[0].start == SPRING.start
    assert raw.count(b"BEGIN:") == raw.count(b"END:")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_survives_in_both_libraries(title: str, notes: str) -> None:
    raw = to_ics([Meeting("k", title, "x", SPRING.start, SPRING.end, notes)], name="n", stamp=STAMP)
    (one,) = read_ics(raw)
    (other,) = ics.Calendar(raw.decode()).events
    assert other.uid == one.key and other.begin.naive.replace(tzinfo=None) == SPRING.start


def test_an_unsafe_address_is_left_out() -> None:
    assert (
        read_ics(to_ics([Meeting("k", "t", "p", SPRING.start, SPRING.end, url="javascript:alert(1)")], name="n", stamp=STAMP))[0].url == ""
    )
    assert ICS_TYPE == "text/calendar"
