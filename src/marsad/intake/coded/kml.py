"""Areas that a map-maker drew, as KML; KMZ is a ZIP archive that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from marsad.errors import InputError
from marsad.intake.coded.areas import Area, area_row
from marsad.intake.items import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.intake.items import Input, Row

_MAX_BYTES = 32 * 1024 * 1024  # what is parsed takes some ten times as much memory


def read_kml(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every placemark with an area; raise InputError where it is no KML."""
    data = source.stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise InputError(f"too long: more than {_MAX_BYTES:,} bytes")
    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = fromstring(data, parser)
    except XMLSyntaxError as error:
        raise InputError(f"not KML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise InputError("KML with a document type, which is not read")
    some = False
    for number, mark in enumerate(root.iter("{*}Placemark")):
        if not any(True for _ in mark.iter("{*}Polygon")):
            continue
        some = True
        where = f"{source.origin}[{number}]"
        try:
            yield area_row(_area(mark, where), source)
        except InputError as error:
            yield Skipped(where, str(error))
    if not some:
        raise InputError("KML without an area")


def _area(mark: Any, where: str) -> Area:
    """Return the area of a placemark, its polygons put together."""
    shapes = [_polygon(one) for one in mark.iter("{*}Polygon")]
    span, stamp = mark.find("{*}TimeSpan"), mark.find("{*}TimeStamp")
    begin = _child(span, "begin") or _child(stamp, "when")
    folders = [_child(one, "name") for one in reversed(list(mark.iterancestors("{*}Folder", "{*}Document")))]
    return Area(
        origin=where,
        properties=_properties(mark),
        geometry={"type": "MultiPolygon", "coordinates": shapes},
        metres=False,
        layers=[name for name in folders if name],
        day=begin,
        until=_child(span, "end"),
    )


def _properties(mark: Any) -> dict[str, str]:
    properties = {name: words for name in ("name", "description") if (words := _child(mark, name))}
    for data in mark.iterfind("{*}ExtendedData//{*}Data"):
        properties[data.get("name") or ""] = _child(data, "value") or ""
    for data in mark.iterfind("{*}ExtendedData//{*}SimpleData"):
        properties[data.get("name") or ""] = (data.text or "").strip()
    return properties


def _polygon(polygon: Any) -> list[list[list[float]]]:
    rings = [*polygon.iterfind("{*}outerBoundaryIs"), *polygon.iterfind("{*}innerBoundaryIs")]
    return [_ring(one.findtext("{*}LinearRing/{*}coordinates") or "") for one in rings]


def _ring(words: str) -> list[list[float]]:
    """Return the points of a ring; KML writes longitude, latitude and often a height, with spaces between points."""
    try:
        return [[float(number) for number in point.split(",")[:2]] for point in words.split()]
    except ValueError as error:
        raise InputError(f"coordinates that are no numbers: {error}") from error


def _child(element: Any, name: str) -> str | None:
    """Return the words of a child element, None where it is missing or blank."""
    words = element.findtext(f"{{*}}{name}") if element is not None else None
    return words.strip() or None if words else None
