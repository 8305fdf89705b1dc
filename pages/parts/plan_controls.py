"""How does an animator say what the next meetings should be like? Widgets of the planner; the address keeps what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import streamlit as st

from lib.analysis.meeting_dates import WEEKDAYS
from lib.analysis.plan_file import SavedPlan
from lib.analysis.plan_venues import Venue, beside, candidates
from lib.analysis.plan_wishes import MODES, MOST_MEETINGS, MOST_OWN, OWN_NAME_CHARS, RADIUS_RANGE_KM
from lib.analysis.rates import PEOPLE
from lib.catalog.catalog import Catalog
from lib.catalog.collation import polish_key
from lib.i18n import Translator
from pages.parts import plan_state
from pages.parts.filters import locality_label, locality_options
from pages.parts.html import esc, markdown_text
from pages.parts.plan_state import QUOTA_LEAST, QUOTA_MOST, changed

RADIUS_STEP_KM = 0.5
SEASONS = (("spring", (3, 1), (5, 31)), ("autumn", (9, 1), (11, 30)), ("winter", (1, 7), (2, 28)))
"""Parts of a year in which meetings are held: not in the harvest and not around Christmas."""
SEASONS_SHOWN = 3


class Controls:
    """Draws the widgets of one plan; `known` are the venues that can be chosen."""

    def __init__(self, catalog: Catalog, plan: SavedPlan, known: Mapping[str, Venue], t: Translator) -> None:
        self.catalog, self.plan, self.known, self.t = catalog, plan, known, t

    def main(self) -> None:
        """How many, how far, for whom, and whether to count people or ways."""
        t, (least, most) = self.t, RADIUS_RANGE_KM
        st.number_input(t("plan.ask.meetings"), 1, MOST_MEETINGS, step=1, key="plan_meetings", on_change=changed)
        label, told = t("plan.ask.radius"), t("plan.ask.radius_help")
        st.slider(label, least, most, step=RADIUS_STEP_KM, format="%g km", key="plan_radius", help=told, on_change=changed)
        st.selectbox(
            t("plan.ask.group"),
            list(PEOPLE),
            format_func=lambda code: t(f"plan.group.{code}"),
            key="plan_group",
            placeholder="–",
            on_change=changed,
        )
        st.radio(t("plan.ask.mode"), MODES, format_func=lambda code: t(f"plan.mode.{code}"), key="plan_mode", on_change=changed)

    def places(self) -> None:
        """Which places for sure, and whether one a gmina is enough.

        A place is offered once, however many venues stand there: "Mstów for sure" is one meeting, its venue can be changed beside it.
        """
        self._venues("fixed", [venue.id for venue in candidates(self.known, self.plan.wishes)], self.place)
        st.checkbox(self.t("plan.ask.one"), key="plan_one", on_change=changed)

    def _venues(self, what: str, codes: Iterable[str], wording: Callable[[str], str]) -> None:
        """Venues to choose from, in the order of their places."""
        t, known = self.t, self.known
        order = sorted(codes, key=lambda code: (polish_key(known[code].locality), polish_key(known[code].name), code))
        st.multiselect(
            t(f"plan.ask.{what}"),
            order,
            format_func=wording,
            key=f"plan_{what}",
            placeholder=t("plan.ask.venue_hint"),
            select_all=False,  # Enter takes the first match, not all of them
            on_change=changed,
        )

    def not_here(self) -> None:
        """Which venues and gminas for sure not."""
        t = self.t
        self._venues("excluded", self.known, self.venue)
        gminas = self.catalog.dataset.gminas
        st.multiselect(
            t("plan.ask.without"),
            sorted(gminas, key=lambda code: polish_key(gminas[code].name)),
            format_func=lambda code: gminas[code].name,
            key="plan_without",
            placeholder=t("plan.ask.gmina_hint"),
            select_all=False,
            on_change=changed,
        )

    def venue(self, code: str) -> str:
        """A venue as an option: its place first, because that is what one looks for."""
        venue = self.known.get(code)
        if venue is None:
            return code
        alike = {one.teryt for one in self.known.values() if one.locality == venue.locality}
        gmina = self.catalog.dataset.gminas.get(venue.teryt)
        where = f"{venue.locality} ({gmina.name})" if gmina and len(alike) > 1 else venue.locality
        return f"{where}: {venue.name}"

    def place(self, code: str) -> str:
        """A place as an option: its venue, and how many more could be taken instead."""
        others = len(beside(self.known, self.known[code], self.plan.wishes)) if code in self.known else 0
        return self.t("plan.ask.place", venue=self.venue(code), n=others) if others else self.venue(code)

    def weights(self, *, need_known: bool) -> None:
        """What people count for besides being there."""
        t = self.t
        st.html(f"<p>{esc(t('plan.weights_lead'))}</p>")
        st.checkbox(t("plan.ask.need"), key="plan_need", on_change=changed)
        if not need_known:
            st.html(f'<p class="quiet">{esc(t("plan.limits.need_unknown"))}</p>')
        st.checkbox(t("plan.ask.past"), key="plan_past", on_change=changed)
        st.html(f'<p class="quiet">{esc(t("plan.past_note"))}</p>')

    def quotas(self) -> None:
        """At least and at most so many meetings in each powiat."""
        t, powiats = self.t, self.catalog.dataset.vocabularies.get("powiat", {})
        for code in dict.fromkeys(gmina.powiat for gmina in self.catalog.dataset.gminas.values()):
            name = powiats[code].label(t.language) if code in powiats else code
            left, right = st.columns(2)
            for column, prefix, key in ((left, QUOTA_LEAST, "least"), (right, QUOTA_MOST, "most")):
                with column:
                    label = t(f"plan.ask.{key}", name=name)
                    st.number_input(markdown_text(label), 0, MOST_MEETINGS, step=1, key=prefix + code, placeholder="–", on_change=changed)

    def own(self) -> None:
        """Venues that the data lacks."""
        t = self.t
        for number, one in enumerate(self.plan.wishes.own, 1):
            name = f"{one.name} ({locality_label(self.catalog, one.locality)})"
            st.button(
                t("plan.own_drop", name=markdown_text(name)), key=f"plan_drop_own_{number}", on_click=plan_state.drop_own, args=(number,)
            )
        if len(self.plan.wishes.own) >= MOST_OWN:
            return
        st.text_input(t("plan.ask.own_name"), key="plan_own_name", max_chars=OWN_NAME_CHARS)
        st.selectbox(
            t("plan.ask.own_place"),
            locality_options(self.catalog),
            format_func=lambda code: locality_label(self.catalog, code),
            key="plan_own_place",
            index=None,
            placeholder=t("filter.near_hint"),
        )
        st.button(t("plan.own_add"), key="plan_own_add", on_click=plan_state.add_own)
        if st.session_state.pop("_plan_own_missing", False):
            st.html(f'<div class="notice" role="alert">{esc(t("plan.own_missing"))}</div>')

    def weeks(self, today: date) -> None:
        """From when to when, on which weekday, at what time."""
        t = self.t
        st.html(f"<p>{esc(t('plan.weeks_lead'))}</p>")
        with st.container(horizontal=True):
            for name, first, last in seasons(today):
                label = t(f"plan.season.{name}", year=str(last.year))
                st.button(label, key=f"plan_season_{name}_{last.year}", on_click=plan_state.set_weeks, args=(first, last))
        left, right = st.columns(2)
        with left:
            st.date_input(t("plan.ask.first"), key="plan_first", format="DD.MM.YYYY", on_change=changed)
        with right:
            st.date_input(t("plan.ask.last"), key="plan_last", format="DD.MM.YYYY", on_change=changed)
        left, right = st.columns(2)
        with left:
            st.selectbox(
                t("plan.ask.weekday"),
                WEEKDAYS,
                format_func=lambda day: weekday_name(day, t),
                key="plan_weekday",
                placeholder="–",
                on_change=changed,
            )
        with right:
            st.time_input(t("plan.ask.start"), key="plan_start", step=900, on_change=changed)

    def saved(self) -> None:
        """Opens a plan that was saved as a file, or begins a new one."""
        t = self.t
        st.file_uploader(t("plan.open"), type="json", key=plan_state.OPEN, max_upload_size=1, on_change=plan_state.open_file)
        if refused := st.session_state.get(plan_state.REFUSED):
            key, params = refused
            st.html(f'<div class="notice" role="alert">{esc(t(f"errors.{key}", **params))}</div>')
        st.button(t("plan.anew"), key="plan_anew", on_click=plan_state.start_anew)


def weekday_name(day: int, t: Translator) -> str:
    """The name of a weekday (0 is Monday) in the visitor's language."""
    from babel.dates import get_day_names

    return str(get_day_names("wide", context="stand-alone", locale=t.language)[day])


def seasons(today: date) -> list[tuple[str, date, date]]:
    """The next seasons for meetings that are still ahead as a whole: name, first and last day."""
    found = [
        (name, date(year, *first), date(year, *last))
        for year in (today.year, today.year + 1, today.year + 2)
        for name, first, last in SEASONS
    ]
    return sorted((one for one in found if one[1] > today), key=lambda one: one[1])[:SEASONS_SHOWN]
