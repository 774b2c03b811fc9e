"""The fastest way through a network when some of its roads are closed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import rustworkx as rx

from marsad.errors import RoadsError
from marsad.roads.network import KM_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from marsad.roads.network import Network
    from marsad.vocabulary import RoadAssumptions, Vehicle


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way through a network: its roads by number, each with whether it is driven from `u` to `v`."""

    roads: tuple[tuple[int, bool], ...]
    km: float
    minutes: float

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the roads, in order."""
        return tuple(number for number, _ in self.roads)


class Search:
    """Asks one network for ways, with one set of assumptions; `allowed` are the roads that may be used at all."""

    def __init__(
        self, network: Network, assumptions: RoadAssumptions, allowed: Collection[int], vehicle: Vehicle | None = None
    ) -> None:
        """Weigh the roads by the minutes that they take, those of a car without a `vehicle`."""
        times, without = (vehicle.times, vehicle.without) if vehicle else (1.0, ())
        slowest = min(assumptions.speeds.values())
        self.network = network
        self.minutes = [
            times * 60 * road.km / assumptions.speeds.get(road.kind, slowest)
            + (assumptions.border_minutes if road.border else 0.0)
            if number in allowed and road.kind not in without
            else inf
            for number, road in enumerate(network.roads)
        ]

    def way(self, start: int, end: int, closed: Collection[int] = ()) -> Way | None:
        """Return the fastest way from one junction to another that uses no closed road, None where there is none."""
        if start == end:
            return Way(roads=(), km=0.0, minutes=0.0)
        weights = self._weights(closed)
        paths = rx.dijkstra_shortest_paths(self.network.graph, start, target=end, weight_fn=weights.__getitem__)
        if end not in paths:
            return None
        nodes = list(paths[end])
        roads = []
        for u, v in pairwise(nodes):
            number = min(self.network.between(u, v), key=lambda one: (weights[one], one))
            if weights[number] == inf:
                return None
            roads.append((number, self.network.roads[number].u == u))
        return Way(
            roads=tuple(roads),
            km=sum(self.network.roads[number].km for number, _ in roads),
            minutes=sum(weights[number] for number, _ in roads),
        )

    def nearest(self, lat: float, lon: float) -> tuple[int, float]:
        """Return the junction that is nearest to a point, and how far away it is in kilometres.

        Junctions off the largest connected part of the network are passed over: whatever starts there leads nowhere.
        Raises RoadsError where there is no road at all.
        """
        if not len(self._main):
            raise RoadsError("there are no roads of these classes")
        scale = np.asarray((KM_PER_DEGREE * np.cos(np.radians(lat)), KM_PER_DEGREE))
        away = np.hypot(*((self.network.points[self._main] - (lon, lat)) * scale).T)
        best = int(np.argmin(away))
        return int(self._main[best]), float(away[best])

    @cached_property
    def _main(self) -> NDArray[np.int64]:
        """The junctions of the largest connected part of the roads that may be used."""
        graph: rx.PyGraph[int, int] = rx.PyGraph()
        graph.add_nodes_from(list(range(len(self.network.graph))))
        usable = ((road, minutes) for road, minutes in zip(self.network.roads, self.minutes, strict=True))
        graph.add_edges_from([(road.u, road.v, 0) for road, minutes in usable if minutes < inf])
        parts = [part for part in rx.connected_components(graph) if len(part) > 1]
        return np.asarray(sorted(max(parts, key=len, default=())), dtype=np.int64)

    def reach(self, start: int, closed: Collection[int] = ()) -> Mapping[int, float]:
        """Return the junctions that can be reached, each with the minutes that it takes at least."""
        weights = self._weights(closed)
        lengths = rx.dijkstra_shortest_path_lengths(self.network.graph, start, weights.__getitem__)
        found = {node: minutes for node, minutes in lengths.items() if minutes < inf}
        return {start: 0.0, **found}

    def _weights(self, closed: Collection[int]) -> list[float]:
        if not closed:
            return self.minutes
        weights = self.minutes.copy()
        for number in closed:
            weights[number] = inf
        return weights
