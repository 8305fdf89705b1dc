"""How does a stated need stand in the register: what, where, how many votes, and what may have answered it? Pure markup builders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lib.analysis.freshness import year_of
from lib.analysis.ideas.ground import Ground
from lib.analysis.ideas.needs import Answer, Said, answers, said_answered, voted
from lib.catalog.catalog import Catalog, Result
from lib.catalog.collation import polish_key
from lib.domain.records import Item
from lib.domain.statements import need_title
from lib.i18n import Translator
from pages.parts import entries, tables
from pages.parts.entries import Page
from pages.parts.html import esc

SHOWS = ("all", "open", "answered")
ORDERS = ("each", "votes", "newest", "place")
"""First one need of each gmina, then a second one: only one city has a vote in the data and would fill the first pages."""
IDEA_CHARS = 300
"""Characters of a need that go into the field of an idea: the whole of all but the longest statements."""


@dataclass(frozen=True)
class Register:
    """The needs of one data set with what may have answered each of them."""

    found: Mapping[str, tuple[Answer, ...]]

    @classmethod
    def of(cls, ground: Ground, said: Said) -> Register:
        items = (ground.items[row] for row in ground.rows("needs").tolist())
        return cls({item.id: answers(ground, item, said) for item in items})

    def answered(self, item: Item) -> bool:
        """Whether a record may answer the need, or its own statement says that it has been met."""
        return bool(self.found.get(item.id)) or said_answered(item)


def rows_shown(catalog: Catalog, result: Result, register: Register, *, show: str, with_votes: bool, order: str) -> Result:
    """The answer narrowed to needs with votes or with (without) an answer, and put in order."""
    items = [catalog.item(int(row)) for row in result.rows]
    kept = [place for place, item in enumerate(items) if _kept(register, item, show, with_votes)]
    votes = np.nan_to_num(voted(items), nan=-1.0)
    if order == "each":
        kept = _of_each_gmina(catalog, items, sorted(kept, key=lambda place: (-votes[place], _newest_first(items[place]), place)))
    elif order == "votes":
        kept.sort(key=lambda place: (-votes[place], place))
    elif order == "newest":
        kept.sort(key=lambda place: items[place].as_of, reverse=True)
    else:
        names = catalog.dataset.gminas
        kept.sort(key=lambda place: (names[items[place].teryt].name if items[place].teryt in names else "", place))
    chosen = np.array(kept, dtype=np.intp)
    rough = sum(items[place].approximate for place in kept)
    km, scores = result.distance_km, result.scores
    return replace(
        result,
        rows=result.rows[chosen],
        total=len(kept),
        approximate=rough,
        distance_km=None if km is None else km[chosen],
        scores=None if scores is None else scores[chosen],
    )


def _newest_first(item: Item) -> int:
    return -(year_of(item.as_of) or 0)


def _of_each_gmina(catalog: Catalog, items: Sequence[Item], kept: Sequence[int]) -> list[int]:
    """Places in turns: the first need of every gmina by name, then the second of every gmina that has one, and so on."""
    turn: Counter[str] = Counter()
    turns: list[tuple[int, str, int]] = []
    for place in kept:
        gmina = catalog.dataset.gminas.get(items[place].teryt)
        turns.append((turn[items[place].teryt], polish_key(gmina.name) if gmina else "", place))
        turn[items[place].teryt] += 1
    return [place for *_, place in sorted(turns, key=lambda one: one[:2])]


def _kept(register: Register, item: Item, show: str, with_votes: bool) -> bool:
    if with_votes and not item.details.get("votes"):
        return False
    return show == "all" or register.answered(item) == (show == "answered")


def need_html(page: Page, register: Register, item: Item) -> str:
    """One need: where and of when, for whom, votes, what may have answered it, and the way to an idea for it. Where its title was
    shortened, the whole statement can be unfolded."""
    t, cards, d = page.cards.t, page.cards, item.details
    title = need_title(item.name)
    whole = f'<details class="whole"><summary>{esc(t("needs.whole"))}</summary>{esc(item.name, IDEA_CHARS)}</details>'
    votes = d.get("votes", "")
    amount = d.get("amount_pln", "")
    lines = [
        " · ".join(part for part in (cards.term("need_kind", item.category), entries.place(page, item), t.date(item.as_of)) if part),
        cards.t("card.approximate") if item.approximate else "",
        ", ".join(part for part in (cards.terms("theme", item.themes), cards.terms("target_group", item.groups)) if part),
        t("needs.votes", n=int(votes)) if votes.isdecimal() else "",
        t("needs.amount", amount=float(amount)) if amount.replace(".", "", 1).isdecimal() else "",
    ]
    idea = tables.goto(
        "pomysl", {**cards.page_params, "idea": title[:IDEA_CHARS], **({"gmina": item.teryt} if item.teryt else {})}, t("needs.idea")
    )
    more = (whole if title != item.name else "") + _status(page, register, item) + f'<span class="where noprint">{idea}</span>'
    return entries.entry(page, item, lines, more=more, name=title)


def _status(page: Page, register: Register, item: Item) -> str:
    t = page.cards.t
    found = register.found.get(item.id, ())
    if said_answered(item) and not found:
        return f'<span class="where">{esc(t("needs.status.said"))}</span>'
    if not found:
        return f'<span class="where">{esc(t("needs.status.none" if item.as_of else "needs.status.undated"))}</span>'
    listed = "".join(f"<li>{entries.record_link(page, one.item)} <span class='quiet'>({_why(page, one)})</span></li>" for one in found)
    return f'<span class="where">{esc(t("needs.status.found"))}</span><ul class="why">{listed}</ul>'


def _why(page: Page, one: Answer) -> str:
    topics = ", ".join(page.words.topic(code) for code in one.topics)
    groups = page.words.terms("target_group", one.groups)
    date = page.cards.t.date(one.item.details.get("date_start", "") or one.item.as_of)
    return esc("; ".join(part for part in (topics, groups, date) if part))


def listed(page: Page, register: Register, items: list[Item], label: str, start: int) -> str:
    """A page of the register as an ordered list."""
    rows = "".join(f"<li>{need_html(page, register, item)}</li>" for item in items)
    return f'<ol class="rows" start="{start}" aria-label="{esc(label)}">{rows}</ol>'


def summary(result: Result, catalog: Catalog, register: Register, t: Translator) -> str:
    """Of how many shown needs votes are known, and for how many an answer was found; "" where there are none to tell of."""
    items = [catalog.item(int(row)) for row in result.rows]
    if not items:
        return ""
    n, answered = sum(bool(item.details.get("votes")) for item in items), sum(register.answered(item) for item in items)
    gminas = len({item.teryt for item in items if item.teryt})
    said = (
        t("needs.summary", n=n) if n else t("needs.summary_no_votes"),
        t("needs.summary_answered", n=answered) if answered else t("needs.summary_open"),
        t("needs.in_gminas", n=gminas) if gminas else "",
        entries.in_polish(t),
    )
    return f'<p class="quiet">{esc(" ".join(part for part in said if part))}</p>'
