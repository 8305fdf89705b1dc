"""Which measure, gmina, part, radius, weights and services does the address of the screen about gaps name? And its widgets.

`m` is a measure, `tab` a part, `w` the weights in hundredths in the order of WEIGHTS, `s` the measures that count for the priorities,
`add` supposed services as `measure@locality` joined by dots, `all` asks for needs of every theme; gmina and radius are those of the
common query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from lib.analysis.priority import NEED_PARTS, WEIGHTS
from lib.analysis.what_if import MOST, Supposed
from lib.domain.measure import RATE
from lib.i18n import Translator
from pages.parts import cache, state
from pages.parts.gap_view import SORTS, TABS, View
from pages.parts.html import esc, markdown_text

MEASURE, GMINA, TAB, SORT, KM, EVERY, BOXES = "gap_measure", "gap_gmina", "gap_tab", "gap_sort", "gap_km", "gap_every", "gap_boxes"
NEW_MEASURE, NEW_PLACE = "gap_new_measure", "gap_new_place"
USUAL_MEASURE = "senior_clubs"
STEP = 5
"""Weights move in steps of five hundredths: finer ones would suggest a precision that nobody's judgement has."""


def measure_of(address: state.Address, known: Iterable[str]) -> str:
    """The measure asked for; else that of senior clubs, else the first one."""
    names = tuple(known)
    asked = address.extra("m")
    if asked in names:
        return asked
    return USUAL_MEASURE if USUAL_MEASURE in names else names[0]


def tab_of(address: state.Address) -> str:
    """The part of the screen asked for."""
    asked = address.extra("tab")
    return asked if asked in TABS else TABS[0]


def sort_of(address: state.Address) -> str:
    """What the table is ordered by."""
    asked = address.extra("sort")
    return asked if asked in SORTS else SORTS[0]


def weights_of(address: state.Address) -> dict[str, float]:
    """The weights of the address, else the usual ones; five numbers from 0 to 100."""
    parts = address.extra("w").split(".")
    if len(parts) != len(WEIGHTS) or not all(re.fullmatch(r"\d{1,3}", part, re.ASCII) for part in parts):
        return dict(WEIGHTS)
    return {name: min(int(part), 100) / 100 for name, part in zip(WEIGHTS, parts, strict=True)}


def supposed_of(address: state.Address) -> tuple[Supposed, ...]:
    """The supposed services of the address, at most MOST; what is malformed is left out."""
    found = (part.partition("@") for part in address.extra("add").split("."))
    return tuple(Supposed(name, place) for name, sign, place in found if sign and name and place)[:MOST]


def services_of(address: state.Address, view: View) -> tuple[str, ...]:
    """The measures that count for the priorities: those of the address, else all rates."""
    names = tuple(name for name, measure in view.catalog.dataset.measures.items() if measure.formula == RATE)
    asked = set(address.extra("s").split("."))
    return tuple(name for name in names if name in asked) or names


def _written(supposed: Sequence[Supposed]) -> str:
    return ".".join(f"{one.measure}@{one.locality}" for one in supposed)


def seed(view: View, tab: str) -> None:
    """Fills the widgets from the address."""
    address = state.read()
    chosen = weights_of(address)
    state.seed(
        {
            MEASURE: view.measure.id,
            GMINA: view.gmina.teryt if view.gmina else None,
            TAB: tab,
            SORT: view.sort,
            KM: view.km,
            EVERY: address.extra("all") == "1",
            BOXES: list(services_of(address, view)),
            **{f"gap_w_{name}": round(100 * value) for name, value in chosen.items()},
        }
    )


def take(extra: str, key: str) -> None:
    """Takes a widget's value into the address."""
    state.change(state.read(), **{extra: st.session_state.get(key) or ""})
    state.keep_widgets()


def tabs(t: Translator) -> None:
    """The parts of the screen; the choice is in the address, so that each part can be linked."""
    with st.container(key="filters_tabs"):
        st.segmented_control(
            t("gaps.parts"),
            TABS,
            format_func=lambda name: t(f"gaps.tab.{name}"),
            key=TAB,
            required=True,
            label_visibility="collapsed",
            on_change=take,
            args=("tab", TAB),
        )


def sorting(t: Translator) -> None:
    """What the table is ordered by."""
    st.segmented_control(
        t("gaps.sort.label"),
        SORTS,
        format_func=lambda name: t(f"gaps.sort.{name}"),
        key=SORT,
        required=True,
        on_change=take,
        args=("sort", SORT),
    )


def radius(choices: Sequence[float], t: Translator) -> None:
    """The kilometres that count as within reach."""
    st.segmented_control(
        t("gaps.reach.choose_km"), choices, format_func=lambda km: f"{t.number(km)} km", key=KM, required=True, on_change=_take_km
    )


def _take_km() -> None:
    state.change(state.read(), within_km=st.session_state.get(KM))
    state.keep_widgets()


def all_needs(t: Translator) -> bool:
    """Whether needs of every theme are asked for, not only those of the measure."""
    return bool(st.toggle(t("gaps.needs.every"), key=EVERY, on_change=_take_every))


