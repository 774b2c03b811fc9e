"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
_EARTH_RADIUS_KM = 6371.0088


def kilometres(a: Point, b: Point) -> float:
    """Return the great-circle distance in kilometres between two points (latitude, longitude in decimal degrees)."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))
