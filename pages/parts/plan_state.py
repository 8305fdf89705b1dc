"""Which plan does the address describe, and how do the widgets of the planner write to it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from lib.analysis.plan_file import MOST_BYTES, PARAMS, SavedPlan, from_json, from_params, to_params
from lib.analysis.plan_venues import Venue, venues
from lib.analysis.plan_wishes import OWN_PREFIX, OwnVenue, Quota, Wishes
from lib.catalog.load import Dataset
from lib.errors import MapaError
from pages.parts import state

OPEN, REFUSED, OPENED = "plan_open", "_plan_refused", "_plan_opened"
"""The file widget; why its file was refused (key and parameters of an error); venues and data version of the file that was opened."""
LET_GO = "_plan_let_go"
"""The wishes before and after some were let go because all together were impossible."""
QUOTA_LEAST, QUOTA_MOST = "plan_least_", "plan_most_"


def read() -> SavedPlan:
    """The plan of the address."""
    return from_params(state.read().extras)


def write(plan: SavedPlan) -> None:
    """Puts a plan into the address, beside what else stands there."""
    address = state.read()
    others = {name: value for name, value in address.extras.items() if name not in PARAMS}
    state.write(state.Address(address.query, {**others, **to_params(plan)}))


def known_part(plan: SavedPlan, dataset: Dataset) -> tuple[SavedPlan, tuple[str, ...]]:
    """The plan without what the data set does not know, and what that was: for the screen to mention."""
    wishes = plan.wishes
    own = tuple(one for one in wishes.own if one.locality in dataset.localities)
    usable = _usable(dataset, replace(wishes, own=own, fixed=(), excluded=()))
    fixed = tuple(code for code in wishes.fixed if code in usable or _can_be_fixed(dataset, code))
    excluded = tuple(code for code in wishes.excluded if code in usable)
    without = tuple(code for code in wishes.without if code in dataset.gminas)
    powiats = {gmina.powiat for gmina in dataset.gminas.values()}
    quotas = tuple(quota for quota in wishes.quotas if quota.powiat in powiats)
    kept = replace(wishes, own=own, fixed=fixed, excluded=excluded, without=without, quotas=quotas)
    lost = [one.name for one in wishes.own if one not in own]
    lost += [code for name in ("fixed", "excluded", "without") for code in getattr(wishes, name) if code not in getattr(kept, name)]
    lost += [quota.powiat for quota in wishes.quotas if quota not in quotas]
    return replace(plan, wishes=kept), tuple(lost)


def _usable(dataset: Dataset, wishes: Wishes) -> Mapping[str, Venue]:
    return venues(dataset.items, dataset.localities, wishes)


def _can_be_fixed(dataset: Dataset, code: str) -> bool:
    try:
        return code in _usable(dataset, Wishes(fixed=(code,)))
    except MapaError:
        return False


def values_of(plan: SavedPlan, dataset: Dataset) -> dict[str, Any]:
    """What the widgets must show for a plan: {widget key: value}."""
    w = plan.wishes
    quotas = {quota.powiat: quota for quota in w.quotas}
    bounds: dict[str, Any] = {}
    for powiat in dict.fromkeys(gmina.powiat for gmina in dataset.gminas.values()):
        quota = quotas.get(powiat, Quota(powiat))
        bounds |= {QUOTA_LEAST + powiat: quota.least, QUOTA_MOST + powiat: quota.most}
    return {
        "plan_meetings": w.meetings,
        "plan_radius": w.radius_km,
        "plan_mode": w.mode,
        "plan_group": w.group,
        "plan_need": w.need,
        "plan_past": w.past,
        "plan_fixed": list(w.fixed),
        "plan_excluded": list(w.excluded),
        "plan_without": list(w.without),
        "plan_one": w.one_per_gmina,
        "plan_weekday": plan.weekday,
        "plan_start": plan.start,
        "plan_first": plan.first,
        "plan_last": plan.last,
        **bounds,
    }


def changed() -> None:
    """Takes all widgets into the address; called by each of them."""
    now, got = read(), st.session_state
    quotas = []
    for key in [key for key in got if str(key).startswith(QUOTA_LEAST)]:
        powiat = str(key).removeprefix(QUOTA_LEAST)
        least, most = got[key], got.get(QUOTA_MOST + powiat)
        if least is not None or most is not None:
            quotas.append(Quota(powiat, least, most))
    wishes = replace(
        now.wishes,
        meetings=int(got["plan_meetings"]),
        radius_km=float(got["plan_radius"]),
        mode=got["plan_mode"] or now.wishes.mode,
        group=got["plan_group"] or now.wishes.group,
        need=bool(got["plan_need"]),
        past=bool(got["plan_past"]),
        fixed=tuple(got["plan_fixed"]),
        excluded=tuple(got["plan_excluded"]),
        without=tuple(got["plan_without"]),
        one_per_gmina=bool(got["plan_one"]),
        quotas=tuple(sorted(quotas, key=lambda quota: quota.powiat)),
    )
    first, last = got.get("plan_first"), got.get("plan_last")
    weekday, start = got.get("plan_weekday"), got.get("plan_start")
    take(
        replace(
            now,
            wishes=wishes,
            first=first,
            last=last if first is None or last is None or last >= first else first,
            weekday=now.weekday if weekday is None else int(weekday),
            start=start or now.start,
        )
    )


def take(plan: SavedPlan) -> None:
    """Writes a plan that a widget made; the widgets that are on the screen hold it already."""
    write(plan)
    state.keep_widgets()


def change(edit: Callable[[SavedPlan], SavedPlan]) -> None:
    """Writes an edited plan; all widgets are filled anew from it."""
    write(edit(read()))


# --- what buttons do


def fix(code: str) -> None:
    change(lambda p: replace(p, wishes=replace(p.wishes, fixed=tuple(dict.fromkeys([*p.wishes.fixed, code])))))


def unfix(*codes: str) -> None:
    change(lambda p: replace(p, wishes=replace(p.wishes, fixed=tuple(c for c in p.wishes.fixed if c not in codes))))


def exclude(*codes: str) -> None:
    unfix(*codes)
    change(lambda p: replace(p, wishes=replace(p.wishes, excluded=tuple(dict.fromkeys([*p.wishes.excluded, *codes])))))


def swap(code: str, other: str) -> None:
    """Holds the meeting at another venue of the same place."""
    unfix(code)
    fix(other)


def choose(codes: tuple[str, ...]) -> None:
    """Makes another plan the plan: all of its venues are fixed."""
    change(lambda p: replace(p, wishes=replace(p.wishes, fixed=codes)))


def let_go(kept: Wishes) -> None:
    """Keeps only these wishes, and remembers what they were: for the way back."""
    st.session_state[LET_GO] = (read().wishes, kept)
    change(lambda p: replace(p, wishes=kept))


def let_go_before() -> Wishes | None:
    """The wishes before some were let go; None as soon as anything else was wished for."""
    was = st.session_state.get(LET_GO)
    return was[0] if was and was[1] == read().wishes else None


def bring_back() -> None:
    """Brings back the wishes that were let go last."""
    before = let_go_before()
    if before is not None:
        change(lambda p: replace(p, wishes=before))


def set_weeks(first: date, last: date) -> None:
    change(lambda p: replace(p, first=first, last=last, moved={}))


def move(venue: str, key: str, shown: date | None) -> None:
    """Takes the day that the animator chose for one meeting instead of the one shown; without one the proposal holds again."""
    day = st.session_state.get(key)
    if day == shown:  # Streamlit calls it as well for a widget that came back after a run was cut short
        return
    now = read()
    moved = {code: d for code, d in now.moved.items() if code != venue}
    write(replace(now, moved={**moved, venue: day} if day else moved))


def set_ticks(differing: frozenset[str], as_proposed: frozenset[str] = frozenset()) -> None:
    """Takes which ticks of invitations differ from the proposal and which do not; the others stay.

    Set, never turned over: Streamlit calls a checkbox's callback as well when the widget came back after a run was cut short.
    """
    now = read()
    take(replace(now, ticks=(now.ticks - as_proposed) | differing))


def add_own() -> None:
    """Adds the venue that the animator typed and fixes it."""
    got = st.session_state
    name, place = str(got.get("plan_own_name") or "").strip(), got.get("plan_own_place")
    if not name or not place:
        got["_plan_own_missing"] = True
        return
    number = len(read().wishes.own) + 1
    got["plan_own_name"], got["plan_own_place"] = "", None
    change(lambda p: replace(p, wishes=replace(p.wishes, own=(*p.wishes.own, OwnVenue(name, place)))))
    fix(f"{OWN_PREFIX}{number}")


def drop_own(number: int) -> None:
    """Removes the venue by hand with this number (from 1); those after it move up, also where they are named."""

    def renamed(code: str) -> str:
        after = code.removeprefix(OWN_PREFIX)
        return f"{OWN_PREFIX}{int(after) - 1}" if code.startswith(OWN_PREFIX) and after.isdecimal() and int(after) > number else code

    gone = f"{OWN_PREFIX}{number}"

    def edit(plan: SavedPlan) -> SavedPlan:
        w = plan.wishes
        wishes = replace(
            w,
            own=tuple(one for place, one in enumerate(w.own, 1) if place != number),
            fixed=tuple(renamed(code) for code in w.fixed if code != gone),
            excluded=tuple(renamed(code) for code in w.excluded if code != gone),
        )
        return replace(plan, wishes=wishes, moved={renamed(code): day for code, day in plan.moved.items() if code != gone})

    change(edit)


def start_anew() -> None:
    st.session_state.pop(OPENED, None)
    write(SavedPlan())


def open_file() -> None:
    """Takes the plan of the chosen file into the address; a file that is none is refused with the reason."""
    got = st.session_state
    got.pop(REFUSED, None)
    got.pop(OPENED, None)
    given = got.get(OPEN)
    if given is None:
        return
    try:
        opened = from_json(given.getvalue()[: MOST_BYTES + 1])
    except MapaError as error:
        got[REFUSED] = (error.key, error.params)
        return
    got[OPENED] = (opened.venues, opened.data_version)
    write(opened)
