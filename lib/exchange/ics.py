"""How do meetings leave as a calendar file (.ics, RFC 5545) that any calendar program opens? Local times of Europe/Warsaw.

A meeting keeps its UID when it is moved, so that importing the file again moves the entry instead of doubling it. The rules of
the time zone are written into the file. Text is escaped and folded by icalendar; characters that no calendar can hold are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from lib.domain.links import safe_web_url

ICS_TYPE = "text/calendar"
ZONE = "Europe/Warsaw"
PRODUCT = "-//Mapa Aktywnosci//Planer//PL"
NAMESPACE = UUID("6f1d3d0a-5b0e-5c3c-9a52-0f6f2a9d4c11")
"""Under which names become UIDs: constant, so that the same meeting gets the same UID on every machine."""
HOST = "mapa-aktywnosci"
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u2028\u2029\ud800-\udfff]")
MOST_TEXT = 2_000
"""Characters of one text: a calendar entry is read on a phone."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event: `key` names it for good, `start` and `end` are local times without a zone, positions WGS84 degrees."""

    key: str
    title: str
    place: str
    start: datetime
    end: datetime
    notes: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""


def uid_of(key: str) -> str:
    """The UID of the meeting that `key` names."""
    return f"{uuid5(NAMESPACE, key)}@{HOST}"


def to_ics(meetings: Iterable[Meeting], *, name: str, stamp: datetime) -> bytes:
    """A calendar with one event a meeting; `stamp` (with a time zone) is when the file is made: later files replace earlier entries."""
    from icalendar import Calendar, vText

    made = stamp.astimezone(UTC).replace(microsecond=0)
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", vText(_clean(name)))  # icalendar escapes what it knows as text only
    book.add("x-wr-timezone", ZONE)
    for one in meetings:
        book.add_component(_event(one, made))
    book.add_missing_timezones()
    return bytes(book.to_ical())


def _event(one: Meeting, made: datetime) -> Any:
    from icalendar import Event

    zone = ZoneInfo(ZONE)
    event = Event()
    event.add("uid", uid_of(one.key))
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("sequence", int(made.timestamp()))
    event.add("dtstart", one.start.replace(tzinfo=zone))
    event.add("dtend", one.end.replace(tzinfo=zone))
    event.add("summary", _clean(one.title))
    event.add("location", _clean(one.place))
    if one.notes:
        event.add("description", _clean(one.notes))
    if one.latitude is not None and one.longitude is not None:
        event.add("geo", (one.latitude, one.longitude))
    if url := safe_web_url(one.url):
        event.add("url", url)
    return event


def _clean(text: str) -> str:
    return _UNHOLDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_TEXT]


def read_ics(raw: bytes) -> tuple[Meeting, ...]:
    """The meetings of a file that `to_ics` made, keys replaced by their UIDs; for checking that nothing is lost."""
    from icalendar import Calendar

    return tuple(_read(event) for event in Calendar.from_ical(raw).walk("VEVENT"))


def _read(event: Any) -> Meeting:
    geo = event.get("geo")
    zone = ZoneInfo(ZONE)
    return Meeting(
        key=str(event["uid"]),
        title=str(event.get("summary", "")),
        place=str(event.get("location", "")),
        start=event.decoded("dtstart").astimezone(zone).replace(tzinfo=None),
        end=event.decoded("dtend").astimezone(zone).replace(tzinfo=None),
        notes=str(event.get("description", "")),
        latitude=geo.latitude if geo else None,
        longitude=geo.longitude if geo else None,
        url=str(event.get("url", "")),
    )
