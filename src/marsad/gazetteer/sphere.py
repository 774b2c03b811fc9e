"""Distances and directions on the globe."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

Point = tuple[float, float]
_EARTH_RADIUS_KM = 6371.0088


def kilometres(a: Point, b: Point) -> float:
    """Return the great-circle distance in kilometres between two points (latitude, longitude in decimal degrees)."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def towards(start: Point, bearing: float, distance: float) -> Point:
    """Return the point `distance` kilometres from `start` at `bearing` degrees from north, along the great circle."""
    lat, lon = map(radians, start)
    angle, arc = radians(bearing), distance / _EARTH_RADIUS_KM
    end = asin(sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(angle))
    turn = atan2(sin(angle) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(end))
    return degrees(end), (degrees(lon + turn) + 180) % 360 - 180


def middle(a: Point, b: Point) -> Point:
    """Return the point half way between two points, along the great circle."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    x, y = cos(lat_b) * cos(lon_b - lon_a), cos(lat_b) * sin(lon_b - lon_a)
    lat = atan2(sin(lat_a) + sin(lat_b), sqrt((cos(lat_a) + x) ** 2 + y**2))
    return degrees(lat), (degrees(lon_a + atan2(y, cos(lat_a) + x)) + 180) % 360 - 180
