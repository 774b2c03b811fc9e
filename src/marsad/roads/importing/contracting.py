"""Road networks as small as they can be: junctions, the roads between them, and lines that are right to some metres."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from marsad.roads.network import UNKNOWN_BORDER, Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from marsad.roads.network import Road

_TOLERANCE = 0.0002  # degrees: some 20 metres


def contracted(network: Network) -> Network:
    """Return a network with the same ways: points where nothing branches off are no junctions any more.

    Two roads that meet in such a point become one if they are alike in all but their length.
    """
    roads: dict[int, Road] = dict(enumerate(network.roads))
    at: dict[int, set[int]] = defaultdict(set)
    for number, road in roads.items():
        at[road.u].add(number)
        at[road.v].add(number)
    for node in list(at):
        if len(at[node]) != 2:
            continue
        one, other = sorted(at[node])
        joined = _joined(roads[one], roads[other], node)
        if joined is None:
            continue
        del roads[other]
        at[roads[one].u].discard(one)
        at[roads[one].v].discard(one)
        roads[one] = joined
        for end in (joined.u, joined.v):
            at[end].discard(other)
            at[end].add(one)
        del at[node]
    return replace(network, roads=tuple(_renumbered(map(_simplified, roads.values()))))


def with_borders(network: Network, country_of: Callable[[Sequence[tuple[float, float]]], Sequence[str]]) -> Network:
    """Return a network whose roads know the borders that they cross; `country_of` tells the countries of points.

    Points are (longitude, latitude). A road that knows between which countries it leads keeps them.
    """
    ends = [point for road in network.roads for point in (road.line[0], road.line[-1])]
    countries = country_of(ends)
    roads = []
    for number, road in enumerate(network.roads):
        pair = countries[2 * number], countries[2 * number + 1]
        tells = pair[0] != pair[1] and all(pair) and road.border in (None, UNKNOWN_BORDER)
        roads.append(replace(road, border=pair) if tells else road)
    return replace(network, roads=tuple(roads))


def _joined(one: Road, other: Road, node: int) -> Road | None:
    """Return two roads that meet in a node as one, None where they are not alike or make a ring."""
    first = one if one.v == node else _turned(one)
    second = other if other.u == node else _turned(other)
    if first is None or second is None or len({first.u, node, second.v}) < 3:
        return None
    if replace(first, u=0, v=0, km=0.0, line=()) != replace(second, u=0, v=0, km=0.0, line=()):
        return None
    return replace(first, v=second.v, km=first.km + second.km, line=(*first.line, *second.line[1:]))


def _turned(road: Road) -> Road | None:
    """Return a road the other way round, None where it leads one way and so ends before it begins."""
    if road.one_way:
        return None
    border = road.border[::-1] if road.border else None
    return replace(road, u=road.v, v=road.u, line=road.line[::-1], border=border)


def _simplified(road: Road) -> Road:
    if len(road.line) < 3:
        return road
    line = shapely.LineString(road.line).simplify(_TOLERANCE, preserve_topology=False)
    return replace(road, line=tuple((lon, lat) for lon, lat in line.coords))


def _renumbered(roads: Iterable[Road]) -> Iterable[Road]:
    numbers: dict[int, int] = {}
    for road in roads:
        u, v = (numbers.setdefault(node, len(numbers)) for node in (road.u, road.v))
        yield replace(road, u=u, v=v)
