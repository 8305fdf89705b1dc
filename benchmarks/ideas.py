"""Does the partner ranking find those who really worked together, better than four simple rankings? And what does the page cost?

Past initiatives are held out by date: the organiser, the title and the place are known, the partners are hidden, and the ranking may
use only what is known to have happened before that day. The weights were chosen on initiatives before SPLIT only
(`python -m benchmarks.ideas --tune` shows it again); the figures are of those from SPLIT on. Ties are shared fairly: figures are
expectations over all orders of equal scores. Intervals are percentile bootstraps over initiatives, differences are paired.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.partners import DEFAULT_WEIGHTS, MAX_WEIGHT, TERMS, rank
from lib.analysis.initiatives import parties_of
from lib.analysis.profile import day_of
from lib.catalog.catalog import Catalog
from lib.catalog.load import load_dataset
from lib.domain.records import Item
from lib.geo.neighbours import neighbours
from lib.reports.ideas import Desk, Question, idea_of, open_desk, rewind
from lib.settings import DATA_DIR, PROJECT_DIR

SPLIT = "2019"
"""Half of the dated initiatives with known partners lie before it; fixed before any figure was looked at."""
TOP = 10
RESAMPLES = 10_000
SEED = 7
LEVEL = 0.95
BASELINES = ("nearest", "category", "theme", "active")
"""Nearest first; same category as the organiser; most themes in common; took part in most initiatives so far."""
WHO_OF_CATEGORY = {
    "ngo": "ngo", "kgw": "kgw", "senior_club": "senior_club", "fire_brigade": "fire_brigade", "parish_group": "parish", "school": "school",
    "social_enterprise": "social_enterprise", "culture_centre": "culture_centre", "library": "culture_centre",
    "sports_club": "ngo", "lag": "ngo", "support_centre": "municipality",
}  # fmt: skip
PAGE_TEXT = "zajęcia komputerowe dla seniorów w remizie"
PAGE_ROUNDS = 15

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Case:
    """One held-out initiative: the idea as it would have been typed, the desk of that day, who may be ranked, who was there."""

    item: Item
    idea: Idea
    desk: Desk
    rows: NDArray[np.intp]
    hidden: NDArray[np.bool_]


def cases(desk: Desk, *, of_co_organisers: bool = False) -> list[Case]:
    """All dated initiatives with a partner in the data who is not an organiser as well, the oldest first.

    With `of_co_organisers` the first organiser asks and the other organisers count as hidden partners too.
    """
    found = [
        case for item in desk.dataset.items if item.kind == "initiatives" and day_of(item) and (case := _case(desk, item, of_co_organisers))
    ]
    return sorted(found, key=lambda case: (day_of(case.item), case.item.id))


def _case(desk: Desk, item: Item, of_co_organisers: bool) -> Case | None:
    organisers = [code for code in item.details.get("organiser_ids", "").split("|") if code]
    asking = organisers[0] if organisers else ""
    known = {asking} if of_co_organisers else set(organisers)
    partners = set(parties_of(item)) - known
    found = [desk.dataset.items[desk.dataset.by_id[code]] for code in partners if code in desk.dataset.by_id]
    if not any(one.kind == "resources" for one in found):  # most have none: no need to go back to their day
        return None
    then = rewind(desk, day_of(item))
    rows = np.array([row for row in then.ground.rows("resources") if then.ground.items[row].id not in known], dtype=np.intp)
    hidden = np.array([then.ground.items[row].id in partners for row in rows], dtype=bool)
    if not hidden.any():
        return None
    organiser = then.ground.item(asking)
    who = WHO_OF_CATEGORY.get(organiser.category, "") if organiser else "municipality"
    places = [p.id for p in desk.dataset.localities.values() if p.teryt == item.teryt and p.name == item.locality.split(" – ")[0]]
    locality = places[0] if len(places) == 1 and not item.approximate else ""
    _, idea = idea_of(then, Question(item.name, item.teryt, locality=locality, who=who, organiser=asking))
    return Case(item, idea, then, rows, hidden)


def ours(case: Case, weights: dict[str, float] | None = None) -> Floats:
    """The score of every candidate."""
    from lib.analysis.ideas.funding import fitting

    ranking = rank(case.desk.ground, case.idea, case.desk.funders, fitting(case.desk.ground, case.idea), weights=weights)
    score = np.zeros(len(case.desk.ground.items))
    score[ranking.rows] = ranking.scores
    return score[case.rows]


def nearest(case: Case) -> Floats:
    """Nearest first; what is known only by its gmina stands where the map shows it."""
    from lib.geo.distance import plane_km

    ground = case.desk.ground
    return -np.nan_to_num(plane_km(ground.x, ground.y, case.idea.place.x, case.idea.place.y), nan=1e6)[case.rows]


def category(case: Case) -> Floats:
    """Same category as the organiser, the nearer first among equals."""
    organiser = case.desk.ground.item(case.idea.organiser)
    same = case.desk.ground.categories[case.rows] == (organiser.category if organiser else "")
    return same * 1e4 + nearest(case)


def theme(case: Case) -> Floats:
    """Most themes in common, the nearer first among equals."""
    return case.desk.ground.themes.share(case.idea.themes)[case.rows] * 1e4 + nearest(case)


def active(case: Case) -> Floats:
    """Most initiatives before that day, the nearer first among equals."""
    ground: Ground = case.desk.ground
    return np.array([len(ground.work.did.get(ground.items[row].id, ())) for row in case.rows]) * 1e4 + nearest(case)


METHODS: dict[str, Callable[[Case], Floats]] = {"ours": ours, "nearest": nearest, "category": category, "theme": theme, "active": active}


def expected(scores: Floats, hidden: NDArray[np.bool_]) -> tuple[float, float]:
    """(reciprocal rank of the first hidden partner, share of the hidden ones among the first TOP), expected over orders of equals."""
    found, recall, above, missed = 0.0, 0.0, 0, 1.0
    for value in np.unique(np.round(scores, 9))[::-1]:
        same = np.round(scores, 9) == value
        size, hits = int(same.sum()), int((same & hidden).sum())
        recall += hits * min(max(TOP - above, 0), size) / size
        if hits and missed:
            found = _first(above, size, hits)
            missed = 0.0
        above += size
        if not missed and above >= TOP:
            break
    return found, recall / int(hidden.sum())


def _first(above: int, size: int, hits: int) -> float:
    """The expected reciprocal rank of the first of `hits` among `size` equals that follow `above` others."""
    total, none_yet = 0.0, 1.0
    for place in range(size - hits + 1):
        chance = hits / (size - place)
        total += none_yet * chance / (above + place + 1)
        none_yet *= 1 - chance
    return total


def measured(chosen: Sequence[Case], method: Callable[[Case], Floats]) -> Floats:
    """cases x 2: reciprocal rank and recall."""
    return np.array([expected(method(case), case.hidden) for case in chosen]).reshape(len(chosen), 2)


def interval(values: Floats) -> tuple[float, float, float]:
    """(mean, low, high) of a percentile bootstrap over cases."""
    rng = np.random.default_rng(SEED)
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(float(values.mean()), 3), round(float(low), 3), round(float(high), 3)


def ranking_figures(desk: Desk) -> dict[str, Any]:
    """MRR and recall of every method on the held-out part, and the differences to ours, each as [mean, low, high]."""
    figures: dict[str, Any] = {}
    for name, wider in (("", False), ("with_co_organisers.", True)):
        newer = [case for case in cases(desk, of_co_organisers=wider) if day_of(case.item) >= SPLIT]
        values = {method: measured(newer, function) for method, function in METHODS.items()}
        figures[f"ideas.{name}held_out"] = len(newer)
        for column, figure in enumerate(("mrr", f"recall_at_{TOP}")):
            for method in METHODS:
                figures[f"ideas.{name}{figure}_of_{method}"] = list(interval(values[method][:, column]))
            for baseline in BASELINES:
                figures[f"ideas.{name}{figure}_over_{baseline}"] = list(interval(values["ours"][:, column] - values[baseline][:, column]))
    figures["ideas.beaten"] = sum(
        figures[f"ideas.{figure}_over_{baseline}"][1] > 0 for figure in ("mrr", f"recall_at_{TOP}") for baseline in BASELINES
    )
    return figures


def tune(desk: Desk) -> None:
    """Prints the best whole weights on the older part: coordinate steps from equal weights, judged by MRR plus recall.

    No weight may be 0: every term is something that people asked to see, whether or not it tells who worked together.
    """
    older = [case for wider in (False, True) for case in cases(desk, of_co_organisers=wider) if day_of(case.item) < SPLIT]
    judged: dict[tuple[int, ...], float] = {}

    def value(weights: tuple[int, ...]) -> float:
        if weights not in judged:
            used = {term: float(w) for term, w in zip(TERMS, weights, strict=True)}
            judged[weights] = float(measured(older, lambda case: ours(case, used)).mean(axis=0).sum()) if any(weights) else 0.0
        return judged[weights]

    best = (1,) * len(TERMS)
    while True:
        steps = [(*best[:i], w, *best[i + 1 :]) for i, w in itertools.product(range(len(TERMS)), range(1, MAX_WEIGHT + 1))]
        better = max(steps, key=lambda weights: (value(weights), -sum(weights), weights))
        if value(better) <= value(best) + 1e-9:
            break
        best = better
    print(
        len(older), "older cases;", dict(zip(TERMS, best, strict=True)), round(value(best), 4), "equal:", round(value((1,) * len(TERMS)), 4)
    )
    print("now:", dict(DEFAULT_WEIGHTS), round(value(tuple(DEFAULT_WEIGHTS[term] for term in TERMS)), 4))


_PAGE = """
import json, statistics, time
from streamlit.testing.v1 import AppTest
pages = (
    ("search", "pages/screens/map.py", {{"q": {text!r}}}),
    ("idea", "pages/screens/idea.py", {{"idea": {text!r}, "gmina": "2404142"}}),
)
apps = {{}}
for name, script, params in pages:
    apps[name] = AppTest.from_file(script, default_timeout=120)
    for key, value in params.items():
        apps[name].query_params[key] = value
    apps[name].run()
