"""How is the figure made, what can it not tell, who reviews it, and how complete is the data behind it? Pure markup."""

from __future__ import annotations

from lib.analysis import bayes, gaps, priority, unanswered
from lib.analysis.service_reach import SENSITIVITY_KM
from lib.domain.measure import LEVELS, UNLOOKED
from lib.geo.travel import DETOUR
from pages.parts import tables
from pages.parts.gap_view import View
from pages.parts.html import esc
from pages.parts.tables import Column

FIELDS = ("what", "why", "limits", "author")


def measure_html(view: View) -> str:
    """What the reviewed file of the measure says, and the formula it names."""
    t, measure = view.t, view.measure
    said = "".join(f"<dt>{esc(t(f'gaps.method.{field}'))}</dt><dd>{esc(view.text(field), 1500)}</dd>" for field in FIELDS)
    people = " + ".join(t(f"gaps.people.{column}") if t.has(f"gaps.people.{column}") else column for column in measure.people)
    prior = view.found.prior
    numbers = [
        (t("gaps.method.people"), esc(people)),
        (t("gaps.method.reference"), f"{view.rate(view.found.reference)} {esc(view.text('unit'))}"),
        (t("gaps.method.review"), esc(t.date(measure.next_review))),
        (t("gaps.method.file"), f"<code>data/measures/{esc(measure.id)}.toml</code>"),
    ]
    if prior is not None and prior.a == prior.a:
        numbers.insert(2, (t("gaps.method.prior"), esc(t("gaps.method.prior_value", a=t.number(prior.a, 2), b=t.number(prior.b, 0)))))
    listed = "".join(f"<dt>{esc(label)}</dt><dd>{markup}</dd>" for label, markup in numbers)
    formula = "years" if view.years else "rate"
    words = {"level": t.number(gaps.INTERVAL * 100), "spread": t.number(bayes.MIN_SPREAD * 100)}
    steps = t(f"gaps.method.formula_{formula}", **({} if view.years else words))
    return f'<dl class="facts">{said}{listed}</dl><h3>{esc(t("gaps.method.formula"))}</h3><p>{esc(steps, 3000)}</p>'


def verdicts_html(view: View) -> str:
    """What each verdict means and when it is given."""
    t = view.t
    rows = "".join(
        f'<dt><span class="verdict v-{verdict}">{esc(t(f"gaps.verdict.{verdict}"))}</span></dt>'
        f"<dd>{esc(t(f'gaps.method.verdict_{verdict}'), 900)}</dd>"
        for verdict in ("below", "uncertain", "above", "unknown")
    )
    return f'<dl class="facts">{rows}</dl>'


def decided_html(view: View) -> str:
    """Every number that was decided by hand, with its reason."""
    t = view.t
    rows = [
        (t("gaps.decided.interval"), t.number(gaps.INTERVAL * 100) + "%", t("gaps.decided.interval_why")),
        (t("gaps.decided.detour"), t.number(DETOUR, 2), t("gaps.decided.detour_why")),
        (t("gaps.decided.needs_km"), f"{t.number(unanswered.REACH_KM)} km", t("gaps.decided.needs_km_why")),
        (t("gaps.decided.radii"), ", ".join(t.number(km) for km in SENSITIVITY_KM) + " km", t("gaps.decided.radii_why")),
        (t("gaps.decided.draws"), t.number(priority.DRAWS), t("gaps.decided.draws_why")),
        (t("gaps.decided.weights"), t.number(priority.CONCENTRATION), t("gaps.decided.weights_why")),
    ]
    columns = [Column(t("gaps.decided.number")), Column(t("gaps.decided.value"), numeric=True), Column(t("gaps.decided.why"))]
    return tables.table(t("gaps.decided.caption"), columns, [[esc(a), esc(b), esc(c, 700)] for a, b, c in rows])


def coverage_html(view: View) -> str:
    """How complete the data is believed to be, for every gmina under this measure and over all subjects."""
    t, coverage = view.t, view.catalog.dataset.coverage
    subjects = dict.fromkeys(subject for _, subject in coverage)
    columns = [
        Column(t("gaps.column.gmina")),
        Column(t("gaps.method.this_measure")),
        *(Column(view.level(level), numeric=True) for level in LEVELS),
        Column(t("gaps.method.pages"), numeric=True),
    ]
    rows = []
    for area in sorted(view.areas(), key=lambda area: LEVELS.index(area.coverage), reverse=True):
        own = [coverage[area.teryt, subject] for subject in subjects if (area.teryt, subject) in coverage]
        counts = [sum(one.level == level for one in own) for level in LEVELS]
        pages = max((one.pages or 0 for one in own), default=0)
        name = f'<a href="{view.area_link(area.teryt, "g-data")}" target="_self">{esc(view.name(area.teryt))}</a>'
        mark = "strong" if area.coverage == UNLOOKED else "span"
        rows.append([name, f"<{mark}>{esc(view.level(area.coverage))}</{mark}>", *map(t.number, counts), t.number(pages)])
    return (
        tables.swipe(t)
        + tables.table(t("gaps.method.coverage_caption"), columns, rows)
        + f'<p class="quiet">{esc(t("gaps.method.coverage_note"), 900)}</p>'
    )
