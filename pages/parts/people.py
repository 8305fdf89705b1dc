"""How many people of which age live in a gmina, beside its powiat and the subregion, and how sure is that? Pure markup."""

from __future__ import annotations

from collections.abc import Sequence

from lib.analysis.profile import AgeRow, EstimateError, People
from lib.i18n import Translator
from pages.parts import tables
from pages.parts.html import esc
from pages.parts.tables import Column

FULL_BAR_SHARE = 0.7
"""Share of people that a full bar stands for: the largest group (15-64) is about two thirds everywhere here."""


def people_html(people: People, t: Translator, *, name: str, powiat: str, error: EstimateError | None, worst: str) -> str:
    """The main table, what it rests on, and the finer groups; `powiat` is "" for a city that is its own powiat."""
    return (
        headline(people, t)
        + _age_table(
            t("gmina.people.caption" if powiat else "gmina.people.caption_city", name=name),
            people.main,
            people,
            t,
            name=name,
            powiat=powiat,
            total=True,
        )
        + f'<p class="quiet">{esc(beside(people, t, powiat=powiat))}</p>'
        + f'<div class="notice">{basis(people, t, powiat=powiat, error=error, worst=worst)}</div>'
        + f'<details class="group"><summary>{esc(t("gmina.people.finer"))}</summary>'
        + _age_table(t("gmina.people.finer_caption", name=name), people.services, people, t, name=name, powiat=powiat)
        + f'<p class="quiet">{esc(t("gmina.people.finer_note"))}</p></details>'
    )


def headline(people: People, t: Translator) -> str:
    """The number of people in one sentence, said as an estimate when it is one."""
    key = "gmina.people.official" if people.official else "gmina.people.estimate"
    lines = [f"<b>{esc(t(key, n=round(people.total)))}</b>"]
    if people.electors == people.electors:
        lines.append(esc(t("gmina.people.electors", n=round(people.electors))))
    return "".join(f'<p class="count">{line}</p>' for line in lines)


def beside(people: People, t: Translator, *, powiat: str) -> str:
    """How many people the shares of the powiat and the subregion are shares of."""
    region = t("gmina.people.in_region", n=round(people.region_total))
    return f"{powiat}: {t('gmina.people.in_powiat', n=round(people.powiat_total))}. {region}" if powiat else region


def basis(people: People, t: Translator, *, powiat: str, error: EstimateError | None, worst: str) -> str:
    """How the figures came about and how far off they may be."""
    if people.official:
        return esc(t("gmina.people.basis_official"))
    lines = [t("gmina.people.basis_shared", powiat=powiat)]
    if people.gus_total and people.difference is not None:
        difference = f"{'+' if people.difference > 0 else '−'}{tables.percent(t, abs(people.difference))}"
        lines.append(t("gmina.people.gus", n=round(people.gus_total), year=str(people.gus_year or ""), difference=difference))
    if error:
        mean, most = tables.percent(t, error.mean), tables.percent(t, error.worst)
        lines.append(t("gmina.people.error", n=error.gminas, years=years_of(error), mean=mean, worst=most, name=worst))
        lines.append(t("gmina.people.compared" if people.difference is not None else "gmina.people.uncompared"))
    return " ".join(esc(line) for line in lines)


def years_of(error: EstimateError) -> str:
    """The years of the official totals: "2023–2024", one year when it is one, a dash where unknown."""
    return "–".join(dict.fromkeys(str(year) for year in (error.first_year, error.last_year) if year)) or "–"


def _age_table(caption: str, rows: Sequence[AgeRow], people: People, t: Translator, *, name: str, powiat: str, total: bool = False) -> str:
    columns = [
        Column(t("gmina.people.age")),
        Column(t("gmina.people.number"), numeric=True),
        Column(name, numeric=True),
        *([Column(powiat, numeric=True)] if powiat else []),
        Column(t("gmina.people.region"), numeric=True),
    ]
    cells = [_cells(row, t, bool(powiat)) for row in rows]
    if total:
        shares = [tables.percent(t, 1.0)] * (len(columns) - 2)
        cells.append([esc(t("gmina.people.total")), tables.number(t, people.total), *shares])
    return tables.swipe(t) + tables.table(caption, columns, cells, strong=len(rows) if total else None)


def _cells(row: AgeRow, t: Translator, with_powiat: bool) -> list[str]:
    shares = [row.share, *([row.powiat_share] if with_powiat else []), row.region_share]
    return [esc(t(f"gmina.age.{row.group}")), tables.number(t, row.people), *(_share_cell(share, t) for share in shares)]


def _share_cell(share: float, t: Translator) -> str:
    known = share == share
    width = min(share / FULL_BAR_SHARE, 1) * 100 if known else 0
    return (
        f'{tables.percent(t, share)}<span class="track" aria-hidden="true"><span class="sharebar" style="width:{width:.0f}%"></span></span>'
    )
