"""How is a table of the data set told: what it is, where from, how fresh, how exact? Pure markup builders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.analysis.freshness import Age, Freshness, freshness, precisions
from lib.catalog.inventory import Named, TableFacts
from lib.catalog.load import Dataset
from lib.domain.records import APPROXIMATE, KINDS, Item
from lib.errors import Problem
from lib.i18n import Translator
from pages.parts.html import esc, link

VOCABULARIES = "vocabularies"
SAME_SHOWN = 3
"""Defects shown of one kind (file, what is wrong, column): a flood of one kind must not hide the others."""
MAX_KINDS = 200
"""Kinds of defects listed: a table of nothing but unknown columns has one each; the command line gives all of them."""
LONGEST_BAR_PERCENT = 56
"""How far the longest bar reaches in its cell; the rest is for the number behind it."""
NOTHING = "–"

SOURCE_KEYS = {
    "Public web pages": "pages",
    "GeoNames": "geonames",
    "State Register of Boundaries": "prg",
    "National Electoral Commission": "pkw",
    "Statistics Poland": "gus",
    "Pabulib": "pabulib",
    "PolandGeoJson": "polandgeojson",
    "Mapa Aktywności, own work": "own",
}
"""How the sources of the project's own package begin, and the text that says them in the visitor's language."""
LICENCE_KEYS = {"The Unlicense": "unlicense", "Creative Commons Zero": "cc0", "Creative Commons Attribution 4.0": "cc_by"}
"""How the names of the data's licences begin, and the text that adds what they mean."""


@dataclass(frozen=True)
class Told:
    """A table with what its records say of themselves; `freshness` is None for tables without records."""

    facts: TableFacts
    items: Sequence[Item]
    freshness: Freshness | None


def told(found: Sequence[TableFacts], dataset: Dataset) -> list[Told]:
    """The tables in the package's order, those with records first, all vocabularies as one at the end."""
    entries = []
    for facts in found:
        if not facts.is_vocabulary:
            items = [item for item in dataset.items if item.kind == facts.name]
            entries.append(Told(facts, items, freshness(items) if facts.name in KINDS else None))
    return sorted(entries, key=lambda entry: entry.freshness is None) + _vocabularies(found)


def _vocabularies(found: Iterable[TableFacts]) -> list[Told]:
    parts = [facts for facts in found if facts.is_vocabulary]
    if not parts:
        return []
    rows = sum(facts.rows for facts in parts)
    return [Told(TableFacts(VOCABULARIES, f"{VOCABULARIES}/*.csv", VOCABULARIES, rows, parts[0].sources, parts[0].licences), (), None)]


def title_of(facts: TableFacts, t: Translator) -> str:
    """The table's name in the visitor's language, else the package's."""
    key = f"about.table.{facts.name}.title"
    return t(key) if t.has(key) else facts.title


def _what(facts: TableFacts, t: Translator) -> str:
    key = f"about.table.{facts.name}.what"
    return t(key) if t.has(key) else t("about.table.other.what")


def source_title(title: str, t: Translator) -> str:
    """A source in the visitor's language when it is one of the project's own, else as the package writes it."""
    key = next((key for start, key in SOURCE_KEYS.items() if title.startswith(start)), None)
    return t(f"about.source.{key}") if key else title


def licence_title(title: str, t: Translator) -> str:
    """A licence by its own name, with what it means in the visitor's language where that is known."""
    key = next((key for start, key in LICENCE_KEYS.items() if title.startswith(start)), None)
    return t(f"about.licence_means.{key}") if key else title


def named_html(entry: Named, label: str) -> str:
    """A source or licence as a link, or as text when it has no address."""
    return link(entry.url, label) if entry.url else esc(label)


def licences_html(licences: Iterable[Named], t: Translator) -> str:
    """Licences in one line, each with what it means."""
    return ", ".join(named_html(licence, licence_title(licence.title, t)) for licence in licences)


def percent(part: int, whole: int, t: Translator) -> str:
    """A share in whole percent; a share under one percent never reads as none."""
    share = 100 * part / whole if whole else 0
    return t("about.percent", share="<1" if 0 < share < 1 else round(share))


def overview_html(entries: Sequence[Told], t: Translator) -> str:
    """All tables in one: rows, newest source, share without a date, share known only by gmina."""
    names = ("table", "rows", "newest", "undated", "approximate")
    head = "".join(f'<th scope="col"{_numeric(i)}>{esc(t(f"about.column.{name}"))}</th>' for i, name in enumerate(names))
    body = "".join(_overview_row(entry, t) for entry in entries)
    caption = esc(t("about.overview"))
    return f'<table class="tbl overview"><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _numeric(column: int) -> str:
    return ' class="num"' if column else ""


def _overview_row(entry: Told, t: Translator) -> str:
    cells = [t.number(entry.facts.rows), NOTHING, NOTHING, NOTHING]
    if entry.freshness and entry.freshness.rows:
        fresh, exact = entry.freshness, precisions(entry.items)
        cells[1] = fresh.newest[:4] or NOTHING
        cells[2] = percent(fresh.undated, fresh.rows, t)
        cells[3] = percent(exact.get(APPROXIMATE, 0), sum(exact.values()), t) if exact else NOTHING
    shown = "".join(f'<td class="num">{_cell(cell, t)}</td>' for cell in cells)
    return f'<tr><th scope="row">{esc(title_of(entry.facts, t))}</th>{shown}</tr>'


