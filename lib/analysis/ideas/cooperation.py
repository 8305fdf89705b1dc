"""Who has worked with whom? Past initiatives in; for each organisation its partners, the gminas it worked in and what it did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.analysis.initiatives import parties_of
from lib.analysis.profile import day_of
from lib.domain.records import Item

INITIATIVES = "initiatives"


@dataclass(frozen=True, eq=False)
class Cooperation:
    """What initiatives tell of organisations, by record id; ids of initiatives are in the order of their records.

    `did` is what an organisation ran or joined, `ties` with whom it did so, `gminas` where (TERYT).
    """

    did: Mapping[str, tuple[str, ...]]
    ties: Mapping[str, Mapping[str, tuple[str, ...]]]
    gminas: Mapping[str, Mapping[str, tuple[str, ...]]]

    def together(self, one: str, other: str) -> tuple[str, ...]:
        """The initiatives of two organisations."""
        return self.ties.get(one, {}).get(other, ())

    def partners(self, one: str) -> tuple[str, ...]:
        """With whom an organisation has worked, by id."""
        return tuple(sorted(self.ties.get(one, {})))

    def between(self, one: str, other: str) -> tuple[str, ...]:
        """Those who have worked with both, by id."""
        return tuple(sorted(self.ties.get(one, {}).keys() & self.ties.get(other, {}).keys()))

    def here(self, one: str, teryt: str) -> tuple[str, ...]:
        """What an organisation ran or joined in a gmina."""
        return self.gminas.get(one, {}).get(teryt, ())


def happened_before(item: Item, day: str) -> bool:
    """Whether an initiative is known to lie before a day (partial dates count from their first day); undated ones are not."""
    own = day_of(item)
    return bool(own) and own < day


def cooperation(items: Iterable[Item], *, before: str = "") -> Cooperation:
    """The cooperation that initiatives show; with `before` (a day) only what is known to lie before it."""
    did: dict[str, list[str]] = defaultdict(list)
    ties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    gminas: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item.kind != INITIATIVES or (before and not happened_before(item, before)):
            continue
        parties = parties_of(item)
        for one in parties:
            did[one].append(item.id)
            gminas[one][item.teryt].append(item.id)
            for other in parties:
                if other != one:
                    ties[one][other].append(item.id)
    return Cooperation(
        _frozen(did), {one: _frozen(them) for one, them in ties.items()}, {one: _frozen(them) for one, them in gminas.items()}
    )


def _frozen(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}
