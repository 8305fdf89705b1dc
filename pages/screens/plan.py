"""Planner: where should the next meetings be held, when, and whom should one invite?

An animator says afterwards: "I asked for three meetings this spring, nobody more than 15 km from one, Mstów fixed. I was told that no
better plan exists, what each other choice would cost, on which Thursdays, and whom to write to. I sent the link, and took the list and
the calendar along." A mayor: "I saw which of our villages are left out, and what a fourth meeting would add."
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import streamlit as st

from lib.analysis.meeting_dates import clashes, judged, spread_over, weeks_between
from lib.analysis.plan_conflicts import Way, Wish, without
from lib.analysis.plan_file import SavedPlan
from lib.analysis.plan_venues import Venue, crowded, venues
from lib.analysis.plan_wishes import MOST_MEETINGS, Wishes
from lib.analysis.siting import Plan, by_price, priced
from lib.catalog.catalog import Catalog
from lib.errors import MapaError
from lib.i18n import Translator
from pages.parts import cache, client, downloads, frame, mapview, plan_invite, plan_state, plan_take, plan_views, results, state
from pages.parts.html import esc, markdown_text
from pages.parts.plan_controls import Controls

RESULT = "wynik"
"""Where the result begins: on a phone it stands below the whole form."""
DAYS_IN_ROW = 3
"""Dates side by side: the locality above each is read without being cut."""


def main() -> None:
    t = state.texts()
    frame.title(t("plan.title"), t("plan.lead"))
    planner()


@st.fragment
def planner() -> None:
    """Wishes on the left; the plan and everything that follows from it beside them."""
    catalog, t = cache.catalog(), state.texts()
    saved, lost = plan_state.known_part(plan_state.read(), catalog.dataset)
    state.seed(plan_state.values_of(saved, catalog.dataset))
    known = venues(catalog.dataset.items, catalog.dataset.localities, saved.wishes)
    controls = Controls(catalog, saved, known, t)
    left, right = st.columns([1, 2.9], gap="medium")
    with left, st.container(key="plan_controls"):
        draw_controls(controls, catalog, t)
    with right:
        st.html(f'<div id="{RESULT}" tabindex="-1"></div>')
        if lost:
            st.html(f'<div class="notice">{esc(t("list.dropped", values=", ".join(lost)))}</div>')
        offer_undo(t)
        answer(catalog, saved, t)


def one_place_twice(here: tuple[Venue, ...], number: int, t: Translator) -> None:
    """Says that several venues of one village are several meetings there, with a button for each one that might be kept alone."""
    st.html(f'<div class="notice" role="alert">{esc(t("plan.place_twice", place=here[0].locality, n=len(here)))}</div>')
    with st.container(horizontal=True, key=f"plan_twice_{number}"):
        for place, venue in enumerate(here):
            others = tuple(other.id for other in here if other != venue)
            label = markdown_text(t("plan.keep_only", name=venue.name))
            st.button(label, key=f"plan_keep_{number}_{place}", on_click=plan_state.unfix, args=others)


def draw_controls(controls: Controls, catalog: Catalog, t: Translator) -> None:
    client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")
    st.html(f'<a class="jump" href="#{RESULT}">{esc(t("plan.to_result"))}</a><h2>{esc(t("plan.section.wishes"))}</h2>')
    controls.main()
    controls.places()
    with st.expander(t("plan.section.own")):
        controls.own()
    with st.expander(t("plan.section.limits_of_choice")):
        controls.not_here()
        controls.quotas()
    with st.expander(t("plan.section.weights")):
        controls.weights(need_known=bool(cache.unmet_need(catalog)))
    st.html(f"<h2>{esc(t('plan.section.weeks'))}</h2>")
    controls.weeks(date.today())
    with st.expander(t("plan.section.saved")):
        controls.saved()


def answer(catalog: Catalog, saved: SavedPlan, t: Translator) -> None:
    """The plan; when the wishes clash, which ones, with a button to let go of each."""
    try:
        with st.spinner(t("plan.working"), show_time=True):
            plan = cache.planned(catalog, saved.wishes)
    except MapaError as error:
        refused(catalog, saved, error, t)
        return
    changed_since(plan, catalog, t)
    for number, here in enumerate(crowded(plan.task.known, saved.wishes)):
        one_place_twice(here, number, t)
    cards = results.cards_for(catalog, t)
    st.html(plan_views.headline(cards, plan, cache.plan_for_everybody(catalog, saved.wishes)))
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        draw_map(catalog, plan, t)
    state.head_start()
    with right:
        sites(catalog, saved, plan, t)
    with left:
        further(catalog, saved, plan, t)
    alternatives(plan, t)
    reached(catalog, plan, t)
    days = calendar(saved, plan, t)
    invitations(catalog, saved, plan, days, t)
    limits(catalog, saved, t)


def refused(catalog: Catalog, saved: SavedPlan, error: MapaError, t: Translator) -> None:
    """Says why there is no plan; wishes that clash are named in words, and only what is enough to let go of is offered as enough."""
    clash: tuple[Wish, ...] = error.params.get("conflict", ())
    if not clash:
        st.html(f'<div class="notice" role="alert">{esc(t(f"errors.{error.key}", **error.params))}</div>')
        return
    known = venues(catalog.dataset.items, catalog.dataset.localities, saved.wishes)
    names = {code: venue.name for code, venue in known.items()}
    ways: tuple[Way, ...] = error.params["ways_out"]
    lead = "plan.clash_none" if not ways else "plan.clash_one" if len(ways[0]) == 1 else "plan.clash_two"
    told = "".join(f"<li>{esc(plan_views.wish_text(catalog, wish, names, t))}</li>" for wish in clash)
    st.html(
        f'<div class="notice" role="alert"><p><b>{esc(t("plan.clash"))}</b></p><ul class="lines">{told}</ul><p>{esc(t(lead))}</p></div>'
    )
    offered = ways or tuple((wish,) for wish in clash if wish.kind != "meetings")
    for number, way in enumerate(offered):
        kept = without(known, catalog.dataset.gminas, saved.wishes, way)
        label = t("plan.let_go", wish=" + ".join(_loosened(catalog, wish, kept, names, t) for wish in way))
        st.button(markdown_text(label, 400), key=f"plan_let_go_{number}", on_click=plan_state.let_go, args=(kept,))


def _loosened(catalog: Catalog, wish: Wish, kept: Wishes, names: Mapping[str, str], t: Translator) -> str:
    """A wish to let go of in words; the number of meetings is changed to one that works."""
    text = plan_views.wish_text(catalog, wish, names, t)
    return t("plan.clash_number", wish=text, n=kept.meetings) if wish.kind == "meetings" else text


def offer_undo(t: Translator) -> None:
    """After a wish was let go: a button that brings it back, until something else is wished for."""
    if plan_state.let_go_before() is not None:
        st.html(f'<div class="notice" role="status">{esc(t("plan.let_go_done"))}</div>')
        st.button(t("plan.bring_back"), key="plan_bring_back", on_click=plan_state.bring_back)


def changed_since(plan: Plan, catalog: Catalog, t: Translator) -> None:
    """After a file was opened: says when today's data give another plan than the one that was saved."""
    was = st.session_state.get(plan_state.OPENED)
    if not was:
        return
    chosen, version = was
    if version == catalog.dataset.version or set(chosen) == set(plan.ids):
        st.html(f'<div class="notice" role="status">{esc(t("plan.opened"))}</div>')
    else:
        st.html(f'<div class="notice" role="status">{esc(t("plan.opened_other"))}</div>')


