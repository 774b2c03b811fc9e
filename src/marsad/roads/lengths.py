"""Lengths on the globe."""

from __future__ import annotations

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EARTH_KM = 6371.0088


def kilometres(line: Sequence[tuple[float, float]]) -> float:
    """Return the length of a line of points (longitude, latitude) along great circles."""
    return sum(_between(one, other) for one, other in pairwise(line))


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lon_a, lat_a), (lon_b, lat_b) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
