"""How does a plan read: venues with reasons, what other plans lose, what a further meeting adds, who is left out? Pure markup builders."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from lib.analysis.meeting_dates import Day
from lib.analysis.plan_conflicts import Wish
from lib.analysis.plan_venues import Venue
from lib.analysis.plan_wishes import COVER
from lib.analysis.rates import NO_PEOPLE
from lib.analysis.siting import Alternative, GminaReach, LeftOut, Plan, Price, Site, Step
from lib.analysis.siting_everyone import Everybody
from lib.catalog.catalog import Catalog
from lib.geo.travel import DETOUR
from lib.i18n import Translator
from lib.reports import plan_words
from pages.parts import mapdata, symbols, tables
from pages.parts.cards import Cards, permalink, source_host
from pages.parts.html import esc

LEFT_SHOWN = 8
"""Places named at once: the largest; the others can be unfolded."""
SHARE_CLASSES = 5
"""Fifths of a gmina's people: as many shades as the map has."""


def headline(cards: Cards, plan: Plan, everybody: Everybody) -> str:
    """What must be known first, as notices; then how many people are reached, and whether any plan is better and in what."""
    t, w = cards.t, plan.task.wishes
    share = plan.covered_people / plan.total_people if plan.total_people else float("nan")
    people = t(f"plan.people.{w.group}", n=round(plan.covered_people))
    told = t("plan.headline", people=people, of=round(plan.total_people), km=w.radius_km, share=tables.percent(t, share))
    mean = t("plan.mean", mean=round(plan.mean_km, 1))
    where = t("plan.where", places=", ".join(f"{n}. {site.venue.locality}" for n, site in enumerate(plan.sites, 1)))
    rest = f'<p class="farther">{esc(" ".join(farther(cards, plan, everybody)), 900)}</p>' if not plan.left_out else ""
    return (
        f'{warnings(cards, plan, everybody)}<p class="count"><b>{esc(where)}</b></p>'
        f'<p class="count" role="status" aria-live="polite"><b>{esc(told)}</b> {esc(mean)}</p>'
        f'{rest}<p class="notice{" good" if plan.optimal else ""}">{esc(plan_words.proof(plan, t))}</p>'
    )


def warnings(cards: Cards, plan: Plan, everybody: Everybody) -> str:
    """That the plan does not bring everybody within the limit, and that one point of the data may decide how many it does."""
    t, w, told = cards.t, plan.task.wishes, []
    if plan.left_out:
        first = f"<b>{esc(t('plan.not_everybody', n=w.meetings, km=w.radius_km))}</b>"
        told.append(f"{first} {esc(' '.join(farther(cards, plan, everybody)), 900)}")
    told += [esc(text, 900) for text in plan_words.notes(plan, t)]
    return "".join(f'<p class="notice">{text}</p>' for text in told)


def farther(cards: Cards, plan: Plan, everybody: Everybody) -> list[str]:
    """Sentences about those who have it farther than the limit: how many, the farthest village, and what would bring them within it."""
    t, w = cards.t, plan.task.wishes
    if not plan.left_out:
        told = [t("plan.farther_none", km=w.radius_km)]
        if everybody.meetings and everybody.meetings < w.meetings:
            told.append(t("plan.fewer_do", n=everybody.meetings))
        return told
    most = max(plan.left_out, key=lambda one: (one.km, one.id))
    people = t(f"plan.people.{w.group}", n=round(plan.total_people - plan.covered_people))
    told = [t("plan.farther", km=w.radius_km, people=people, of=round(plan.total_people), places=len(plan.left_out))]
    told.append(t("plan.farthest", place=_place(cards, most.id), km=round(most.km, 1)))
    other = [t("plan.for_all_other")] if everybody.meetings is not None and w.mode != COVER else []
    return [*told, *_for_all(everybody, w.radius_km, t), *other]


def _for_all(everybody: Everybody, km: float, t: Translator) -> list[str]:
    """What it takes to bring everybody within the limit; nothing when that is not known."""
    if everybody.beyond:
        people = round(sum(one.people for one in everybody.beyond))
        return [t("plan.for_all_never", km=km, n=len(everybody.beyond), people=people)]
    if everybody.meetings is None:
        return [t("plan.for_all_forbidden", km=km)] if everybody.proven else []
    return [t("plan.for_all" if everybody.proven else "plan.for_all_at_most", km=km, n=everybody.meetings)]


