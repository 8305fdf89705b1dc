"""Claims about saved plans: link and file give back what was put in, odd links are harmless, odd files are refused by name."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis.plan_file import MOST_BYTES, PARAMS, SavedPlan, from_json, from_params, tick, to_json, to_params, with_answer
from lib.analysis.plan_wishes import OwnVenue, Quota, Wishes
from lib.errors import MapaError
from tests.hostile import PAYLOADS

FULL = SavedPlan(
    Wishes(
        meetings=5,
        radius_km=12.5,
        mode="median",
        group="seniors",
        need=False,
        past=False,
        fixed=("r-mstow-gok", "own-1"),
        excluded=("r-zarki-osp",),
        without=("2464011",),
        one_per_gmina=True,
        quotas=(Quota("kłobucki", 1, 2), Quota("myszkowski", None, 1), Quota("częstochowski", 2, None)),
        own=(OwnVenue("Sala „u Zosi” ~ 100%@dom.pl", "2404052-garnek"), OwnVenue("Stodoła", "2404102-mstow")),
    ),
    date(2027, 3, 1),
    date(2027, 5, 31),
    2,
    time(16, 30),
    {"r-mstow-gok": date(2027, 3, 18)},
    frozenset({tick("r-mstow-gok", "r-kgw"), tick("r-mstow-gok", "2404102")}),
)


def test_the_link_gives_back_the_plan() -> None:
    params = to_params(FULL)
    assert from_params(params) == FULL and set(params) == set(PARAMS)


def test_a_new_plan_holds_one_meeting_a_gmina_and_an_old_link_means_what_it_meant() -> None:
    assert from_params({}).wishes.one_per_gmina, "a new animator begins with one Miniforum a gmina"
    assert not from_params({"meetings": "4"}).wishes.one_per_gmina, "a link from before that was usual did not ask for it"
    assert to_params(SavedPlan(Wishes())) == {"one": "0"} and to_params(SavedPlan(Wishes(meetings=4)))["one"] == "0"


def test_what_is_as_usual_needs_no_parameter() -> None:
    assert to_params(SavedPlan()) == {} and from_params({}) == SavedPlan()


def test_the_file_gives_back_the_plan_and_what_was_chosen_then() -> None:
    saved = with_answer(FULL, ["r-mstow-gok", "own-1"], "abc123")
    raw = to_json(saved)
    assert from_json(raw) == saved and to_json(from_json(raw)) == raw
    assert "kłobucki" in raw.decode() and from_json(b"\xef\xbb\xbf" + raw) == saved


codes = st.from_regex(r"[a-z0-9-]{1,30}", fullmatch=True)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
plans = st.builds(
    SavedPlan,
    st.builds(
        Wishes,
        meetings=st.integers(1, 12),
        radius_km=st.integers(2, 120).map(lambda n: n / 2),
        mode=st.sampled_from(["cover", "median"]),
        group=st.sampled_from(["all", "seniors", "young"]),
        need=st.booleans(),
        past=st.booleans(),
        fixed=st.lists(codes, max_size=3, unique=True).map(tuple),
        excluded=st.lists(codes, max_size=3, unique=True).map(tuple),
        without=st.lists(codes, max_size=3, unique=True).map(tuple),
        one_per_gmina=st.booleans(),
        quotas=st.lists(
            st.builds(Quota, st.sampled_from(["kłobucki", "Częstochowa"]), st.integers(0, 12), st.none() | st.integers(0, 12)),
            max_size=2,
            unique_by=lambda quota: quota.powiat,
        ).map(tuple),
        own=st.lists(
            st.builds(
                OwnVenue, st.text(min_size=1, max_size=40).map(lambda t: " ".join(t.split())).filter(str.isprintable).filter(bool), codes
            ),
            max_size=3,
        ).map(tuple),
    ),
    st.none() | days,
    st.none() | days,
    st.integers(0, 5),
    st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)),
    st.dictionaries(codes, days, max_size=3),
    st.frozensets(st.tuples(codes, codes).map(lambda pair: tick(*pair)), max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(plans)
def test_every_plan_survives_link_and_file(plan: SavedPlan) -> None:
    assert from_params(to_params(plan)) == plan
    assert from_json(to_json(plan)) == plan


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=60) | st.sampled_from(PAYLOADS[:60])))
def test_no_link_can_raise(params: dict[str, str]) -> None:
    plan = from_params(params)
    assert from_params(to_params(plan)) == plan


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_name_stays_one_short_line(text: str) -> None:
    (one,) = from_params({"own": f"{'x'}{text}@2404052-garnek"}).wishes.own or (OwnVenue("x", ""),)
    assert len(one.name) <= 120 and one.name.isprintable()


def body(**changes: Any) -> dict[str, Any]:
    """The full plan's file as an object; `changes` set fields by a path with double underscores."""
    found = json.loads(to_json(FULL))
    for path, value in changes.items():
        *way, last = path.split("__")
        target = found
        for name in way:
            target = target[name]
        target[last] = value
    return dict(found)


