"""Shapes as others write them to polygons in degrees: GeoJSON's own, and the metres of web maps turned back."""

from __future__ import annotations

from math import atan, degrees, isfinite, pi, sinh
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.items import shown, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Ring = list[tuple[float, float]]
Polygon = list[Ring]

_VERTICES = 200_000
_RADIUS = 6_378_137.0  # of the sphere of web maps, in metres
_EDGE = pi * _RADIUS
_DIGITS = 6  # a tenth of a metre
_MERCATOR = frozenset({"3857", "900913", "102100", "102113", "3785"})
_DEGREES = frozenset({"4326", "CRS84", "4979"})
_DEPTH = 4


def polygons(geometry: object, *, metres: bool | None) -> list[Polygon]:
    """Return the polygons of a GeoJSON geometry: rings of longitude and latitude, the first the outer one.

    `metres` tells whether the coordinates are those of EPSG:3857; None where that is to be told by their size. Raises
    InputError where it is no area, or one of too many vertices.
    """
    found = [_rings(one) for one in _parts(geometry, _DEPTH)]
    if not found:
        raise InputError("an area of no polygons")
    count = sum(len(ring) for one in found for ring in one)
    if count > _VERTICES:
        raise InputError(too_long(count, "vertices", _VERTICES))
    points = [point for one in found for ring in one for point in ring]
    if metres is None:
        metres = any(abs(x) > 180 or abs(y) > 90 for x, y in points)
    limits = (_EDGE * 1.001, _EDGE * 1.001) if metres else (180.0, 90.0)
    if wrong := next((point for point in points if abs(point[0]) > limits[0] or abs(point[1]) > limits[1]), None):
        raise InputError(f"coordinates that lie nowhere: {shown(wrong)}")
    return [[[_degrees(*point) if metres else _rounded(*point) for point in ring] for ring in one] for one in found]


def in_metres(holder: Mapping[str, object]) -> bool | None:
    """Return whether a GeoJSON object says that its coordinates are in metres, None where it does not say.

    Raises InputError where it says that they are of another system.
    """
    crs, reference = holder.get("crs"), holder.get("spatialReference")
    named = crs.get("properties") if isinstance(crs, dict) else None
    code = str(named.get("name", "")) if isinstance(named, dict) else ""
    if isinstance(reference, dict):
        code = str(reference.get("latestWkid") or reference.get("wkid") or "")
    last = code.replace("/", ":").split(":")[-1].strip().upper()
    if not last:
        return None
    if last in _MERCATOR:
        return True
    if last in _DEGREES:
        return False
    raise InputError(f"coordinates of the system {shown(code)}; known are WGS 84 and EPSG:3857")


def _parts(geometry: object, depth: int) -> Iterator[list[object]]:
    """Yield the coordinates of each polygon."""
    if not isinstance(geometry, dict):
        raise InputError(f"no geometry: {shown(geometry)}")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection" and depth and isinstance(geometry.get("geometries"), list):
        for one in geometry["geometries"]:
            yield from _parts(one, depth - 1)
    elif kind in {"Polygon", "MultiPolygon"} and isinstance(coordinates, list):
        for one in [coordinates] if kind == "Polygon" else coordinates:
            if not isinstance(one, list):
                raise InputError("a polygon that is no list of rings")
            yield one
    else:
        raise InputError(f"no area: {shown(kind)}")


def _rings(polygon: list[object]) -> Polygon:
    rings = []
    for ring in polygon:
        if not isinstance(ring, list) or len(ring) < 3:
            raise InputError("a ring of less than three points")
        points = [_point(point) for point in ring]
        rings.append(points if points[0] == points[-1] else [*points, points[0]])
    if not rings:
        raise InputError("a polygon without a ring")
    return rings


def _point(point: object) -> tuple[float, float]:
    if isinstance(point, list) and len(point) >= 2:
        x, y = point[:2]
        if type(x) in {int, float} and type(y) in {int, float} and abs(x) < 1e9 and abs(y) < 1e9 and isfinite(x + y):
            return float(x), float(y)
    raise InputError(f"no point: {shown(point)}")


def _rounded(lon: float, lat: float) -> tuple[float, float]:
    return round(lon, _DIGITS), round(lat, _DIGITS)


def _degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a point of EPSG:3857, a sphere by Mercator's projection."""
    return _rounded(degrees(x / _RADIUS), degrees(atan(sinh(y / _RADIUS))))
