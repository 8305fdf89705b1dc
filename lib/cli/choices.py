"""Which query do the options of the command line describe? An unknown value is refused and the nearest valid ones are named."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence

from lib.analysis.priority import WEIGHTS
from lib.analysis.what_if import Supposed
from lib.catalog.load import Dataset
from lib.catalog.query import FIRST_YEAR, LAST_YEAR, MAX_WITHIN_KM, Query, valid_values
from lib.catalog.words import fold
from lib.domain.measure import Measure
from lib.domain.records import KINDS, Locality
from lib.errors import MapaError

SUGGESTIONS = 5
"""Nearest values named in a message: enough to recognise the meant one, few enough to read."""
POOL = 40
"""Spellings looked at for those suggestions; several may belong to one value."""
LEAST_LIKENESS = 60
"""Of 100: below, a suggestion has too little in common with what was typed."""


def query_of(arguments: argparse.Namespace, dataset: Dataset) -> Query:
    """The query of a parsed command line; raises MapaError for what the data set does not know."""
    valid = valid_values(dataset)
    category_labels = _labels(dataset, "category", "initiative_kind", "need_kind")
    near = locality_of(arguments.near, dataset) if arguments.near else None
    within = kilometres_of(arguments.within_) if arguments.within_ else None
    if within is not None and near is None:
        raise MapaError("within_without_near")
    return Query(
        text=arguments.text,
        kinds=known_codes("--kind", arguments.kind, KINDS, {}),
        categories=known_codes("--category", arguments.category, valid["categories"], category_labels),
        themes=known_codes("--theme", arguments.theme, valid["themes"], _labels(dataset, "theme")),
        groups=known_codes("--group", arguments.group, valid["groups"], _labels(dataset, "target_group")),
        gminas=known_codes("--gmina", arguments.gmina, valid["gminas"], {code: (gmina.name,) for code, gmina in dataset.gminas.items()}),
        powiats=tuple(powiat_of(name, dataset) for name in arguments.powiat),
        near=near.id if near else "",
        within_km=within,
        year_from=_year("--from", arguments.from_),
        year_to=_year("--to", arguments.to_),
        verified_since=_year("--since", arguments.since_),
        has_contact=arguments.contact,
        approximate_only=arguments.approximate,
    )


def gmina_of(text: str, dataset: Dataset, *, option: str = "--gmina") -> str:
    """The TERYT of a gmina; raises MapaError for one that the data set does not know."""
    return known_codes(option, (text,), tuple(dataset.gminas), {code: (gmina.name,) for code, gmina in dataset.gminas.items()})[0]


def limit_of(text: str) -> int | None:
    """The number of answers wanted; None when none was given."""
    return whole_number("--limit", text) if text else None


def whole_number(option: str, text: str) -> int:
    """A whole number from 0."""
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise MapaError("negative_number" if re.fullmatch(r"-\d+", text, re.ASCII) else "bad_number", option=option, value=text)
    return int(text)


def measure_of(option: str, text: str, dataset: Dataset) -> Measure:
    """A measure by its id."""
    labels = {name: tuple(measure.texts["short"].values()) for name, measure in dataset.measures.items()}
    (name,) = known_codes(option, [text], tuple(dataset.measures), labels)
    return dataset.measures[name]


def supposed_of(text: str, dataset: Dataset) -> Supposed:
    """A supposed service written `MEASURE@LOCALITY[,TERYT]`."""
    name, sign, place = text.partition("@")
    if not sign or not place.strip():
        raise MapaError("bad_supposed", value=text)
    return Supposed(measure_of("--what-if", name.strip(), dataset).id, locality_of(place.strip(), dataset, option="--what-if").id)


def weights_of(text: str) -> dict[str, float]:
    """Weights written `lack=0.5,people=0.2`; those not named keep their default."""
    found: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name not in WEIGHTS:
            raise unknown("--weights", name, tuple(WEIGHTS), {})
        if not re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?", number, re.ASCII):
            raise MapaError("bad_weight", name=name, value=number)
        found[name] = float(number)
    return found


def _labels(dataset: Dataset, *vocabularies: str) -> dict[str, tuple[str, ...]]:
    """All labels of the codes of some vocabularies, in every language."""
    found: dict[str, tuple[str, ...]] = {}
    for name in vocabularies:
        for code, term in dataset.vocabularies.get(name, {}).items():
            found[code] = (*found.get(code, ()), *term.labels.values())
    return found


def known_codes(option: str, values: Sequence[str], valid: Sequence[str], labels: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The values, all of which are valid codes."""
    for value in values:
        if value not in valid:
            raise unknown(option, value, valid, labels)
    return tuple(values)


