"""Which countries are asked for, and in which one a point lies that names none."""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from math import cos, floor, hypot, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# A point's country is that of the nearest towns, by distance: right for 96 of 100 towns of five countries at war, each
# left out in turn, and for 99 of 100 of the world's.
_VOTERS = 3
_CELLS_A_DEGREE = 2
_CELLS_AROUND = 360 * _CELLS_A_DEGREE


class Area:
    """The countries of one job of adding: `country` is that of rows which name none, `only` are those asked for."""

    def __init__(self, database: sqlite3.Connection, country: str | None, only: frozenset[str]) -> None:
        self._database = database
        self.country = country
        self.only = only
        self._has_towns = False

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the country of the nearest known towns, None where there is no town within some 50 km."""
        if not self._has_towns:
            self._sort_towns()
        x, y = _cell(lat, lon)
        width = cos(radians(lat))
        # On so small a piece of the globe a plane will do, and it is asked for every row.
        near = nsmallest(
            _VOTERS,
            (
                (hypot(lat - at, width * ((lon - on + 180) % 360 - 180)), country)
                for i in (-1, 0, 1)
                for at, on, country in self._database.execute(
                    "SELECT lat, lon, country FROM town WHERE x = ? AND y IN (?, ?, ?)",
                    (x + i, (y - 1) % _CELLS_AROUND, y, (y + 1) % _CELLS_AROUND),
                )
            ),
        )
        votes: dict[str, float] = defaultdict(float)
        for distance, country in near:
            votes[country] += 1 / (0.02 + distance)
        return max(votes, key=votes.__getitem__, default=None)

    def _sort_towns(self) -> None:
        """Sort the towns whose country was told, not inferred, into cells of half a degree."""
        self._database.execute("CREATE TEMP TABLE town (x INTEGER, y INTEGER, lat REAL, lon REAL, country TEXT)")
        towns = self._database.execute(
            "SELECT lat, lon, country FROM place WHERE kind = 'city' AND country IS NOT NULL "
            "AND number NOT IN (SELECT place FROM added)"
        )
        rows = ((*_cell(lat, lon), lat, lon, country) for lat, lon, country in towns)
        self._database.executemany("INSERT INTO town VALUES (?, ?, ?, ?, ?)", rows)
        self._database.execute("CREATE INDEX temp.cell ON town (x, y)")
        self._has_towns = True


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat * _CELLS_A_DEGREE), floor((lon + 180) * _CELLS_A_DEGREE) % _CELLS_AROUND
