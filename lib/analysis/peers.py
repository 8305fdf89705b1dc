"""With which gminas is one fairly compared? The most similar ones by kind, size and age, and in what they are alike.

Distance is Gower's (1971): each trait differs by 0 to 1, the mean is the distance. Traits: kind (same or not), people (on a
logarithmic scale over its range in the region) and the share of people of 65 and over (over its range).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lib.analysis.region import TOTAL, Region

SHOWN = 5
"""Few enough to know each by name, enough that one odd gmina does not decide the comparison."""
OLD = "pop_65_plus"


@dataclass(frozen=True, slots=True)
class Peer:
    """A gmina like another one: `distance` 0 (alike in everything) to 1, and the three traits it is made of."""

    teryt: str
    distance: float
    same_kind: bool
    people: float
    old_share: float


def peers(region: Region, teryt: str, *, limit: int = SHOWN) -> tuple[Peer, ...]:
    """The gminas most like one, the most similar first; without those whose people are unknown. Equal ones by TERYT."""
    own = region.gminas.get(teryt)
    size, old = _sizes(region), _shares(region)
    if own is None or teryt not in size:
        return ()
    found = [
        Peer(
            code,
            (
                (gmina.kind != own.kind)
                + _difference(math.log(size[code]), math.log(size[teryt]), [math.log(n) for n in size.values()])
                + _difference(old.get(code, math.nan), old.get(teryt, math.nan), list(old.values()))
            )
            / 3,
            gmina.kind == own.kind,
            size[code],
            old.get(code, math.nan),
        )
        for code, gmina in region.gminas.items()
        if code != teryt and code in size
    ]
    return tuple(sorted(found, key=lambda peer: (round(peer.distance, 9), peer.teryt))[:limit])


def _sizes(region: Region) -> dict[str, float]:
    return {teryt: n for teryt, n in region.people((TOTAL,)).items() if n > 0}


def _shares(region: Region) -> dict[str, float]:
    old = region.people((OLD,))
    return {teryt: old[teryt] / n for teryt, n in _sizes(region).items() if not math.isnan(old[teryt])}


def _difference(one: float, other: float, among: list[float]) -> float:
    """How far two values are apart on the region's range; 1 where one is unknown, 0 where all are equal."""
    if math.isnan(one) or math.isnan(other):
        return 1.0
    span = max(among) - min(among)
    return abs(one - other) / span if span > 0 else 0.0


def pooled_rate(counts: Mapping[str, int], people: Mapping[str, float | None], codes: tuple[str, ...], per: int) -> float | None:
    """The rate of several gminas taken together, over those whose people are known; None for nobody."""
    known = [code for code in codes if people.get(code)]
    total = sum(people[code] or 0.0 for code in known)
    return sum(counts.get(code, 0) for code in known) / total * per if total > 0 else None
