"""Marks as GeoJSON (RFC 7946): one feature collection, a feature at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from marsad.exports.marks import mark_row, marks
from marsad.serial import to_json

if TYPE_CHECKING:
    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.marks import Mark
    from marsad.exports.sinks import Sink


def write_geojson(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write a feature a mark; `about` is a foreign member beside the features."""
    about, policy = holdings.about, str(holdings.about.policy)
    with sink.file("marks.geojson") as stream:
        stream.write(b'{"type":"FeatureCollection","about":' + _written(about.row()) + b',"features":[')
        for number, mark in enumerate(marks(holdings, account)):
            feature = {
                "type": "Feature",
                "id": mark.id,
                "geometry": _geometry(mark),
                "properties": {**mark_row(mark), "as_of": about.as_of, "policy": policy},
            }
            stream.write((b",\n" if number else b"\n") + _written(feature))
            account.wrote(f"marks of {mark.kind}")
        stream.write(b"\n]}\n")


def _geometry(mark: Mark) -> dict[str, Any]:
    if mark.lines:
        return {"type": "MultiLineString", "coordinates": mark.lines}
    return {"type": "Point", "coordinates": mark.point}


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=to_json).encode()
