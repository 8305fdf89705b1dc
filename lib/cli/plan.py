"""`python -m lib plan`: where to hold the next meetings, as text or JSON? Kilometres by road; objective in weighted people (times m)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lib.analysis.plan_demand import UNKNOWN_NEED
from lib.analysis.plan_wishes import MOST_MEETINGS, MOST_OWN, OWN_NAME_CHARS, RADIUS_RANGE_KM, OwnVenue, Quota, Wishes
from lib.analysis.rates import PEOPLE
from lib.cli.choices import known_codes, locality_of, powiat_of
from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.errors import MapaError
from lib.i18n import Translator

if TYPE_CHECKING:
    from lib.analysis.siting import Plan
    from lib.catalog.load import Dataset

WEIGHT_DIGITS = 9
"""Of people: as exact as sums over thousands of metres can be recomputed."""
_QUOTA = re.compile(r"(?P<powiat>[^:]+):(?P<least>\d{0,2})-(?P<most>\d{0,2})", re.ASCII)


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """Answer one planning task; raises MapaError for what the data does not know and for wishes that cannot all be kept."""
    from lib.analysis.priority import unmet_need
    from lib.analysis.region import Region
    from lib.analysis.siting import plan, prepare

    dataset = opened(directory)
    wishes = wishes_of(arguments, dataset)
    warn(dataset, t)
    made = plan(prepare(dataset, wishes, unmet_need(Region.of(dataset)) if wishes.need else UNKNOWN_NEED))
    if arguments.json:
        say_json(as_json(made, t, full=arguments.full))
    else:
        _print(made, dataset, t)


def wishes_of(arguments: argparse.Namespace, dataset: Dataset) -> Wishes:
    """The wishes of a parsed command line; what the data set does not know is refused with the nearest valid values."""
    venues = [item.id for item in dataset.items if item.kind == "resources"]
    names = {item.id: (item.name,) for item in dataset.items if item.kind == "resources"}
    gminas = {code: (gmina.name,) for code, gmina in dataset.gminas.items()}
    without = [code for code in arguments.exclude if code.isdecimal()]
    return Wishes(
        meetings=_number("--meetings", arguments.meetings_, 1, MOST_MEETINGS),
        radius_km=_radius(arguments.radius_km_),
        mode=arguments.mode,
        group=known_codes("--group", [arguments.group_], list(PEOPLE), {})[0],
        need=not arguments.no_need,
        past=not arguments.no_past,
        fixed=known_codes("--fix", arguments.fix, [*venues, *(f"own-{n}" for n in range(1, len(arguments.own) + 1))], names),
        excluded=known_codes("--exclude", [code for code in arguments.exclude if code not in without], venues, names),
        without=known_codes("--exclude", without, list(gminas), gminas),
        one_per_gmina=arguments.one_per_gmina,
        quotas=tuple(_quota(text, dataset) for text in arguments.quota),
        own=tuple(_own(text, dataset) for text in arguments.own[:MOST_OWN]),
    )


def _number(option: str, text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not least <= int(text) <= most:
        raise MapaError("plan_bad_number", option=option, value=text, least=least, most=most)
    return int(text)


def _radius(text: str) -> float:
    least, most = RADIUS_RANGE_KM
    number = float(text.replace(",", ".")) if re.fullmatch(r"\d{1,4}(?:[.,]\d{1,6})?", text, re.ASCII) else -1.0
    if not least <= number <= most:
        raise MapaError("plan_bad_number", option="--radius-km", value=text, least=least, most=most)
    return number


def _quota(text: str, dataset: Dataset) -> Quota:
    """`POWIAT:LEAST-MOST`, either number may be left out."""
    match = _QUOTA.fullmatch(text.strip())
    if match is None or not (match["least"] or match["most"]):
        raise MapaError("plan_bad_quota", value=text)
    powiat = powiat_of(match["powiat"].strip(), dataset, option="--quota")
    return Quota(powiat, int(match["least"]) if match["least"] else None, int(match["most"]) if match["most"] else None)


def _own(text: str, dataset: Dataset) -> OwnVenue:
    """`NAME@LOCALITY[,TERYT]`."""
    name, at, place = text.rpartition("@")
    if not at or not name.strip():
        raise MapaError("plan_bad_own", value=text)
    return OwnVenue(one_line(name)[:OWN_NAME_CHARS], locality_of(place.strip(), dataset, option="--own").id)


def as_json(made: Plan, t: Translator, *, full: bool) -> dict[str, object]:
    """The answer for programs; with `full` also what is needed to compute the optimum anew."""
    from lib.reports.plan_words import notes

    found: dict[str, object] = {
        "optimal": made.optimal,
        "objective": round(made.objective, WEIGHT_DIGITS),
        "covered_people": round(made.covered_people, WEIGHT_DIGITS),
        "total_people": round(made.total_people, WEIGHT_DIGITS),
        "sites": [
            {
                "resource_id": site.venue.id,
                "name": site.venue.name,
                "teryt": site.venue.teryt,
                "locality": site.venue.locality,
                "covers_people": round(site.covers_people, WEIGHT_DIGITS),
                "reasons": [t(f"plan.reason.{reason.key}", **reason.params) for reason in site.reasons],
            }
            for site in made.sites
        ],
        "alternatives": [{"objective": round(one.objective, WEIGHT_DIGITS), "resource_ids": list(one.ids)} for one in made.alternatives],
        "notes": notes(made, t),
    }
    return {**found, **_full(made)} if full else found


def _full(made: Plan) -> dict[str, object]:
    """Demand and candidates with their positions; every venue that may be chosen, also where several stand at one place."""
    from lib.analysis.plan_venues import choosable
    from lib.geo.travel import DETOUR

    task = made.task
    weights = [round(weight, WEIGHT_DIGITS) for weight in task.demand.weight.tolist()]
    return {
        "detour": DETOUR,
        "demand": [
            {"id": place.id, "lat": place.latitude, "lon": place.longitude, "weight": weight}
            for place, weight in zip(task.demand.places, weights, strict=True)
        ],
        "candidates": [{"resource_id": v.id, "lat": v.latitude, "lon": v.longitude} for v in choosable(task.known, task.wishes)],
    }


def _print(made: Plan, dataset: Dataset, t: Translator) -> None:
    wishes = made.task.wishes
    from lib.reports import plan_words

    say(plan_words.proof(made, t))
    people = t(f"plan.people.{wishes.group}", n=round(made.covered_people))
    say(t("cli.plan.covered", people=people, of=round(made.total_people), km=wishes.radius_km, mean=round(made.mean_km, 1)))
    for note in plan_words.notes(made, t):
        say(one_line(note))
    for number, site in enumerate(made.sites, 1):
        gmina = dataset.gminas.get(site.venue.teryt)
        say()
        say(f"{number:3}. {one_line(site.venue.name)} ({one_line(site.venue.locality)}, {gmina.name if gmina else '?'})")
        for reason in site.reasons:
            say(f"     {one_line(t(f'plan.reason.{reason.key}', **reason.params))}")
        say(f"     {one_line(site.venue.id)}")
    for number, other in enumerate(made.alternatives, 1):
        say()
        told = plan_words.alternative(made, other, t)
        say(t("cli.plan.alternative", number=number, change=_change(made, other.dropped, other.added), told=told))
    say()
    for line in _limits(made):
        say(t(line))


def _change(made: Plan, dropped: Sequence[str], added: Sequence[str]) -> str:
    name: Callable[[str], str] = lambda code: one_line(made.task.known[code].name)  # noqa: E731
    return f"{'; '.join(map(name, dropped))} → {'; '.join(map(name, added))}"


def _limits(made: Plan) -> tuple[str, ...]:
    """What the figures rest on."""
    need = ("plan.limits.need_gaps",) if made.task.wishes.need else ()
    return (*need, "plan.limits.roads", "plan.limits.people")