def site_html(cards: Cards, site: Site, number: int) -> str:
    """One venue of the plan: what and where it is, whom it serves, why it was chosen, what else stands there."""
    t, venue = cards.t, site.venue
    reasons = "".join(f"<li>{esc(t(f'plan.reason.{reason.key}', **reason.params))}</li>" for reason in site.reasons)
    return (
        f'<div class="planned"><span class="disc" aria-hidden="true">{number}</span><div><h3>{number}. {venue_link(cards, venue)}</h3>'
        f'<p class="where">{esc(_where(cards, venue))}</p>{_serves(site, t)}'
        f'<ul class="lines">{reasons}</ul>{_origin(cards, venue)}</div></div>'
    )


def _serves(site: Site, t: Translator) -> str:
    """For how many people the venue is the nearest of the plan; where for none, why (nobody living there is a reason of its own)."""
    people = round(site.covers_people)
    if not people and any(reason.key == "nobody" for reason in site.reasons):
        return ""
    return f"<p><b>{esc(t('plan.serves', n=people) if people else t('plan.serves_nobody'))}</b></p>"


def venue_link(cards: Cards, venue: Venue) -> str:
    """A venue's name as the way to its record; one added by hand has none."""
    row = cards.dataset.by_id.get(venue.id)
    if row is None:
        return esc(venue.name, 220)
    return f'<a href="{esc(permalink(cards, cards.dataset.items[row]), 2000)}" target="_self">{esc(venue.name, 220)}</a>'


def _where(cards: Cards, venue: Venue) -> str:
    kind = cards.t("plan.by_hand") if venue.own else cards.term("category", venue.category)
    gmina = cards.dataset.gminas.get(venue.teryt)
    where = venue.locality if not gmina or gmina.name == venue.locality else f"{venue.locality}, {cards.t('card.gmina', name=gmina.name)}"
    return f"{kind} · {where} · {cards.t('card.position', precision=cards.term('precision', venue.precision))}"


def _origin(cards: Cards, venue: Venue) -> str:
    """Where the venue was read, with the date of that page."""
    row = cards.dataset.by_id.get(venue.id)
    sources = cards.dataset.items[row].sources if row is not None else ()
    if not sources:
        return ""
    first = sources[0]
    return f'<p class="quiet">{esc(cards.t("card.source"))}: {esc(source_host(first.url))} · {esc(cards.date_of(first))}</p>'


def weighted_html(plan: Plan, t: Translator) -> str:
    """What weighted people are, where any stand in the plan."""
    return f'<p class="quiet">{esc(t("plan.weighted_note"))}</p>' if plan.task.demand.weighted else ""


def compared_html(plan: Plan, t: Translator) -> str:
    """What the differences of other plans are measured against, and what weighted people are."""
    return f'<p class="quiet">{esc(t("plan.compared_note"))}</p>{weighted_html(plan, t)}'


def alternative_text(plan: Plan, other: Alternative, t: Translator) -> str:
    """What another plan changes and loses, as one line of plain text."""
    names = {code: plan.task.known[code].name for code in (*other.dropped, *other.added)}
    change = t("plan.instead", added=", ".join(names[c] for c in other.added), dropped=", ".join(names[c] for c in other.dropped))
    return f"{change} {plan_words.alternative(plan, other, t)}"


def curve_html(steps: Sequence[Step], plan: Plan, t: Translator) -> str:
    """What the plan makes best by number of meetings, and what each further meeting adds; the plan's own number stands out."""
    draw = _curve_of_people if plan.task.wishes.mode == COVER else _curve_of_ways
    columns, rows = draw(steps, plan.total_people or 1.0, t)
    strong = next((i for i, one in enumerate(steps) if one.meetings == plan.task.wishes.meetings), None)
    return tables.table(t(f"plan.curve.caption_{plan.task.wishes.mode}"), columns, rows, strong=strong)


Curve = tuple[tuple[tables.Column, ...], list[tuple[str, ...]]]