def draw_map(catalog: Catalog, plan: Plan, t: Translator) -> None:
    rows = [row for code in plan.ids if (row := catalog.row_of(code)) is not None]
    dark = state.dark()
    mapview.draw(catalog, np.array(rows, dtype=np.int64), plan_views.picture(plan, t, dark=dark), t, key="plan_map")
    st.html(plan_views.legend_html(plan, t, dark=dark) + f'<p class="quiet">{esc(t("plan.limits.people"))}</p>')


def sites(catalog: Catalog, saved: SavedPlan, plan: Plan, t: Translator) -> None:
    """The venues as cards, each with what the animator can say to it."""
    cards = results.cards_for(catalog, t)
    st.html(f"<h2>{esc(t('plan.section.sites'))}</h2><p class='quiet'>{esc(t('gmina.meetings.what'))}</p>")
    for number, site in enumerate(plan.sites, 1):
        code = site.venue.id
        st.html(plan_views.site_html(cards, site, number))
        with st.container(horizontal=True, key=f"plan_site_{number}"):
            if code in saved.wishes.fixed:
                st.button(t("plan.unfix"), key=f"plan_unfix_{number}", on_click=plan_state.unfix, args=(code,))
            else:
                st.button(t("plan.fix"), key=f"plan_fix_{number}", on_click=plan_state.fix, args=(code,))
                here = (code, *(venue.id for venue in site.beside))
                st.button(t("plan.exclude"), key=f"plan_exclude_{number}", on_click=plan_state.exclude, args=here)
        if site.beside:
            with st.expander(t("plan.beside", n=len(site.beside))):
                for place, venue in enumerate(site.beside):
                    label = t("plan.swap", name=venue.name)
                    key = f"plan_swap_{number}_{place}"
                    st.button(markdown_text(label), key=key, on_click=plan_state.swap, args=(code, venue.id))


