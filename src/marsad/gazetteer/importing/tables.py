"""The user's own places: CSV with a header, and GeoJSON points."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

from marsad.errors import GazetteerError
from marsad.gazetteer.importing.rows import (
    BadRow,
    Found,
    RowError,
    cleaned,
    code,
    columns,
    degrees,
    kind_of,
    others,
    people,
    utf8,
)
from marsad.gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from marsad.gazetteer.importing.rows import Rows

_DELIMITERS = ",;\t"
_BETWEEN_NAMES = re.compile(r"[|;]")


def is_table(line: str) -> bool:
    """Tell whether a line is the header of a table of places."""
    return _delimiter(line) is not None


def read_table(lines: Iterable[str]) -> Rows:
    """Yield the rows of a CSV file whose header names at least `name`, `lat` and `lon`."""
    lines = iter(lines)
    header = next(lines)
    delimiter = _delimiter(header) or ","
    names = _fields(header, delimiter)
    table = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(table, None)
            if cells is None:
                return
            if cells:
                yield _row(cells, names)
        except (RowError, csv.Error) as error:
            yield BadRow(table.line_num + 1, str(error))


def read_geojson(path: Path) -> Rows:
    """Yield the points of a GeoJSON feature collection; raise GazetteerError where the file is none."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise GazetteerError(f"cannot read {path}: not JSON in UTF-8 ({error})") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise GazetteerError(f"cannot read {path}: not a GeoJSON feature collection")
    return _points(features)


def _points(features: list[Any]) -> Iterator[Found | BadRow]:
    for number, feature in enumerate(features, start=1):
        try:
            yield _point(feature)
        except RowError as error:
            yield BadRow(number, str(error))


def _point(feature: Any) -> Found:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise RowError("no point")
    position, properties = geometry.get("coordinates"), feature.get("properties") or {}
    if not isinstance(position, list) or len(position) < 2 or not isinstance(properties, dict):
        raise RowError("no point")
    told = {columns()[fold(name)]: value for name, value in properties.items() if fold(name) in columns()}
    return _found({**told, "lon": position[0], "lat": position[1]})


def _row(cells: list[str], names: list[str | None]) -> Found:
    if len(cells) != len(names):
        raise RowError(f"{len(cells)} columns instead of {len(names)}")
    for cell in cells:
        utf8(cell)
    return _found({name: cell for name, cell in zip(names, cells, strict=True) if name})


def _found(told: Mapping[str, Any]) -> Found:
    lat, lon = degrees(told.get("lat"), told.get("lon"))
    name = cleaned(_text(told.get("name")))
    kind, feature = kind_of(told.get("kind"))
    more = told.get("names")
    listed = map(_text, more) if isinstance(more, list) else _BETWEEN_NAMES.split(_text(more))
    return Found(
        name=name,
        names=others(listed, name),
        kind=kind,
        feature=feature,
        lat=lat,
        lon=lon,
        country=code(told.get("country")),
        population=people(told.get("population")),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _delimiter(header: str) -> str | None:
    needed = {"name", "lat", "lon"}
    return next((one for one in _DELIMITERS if needed <= set(_fields(header, one))), None)


def _fields(header: str, delimiter: str) -> list[str | None]:
    """Return the field that each column fills, None for a column that is not used."""
    return [columns().get(fold(cell)) for cell in next(csv.reader([header], delimiter=delimiter), [])]
