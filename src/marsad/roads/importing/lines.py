"""Road networks as JSON lines: one stretch of road a line, between junctions that are known by number.

The first line may tell about the file: `attribution`, `licence`. Every other has `u` and `v`, the numbers of its
junctions; `class`, a class of OpenStreetMap; `km`; `geom`, its points as [longitude, latitude]; and may have `ref`,
`name`, `bridge`, `oneway`, `border` (two country codes) and `status`.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from marsad.errors import RoadsError
from marsad.records import RouteStatus
from marsad.roads.network import Network, Road

if TYPE_CHECKING:
    from pathlib import Path

_STATUSES = frozenset(RouteStatus)
_MOST_JUNCTIONS = 20_000_000


def read_lines(path: Path) -> Network:
    """Read a file of lines, gzipped or not; raise RoadsError that names the line where one is wrong."""
    roads: list[Road] = []
    about: dict[str, Any] = {}
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                row = json.loads(line) if line.strip() else None
                if number == 1 and isinstance(row, dict) and "geom" not in row:
                    about = row
                elif row is not None:
                    roads.append(_road(row))
    except (KeyError, TypeError, ValueError, EOFError, gzip.BadGzipFile) as error:
        raise RoadsError(f"{path}:{number}: not a stretch of road: {error}") from error
    except OSError as error:
        raise RoadsError(f"{path}: cannot be read: {error.strerror or error}") from error
    return Network(
        roads=tuple(roads), attribution=str(about.get("attribution", "")), licence=str(about.get("licence", ""))
    )


def _road(row: dict[str, Any]) -> Road:
    line = tuple((float(lon), float(lat)) for lon, lat in row["geom"])
    u, v, km = int(row["u"]), int(row["v"]), float(row["km"])
    if len(line) < 2 or not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in line):
        raise ValueError("'geom' must be at least two points on the globe")
    if not (0 <= km < 10_000 and 0 <= u < _MOST_JUNCTIONS and 0 <= v < _MOST_JUNCTIONS):
        raise ValueError("'km', 'u' and 'v' must be numbers that a road can have")
    border, status = row.get("border"), row.get("status")
    if status is not None and status not in _STATUSES:
        raise ValueError(f"'status' must be one of {', '.join(RouteStatus)}")
    return Road(
        u=u,
        v=v,
        kind=str(row["class"]),
        ref=str(row.get("ref") or ""),
        name=str(row.get("name") or ""),
        km=km,
        bridge=bool(row.get("bridge")),
        one_way=bool(row.get("oneway")),
        border=(str(border[0]), str(border[1])) if border else None,
        status=status,
        line=line,
    )
