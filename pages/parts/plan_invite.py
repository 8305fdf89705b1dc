"""Whom does the animator invite to each meeting? Lists with ticks; what differs from the proposal is in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from lib.analysis.invitations import Invitations, Invitee
from lib.analysis.plan_file import tick
from lib.catalog.catalog import Catalog
from lib.i18n import Translator
from lib.reports.invitation_rows import Label, category_of, everybody, name_of, whys_text
from pages.parts import plan_state
from pages.parts.html import esc, markdown_text

PROPOSED = 40
"""Invitations ticked at first: as many as a village hall seats at the tables of a Miniforum."""
SHOWN_FIRST = 20
"""Invitees shown at once: as many as come to a Miniforum; the rest on request."""


@dataclass(frozen=True)
class Lists:
    """The invitations of a plan by venue, and the ticks that were changed."""

    by_venue: Mapping[str, Invitations]
    changed: frozenset[str]

    def proposed(self, venue: str) -> frozenset[str]:
        """Who is ticked at first: the first ones that fit a need, have cooperated, or are the gmina of the meeting."""
        return frozenset([one.id for one in everybody(self.by_venue[venue]) if one.fits][:PROPOSED])

    def ticked(self, venue: str, one: Invitee) -> bool:
        """Whether somebody is invited."""
        return (one.id in self.proposed(venue)) != (tick(venue, one.id) in self.changed)

    def chosen(self, venue: str) -> tuple[Invitee, ...]:
        return tuple(one for one in everybody(self.by_venue[venue]) if self.ticked(venue, one))


def draw(catalog: Catalog, lists: Lists, venue: str, label: Label, t: Translator) -> None:
    """The list of one venue: within reach first, then those known only by their gmina."""
    found = lists.by_venue[venue]
    told = t("plan.invite.count", chosen=len(lists.chosen(venue)), of=len(everybody(found)), needs=found.needs)
    st.html(f'<p class="quiet">{esc(t("plan.invite.lead", n=PROPOSED))}</p><p class="count" role="status">{esc(told)}</p>')
    with st.container(horizontal=True):
        st.button(t("plan.invite.all"), key="plan_tick_all", on_click=_set_all, args=(lists, venue, True))
        st.button(t("plan.invite.none"), key="plan_tick_none", on_click=_set_all, args=(lists, venue, False))
    more = st.session_state.get("_plan_more") == venue
    with st.container(key="plan_list_near"):
        _checkboxes(lists, venue, found.near if more else found.near[:SHOWN_FIRST], label, t)
    if not more and len(found.near) > SHOWN_FIRST:
        st.button(t("plan.invite.more", n=len(found.near) - SHOWN_FIRST), key="plan_more", on_click=_show_more, args=(venue,))
    if found.approximate:
        st.html(f'<h3>{esc(t("plan.invite.rough"))}</h3><p class="quiet">{esc(t("plan.invite.rough_note"))}</p>')
        with st.container(key="plan_list_rough"):
            _checkboxes(lists, venue, found.approximate, label, t)


def _show_more(venue: str) -> None:
    st.session_state["_plan_more"] = venue


def _set_all(lists: Lists, venue: str, wanted: bool) -> None:
    ticks = [tick(venue, one.id) for one in everybody(lists.by_venue[venue]) if lists.ticked(venue, one) != wanted]
    plan_state.flip(*ticks)


def _checkboxes(lists: Lists, venue: str, invitees: tuple[Invitee, ...], label: Label, t: Translator) -> None:
    for one in invitees:
        code = tick(venue, one.id)
        st.session_state[f"plan_tick_{code}"] = lists.ticked(venue, one)
        st.checkbox(line(one, label, t), key=f"plan_tick_{code}", on_change=plan_state.flip, args=(code,))


def line(one: Invitee, label: Label, t: Translator) -> str:
    """Name, kind, how far and why, as the label of a checkbox (Markdown, every sign of the record escaped)."""
    way = t("card.distance", km=round(one.km, 1)) if one.km is not None else ""
    contact = one.item is None or any(one.item.details.get(name) for name in ("email", "phone", "website"))
    parts = [category_of(one, t, label), way, whys_text(one, t, label), "" if contact else t("plan.invite.no_contact")]
    rest = " · ".join(markdown_text(part) for part in parts if part)
    return f"**{markdown_text(name_of(one, t), 160)}** · {rest}"