def _curve_of_people(steps: Sequence[Step], total: float, t: Translator) -> Curve:
    rows: list[tuple[str, ...]] = []
    before = 0.0
    for one in steps:
        bar = f'<span class="fig">{t.number(round(one.covered_people))}</span> {tables.bar(one.covered_people / total)}'
        added = t.number(round(one.covered_people - before)) if one is not steps[0] or one.meetings == 1 else "–"
        rows.append((t.number(one.meetings), bar, added, esc("✓" if one.optimal else "–")))
        before = one.covered_people
    return _columns(("meetings", "people", "added", "proven"), {"meetings", "added"}, t), rows


def _curve_of_ways(steps: Sequence[Step], total: float, t: Translator) -> Curve:
    """The average way beside the people within reach; the bar is the way, the longest of the table being full."""
    rows: list[tuple[str, ...]] = []
    longest = max((one.mean_km for one in steps), default=0.0) or 1.0
    before: float | None = None
    for one in steps:
        bar = f'<span class="fig">{esc(t.number(round(one.mean_km, 1)))}</span> {tables.bar(one.mean_km / longest)}'
        shorter = "–" if before is None else esc(t.number(round(before - one.mean_km, 1)))
        people = f"{t.number(round(one.covered_people))} ({tables.percent(t, one.covered_people / total)})"
        rows.append((t.number(one.meetings), bar, shorter, esc(people), esc("✓" if one.optimal else "–")))
        before = one.mean_km
    return _columns(("meetings", "km", "shorter", "people", "proven"), {"meetings", "shorter", "people"}, t), rows


def _columns(names: Iterable[str], numeric: Container[str], t: Translator) -> tuple[tables.Column, ...]:
    return tuple(tables.Column(t(f"plan.curve.{name}"), numeric=name in numeric) for name in names)


def wish_text(catalog: Catalog, wish: Wish, known: Mapping[str, str], t: Translator) -> str:
    """A wish in words; `known` gives the names of venues."""
    gminas = catalog.dataset.gminas
    term = catalog.dataset.vocabularies.get("powiat", {}).get(wish.value)
    value = known.get(wish.value) or (gminas[wish.value].name if wish.value in gminas else term.label(t.language) if term else wish.value)
    return t(f"plan.wish.{wish.kind}", value=value, number=wish.number)


def prices_html(catalog: Catalog, plan: Plan, found: Iterable[Price], t: Translator) -> str:
    """What each wish costs, as a list."""
    found = list(found)
    names = {code: venue.name for code, venue in plan.task.known.items()}
    entries = (f"<li>{esc(wish_text(catalog, one.wish, names, t))} – {esc(plan_words.price(plan, one, t))}</li>" for one in found)
    body = "".join(entries)
    if not body:
        return f'<p class="quiet">{esc(t("plan.no_wishes"))}</p>'
    told = weighted_html(plan, t) if any(one.gain >= plan_words.LEAST_GAIN for one in found) else ""
    return f'<p class="quiet">{esc(t("plan.prices_alone"))}</p>{told}<ul class="lines">{body}</ul>'


def gminas_html(cards: Cards, rows: Iterable[GminaReach], since: str) -> str:
    """People of every gmina: all, those with an earlier meeting within reach (known since a year), with one of this plan, with either."""
    t, gminas = cards.t, cards.dataset.gminas
    ordered = sorted(rows, key=lambda row: (row.after / row.people if row.people else 2.0, -row.people))
    body = [
        (
            esc(gminas[row.teryt].name if row.teryt in gminas else row.teryt),
            *(tables.number(t, n) for n in (row.people, row.before, row.after)),
            tables.percent(t, row.after / row.people if row.people else float("nan")),
            tables.number(t, row.either),
        )
        for row in ordered
    ]
    names = ("gmina", "people", "before", "after", "share", "either")
    heads = [tables.Column(gminas_head(name, since, t), numeric=name != "gmina") for name in names]
    table = tables.fold(t("plan.gminas.fold", n=len(body)), tables.table(t("plan.gminas.caption"), heads, body, cards=True))
    return f'<p class="quiet">{esc(t("plan.gminas.note"))}</p>{table}'


def gminas_head(name: str, since: str, t: Translator) -> str:
    """What a column of the gminas counts, on the screen and in the workbook."""
    return t("plan.gminas.before_undated") if name == "before" and not since else t(f"plan.gminas.{name}", since=since)


