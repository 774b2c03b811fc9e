"""Putting places into the gazetteer's file: a place that is there gains names, another becomes a row of its own."""

from __future__ import annotations

from enum import Enum
from math import sqrt
from typing import TYPE_CHECKING

from marsad.gazetteer.build import write_place
from marsad.gazetteer.entries import Entry
from marsad.gazetteer.importing.rows import distances
from marsad.gazetteer.names import normalise
from marsad.gazetteer.scripts import bones, likeness
from marsad.gazetteer.sources import prominence, without_features
from marsad.gazetteer.sphere import kilometres

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from marsad.gazetteer.importing.area import Area
    from marsad.gazetteer.importing.rows import Found

# Rows whose names only sound alike, across scripts mostly, must lie closer than rows of one name to be one place.
_ALIKE_WITHIN_KM = 2.0
_ALIKE = 90.0
# The end of Latin keys and of all: of two names that are not Latin, the exact look-up has told already.
_LAST_LATIN, _LAST = "\x7f", "\U0010ffff"
# Small features are less spoken of than towns with as many names.
_RENOWN_OF_OTHERS = 0.6


class Outcome(Enum):
    """What became of a row."""

    ADDED = "added"
    MERGED = "merged"
    KNOWN = "known"
    LEFT_OUT = "left out"


class Merger:
    """Adds the rows of one file to a gazetteer open for writing, inside the caller's transaction."""

    def __init__(self, database: sqlite3.Connection, imported: int, source: str, area: Area) -> None:
        self._database = database
        self._imported = imported
        self._source = source
        self._area = area
        self._next: int = database.execute("SELECT coalesce(max(number), 0) + 1 FROM place").fetchone()[0]

    def add(self, found: Found) -> Outcome:
        """Add a row, or its names to the place that it is of."""
        digest = found.digest
        if self._database.execute("SELECT 1 FROM added WHERE digest = ?", (digest,)).fetchone():
            return Outcome.KNOWN
        told = found.country or self._area.country
        country = told or self._area.country_at(found.lat, found.lon)
        if self._area.only and country not in self._area.only:
            return Outcome.LEFT_OUT
        names = (found.name, *found.names)
        if found.kind in {"admin1", "admin2"}:
            names = tuple(without_features(names))
        keys = {key for name in names if (key := normalise(name))}
        place = self._named(found, keys, told)
        if place is None and country:
            place = self._sounding(found, keys, country)
        outcome = Outcome.ADDED if place is None else Outcome.MERGED
        if place is None:
            place = self._insert(found, country, inferred=told is None)
        else:
            self._credit(place)
        self._name(place, keys)
        self._database.execute(
            "INSERT INTO added VALUES (?, ?, ?, ?, ?, ?)",
            (digest, place, self._imported, "|".join((found.name, *found.names)), found.lat, found.lon),
        )
        return outcome

    def _named(self, found: Found, keys: Iterable[str], country: str | None) -> int | None:
        """Return the nearest place of the same kind and name that is near enough to be the same, by its number."""
        if found.kind == "country":
            rows = self._places("kind = 'country' AND country = ?", (country,))
        else:
            named = "number IN (SELECT place FROM name WHERE key = ?)"
            rows = [row for key in keys for row in self._places(named, (key,))]
        return _nearest(found, rows, country)

    def _sounding(self, found: Found, keys: Iterable[str], country: str) -> int | None:
        """Return the nearest place of the same kind whose name sounds the same, a stone's throw away."""
        statement = "SELECT key, place FROM sound WHERE country = ? AND skeleton = ? AND key <= ?"
        rows = {
            row
            for key in keys
            for skeleton in bones(key)
            for other, place in self._database.execute(
                statement, (country, skeleton, _LAST_LATIN if not key.isascii() else _LAST)
            ).fetchall()
            if _alike(key, other)
            for row in self._places("number = ?", (place,))
        }
        return _nearest(found, rows, country, within=_ALIKE_WITHIN_KM)

    def _places(self, condition: str, values: tuple[object, ...]) -> list[_Place]:
        statement = f"SELECT number, kind, lat, lon, country, radius_km FROM place WHERE {condition}"  # noqa: S608
        return self._database.execute(statement, values).fetchall()

    def _insert(self, found: Found, country: str | None, *, inferred: bool) -> int:
        """Insert a place of its own and return its number."""
        number, self._next = self._next, self._next + 1
        renown = max(found.standing, prominence(found.population, 1 + len(found.names)))
        radius = distances("radius_km")[found.kind]
        entry = Entry(
            id=found.key or f"own:{found.digest.hex()}",
            name=found.name,
            kind=found.kind,
            lat=found.lat,
            lon=found.lon,
            country=country,
            countries=(country,) if country else (),
            admin=None,
            feature=found.feature,
            population=found.population,
            radius_km=round(radius + 0.35 * sqrt(found.population / 1000), 1) if found.kind == "city" else radius,
            prominence=renown if found.kind == "city" else round(_RENOWN_OF_OTHERS * renown, 3),
            source=self._source + ("; country: that of the nearest towns" if inferred and country else ""),
        )
        write_place(self._database, number, entry)
        return number

    def _credit(self, place: int) -> None:
        """Name this file's source beside the place's own."""
        self._database.execute(
            "UPDATE place SET source = source || '; ' || ?1 WHERE number = ?2 AND instr(source, ?1) = 0",
            (self._source, place),
        )

    def _name(self, place: int, keys: Iterable[str]) -> None:
        self._database.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", [(key, place) for key in keys])
        (countries,) = self._database.execute("SELECT countries FROM place WHERE number = ?", (place,)).fetchone()
        sounds = ((code, way, key, place) for code in countries.split() for key in keys for way in bones(key))
        self._database.executemany("INSERT OR IGNORE INTO sound VALUES (?, ?, ?, ?)", sounds)


_Place = tuple[int, str, float, float, str | None, float]


def _nearest(found: Found, rows: Iterable[_Place], country: str | None, within: float | None = None) -> int | None:
    """Return the nearest of the places that may be the one found; two countries that are told apart never meet."""
    limit = distances("same_within_km")[found.kind]
    near: list[tuple[float, int]] = []
    for number, kind, lat, lon, other, radius in rows:
        if kind == found.kind and (not country or not other or other == country):
            distance = kilometres((found.lat, found.lon), (lat, lon))
            if distance <= (within or max(limit, radius)):
                near.append((distance, number))
    return min(near, default=(0.0, None))[1]


def _alike(one: str, other: str) -> bool:
    """Tell whether two names sound the same, at least one of them Latin."""
    return (likeness(one, other) if one.isascii() else likeness(other, one)) >= _ALIKE
