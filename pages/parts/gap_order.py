"""In which gminas do need and lack come together, and how firm is that order? The ranking with its intervals. Pure markup."""

from __future__ import annotations

from collections.abc import Sequence

from lib.analysis.priority import NEED_PARTS, Rank, Ranking
from pages.parts import charts, tables
from pages.parts.gap_view import View, address
from pages.parts.html import esc
from pages.parts.tables import Column

NAMED = 6
"""Gminas named in the sentence on those that cannot be told apart; more names are a list, not a sentence."""


def told_apart_html(view: View, found: Ranking) -> str:
    """Whether the first gminas can be told apart at all, said before the ranking is shown."""
    t, first = view.t, found.first
    names = ", ".join(view.name(rank.teryt) for rank in first[:NAMED])
    more = len(first) - NAMED
    key = "one" if len(first) == 1 else "more" if more > 0 else "few"
    said = t(f"gaps.order.apart_{key}", n=len(first), names=names, more=max(more, 0))
    return f'<div class="notice">{esc(said, 900)} {esc(t("gaps.order.meaning", n=found.draws))}</div>'


def ranks_html(view: View, found: Ranking) -> str:
    """Every gmina with its rank, its interval, and the two sides the rank rests on, as a table."""
    t = view.t
    columns = [
        Column(t("gaps.column.rank"), numeric=True),
        Column(t("gaps.column.gmina")),
        *(Column(t(f"gaps.order.{head}"), numeric=True) for head in ("lack", "need", *NEED_PARTS)),
        Column(t("gaps.order.unknown")),
    ]
    rows = [_row(view, rank) for rank in found.ranks]
    strong = next((i for i, rank in enumerate(found.ranks) if view.gmina and rank.teryt == view.gmina.teryt), None)
    return tables.swipe(t) + tables.table(t("gaps.order.caption"), columns, rows, strong=strong)


def _row(view: View, rank: Rank) -> list[str]:
    t, figures = view.t, rank.figures
    link = f'<a href="{view.area_link(rank.teryt)}" target="_self">{esc(view.name(rank.teryt))}</a>'
    needs = tables.href("", {**view.cards.page_params, "layer": "needs", "gmina": rank.teryt})
    shown_needs = "–" if figures["needs"] is None else f'<a href="{needs}" target="_self">{t.number(figures["needs"], 2)}</a>'
    return [
        esc(range_of(view, rank)),
        link,
        tables.percent(t, rank.lack),
        tables.percent(t, rank.need),
        tables.number(t, figures["people"]),
        shown_needs,
        "–" if figures["reach"] is None else tables.percent(t, figures["reach"]),
        tables.number(t, figures["meeting"]),
        esc(_unknown(view, rank.unknown)),
    ]


def range_of(view: View, rank: Rank) -> str:
    """ "3 (2–9)": the rank and the interval of nine in ten draws."""
    return view.t("gaps.order.rank", rank=rank.rank, low=rank.rank_low, high=rank.rank_high)


def _unknown(view: View, names: Sequence[str]) -> str:
    measures = view.catalog.dataset.measures
    return ", ".join(measures[name].text("short", view.t.language) for name in names) or "–"


def chart_html(view: View, found: Ranking) -> str:
    """The intervals of all ranks, drawn."""
    t = view.t
    rows = [
        charts.RankRow(
            view.name(rank.teryt),
            address(view, rank.teryt),
            rank.rank,
            rank.rank_low,
            rank.rank_high,
            t("gaps.order.holes", n=len(rank.unknown)) if rank.unknown else "",
        )
        for rank in found.ranks
    ]
    return charts.rank_range(t("gaps.order.chart_title"), t("gaps.order.chart_desc"), rows, count=len(found.ranks), t=t)
