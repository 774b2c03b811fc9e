"""What would cut a way: the smallest sets of towns whose loss leaves none, and the radius at which an answer turns.

A set of towns cuts two places apart if it meets every way between them, so the smallest cut is a smallest *hitting set*
of all ways. There are too many ways to list; they are found as they are needed: take a smallest set that meets the ways
known so far, look for a way that it leaves open, add that, and begin again (implicit hitting sets: Moreno-Centeno and
Karp, "The implicit hitting set approach to solve combinatorial optimization problems", Operations Research 61, 2013).
When it leaves none open it is a cut, and no smaller one exists, since every cut must meet the ways that were found.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import TYPE_CHECKING

import rustworkx as rx

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from marsad.roads.search import Search, Way

_MOST_WAYS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The smallest sets of towns whose closing leaves no way; none where no set of at most `most` towns does that.

    `size` is that of each set. `free` tells that a way passes none of the towns, so that no set could cut.
    """

    sets: tuple[tuple[str, ...], ...]
    size: int | None
    free: bool = False


def smallest_cuts(
    search: Search,
    start: int,
    end: int,
    closes: Mapping[str, Collection[int]],
    *,
    most: int = 3,
) -> Cut:
    """Return the smallest sets of towns that cut `start` from `end`.

    `closes` are the roads that each town's loss closes. Sets of more than `most` towns are not looked for.
    """
    maze = _Maze(search, closes)
    ways: list[frozenset[str]] = []
    cuts: set[tuple[str, ...]] = set()
    size = 0
    while len(ways) < _MOST_WAYS:
        chosen = next((one for one in _hitting(ways, size) if one not in cuts), None)
        if chosen is None:
            if cuts or size == most:
                break
            size += 1
            continue
        towns = maze.towns_passed(start, end, frozenset(chosen))
        if towns is None:
            cuts.add(chosen)
        elif not towns:
            return Cut(sets=(), size=None, free=True)
        else:
            ways.append(towns)
    return Cut(sets=tuple(sorted(cuts)), size=size if cuts else None)


class _Maze:
    """A network in which all that no town can close is drawn together, so that only what matters is searched."""

    def __init__(self, search: Search, closes: Mapping[str, Collection[int]]) -> None:
        towns_of: dict[int, set[str]] = defaultdict(set)
        for town, roads in closes.items():
            for road in roads:
                towns_of[road].add(town)
        graph = search.network.graph
        usable = [
            (u, v, frozenset(towns_of.get(number, ())))
            for u, v, number in graph.weighted_edge_list()
            if search.minutes[number] < inf
        ]
        loose: rx.PyDiGraph[int, None] = rx.PyDiGraph()
        loose.add_nodes_from(list(range(len(graph))))
        loose.add_edges_from([(u, v, None) for u, v, towns in usable if not towns])
        self._part = {node: i for i, nodes in enumerate(rx.strongly_connected_components(loose)) for node in nodes}
        self._steps: dict[int, set[tuple[int, frozenset[str]]]] = defaultdict(set)
        for u, v, towns in usable:
            if self._part[u] != self._part[v]:
                self._steps[self._part[u]].add((self._part[v], towns))

    def towns_passed(self, start: int, end: int, lost: frozenset[str]) -> frozenset[str] | None:
        """Return the towns of a way without the lost ones that passes few others, None where there is no way."""
        target, order = self._part[end], count()
        waiting = [(0, next(order), self._part[start], frozenset[str]())]
        done: set[int] = set()
        while waiting:
            passed, _, part, towns = heappop(waiting)
            if part == target:
                return towns
            if part in done:
                continue
            done.add(part)
            for following, names in self._steps.get(part, ()):
                if following not in done and not names & lost:
                    more = towns | names
                    heappush(waiting, (passed + len(names - towns), next(order), following, more))
        return None


def _hitting(ways: Sequence[frozenset[str]], size: int) -> Iterator[tuple[str, ...]]:
    """Yield every set of exactly `size` towns, each needed, that meets all ways; sorted, each once."""
    seen: set[tuple[str, ...]] = set()

    def extend(chosen: frozenset[str]) -> Iterator[tuple[str, ...]]:
        missed = next((way for way in ways if not way & chosen), None)
        if missed is None:
            found = tuple(sorted(chosen))
            if len(found) == size and found not in seen:
                seen.add(found)
                yield found
            return
        if len(chosen) < size:
            for town in sorted(missed):
                yield from extend(chosen | {town})

    yield from extend(frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """From which radius on, in kilometres, which way is the fastest; `way` None: there is none any more."""

    radius: float
    way: Way | None


def turns(
    search: Search,
    start: int,
    end: int,
    distances: Mapping[int, float],
    farthest: float,
) -> tuple[Turn, ...]:
    """Return how the fastest way changes as the circle round a town grows from nothing to `farthest` kilometres.

    `distances` are those of the roads from the town. A road is closed once the circle reaches any part of it.
    """
    found = [Turn(radius=0.0, way=search.way(start, end))]
    while (way := found[-1].way) is not None:
        reached = min((distances[number] for number in way.numbers if number in distances), default=farthest + 1)
        if reached > farthest:
            break
        lost = {number for number, distance in distances.items() if distance <= reached}
        found.append(Turn(radius=reached, way=search.way(start, end, lost)))
    return tuple(found)
