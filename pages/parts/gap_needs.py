"""Which stated needs does nothing in the data answer, and what might answer the others? Pure markup."""

from __future__ import annotations

from collections.abc import Sequence

from lib.analysis.unanswered import Answered
from lib.domain.records import Item
from pages.parts import tables
from pages.parts.cards import card_list
from pages.parts.gap_view import View
from pages.parts.html import esc

SHOWN = 40
"""Open needs told as cards; the rest is a click away on the map."""
ANSWERS_NAMED = 5
"""Records named under an answered need; the sentence says how many there are."""


def lead_html(view: View, found: Sequence[Answered], km: float) -> str:
    """How many needs were stated, how many of them nothing answers, and what that means."""
    t, still_open = view.t, sum(one.open for one in found)
    return (
        f'<p class="count"><b>{esc(t("gaps.needs.count", n=still_open, of=len(found)))}</b></p>'
        f'<p class="quiet">{esc(t("gaps.needs.rule", km=km), 700)}</p>'
    )


def register_html(view: View) -> str:
    """The way to the register of needs, which looks closer: the same matter in the same gmina."""
    params = {**view.cards.page_params, **({"gmina": view.gmina.teryt} if view.gmina else {})}
    return f'<p class="quiet">{tables.goto("potrzeby", params, view.t("gaps.needs.register"))}.</p>'


def open_html(view: View, found: Sequence[Answered]) -> str:
    """Needs without an answer, those with most votes first."""
    t, needs = view.t, sorted((one.need for one in found if one.open), key=_weight)
    if not needs:
        return f'<div class="notice">{esc(t("gaps.needs.none_open"))}</div>'
    more = len(needs) - SHOWN
    rest = f"<p>{tables.goto('', {**view.cards.page_params, 'layer': 'needs'}, t('gaps.needs.more', n=more))}</p>" if more > 0 else ""
    return card_list(view.cards, ((need, None) for need in needs[:SHOWN]), t("gaps.needs.open_label")) + rest


def _weight(need: Item) -> tuple[int, str]:
    votes = need.details.get("votes", "")
    return (-int(votes) if votes.isdecimal() else 0, need.id)


def answered_html(view: View, found: Sequence[Answered]) -> str:
    """Needs with something of their theme and group within reach, and what that is."""
    t, rows = view.t, []
    for one in found:
        if one.open:
            continue
        named = [*one.initiatives, *one.resources]
        links = ", ".join(tables.goto("", {**view.cards.page_params, "id": item.id}, item.name) for item in named[:ANSWERS_NAMED])
        need = tables.goto("", {**view.cards.page_params, "id": one.need.id}, one.need.name)
        shared = view.cards.terms("theme", [theme for theme in one.need.themes if any(theme in item.themes for item in named)])
        counted = esc(t("gaps.needs.answers", n=len(named), themes=shared), 900)
        rows.append(f"<li>{need} <span class='quiet'>({esc(view.name(one.need.teryt))})</span><br>{counted}: {links}</li>")
    if not rows:
        return f'<p class="quiet">{esc(t("gaps.needs.none_answered"))}</p>'
    return (
        f'<details class="group"><summary><h3>{esc(t("gaps.needs.answered_title"))}</h3>'
        f' <span class="quiet">{t.number(len(rows))}</span></summary>'
        f'<ul class="lines">{"".join(rows)}</ul></details>'
    )
