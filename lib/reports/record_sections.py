"""What do the records of a gmina look like on paper: map, people, resources, past initiatives, needs and gaps, each with its sources?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lib.analysis import profile
from lib.analysis.initiatives import figure
from lib.domain.records import Item
from lib.domain.statements import lost_the_vote, need_title
from lib.reports.document import Block, Bullets, Column, Heading, Paragraph, Picture, Row, Run, Table, Text
from lib.reports.facts import NAMED, Facts, Group, Lessons, party_names
from lib.reports.typography import clean
from lib.reports.words import DASH, NAME_LIMIT, STATEMENT_LIMIT, Words, known_publishers

TALLIED_FROM = 5
"""Initiatives from which "most often" says something; of fewer, who and what is named without a count."""
PARTNERS_NAMED = 3
"""Partners of one initiative named in its row; the page of the initiative has the rest."""


class Gap(NamedTuple):
    """An assessed service: its name, what the data has of it, what would be usual for so many people ("" where that has no meaning), the
    verdict in words and why it is no better.

    `known` is False where the data cannot tell; an `open` one may differ from the average by chance alone: it tells nothing that a
    meeting could act on.
    """

    title: str
    here: str
    usual: str
    verdict: str
    why: str = ""
    known: bool = True
    open: bool = False


def map_blocks(words: Words, facts: Facts, picture: Picture) -> tuple[Block, ...]:
    """The map, what it cannot place, and where its lines come from."""
    t, rough = words.t, facts.thin.approximate
    told = [t("brief.map.exact"), *([t("brief.map.rough", n=rough)] if rough else [])]
    origin = _origin(words, known_publishers(words.dataset, "boundaries", t), t("brief.map.places"))
    return picture, Paragraph((words.own(" ".join(told)), words.own(" "), *origin), "quiet")


def _origin(words: Words, found: Sequence[tuple[str, str]], *more: str) -> Text:
    """ "Source: ..." with the publishers as links."""
    runs: list[Run] = []
    for i, (url, name) in enumerate([*found, *(("", name) for name in more)]):
        runs += [*([words.own("; ")] if i else []), words.own(name, link=url)]
    return words.woven("brief.origin", runs)


def people(words: Words, facts: Facts) -> tuple[Block, ...]:
    """People by age beside powiat and subregion, with what the figures rest on."""
    t, found = words.t, facts.people
    if found is None:
        return (Paragraph(words.say("gmina.people.unknown"), "notice"),)
    key = "gmina.people.official" if found.official else "gmina.people.estimate"
    total = t(key, n=round(found.total))
    head = [words.own(total[:1].upper() + total[1:], bold=True)]
    if found.electors == found.electors:
        head.append(words.own(". " + t("gmina.people.electors", n=round(found.electors)) + "."))
    origin = _origin(words, known_publishers(words.dataset, "demography", t))
    return (
        Paragraph(tuple(head), "head"),
        _age_table(words, facts, found),
        Paragraph(words.say("gmina.people.basis_official") if found.official else _basis(words, facts, found), "notice"),
        Paragraph((words.own(t("brief.people.rounded") + " " + _beside(words, facts, found) + " "), *origin), "quiet"),
    )


def _age_table(words: Words, facts: Facts, found: profile.People) -> Table:
    t = words.t
    powiat = [] if facts.alone else [Column(t("brief.people.powiat"), 0.14, numeric=True)]
    columns = (
        Column(t("gmina.people.age"), 0.44 if powiat else 0.58),
        Column(t("gmina.people.number"), 0.14, numeric=True),
        Column(t("brief.people.own"), 0.14, numeric=True),
        *powiat,
        Column(t("gmina.people.region"), 0.14, numeric=True),
    )
    rows = [Row((words.say("brief.people.main"),), group=True), *(_age_row(words, facts, row) for row in found.main)]
    total = [words.whole(found.total), *[words.percent(1.0)] * (len(columns) - 2)]
    rows.append(Row((words.say("gmina.people.total"), *((words.own(cell),) for cell in total)), strong=True))
    rows += [Row((words.say("brief.people.services"),), group=True), *(_age_row(words, facts, row) for row in found.services)]
    caption = t("gmina.people.caption_city" if facts.alone else "gmina.people.caption", name=facts.gmina.name)
    return Table(words.own(caption).text, columns, tuple(rows), whole=True)


def _age_row(words: Words, facts: Facts, row: profile.AgeRow) -> Row:
    shares = [row.share, *([] if facts.alone else [row.powiat_share]), row.region_share]
    cells = (words.t(f"gmina.age.{row.group}"), words.whole(row.people), *(words.percent(share) for share in shares))
    return Row(tuple((words.own(cell),) for cell in cells))


def _beside(words: Words, facts: Facts, found: profile.People) -> str:
    t = words.t
    region = t("gmina.people.in_region", n=round(found.region_total))
    if facts.alone:
        return region
    powiat = words.term("powiat", facts.gmina.powiat)
    return f"{powiat[:1].upper()}{powiat[1:]}: {t('gmina.people.in_powiat', n=round(found.powiat_total))}. {region}"


def _basis(words: Words, facts: Facts, found: profile.People) -> Text:
    """How the figures came about and how far off they may be, as on the screen."""
    t, error = words.t, facts.error
    lines = [t("gmina.people.basis_shared", powiat=words.term("powiat", facts.gmina.powiat))]
    if found.gus_total and found.difference is not None:
        difference = f"{'+' if found.difference > 0 else '−'}{words.percent(abs(found.difference))}"
        lines.append(t("gmina.people.gus", n=round(found.gus_total), year=str(found.gus_year or ""), difference=difference))
    if error:
        years = DASH.join(dict.fromkeys(str(year) for year in (error.first_year, error.last_year) if year)) or DASH
        mean, most = words.percent(error.mean), words.percent(error.worst)
        lines.append(t("gmina.people.error", n=error.gminas, years=years, mean=mean, worst=most, name=words.gmina(error.worst_teryt)))
        lines.append(t("gmina.people.compared" if found.difference is not None else "gmina.people.uncompared"))
    return (words.own(" ".join(lines)),)


def resources(words: Words, facts: Facts) -> tuple[Block, ...]:
    """Organisations and places by category with contacts and sources; long lists are shortened and say by how much."""
    t, found = words.t, facts.resources
    if not found:
        return (Paragraph(words.say("gmina.resources.none"), "notice"),)
    shown, total = sum(len(group.shown) for group in found), sum(group.total for group in found)
    columns = (
        Column(t("brief.column.name_contact"), 0.8),
        Column(t("brief.column.year"), 0.1, numeric=True),
        Column(t("brief.column.source"), 0.1, numeric=True),
    )
    rows = [row for group in found for row in _group_rows(words, group)]
    reachable = sum(any(item.details.get(name) for name in ("phone", "email", "website")) for item in facts.kind("resources"))
    key = "contacts_all" if reachable == total else "contacts" if reachable else "contacts_none"
    notes = [t(f"brief.resources.{key}", known=reachable, total=total, n=total)]
    if total > shown:
        notes.append(t("brief.resources.order", n=total - shown))
    table = Table(words.own(t("brief.resources.caption", shown=shown, total=total)).text, columns, tuple(rows))
    return table, Paragraph((words.own(" ".join(notes)),), "quiet")


def _group_rows(words: Words, group: Group) -> list[Row]:
    name = words.plural("category", group.category)
    key = "brief.resources.all" if len(group.shown) == group.total else "brief.resources.part"
    head = (words.own(words.t(key, name=name, shown=len(group.shown), total=group.total)),)
    return [Row((head,), group=True), *(_resource_row(words, item) for item in group.shown)]


def _resource_row(words: Words, item: Item) -> Row:
    """Name, what else tells it apart, contact; then the year and the page."""
    parts = [
        words.term("subkind", item.subkind) if item.subkind else "",
        words.place(item),
        words.t("brief.approximate") if item.approximate and not item.address and not item.locality else "",
        words.term("status", "unknown") if item.details.get("status") == "unknown" else "",
    ]
    told = [words.own(" · " + " · ".join(part for part in parts if part), quiet=True)] if any(parts) else []
    contact = words.contact(item)
    reached = [words.own(" · ", quiet=True), *contact] if contact else []
    return Row(((words.record(item.name), *told, *reached), (words.own(words.year(item.as_of)),), words.marks((item,))))


def initiatives(words: Words, facts: Facts) -> tuple[Block, ...]:
    """The newest initiatives as a table, then what all of them tell together."""
    t, found = words.t, facts.initiatives
    if not found:
        return (Paragraph(words.say("gmina.timeline.none"), "notice"), Paragraph(words.say("gmina.meetings.none")))
    shown = found[: facts.rows.initiatives]
    paid = any(words.amount(item) or item.details.get("funding") for item in shown)  # else the names get the width
    columns = (
        Column(t("brief.column.when"), 0.15),
        Column(t("brief.column.what"), 0.33 if paid else 0.42),
        Column(t("brief.column.who"), 0.26 if paid else 0.34),
        *([Column(t("brief.column.money"), 0.17)] if paid else []),
        Column(t("brief.column.source"), 0.09, numeric=True),
    )
    rows = tuple(_initiative_row(words, item, paid=paid) for item in shown)
    caption = t("brief.initiatives.caption", shown=len(shown), total=len(found))
    return (
        Table(words.own(caption).text, columns, rows),
        Heading(t("brief.initiatives.learnt")),
        Paragraph(words.say("brief.initiatives.caution"), "quiet"),
        Bullets(_lessons(words, facts)),
    )


def _initiative_row(words: Words, item: Item, *, paid: bool) -> Row:
    kind = words.own(" · " + words.term("initiative_kind", item.category), quiet=True)
    organisers, partners = (party_names(words.dataset, item, column) for column in ("organisers", "partners"))
    who = [words.record(", ".join(organisers))] if organisers else []
    if partners:
        more = f" {words.t('brief.more', n=len(partners) - PARTNERS_NAMED)}" if len(partners) > PARTNERS_NAMED else ""
        names = words.record(", ".join(partners[:PARTNERS_NAMED]), limit=STATEMENT_LIMIT, quiet=True)
        said = words.t("brief.initiatives.with", names="").strip()
        who += [words.own(f"{' · ' if who else ''}{said} ", quiet=True), names, *([words.own(more, quiet=True)] if more else [])]
    money = [words.own(words.amount(item))] if words.amount(item) else []
    if item.details.get("funding"):
        money += [*([words.own(" ")] if money else []), words.record(item.details["funding"], quiet=True)]
    day = Run(clean(words.when(item), NAME_LIMIT))  # may break between month and year: the column is narrow
    cells = ((day,), (words.record(item.name), kind), tuple(who), *([tuple(money)] if paid else []), words.marks((item,)))
    return Row(tuple(cell or words.say("brief.none") for cell in cells))


def _lessons(words: Words, facts: Facts) -> tuple[Text, ...]:
    """Counts over all initiatives, each with the number of records it rests on."""
    found = facts.lessons
    if found.first_year and found.last_year:
        years = DASH.join(dict.fromkeys((str(found.first_year), str(found.last_year))))
        texts = [words.say("brief.initiatives.years", n=found.total, years=years, undated=found.undated)]
    else:
        texts = [words.say("brief.initiatives.no_years", n=found.total)]
    few = "_few" if found.total < TALLIED_FROM else ""
    if found.organisers:
        texts.append(words.woven(f"brief.initiatives.organisers{few}", words.tallied(found.organisers, NAMED, plain=bool(few))))
    if found.partners:
        names = words.tallied(found.partners, NAMED, plain=bool(few))
        texts.append(words.woven(f"brief.initiatives.partners{few}", names, n=found.joint, of=found.total))
    else:
        texts.append(words.say("brief.initiatives.no_partners"))
    if found.themes:
        themes = words.listed("theme", list(found.themes)[:NAMED]) if few else words.counted(found.themes, NAMED, "theme")
        texts.append(words.say(f"brief.initiatives.themes{few}", names=themes))
    texts.append(_money_line(words, facts))
    if found.meetings:
        texts.append((words.own(words.t("brief.initiatives.meetings")), *words.named(found.meetings[:NAMED], len(found.meetings))))
    else:
        texts.append(words.say("gmina.meetings.none"))
    return tuple(texts)


def _money_line(words: Words, facts: Facts) -> Text:
    """Where money came from and how much it was, for how many records that is known; participants likewise."""
    t, found = words.t, facts.lessons
    amounts, known = found.amounts, found.amounts.known.count
    if found.funded:
        names = words.tallied(found.funds, NAMED, plain=found.total < TALLIED_FROM)
        funds = words.woven("brief.initiatives.funds", names, n=found.funded, of=found.total)
    else:
        funds = words.say("brief.initiatives.no_funds")
    met = found.participants.count
    told = t("brief.initiatives.participants", n=met, of=found.total) if met else t("brief.initiatives.no_participants")
    people = words.own(" " + told)
    money = {"n": known, "of": found.total, "least": words.money(amounts.least), "most": words.money(amounts.most)}
    if known > 1:
        lines = [t("brief.initiatives.amounts", **money)]
    elif known:
        amount = words.woven("brief.initiatives.one_amount", _amount_of(words, found), n=known, of=found.total)
        return *funds, words.own(" "), *amount, people
    else:
        lines = [t("brief.initiatives.no_amounts")]
    return *funds, words.own(" " + " ".join(lines)), people


def _amount_of(words: Words, found: Lessons) -> list[Run]:
    """The only amount that is stated, with what it was for."""
    only = found.amounts.only
    named = [words.record(only.name), *words.marks((only,)), words.own(": ")] if only else []
    return [*named, words.own(words.money(found.amounts.most))]


def needs(words: Words, facts: Facts) -> tuple[Block, ...]:
    """Stated needs, those with most votes first."""
    if not facts.needs:
        return (Paragraph(words.say("gmina.needs.none"), "notice"),)
    shown, more = facts.needs[: facts.rows.needs], len(facts.needs) - facts.rows.needs
    after = [words.t("brief.needs.more", n=more)] if more > 0 else []
    after.append(words.t("brief.needs.whose"))
    return Bullets(tuple(_need(words, item) for item in shown)), Paragraph((words.own(" ".join(after)),), "quiet")


def _need(words: Words, item: Item) -> Text:
    votes = figure(item, "votes")
    parts = [
        words.term("need_kind", item.category),
        words.t("brief.needs.votes", n=round(votes)) if votes is not None else "",
        words.t("brief.needs.lost") if lost_the_vote(item.name) else "",
        item.locality,
        words.year(item.as_of) if item.as_of else words.t("brief.undated"),
    ]
    told = words.own(" · " + " · ".join(part for part in parts if part), quiet=True)
    return words.record(need_title(item.name), limit=STATEMENT_LIMIT), told, *words.marks((item,))


def gaps(words: Words, facts: Facts, found: Sequence[Gap] | None) -> tuple[Block, ...]:
    """The assessed services with their uncertainty; without an assessment, what a missing record does and does not mean."""
    t = words.t
    if not found:
        missing = ", ".join(words.plural("category", code) for code in facts.thin.missing)
        ask = [Paragraph(words.say("brief.gaps.ask", names=missing))] if missing else []
        return Paragraph(words.say("brief.gaps.unassessed"), "notice"), *ask
    columns = (
        Column(t("brief.column.gap"), 0.24),
        Column(t("brief.column.here"), 0.12, numeric=True),
        Column(t("brief.column.usual"), 0.18, numeric=True),
        Column(t("brief.column.verdict"), 0.46),
    )
    caption = words.own(t("brief.gaps.caption", name=facts.gmina.name)).text
    return (
        Paragraph(words.say("brief.gaps.lead"), "head"),
        Table(caption, columns, tuple(_gap_row(words, gap) for gap in found)),
        Paragraph(words.say("brief.gaps.read"), "quiet"),
    )


def _gap_row(words: Words, gap: Gap) -> Row:
    """A verdict that says something stands out; behind it why it is no better."""
    verdict = [words.own(gap.verdict, bold=gap.known and not gap.open)]
    why = [words.own(" · " + words.inner(gap.why).rstrip("."), quiet=True)] if gap.why else []
    cells = (gap.here or DASH, gap.usual or DASH)
    return Row(((words.own(gap.title, bold=True),), *((words.own(cell),) for cell in cells), (*verdict, *why)))
