"""How does a council take the figures along and check them line by line? A workbook with values, records, data and method; a CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from lib.analysis.gaps import Area, Assessment
from lib.analysis.priority import NEED_PARTS, Ranking
from lib.analysis.service_reach import Reach
from lib.exchange.export import CSV_TYPE, XLSX_TYPE, about_sheet
from lib.exchange.table import Cell
from lib.exchange.workbook import Sheet, to_csv_table, to_workbook
from lib.geo.travel import DETOUR
from pages.parts import gap_order
from pages.parts.gap_view import View, official_people, subject_of
from pages.parts.html import esc

VALUES = (
    "teryt", "gmina", "powiat", "measure", "unit", "count", "people", "people_basis", "rate", "smoothed", "low", "high", "reference",
    "verdict", "why", "coverage", "unseen", "sentence",
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


def area_buttons(view: View, found: Sequence[Assessment], teryt: str) -> None:
    """The download of one gmina under all measures, with the records counted under the chosen one."""
    with st.container(horizontal=True, key="area_files"):
        _button(view, "xlsx", XLSX_TYPE, lambda: area_workbook(view, found, teryt), name=f"gmina-{teryt}")


def overview_buttons(view: View, found: Sequence[Assessment]) -> None:
    """The download of all gminas under all measures."""
    with st.container(horizontal=True, key="overview_files"):
        _button(view, "xlsx", XLSX_TYPE, lambda: overview_workbook(view, found), name="wszystkie-miary")


def reach_buttons(view: View, found: Reach) -> None:
    """The download of reach by gmina and by locality."""
    with st.container(horizontal=True, key="reach_files"):
        _button(view, "xlsx", XLSX_TYPE, lambda: reach_workbook(view, found), name=f"zasieg-{view.measure.id}")


def area_workbook(view: View, found: Sequence[Assessment], teryt: str) -> bytes:
    """One gmina: a line a measure, the records counted under the chosen one, and where it comes from."""
    lines = [_values(view.under(one), area) for one in found if (area := one.area(teryt))]
    own = [row for row in records(view) if row[0] == view.name(teryt)]
    return to_workbook(
        [
            _sheet(view, "values", VALUES, lines),
            _sheet(view, "records", RECORDS, own),
            about_sheet(view.t("gaps.files.sheet.method"), _common(view)),
        ]
    )


def overview_workbook(view: View, found: Sequence[Assessment]) -> bytes:
    """Every gmina under every measure, a line each pair."""
    lines = [row for one in found for row in values(view.under(one))]
    return to_workbook([_sheet(view, "values", VALUES, lines), about_sheet(view.t("gaps.files.sheet.method"), _common(view))])


def reach_workbook(view: View, found: Reach) -> bytes:
    """Shares of people within reach by gmina, the way from each locality, and how it was computed."""
    t = view.t
    steps = [
        t("gaps.files.head.within", km=share.km, end=t(f"gaps.files.head.{end}")) for share in found.shares for end in ("least", "most")
    ]
    heads = [*_heads(view, ("teryt", "gmina", "people")), *steps, t("gaps.reach.mean"), t("gaps.reach.access", km=found.radius_km)]
    areas: list[list[Cell]] = [
        [
            area.teryt,
            view.name(area.teryt),
            _round(round(area.people)),
            *(_finite(end) for share in area.shares for end in (share.least, share.most)),
            _finite(area.mean_km),
            _round(area.access),
        ]
        for area in found.areas
    ]
    places: list[list[Cell]] = [
        [place.teryt, view.name(place.teryt), view.catalog.dataset.localities[place.id].name, _finite(place.km), place.nearest]
        for place in found.places
    ]
    lines = [
        (t("gaps.files.line.measure"), view.text("title")),
        (t("gaps.files.line.what"), t("gaps.reach.travel", detour=t.number(DETOUR, 2))),
        (t("gaps.reach.people"), t("gaps.reach.spread_note")),
        (t("gaps.reach.access", km=found.radius_km), t("gaps.reach.access_note")),
        *_common(view),
    ]
    return to_workbook(
        [
            Sheet(
                t("gaps.files.sheet.reach"),
                [*heads, t("gaps.files.head.coverage")],
                [[*row, view.level(a.coverage)] for row, a in zip(areas, found.areas, strict=True)],
            ),
            Sheet(
                t("gaps.files.sheet.places"),
                [*_heads(view, ("teryt", "gmina", "locality")), t("gaps.reach.way"), t("gaps.reach.nearest")],
                places,
            ),
            about_sheet(t("gaps.files.sheet.method"), lines),
        ]
    )


def _finite(value: float) -> Cell:
    return round(float(value), RATE_DIGITS) if math.isfinite(value) else None


def printed_html(view: View) -> str:
    """What a printed page says of itself: its day, the edition of the data and the measure."""
    t = view.t
    said = t("gaps.printed", date=t.date(f"{date.today():%Y-%m-%d}"), version=view.catalog.dataset.version, measure=view.text("title"))
    return f'<p class="printonly">{esc(said)} {esc(t("map.sample"))}</p>'


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
    weights, services = gap_order.chosen_words(view, found)
    measures = view.catalog.dataset.measures
    lines = [
        (t("gaps.files.line.what"), t("gaps.order.how")),
        (t("gaps.files.line.weights"), weights),
        (t("gaps.files.line.measures"), services),
        (t("gaps.files.line.draws"), t("gaps.files.draws", n=found.draws, seed=str(found.seed))),
        *_common(view),
    ]
    short = [measures[name].text("short", t.language) for name in found.measures]
    shortfalls: list[list[Cell]] = [
        [rank.teryt, view.name(rank.teryt), *(_round(rank.shortfalls.get(name)) for name in found.measures)] for rank in found.ranks
    ]
    return to_workbook(
        [
            _sheet(view, "order", ORDER, order(view, found)),
            Sheet(t("gaps.files.sheet.shortfalls"), [*_heads(view, ("teryt", "gmina")), *short], shortfalls),
            about_sheet(t("gaps.files.sheet.method"), lines),
        ]
    )


def _sheet(view: View, name: str, heads: tuple[str, ...], rows: Iterable[list[Cell]]) -> Sheet:
    return Sheet(view.t(f"gaps.files.sheet.{name}"), _heads(view, heads), rows, [WIDTHS.get(head, 0) for head in heads])


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
        view.cards.term("powiat", gmina.powiat) if (gmina := view.catalog.dataset.gminas.get(area.teryt)) else "",
        view.text("title"),
        view.text("unit"),
        area.count,
        _round(area.people),
        basis,
        *numbers,
        view.verdict(area),
        t(f"gaps.why.{area.verdict if area.reason == 'interval' else area.reason}"),
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
            subject_of(view, subject),
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
        lines.append(
            (t("gaps.column.interval"), t("gaps.files.interval", command=f"python -m lib gaps --measure {view.measure.id} --json"))
        )
    if view.found.unseen is not None:
        seen = view.found.unseen
        lines.append((t("gaps.files.head.unseen"), t("gaps.summary.unseen", seen=seen.observed, n=round(seen.unseen))))
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
            *(
                round(value) if part == "people" and (value := rank.figures[part]) is not None else _round(rank.figures[part])
                for part in NEED_PARTS
            ),
            ", ".join(measures[name].text("short", view.t.language) for name in rank.unknown),
        ]
        for rank in found.ranks
    ]
