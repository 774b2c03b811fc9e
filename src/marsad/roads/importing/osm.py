"""Roads of an OpenStreetMap extract, read with pyosmium: the extra `roads`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad.errors import RoadsError
from marsad.roads.lengths import length
from marsad.roads.network import UNKNOWN_BORDER, Network, Road

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

_ONE_WAY = frozenset({"yes", "true", "1", "-1"})
_NO_ENTRY = frozenset({"no", "private"})
_BORDER = "border_control"
_ATTRIBUTION = "© OpenStreetMap contributors"
_LICENCE = "ODbL 1.0"


def read_extract(path: Path, kinds: Collection[str]) -> Network:
    """Read the roads of some classes; links count as what they link to. Raises RoadsError where the file is none.

    Memory is that of the roads and their points; the points of everything else are passed over.
    """
    osmium = _osmium()
    ways = [way for way in _highways(osmium, path) if _kind(way[1], kinds)]
    uses = Counter(node for nodes, _ in ways for node in set(nodes))
    for nodes, _ in ways:
        uses.update((nodes[0], nodes[-1]))
    points, controls = _points(osmium, path, uses)
    cutter = _Cutter(kinds=kinds, uses=uses, points=points, controls=controls)
    roads = [road for nodes, tags in ways for road in cutter.stretches(nodes, tags)]
    return Network(roads=tuple(roads), attribution=_ATTRIBUTION, licence=_LICENCE, made=path.name)


def _osmium() -> Any:
    try:
        return import_module("osmium")
    except ImportError as error:
        raise RoadsError("an extract of OpenStreetMap needs pyosmium: pip install 'marsad[roads]'") from error


def _highways(osmium: Any, path: Path) -> Iterator[tuple[list[int], dict[str, str]]]:
    """Yield the ways with a highway tag, as numbers of their nodes and tags."""
    try:
        for one in osmium.FileProcessor(path, osmium.osm.WAY):
            if "highway" in one.tags:
                yield [node.ref for node in one.nodes], dict(one.tags)
    except RuntimeError as error:
        raise RoadsError(f"{path}: not an extract of OpenStreetMap: {error}") from error


def _points(osmium: Any, path: Path, wanted: Mapping[int, int]) -> tuple[dict[int, tuple[float, float]], set[int]]:
    """Return the points of nodes, and which of them are border posts."""
    points: dict[int, tuple[float, float]] = {}
    controls: set[int] = set()
    try:
        for node in osmium.FileProcessor(path, osmium.osm.NODE):
            if node.id in wanted and node.location.valid():
                points[node.id] = (node.location.lon, node.location.lat)
                if node.tags.get("barrier") == _BORDER:
                    controls.add(node.id)
    except RuntimeError as error:
        raise RoadsError(f"{path}: not an extract of OpenStreetMap: {error}") from error
    return points, controls


def _kind(tags: Mapping[str, str], kinds: Collection[str]) -> str | None:
    kind = tags["highway"].removesuffix("_link")
    return kind if kind in kinds and tags.get("access") not in _NO_ENTRY and tags.get("area") != "yes" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cutter:
    """Cuts ways at their junctions: nodes that have several `uses`, and a point."""

    kinds: Collection[str]
    uses: Mapping[int, int]
    points: Mapping[int, tuple[float, float]]
    controls: Collection[int]

    def stretches(self, nodes: list[int], tags: Mapping[str, str]) -> Iterator[Road]:
        """Yield a way cut at its junctions; nodes that the extract lacks end a stretch, as at its edge."""
        kind = _kind(tags, self.kinds)
        one_way = tags.get("oneway") in _ONE_WAY or (kind == "motorway" and tags.get("oneway") != "no")
        stretch: list[int] = []
        for node in reversed(nodes) if tags.get("oneway") == "-1" else nodes:
            if node not in self.points:
                stretch = []
                continue
            stretch.append(node)
            if len(stretch) > 1 and self.uses[node] > 1:
                line = tuple(self.points[one] for one in stretch)
                yield Road(
                    u=stretch[0],
                    v=stretch[-1],
                    kind=kind or "",
                    ref=tags.get("ref", ""),
                    name=tags.get("name", ""),
                    km=length(line),
                    bridge=tags.get("bridge", "no") != "no",
                    one_way=one_way,
                    border=UNKNOWN_BORDER if any(one in self.controls for one in stretch) else None,
                    line=line,
                )
                stretch = [node]
