"""What does a person say about an idea, and how is it kept in the address? Widgets that fill from it and write to it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from lib.analysis.ideas.partners import DEFAULT_WEIGHTS, MAX_WEIGHT, TERMS
from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.catalog.query import MAX_IDEA
from lib.catalog.understanding import gmina_named
from lib.domain.vocabulary import DEFAULT_WHO, WHO
from lib.i18n import Translator
from lib.reports.ideas import Answers, Question
from pages.parts import state
from pages.parts.filters import locality_options
from pages.parts.html import esc, markdown_text

TYPED_CHARS = 20_000
"""Characters that the field takes; MAX_IDEA of them are read, and the page says so."""
NOTHING = "-"
"""In the address: somebody took every guessed theme (or group) away; not the same as nobody having corrected anything."""
TEXT_HEIGHT_PX = 130
MAX_PLN = 10_000_000
STEP_PLN = 500
_WEIGHT = re.compile(r"([a-z]+)(\d)")


def question_of(address: state.Address, catalog: Catalog) -> Question:
    """The question that the address asks; unknown codes are left out, nothing in it can raise."""
    dataset, query = catalog.dataset, address.query
    gminas = [code for code in query.gminas if code in dataset.gminas]
    place = dataset.localities.get(query.near)
    teryt = place.teryt if place and not gminas else gminas[0] if gminas else gmina_in_text(catalog, address.extra("idea"))
    organiser = dataset.by_id.get(address.extra("org"))
    return Question(
        text=address.extra("idea"),
        teryt=teryt,
        locality=place.id if place and place.teryt == teryt else "",
        who=address.extra("who") if address.extra("who") in WHO else DEFAULT_WHO,
        organiser=address.extra("org") if organiser is not None and dataset.items[organiser].kind == "resources" else "",
        themes=_corrected(query.themes, dataset.vocabularies.get("theme", {})),
        groups=_corrected(query.groups, dataset.vocabularies.get("target_group", {})),
        amount=_amount(address.extra("pln")),
        weights=weights_of(address.extra("w")),
        parties=_parties(address.extra("with")),
    )


def gmina_in_text(catalog: Catalog, text: str) -> str:
    """The gmina that the idea itself names, where nobody has chosen one."""
    return gmina_named(catalog.text_words(), {code: gmina.name for code, gmina in catalog.dataset.gminas.items()}, text)


def _parties(text: str) -> tuple[str, ...] | None:
    """The partners chosen for the sheet; None when nobody chose."""
    return tuple(code for code in text.split(".") if code != NOTHING) if text else None


def _corrected(codes: tuple[str, ...], known: Mapping[str, Any]) -> tuple[str, ...] | None:
    kept = tuple(code for code in codes if code in known)
    return kept if kept or NOTHING in codes else None


def _amount(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,8}", text, re.ASCII) and 0 < int(text) <= MAX_PLN else None


def weights_of(text: str) -> dict[str, float] | None:
    """The moved weights in an address ("near5.theme0"); None when none is named."""
    named = {name: float(digit) for name, digit in _WEIGHT.findall(text) if name in TERMS and int(digit) <= MAX_WEIGHT}
    return named or None


def weights_text(values: Mapping[str, float]) -> str:
    """Moved weights as they stand in an address: only those that differ from the defaults."""
    return ".".join(f"{name}{int(values[name])}" for name in TERMS if name in values and values[name] != DEFAULT_WEIGHTS[name])


def seed(address: state.Address, question: Question, found: Answers) -> None:
    """Fills the widgets from the address; themes and groups show what was guessed until somebody corrects it."""
    weights = {f"w_{name}": int((question.weights or {}).get(name, DEFAULT_WEIGHTS[name])) for name in TERMS}
    guessed = {"idea_themes": list(found.idea.themes), "idea_groups": list(found.idea.groups)}
    own = {
        "idea_text": address.extra("idea"),
        "idea_gmina": question.teryt or None,
        "idea_near": question.locality or None,
        "idea_who": question.who,
        "idea_org": question.organiser or None,
        "idea_pln": None if question.amount is None else round(question.amount),
    }
    state.seed({**own, **weights})
    if question.themes is None or "idea_themes" not in st.session_state or st.session_state.get("_guessed_for") != _signature(address):
        st.session_state.update(guessed)
    st.session_state["_guessed_for"] = _signature(address)


def _signature(address: state.Address) -> tuple[object, ...]:
    return address.extra("idea"), address.query.themes, address.query.groups


def _write(**changes: Any) -> None:
    state.change(state.read(), **changes)
    state.keep_widgets()


def _text() -> None:
    """A new text is read anew: what was corrected belonged to the old one."""
    _write(idea=str(st.session_state["idea_text"])[:MAX_IDEA], themes=(), groups=(), **{"with": ""})


def _gmina() -> None:
    chosen = st.session_state["idea_gmina"]
    _write(gminas=(chosen,) if chosen else (), near="", org="")
    st.session_state["idea_near"] = st.session_state["idea_org"] = None


def _near() -> None:
    _write(near=st.session_state["idea_near"] or "")


def _extra(name: str, key: str) -> None:
    _write(**{name: st.session_state[key] or ""})


def _pln() -> None:
    value = st.session_state["idea_pln"]
    _write(pln="" if value is None or math.isnan(value) else str(int(value)))


def _codes(field: str, key: str) -> None:
    chosen = tuple(st.session_state[key])
    _write(**{field: chosen or (NOTHING,)})


def choose_parties() -> None:
    """The partners ticked for the sheet; none of them is a choice too."""
    _write(**{"with": ".".join(st.session_state["sheet_with"]) or NOTHING})


def _weights() -> None:
    _write(w=weights_text({name: float(st.session_state[f"w_{name}"]) for name in TERMS}))


def reset_weights() -> None:
    """Back to the weights that were tuned."""
    state.change(state.read(), w="")


@dataclass(frozen=True)
class Form:
    """Draws the widgets of the idea."""

    catalog: Catalog
    question: Question
    t: Translator

    def idea(self) -> None:
        t = self.t
        st.text_area(
            t("idea.form.text"),
            key="idea_text",
            placeholder=t("idea.form.text_hint"),
            max_chars=TYPED_CHARS,
            height=TEXT_HEIGHT_PX,
            on_change=_text,
        )

    def ask(self) -> bool:
        """The button after everything that it asks about; whether it was pressed just now. What is missing is said beside it."""
        pressed = st.button(self.t("idea.form.ask"), key="idea_ask")
        if pressed and not self.question.text.strip():
            st.html(f'<div class="notice" role="alert">{esc(self.t("idea.form.empty"))}</div>')
        return pressed

    def place(self) -> None:
        """The gmina, and a locality in it: then distances are measured from there."""
        t, gminas = self.t, self.catalog.dataset.gminas
        st.selectbox(
            t("idea.form.gmina"),
            sorted(gminas, key=lambda code: (polish_key(gminas[code].name), code)),
            format_func=lambda code: gminas[code].name,
            key="idea_gmina",
            index=None,
            placeholder=t("idea.form.gmina_hint"),
            on_change=_gmina,
        )
        if self.question.teryt:
            places = self.catalog.dataset.localities
            st.selectbox(
                t("idea.form.near"),
                [code for code in locality_options(self.catalog) if places[code].teryt == self.question.teryt],
                format_func=lambda code: places[code].name,
                key="idea_near",
                index=None,
                placeholder=t("idea.form.near_hint"),
                on_change=_near,
            )

    def who(self) -> None:
        """Who asks: the kind of group, its record when it has one, and the budget."""
        t, dataset = self.t, self.catalog.dataset
        terms = dataset.vocabularies.get("applicant", {})
        st.selectbox(
            t("idea.form.who"),
            WHO,
            format_func=lambda code: terms[code].label(t.language) if code in terms else code,
            key="idea_who",
            placeholder=t("idea.form.who_hint"),
            on_change=_extra,
            args=("who", "idea_who"),
        )
        with st.expander(t("idea.form.more"), expanded=bool(self.question.organiser or self.question.amount)):
            own = [item for item in dataset.items if item.kind == "resources" and item.teryt == self.question.teryt]
            names = {item.id: item.name for item in own}
            st.selectbox(
                t("idea.form.org"),
                sorted(names, key=lambda code: (polish_key(names[code]), code)),
                format_func=lambda code: markdown_text(names.get(str(code), str(code)), 90),
                key="idea_org",
                index=None,
                placeholder=t("idea.form.org_hint"),
                on_change=_extra,
                args=("org", "idea_org"),
            )
            st.number_input(t("idea.form.pln"), key="idea_pln", min_value=0, max_value=MAX_PLN, step=STEP_PLN, value=None, on_change=_pln)

    def corrections(self, *, opened: bool) -> None:
        """What was guessed, to be corrected."""
        with st.expander(self.t("idea.form.correct"), expanded=opened):
            self._pills()

    def _pills(self) -> None:
        for field, vocabulary, key in (("themes", "theme", "idea_themes"), ("groups", "target_group", "idea_groups")):
            st.pills(
                self.t(f"idea.form.{field}"),
                list(self.catalog.dataset.vocabularies.get(vocabulary, {})),
                selection_mode="multi",
                format_func=partial(self._label, vocabulary),
                key=key,
                wrap=True,
                on_change=_codes,
                args=(field, key),
            )

    def _label(self, vocabulary: str, code: str) -> str:
        term = self.catalog.dataset.vocabularies[vocabulary].get(code)
        return markdown_text(term.label(self.t.language) if term else code)

    def weights(self) -> None:
        """The weights of the partners' score, to be moved."""
        t = self.t
        with st.expander(t("idea.weights.title"), expanded=bool(self.question.weights)):
            st.html(f'<p class="quiet">{t("idea.weights.lead")}</p>')
            columns = st.columns(2)
            for place, name in enumerate(TERMS):
                with columns[place % 2]:
                    st.slider(t(f"idea.weights.{name}"), 0, MAX_WEIGHT, key=f"w_{name}", on_change=_weights)
            st.button(t("idea.weights.reset"), key="w_reset", on_click=reset_weights, disabled=not self.question.weights)
