"""A road network in memory: junctions, the roads between them with their lines, and how far each is from a point."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import rustworkx as rx

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

KM_PER_DEGREE = 111.195  # of latitude, on a globe of 6,371.0 km
UNKNOWN_BORDER = ("?", "?")
"""A border between countries that the file does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One stretch of road between two junctions; `line` is its points as (longitude, latitude), from `u` to `v`.

    `one_way` roads lead from `u` to `v` alone. `border` names the countries that it leads from and to, if it crosses
    a border.
    `status` is what the file itself says of it, one of `RouteStatus`, None where it says nothing.
    """

    u: int
    v: int
    kind: str
    km: float
    line: tuple[tuple[float, float], ...]
    ref: str = ""
    name: str = ""
    bridge: bool = False
    one_way: bool = False
    border: tuple[str, str] | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """Roads, each known by its number; `attribution` and `licence` go with whatever is made of it."""

    roads: Sequence[Road]
    attribution: str
    licence: str = ""
    made: str = ""

    @cached_property
    def graph(self) -> rx.PyDiGraph[int, int]:
        """The network as a directed graph; the payload of an edge is the number of its road."""
        graph: rx.PyDiGraph[int, int] = rx.PyDiGraph()
        nodes = 1 + max((max(road.u, road.v) for road in self.roads), default=-1)
        graph.add_nodes_from(list(range(nodes)))
        graph.add_edges_from([(road.u, road.v, number) for number, road in enumerate(self.roads)])
        back = [(road.v, road.u, number) for number, road in enumerate(self.roads) if not road.one_way]
        graph.add_edges_from(back)
        return graph

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """Longitude and latitude of each junction."""
        points = np.full((len(self.graph), 2), np.nan)
        for road in self.roads:
            points[road.u], points[road.v] = road.line[0], road.line[-1]
        return points

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all junctions, in decimal degrees; a point in the sea where there is none."""
        if not self.roads:
            return 0.0, 0.0, 0.0, 0.0
        (west, south), (east, north) = np.nanmin(self.points, axis=0), np.nanmax(self.points, axis=0)
        return float(west), float(south), float(east), float(north)

    def between(self, u: int, v: int) -> Iterator[int]:
        """Yield the numbers of the roads that lead from one junction to another."""
        return iter(self._pairs.get((u, v), ()))

    @cached_property
    def _pairs(self) -> Mapping[tuple[int, int], tuple[int, ...]]:
        pairs: dict[tuple[int, int], tuple[int, ...]] = {}
        for number, road in enumerate(self.roads):
            pairs[road.u, road.v] = (*pairs.get((road.u, road.v), ()), number)
            if not road.one_way:
                pairs[road.v, road.u] = (*pairs.get((road.v, road.u), ()), number)
        return pairs

    @cached_property
    def _segments(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """All straight pieces (lon, lat, lon, lat), and the number of the road that each is of."""
        lines = [np.asarray(road.line, dtype=np.float64) for road in self.roads]
        pieces = np.vstack([np.hstack((line[:-1], line[1:])) for line in lines])
        return pieces, np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])

    def within(self, lat: float, lon: float, km: float) -> Mapping[int, float]:
        """Return the roads any part of which is within so many kilometres of a point, with the distance of each.

        Distances are those on a plane that touches the globe there: right to one in a thousand within 100 km.
        """
        if not self.roads or not km > 0:
            return {}
        pieces, owners = self._segments
        up = km / KM_PER_DEGREE
        across = up / max(0.01, float(np.cos(np.radians(lat))))
        near = (
            (np.minimum(pieces[:, 0], pieces[:, 2]) <= lon + across)
            & (np.maximum(pieces[:, 0], pieces[:, 2]) >= lon - across)
            & (np.minimum(pieces[:, 1], pieces[:, 3]) <= lat + up)
            & (np.maximum(pieces[:, 1], pieces[:, 3]) >= lat - up)
        )
        scale = np.asarray((KM_PER_DEGREE * np.cos(np.radians(lat)), KM_PER_DEGREE))
        some = pieces[near]
        distances = _to_origin((some[:, :2] - (lon, lat)) * scale, (some[:, 2:] - (lon, lat)) * scale)
        found: dict[int, float] = {}
        for number, distance in zip(owners[near].tolist(), distances.tolist(), strict=True):
            if distance <= min(km, found.get(number, km)):
                found[number] = distance
        return found

    def kept(self, kinds: Collection[str] | None = None, *, borders: bool = True) -> frozenset[int]:
        """Return the numbers of the roads of some classes (None: all), without those over a border if so asked."""
        return frozenset(
            number
            for number, road in enumerate(self.roads)
            if (kinds is None or road.kind in kinds) and (borders or road.border is None)
        )


def _to_origin(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least distance of each straight piece between two points from the origin."""
    along = end - start
    length = (along**2).sum(axis=1)
    share = np.divide(-(start * along).sum(axis=1), length, out=np.zeros_like(length), where=length > 0)
    foot = start + along * np.clip(share, 0, 1)[:, None]
    return np.asarray(np.sqrt((foot**2).sum(axis=1)))
