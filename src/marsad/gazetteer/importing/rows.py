"""What the readers of files give: places as a file tells them, and the rows that tell none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.gazetteer.features import features
from marsad.gazetteer.names import fold, normalise
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST_NAME = 200
_MOST_DIGITS = 11
_COUNTRY = re.compile(r"[A-Z]{2}")


class RowError(ValueError):
    """A row tells no place; the text says why."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was passed over: its line (or its place in a list), counted from 1, and the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place as a file tells it; coordinates in decimal degrees, `country` None and `population` 0 where not told.

    `standing` in 0..1 is the prominence that the file's own rank of the place, such as "town", stands for at least.
    `key` is the file's own id of the row, None where it has none.
    """

    name: str
    names: tuple[str, ...] = ()
    kind: str
    feature: str
    lat: float
    lon: float
    country: str | None = None
    population: int = 0
    standing: float = 0.0
    key: str | None = None

    @property
    def digest(self) -> bytes:
        """Eight bytes that tell this row from others."""
        told = (self.name, self.names, self.kind, self.feature, self.lat, self.lon, self.country, self.population)
        return hashlib.blake2b(repr((*told, self.key)).encode(), digest_size=8).digest()


# A place, a row that tells none, or None for a row of no interest, such as a stream.
Rows = Iterator[Found | BadRow | None]


def cleaned(name: str) -> str:
    """Return a name with single blanks; raise RowError where there is none, or none that can be looked up."""
    utf8(name)
    name = " ".join(name.split())
    if not name:
        raise RowError("no name")
    if len(name) > _LONGEST_NAME:
        raise RowError(f"a name of {len(name)} letters")
    if not normalise(name):
        raise RowError("a name without letters")
    return name


def others(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the usable ones of further names, without `name` and without repetition; raise RowError as `utf8`."""
    found = [" ".join(other.split()) for other in names]
    for other in found:
        utf8(other)
    usable = (other for other in found if len(other) <= _LONGEST_NAME and normalise(other))
    return tuple(other for other in dict.fromkeys(usable) if other != name)


def utf8(text: str) -> None:
    """Raise RowError where bytes that are not UTF-8 were read into `text`."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise RowError("not UTF-8") from None


def degrees(lat: object, lon: object) -> tuple[float, float]:
    """Return latitude and longitude; raise RowError where they are no numbers or out of range."""
    return _degrees(lat, "latitude", 90), _degrees(lon, "longitude", 180)


def _degrees(value: object, what: str, most: int) -> float:
    if value is None or value == "":
        raise RowError(f"no {what}")
    try:
        number = float(str(value))
    except ValueError:
        raise RowError(f"the {what} is no number") from None
    if not -most <= number <= most:
        raise RowError(f"the {what} is out of range")
    return number


def people(value: object) -> int:
    """Return a population, 0 where none is told; raise RowError where it is no whole number or absurd."""
    text = "" if value is None else str(value).strip().removesuffix(".0")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS):
        raise RowError("the population is no whole number")
    return int(text)


def code(value: object) -> str | None:
    """Return an ISO 3166-1 alpha-2 code, None where none is told; raise RowError where it is something else."""
    text = "" if value is None else str(value).strip().upper()
    if not text:
        return None
    if not _COUNTRY.fullmatch(text):
        raise RowError("the country is no ISO 3166-1 alpha-2 code")
    return text


@cache
def kinds(table: str) -> Mapping[str, tuple[str, str]]:
    """Return the kind and the feature of each code in a table of `kinds.toml`."""
    file = _file()
    rows = file.table(file.data, table)
    return {key: (kind, feature) for key in rows for kind, feature in (file.texts(rows, key, table),)}


@cache
def columns() -> Mapping[str, str]:
    """Return for each folded column name the field that it fills."""
    file = _file()
    table = file.table(file.data, "columns")
    return {fold(name): field for field in table for name in file.texts(table, field, "columns")}


@cache
def distances(table: str) -> Mapping[str, float]:
    """Return the kilometres of a table of `kinds.toml`, by kind of entry."""
    return {kind: float(value) for kind, value in _file().data[table].items()}


@cache
def standings() -> Mapping[str, float]:
    """Return the prominence that each rank of OpenStreetMap stands for at least."""
    return {rank: float(value) for rank, value in _file().data["standing"].items()}


def kind_of(word: object) -> tuple[str, str]:
    """Return kind and feature for a user's word; a settlement where there is none; raise RowError where unknown."""
    text = "" if word is None else fold(str(word))
    if not text:
        return "city", "settlement"
    for table in ("own", "openstreetmap"):
        if text.replace(" ", "_") in kinds(table):
            return kinds(table)[text.replace(" ", "_")]
    if text not in features():
        raise RowError(f"unknown kind '{text[:40]}'")
    kind = features()[text]
    if kind == "country":
        raise RowError("a country, which is not for adding")
    return kind, "settlement" if kind == "city" else text


@cache
def _file() -> DataFile:
    return DataFile(Path(__file__).parent / "kinds.toml")