def alternatives(plan: Plan, t: Translator) -> None:
    """The next best plans, what each loses, and a button to take it."""
    st.html(f"<h2>{esc(t('plan.section.others'))}</h2>{plan_views.compared_html(plan, t) if plan.alternatives else ''}")
    if not plan.alternatives:
        st.html(f'<p class="quiet">{esc(t("plan.no_others"))}</p>')
    for number, one in enumerate(plan.alternatives, 1):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            st.html(f"<p><b>{number}.</b> {esc(plan_views.alternative_text(plan, one, t), 900)}</p>")
        with right:
            st.button(t("plan.choose", number=number), key=f"plan_choose_{number}", on_click=plan_state.choose, args=(one.ids,))


def further(catalog: Catalog, saved: SavedPlan, plan: Plan, t: Translator) -> None:
    """What a further meeting would add, and what each wish costs."""
    wishes, steps = saved.wishes, []
    st.html(f"<h2>{esc(t('plan.section.curve'))}</h2>")
    slot = st.empty()
    for number in range(1, MOST_MEETINGS + 1):
        slot.progress(number / MOST_MEETINGS, text=t("plan.working_curve"))
        steps.append(cache.plan_step(catalog, wishes, number))
    slot.html(plan_views.curve_html([one for one in steps if one is not None], plan, t))
    st.html(f"<h2>{esc(t('plan.section.prices'))}</h2>")
    slot, found, every = st.empty(), [], priced(wishes)
    for number, wish in enumerate(every, 1):
        slot.progress(number / len(every), text=t("plan.working"))
        found.append(cache.plan_price(catalog, wishes, wish))
    slot.html(plan_views.prices_html(catalog, plan, by_price(found), t))


def reached(catalog: Catalog, plan: Plan, t: Translator) -> None:
    """Who is reached in each gmina, and who is left out."""
    cards = results.cards_for(catalog, t)
    st.html(f"<h2>{esc(t('plan.section.left'))}</h2>{plan_views.left_html(cards, plan.left_out)}")
    gminas = plan_views.gminas_html(cards, plan.by_gmina, cache.meetings_since(catalog))
    st.html(f"<h2>{esc(t('plan.section.gminas'))}</h2>{gminas}")


