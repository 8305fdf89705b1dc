"""Which wishes cannot all be kept, and which ones to loosen? Wishes in; the smallest set of them that clash out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lib.analysis.plan_venues import Venue, candidates
from lib.analysis.plan_wishes import MOST_MEETINGS, Quota, Wishes
from lib.analysis.siting_rules import Rules
from lib.domain.records import Gmina
from lib.errors import MapaError


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: `kind` is meetings, fix, exclude, without, one_per_gmina, least or most; `value` is an id, a TERYT or a powiat."""

    kind: str
    value: str = ""
    number: int = 0

    @property
    def option(self) -> str:
        """The wish as on the command line."""
        return {
            "meetings": f"--meetings {self.number}",
            "fix": f"--fix {self.value}",
            "exclude": f"--exclude {self.value}",
            "without": f"--exclude {self.value}",
            "one_per_gmina": "--one-per-gmina",
            "least": f"--quota {self.value}:{self.number}-",
            "most": f"--quota {self.value}:-{self.number}",
        }[self.kind]


def rules_of(sites: Sequence[Venue], gminas: Mapping[str, Gmina], wishes: Wishes) -> Rules:
    """The wishes as rules for the candidates `sites`: areas are gminas, districts are powiats."""
    powiats = [gminas[v.teryt].powiat if v.teryt in gminas else "" for v in sites]
    number = {powiat: i for i, powiat in enumerate(dict.fromkeys([*powiats, *(quota.powiat for quota in wishes.quotas)]))}
    codes = {teryt: i for i, teryt in enumerate(dict.fromkeys(v.teryt for v in sites))}
    place = {venue.id: i for i, venue in enumerate(sites)}
    return Rules(
        wishes.meetings,
        np.array([codes[v.teryt] for v in sites], dtype=np.intp),
        np.array([number[powiat] for powiat in powiats], dtype=np.intp),
        fixed=tuple(place[code] for code in dict.fromkeys(wishes.fixed) if code in place),
        one_per_area=wishes.one_per_gmina,
        least={number[q.powiat]: q.least for q in wishes.quotas if q.least is not None},
        most={number[q.powiat]: q.most for q in wishes.quotas if q.most is not None},
    )


def possible(known: Mapping[str, Venue], gminas: Mapping[str, Gmina], wishes: Wishes) -> bool:
    """Whether some plan keeps every wish."""
    for code in wishes.fixed:
        if code in wishes.excluded or known[code].teryt in wishes.without:
            return False
    sites = candidates(known, wishes)
    rules = rules_of(sites, gminas, wishes)
    return rules.pick(np.zeros(len(sites))) is not None


def refuse_impossible(known: Mapping[str, Venue], gminas: Mapping[str, Gmina], wishes: Wishes) -> None:
    """Raises MapaError when no plan keeps every wish.

    Its parameter `conflict` is a smallest set of wishes that clash: dropping any one of them would leave the others of the set possible
    together. There may be further clashes beside it; `ways` are the ways out of all of them (see `ways_out`).
    """
    if not known:
        raise MapaError("plan_no_venue")
    if possible(known, gminas, wishes):
        return
    kept = _clash(known, gminas, wishes, list_wishes(wishes))
    ways = ways_out(known, gminas, wishes)
    raise MapaError(
        "plan_impossible" if ways else "plan_impossible_many",
        wishes=_options(kept),
        ways=" / ".join(" + ".join(one.option for one in way) for way in ways),
        conflict=tuple(kept),
        ways_out=ways,
    )


def _options(wishes: Sequence[Wish]) -> str:
    return ", ".join(one.option for one in wishes)