def left_html(cards: Cards, left: Sequence[LeftOut]) -> str:
    """The largest places out of reach, with the way to the nearest meeting, and how many more there are."""
    t, places = cards.t, cards.dataset.localities
    if not left:
        return f"<p>{esc(t('plan.left_none'))}</p>"
    total = t("plan.left_total", n=len(left), people=round(sum(one.people for one in left)))
    rows = [(esc(_place(cards, one.id)), tables.number(t, one.people), esc(t.number(round(one.km, 1)))) for one in left if one.id in places]
    heads = (tables.Column(t("plan.left.place")), tables.Column(t("plan.left.people"), True), tables.Column(t("plan.left.km"), True))
    first = tables.table(t("plan.left.caption"), heads, rows[:LEFT_SHOWN])
    if len(rows) <= LEFT_SHOWN:
        return f"<p>{esc(total)}</p>{first}"
    rest = tables.table(t("plan.left.caption_rest"), heads, rows[LEFT_SHOWN:])
    more = len(rows) - LEFT_SHOWN  # some three hundred: on paper the workbook is named instead
    folded = tables.fold(t("plan.left_more", n=more), rest, instead=t("plan.left_file", n=more))
    return f"<p>{esc(total)}</p>{first}{folded}"


def _place(cards: Cards, code: str) -> str:
    place = cards.dataset.localities[code]
    gmina = cards.dataset.gminas.get(place.teryt)
    return place.name if gmina is None or gmina.name == place.name else f"{place.name} ({gmina.name})"


def day_words(day: date, t: Translator) -> str:
    """A day with its weekday."""
    from babel.dates import format_date

    return str(format_date(day, "EEEE, d MMMM y", locale=t.language))


def day_in_letter(day: date, t: Translator) -> str:
    """A day as it stands in an invitation: the date first, then its weekday."""
    from babel.dates import format_date

    return f"{format_date(day, 'd MMMM y', locale=t.language)}, {format_date(day, 'EEEE', locale=t.language)}"


def day_text(day: Day, t: Translator, *, double: bool) -> str:
    """A day in words, with whatever speaks against it; "" when nothing does."""
    against = [t("plan.day.sunday") if day.free == "sunday" else t("plan.day.holiday", name=day.free)] if day.free else []
    against += [t("plan.day.double")] if double else []
    return " ".join(against)


def picture(plan: Plan, t: Translator, *, dark: bool) -> mapdata.Picture:
    """The map of a plan: numbered venues with their reach as rings, gminas by the share of people reached."""
    km = plan.task.wishes.radius_km / DETOUR
    rings = (mapdata.Ring(s.venue.latitude, s.venue.longitude, km, n) for n, s in enumerate(plan.sites, 1))
    shares = {row.teryt: row.after / row.people if row.people else None for row in plan.by_gmina}
    texts = {
        row.teryt: t("plan.reached", n=round(row.after), of=round(row.people)) if row.people else t("map.no_people")
        for row in plan.by_gmina
    }
    classes = {code: NO_PEOPLE if share is None else share_class(share) for code, share in shares.items()}
    return mapdata.Picture(area_class=classes, area_text=texts, dark=dark, rings=tuple(rings))


def share_class(share: float) -> int:
    """Which fifth a share (0..1) falls into, 0 the lowest."""
    return int(np.clip(np.ceil(share * SHARE_CLASSES) - 1, 0, SHARE_CLASSES - 1))


def legend_html(plan: Plan, t: Translator, *, dark: bool) -> str:
    """What numbers, rings and colours of the map mean."""
    ramp = symbols.RAMP_DARK if dark else symbols.RAMP_LIGHT
    step = 100 // SHARE_CLASSES
    texts = [t("plan.legend_share", low=i * step, high=(i + 1) * step) for i in range(SHARE_CLASSES)]
    entries = [f'<li><span class="swatch" style="background:{ramp[i]}"></span>{esc(text)}</li>' for i, text in enumerate(texts)]
    km = plan.task.wishes.radius_km
    ring = f'<span class="disc small">1</span> {esc(t("plan.legend_ring", km=km, straight=round(km / DETOUR, 1)))}'
    return f'<p class="quiet">{ring}</p><ul class="legend" aria-label="{esc(t("map.legend"))}">{"".join(entries)}</ul>'
