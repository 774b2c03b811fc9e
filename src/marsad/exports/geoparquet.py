"""Marks as GeoParquet 1.1: one table with typed columns, a group of rows at a time."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from marsad.exports.marks import COUNTED, mark_row, marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.marks import Mark
    from marsad.exports.sinks import Sink
    from marsad.vocabulary import Policy

_GROUP = 10_000  # rows that are held in memory and written together
_TEXTS = pa.list_(pa.string())
_INSTANT = pa.timestamp("us", "UTC")
_QUOTED = pa.struct(
    [
        ("claim", pa.string()),
        ("report", pa.string()),
        ("claimant", pa.string()),
        ("publisher", pa.string()),
        ("stance", pa.string()),
        ("certainty", pa.string()),
        ("said", _INSTANT),
        ("url", pa.string()),
        ("words", pa.string()),
    ]
)
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        *((name, pa.string()) for name in ("kind", "headline", "place", "place_canonical", "gazetteer_id", "country")),
        ("radius_km", pa.float64()),
        *((name, pa.string()) for name in ("event", "agent", "target")),
        ("claimants", _TEXTS),
        ("claimants_against", _TEXTS),
        *((name, pa.string()) for name in ("side", "status", "graded_by")),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("last_heard", _INSTANT),
        *((f"{name}_{bound}", pa.int64()) for name in COUNTED for bound in ("min", "max")),
        ("claims", _TEXTS),
        ("words", pa.list_(_QUOTED)),
        ("attribution", pa.string()),
        ("as_of", _INSTANT),
        ("policy", pa.string()),
        ("geometry", pa.binary()),
    ]
)


def write_geoparquet(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write a row a mark; `marsad` in the file's metadata says what the file is of."""
    about = holdings.about
    with sink.file("marks.parquet") as stream, pq.ParquetWriter(stream, SCHEMA, compression="zstd") as writer:
        shapes = _Shapes()
        rows: list[dict[str, Any]] = []
        for mark in marks(holdings, account):
            rows.append({**_row(mark, about.policy), "as_of": about.as_of, "geometry": shapes.of(mark)})
            account.wrote(f"marks of {mark.kind}")
            if len(rows) == _GROUP:
                writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
                rows.clear()
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
        metadata = {"geo": shapes.told(), "marsad": about.row()}
        writer.add_key_value_metadata({name: json.dumps(value) for name, value in metadata.items()})


def _row(mark: Mark, policy: Policy) -> dict[str, Any]:
    words = [asdict(one) for one in mark.words]
    return {"id": mark.id, **mark_row(mark), "words": words, "policy": str(policy)}


class _Shapes:
    """Makes geometries, and knows of which types they were and how far they reach."""

    def __init__(self) -> None:
        self._types: set[str] = set()
        self._box: tuple[float, float, float, float] | None = None

    def of(self, mark: Mark) -> bytes:
        """Return the geometry of a mark as WKB."""
        shape = shapely.MultiLineString(mark.lines) if mark.lines else shapely.Point(mark.point)
        self._types.add(shape.geom_type)
        self._box = _around([shape.bounds, self._box or shape.bounds])
        return bytes(shapely.to_wkb(shape, byte_order=1))

    def told(self) -> dict[str, Any]:
        """Return the metadata `geo`; without `crs` coordinates are longitude and latitude of WGS 84."""
        column: dict[str, Any] = {"encoding": "WKB", "geometry_types": sorted(self._types)}
        if self._box is not None:
            column["bbox"] = list(self._box)
        return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _around(boxes: Iterable[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
