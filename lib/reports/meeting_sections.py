"""What does a meeting in a gmina need beside the records: whom to invite, which programmes there are, the agenda, and the limits?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from lib.analysis.initiatives import figure
from lib.analysis.profile import day_of, host_of
from lib.catalog.catalog import Catalog
from lib.domain.records import Item
from lib.domain.statements import need_title
from lib.geo.neighbours import neighbours
from lib.geo.travel import DETOUR
from lib.i18n import Translator
from lib.reports.document import Block, Bullets, Column, Fields, Heading, Paragraph, Question, Row, Run, Table, Text
from lib.reports.facts import MEETING_PLACES, NAMED, Facts, Meeting
from lib.reports.partners import INVITED, Partner, Partners, rank
from lib.reports.programmes import Programme
from lib.reports.record_sections import TALLIED_FROM, Gap
from lib.reports.words import DASH, STATEMENT_LIMIT, Words

LINES = 3
"""Empty lines a question at least: two pages hold five questions with their facts, and what is left of a page becomes further lines."""
NEEDS_ASKED = 3
PERCENT_FROM = 50
"""Records from which a percentage says more than "1 of 12"."""
THEMES_NAMED = 3
"""Themes named as a reason; an organisation that is good at everything has no better reason for it."""
VOLUNTEERING = "volunteering"


def partners(words: Words, facts: Facts, meeting: Meeting | None) -> tuple[Block, ...]:
    """Organisations to invite, by category, with the reasons that the records give."""
    t, found = words.t, facts.partners
    if not found.groups:
        return (Paragraph(words.say("brief.partners.none"), "notice"),)
    lead = "brief.partners.lead_meeting" if meeting else "brief.partners.lead"
    said = [t(lead, km=found.km, origin=found.origin.name, detour=t.number(DETOUR, 2))]
    if not found.needs:
        said.append(t("brief.partners.themeless"))
    chosen = facts.guests
    if (others := len(facts.kind("resources")) - _invited(facts)) and found.own:
        said.append(t("brief.partners.not_invited", n=others, of=len(facts.kind("resources"))))
    said.append(_own_ones(words, found, sum(_own(shown) for _, shown, _ in chosen), meeting))
    columns = (
        Column(t("brief.column.name"), 0.46),
        Column(t("brief.column.km"), 0.07, numeric=True),
        Column(t("brief.column.why"), 0.37),
        Column(t("brief.column.source"), 0.1, numeric=True),
    )
    rows = [row for code, shown, them in chosen for row in _partner_rows(words, code, shown, them)]
    count = sum(not row.group for row in rows)
    after = [Paragraph(words.say("brief.partners.unplaced", n=found.unplaced), "quiet")] if found.unplaced else []
    caption = words.own(t("brief.partners.caption", shown=count, total=found.total)).text
    return Paragraph((words.own(" ".join(said)),), "head"), Table(caption, columns, tuple(rows)), *after


def _invited(facts: Facts) -> int:
    """How many records of the gmina are bodies that can be asked to come."""
    return sum(item.category in INVITED for item in facts.kind("resources"))


def _own(them: Sequence[Partner]) -> int:
    return sum(one.here for one in them)


def _own_ones(words: Words, found: Partners, shown: int, meeting: Meeting | None) -> str:
    """Whether all organisations of the gmina are on the list, or how many more there are."""
    own = found.own
    key = "part" if shown < own else "all" if own else "none"
    reach = "_in_reach" if meeting and key != "part" else ""
    return words.t(f"brief.partners.own_{key}{reach}", n=own, shown=shown, more=own - shown)


def _partner_rows(words: Words, code: str, shown: Sequence[Partner], them: Sequence[Partner]) -> list[Row]:
    """A category with how many of it are listed, all in all and of the gmina itself; then those that are."""
    counts = ((words.plural("category", code), len(shown), len(them)), (words.t("brief.partners.own_here"), _own(shown), _own(them)))
    said = [words.t(f"brief.resources.{'all' if n == of else 'part'}", name=name, shown=n, total=of) for name, n, of in counts]
    return [Row(((words.own(" · ".join(said)),),), group=True), *(_partner_row(words, one) for one in shown)]


def _partner_row(words: Words, one: Partner) -> Row:
    place = words.place(one.item, with_gmina=not one.here)
    km = words.t.number(round(one.km)) if math.isfinite(one.km) else DASH
    contact = words.contact(one.item)
    unknown = words.t("brief.approximate") if one.item.approximate and not one.item.address and not one.item.locality else ""
    doubt = words.term("status", "unknown") if one.item.details.get("status") == "unknown" else ""
    told = [part for part in (place, unknown, doubt) if part]
    name = [words.record(one.item.name), *([words.own(" · " + " · ".join(told), quiet=True)] if told else [])]
    if contact:
        name += [words.own(" · ", quiet=True), *contact]
    return Row(
        (tuple(name), (words.own(km),), (words.own(why(words, one)),), words.marks((one.item, *(one.past or one.ran or one.joined)[:1])))
    )


def why(words: Words, one: Partner) -> str:
    """The reasons to invite an organisation, in words."""
    t = words.t
    parts = []
    ran, joined = ([deed for deed in deeds if deed not in one.past] for deeds in (one.ran, one.joined))
    for key, deeds in (("brief.why.past", one.past), ("brief.why.ran", ran), ("brief.why.joined", joined)):
        if deeds:
            years = [year for deed in deeds if (year := words.year(day_of(deed))) != DASH]
            last = f", {t('brief.why.last', year=max(years))}" if years else ""
            parts.append(t(key, n=len(deeds)) + last)
    if one.themes and not parts:
        parts.append(t("brief.why.themes", names=words.listed("theme", one.themes[:THEMES_NAMED])))
    return "; ".join(parts) or t("brief.why.here" if one.here else "brief.why.near")


def programmes(words: Words, facts: Facts) -> tuple[Block, ...]:
    """Programmes described lately as a table; older ones as history, undated ones as such."""
    t, found = words.t, facts.programmes
    if not found.total:
        return (Paragraph(words.say("brief.programmes.none"), "notice"),)
    blocks: list[Block] = [Paragraph(words.say("brief.programmes.lead", n=found.total), "head")]
    if found.recent:
        shown = found.recent[: facts.rows.programmes]
        columns = (
            Column(t("brief.column.programme"), 0.45),
            Column(t("brief.column.applicants"), 0.2),
            Column(t("brief.column.sum"), 0.19),
            Column(t("brief.column.year"), 0.08, numeric=True),
            Column(t("brief.column.source"), 0.08, numeric=True),
        )
        years = {"first": str(found.first_year), "last": str(found.present)}
        caption = words.own(t("brief.programmes.caption", shown=len(shown), total=len(found.recent), **years)).text
        blocks += [Table(caption, columns, tuple(_programme_row(words, one) for one in shown))]
        blocks += [Paragraph((words.own(" ".join(_table_notes(words, shown))),), "quiet")]
    if found.older:
        blocks += [
            Heading(t("brief.programmes.history")),
            Paragraph(words.say("brief.programmes.history_lead", last=str(found.first_year - 1))),
        ]
        blocks += [Bullets(_history(words, found.older, facts.rows.history))]
    if found.undated:
        items = [one.item for one in found.undated]
        blocks.append(Paragraph((words.own(t("brief.programmes.undated")), *words.named(items[:NAMED], len(items)), words.own("."))))
    return tuple(blocks)


def _table_notes(words: Words, shown: Sequence[Programme]) -> list[str]:
    """How the programmes of the table are ordered, what to do about a call that is over, and which descriptions are second-hand."""
    foreign = sum(one.other_site for one in shown)
    notes = [words.t("brief.programmes.order")]
    if any(one.ended for one in shown):
        notes.append(words.t("brief.programmes.next_call"))
    return [*notes, words.t("brief.programmes.second_hand", n=foreign, of=len(shown))] if foreign else notes


def _programme_row(words: Words, one: Programme) -> Row:
    item = one.item
    name = [words.record(item.name, bold=True)]
    if item.details.get("operator"):
        name += [words.own(" · ", quiet=True), words.record(item.details["operator"], quiet=True)]
    if calls := item.details.get("call_pattern_pl"):
        name += [words.own(" · " + words.t("brief.programmes.calls"), quiet=True), words.record(calls, quiet=True)]
    if one.ended:
        name += [words.own(" · ", quiet=True), words.own(words.t("brief.programmes.ended", year=str(one.ended)), bold=True)]
    if one.other_site:
        site = item.details["url"]
        name += [words.own(" · " + words.t("brief.programmes.site") + " ", quiet=True), words.own(host_of(site), link=site)]
    if one.themes:
        themes = words.listed("theme", one.themes[:THEMES_NAMED])
        name.append(words.own(" · " + words.t("brief.programmes.theme", names=themes), quiet=True))
    year = words.own(str(one.year) if one.year else DASH)
    return Row((tuple(name), _applicants(words, one), (words.own(_sum(words, item)),), (year,), words.marks((item,))))


def _applicants(words: Words, one: Programme) -> Text:
    """Who can apply; those that have a record in the gmina stand out."""
    runs: list[Run] = []
    for code in one.item.parts("who_can_apply"):
        runs += [*([words.own(", ")] if runs else []), words.own(words.inner(words.plural("applicant", code)), bold=code in one.applicants)]
    return tuple(runs) or words.say("brief.none")


def _sum(words: Words, item: Item) -> str:
    """How much one can get, and the own contribution, each said to be unknown where it is."""
    t = words.t
    least, most, own = (figure(item, column) for column in ("amount_min_pln", "amount_max_pln", "own_contribution_pct"))
    if least is None and most is None and own is None:
        return t("brief.programmes.unknown")
    if least is not None and most is not None:
        amount = t("card.pln", amount=f"{t.number(least, 2)}{DASH}{t.number(most, 2)}")
    elif most is not None:
        amount = t("brief.programmes.up_to", most=words.money(most))
    else:
        amount = t("brief.programmes.unknown_sum") if least is None else t("brief.programmes.from", least=words.money(least))
    if own is None:
        return f"{amount}; {t('brief.programmes.unknown_own')}"
    return f"{amount}; {t('brief.programmes.own', percent=own) if own else t('brief.programmes.no_own')}"


def _history(words: Words, older: Sequence[Programme], rows: int) -> tuple[Text, ...]:
    """Older programmes by the year of their description, the newest first; what does not fit is counted."""
    texts: list[Text] = []
    for year, same in groupby(older[:rows], key=lambda one: one.year):
        texts.append((words.own(f"{year}: ", bold=True), *words.named([one.item for one in same])))
    more = len(older) - rows
    return (*texts, words.say("brief.programmes.older_more", n=more)) if more > 0 else tuple(texts)


def agenda(words: Words, catalog: Catalog, facts: Facts, gaps: Sequence[Gap], meeting: Meeting | None) -> tuple[Block, ...]:
    """The five questions, each with the facts that feed it and lines to write on."""
    t = words.t
    told = {
        "what": _what(words, facts, gaps),
        "how": _how(words, facts),
        "whom": _whom(words, facts),
        "lacking": _lacking(words, catalog, facts),
        "pay": _pay(words, facts),
    }
    questions = [Question(t(f"brief.agenda.{key}"), t(f"brief.agenda.hint.{key}"), tuple(found), LINES) for key, found in told.items()]
    known = {"when": words.own(_when_and_where(words, meeting)).text if meeting else ""}
    fields = Fields(tuple((t(f"brief.agenda.field.{name}"), known.get(name, "")) for name in ("when", "host", "present")))
    return fields, Paragraph(words.say("brief.agenda.lead"), "head"), *questions


def _when_and_where(words: Words, meeting: Meeting) -> str:
    """The day with its hour, as far as they are known, and the venue."""
    return ", ".join(part for part in (day_and_hour(words.t, meeting), meeting.venue) if part)


def day_and_hour(t: Translator, meeting: Meeting) -> str:
    """The day of a meeting with its weekday, and the hour where it is known; "" when the day is open."""
    if not meeting.date:
        return ""
    day = t.weekday_and_date(meeting.date)
    return t("brief.agenda.at", day=day, time=meeting.time) if meeting.time else day


def _what(words: Words, facts: Facts, gaps: Sequence[Gap]) -> list[Text]:
    t = words.t
    found: list[Text] = []
    if facts.needs:
        runs = [words.own(t("brief.agenda.needs"))]
        for i, item in enumerate(facts.needs[:NEEDS_ASKED]):
            asked = need_title(item.name).rstrip(".")
            runs += [*([words.own("; ")] if i else []), words.record(asked, limit=STATEMENT_LIMIT), *words.marks((item,))]
        found.append(tuple(runs))
    else:
        found.append(words.say("brief.agenda.no_needs"))
    told = [gap for gap in gaps if not gap.open]
    if told:
        found.append((words.own(" ".join(_assessed(words, told))),))
    if facts.lessons.themes:
        found.append(words.say("brief.agenda.themes", names=words.counted(facts.lessons.themes, NAMED, "theme")))
    return found


def _assessed(words: Words, told: Sequence[Gap]) -> list[str]:
    """Which services were assessed, each verdict said once, and of which the data cannot tell."""
    by_verdict: dict[str, list[str]] = {}
    for gap in told:
        if gap.known:
            by_verdict.setdefault(gap.verdict, []).append(gap.title)
    names = "; ".join(f"{', '.join(titles)} {DASH} {verdict}" for verdict, titles in by_verdict.items())
    untold = ", ".join(gap.title for gap in told if not gap.known)
    said = [words.t("brief.agenda.gaps", names=names)] if names else []
    return [*said, words.t("brief.agenda.gaps_unknown", names=untold)] if untold else said


def _how(words: Words, facts: Facts) -> list[Text]:
    t, done = words.t, facts.initiatives[:NEEDS_ASKED]
    resources = facts.kind("resources")
    places = [item for code in MEETING_PLACES for item in resources if item.category == code]
    first = (words.own(t("brief.agenda.done")), *words.named(done)) if done else words.say("brief.agenda.not_done")
    if not places:
        return [first, words.say("brief.agenda.no_places")]
    named = _places(words, places[:NAMED], len(places))
    return [first, (words.own(t("brief.agenda.places")), *named, words.own(". " + t("brief.agenda.rooms")))]


def _places(words: Words, places: Sequence[Item], total: int) -> list[Run]:
    """Houses to ask for a room; of which nobody knows whether it is still active, that is said."""
    runs: list[Run] = []
    for item in places:
        doubt = [words.own(f" ({words.term('status', 'unknown')})", quiet=True)] if item.details.get("status") == "unknown" else []
        runs += [*([words.own(", ")] if runs else []), words.record(item.name), *doubt, *words.marks((item,))]
    more = total - len(places)
    return [*runs, words.own(" " + words.t("brief.more", n=more))] if more > 0 else runs


def _whom(words: Words, facts: Facts) -> list[Text]:
    best = sorted((one for _, shown, _ in facts.guests for one in shown), key=rank)
    own, others = [one for one in best if one.here], [one for one in best if not one.here and one.reasons]
    found = [_guests(words, key, them) for key, them in (("own", own), ("others", others)) if them]
    if not found:
        found.append(words.say("brief.partners.none" if not best else "brief.agenda.no_reasons"))
    if facts.lessons.total:
        found.append(words.say("brief.agenda.joint", n=facts.lessons.joint, of=facts.lessons.total))
    return found


def _guests(words: Words, key: str, them: Sequence[Partner]) -> Text:
    """The first of some organisations with the reasons to invite them, and how many more there are."""
    runs = [words.own(words.t(f"brief.agenda.partners_{key}"))]
    for i, one in enumerate(them[:NAMED]):
        runs += [words.own("; " if i else ""), words.record(one.item.name)]
        if one.reasons:
            runs.append(words.own(f" ({why(words, one)})", quiet=True))
    more = len(them) - NAMED
    return (*runs, words.own(" " + words.t("brief.more", n=more))) if more > 0 else tuple(runs)


def _lacking(words: Words, catalog: Catalog, facts: Facts) -> list[Text]:
    t, found = words.t, []
    volunteers = [one.item for one in facts.partners.best if VOLUNTEERING in one.item.themes]
    if volunteers:
        found.append((words.own(t("brief.agenda.volunteers")), *words.named(volunteers[:NAMED], len(volunteers))))
    else:
        found.append(words.say("brief.agenda.no_volunteers"))
    ages = {row.group: words.whole(row.people) for row in (*facts.people.main, *facts.people.services)} if facts.people else {}
    if facts.people and {"pop_16_19", "pop_55_64", "pop_65_plus"} <= set(ages):
        basis = t("brief.agenda.official" if facts.people.official else "brief.agenda.estimate")
        groups = {"youth": ages["pop_16_19"], "before": ages["pop_55_64"], "seniors": ages["pop_65_plus"]}
        found.append(words.say("brief.agenda.ages", basis=basis, **groups))
    beside = [words.gmina(border.teryt) for border in neighbours(catalog.dataset.boundaries).get(facts.gmina.teryt, ())]
    if beside:
        found.append(words.say("brief.agenda.neighbours", names=", ".join(name for name in beside if name)))
    return found


def _pay(words: Words, facts: Facts) -> list[Text]:
    t, found = words.t, facts.programmes
    texts: list[Text] = []
    if facts.lessons.funds:
        texts.append(words.woven("brief.agenda.funds", words.tallied(facts.lessons.funds, NAMED, plain=facts.lessons.total < TALLIED_FROM)))
    if found.recent:
        key, best = _best_programmes(found.recent[: facts.rows.programmes])
        runs = [words.own(t(f"brief.agenda.programmes_{key}"))]
        for i, one in enumerate(best[:NEEDS_ASKED]):
            told = [_sum(words, one.item), t("brief.programmes.year", year=str(one.year))]
            if one.ended:
                told.append(t("brief.programmes.ended", year=str(one.ended)))
            said = words.own(f" ({'; '.join(told)})", quiet=True)
            runs += [words.own("; " if i else ""), words.record(one.item.name), said, *words.marks((one.item,))]
        runs.append(words.own(". " + t("brief.agenda.ask_operator")))
        texts.append(tuple(runs))
    return texts or [words.say("brief.programmes.none")]


def _best_programmes(shown: Sequence[Programme]) -> tuple[str, Sequence[Programme]]:
    """Which programmes of the table are named, and on what that rests: a stated need, an applicant in the data, or neither."""
    able = [one for one in shown if one.applicants]
    asked = [one for one in able if one.themes]
    return ("asked", asked) if asked else ("able", able) if able else ("cover", shown)


def limits(words: Words, facts: Facts) -> tuple[Block, ...]:
    """What this brief cannot know, with the figures of this gmina."""
    t, thin = words.t, facts.thin
    undated = facts.lessons.undated
    lines = [
        _of_records(words, "approximate", thin.approximate, thin.records),
        _of_records(words, "undated", thin.undated, thin.records),
        t("gmina.thin.initiatives", n=undated) if undated else "",
        t("gmina.thin.status", n=thin.status_unknown) if thin.status_unknown else "",
        _missing(words, facts),
        t("gmina.thin.pages", n=thin.pages, hosts=thin.hosts) if thin.records else t("gmina.thin.no_records"),
        t("brief.limits.people") if facts.people and not facts.people.official else "",
        t("brief.limits.distance", detour=t.number(DETOUR, 2)),
        t("brief.limits.contacts"),
        t("brief.limits.fix"),
        t("brief.limits.licence"),
    ]
    return (Bullets(tuple((words.own(line),) for line in lines if line)),)


def _of_records(words: Words, key: str, n: int, of: int) -> str:
    """How many of the records that is; a percentage only where there are enough of them for one."""
    if not n:
        return ""
    if of < PERCENT_FROM:
        return words.t(f"brief.limits.{key}", n=n, of=of)
    return words.t(f"gmina.thin.{key}", n=n, share=words.percent(n / of))


def _missing(words: Words, facts: Facts) -> str:
    """The categories of which the gmina has no record at all, as on the gmina's page."""
    names = [words.plural("category", code) for code in facts.thin.missing]
    return words.t("gmina.thin.missing", n=len(names), names=", ".join(names)) if names else ""
