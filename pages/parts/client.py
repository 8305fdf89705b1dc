"""Which small things must the browser do itself? The language, names in widgets, copying the link, and the position on request.

The position is asked for only after a click, goes to this app alone, is used to find the nearest locality and is not kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import streamlit as st

from lib.i18n import Translator
from lib.settings import LANGUAGES

_COPY_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  button.textContent = data.label;
  button.hidden = false;
  button.onclick = async () => {
    const url = window.location.href;
    try { await navigator.clipboard.writeText(url); said.textContent = data.done; }
    catch (error) { window.prompt(data.label, url); }
    setTimeout(() => { said.textContent = ""; }, 4000);
  };
}
"""

_PRINT_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.hidden = false;
  const opened = [];
  const folded = "details.year:not([open]), details.fold:not([open])";
  const open = () => { for (const d of document.querySelectorAll(folded)) { d.open = true; opened.push(d); } };
  const close = () => { while (opened.length) opened.pop().open = false; };
  window.addEventListener("beforeprint", open);
  window.addEventListener("afterprint", close);
  button.onclick = () => window.print();
  return () => { window.removeEventListener("beforeprint", open); window.removeEventListener("afterprint", close); };
}
"""

_LOCATE_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  button.textContent = data.label;
  button.hidden = false;
  button.onclick = () => {
    if (!navigator.geolocation) { said.textContent = data.failed; return; }
    said.textContent = data.waiting;
    navigator.geolocation.getCurrentPosition(
      (p) => { said.textContent = ""; setTriggerValue("position", [p.coords.latitude, p.coords.longitude]); },
      () => { said.textContent = data.failed; },
      { timeout: 15000, maximumAge: 600000 },
    );
  };
}
"""

_BUTTON_HTML = '<button type="button" hidden></button> <span role="status" aria-live="polite"></span>'
"""Hidden until its script has given it its text: a button without a name would say nothing to a screen reader."""
_BUTTON_CSS = """
button { font: inherit; min-height: 40px; padding: .35rem .9rem; border-radius: 10px; cursor: pointer;
  border: 1px solid var(--st-border-color); background: var(--st-background-color); color: var(--st-text-color); }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid #b27a00; outline-offset: 2px; }
span { font-size: .9rem; color: var(--st-text-color); }
"""


@st.cache_resource(show_spinner=False)
def _component(name: str, js: str, html: str = "", css: str = "") -> Any:
    return st.components.v2.component(name, js=js, html=html or None, css=css or None)


def set_language(language: str) -> None:
    """Corrects `<html lang>`, which Streamlit fixes to English. `language` is one of the app's codes, never a visitor's text."""
    if language not in LANGUAGES:
        raise ValueError(language)
    script = f"<span hidden></span><script>document.documentElement.lang = {json.dumps(language)};</script>"
    st.html(script, unsafe_allow_javascript=True)


WIDGET_PARTS = ("open", "clear", "date", "more", "less", "chosen")
WIDGET_FIELDS = ("day", "month", "year", "hour", "minute", "help")
"""Parts of Streamlit's widgets that only screen readers hear, named in English by Streamlit whatever the language: whole names, and those
followed by the widget's label. Texts: `frame.widget`."""

_NAMES_JS = """
const whole = %(whole)s, before = %(before)s;
const put = () => {
  for (const part of document.querySelectorAll('[data-testid="stApp"] :is(button, span)[aria-label]')) {
    const said = part.getAttribute("aria-label"), start = Object.keys(before).find((name) => said.startsWith(name));
    const name = Object.hasOwn(whole, said) ? whole[said] : start ? before[start] + said.slice(start.length) : said;
    if (name !== said) part.setAttribute("aria-label", name);
  }
};
let waiting = 0;
const soon = () => { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; put(); }); };
if (window.mapaNames) window.mapaNames.disconnect();
window.mapaNames = new MutationObserver(soon);
window.mapaNames.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });
soon();
"""


def name_widgets(wanted: Translator, every: Iterable[Translator]) -> None:
    """Gives the unseen parts of Streamlit's widgets names in the wanted language, also those that had one of another (`every`) before."""

    def table(parts: Iterable[str]) -> str:
        names = {t(f"frame.widget.{part}"): wanted(f"frame.widget.{part}") for part in parts for t in every}
        return json.dumps(names).replace("<", "\\u003c")

    script = _NAMES_JS % {"whole": table(WIDGET_PARTS), "before": table(WIDGET_FIELDS)}
    st.html(f"<span hidden></span><script>{{{script}}}</script>", unsafe_allow_javascript=True)


def to_list(page: int | None) -> None:
    """After a page of the list was turned: brings the list's heading into view and the keyboard with it."""
    to_anchor("lista", None if page is None else str(page))


def to_anchor(anchor: str, news: str | None) -> None:
    """Brings a heading into view and the keyboard with it, once for each `news` (a code); None leaves the page where it is.

    `anchor` is one of the app's own ids, never a visitor's text.
    """
    if news is None:
        return
    if not re.fullmatch(r"[a-z-]+", anchor):
        raise ValueError(anchor)
    script = f"const to = document.getElementById('{anchor}'); if (to) {{ to.tabIndex = -1; to.scrollIntoView(); to.focus(); }}"
    mark = "".join(ch for ch in news if ch.isascii() and ch.isalnum())
    st.html(f"<span hidden></span><script>/* {mark} */ {{{script}}}</script>", unsafe_allow_javascript=True)


def copy_link(label: str, done: str, *, key: str) -> None:
    """A button that copies the address of the view, the map's position included."""
    _component("mapa_copy", _COPY_JS, _BUTTON_HTML, _BUTTON_CSS)(data={"label": label, "done": done}, key=key, width="content")


def print_button(label: str, *, key: str) -> None:
    """A button that prints the page; what is folded (years, long tables) is opened for the paper and folded again after it."""
    _component("mapa_print", _PRINT_JS, _BUTTON_HTML, _BUTTON_CSS)(data={"label": label}, key=key, width="content")


def ask_position(label: str, waiting: str, failed: str, *, key: str) -> tuple[float, float] | None:
    """A button that asks the browser for the position; (latitude, longitude) in the run after the visitor agreed."""
    result = _component("mapa_locate", _LOCATE_JS, _BUTTON_HTML, _BUTTON_CSS)(
        data={"label": label, "waiting": waiting, "failed": failed}, key=key, on_position_change=lambda: None
    )
    told = getattr(result, "position", None)
    try:
        latitude, longitude = (float(v) for v in (json.loads(told) if isinstance(told, str) else told or ()))
    except (TypeError, ValueError):
        return None
    return latitude, longitude
