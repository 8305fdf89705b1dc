"""How are the five answers to an idea shown? Pure markup builders, one for each answer; an empty answer says what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from lib.analysis.ideas.alike import HERE, LOOSE, NEAR, TIERS, Alike, Line
from lib.analysis.ideas.funding import WAYS, Paid, is_rolling, is_yearly
from lib.analysis.ideas.gaps import GapTouched
from lib.analysis.ideas.hands import GMINA, GROUP, SUPPORT, Hand
from lib.analysis.ideas.hosts import Host
from lib.analysis.ideas.needs import MATTER, NEED_TIERS, NEEDS_SHOWN, Met
from lib.analysis.ideas.partners import Partner, whole_points
from lib.analysis.initiatives import figure
from lib.analysis.profile import day_of
from lib.catalog.collation import polish_key
from lib.domain.records import Item
from lib.domain.statements import need_title
from lib.reports.ideas import Answers
from pages.parts import entries, tables
from pages.parts.entries import Page
from pages.parts.html import esc, link

PARTNERS_OPEN = 6
"""Partners shown without unfolding; the rest of the list is one press away."""
WHO_ACTS_SHOWN = 12
"""Organisations of a gmina that are named when an idea was not understood; its own page has all."""
LINK_CHARS = 3_000
"""Characters of ids that one link to the map carries: about fifty records; longer links are cut by some programs."""


def notice(text: str) -> str:
    return f'<div class="notice">{esc(text)}</div>'


def needs_html(page: Page, found: Answers) -> str:
    """Stated needs: the same matter first, then the same people; and the way to the map and to the register."""
    t = page.cards.t
    shown = {tier: [one for one in found.needs if one.tier == tier][:NEEDS_SHOWN] for tier in NEED_TIERS}
    register = tables.goto("potrzeby", register_params(page, found), t("idea.needs.register"))
    if not found.needs:
        return notice(t("idea.needs.none")) + f"<p>{register}</p>"
    body = _matter(page, shown[MATTER], placed=bool(found.idea.place.teryt)) if shown[MATTER] else notice(t("idea.needs.no_matter"))
    for tier in NEED_TIERS[1:]:
        title = t(f"idea.needs.{tier}", n=len(shown[tier]))
        body += folded(title, [_need(page, one) for one in shown[tier]])
    on_map = map_link(page, [one.item for one in found.needs], t("idea.needs.on_map"))
    return body + f"<p>{on_map} · {register}</p>"


def folded(title: str, rows: Sequence[str]) -> str:
    """Entries that stand behind one press; "" when there are none."""
    return f'<details class="group"><summary>{esc(title)}</summary>{entries.listed(rows, title)}</details>' if rows else ""


def _matter(page: Page, found: Sequence[Met], *, placed: bool) -> str:
    """The needs of the same matter, those of the surroundings apart from those of elsewhere; without a gmina nothing is near."""
    t = page.cards.t
    if not placed:
        return _needs(page, found, t("idea.needs.matter"))
    near = [one for one in found if one.near]
    far = [one for one in found if not one.near]
    first = _needs(page, near, t("idea.needs.near")) if near else f'<p class="quiet">{esc(t("idea.needs.none_near"))}</p>'
    return first + (_needs(page, far, t("idea.needs.elsewhere")) if far else "")


def _needs(page: Page, found: Sequence[Met], title: str) -> str:
    return f"<h4>{esc(title)}</h4>{entries.listed((_need(page, one) for one in found), title)}"


def _need(page: Page, one: Met) -> str:
    return entries.entry(
        page, one.item, [entries.place(page, one.item)], more=entries.reasons(page, one.reasons), name=need_title(one.item.name)
    )


def register_params(page: Page, found: Answers) -> dict[str, str]:
    """The register of needs narrowed to what the idea is about."""
    themes = ".".join(sorted(found.idea.themes))
    return {**page.cards.page_params, **({"theme": themes} if themes else {})}


def gaps_html(page: Page, found: Answers) -> str:
    """Gaps in services that the idea would touch; without any the honest sentence that none was found or none is measured."""
    t = page.cards.t
    if not found.gaps:
        return f'<p class="quiet">{esc(t("idea.gaps.none" if found.idea.place.teryt else "idea.gaps.no_gmina"))}</p>'
    language = t.language
    rows = (
        f"<li>{_gap_link(page, gap)}: {esc(gap.note(language), 1200)}{'' if gap.sure else ' ' + esc(t('idea.gaps.unsure'))}</li>"
        for gap in found.gaps
    )
    return f'<ul class="lines">{"".join(rows)}</ul>'


def _gap_link(page: Page, gap: GapTouched) -> str:
    """The measure, as a link to the gmina in depth under it."""
    params = {**page.cards.page_params, "m": gap.measure, "gmina": gap.teryt, "tab": "area"}
    return tables.goto("luki", params, gap.title(page.cards.t.language))


def existing_html(page: Page, found: Answers) -> str:
    """What like the idea exists, to be joined instead of doubled: in the gmina, within reach, and what is far or known of long ago."""
    t = page.cards.t
    if not found.idea.place.teryt:
        return notice(t("idea.existing.no_gmina"))
    if not found.existing:
        return notice(t("idea.existing.none"))
    same = [one for one in found.existing if one.tier != LOOSE]
    parts = (
        []
        if any(one.tier in (HERE, NEAR) for one in same)
        else [notice(t("idea.existing.none_near") if same else _nobody(page, found, "existing"))]
    )
    for tier in TIERS:
        rows = [_existing(page, one) for one in found.existing if one.tier == tier]
        title = t(f"idea.existing.{tier}")
        parts += [f"<h4>{esc(title)}</h4>{entries.listed(rows, title)}"] if rows else []
    loose = [_existing(page, one) for one in found.existing if one.tier == LOOSE]
    return "".join(parts) + folded(t("idea.existing.loose", n=len(loose)), loose)


def _nobody(page: Page, found: Answers, answer: str) -> str:
    """That nobody in the data has done the very thing, with what the thing is."""
    return page.cards.t(f"idea.{answer}.nobody", topics=", ".join(page.words.topic(code) for code in found.idea.matter))


def _existing(page: Page, one: Alike) -> str:
    return entries.entry(page, one.item, [_what(page, one.item), entries.place(page, one.item)], more=entries.reasons(page, one.reasons))


def _what(page: Page, item: Item) -> str:
    """What kind of record it is and, of an initiative, when it was."""
    cards = page.cards
    if item.kind != "initiatives":
        return cards.kind_label(item)
    return " · ".join(part for part in (cards.term("initiative_kind", item.category), cards.t.date(day_of(item))) if part)


def examples_html(page: Page, found: Answers) -> str:
    """Past initiatives alike: organiser, cost, participants, funding and source, each only where it is known. Those with less in common
    are folded away: nothing is concluded from them."""
    t = page.cards.t
    if not found.examples:
        return notice(t("idea.examples.none"))
    sound = [_example(page, one) for one in found.examples if one.sound]
    loose = [_example(page, one) for one in found.examples if not one.sound]
    none = t("idea.examples.no_sound") if any(_of_the_matter(found, one) for one in found.examples) else _nobody(page, found, "examples")
    shown = entries.listed(sound, t("idea.examples.title")) if sound else notice(none)
    return shown + folded(t("idea.examples.loose", n=len(loose)), loose)


def _of_the_matter(found: Answers, one: Alike) -> bool:
    """Whether an example is about the very thing, for whomever and wherever it was; without a topic nothing can be said of that."""
    said = {
        code for reason in one.reasons for name, value in reason.params if name == "topics" and isinstance(value, tuple) for code in value
    }
    return not found.idea.matter or not said.isdisjoint(found.idea.matter)


def _example(page: Page, one: Alike) -> str:
    t, d = page.cards.t, one.item.details
    amount, people = figure(one.item, "amount_pln"), figure(one.item, "participants")
    who = ", ".join(one.item.parts("organisers"))
    facts = [
        t("idea.examples.organiser", names=who) if who else "",
        t("idea.examples.amount", amount=amount) if amount is not None else "",
        t("idea.examples.participants", n=round(people)) if people else "",
        t("idea.examples.funding", name=d["funding"]) if d.get("funding") else "",
    ]
    missing = t("idea.examples.no_money") if amount is None and not d.get("funding") else ""
    lines = [
        " · ".join(part for part in (_what(page, one.item), entries.place(page, one.item)) if part),
        one.item.summary,
        " · ".join(part for part in facts if part),
        missing,
    ]
    return entries.entry(page, one.item, lines, more=entries.reasons(page, one.reasons))


def checklist_html(page: Page, lines: Sequence[Line]) -> str:
    """What the examples have in common, each line with its records; general know-how stands apart and says so."""
    t = page.cards.t
    own = "".join(f"<li>{esc(page.words.line(line))} {_proofs(page, line)}</li>" for line in lines if not line.general)
    general = "".join(f"<li>{esc(page.words.line(line))}</li>" for line in lines if line.general)
    drawn = f'<p class="quiet">{esc(t("idea.check.drawn"))}</p><ul class="lines check">{own}</ul>' if own else notice(t("idea.check.none"))
    return drawn + f'<p class="quiet">{esc(t("idea.check.general"))}</p><ul class="lines check">{general}</ul>'


def _proofs(page: Page, line: Line) -> str:
    """Every record that a line counted: a number that names fewer could not be checked."""
    items = [item for code in line.records if (item := page.record(code)) is not None]
    return f'<span class="quiet">({", ".join(entries.record_link(page, item, 90) for item in items)})</span>' if items else ""


def partners_html(page: Page, found: Answers) -> str:
    """The ranked partners, the first ones open, the rest folded; and the way to the map."""
    t = page.cards.t
    if not found.partners:
        return notice(t("idea.partners.none"))
    hosts = "".join(_hosts(page, [one for one in found.hosts if one.own == own], own=own) for own in (True, False))
    first = entries.listed((_partner(page, one) for one in found.partners[:PARTNERS_OPEN]), t("idea.partners.title"))
    rest = found.partners[PARTNERS_OPEN:]
    more = folded(t("idea.partners.more", n=len(rest)), [_partner(page, one) for one in rest])
    return hosts + first + more + f"<p>{map_link(page, [one.item for one in found.partners], t('idea.partners.on_map'), idea=found)}</p>"


def _hosts(page: Page, found: Sequence[Host], *, own: bool) -> str:
    """The place or group that the text means, before the ranking: it may stand anywhere in it."""
    named = ", ".join(entries.record_link(page, one.item, 90) for one in found)
    return f"<p>{esc(page.cards.t('idea.partners.hosts' if own else 'idea.partners.hosts_near'))} {named}</p>" if named else ""


def _partner(page: Page, one: Partner) -> str:
    """One organisation: its score, what it adds as tags, and its reasons with their share of the score."""
    t = page.cards.t
    tags = "".join(f'<li class="tag">{esc(t(f"idea.adds.{code}"))}</li>' for code in one.adds)
    adds = f'<ul class="tags" aria-label="{esc(t("idea.adds.title"))}">{tags}</ul>' if tags else ""
    lines = [" · ".join(part for part in (page.cards.kind_label(one.item), entries.place(page, one.item)) if part)]
    score = f'<span class="where">{esc(t("idea.partners.score", n=round(one.score * 100)))}</span>'
    return entries.entry(page, one.item, lines, more=score + adds + entries.scored(page, one.reasons, whole_points(one)))


def who_acts_html(page: Page, teryt: str) -> str:
    """The organisations and places of a gmina by name, without a score: said of no idea."""
    t = page.cards.t
    own = [item for item in page.cards.dataset.items if item.kind == "resources" and item.teryt == teryt]
    own.sort(key=lambda item: (polish_key(item.name), item.id))
    rows = [entries.entry(page, item, [page.cards.kind_label(item), entries.place(page, item)]) for item in own[:WHO_ACTS_SHOWN]]
    title, all_of = t("idea.who_acts.title"), t("idea.who_acts.all", name=page.words.gmina(teryt))
    way = tables.goto("gmina", {**page.cards.page_params, "gmina": teryt}, all_of)
    body = entries.listed(rows, title) if rows else notice(t("idea.who_acts.none"))
    return f'<p class="quiet">{esc(t("idea.who_acts.lead"))}</p>{body}<p>{way}</p>'


def support_html(page: Page, found: Answers) -> str:
    """Whom to call, whatever the idea is."""
    t, own = page.cards.t, [one for one in found.hands if one.kind == SUPPORT]
    return entries.listed((_hand(page, one) for one in own), t("idea.hands.support")) if own else notice(t("idea.hands.no_support"))


def hands_html(page: Page, found: Answers) -> str:
    """Groups nearby, gminas with the same need, and whom to call."""
    t = page.cards.t
    parts = []
    for kind in (GROUP, GMINA, SUPPORT):
        own = [one for one in found.hands if one.kind == kind]
        none = "no_gmina_chosen" if kind == GROUP and not found.idea.place.teryt else f"no_{kind}"
        body = entries.listed((_hand(page, one) for one in own), t(f"idea.hands.{kind}")) if own else notice(t(f"idea.hands.{none}"))
        parts.append(f"<h4>{esc(t(f'idea.hands.{kind}'))}</h4>{body}")
    on_map = [one.item for one in found.hands if one.item is not None]
    return "".join(parts) + (f"<p>{map_link(page, on_map, t('idea.hands.on_map'))}</p>" if on_map else "")


def _hand(page: Page, one: Hand) -> str:
    cards = page.cards
    if one.item is None:
        name = tables.goto("gmina", {**cards.page_params, "gmina": one.teryt}, page.words.gmina(one.teryt))
        return f'<span aria-hidden="true"></span><div><span class="name">{name}</span>{entries.reasons(page, one.reasons)}</div>'
    contact = entries_contact(page, one.item) + (_no_phone(page, one.item) if one.kind == SUPPORT else "")
    return entries.entry(page, one.item, [entries.place(page, one.item)], more=contact + entries.reasons(page, one.reasons))


def _no_phone(page: Page, item: Item) -> str:
    """Of one who is to be called: that no number is known, and the page to look for it; "" where there is a number."""
    if item.details.get("phone"):
        return ""
    t = page.cards.t
    url = next((text for text in (*item.parts("website"), *(source.url for source in item.sources))), "")
    return f'<span class="where">{esc(t("idea.hands.no_phone"))} {link(url, t("idea.hands.page"))}</span>' if url else ""


def entries_contact(page: Page, item: Item) -> str:
    """The published contact of an organisation as safe links; "" when the data has none."""
    from lib.exchange.links import contact_links

    shown = " · ".join(link(url, text) for _, text, url in contact_links(item))
    return f'<span class="where">{shown}</span>' if shown else ""


def funding_html(page: Page, found: Answers) -> str:
    """Programmes that fit: who may apply, how much, how old the knowledge is, and the way to the operator; then how others paid."""
    t = page.cards.t
    if not found.funding:
        return notice(t("idea.funding.none")) + paid_html(page, found)
    groups = ((t(f"idea.funding.{way}"), [one for one in found.funding if one.way == way]) for way in WAYS)
    parts = [
        f"<h4>{esc(title)}</h4>{entries.listed((_paid(page, one, found.over.get(one.item.id)) for one in own), title)}"
        for title, own in groups
        if own
    ]
    return "".join(parts) + paid_html(page, found)


def _paid(page: Page, one: Paid, over: int | None) -> str:
    """One programme; `over` is the year of its last known call when that is over."""
    t, d = page.cards.t, one.item.details
    lines = [
        t("idea.funding.operator", name=d["operator"]) if d.get("operator") else "",
        one.item.summary,
        t("idea.funding.calls", text=d["call_pattern_pl"]) if d.get("call_pattern_pl") else "",
    ]
    tag = t("idea.funding.history") if one.history else t("idea.funding.ended", year=str(over)) if over else _aged(page, one)
    old = f'<ul class="tags"><li class="tag old">{esc(tag)}</li></ul>' if tag else ""
    way = link(d["url"], t("idea.funding.link")) if d.get("url") else ""
    return entries.entry(
        page, one.item, lines, more=old + entries.reasons(page, one.reasons) + (f'<span class="where">{way}</span>' if way else "")
    )


def _aged(page: Page, one: Paid) -> str:
    """That a way of law returns every year, or how old the description of a call is that is open all year; "" for calls in editions, whose
    reasons say it."""
    if is_yearly(one.item):
        return page.cards.t("idea.funding.yearly")
    year = one.item.as_of[:4]
    return page.cards.t("idea.funding.old_rolling", year=year) if year and is_rolling(one.item) else ""


def paid_html(page: Page, found: Answers) -> str:
    """How the examples that something follows from were paid for, as their sources say."""
    t = page.cards.t
    known = [one.item for one in found.examples if one.sound and one.item.details.get("funding")]
    if not known:
        return ""
    rows = "".join(
        f"<li>{esc(item.details['funding'])} <span class='quiet'>({entries.record_link(page, item, 90)})</span></li>" for item in known
    )
    return f'<h4>{esc(t("idea.funding.others"))}</h4><ul class="lines">{rows}</ul>'


def map_link(page: Page, items: Sequence[Item], label: str, *, idea: Answers | None = None) -> str:
    """The map with exactly these records; with `idea` it knows the way back to what they answer."""
    ids = list(accumulate((item.id for item in items), lambda one, other: f"{one}.{other}"))
    carried = [text for text in ids if len(text) <= LINK_CHARS]
    return tables.goto("", {**page.cards.page_params, "ids": carried[-1], **_asked(idea)}, label) if carried else ""


def _asked(found: Answers | None) -> dict[str, str]:
    """What the map needs to lead back to an idea: its text, its gmina, and who asks."""
    if found is None or not found.question.text.strip():
        return {}
    params = {"idea": found.question.text, "from": found.question.teryt, "who": found.question.who}
    return {name: value for name, value in params.items() if value}
