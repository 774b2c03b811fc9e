"""Roads in the shape of the United Nations' spatial data for transport (UNSDI-T 2): GeoJSON with their column names.

`OpStatus` tells whether a road is open (1), restricted (2), closed (3) or abandoned (4); 0 is unspecified. Column names
are taken in any case, as shapefiles write them in small letters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from marsad.errors import RoadsError
from marsad.records import RouteStatus
from marsad.roads.lengths import length
from marsad.roads.network import Network, Road

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MOST_BYTES = 512 * 1024 * 1024
_CLASSES = {
    1: "motorway",
    2: "primary",
    3: "secondary",
    4: "tertiary",
    5: "unclassified",
    6: "track",
    7: "unclassified",
}
_STATUSES = {1: RouteStatus.OPEN, 2: RouteStatus.RESTRICTED, 3: RouteStatus.CLOSED, 4: RouteStatus.CLOSED}
_SAME = 5  # decimals of a degree, one metre: ends that are as near are one junction


def read_transport(path: Path) -> Network:
    """Read a feature collection of lines; raise RoadsError where it is none, or has no column that tells a class."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise RoadsError(f"{path}: larger than {_MOST_BYTES // 2**20} MB")
        data = json.loads(path.read_text("utf-8-sig"))
        features = data["features"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RoadsError(f"{path}: not a GeoJSON collection of roads: {error}") from error
    nodes: dict[tuple[float, float], int] = {}
    roads: list[Road] = []
    for number, feature in enumerate(features):
        try:
            roads += _roads(feature, nodes)
        except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
            raise RoadsError(f"{path}: feature {number} is no road: {error}") from error
    if not roads:
        raise RoadsError(f"{path}: no lines in it")
    return Network(roads=tuple(roads), attribution=str(data.get("attribution") or path.name))


def _roads(feature: Mapping[str, Any], nodes: dict[tuple[float, float], int]) -> Iterator[Road]:
    columns = {str(name).lower(): value for name, value in (feature.get("properties") or {}).items()}
    status = _STATUSES.get(_code(columns, "opstatus", "status"))
    geometry = shape(feature["geometry"])
    for part in getattr(geometry, "geoms", (geometry,)):
        if part.geom_type != "LineString":
            raise ValueError(f"a {part.geom_type}, not a line")
        line = tuple((float(point[0]), float(point[1])) for point in part.coords)
        u, v = (
            nodes.setdefault((round(lon, _SAME), round(lat, _SAME)), len(nodes)) for lon, lat in (line[0], line[-1])
        )
        yield Road(
            u=u,
            v=v,
            kind=_CLASSES.get(_code(columns, "fclass", "ntlclass"), "unclassified"),
            ref=str(columns.get("rtenme") or ""),
            name=str(columns.get("onme") or ""),
            km=length(line),
            status=status.value if status else None,
            line=line,
        )


def _code(columns: Mapping[str, Any], *names: str) -> int:
    value = next((columns[name] for name in names if columns.get(name) not in (None, "")), 0)
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return 0
