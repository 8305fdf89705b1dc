"""How does a whole plan become a link and a file, and how is it read again? Nothing in either is run; what is odd is refused or ignored.

A link is forgiving: a parameter that cannot be understood is left out. A file is strict: the first thing that is not as it must be is
named with its place. Both hold what was asked for, not the answer, which is computed anew from the data.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any
from urllib.parse import quote, unquote

from lib.analysis.meeting_dates import FAVOURED_WEEKDAY, WEEKDAYS
from lib.analysis.meeting_dates import START as START_TIME
from lib.analysis.plan_wishes import COVER, MODES, MOST_MEETINGS, MOST_OWN, OWN_NAME_CHARS, RADIUS_RANGE_KM, START, OwnVenue, Quota, Wishes
from lib.analysis.rates import PEOPLE
from lib.errors import MapaError

FORMAT, VERSION = "mapa-aktywnosci-plan", 1
MOST_BYTES = 200_000
"""Far above any plan of twelve meetings with all its invitations; a larger file is something else."""
MOST_CODES = 200
CODE_CHARS = 120
TICK_CHARS = 8
"""Characters of a tick in a link: 40 bits, so that among a thousand ticks two alike are a matter of one in two million."""
DAY_LIMITS = (date(2000, 1, 1), date(2100, 1, 1))
JSON_TYPE = "application/json"

_CODE = re.compile(r"[\w-]{1,120}")
_TICK = re.compile(r"[a-z2-7]{8}")
_QUOTA = re.compile(r"([^:.]{1,60}):(\d{0,2})-(\d{0,2})", re.ASCII)
LIST_SEPARATOR, PAIR_SEPARATOR = ".", "~"


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """Everything that makes a plan: the wishes, the weeks (first and last day, None while not chosen), days moved by hand, ticks changed.

    `moved` is {venue id: day}. `ticks` are the invitations whose tick differs from the proposal (see `tick`). `venues` and `data_version`
    are what the file says was chosen then and from which data; both are empty in a link.
    """

    wishes: Wishes = START
    first: date | None = None
    last: date | None = None
    weekday: int = FAVOURED_WEEKDAY
    start: time = START_TIME
    moved: Mapping[str, date] = field(default_factory=dict)
    ticks: frozenset[str] = frozenset()
    venues: tuple[str, ...] = ()
    data_version: str = ""


def tick(venue: str, invitee: str) -> str:
    """The short name of one invitation, the same on every machine."""
    return b32encode(hashlib.sha256(f"{venue}|{invitee}".encode()).digest())[:TICK_CHARS].decode().lower()


# --- the link

PARAMS = (
    *("meetings", "radius", "mode", "people", "off", "fix", "drop", "without", "one", "quota", "own"),
    *("first", "last", "weekday", "start", "moved", "ticks"),
)
"""Parameters of the link, in its order. Without any of them a plan begins as usual (`START`); a link with others but without `one` is
from before that was usual, and means no."""


def to_params(plan: SavedPlan) -> dict[str, str]:
    """The plan as URL parameters; what is as usual is left out, except `one` beside others (see PARAMS)."""
    w, usual = plan.wishes, SavedPlan()
    off = [name for name, on in (("need", w.need), ("past", w.past)) if not on]
    values = {
        "meetings": "" if w.meetings == usual.wishes.meetings else str(w.meetings),
        "radius": "" if w.radius_km == usual.wishes.radius_km else f"{w.radius_km:g}",
        "mode": "" if w.mode == COVER else w.mode,
        "people": "" if w.group == usual.wishes.group else w.group,
        "off": LIST_SEPARATOR.join(off),
        "fix": LIST_SEPARATOR.join(w.fixed),
        "drop": LIST_SEPARATOR.join(w.excluded),
        "without": LIST_SEPARATOR.join(w.without),
        "quota": LIST_SEPARATOR.join(f"{q.powiat}:{_or_empty(q.least)}-{_or_empty(q.most)}" for q in w.quotas),
        "own": PAIR_SEPARATOR.join(f"{quote(one.name, safe=' ')}@{one.locality}".replace("~", "%7E") for one in w.own),
        "first": plan.first.isoformat() if plan.first else "",
        "last": plan.last.isoformat() if plan.last else "",
        "weekday": "" if plan.weekday == usual.weekday else str(plan.weekday),
        "start": "" if plan.start == usual.start else f"{plan.start:%H:%M}",
        "moved": PAIR_SEPARATOR.join(f"{code}:{day.isoformat()}" for code, day in sorted(plan.moved.items())),
        "ticks": LIST_SEPARATOR.join(sorted(plan.ticks)),
    }
    told = {name: value for name, value in values.items() if value}
    if told or w.one_per_gmina != usual.wishes.one_per_gmina:
        told["one"] = "1" if w.one_per_gmina else "0"
    return {name: told[name] for name in PARAMS if name in told}


def _or_empty(number: int | None) -> str:
    return "" if number is None else str(number)


def from_params(params: Mapping[str, str]) -> SavedPlan:
    """The plan of a link. Never raises: what cannot be understood is as if it were not there."""
    got = {name: params.get(name, "") for name in PARAMS}
    usual = SavedPlan()
    wishes = Wishes(
        meetings=_whole(got["meetings"], 1, MOST_MEETINGS) or usual.wishes.meetings,
        radius_km=_radius(got["radius"]) or usual.wishes.radius_km,
        mode=got["mode"] if got["mode"] in MODES else COVER,
        group=got["people"] if got["people"] in PEOPLE else usual.wishes.group,
        need="need" not in got["off"].split(LIST_SEPARATOR),
        past="past" not in got["off"].split(LIST_SEPARATOR),
        fixed=_codes(got["fix"]),
        excluded=_codes(got["drop"]),
        without=_codes(got["without"]),
        one_per_gmina=got["one"] == "1" if any(got.values()) else usual.wishes.one_per_gmina,
        quotas=_quotas(got["quota"]),
        own=_own(got["own"]),
    )
    weekday = _whole(got["weekday"], WEEKDAYS[0], WEEKDAYS[-1])
    return SavedPlan(
        wishes,
        _day(got["first"]),
        _day(got["last"]),
        usual.weekday if weekday is None else weekday,
        _clock(got["start"]) or usual.start,
        {code: day for code, day in map(_moved, got["moved"].split(PAIR_SEPARATOR)) if code and day},
        frozenset(code for code in got["ticks"].split(LIST_SEPARATOR) if _TICK.fullmatch(code)),
    )


def _whole(text: str, least: int, most: int) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,3}", text, re.ASCII) and least <= int(text) <= most else None


def _radius(text: str) -> float | None:
    number = float(text) if re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text, re.ASCII) else 0.0
    return number if RADIUS_RANGE_KM[0] <= number <= RADIUS_RANGE_KM[1] else None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in text.split(LIST_SEPARATOR) if _CODE.fullmatch(code)))[:MOST_CODES]


def _quotas(text: str) -> tuple[Quota, ...]:
    matches = [m for m in map(_QUOTA.fullmatch, text.split(LIST_SEPARATOR)) if m and (m[2] or m[3])]
    return tuple({m[1]: Quota(m[1], *(int(n) if n else None for n in m.groups()[1:])) for m in matches}.values())


def _own(text: str) -> tuple[OwnVenue, ...]:
    pairs = (part.rpartition("@") for part in text.split(PAIR_SEPARATOR))
    found = (OwnVenue(clean_name(unquote(name)), place) for name, _, place in pairs if _CODE.fullmatch(place))
    return tuple(one for one in found if one.name)[:MOST_OWN]


def clean_name(text: str) -> str:
    """A name as one short line without control characters."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())[:OWN_NAME_CHARS]


