"""What is the visitor looking at? The address bar holds it all: the query, the opened record, the page of the list, the language.

Widgets never own anything: they are filled from the address when it changed (a link, back, forward) and write to it
when the visitor changes them. Keys and values in the address are constant and untranslated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import sleep
from typing import Any

import streamlit as st

from lib.analysis.plan_file import PARAMS as PLAN_PARAMS
from lib.catalog.query import MAX_IDEA, Query, from_params, to_params
from lib.i18n import DEFAULT_LANGUAGE, Translator
from lib.settings import LANGUAGES
from pages.parts import cache

LANGUAGE_PARAM = "lang"
HEAD_START_S = 0.5
"""The map's frame is the slowest part of a screen to load. Given this start it is drawn sooner, and the widgets no later than
they would be in a queue behind each other's scripts (measured by `explorer.first_map_ratio`)."""
EXTRAS = ("id", "at", "p", "color", "sort", "tab", "m", "w", "add", "s", "all", "idea", "who", "org", "pln", "with", "from")
"""Parameters beside the query: opened record, chosen place, page of the list, what colours the areas, order, section; measure,
weights, supposed services, services that count and whether needs of all themes are shown, of the screen about gaps; of an idea its
text, who asks (kind and record), the budget, the partners on its sheet and (`w` again) the weights of partners; of records shown for
an idea the gmina that it is `from`."""
MAX_EXTRA = 1_000
"""Characters of such a parameter that are read: twelve supposed services with the longest names take some 650."""
LONG_VALUE = 8_000
"""Characters of a parameter of the planner: a dozen venues and the ticks of their invitations."""
EXTRA_CHARS = {"idea": MAX_IDEA, **dict.fromkeys(PLAN_PARAMS, LONG_VALUE)}
"""Characters kept of the parameters that are longer; MAX_EXTRA of every other."""
RESET_BY_NEW_QUERY = ("p", "at")
"""What makes no sense any more once another query is asked."""


@dataclass(frozen=True)
class Address:
    """The parsed address: a query and the parameters beside it."""

    query: Query
    extras: Mapping[str, str]

    def extra(self, name: str) -> str:
        return self.extras.get(name, "")


def language() -> str:
    """The language of the address, else the one chosen earlier in this visit, else Polish."""
    asked = st.query_params.get(LANGUAGE_PARAM, "")
    if asked in LANGUAGES:
        st.session_state["_lang"] = asked
    return str(st.session_state.get("_lang", DEFAULT_LANGUAGE))


def texts() -> Translator:
    """The texts of the visitor's language."""
    return cache.translator(language())


def choose_language(code: str) -> None:
    """Another language from now on, in the visit and in the address. The address is written whole, because it decides on every reading."""
    params = {name: value for name, value in params_of(read()).items() if name != LANGUAGE_PARAM}
    st.session_state["_lang"] = code
    st.query_params.from_dict(params if code == DEFAULT_LANGUAGE else {**params, LANGUAGE_PARAM: code})


def language_params() -> dict[str, str]:
    """The parameter that carries the language to another page; Polish is the default and needs none."""
    chosen = language()
    return {LANGUAGE_PARAM: chosen} if chosen != DEFAULT_LANGUAGE else {}


def read() -> Address:
    """The address as it is now; unknown parameters are ignored, nothing in it can raise."""
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    names = [name for name in (*EXTRAS, *PLAN_PARAMS) if name in st.query_params]
    return Address(from_params(params), {name: st.query_params[name][: EXTRA_CHARS.get(name, MAX_EXTRA)] for name in names})


def params_of(address: Address) -> dict[str, str]:
    """The address as URL parameters, the language included."""
    extras = {name: value for name, value in address.extras.items() if value}
    return {**to_params(address.query), **extras, **language_params()}


def write(address: Address) -> None:
    """Puts an address into the browser's bar (one step of its history) unless it is there already."""
    wanted = params_of(address)
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def change(address: Address, **changes: Any) -> None:
    """Writes the address with some query fields or extras changed; a new query starts its list at the first page."""
    fields = {name: value for name, value in changes.items() if name in Query.__dataclass_fields__}
    extras = {**address.extras, **{name: str(value) for name, value in changes.items() if name in EXTRAS}}
    if fields and replace(address.query, **fields) != address.query:
        extras = {name: value for name, value in extras.items() if name not in RESET_BY_NEW_QUERY or name in changes}
    write(Address(replace(address.query, **fields), extras))


def seed(values: Mapping[str, Any]) -> None:
    """Fills widgets from the address: all of them when it changed from outside, else only those that are new on the screen."""
    now = st.query_params.to_dict()
    moved = st.session_state.get("_seeded") != now
    for key, value in values.items():
        if moved or key not in st.session_state:
            st.session_state[key] = value
    st.session_state["_seeded"] = now


def keep_widgets() -> None:
    """Says that the widgets hold what the address says already: called after a widget wrote its own value to it."""
    st.session_state["_seeded"] = st.query_params.to_dict()


def head_start() -> None:
    """Lets the browser begin with the map before it gets the rest of the screen; once a visit, HEAD_START_S long."""
    if "_started" not in st.session_state:
        st.session_state["_started"] = True
        sleep(HEAD_START_S)


def dark() -> bool:
    """Whether the visitor sees the dark theme."""
    return getattr(st.context.theme, "type", "light") == "dark"
