"""Small road networks for tests: towns on a grid of which a step is ten kilometres."""

from __future__ import annotations

from marsad.roads import Network, Road, Search
from marsad.roads.network import KM_PER_DEGREE
from marsad.vocabulary import load_roads

STEP = 10 / KM_PER_DEGREE


def at(x: float, y: float) -> tuple[float, float]:
    """Return the point (longitude, latitude) so many steps east and north of where the equator meets Greenwich."""
    return x * STEP, y * STEP


def road(u: int, v: int, ends: dict[int, tuple[float, float]], **fields: object) -> Road:
    line = (at(*ends[u]), at(*ends[v]))
    km = 10 * ((ends[u][0] - ends[v][0]) ** 2 + (ends[u][1] - ends[v][1]) ** 2) ** 0.5
    values: dict[str, object] = {"kind": "primary", "km": km, "line": line, **fields}
    return Road(u=u, v=v, **values)  # type: ignore[arg-type]


def network(ends: dict[int, tuple[float, float]], *roads: Road) -> Network:
    return Network(roads=roads, attribution="test roads")


# A diamond: 0 in the west, 3 in the east; by the north over 1, by the south over 2, which is longer.
DIAMOND = {0: (0.0, 0.0), 1: (2.0, 1.0), 2: (2.0, -2.0), 3: (4.0, 0.0)}


def diamond(**fields: object) -> Network:
    pairs = ((0, 1, "N1"), (1, 3, "N1"), (0, 2, "S2"), (2, 3, "S2"))
    return network(DIAMOND, *(road(u, v, DIAMOND, **{"ref": ref, **fields}) for u, v, ref in pairs))


def search(of: Network) -> Search:
    return Search(of, load_roads(), of.kept())