def _take_every() -> None:
    state.change(state.read(), all="1" if st.session_state.get(EVERY) else "")
    state.keep_widgets()


def weight_sliders(t: Translator) -> dict[str, float]:
    """One slider a weight, with the way back to the usual ones; returns the weights."""
    for title, names in (("weights", ("lack",)), ("within_need", NEED_PARTS)):
        st.html(f"<h3>{esc(t(f'gaps.order.{title}'))}</h3>")
        for name in names:
            help_text = t(f"gaps.order.help_{name}")
            st.slider(t(f"gaps.order.{name}"), 0, 100, step=STEP, key=f"gap_w_{name}", help=help_text, on_change=_take_weights)
    if not any(st.session_state[f"gap_w_{name}"] for name in WEIGHTS):
        st.html(f'<div class="notice">{esc(t("gaps.order.no_weights"))}</div>')
    st.button(t("gaps.order.usual"), key="gap_usual", on_click=_usual_weights)
    return {name: st.session_state[f"gap_w_{name}"] / 100 for name in WEIGHTS}


def _take_weights() -> None:
    state.change(state.read(), w=".".join(str(st.session_state[f"gap_w_{name}"]) for name in WEIGHTS))
    state.keep_widgets()


def _usual_weights() -> None:
    state.change(state.read(), w="")


def measure_boxes(view: View, t: Translator) -> tuple[str, ...]:
    """Which services count for the lack; all of them unless the visitor chose. The choice is in the address."""
    names = [name for name, measure in view.catalog.dataset.measures.items() if measure.formula == RATE]
    chosen = st.pills(
        t("gaps.order.measures"),
        names,
        selection_mode="multi",
        format_func=lambda name: markdown_text(view.catalog.dataset.measures[name].text("short", t.language)),
        key=BOXES,
        wrap=True,
        on_change=_take_services,
    )
    left, right = st.columns(2)
    with left:
        st.button(t("gaps.order.only"), key="gap_only", on_click=_write_services, args=(view.measure.id,), disabled=view.years)
    with right:
        st.button(t("gaps.order.all"), key="gap_all", on_click=_write_services, args=("",))
    return tuple(name for name in names if name in set(chosen))


def _take_services() -> None:
    _write_services(".".join(st.session_state.get(BOXES) or ()))
    state.keep_widgets()


def _write_services(names: str) -> None:
    state.change(state.read(), s=names)


def change_form(view: View, supposed: Sequence[Supposed], t: Translator) -> None:
    """A service and a locality to add, and each added one with a way to take it back."""
    measures, places, gminas = view.catalog.dataset.measures, view.catalog.dataset.localities, view.catalog.dataset.gminas
    names = [name for name, measure in measures.items() if measure.formula == RATE]
    if st.session_state.get(NEW_MEASURE) not in names:
        st.session_state[NEW_MEASURE] = view.measure.id if view.measure.id in names else names[0]
    with st.container(key="filters_change"):
        left, middle, right = st.columns([1.3, 1.3, 0.8], vertical_alignment="bottom")
        with left:
            st.selectbox(
                t("gaps.change.service"),
                names,
                format_func=lambda name: measures[name].text("short", t.language),
                key=NEW_MEASURE,
                placeholder=t("gaps.choose_measure"),
            )
        with middle:
            own = [code for code in places if not view.gmina or places[code].teryt == view.gmina.teryt]
            st.selectbox(
                t("gaps.change.place"),
                own,
                index=None,
                format_func=lambda code: f"{places[code].name} ({gminas[places[code].teryt].name if places[code].teryt in gminas else ''})",
                key=NEW_PLACE,
                placeholder=t("gaps.change.place_hint"),
            )
        with right:
            st.button(t("gaps.change.add"), key="gap_add", type="primary", on_click=_add, disabled=len(supposed) >= MOST, width="stretch")
        if st.session_state.pop("_gap_no_place", False):
            st.html(f'<div class="notice" role="alert">{esc(t("gaps.change.no_place"))}</div>')
        for number, one in enumerate(supposed):
            place = places[one.locality]
            said = t("gaps.change.take_back", service=measures[one.measure].text("short", t.language), place=place.name)
            st.button(markdown_text(said), key=f"gap_drop_{number}", on_click=_drop, args=(number,), icon=":material/close:")
        if len(supposed) > 1:
            st.button(t("gaps.change.clear"), key="gap_clear", on_click=_clear)


def _add() -> None:
    measure, place = st.session_state.get(NEW_MEASURE), st.session_state.get(NEW_PLACE)
    if not place:
        st.session_state["_gap_no_place"] = True
    elif measure:
        state.change(state.read(), add=_written([*supposed_of(state.read()), Supposed(measure, place)]))


def _drop(number: int) -> None:
    region = cache.region(cache.catalog())
    kept = [one for one in supposed_of(state.read()) if one.measure in region.measures and one.locality in region.localities]
    state.change(state.read(), add=_written([one for place, one in enumerate(kept) if place != number]))


def _clear() -> None:
    state.change(state.read(), add="")
