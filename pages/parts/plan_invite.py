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
SHOWN_FIRST = 10
"""Invitees shown at once: the best fits, on about two screens of a phone; the rest on request."""
SHOWN_ROUGH = 5
"""The same for those known only by their gmina: near a town they are hundreds, and few of them are ticked."""
INVITED, _BY_HAND = "plan_invited", "_plan_invited_by_hand"
"""The meeting whose list is shown; whether the animator chose it."""


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


def begin_with_first(venues: tuple[str, ...]) -> None:
    """Shows the list of the first meeting until the animator chooses one of those that are in the plan."""
    got = st.session_state
    if not got.get(_BY_HAND) or got.get(INVITED) not in venues:
        got[INVITED], got[_BY_HAND] = venues[0], False


def choose() -> None:
    """Takes the animator's choice of a meeting."""
    st.session_state[_BY_HAND] = True


def draw(catalog: Catalog, lists: Lists, venue: str, label: Label, t: Translator) -> None:
    """The list of one venue: within reach first, then those known only by their gmina."""
    found = lists.by_venue[venue]
    told = t("plan.invite.count", chosen=len(lists.chosen(venue)), of=len(everybody(found)))
    needs = t("plan.invite.needs", n=found.needs, km=found.km, place=found.venue.locality)
    st.html(
        f'<p class="quiet">{esc(t("plan.invite.lead", n=PROPOSED))}</p>'
        f'<p class="count" role="status">{esc(told)}</p><p class="quiet">{esc(needs)}</p>'
    )
    with st.container(horizontal=True):
        st.button(t("plan.invite.all"), key="plan_tick_all", on_click=_set_all, args=(lists, venue, True))
        st.button(t("plan.invite.none"), key="plan_tick_none", on_click=_set_all, args=(lists, venue, False))
    with st.container(key="plan_list_near"):
        _checkboxes(lists, venue, found.near[:SHOWN_FIRST], label, t)
        _rest("near", lists, venue, found.near[SHOWN_FIRST:], label, t)
    if found.approximate:
        st.html(f'<h3>{esc(t("plan.invite.rough"))}</h3><p class="quiet">{esc(t("plan.invite.rough_note"))}</p>')
        with st.container(key="plan_list_rough"):
            _checkboxes(lists, venue, found.approximate[:SHOWN_ROUGH], label, t)
            _rest("rough", lists, venue, found.approximate[SHOWN_ROUGH:], label, t)


def _rest(part: str, lists: Lists, venue: str, invitees: tuple[Invitee, ...], label: Label, t: Translator) -> None:
    """Those that are shown on request, and how many of them are ticked."""
    shown = f"_plan_more_{part}"
    if not invitees:
        return
    if st.session_state.get(shown) == venue:
        _checkboxes(lists, venue, invitees, label, t)
        return
    ticked = sum(lists.ticked(venue, one) for one in invitees)
    st.button(t("plan.invite.more", n=len(invitees), ticked=ticked), key=f"plan_more_{part}", on_click=_show, args=(shown, venue))


def _show(what: str, venue: str) -> None:
    st.session_state[what] = venue


def _set_all(lists: Lists, venue: str, wanted: bool) -> None:
    proposed, every = lists.proposed(venue), everybody(lists.by_venue[venue])
    differing = frozenset(tick(venue, one.id) for one in every if (one.id in proposed) != wanted)
    plan_state.set_ticks(differing, frozenset(tick(venue, one.id) for one in every) - differing)


def _take_tick(code: str, proposed: bool) -> None:
    """Takes the tick of one checkbox into the address."""
    mine, differs = frozenset((code,)), bool(st.session_state[f"plan_tick_{code}"]) != proposed
    plan_state.set_ticks(mine if differs else frozenset(), frozenset() if differs else mine)


def _checkboxes(lists: Lists, venue: str, invitees: tuple[Invitee, ...], label: Label, t: Translator) -> None:
    proposed = lists.proposed(venue)
    for one in invitees:
        code = tick(venue, one.id)
        st.session_state[f"plan_tick_{code}"] = lists.ticked(venue, one)
        name = markdown_text(name_of(one, t), 160)
        st.checkbox(name, key=f"plan_tick_{code}", on_change=_take_tick, args=(code, one.id in proposed))
        st.html(f'<p class="invitee">{esc(line(one, label, t))}</p>')


def line(one: Invitee, label: Label, t: Translator) -> str:
    """Kind, how far and why, as the line below a name."""
    way = t("card.distance", km=round(one.km, 1)) if one.km is not None else ""
    contact = one.item is None or any(one.item.details.get(name) for name in ("email", "phone", "website"))
    parts = [category_of(one, t, label), way, whys_text(one, t, label), "" if contact else t("plan.invite.no_contact")]
    return " · ".join(part for part in parts if part)
