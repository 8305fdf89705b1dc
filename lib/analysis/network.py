"""Who connects gminas, who stands alone, who has never met? Measures of the network of those who ran initiatives together.

A tie is at least one initiative in common. Measures come from networkx; what no record shows may still exist. Local authorities have no
records of their own; where a source names one ("Gmina Popów"), it counts for the ties of gminas.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from lib.analysis.ideas.cooperation import Cooperation, cooperation
from lib.analysis.initiatives import STEM, parties_of
from lib.domain.records import Gmina, Item

if TYPE_CHECKING:
    from networkx import Graph

BETWEENNESS_DIGITS = 4
EVERYONE = "everyone"
PAIRS_OF_ONE = 3
"""Pairs in which one organisation is named at most: otherwise the most active one fills the list."""
_AUTHORITY = re.compile(
    r"(?:Gmina i Miasto|Miasto i Gmina|Gmina Miasto|Gmina|Miasto|Urząd (?:Miasta i Gminy|Gminy i Miasta|Gminy|Miejski|Miasta))"
    r"(?: we?)? (.+)"
)
"""How sources name a local authority; what follows is the gmina's name, in the nominative or declined."""
CIRCLE_LEAST = 2
"""Organisations from which a circle is one; a single one stands alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation with a tie: with how many it worked, in how many initiatives, into which other gminas its ties reach.

    `only` is how many pairs of others would not be connected at all without it, `betweenness` the share (0..1) of shortest ways between
    others that lead through it.
    """

    item: Item
    partners: tuple[str, ...]
    initiatives: tuple[str, ...]
    gminas: tuple[str, ...]
    betweenness: float
    only: int
    circle: int


@dataclass(frozen=True, slots=True)
class GminaTie:
    """Two gminas (TERYT, the smaller first) whose organisations worked together, and in which initiatives."""

    one: str
    other: str
    initiatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """Two organisations of one gmina that share themes and groups and never worked together, as far as records show."""

    one: Item
    other: Item
    themes: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """`nodes` by id, `circles` (who can reach whom, the largest first), ties between gminas, and who stands alone. `authorities` are the
    initiatives that a gmina's authority ran with others, by TERYT."""

    nodes: Mapping[str, Node]
    circles: tuple[tuple[str, ...], ...]
    gmina_ties: tuple[GminaTie, ...]
    inside: Mapping[str, tuple[str, ...]]
    alone: tuple[Item, ...]
    unmet: tuple[Unmet, ...]
    authorities: Mapping[str, tuple[str, ...]]

    def connectors(self, teryt: str = "") -> tuple[Node, ...]:
        """Organisations whose ties leave their gmina: most gminas first, then the most pairs that only they connect, then betweenness, then
        id; of one gmina when asked."""
        chosen = [node for node in self.nodes.values() if node.gminas and (not teryt or teryt in (node.item.teryt, *node.gminas))]
        return tuple(sorted(chosen, key=lambda node: (-len(node.gminas), -node.only, -node.betweenness, node.item.id)))


def network(items: Sequence[Item], gminas: Mapping[str, Gmina] | None = None) -> Network:
    """The network that the initiatives of a data set show; without `gminas` (by TERYT) no authority is recognised."""
    import networkx

    work = cooperation(items)
    known = {item.id: item for item in items if item.kind == "resources"}
    graph = networkx.Graph()
    pairs = ((one, other) for one, ties in work.ties.items() for other in ties if one < other)
    graph.add_edges_from(sorted(pair for pair in pairs if known.keys() >= set(pair)))
    between = networkx.betweenness_centrality(graph) if len(graph) else {}
    circles = sorted((tuple(sorted(part)) for part in networkx.connected_components(graph)), key=lambda part: (-len(part), part))
    circle_of = {code: number for number, part in enumerate(circles) for code in part}
    nodes = {
        code: Node(
            known[code],
            tuple(sorted(graph[code])),
            work.did.get(code, ()),
            tuple(sorted({known[other].teryt for other in graph[code]} - {known[code].teryt})),
            round(float(between[code]), BETWEENNESS_DIGITS),
            _only(graph, circles[circle_of[code]], code),
            circle_of[code],
        )
        for code in sorted(graph)
    }
    alone = tuple(item for item in items if item.kind == "resources" and item.id not in nodes)
    ran = authorities_in(items, gminas or {})
    parties = {item.id: {known[code].teryt for code in parties_of(item) if code in known} for item in items if item.id in ran}
    ties = _gmina_ties(work, nodes, ran, parties)
    return Network(nodes, tuple(circles), ties, _inside(work, nodes), alone, unmet(nodes.values()), _joint(ran, parties))