def powiat_of(name: str, dataset: Dataset, *, option: str = "--powiat") -> str:
    """A powiat by its code or one of its names, whatever the case and diacritics ("klobucki", "powiat kłobucki")."""
    valid, labels = valid_values(dataset)["powiats"], _labels(dataset, "powiat")
    for code in valid:
        if _plain(name) in {_plain(code), *(_plain(label) for label in labels.get(code, ()))}:
            return code
    raise unknown(option, name, valid, labels)


def locality_of(text: str, dataset: Dataset, *, option: str = "--near") -> Locality:
    """A locality by `NAME`, `NAME,TERYT` or id; a name that several gminas have needs the TERYT."""
    if text in dataset.localities:
        return dataset.localities[text]
    name, _, teryt = (part.strip() for part in text.partition(","))
    places = list(dataset.localities.values())
    same = [p for p in places if p.name.casefold() == name.casefold()] or [p for p in places if _plain(p.name) == _plain(name)]
    if not same:
        raise unknown(option, name, sorted({place.name for place in places}), {})
    chosen = [place for place in same if place.teryt == teryt] if teryt else same
    if len(chosen) == 1:
        return chosen[0]
    options = "; ".join(f"{place.name},{place.teryt} ({_gmina_name(place.teryt, dataset)})" for place in chosen or same)
    raise MapaError("locality_ambiguous" if chosen else "locality_elsewhere", value=text, options=options)


def _gmina_name(teryt: str, dataset: Dataset) -> str:
    gmina = dataset.gminas.get(teryt)
    return gmina.name if gmina else "?"


def _plain(text: str) -> str:
    return fold(" ".join(text.casefold().split()))


def unknown(option: str, value: str, valid: Sequence[str], labels: Mapping[str, Sequence[str]]) -> MapaError:
    """The error that refuses a value and names the valid ones most like it."""
    nearest = _nearest(value, valid, labels)
    shown = ", ".join(f"{code} ({labels[code][0]})" if labels.get(code) else code for code in nearest)
    return MapaError("unknown_value", option=option, value=value, nearest=shown or "–")


def _nearest(value: str, valid: Sequence[str], labels: Mapping[str, Sequence[str]]) -> list[str]:
    """The valid codes whose code or label is most like the value, the likeliest first; the first codes when none is."""
    from rapidfuzz import fuzz, process

    spellings = [(code, _plain(text)) for code in valid for text in (code, *labels.get(code, ()))]
    likely: dict[str, None] = {}
    for scorer in (fuzz.ratio, fuzz.WRatio):  # alike as a whole first, then alike in a part of a long label
        found = process.extract(_plain(value), [text for _, text in spellings], scorer=scorer, score_cutoff=LEAST_LIKENESS, limit=POOL)
        likely |= dict.fromkeys(spellings[place][0] for _, _, place in found)
    if likely:
        return list(likely)[:SUGGESTIONS]
    if value.isdecimal() and all(code.isdecimal() for code in valid):  # a number is wrong, however unlike: offer the nearest numbers
        return sorted(valid, key=lambda code: (-fuzz.ratio(value, code), abs(int(value) - int(code)), code))[:SUGGESTIONS]
    return list(valid)[:SUGGESTIONS]


def kilometres_of(text: str) -> float:
    """A distance as people write it, with a point or a comma."""
    if not re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", text, re.ASCII) or float(text.replace(",", ".")) > MAX_WITHIN_KM:
        raise MapaError("bad_kilometres", value=text, most=MAX_WITHIN_KM)
    return float(text.replace(",", "."))


def _year(option: str, text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise MapaError("bad_year", option=option, value=text)
    return int(text)