def _cell(cell: str, t: Translator) -> str:
    return f'<span role="img" aria-label="{esc(t("about.not_applicable"))}">{NOTHING}</span>' if cell == NOTHING else esc(cell)


def section_html(entry: Told, dataset: Dataset, t: Translator) -> str:
    """One table in full: what it is, its file, sources and licence; ages and precision as charts of text and bars."""
    charts = age_html(entry.freshness, t) if entry.freshness and entry.freshness.rows else ""
    exact = [(_precision(dataset, code, t), count) for code, count in precisions(entry.items).items()]
    charts += chart_html(t("about.column.precision"), exact, t) if exact else ""
    return (
        f'<section class="facts"><h2 id="{esc(entry.facts.name)}">{esc(title_of(entry.facts, t))}</h2>'
        f'<p class="what">{esc(_what(entry.facts, t))}</p>{_source_html(entry.facts, t)}<div>{charts}</div></section>'
    )


def _precision(dataset: Dataset, code: str, t: Translator) -> str:
    known = dataset.vocabularies.get("precision", {}).get(code)
    return known.label(t.language) if known else code


def _source_html(facts: TableFacts, t: Translator) -> str:
    sources = "".join(f"<li>{named_html(source, source_title(source.title, t))}</li>" for source in facts.sources)
    rows = (
        ("about.file", f"<code>{esc(facts.path)}</code> · {esc(t('about.rows', n=facts.rows))}"),
        ("about.sources", f"<ul>{sources}</ul>" if sources else ""),
        ("about.licence", licences_html(facts.licences, t)),
    )
    return "<dl>" + "".join(f"<dt>{esc(t(key))}</dt><dd>{value}</dd>" for key, value in rows if value) + "</dl>"


def age_html(fresh: Freshness, t: Translator) -> str:
    """How many records speak of which years, and how many of none."""
    rows = [(age_label(age, t), age.count) for age in fresh.ages]
    return chart_html(t("about.column.age"), [*rows, (t("about.undated"), fresh.undated)], t)


def age_label(age: Age, t: Translator) -> str:
    """The years of a step; years are names, not numbers, and get no separators."""
    if age.first is None:
        return t("about.years_until", last=str(age.last))
    return t("about.years", first=str(age.first), last=str(age.last))


def chart_html(title: str, rows: Sequence[tuple[str, int]], t: Translator) -> str:
    """A table whose last column repeats the share as a bar: read as text, seen as a chart. Empty rows are left out."""
    whole = sum(count for _, count in rows)
    most = max((count for _, count in rows), default=0) or 1
    heads = "".join(
        f'<th scope="col"{css}>{esc(text)}</th>'
        for text, css in ((title, ""), (t("about.column.rows"), ' class="num"'), (t("about.column.share"), ""))
    )
    body = "".join(
        f'<tr><td>{esc(label)}</td><td class="num">{t.number(count)}</td><td>'
        f'<span class="bar" style="width:{round(LONGEST_BAR_PERCENT * count / most)}%" aria-hidden="true"></span> '
        f"{esc(percent(count, whole, t))}</td></tr>"
        for label, count in rows
        if count
    )
    return f'<table class="tbl chart"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def problems_html(problems: Sequence[Problem], t: Translator) -> str:
    """The defects of the data files: where, what is wrong, what to do."""
    names = ("file", "row", "column", "reason", "cure")
    head = "".join(f'<th scope="col">{esc(t(f"about.problems.{name}"))}</th>' for name in names)
    kinds: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.file, problem.code, problem.column), []).append(problem)
    listed = list(kinds.values())[:MAX_KINDS]
    body = "".join(_kind_rows(same, t) for same in listed)
    more = len(problems) - sum(map(len, listed))
    rest = f'<p class="quiet">{esc(t("about.problems.more", n=more))}</p>' if more > 0 else ""
    return (
        f'<section aria-labelledby="usterki"><h2 id="usterki">{esc(t("about.problems.title", n=len(problems)))}</h2>'
        f'<p class="notice">{esc(t("about.problems.lead"))}</p>'
        f'<table class="tbl stack"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}</section>'
    )


def _kind_rows(same: Sequence[Problem], t: Translator) -> str:
    """The first defects of one kind, and how many more there are."""
    shown = "".join(_problem_row(problem, t) for problem in same[:SAME_SHOWN])
    more = len(same) - SAME_SHOWN
    return shown + (f'<tr><td colspan="5" class="quiet">{esc(t("about.problems.same", n=more))}</td></tr>' if more > 0 else "")


def _problem_row(problem: Problem, t: Translator) -> str:
    row = "" if problem.row is None else f'<span class="label">{esc(t("about.problems.row"))} </span>{problem.row}'
    column = "" if problem.column is None else f"<code>{esc(problem.column)}</code>"
    cells = (f"<code>{esc(problem.file)}</code>", row, column, esc(said(problem, "reason", t)), esc(said(problem, "cure", t)))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def said(problem: Problem, part: str, t: Translator) -> str:
    """The reason or the cure of a defect; the bare code when no text explains it, so that nothing is hidden."""
    key = f"problems.{problem.code}.{part}"
    if t.has(key):
        return t(key, **problem.params)
    return problem.code if part == "reason" else ""