def _clash(known: Mapping[str, Venue], gminas: Mapping[str, Gmina], wishes: Wishes, kept: Sequence[Wish]) -> list[Wish]:
    """A smallest set of wishes among `kept`, which are impossible together, that is impossible by itself.

    A wish without which the others still clash has no part in the clash; whole blocks are tried first, because a link may hold hundreds.
    """
    left, size = list(kept), max(1, len(kept) // 2)
    while True:
        start = 0
        while start < len(left):
            fewer = left[:start] + left[start + size :]
            if _possible_with(known, gminas, wishes, fewer):
                start += size
            else:
                left = fewer
        if size == 1:
            return left
        size = max(1, size // 2)


MOST_TOGETHER = 2
"""Wishes let go at once: whoever must give up more than two does better to begin anew, one by one."""
Way = tuple[Wish, ...]
"""Wishes that are enough to let go of, all of them, so that a plan becomes possible."""


def ways_out(known: Mapping[str, Venue], gminas: Mapping[str, Gmina], wishes: Wishes) -> tuple[Way, ...]:
    """Every way out of an impossible task that lets go of as few wishes as can be: all single ones, else all pairs; none where even
    MOST_TOGETHER are not enough.

    Each was tried: the wishes that remain are possible together. Only members of a clash can resolve it, so that each wish of a clash
    is let go in turn, and what remains is searched for a further clash (hitting sets, Reiter 1987).
    """
    every = list_wishes(wishes)
    place = {one: number for number, one in enumerate(every)}
    tried = {frozenset((one,)) for one in _clash(known, gminas, wishes, every)}
    for together in range(1, MOST_TOGETHER + 1):
        left = {gone: [one for one in every if one not in gone] for gone in tried}
        enough = [gone for gone, kept in left.items() if _possible_with(known, gminas, wishes, kept)]
        if enough:
            ways = (tuple(sorted(gone, key=place.__getitem__)) for gone in enough)
            return tuple(sorted(ways, key=lambda way: [place[one] for one in way]))
        if together < MOST_TOGETHER:
            tried = {gone | {one} for gone, kept in left.items() for one in _clash(known, gminas, wishes, kept)}
    return ()


def without(known: Mapping[str, Venue], gminas: Mapping[str, Gmina], wishes: Wishes, gone: Sequence[Wish]) -> Wishes:
    """The wishes without some of them; where the number of meetings is let go, the nearest number that the others allow (ties: fewer)."""
    fewer = with_only(wishes, [one for one in list_wishes(wishes) if one not in gone])
    if not any(one.kind == "meetings" for one in gone):
        return fewer
    numbers = sorted(range(1, MOST_MEETINGS + 1), key=lambda n: (abs(n - wishes.meetings), n))
    return next((one for n in numbers if possible(known, gminas, one := replace(fewer, meetings=n))), fewer)


def list_wishes(wishes: Wishes) -> list[Wish]:
    """Every wish that limits the choice; the first ones are the first to be let go while a clash is narrowed down."""
    found = [Wish("without", teryt) for teryt in wishes.without]
    found += [Wish("exclude", code) for code in wishes.excluded]
    found += [Wish("most", q.powiat, q.most) for q in wishes.quotas if q.most is not None]
    found += [Wish("least", q.powiat, q.least) for q in wishes.quotas if q.least is not None]
    found += [Wish("one_per_gmina")] if wishes.one_per_gmina else []
    found += [Wish("fix", code) for code in dict.fromkeys(wishes.fixed)]
    return [*found, Wish("meetings", number=wishes.meetings)]


def _possible_with(known: Mapping[str, Venue], gminas: Mapping[str, Gmina], wishes: Wishes, kept: Sequence[Wish]) -> bool:
    """Whether only these wishes are possible together; without a number of meetings any number will do."""
    reduced = with_only(wishes, kept)
    if any(one.kind == "meetings" for one in kept):
        return possible(known, gminas, reduced)
    return any(possible(known, gminas, replace(reduced, meetings=n)) for n in range(1, MOST_MEETINGS + 1))


def with_only(wishes: Wishes, kept: Sequence[Wish]) -> Wishes:
    """The wishes without those that are not in `kept`; the number of meetings stays."""
    have = set(kept)
    quotas = (
        Quota(
            q.powiat,
            q.least if q.least is not None and Wish("least", q.powiat, q.least) in have else None,
            q.most if q.most is not None and Wish("most", q.powiat, q.most) in have else None,
        )
        for q in wishes.quotas
    )
    return replace(
        wishes,
        fixed=tuple(code for code in wishes.fixed if Wish("fix", code) in have),
        excluded=tuple(code for code in wishes.excluded if Wish("exclude", code) in have),
        without=tuple(code for code in wishes.without if Wish("without", code) in have),
        one_per_gmina=Wish("one_per_gmina") in have,
        quotas=tuple(q for q in quotas if (q.least, q.most) != (None, None)),
    )
