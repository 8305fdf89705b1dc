"""`python -m lib gaps`: who is under-served, compared with whom, and how sure is that? Text for people, JSON for programs.

Rates and intervals are per `per` people of the measure's group, distances travel kilometres (straight line times `detour`).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lib.analysis import gaps, priority, service_reach, unanswered, what_if
from lib.analysis.region import Region
from lib.catalog.load import Dataset
from lib.cli.choices import kilometres_of, measure_of, supposed_of, weights_of, whole_number
from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.domain.vocabulary import label_of
from lib.errors import MapaError
from lib.geo.travel import DETOUR
from lib.i18n import Translator

DIGITS, SHARE_DIGITS, KM_DIGITS = 6, 4, 2
"""Rates are given finely enough to be computed with; shares to a hundredth of a per cent; kilometres to ten metres."""
Json = dict[str, Any]


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """Answer one question about gaps; raises MapaError when the call names what the data does not have."""
    dataset = opened(directory)
    answer = _answer(arguments, dataset, Region.of(dataset))
    warn(dataset, t)
    if arguments.json:
        say_json(answer)
    else:
        _print(arguments, dataset, answer, t)


def _answer(arguments: argparse.Namespace, dataset: Dataset, region: Region) -> Json:
    if arguments.measure is not None:
        return measure_json(region, gaps.assess(region, measure_of("--measure", arguments.measure, dataset)))
    if arguments.reach is not None:
        km = kilometres_of(arguments.km)
        measure = measure_of("--reach", arguments.reach, dataset)
        steps = sorted({*service_reach.STEPS_KM, km})
        return reach_json(region, service_reach.reach(region, measure, radius_km=km, steps=steps))
    if arguments.needs:
        return needs_json(region, unanswered.answers(region, km=kilometres_of(arguments.km)))
    seed = whole_number("--seed", arguments.seed) if arguments.seed else priority.SEED
    weights = weights_of(arguments.weights)
    assessed = gaps.assess_all(region, priority.default_measures(region))
    if arguments.priority:
        return ranking_json(region, priority.rank(region, assessed, weights=weights, seed=seed))
    supposed = [supposed_of(text, dataset) for text in arguments.what_if]
    if len(supposed) > what_if.MOST:
        raise MapaError("too_many_supposed", given=len(supposed), most=what_if.MOST)
    km = kilometres_of(arguments.km)
    return comparison_json(region, what_if.compare(region, supposed, assessed, radius_km=km, weights=weights, seed=seed))


def measure_json(region: Region, found: gaps.Assessment) -> Json:
    """An assessment with the keys that scripts rely on."""
    prior = None if found.prior is None else {"a": found.prior.a, "b": found.prior.b}
    missing = found.unseen
    return {
        "measure": found.measure.id,
        "formula": found.measure.formula,
        "per": found.measure.per,
        "reference": _rounded(found.reference),
        "interval": gaps.INTERVAL,
        "prior": prior,
        "unseen": None if missing is None else {"observed": missing.observed, "at_least": _rounded(missing.unseen)},
        "areas": [area_json(region, area) for area in found.areas],
    }


def area_json(region: Region, area: gaps.Area) -> Json:
    """One gmina under a measure."""
    numbers = {name: _rounded(getattr(area, name)) for name in ("people", "rate", "smoothed", "low", "high")}
    return {
        **_named(region, area.teryt),
        "count": area.count,
        **numbers,
        "verdict": area.verdict,
        "coverage": area.coverage,
        "reason": area.reason,
        "unseen": _rounded(area.unseen),
        "effort": _rounded(area.effort),
    }


def ranking_json(region: Region, found: priority.Ranking) -> Json:
    """The order of priorities, the most urgent first."""
    return {
        "measures": list(found.measures),
        "weights": {name: _rounded(value) for name, value in found.weights.items()},
        "seed": found.seed,
        "draws": found.draws,
        "cannot_be_told_from_first": len(found.first),
        "ranks": [rank_json(region, rank) for rank in found.ranks],
    }


def rank_json(region: Region, rank: priority.Rank) -> Json:
    """One gmina in the order of priorities."""
    return {
        **_named(region, rank.teryt),
        "rank": rank.rank,
        "rank_low": rank.rank_low,
        "rank_high": rank.rank_high,
        "need": _rounded(rank.need),
        "lack": _rounded(rank.lack),
        "figures": {name: _rounded(value) for name, value in rank.figures.items()},
        "unknown": list(rank.unknown),
    }


def reach_json(region: Region, found: service_reach.Reach) -> Json:
    """How near the services are, for the region, each gmina and each locality."""
    catchments = service_reach.sensitivity(region, found.measure, sorted({*service_reach.SENSITIVITY_KM, found.radius_km}))
    chosen = catchments[found.radius_km]
    return {
        "measure": found.measure.id,
        "km": found.radius_km,
        "detour": DETOUR,
        "per": found.measure.per,
        "services": len(found.services),
        "services_without_place": found.unplaced,
        "shares": _shares(found.shares),
        "areas": [_area_reach(region, area, found.measure.per) for area in found.areas],
        "localities": [_place(region, place) for place in found.places],
        "sensitivity": [
            {"km": km, "rank_correlation": _rounded(service_reach.agreement(chosen, other))} for km, other in catchments.items()
        ],
    }


def _area_reach(region: Region, area: service_reach.AreaReach, per: int) -> Json:
    return {
        **_named(region, area.teryt),
        "people": _rounded(area.people),
        "shares": _shares(area.shares),
        "mean_km": _rounded(area.mean_km, KM_DIGITS),
        "access": _rounded(area.access),
        "services_without_place": area.unplaced,
        "coverage": area.coverage,
    }


def _shares(shares: Iterable[service_reach.Share]) -> list[Json]:
    return [
        {"km": share.km, "at_least": _rounded(share.least, SHARE_DIGITS), "at_most": _rounded(share.most, SHARE_DIGITS)} for share in shares
    ]


def _place(region: Region, place: service_reach.Place) -> Json:
    return {
        "id": place.id,
        "locality": region.localities[place.id].name,
        "teryt": place.teryt,
        "people": _rounded(place.people, 1),
        "nearest_km": _rounded(place.km, KM_DIGITS),
        "nearest": place.nearest or None,
    }


def needs_json(region: Region, found: Sequence[unanswered.Answered]) -> Json:
    """Stated needs with what answers them."""
    return {
        "total": len(found),
        "open": sum(one.open for one in found),
        "needs": [
            {
                "id": one.need.id,
                "need": one.need.name,
                **_named(region, one.need.teryt),
                "open": one.open,
                "resources": [item.id for item in one.resources],
                "initiatives": [item.id for item in one.initiatives],
                "source_url": one.need.sources[0].url if one.need.sources else "",
                "as_of": one.need.as_of,
            }
            for one in found
        ],
    }


def comparison_json(region: Region, found: what_if.Comparison) -> Json:
    """What supposed services would change; only gminas for which something differs are listed."""
    return {
        "supposed": [
            {"measure": one.measure, "locality": one.locality, "teryt": region.localities[one.locality].teryt} for one in found.supposed
        ],
        "measures": [_changed(region, change) for change in found.measures.values()],
        "ranks": [
            {**_named(region, now.teryt), "before": _place_in_order(then), "after": _place_in_order(now)}
            for now in found.ranking_after.ranks
            for then in found.ranking_before.ranks
            if then.teryt == now.teryt
        ],
    }


def _place_in_order(rank: priority.Rank) -> Json:
    return {"rank": rank.rank, "rank_low": rank.rank_low, "rank_high": rank.rank_high, "lack": _rounded(rank.lack)}


def _changed(region: Region, change: what_if.Changed) -> Json:
    pairs = zip(change.before.areas, change.after.areas, strict=True)
    reached = zip(change.reach_before.areas, change.reach_after.areas, strict=True)
    return {
        "measure": change.before.measure.id,
        "reference": _rounded(change.before.reference),
        "areas": [
            {**_named(region, then.teryt), "before": area_json(region, then), "after": area_json(region, now)}
            for then, now in pairs
            if then != now
        ],
        "shares_before": _shares(change.reach_before.shares),
        "shares_after": _shares(change.reach_after.shares),
        "reach": [
            {**_named(region, then.teryt), "before": _shares(then.shares), "after": _shares(now.shares)}
            for then, now in reached
            if then.shares != now.shares
        ],
    }


def _named(region: Region, teryt: str) -> Json:
    gmina = region.gminas.get(teryt)
    return {"teryt": teryt, "gmina": gmina.name if gmina else ""}


def _rounded(value: float | None, digits: int = DIGITS) -> float | int | None:
    """A number fit for JSON; None for what is unknown or infinite."""
    if value is None or not math.isfinite(value):
        return None
    shown = round(float(value), digits)
    return int(shown) if shown.is_integer() and abs(shown) < 1e15 else shown


# --- for people


def _print(arguments: argparse.Namespace, dataset: Dataset, answer: Json, t: Translator) -> None:
    if arguments.measure is not None:
        _print_measure(dataset, answer, t)
    elif arguments.reach is not None:
        _print_reach(dataset, answer, t)
    elif arguments.needs:
        _print_needs(answer, t)
    elif arguments.priority:
        _print_ranks(answer["ranks"], t)
    else:
        _print_comparison(dataset, answer, t)


def _print_measure(dataset: Dataset, answer: Json, t: Translator) -> None:
    measure = dataset.measures[answer["measure"]]
    say(measure.text("title", t.language))
    say(t("cli.gaps.reference", value=_number(answer["reference"], t), unit=measure.text("unit", t.language)))
    say()
    head = tuple(t(f"cli.gaps.column.{name}") for name in ("gmina", "count", "people", "rate", "interval", "verdict", "coverage"))
    rows = [
        (
            area["gmina"],
            _number(area["count"], t),
            _number(area["people"], t),
            _number(area["rate"], t),
            "–" if area["low"] is None else f"{_number(area['low'], t)}–{_number(area['high'], t)}",
            t(f"cli.gaps.verdict.{area['verdict']}"),
            _level(dataset, area["coverage"], t),
        )
        for area in answer["areas"]
    ]
    _table((head, *rows))


def _print_reach(dataset: Dataset, answer: Json, t: Translator) -> None:
    measure = dataset.measures[answer["measure"]]
    say(measure.text("title", t.language))
    say(
        t("cli.gaps.reach_lead", detour=t.number(answer["detour"], 2), placed=answer["services"], unplaced=answer["services_without_place"])
    )
    say()
    head = (t("cli.gaps.column.gmina"), *(f"{t.number(share['km'])} km" for share in answer["shares"]), t("cli.gaps.column.coverage"))
    rows = [(area["gmina"], *map(_range, area["shares"]), _level(dataset, area["coverage"], t)) for area in answer["areas"]]
    _table((head, *rows, (t("cli.gaps.region"), *map(_range, answer["shares"]), "")))


def _range(share: Mapping[str, Any]) -> str:
    if share["at_least"] is None:
        return "–"
    least, most = round(share["at_least"] * 100), round(share["at_most"] * 100)
    return f"{least}%" if least == most else f"{least}–{most}%"


def _print_needs(answer: Json, t: Translator) -> None:
    say(t("cli.gaps.needs_lead", n=answer["total"], open=answer["open"]))
    for need in answer["needs"]:
        if need["open"]:
            say()
            say(f"  {need['gmina']}: {one_line(need['need'])}")
            say(f"     {one_line(need['source_url'])}")


def _print_ranks(ranks: Sequence[Json], t: Translator) -> None:
    head = tuple(t(f"cli.gaps.column.{name}") for name in ("rank", "gmina", "need", "lack"))
    rows = [
        (f"{rank['rank']} ({rank['rank_low']}–{rank['rank_high']})", rank["gmina"], _number(rank["need"], t), _number(rank["lack"], t))
        for rank in ranks
    ]
    _table((head, *rows))


def _print_comparison(dataset: Dataset, answer: Json, t: Translator) -> None:
    for change in answer["measures"]:
        say(dataset.measures[change["measure"]].text("title", t.language))
        for area in change["areas"]:
            then, now = area["before"], area["after"]
            said = tuple(t(f"cli.gaps.verdict.{side['verdict']}") for side in (then, now))
            say(f"  {area['gmina']}: {_number(then['rate'], t)} → {_number(now['rate'], t)}; {said[0]} → {said[1]}")
    say()
    moved = [rank for rank in answer["ranks"] if rank["before"]["rank"] != rank["after"]["rank"]]
    for rank in moved:
        sides = (f"{side['rank']} ({side['rank_low']}–{side['rank_high']})" for side in (rank["before"], rank["after"]))
        say(f"  {rank['gmina']}: {' → '.join(sides)}")


def _level(dataset: Dataset, level: str, t: Translator) -> str:
    return label_of(dataset.vocabularies.get("coverage_level", {}), level, t.language)


def _number(value: float | None, t: Translator) -> str:
    return "–" if value is None else t.number(value, 2)


def _table(rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their longest cell."""
    widths = [max(len(one_line(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        say("  ".join(one_line(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
