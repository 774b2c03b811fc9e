"""Places of OpenStreetMap: lists of class, name, longitude and latitude, and whole extracts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad.errors import GazetteerError
from marsad.gazetteer.importing.rows import BadRow, Found, RowError, cleaned, degrees, kinds, others, people, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from marsad.gazetteer.importing.rows import Rows

HEADER = ("class", "name", "lon", "lat")
# Tags that hold a name: the local one, those in other languages, and what else the place is or was called.
_NAME_TAGS = ("name:", "alt_name", "old_name", "official_name", "int_name", "loc_name")


def is_list(line: str) -> bool:
    """Tell whether a line is the header of a list of places."""
    return tuple(line.rstrip("\r\n").split("\t")) == HEADER


def read_list(lines: Iterable[str]) -> Rows:
    """Yield the rows of a list; lines that begin with # and the header are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.startswith("#") or is_list(line):
            continue
        try:
            yield _row(line.rstrip("\r\n").split("\t"))
        except RowError as error:
            yield BadRow(number, str(error))


def _row(cells: list[str]) -> Found | None:
    if len(cells) != len(HEADER):
        raise RowError(f"{len(cells)} columns instead of {len(HEADER)}")
    place, name, lon, lat = cells
    if place not in kinds("openstreetmap"):
        return None
    kind, feature = kinds("openstreetmap")[place]
    name, point = cleaned(name), degrees(lat, lon)
    return Found(
        name=name, kind=kind, feature=feature, lat=point[0], lon=point[1], standing=standings().get(place, 0.0)
    )


def read_extract(path: Path) -> Rows:
    """Yield the places of an `.osm.pbf` extract; its nodes alone, since those carry the point of a place's name.

    Raises GazetteerError where pyosmium is not installed or the file is damaged.
    """
    nodes = _nodes(path)
    number = 0
    while True:
        number += 1
        try:
            node = next(nodes, None)
        except RuntimeError as error:
            raise GazetteerError(f"cannot read {path}: {error}") from error
        if node is None:
            return
        try:
            yield _place(node.id, dict(node.tags), node.lat, node.lon)
        except RowError as error:
            yield BadRow(number, str(error))


def _nodes(path: Path) -> Iterator[Any]:
    try:
        osmium = import_module("osmium")
    except ImportError:
        raise GazetteerError(
            f"cannot read {path}: extracts of OpenStreetMap need pyosmium; install it with `pip install osmium`"
        ) from None
    try:
        nodes: Iterator[Any] = iter(
            osmium.FileProcessor(path, osmium.osm.NODE).with_filter(osmium.filter.KeyFilter("place"))
        )
    except RuntimeError as error:
        raise GazetteerError(f"cannot read {path}: {error}") from error
    return nodes


def _place(number: int, tags: Mapping[str, str], lat: float, lon: float) -> Found | None:
    if tags["place"] not in kinds("openstreetmap"):
        return None
    kind, feature = kinds("openstreetmap")[tags["place"]]
    name, point = cleaned(tags.get("name", "")), degrees(lat, lon)
    more = (part for key, value in tags.items() if key.startswith(_NAME_TAGS) for part in value.split(";"))
    try:
        population = people(tags.get("population"))
    except RowError:
        population = 0  # Volunteers write "about 300" and the like there; that is no fault of the place.
    return Found(
        key=f"osm:node/{number}",
        name=name,
        names=others(more, name),
        kind=kind,
        feature=feature,
        lat=point[0],
        lon=point[1],
        population=population,
        standing=standings().get(tags["place"], 0.0),
    )
