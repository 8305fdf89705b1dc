"""How many records exist that no source named? A lower bound from how many independent sources name each record that was found.

What many sources overlap on is nearly complete; where hardly anything is named twice, much is still unseen. Chao (1984,
"Nonparametric estimation of the number of classes in a population", Scandinavian Journal of Statistics 11; 1987, Biometrics 43)
bounds the number unseen from below by f1 (f1 - 1) / (2 (f2 + 1)), f1 being the records that one source names and f2 those that two
name (the bias-corrected form). A source is a host: pages of one site copy each other.

The bound holds where sources name records independently or some records are easier to find than others. Sources that divide the
region among themselves, such as the sites of gminas, overlap less than independent ones and push it up: it is an order of
magnitude to be shown as such, never a number of services.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lib.analysis.profile import host_of
from lib.domain.records import Item

LEAST_SHARED = 5
"""Records with several sources without which nothing is estimated: with four the sampling error alone is half of the estimate."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Records found in all, those that one source and those that two name, and at least how many more there are."""

    observed: int
    once: int
    twice: int
    unseen: float


def hosts_of(item: Item) -> int:
    """How many different hosts name a record."""
    return len({host_of(source.url) for source in item.sources if source.url})


def estimate(source_counts: Sequence[int]) -> Unseen | None:
    """What is still unseen, from the number of sources of each record found (0, no source, is left out); None where too few overlap."""
    named = [count for count in source_counts if count > 0]
    if sum(count > 1 for count in named) < LEAST_SHARED:
        return None
    tally = Counter(named)
    return Unseen(len(named), tally[1], tally[2], lower_bound(named))


def lower_bound(source_counts: Sequence[int]) -> float:
    """Chao's bound itself, however few records overlap; 0 for no record."""
    tally = Counter(source_counts)
    return tally[1] * (tally[1] - 1) / (2 * (tally[2] + 1))