def refused(raw: bytes) -> MapaError:
    with pytest.raises(MapaError) as caught:
        from_json(raw)
    return caught.value


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wishes__meetings": 13}, "wishes.meetings"),
        ({"wishes__meetings": True}, "wishes.meetings"),
        ({"wishes__meetings": "3"}, "wishes.meetings"),
        ({"wishes__radius_km": float("nan")}, "wishes.radius_km"),
        ({"wishes__radius_km": 1000}, "wishes.radius_km"),
        ({"wishes__mode": ["cover"]}, "wishes.mode"),
        ({"wishes__group": {}}, "wishes.group"),
        ({"wishes__need": 1}, "wishes.need"),
        ({"wishes__fixed": ["<script>"]}, "wishes.fixed"),
        ({"wishes__fixed": "r-1"}, "wishes.fixed"),
        ({"wishes__quotas": [{"powiat": "x", "least": -1, "most": None}]}, "wishes.quotas[0].least"),
        ({"wishes__quotas": [1]}, "wishes.quotas[0]"),
        ({"wishes__own": [{"name": "\n", "locality": "x"}]}, "wishes.own[0].name"),
        ({"wishes__own": [{"name": "x", "locality": "a b"}]}, "wishes.own[0].locality"),
        ({"wishes__extra": 1}, "wishes.extra"),
        ({"wishes": None}, "wishes"),
        ({"calendar__first": "2027-02-30"}, "calendar.first"),
        ({"calendar__start": "25:00"}, "calendar.start"),
        ({"calendar__weekday": 6}, "calendar.weekday"),
        ({"calendar__moved": {"r-1": "tomorrow"}}, "calendar.moved"),
        ({"ticks": ["UPPERCAS"]}, "ticks"),
        ({"venues": [1]}, "venues"),
        ({"data_version": None}, "data_version"),
        ({"surplus": 1}, "surplus"),
    ],
)
def test_a_field_that_is_not_as_it_must_be_is_named(changes: dict[str, Any], field: str) -> None:
    assert refused(json.dumps(body(**changes)).encode()).params["field"] == field


def test_a_missing_field_is_named() -> None:
    found = body()
    del found["calendar"]["moved"]
    assert refused(json.dumps(found).encode()).params["field"] == "calendar.moved"


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "plan_file_broken"),
        (b"PK\x03\x04", "plan_file_broken"),
        (b"\xff\xfe{}", "plan_file_broken"),
        (b"[" * 100_000, "plan_file_broken"),
        (b'{"format": "mapa-aktywnosci-plan", "format": "x"}', "plan_file_broken"),
        (b"[]", "plan_file_foreign"),
        (b'{"format": "other"}', "plan_file_foreign"),
        (b'{"format": "mapa-aktywnosci-plan", "version": 2}', "plan_file_version"),
        (b'{"format": "mapa-aktywnosci-plan", "version": true}', "plan_file_version"),
        (b'{"format": "mapa-aktywnosci-plan"}', "plan_file_version"),
        (b"x" * (MOST_BYTES + 1), "plan_file_large"),
    ],
)
def test_another_file_is_refused_with_the_reason(raw: bytes, key: str) -> None:
    assert refused(raw).key == key


def test_the_name_of_a_tick_never_changes() -> None:
    """Links that were sent depend on it."""
    assert tick("r-mstow-gok", "r-kgw") == tick("r-mstow-gok", "r-kgw") != tick("r-kgw", "r-mstow-gok")
    assert tick("r-mstow-gminny-osrodek-kultury-w-mstowie", "2404102") == "teclojhd"
