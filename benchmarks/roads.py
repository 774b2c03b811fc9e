"""Road networks of whole countries: distances beside the true ones, what the loss of a town does, how long it takes.

Usage: python benchmarks/roads.py [FOLDER]

FOLDER holds networks as JSON lines (`syria_only_roads.jsonl.gz` and so on for syria_lebanon, sudan and yemen); else it
is `../shared/roads`, which is no part of the project. Times are given beside those of networkx for the same question on
the same machine: the fastest way, with the roads round one town closed.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from marsad.roads import Network, Search, read_roads
from marsad.roads.cuts import smallest_cuts, turns
from marsad.vocabulary import load_roads

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "roads"
TOWNS = {
    "Damascus": (33.5102, 36.29128), "Homs": (34.72682, 36.72339), "Tartus": (34.88902, 35.88659),
    "Aleppo": (36.20124, 37.16117), "Latakia": (35.53168, 35.79011), "Hama": (35.13179, 36.75783),
    "Salamiyah": (35.01127, 37.05324), "Qusayr": (34.50886, 36.57972), "Masyaf": (35.06544, 36.34205),
    "Tell Kalakh": (34.66815, 36.25643), "An-Nabk": (34.02494, 36.72822), "Qaryatayn": (34.22935, 37.24083),
    "Palmyra": (34.55037, 38.28068), "Zahle": (33.84675, 35.90203), "Tripoli": (34.43352, 35.84415),
    "Khartoum": (15.55177, 32.53241), "El Obeid": (13.18421, 30.21669), "Kosti": (13.1629, 32.66347),
    "El Fasher": (13.62793, 25.34936), "Port Sudan": (19.61745, 37.21644), "Wad Madani": (14.40118, 33.51989),
    "Sanaa": (15.35472, 44.20667), "Aden": (12.77944, 45.03667), "Hodeidah": (14.79781, 42.95452),
    "Taiz": (13.57952, 44.02091), "Ibb": (13.96667, 44.18333), "Marib": (15.46253, 45.32581),
}  # fmt: skip
TRUE = {("Damascus", "Homs"): 162, ("Damascus", "Aleppo"): 355, ("Homs", "Tartus"): 96, ("Aleppo", "Latakia"): 180}
RADII = (0, 8, 10, 15, 20)
QUESTIONS = {
    "syria_only": ("Damascus", "Tartus", "Homs"),
    "syria_lebanon": ("Damascus", "Tartus", "Homs"),
    "sudan": ("Khartoum", "El Obeid", "Kosti"),
    "yemen": ("Sanaa", "Aden", "Ibb"),
}
TIMES = 20


def main(folder: Path) -> None:
    for name, (start, end, lost) in QUESTIONS.items():
        path = folder / f"{name}_roads.jsonl.gz"
        if not path.is_file():
            print(f"{path}: not there, left out")
            continue
        network, took = timed(lambda path=path: read_roads(path))
        assumptions = load_roads()
        search = Search(network, assumptions, network.kept())
        print(f"\n{name}: {len(network.roads):,} roads, read in {took:.1f} s")
        if name == "syria_only":
            for (one, other), km in TRUE.items():
                way = search.way(at(search, one), at(search, other))
                print(f"  {one} to {other}: {way.km if way else 0:.0f} km, truly {km}")
        told(search, start, end, lost)
        compared(search, start, end, lost)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, networkx included")


def told(search: Search, start: str, end: str, lost: str) -> None:
    """Print what the loss of a town does to a way, by radius and by class of road, and which towns cut it."""
    major = Search(search.network, load_roads(), search.network.kept(["motorway", "trunk", "primary", "secondary"]))
    for which, used in (("all roads", search), ("no tertiary roads", major)):
        for radius in RADII:
            closed = used.network.within(*TOWNS[lost], radius).keys() if radius else ()
            way = used.way(at(used, start), at(used, end), closed)
            says = f"{way.km:.0f} km, {way.minutes:.0f} min" if way else "no way"
            print(f"  {start} to {end}, {lost} lost to {radius} km, {which}: {says}")
    steps = turns(search, at(search, start), at(search, end), search.network.within(*TOWNS[lost], 25.0), 25.0)
    print(f"  the way turns at {', '.join(f'{step.radius:.1f} km' for step in steps[1:]) or 'no radius'}")
    box = search.network.box
    inside = {
        name: search.network.within(*point, 20.0).keys()
        for name, point in TOWNS.items()
        if name not in {start, end} and box[0] <= point[1] <= box[2] and box[1] <= point[0] <= box[3]
    }
    for which, used in (("all roads", search), ("no tertiary roads", major)):
        cut = smallest_cuts(used, at(used, start), at(used, end), inside, most=len(inside))
        sets = "; ".join(", ".join(some) for some in cut.sets) or "none, a way passes all of them by"
        print(f"  smallest cuts among {len(inside)} towns that reach 20 km, {which}: {sets}")


def compared(search: Search, start: str, end: str, lost: str) -> None:
    """Print how long a way takes with the roads round a town closed, beside networkx."""
    closed = set(search.network.within(*TOWNS[lost], 8.0))
    ours, _ = best(lambda: search.way(at(search, start), at(search, end), closed))
    graph = plain(search.network, search)
    source, target = at(search, start), at(search, end)

    def theirs() -> object:
        open_ = nx.restricted_view(graph, [], [one for one in graph.edges(keys=True) if one[2] in closed])
        return nx.bidirectional_dijkstra(open_, source, target, weight="minutes")

    other, _ = best(theirs)
    print(f"  a way with {len(closed)} roads closed: {ours * 1000:.0f} ms, networkx {other / ours:.0f} times as long")


def plain(network: Network, search: Search) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for number, road in enumerate(network.roads):
        graph.add_edge(road.u, road.v, key=number, minutes=search.minutes[number])
        if not road.one_way:
            graph.add_edge(road.v, road.u, key=number, minutes=search.minutes[number])
    return graph


def at(search: Search, town: str) -> int:
    return search.nearest(*TOWNS[town])[0]


def timed(what: Callable[[], Network]) -> tuple[Network, float]:
    begun = time.perf_counter()
    found = what()
    return found, time.perf_counter() - begun


def best(what: Callable[[], object]) -> tuple[float, Collection[float]]:
    """Return the median of several runs in seconds, and all of them."""
    found = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        what()
        found.append(time.perf_counter() - begun)
    return sorted(found)[len(found) // 2], found


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
