"""How does a council take the figures along and check them line by line? A workbook with values, records, data and method; a CSV."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from lib.analysis.gaps import Area
from lib.analysis.priority import NEED_PARTS, Ranking
from lib.exchange.export import CSV_TYPE, XLSX_TYPE, about_sheet
from lib.exchange.table import Cell
from lib.exchange.workbook import Sheet, to_csv_table, to_workbook
from pages.parts.gap_view import View, official_people

VALUES = (
    "teryt", "gmina", "measure", "count", "people", "people_basis", "rate", "smoothed", "low", "high", "reference", "verdict", "why",
    "coverage", "unseen", "sentence",
)  # fmt: skip
RECORDS = ("gmina", "id", "name", "kind", "locality", "precision", "as_of", "source_url", "other_sources")
COVERAGE = ("teryt", "gmina", "subject", "coverage", "why", "pages", "source_url", "as_of")
ORDER = ("rank", "rank_low", "rank_high", "teryt", "gmina", "lack", "need", *NEED_PARTS, "unknown")
WIDTHS = {"gmina": 20, "measure": 34, "sentence": 90, "source_url": 50, "name": 48, "why": 44, "id": 30, "unknown": 40}
RATE_DIGITS = 4


def buttons(view: View) -> None:
    """The downloads of one measure."""
    st.html(f'<p class="quiet noprint">{view.t("gaps.files.lead")}</p>')
    with st.container(horizontal=True, key="gap_files"):
        _button(view, "xlsx", XLSX_TYPE, lambda: workbook(view))
        _button(view, "csv", CSV_TYPE, lambda: to_csv_table(_heads(view, VALUES), values(view)))


def order_buttons(view: View, found: Ranking) -> None:
    """The downloads of the order of priorities."""
    with st.container(horizontal=True, key="order_files"):
        _button(view, "xlsx", XLSX_TYPE, lambda: order_workbook(view, found), name="priorytety")
        _button(view, "csv", CSV_TYPE, lambda: to_csv_table(_heads(view, ORDER), order(view, found)), name="priorytety")


def _button(view: View, form: str, mime: str, make: object, *, name: str = "") -> None:
    file = f"mapa-aktywnosci-{name or view.measure.id}-{date.today():%Y-%m-%d}.{form}"
    st.download_button(form.upper(), data=make, file_name=file, mime=mime, key=f"file_{name}_{form}", on_click="ignore")  # type: ignore[arg-type]


def workbook(view: View) -> bytes:
    """Values, the records counted with their sources, how complete the data is, and the method."""
    t = view.t
    return to_workbook(
        [
            _sheet(view, "values", VALUES, values(view)),
            _sheet(view, "records", RECORDS, records(view)),
            _sheet(view, "coverage", COVERAGE, coverage(view)),
            about_sheet(t("gaps.files.sheet.method"), method(view)),
        ]
    )


def order_workbook(view: View, found: Ranking) -> bytes:
    """The ranking with its intervals, and how it came about."""
    t = view.t
    weights = ", ".join(f"{t(f'gaps.order.{name}')}: {t.number(value, 2)}" for name, value in found.weights.items())
    measures = view.catalog.dataset.measures
    lines = [
        (t("gaps.files.line.what"), t("gaps.order.how")),
        (t("gaps.files.line.weights"), weights),
        (t("gaps.files.line.measures"), "; ".join(measures[name].text("short", t.language) for name in found.measures)),
        (t("gaps.files.line.draws"), t("gaps.files.draws", n=found.draws, seed=str(found.seed))),
        *_common(view),
    ]
    return to_workbook([_sheet(view, "order", ORDER, order(view, found)), about_sheet(t("gaps.files.sheet.method"), lines)])


def _sheet(view: View, name: str, heads: tuple[str, ...], rows: Iterable[list[Cell]]) -> Sheet:
    widths = {place: WIDTHS[head] for place, head in enumerate(heads, 1) if head in WIDTHS}
    return Sheet(view.t(f"gaps.files.sheet.{name}"), _heads(view, heads), rows, widths)


def _heads(view: View, heads: tuple[str, ...]) -> list[str]:
    return [view.t(f"gaps.files.head.{head}") for head in heads]


def values(view: View) -> list[list[Cell]]:
    """One line a gmina, in the order of VALUES."""
    return [_values(view, area) for area in view.areas()]


def _values(view: View, area: Area) -> list[Cell]:
    t = view.t
    basis = t(f"gaps.files.{'official' if official_people(view.catalog, area.teryt) else 'estimate'}")
    numbers = [_round(value) for value in (area.rate, area.smoothed, area.low, area.high, view.found.reference)]
    return [
        area.teryt,
        view.name(area.teryt),
        view.text("title"),
        area.count,
        _round(area.people),
        basis,
        *numbers,
        view.verdict(area),
        t(f"gaps.why.{area.reason}"),
        view.level(area.coverage),
        _round(area.unseen),
        view.sentence(area),
    ]


def _round(value: float | None) -> Cell:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(float(value), RATE_DIGITS)


def records(view: View) -> list[list[Cell]]:
    """Every record that was counted, with its sources."""
    return [
        [
            view.name(teryt),
            item.id,
            item.name,
            view.cards.kind_label(item),
            item.locality,
            view.cards.term("precision", item.precision) if item.precision else "",
            item.as_of,
            item.sources[0].url if item.sources else "",
            " | ".join(source.url for source in item.sources[1:]),
        ]
        for teryt, items in view.found.records.items()
        for item in items
    ]


def coverage(view: View) -> list[list[Cell]]:
    """How complete the data behind the measure is believed to be."""
    subjects = dict.fromkeys(selection.covered_by for selection in view.measure.selections)
    found = view.catalog.dataset.coverage
    return [
        [
            area.teryt,
            view.name(area.teryt),
            subject,
            view.level(known.level),
            view.cards.term("coverage_reason", known.reason),
            known.pages,
            known.source_url,
            known.as_of,
        ]
        for area in view.found.areas
        for subject in subjects
        if (known := found.get((area.teryt, subject)))
    ]


def method(view: View) -> list[tuple[str, str]]:
    """The method sheet: what is counted, for whom, how, with which limits, from when."""
    t, prior = view.t, view.found.prior
    lines = [(t("gaps.files.line.measure"), view.text("title"))]
    lines += [(t(f"gaps.method.{field}"), view.text(field)) for field in ("what", "why", "limits", "author")]
    lines += [(t("gaps.method.formula"), t("gaps.files.formula_years" if view.years else "gaps.files.formula_rate"))]
    if prior is not None and prior.a == prior.a:
        lines.append((t("gaps.method.prior"), t("gaps.method.prior_value", a=t.number(prior.a, 4), b=t.number(prior.b, 1))))
    lines.append((t("gaps.method.review"), t.date(view.measure.next_review)))
    return [*lines, *_common(view)]


def _common(view: View) -> list[tuple[str, str]]:
    """What every file says: the edition of the data, its terms and its limits."""
    t, package = view.t, view.catalog.dataset.package
    licences = "; ".join(str(entry.get("title") or entry.get("name")) for entry in package.get("licenses", []))
    return [
        (t("download.about.date"), t.date(f"{date.today():%Y-%m-%d}")),
        (t("download.about.version"), view.catalog.dataset.version),
        (t("download.about.licence"), licences),
        (t("download.about.attribution"), t("download.about.attribution_text")),
        (t("download.about.limits"), t("map.sample")),
    ]


def order(view: View, found: Ranking) -> list[list[Cell]]:
    """One line a gmina, the most urgent first, in the order of ORDER."""
    measures = view.catalog.dataset.measures
    return [
        [
            rank.rank,
            rank.rank_low,
            rank.rank_high,
            rank.teryt,
            view.name(rank.teryt),
            _round(rank.lack),
            _round(rank.need),
            *(_round(rank.figures[part]) for part in NEED_PARTS),
            ", ".join(measures[name].text("short", view.t.language) for name in rank.unknown),
        ]
        for rank in found.ranks
    ]