def _moved(text: str) -> tuple[str, date | None]:
    code, _, day = text.rpartition(":")
    return (code, _day(day)) if _CODE.fullmatch(code) else ("", None)


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if DAY_LIMITS[0] <= day <= DAY_LIMITS[1] else None


def _clock(text: str) -> time | None:
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text, re.ASCII)
    return time(int(match[1]), int(match[2])) if match else None


# --- the file


def to_json(plan: SavedPlan) -> bytes:
    """The plan as a JSON file (UTF-8, readable letters, the same bytes for the same plan)."""
    w = plan.wishes
    body = {
        "format": FORMAT,
        "version": VERSION,
        "data_version": plan.data_version,
        "wishes": {
            "meetings": w.meetings,
            "radius_km": w.radius_km,
            "mode": w.mode,
            "group": w.group,
            "need": w.need,
            "past": w.past,
            "fixed": list(w.fixed),
            "excluded": list(w.excluded),
            "without": list(w.without),
            "one_per_gmina": w.one_per_gmina,
            "quotas": [{"powiat": q.powiat, "least": q.least, "most": q.most} for q in w.quotas],
            "own": [{"name": one.name, "locality": one.locality} for one in w.own],
        },
        "calendar": {
            "first": plan.first.isoformat() if plan.first else None,
            "last": plan.last.isoformat() if plan.last else None,
            "weekday": plan.weekday,
            "start": f"{plan.start:%H:%M}",
            "moved": {code: day.isoformat() for code, day in sorted(plan.moved.items())},
        },
        "ticks": sorted(plan.ticks),
        "venues": list(plan.venues),
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def from_json(raw: bytes) -> SavedPlan:
    """The plan of a file; raises MapaError naming what is wrong where. Reads nothing else and runs nothing."""
    if len(raw) > MOST_BYTES:
        raise MapaError("plan_file_large", most=MOST_BYTES // 1000)
    try:
        body = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise MapaError("plan_file_broken") from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise MapaError("plan_file_foreign")
    if body.get("version") != VERSION or isinstance(body["version"], bool):
        raise MapaError("plan_file_version", value=str(body.get("version"))[:20], version=VERSION)
    return _read(body)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: two of a name would let a reader and a checker see different plans."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("double")
    return dict(pairs)


def _read(body: Mapping[str, Any]) -> SavedPlan:
    top = _Fields(body, "", ("format", "version", "data_version", "wishes", "calendar", "ticks", "venues"))
    wishes = top.fields("wishes", tuple(Wishes.__dataclass_fields__))
    days = top.fields("calendar", ("first", "last", "weekday", "start", "moved"))
    moved = days.take(
        "moved", lambda v: isinstance(v, dict) and all(_CODE.fullmatch(k) and isinstance(d, str) and _day(d) for k, d in v.items())
    )
    start = _clock(days.take("start", lambda v: isinstance(v, str) and _clock(v) is not None))
    assert start is not None
    return SavedPlan(
        _wishes(wishes),
        days.day("first"),
        days.day("last"),
        days.whole("weekday", WEEKDAYS[0], WEEKDAYS[-1]),
        start,
        {code: date.fromisoformat(day) for code, day in moved.items()},
        frozenset(top.texts("ticks", _TICK, 10_000)),
        top.texts("venues", _CODE, MOST_MEETINGS),
        top.take("data_version", lambda v: isinstance(v, str) and len(v) <= CODE_CHARS),
    )


def _wishes(given: _Fields) -> Wishes:
    quotas = given.objects("quotas", ("powiat", "least", "most"), 20)
    own = given.objects("own", ("name", "locality"), MOST_OWN)
    least, most = RADIUS_RANGE_KM
    radius = given.take("radius_km", lambda v: isinstance(v, int | float) and not isinstance(v, bool) and least <= v <= most)
    return Wishes(
        meetings=given.whole("meetings", 1, MOST_MEETINGS),
        radius_km=float(radius),
        mode=given.take("mode", lambda v: v in MODES),
        group=given.take("group", lambda v: isinstance(v, str) and v in PEOPLE),
        need=given.take("need", lambda v: isinstance(v, bool)),
        past=given.take("past", lambda v: isinstance(v, bool)),
        fixed=given.texts("fixed", _CODE, MOST_CODES),
        excluded=given.texts("excluded", _CODE, MOST_CODES),
        without=given.texts("without", _CODE, MOST_CODES),
        one_per_gmina=given.take("one_per_gmina", lambda v: isinstance(v, bool)),
        quotas=tuple(Quota(_powiat(q), q.bound("least"), q.bound("most")) for q in quotas),
        own=tuple(OwnVenue(_name(one), one.take("locality", lambda v: isinstance(v, str) and bool(_CODE.fullmatch(v)))) for one in own),
    )


def _powiat(quota: _Fields) -> str:
    return str(quota.take("powiat", lambda v: isinstance(v, str) and 0 < len(v) <= 60))


def _name(own: _Fields) -> str:
    return clean_name(own.take("name", lambda v: isinstance(v, str) and bool(clean_name(v))))


class _Fields:
    """The fields of one object of the file; every reader says where it stands when a value is not as it must be."""

    def __init__(self, value: Any, place: str, names: Iterable[str]) -> None:
        self.place = place
        if not isinstance(value, dict):
            raise MapaError("plan_file_field", field=place)
        if odd := sorted({*value} ^ {*names}):
            raise MapaError("plan_file_names", field=self._at(odd[0]))
        self.value = value

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}".lstrip(".")[:CODE_CHARS]

    def take(self, name: str, good: Callable[[Any], Any]) -> Any:
        """The value of a field that `good` accepts."""
        value = self.value[name]
        if not good(value):
            raise MapaError("plan_file_field", field=self._at(name))
        return value

    def fields(self, name: str, names: Iterable[str]) -> _Fields:
        return _Fields(self.value[name], self._at(name), names)

    def objects(self, name: str, names: tuple[str, ...], most: int) -> list[_Fields]:
        listed = self.take(name, lambda v: isinstance(v, list) and len(v) <= most)
        return [_Fields(value, f"{self._at(name)}[{place}]", names) for place, value in enumerate(listed)]

    def whole(self, name: str, least: int, most: int) -> int:
        return int(self.take(name, lambda v: isinstance(v, int) and not isinstance(v, bool) and least <= v <= most))

    def bound(self, name: str) -> int | None:
        return None if self.value[name] is None else self.whole(name, 0, MOST_MEETINGS)

    def texts(self, name: str, form: re.Pattern[str], most: int) -> tuple[str, ...]:
        listed = self.take(
            name, lambda v: isinstance(v, list) and len(v) <= most and all(isinstance(t, str) and form.fullmatch(t) for t in v)
        )
        return tuple(dict.fromkeys(listed))

    def day(self, name: str) -> date | None:
        value = self.take(name, lambda v: v is None or (isinstance(v, str) and _day(v) is not None))
        return None if value is None else date.fromisoformat(value)


def with_answer(plan: SavedPlan, venues: Iterable[str], data_version: str) -> SavedPlan:
    """The plan as it goes into a file: with the venues chosen now and the version of the data they were chosen from."""
    return replace(plan, venues=tuple(venues), data_version=data_version)
