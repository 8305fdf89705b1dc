"""What does an animator carry into a Miniforum? The brief of one gmina as a document, in one language, with every source numbered."""

from __future__ import annotations

from collections.abc import Sequence

from lib.catalog.catalog import Catalog
from lib.i18n import Translator
from lib.reports import meeting_sections, record_sections
from lib.reports.document import Block, Document, Figures, Paragraph, Section, SourceList
from lib.reports.facts import SIZES, Facts, Meeting, Rows, collect
from lib.reports.map_svg import draw_map
from lib.reports.record_sections import Gap
from lib.reports.words import NAME_LIMIT, Words

__all__ = ["Gap", "Meeting", "brief"]


def brief(
    catalog: Catalog,
    teryt: str,
    t: Translator,
    *,
    gaps: Sequence[Gap] | None = None,
    meeting: Meeting | None = None,
    made: str = "",
    rows: Rows = SIZES[0],
) -> Document:
    """The brief of a gmina in the translator's language; KeyError when the data has no such gmina.

    `gaps` are the assessed services, the most telling first; None says that nobody assessed them. `made` is the ISO date printed
    as the day of preparation ("" leaves it out), `rows` the length of the lists. A meeting adds its line to the head and
    restricts partners to its reach.
    """
    facts, words = collect(catalog, teryt, meeting=meeting, rows=rows), Words(catalog.dataset, t)
    sections = (
        Section("map", t("brief.section.map"), record_sections.map_blocks(words, facts, draw_map(catalog, facts.gmina, words))),
        Section("people", t("brief.section.people"), record_sections.people(words, facts)),
        Section("resources", t("brief.section.resources"), record_sections.resources(words, facts)),
        Section("initiatives", t("brief.section.initiatives"), record_sections.initiatives(words, facts)),
        Section("needs", t("brief.section.needs"), record_sections.needs(words, facts)),
        Section("gaps", t("brief.section.gaps"), record_sections.gaps(words, facts, gaps)),
        Section("partners", t("brief.section.partners"), meeting_sections.partners(words, facts, meeting)),
        Section("programmes", t("brief.section.programmes"), meeting_sections.programmes(words, facts)),
        Section("agenda", t("brief.section.agenda"), meeting_sections.agenda(words, catalog, facts, gaps or (), meeting)),
        Section("limits", t("brief.section.limits"), meeting_sections.limits(words, facts)),
    )
    sources = Section("sources", t("brief.section.sources"), (SourceList(words.entries()),))
    return Document(
        lang=t.language,
        brand=t("frame.brand"),
        kind=t("brief.kind_meeting" if meeting else "brief.kind"),
        title=words.record(facts.gmina.name, limit=NAME_LIMIT).text,
        subtitle=words.own(_subtitle(words, facts)).text,
        occasion=words.own(_occasion(t, meeting)).text if meeting else "",
        made=made,
        made_line=words.own(_made(t, made, catalog.dataset.version)).text,
        page_of=t("brief.page_of"),
        table_word=t("brief.table_word"),
        picture_word=t("brief.picture_word"),
        summary=_summary(words, facts),
        sections=(*sections, sources),
    )


def _subtitle(words: Words, facts: Facts) -> str:
    gmina = facts.gmina
    return " · ".join((words.term("gmina_kind", gmina.kind), words.term("powiat", gmina.powiat), f"TERYT {gmina.teryt}"))


def _occasion(t: Translator, meeting: Meeting) -> str:
    if meeting.date:
        return t("brief.occasion", venue=meeting.venue, date=meeting_sections.day_and_hour(t, meeting), km=meeting.km)
    return t("brief.occasion_undated", venue=meeting.venue, km=meeting.km)


def _made(t: Translator, made: str, version: str) -> str:
    return t("brief.made", date=t.date(made), version=version) if made else t("brief.version", version=version)


def _summary(words: Words, facts: Facts) -> tuple[Block, ...]:
    """Key figures, how to read the document, and how much it rests on."""
    t, people = words.t, facts.people
    pairs = [(t.number(len(facts.kind(kind))), t(f"brief.figure.{kind}")) for kind in ("resources", "initiatives", "needs")]
    pairs.append((t.number(len(facts.programmes.recent)), t("brief.figure.programmes", first=str(facts.programmes.first_year))))
    if people:
        pairs.insert(0, (words.whole(people.total), t("brief.figure.people" if people.official else "brief.figure.people_estimate")))
    figures = Figures(tuple((number, words.own(label).text) for number, label in pairs))
    return figures, Paragraph(words.say("brief.lead"), "lead"), Paragraph((words.own(_basis(words, facts), bold=True),))


def _basis(words: Words, facts: Facts) -> str:
    """How thin the data of the gmina is: records, pages and missing dates, beside what is usual in the subregion."""
    t, thin = words.t, facts.thin
    if not thin.records:
        return t("gmina.thin.no_records")
    undated = t("brief.basis.undated", n=thin.undated) if thin.undated else t("brief.basis.dated")
    pages = t("brief.basis.pages", n=thin.pages)
    return t("brief.basis.whole", n=thin.records, pages=pages, undated=undated, usual=facts.usual)
