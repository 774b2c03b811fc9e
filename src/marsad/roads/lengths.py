"""Lengths of lines on the globe."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from marsad.gazetteer import kilometres

if TYPE_CHECKING:
    from collections.abc import Sequence


def length(line: Sequence[tuple[float, float]]) -> float:
    """Return the kilometres of a line of points (longitude, latitude) along great circles."""
    return sum(kilometres(one[::-1], other[::-1]) for one, other in pairwise(line))