times = {{name: [] for name in apps}}
for i in range({rounds}):
    for name, at in apps.items():
        at.session_state["_"] = i
        start = time.process_time(); at.run(); times[name].append(1000 * (time.process_time() - start))
print(json.dumps({{name: statistics.median(own[3:]) for name, own in times.items()}}))
"""


def page_figures() -> dict[str, float]:
    """Milliseconds of processor time for one whole run of the idea's page and of the map's page for a search with the same text.

    Rounds take turns, and processor time is counted, so that other work of the machine weighs on neither.
    """
    code = _PAGE.format(text=PAGE_TEXT, rounds=PAGE_ROUNDS)
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT_DIR).stdout
    times = json.loads(out.strip().splitlines()[-1])
    return {
        "ideas.page_ms": round(times["idea"], 1),
        "ideas.search_page_ms": round(times["search"], 1),
        "ideas.page_over_search": round(times["idea"] / times["search"], 2),
    }


def desk_of_data() -> Desk:
    catalog = Catalog(load_dataset(DATA_DIR))
    borders = {teryt: [border.teryt for border in found] for teryt, found in neighbours(catalog.dataset.boundaries).items()}
    return open_desk(catalog, borders)


def run() -> dict[str, Any]:
    """All figures of ideas as {name: value}; intervals are [mean, low, high]."""
    return {**ranking_figures(desk_of_data()), **page_figures()}


if __name__ == "__main__":
    chosen = desk_of_data()
    if "--tune" in sys.argv:
        tune(chosen)
    else:
        for key, figure in ranking_figures(chosen).items():
            print(f"{key:48} {figure}")
