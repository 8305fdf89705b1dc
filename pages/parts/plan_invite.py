"""Whom does the animator invite to each meeting? Lists with ticks; what differs from the proposal is in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from lib.analysis.invitations import Invitations, Invitee
from lib.analysis.plan_file import tick
from lib.catalog.catalog import Catalog
from lib.domain.records import Item
from lib.i18n import Translator
from lib.reports.invitation_rows import Label, category_of, contacts_of, name_of, whys_text
from pages.parts import plan_state, results
from pages.parts.cards import Cards, permalink, source_host
from pages.parts.html import esc, link, markdown_text

PROPOSED = 40
"""Invitations ticked at first: as many as a village hall seats at the tables of a Miniforum."""
SHOWN_FIRST = 10
"""Invitees shown at once: the best fits, on about two screens of a phone; the rest on request."""
MOST_OWN = 40
"""Bodies of the gmina itself shown at once: all of them, but in a city."""
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
        """Who is ticked at first (see `Invitations.proposed`)."""
        return frozenset(one.id for one in self.by_venue[venue].proposed(PROPOSED))

    def ticked(self, venue: str, one: Invitee) -> bool:
        """Whether somebody is invited."""
        return (one.id in self.proposed(venue)) != (tick(venue, one.id) in self.changed)

    def chosen(self, venue: str) -> tuple[Invitee, ...]:
        return tuple(one for one in self.by_venue[venue].everybody if self.ticked(venue, one))


def begin_with_first(venues: tuple[str, ...]) -> None:
    """Shows the list of the first meeting until the animator chooses one of those that are in the plan."""
    got = st.session_state
    if not got.get(_BY_HAND) or got.get(INVITED) not in venues:
        got[INVITED], got[_BY_HAND] = venues[0], False


def choose() -> None:
    """Takes the animator's choice of a meeting."""
    st.session_state[_BY_HAND] = True


def draw(catalog: Catalog, lists: Lists, venue: str, label: Label, t: Translator) -> None:
    """The list of one venue: the gmina's own first and all of them, its partners from farther off, who is within reach, who may be."""
    found = lists.by_venue[venue]
    told = t("plan.invite.count", chosen=len(lists.chosen(venue)), of=len(found.everybody))
    st.html(f'<p class="quiet">{esc(t("plan.invite.lead", n=PROPOSED), 900)}</p><p class="count" role="status">{esc(told)}</p>')
    _needs(catalog, found, t)
    with st.container(horizontal=True):
        st.button(t("plan.invite.all"), key="plan_tick_all", on_click=_set_all, args=(lists, venue, True))
        st.button(t("plan.invite.none"), key="plan_tick_none", on_click=_set_all, args=(lists, venue, False))
    gmina = catalog.dataset.gminas.get(found.venue.teryt)
    own = tuple(one for one in found.everybody if one.own)
    near, rough = (tuple(one for one in some if not one.own) for some in (found.near, found.approximate))
    parts = (
        ("own", t("plan.invite.own", name=gmina.name if gmina else found.venue.locality), "", own, MOST_OWN),
        ("partners", t("plan.invite.partners"), "", found.partners, SHOWN_FIRST),
        ("near", t("plan.invite.near", km=found.km), "", near, SHOWN_FIRST),
        ("rough", t("plan.invite.rough"), t("plan.invite.rough_note"), rough, SHOWN_ROUGH),
    )
    for name, head, note, invitees, first in parts:
        if invitees:
            st.html(f"<h3>{esc(head)}</h3>" + (f'<p class="quiet">{esc(note)}</p>' if note else ""))
            with st.container(key=f"plan_list_{name}"):
                _checkboxes(lists, venue, invitees[:first], label, t)
                _rest(name, lists, venue, invitees[first:], label, t)


def _needs(catalog: Catalog, found: Invitations, t: Translator) -> None:
    """How many needs are stated within reach; opened, which ones, in which gmina and where that is read."""
    told = t("plan.invite.needs", n=found.needs, km=found.km, place=found.venue.locality)
    if not found.stated:
        st.html(f'<p class="quiet">{esc(told)}</p>')
        return
    cards = results.cards_for(catalog, t)
    with st.expander(markdown_text(told)):
        st.html(f'<ul class="lines">{"".join(f"<li>{_need(cards, need)}</li>" for need in found.stated)}</ul>')


def _need(cards: Cards, need: Item) -> str:
    gmina = cards.dataset.gminas.get(need.teryt)
    source = need.sources[0] if need.sources else None
    read = f" · {link(source.url, source_host(source.url))} · {esc(cards.date_of(source))}" if source else ""
    where = f" · {esc(cards.t('card.gmina', name=gmina.name))}" if gmina else ""
    return f'<a href="{esc(permalink(cards, need), 2000)}" target="_self">{esc(need.name, 220)}</a>{where}{read}'


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
    proposed, every = lists.proposed(venue), lists.by_venue[venue].everybody
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
    parts = [category_of(one, t, label), way, whys_text(one, t, label), t("plan.invite.no_contact") if contacts_of([one]).none else ""]
    return " · ".join(part for part in parts if part)
