"""The gazetteer as its readers hold it: a read-only file of places, asked by name."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, Self

from marsad.errors import GazetteerError
from marsad.gazetteer import resolving
from marsad.gazetteer.build import SCHEMA_VERSION, build, default_path
from marsad.gazetteer.entries import Entry
from marsad.gazetteer.names import fold, normalise, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from marsad.gazetteer.resolving import Context, Match

_COLUMNS = tuple(field.name for field in fields(Entry))
_FIELDS = ", ".join(f"p.{column}" for column in _COLUMNS)
_KIND_ORDER = {"country": 0, "city": 1, "region": 2, "site": 3, "admin1": 4, "admin2": 5}


class Gazetteer:
    """Places by name. Open as many as you like on one file; an object serves one thread at a time."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._database = database
        self._named = lru_cache(maxsize=16384)(self._read_named)
        self._sounding = lru_cache(maxsize=4096)(self._read_sounding)
        self._neighbours = lru_cache(maxsize=256)(self._read_neighbours)
        self.known = lru_cache(maxsize=65536)(self._known)
        # The names of a report are asked for over and over, in the same light.
        self._ranked = lru_cache(maxsize=4096)(partial(resolving.rank, self))

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        build_if_missing: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Open the gazetteer at `path` (by default `default_path()`) for reading.

        Raises GazetteerError where the file is missing (and is not to be built), damaged or of another schema.
        """
        path = path or default_path()
        if not path.exists():
            if not build_if_missing:
                raise GazetteerError(f"no gazetteer at {path}; build it with `marsad gazetteer build`")
            build(path, progress=progress)
        try:
            database = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise GazetteerError(f"cannot open the gazetteer {path}: {error}") from error
        try:
            (found,) = database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() or ("none",)
        except sqlite3.Error as error:
            database.close()
            raise GazetteerError(f"{path} is damaged or is no gazetteer ({error}); build it again") from error
        if found != str(SCHEMA_VERSION):
            database.close()
            raise GazetteerError(f"{path} has schema {found}, this version needs {SCHEMA_VERSION}; build it again")
        return cls(path, database)

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(self, name: str, *, countries: Sequence[str] = (), limit: int = 20) -> tuple[Entry, ...]:
        """Return the places of that name, those in `countries` first in their order, then the better known."""
        plain = fold(name)

        def rank(entry: Entry) -> tuple[int, bool, int, int]:
            near = next((i for i, code in enumerate(countries) if code in entry.countries), len(countries))
            return near, fold(entry.name) != plain, _KIND_ORDER[entry.kind], -entry.population

        return tuple(sorted(self._named(normalise(name)), key=rank)[:limit])

    def sounding(self, name: str, countries: Sequence[str]) -> tuple[tuple[int, str], ...]:
        """Return the names in `countries` of the same consonants: the place's number in the file, the name's key."""
        bones = skeleton(normalise(name))
        return tuple(found for code in countries for found in self._sounding(code, bones)) if bones else ()

    def place(self, number: int) -> Entry:
        """Return the place of a number that `sounding` or `towns` gave."""
        return self._read("WHERE p.number = ?", number)[0]

    def settlements(
        self, west: float, south: float, east: float, north: float, *, people: int = 0
    ) -> tuple[Entry, ...]:
        """Return the settlements in a box of decimal degrees that have so many people at least, the largest first."""
        box = "WHERE p.kind = 'city' AND p.lon BETWEEN ? AND ? AND p.lat BETWEEN ? AND ? AND p.population >= ?"
        found = self._read(box, west, east, south, north, people)
        return tuple(sorted(found, key=lambda entry: (-entry.population, entry.id)))

    def entry(self, identity: str) -> Entry | None:
        """Return the place of an id such as `geonames:703448`, None where there is none."""
        number = self._numbers.get(identity)
        return self.place(number) if number is not None else None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(self._database.execute("SELECT id, number FROM place ORDER BY number DESC").fetchall())

    def towns(
        self, lats: tuple[float, float], lons: tuple[float, float], *, people: int
    ) -> tuple[tuple[int, float, float], ...]:
        """Return number, latitude and longitude of the settlements between these degrees, of `people` and more."""
        condition = "kind = 'city' AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND population >= ?"
        statement = f"SELECT number, lat, lon FROM place WHERE {condition} ORDER BY number"  # noqa: S608
        return tuple(self._database.execute(statement, (*map(float, (*lats, *lons)), people)))

    def resolve(self, name: str, context: Context) -> Match | None:
        """Return the place that `name` most likely means in this context, None where nothing fits well enough."""
        return next((match for match in self.rank(name, context)[:1] if match.possible), None)

    def rank(self, name: str, context: Context) -> tuple[Match, ...]:
        """Return every place that `name` might mean with score and reasons, the best first, those ruled out last."""
        return self._ranked(name, context)

    def country(self, name_or_code: str) -> Entry | None:
        """Return a country by its name or its alpha-2 code (in capitals), None where there is none."""
        if len(name_or_code) == 2 and name_or_code.isupper():
            found = self._read("WHERE p.kind = 'country' AND p.country = ?", name_or_code)
            if found:
                return found[0]
        return next((entry for entry in self._named(normalise(name_or_code)) if entry.kind == "country"), None)

    def countries(self) -> dict[str, str]:
        """Return the name of every country by its alpha-2 code."""
        return self._countries

    @cached_property
    def _countries(self) -> dict[str, str]:
        rows = self._database.execute("SELECT country, name FROM place WHERE kind = 'country' ORDER BY country")
        return dict(rows.fetchall())

    def borders(self, country: str, others: Sequence[str]) -> bool:
        """Tell whether the country borders one of the others by land."""
        return not self._neighbours(country).isdisjoint(others)

    def _known(self, normalised: str, countries: tuple[str, ...]) -> bool:
        """Tell whether a normalised name is that of a place in `countries`, or of one known all over the world."""
        wanted = frozenset(countries)
        return any(
            entry.prominence >= resolving.WELL_KNOWN or not wanted.isdisjoint(entry.countries)
            for entry in self._named(normalised)
        )

    def _read_named(self, key: str) -> tuple[Entry, ...]:
        return self._read("JOIN name n ON n.place = p.number WHERE n.key = ?", key)

    def _read_sounding(self, country: str, bones: str) -> tuple[tuple[int, str], ...]:
        statement = "SELECT place, key FROM sound WHERE country = ? AND skeleton = ?"
        return tuple(self._database.execute(statement, (country, bones)))

    def _read_neighbours(self, country: str) -> frozenset[str]:
        rows = self._database.execute("SELECT other FROM neighbour WHERE country = ?", (country,))
        return frozenset(code for (code,) in rows)

    def _read(self, condition: str, *values: str | float) -> tuple[Entry, ...]:
        rows = self._database.execute(f"SELECT {_FIELDS} FROM place p {condition}", values)  # noqa: S608
        return tuple(_entry(row) for row in rows)


def _entry(row: Sequence[Any]) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["countries"] = tuple(values["countries"].split())
    return Entry(**values)
