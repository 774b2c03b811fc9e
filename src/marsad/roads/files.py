"""Road files: GeoParquet 1.1, one row a road, so that maps and data frames open them as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from marsad.errors import RoadsError
from marsad.roads.network import Network, Road

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA = pa.schema(
    [
        ("u", pa.int32()),
        ("v", pa.int32()),
        ("kind", pa.dictionary(pa.int16(), pa.string())),
        ("ref", pa.string()),
        ("name", pa.string()),
        ("km", pa.float64()),
        ("bridge", pa.bool_()),
        ("one_way", pa.bool_()),
        ("border", pa.string()),
        ("status", pa.string()),
        ("geometry", pa.binary()),
    ]
)
_ABOUT = b"marsad-roads"
_FORMAT = 1


def save_roads(network: Network, path: Path) -> None:
    """Write a network to a file; raise RoadsError where it cannot be written."""
    roads = network.roads
    table = pa.table(
        {
            **{name: [getattr(road, name) for road in roads] for name in ("u", "v", "kind", "ref", "name", "km")},
            **{name: [getattr(road, name) for road in roads] for name in ("bridge", "one_way", "status")},
            "border": ["-".join(road.border) if road.border else None for road in roads],
            "geometry": [shapely.LineString(road.line).wkb for road in roads],
        }
    )
    about = {
        "format": _FORMAT,
        "attribution": network.attribution,
        "licence": network.licence,
        "made": network.made,
    }
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["LineString"]}},
    }
    table = table.select(_SCHEMA.names).cast(_SCHEMA)
    table = table.replace_schema_metadata({_ABOUT: json.dumps(about).encode(), b"geo": json.dumps(geo).encode()})
    partial = path.with_name(f".{path.name}.partial")
    try:
        pq.write_table(table, partial, compression="zstd")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise RoadsError(f"{path}: cannot be written: {error.strerror or error}") from error


def load_roads_file(path: Path) -> Network:
    """Read a network; raise RoadsError where the file is missing, damaged or none of ours."""
    if not path.is_file():
        raise RoadsError(f"{path}: no such file")
    try:
        table = pq.read_table(path)
        about = json.loads((table.schema.metadata or {}).get(_ABOUT, b"null"))
        if not isinstance(about, dict) or about.get("format") != _FORMAT:
            raise RoadsError(f"{path}: not a road file of this version of Marsad")
        rows = table.select(_SCHEMA.names).cast(_SCHEMA).to_pylist()
        lines = shapely.from_wkb([row["geometry"] for row in rows])
        return Network(
            roads=tuple(_road(row, line) for row, line in zip(rows, lines, strict=True)),
            attribution=str(about.get("attribution", "")),
            licence=str(about.get("licence", "")),
            made=str(about.get("made", "")),
        )
    except (pa.ArrowException, shapely.errors.ShapelyError, KeyError, TypeError, ValueError, OSError) as error:
        raise RoadsError(f"{path}: not a road file: {str(error).splitlines()[0][:120]}") from error


def _road(row: dict[str, Any], line: shapely.LineString) -> Road:
    points = tuple((float(lon), float(lat)) for lon, lat in line.coords)
    if len(points) < 2 or not row["km"] >= 0 or min(row["u"], row["v"]) < 0:
        raise ValueError("a road without a line, a length or its ends")
    u, v = (row["border"] or "-").split("-", 1)
    return Road(
        u=row["u"],
        v=row["v"],
        kind=row["kind"],
        ref=row["ref"] or "",
        name=row["name"] or "",
        km=row["km"],
        bridge=bool(row["bridge"]),
        one_way=bool(row["one_way"]),
        border=(u, v) if u and v else None,
        status=row["status"],
        line=points,
    )
