"""Are gminas beside each other alike under a measure, more than chance would have it? Moran's I and local clusters.

Compared are the smoothed rates of the gminas that were looked for; the others are left out together with their borders. With 31 areas
only strong patterns can be seen: silence is no proof that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.analysis import moran
from lib.analysis.gaps import Assessment
from lib.geo.neighbours import Border

SEED = 31
LEAST_AREAS = 8
"""With fewer gminas looked for there is no pattern to speak of."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A gmina that stands out together with its neighbours: both `high`, both `low`, or it differs from them (`high_among_low`, …)."""

    teryt: str
    kind: str
    p: float


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Moran's I of the region with its pseudo p-value, and the clusters that survive false-discovery control.

    `areas` is how many gminas were compared; `index` is None where they were too few or all alike.
    """

    areas: int
    index: float | None
    p: float | None
    clusters: tuple[Cluster, ...]


def neighbourhood(found: Assessment, borders: Mapping[str, Sequence[Border]]) -> Neighbourhood:
    """What a measure's rates say about neighbours."""
    known = {area.teryt: area.smoothed for area in found.areas if area.smoothed is not None}
    values = np.array(list(known.values()), dtype=float)
    if len(values) < LEAST_AREAS or np.ptp(values) == 0:
        return Neighbourhood(len(values), None, None, ())
    weights = moran.contiguity(tuple(known), borders)
    whole = moran.moran(values, weights, seed=SEED)
    local = moran.local_moran(values, weights, seed=SEED)
    kept = moran.discoveries(local.p)
    clusters = tuple(Cluster(teryt, moran.QUADRANTS[int(local.quadrant[i])], float(local.p[i])) for i, teryt in enumerate(known) if kept[i])
    return Neighbourhood(len(values), whole.index, whole.p, clusters)