def _only(graph: Graph, circle: Sequence[str], code: str) -> int:
    """How many pairs of the others in its circle would not be connected without an organisation."""
    import networkx

    rest = graph.subgraph([other for other in circle if other != code])
    sizes = [len(part) for part in networkx.connected_components(rest)]
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2


def authorities_in(items: Iterable[Item], gminas: Mapping[str, Gmina]) -> dict[str, frozenset[str]]:
    """{initiative: TERYT of the gminas whose authority the source names among those who ran it}."""
    found: dict[str, frozenset[str]] = {}
    for item in items:
        if item.kind == "initiatives" and item.teryt in gminas:
            named = {authority(name, item.teryt, gminas) for name in (*item.parts("organisers"), *item.parts("partners"))}
            found[item.id] = frozenset(named - {""})
    return {code: codes for code, codes in found.items() if codes}


def authority(name: str, teryt: str, gminas: Mapping[str, Gmina]) -> str:
    """The TERYT of the gmina whose authority a name means ("Gmina Mstów", "Urząd Gminy Mstów" or declined "Urząd Miasta Częstochowy"), ""
    when it means none; a declined name is recognised only in a record of that gmina (`teryt`)."""
    said, own = _AUTHORITY.match(name), gminas.get(teryt)
    if said is None or own is None:
        return ""
    other = next((code for code, gmina in gminas.items() if gmina.name == said[1]), "")
    return other or (teryt if said[1][:STEM] == own.name[:STEM] else "")


def _joint(ran: Mapping[str, frozenset[str]], parties: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """{TERYT: initiatives that its authority ran together with a known organisation or with another gmina's authority}."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, authorities in ran.items():
        for teryt in authorities if len(authorities) > 1 or parties[code] else ():
            found[teryt].append(code)
    return {teryt: tuple(sorted(codes)) for teryt, codes in sorted(found.items())}


def _gmina_ties(
    work: Cooperation, nodes: Mapping[str, Node], ran: Mapping[str, frozenset[str]], parties: Mapping[str, set[str]]
) -> tuple[GminaTie, ...]:
    """Pairs of gminas whose organisations, or whose authority and an organisation or another authority, worked together."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, node in nodes.items():
        for other in node.partners:
            one, two = sorted((node.item.teryt, nodes[other].item.teryt))
            if one != two:
                found[one, two].update(work.together(code, other))
    for code, authorities in ran.items():
        for teryt in authorities:
            for other in (authorities | parties[code]) - {teryt}:
                found[min(teryt, other), max(teryt, other)].add(code)
    return tuple(GminaTie(one, other, tuple(sorted(ids))) for (one, other), ids in sorted(found.items()))


def _inside(work: Cooperation, nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """{TERYT: initiatives that organisations of the gmina ran together}."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, node in nodes.items():
        for other in node.partners:
            if nodes[other].item.teryt == node.item.teryt:
                found[node.item.teryt].update(work.together(code, other))
    return {teryt: tuple(sorted(ids)) for teryt, ids in sorted(found.items())}


def unmet(nodes: Iterable[Node], *, limit: int | None = None) -> tuple[Unmet, ...]:
    """Pairs of one gmina that both work with others, share a theme and a group, and never met. First a pair of each gmina, then a second
    one; in a gmina the most in common first, then by id.

    One organisation stands in at most PAIRS_OF_ONE pairs. "For everyone" is no group to share.
    """
    by_gmina: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        by_gmina[node.item.teryt].append(node)
    found: list[Unmet] = []
    for members in by_gmina.values():
        for one, other in combinations(sorted(members, key=lambda node: node.item.id), 2):
            themes = tuple(code for code in one.item.themes if code in other.item.themes)
            groups = tuple(code for code in one.item.groups if code in other.item.groups and code != EVERYONE)
            if themes and groups and other.item.id not in one.partners:
                found.append(Unmet(one.item, other.item, themes, groups))
    found.sort(key=lambda pair: (-len(pair.themes) - len(pair.groups), pair.one.id, pair.other.id))
    turn: Counter[str] = Counter()
    turns = []
    for pair in _spread(found):
        turns.append((turn[pair.one.teryt], pair))
        turn[pair.one.teryt] += 1
    return tuple(pair for _, pair in sorted(turns, key=lambda one: one[0]))[:limit]


def _spread(pairs: Iterable[Unmet]) -> list[Unmet]:
    """The pairs in order, each organisation in at most PAIRS_OF_ONE of them."""
    named: dict[str, int] = defaultdict(int)
    kept: list[Unmet] = []
    for pair in pairs:
        if max(named[pair.one.id], named[pair.other.id]) < PAIRS_OF_ONE:
            named[pair.one.id] += 1
            named[pair.other.id] += 1
            kept.append(pair)
    return kept
