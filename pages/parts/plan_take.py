"""How does a plan leave the screen: a workbook, a mail merge file, calendar entries, and a file that opens it again?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from lib.analysis.meeting_dates import HOURS
from lib.analysis.plan_file import JSON_TYPE, SavedPlan, to_json, with_answer
from lib.analysis.plan_venues import Venue
from lib.analysis.siting import Plan
from lib.catalog.catalog import Catalog
from lib.exchange.export import CSV_TYPE, XLSX_TYPE
from lib.exchange.ics import ICS_TYPE, Meeting, to_ics
from lib.exchange.workbook import Sheet, to_csv_table, to_workbook
from lib.i18n import Translator
from lib.reports import invitation_rows as rows
from lib.reports import plan_words
from lib.reports.document import FORMATS as FORMATS_OF_BRIEF
from lib.reports.facts import Meeting as BriefMeeting
from pages.parts import cache, plan_views, results
from pages.parts.html import esc, markdown_text
from pages.parts.plan_invite import Lists

TYPES = {"xlsx": XLSX_TYPE, "csv": CSV_TYPE, "ics": ICS_TYPE, "json": JSON_TYPE}
WIDE = (48, 28, 24, 16, 16, 90)


@dataclass(frozen=True)
class Finished:
    """A plan with everything that goes into its files: what was asked, the answer, the day of each venue, the invitations."""

    catalog: Catalog
    saved: SavedPlan
    plan: Plan
    days: Sequence[date | None]
    lists: Lists
    label: rows.Label
    t: Translator

    def occasions(self) -> list[rows.Occasion]:
        """Each venue with those who are invited, and its day where one is chosen."""
        return [
            rows.Occasion(
                site.venue, self.lists.chosen(site.venue.id), day.isoformat() if day else "", f"{self.saved.start:%H:%M}" if day else ""
            )
            for site, day in zip(self.plan.sites, self.days, strict=True)
        ]


def buttons(done: Finished) -> None:
    """One button a format, each with a word on what it is for; without days there is no calendar file."""
    t, name = done.t, f"plan-{date.today():%Y-%m-%d}"
    st.html(f'<p class="quiet">{esc(t("plan.take.lead"))}</p>')
    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: workbook(done),
        "csv": lambda: mail_merge(done),
        "ics": lambda: to_ics(meetings(done), name=t("plan.calendar_name"), stamp=datetime.now(UTC)),
        "json": lambda: to_json(with_answer(done.saved, done.plan.ids, done.catalog.dataset.version)),
    }
    told = rows.contacts_of(one for site in done.plan.sites for one in done.lists.chosen(site.venue.id))
    counts = {"email": told.email, "phone": told.phone, "address": told.address, "none": told.none}
    st.html(f'<p class="count">{esc(t("plan.invite.contacts", n=told.all, **counts))}</p>')
    with st.container(horizontal=True, key="plan_files"):
        for form, make in makers.items():
            st.download_button(
                t(f"plan.take.{form}"),
                data=make,
                file_name=f"{name}.{form}",
                mime=TYPES[form],
                key=f"plan_take_{form}",
                on_click="ignore",
                disabled=form == "ics" and not any(done.days),
            )


def mail_merge(done: Finished) -> bytes:
    """The CSV of the screen: headers and days in words, as they go into a letter (the command writes field names)."""
    day: Callable[[str], str] = lambda iso: plan_views.day_in_letter(date.fromisoformat(iso), done.t)  # noqa: E731
    return to_csv_table(rows.merge_headers(done.t), rows.merge_rows(done.occasions(), done.t, done.label, day))


def brief_buttons(done: Finished) -> None:
    """The brief of each meeting as PDF and DOCX, made when pressed: its gmina, its venue and day, and the partners within its reach."""
    t = done.t
    st.html(f'<p class="quiet">{esc(t("plan.take.brief_lead"))}</p>')
    for number, (site, day) in enumerate(zip(done.plan.sites, done.days, strict=True), 1):
        with st.container(horizontal=True, key=f"plan_briefs_{number}"):
            for form, media_type in FORMATS_OF_BRIEF.items():
                st.download_button(
                    markdown_text(t("plan.take.brief", number=number, place=site.venue.locality, form=form.upper())),
                    data=_brief_maker(done, site.venue, day, form),
                    file_name=f"karta-spotkania-{site.venue.teryt}-{t.language}.{form}",
                    mime=media_type,
                    key=f"plan_brief_{number}_{form}",
                    on_click="ignore",
                )


def _brief_maker(done: Finished, venue: Venue, day: date | None, form: str) -> Callable[[], bytes]:
    hour = done.saved.start.strftime("%H:%M") if day else ""
    said = BriefMeeting(venue.name, venue.latitude, venue.longitude, day.isoformat() if day else "", done.saved.wishes.radius_km, hour)
    return lambda: cache.brief(done.catalog, venue.teryt, done.t.language, form, date.today().isoformat(), said)


def end_of(day: date, saved: SavedPlan) -> datetime:
    """When a meeting is over: the calendar file and the screen say the same."""
    return datetime.combine(day, saved.start) + timedelta(hours=HOURS)


def meetings(done: Finished) -> list[Meeting]:
    """The meetings that have a day, as calendar events; one keeps its name as long as its venue and the first week stay."""
    found = []
    for site, day in zip(done.plan.sites, done.days, strict=True):
        if day is None:
            continue
        start = datetime.combine(day, done.saved.start)
        venue = site.venue
        found.append(
            Meeting(
                key=f"{venue.id}|{done.saved.first or ''}",
                title=done.t("plan.event.title", place=venue.locality),
                place=", ".join(part for part in (venue.name, venue.locality) if part),
                start=start,
                end=end_of(day, done.saved),
                notes=done.t("plan.event.notes", n=len(done.lists.chosen(venue.id)), km=done.plan.task.wishes.radius_km),
                latitude=venue.latitude,
                longitude=venue.longitude,
            )
        )
    return found


def workbook(done: Finished) -> bytes:
    """The plan on its own sheets: venues, other plans, gminas, places left out, invitations, and what it rests on."""
    t, plan, gminas = done.t, done.plan, done.catalog.dataset.gminas
    names = {code: gmina.name for code, gmina in gminas.items()}
    sites: list[rows.Cells] = [
        [
            *(
                site.venue.name,
                site.venue.locality,
                names.get(site.venue.teryt, ""),
                day.isoformat() if day else "",
                round(site.covers_people),
            ),
            " ".join(t(f"plan.reason.{reason.key}", **reason.params) for reason in site.reasons),
        ]
        for site, day in zip(plan.sites, done.days, strict=True)
    ]
    others: list[rows.Cells] = [
        [n, plan_views.alternative_text(plan, one, t), round(one.covered_people)] for n, one in enumerate(plan.alternatives, 1)
    ]
    reached: list[rows.Cells] = [
        [names.get(r.teryt, r.teryt), *(round(n) for n in (r.people, r.before, r.after, r.either))] for r in plan.by_gmina
    ]
    since = cache.meetings_since(done.catalog)
    reach_heads = [plan_views.gminas_head(name, since, t) for name in ("gmina", "people", "before", "after", "either")]
    places = done.catalog.dataset.localities
    left: list[rows.Cells] = [
        [places[one.id].name, names.get(places[one.id].teryt, ""), round(one.people), round(one.km, 1)] for one in plan.left_out
    ]
    invited = rows.list_rows(done.occasions(), t, done.label)
    header = [t(f"plan.sheet.{name}") for name in rows.COLUMNS]
    return to_workbook(
        [
            Sheet(
                t("plan.book.sites"),
                [t(f"plan.book.{name}") for name in ("venue", "locality", "gmina", "day", "serves", "why")],
                sites,
                WIDE,
            ),
            Sheet(t("plan.book.others"), [t(f"plan.book.{name}") for name in ("number", "change", "people")], others, (8, 110, 16)),
            Sheet(t("plan.book.gminas"), reach_heads, reached, (28, 12, 40, 24, 24)),
            Sheet(t("plan.book.left"), [t(f"plan.book.{name}") for name in ("locality", "gmina", "people", "km")], left, (28, 28)),
            Sheet(t("plan.book.invited"), header, invited, [rows.WIDTHS.get(name, 0) for name in rows.COLUMNS]),
            Sheet(t("plan.book.about"), (), about(done), (90, 20)),
        ]
    )


def about(done: Finished) -> list[rows.Cells]:
    """What the plan rests on: the proof, who has it farther, the wishes, the version of the data, the limits."""
    t, w = done.t, done.saved.wishes
    told = plan_views.farther(results.cards_for(done.catalog, t), done.plan, cache.plan_for_everybody(done.catalog, w))
    noted: list[rows.Cells] = [[text, ""] for text in plan_words.notes(done.plan, t)]
    facts: list[rows.Cells] = [
        [plan_words.proof(done.plan, t), ""],
        [" ".join(told), ""],
        *noted,
        [t("plan.ask.meetings"), w.meetings],
        [t("plan.ask.radius"), w.radius_km],
        [t("plan.ask.group"), t(f"plan.group.{w.group}")],
        [t("plan.ask.mode"), t(f"plan.mode.{w.mode}")],
        [t("plan.ask.one"), t("plan.on" if w.one_per_gmina else "plan.off")],
        [t("plan.ask.need"), t("plan.on" if w.need else "plan.off")],
        [t("plan.ask.past"), t("plan.on" if w.past else "plan.off")],
        [t("plan.sheet.about_version"), done.catalog.dataset.version],
    ]
    return facts + [[t(key), ""] for key in ("plan.limits.roads", "plan.limits.people", "map.sample")]


def days_of(saved: SavedPlan, plan: Plan, proposed: Sequence[date]) -> list[date | None]:
    """The day of each venue: the one it was moved to, else the proposal in order; None where there is none."""
    given = iter(proposed)
    days: list[date | None] = []
    for site in plan.sites:
        own = next(given, None)
        days.append(saved.moved.get(site.venue.id, own))
    return days