def calendar(saved: SavedPlan, plan: Plan, t: Translator) -> list[date | None]:
    """The day of each meeting, to be moved by hand; says what speaks against a day."""
    st.html(f"<h2>{esc(t('plan.section.calendar'))}</h2>")
    proposed: tuple[date, ...] = ()
    if saved.first and saved.last:
        weeks = weeks_between(saved.first, saved.last)
        proposed = spread_over(weeks, len(plan.sites), first=saved.first, last=saved.last, weekday=saved.weekday)
        if len(proposed) < len(plan.sites):
            st.html(f'<div class="notice">{esc(t("plan.weeks_short", n=len(proposed), of=len(plan.sites)))}</div>')
    else:
        st.html(f'<div class="notice">{esc(t("plan.choose_weeks"))}</div>')
    days = plan_take.days_of(saved, plan, proposed)
    double = clashes(day for day in days if day)
    columns = [column for _ in range(0, len(plan.sites), DAYS_IN_ROW) for column in st.columns(DAYS_IN_ROW)]
    for number, (site, day) in enumerate(zip(plan.sites, days, strict=True)):
        with columns[number]:
            key = f"plan_day_{number}"
            st.session_state[key] = day
            label = t("plan.day_of", number=number + 1, place=markdown_text(site.venue.locality))
            st.date_input(label, key=key, format="DD.MM.YYYY", on_change=plan_state.move, args=(site.venue.id, key, day))
            if day:
                against = plan_views.day_text(judged(day, t.language), t, double=day in double)
                told = f"{plan_views.day_words(day, t)}, {saved.start:%H:%M}–{plan_take.end_of(day, saved):%H:%M}"
                st.html(f'<p class="quiet">{esc(told)}</p>' + (f'<div class="notice" role="alert">{esc(against)}</div>' if against else ""))
    return days


def invitations(catalog: Catalog, saved: SavedPlan, plan: Plan, days: list[date | None], t: Translator) -> None:
    """Whom to invite to each meeting, and everything to take along."""
    label = downloads.wording(catalog, t).label
    with st.spinner(t("plan.working"), show_time=True):
        by_venue = {code: cache.invitations_of(catalog, saved.wishes, code) for code in plan.ids}
    lists = plan_invite.Lists(by_venue, saved.ticks)
    st.html(f"<h2>{esc(t('plan.section.invite'))}</h2>")
    names = {site.venue.id: f"{n}. {site.venue.locality}" for n, site in enumerate(plan.sites, 1)}
    plan_invite.begin_with_first(plan.ids)
    chosen = st.segmented_control(
        t("plan.invite.which"),
        list(names),
        format_func=lambda code: markdown_text(names[code]),
        key=plan_invite.INVITED,
        required=True,
        on_change=plan_invite.choose,
    )
    plan_invite.draw(catalog, lists, chosen or plan.ids[0], label, t)
    st.html(f"<h2>{esc(t('plan.section.take'))}</h2>")
    done = plan_take.Finished(catalog, saved, plan, days, lists, label, t)
    plan_take.buttons(done)
    plan_take.brief_buttons(done)
    with st.container(horizontal=True, key="plan_share"):
        client.print_button(t("gmina.print"), key="print")


def limits(catalog: Catalog, saved: SavedPlan, t: Translator) -> None:
    """What the figures rest on, where they are read."""
    keys = ["plan.limits.roads", "plan.limits.people"]
    if saved.wishes.need and not cache.unmet_need(catalog):
        keys.insert(0, "plan.limits.need_unknown")
    elif saved.wishes.need:
        keys.insert(0, "plan.limits.need_gaps")
    entries = "".join(f"<li>{esc(t(key))}</li>" for key in keys)
    st.html(f'<h2>{esc(t("plan.section.limits"))}</h2><ul class="lines">{entries}</ul>')


main()
