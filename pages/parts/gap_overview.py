"""Where is what clearly low or high? All gminas under all measures in one table, each verdict a mark, a word and a link. Pure markup."""

from __future__ import annotations

from collections.abc import Sequence

from lib.analysis.gaps import Assessment
from lib.catalog.collation import polish_key
from pages.parts import tables
from pages.parts.gap_view import View, tell
from pages.parts.html import esc
from pages.parts.tables import Column


def overview_html(view: View, found: Sequence[Assessment]) -> str:
    """A row a gmina by name, a column a measure; the mark alone is drawn, its word is read aloud and shown by the pointer."""
    t = view.t
    views = [view.under(assessment) for assessment in found]
    columns = [
        Column(t("gaps.column.gmina")),
        *(Column(one.text("short")) for one in views),
        Column(t("gaps.overview.clear"), numeric=True),
    ]
    teryts = sorted(view.catalog.dataset.gminas, key=lambda teryt: (polish_key(view.name(teryt)), teryt))
    rows = [_row(view, views, teryt) for teryt in teryts]
    strong = next((i for i, teryt in enumerate(teryts) if view.gmina and teryt == view.gmina.teryt), None)
    legend = "".join(
        f'<li><span class="verdict v-{verdict}">{esc(t(f"gaps.verdict.{verdict}"))}</span></li>'
        for verdict in ("below", "uncertain", "above", "unknown")
    )
    table = tables.table(t("gaps.overview.caption"), columns, rows, strong=strong)
    return f'<ul class="legend wrapped" aria-label="{esc(t("map.legend"))}">{legend}</ul>{tables.swipe(t)}<div class="matrix">{table}</div>'


def _row(view: View, views: Sequence[View], teryt: str) -> list[str]:
    clear, cells = 0, []
    for one in views:
        area = one.found.area(teryt)
        clear += area is not None and area.verdict in ("below", "above")
        cells.append(_cell(one, teryt))
    name = f'<a href="{view.area_link(teryt)}" target="_self">{esc(view.name(teryt))}</a>'
    return [name, *cells, view.t.number(clear)]


def _cell(view: View, teryt: str) -> str:
    area = view.found.area(teryt)
    if area is None:
        return "–"
    said = esc(f"{view.text('short')}: {tell(view, area)}")
    mark = f'<span class="verdict v-{view.shown_verdict(area)}" aria-hidden="true"></span>'
    return f'<a class="mark" href="{view.area_link(teryt)}" target="_self" title="{said}">{mark}<span class="aloud">{said}</span></a>'
