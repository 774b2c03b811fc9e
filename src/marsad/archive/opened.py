"""An archive read again, a day at a time, as a monitor takes it in."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from marsad.archive.job import SCHEMA
from marsad.archive.tables import read_table
from marsad.errors import InputError
from marsad.intake import Skipped
from marsad.records import Claim, Kinship, Report, Slot, Spot
from marsad.serial import from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Item = TypeVar("Item")

ARCHIVE, THEATRE = "archive.json", "theatre.toml"
"""What an archive says of itself, by which it is known, and the profile of its war."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What an archive has of the reports of one day; all by report.

    `unread` says why a report was not read, `origins` are the inputs that brought it, each with the SHA-256 of its
    bytes where there is one; `marks` are what it is found by.
    """

    reports: tuple[Report, ...]
    unread: Mapping[str, str]
    claims: Mapping[str, tuple[Claim, ...]]
    origins: Mapping[str, tuple[tuple[str, str | None], ...]]
    marks: Mapping[str, tuple[int, ...]]
    kinships: tuple[Kinship, ...]


@dataclass(frozen=True)
class Archived:
    """A whole archive in a folder; every method raises InputError where a file of it is not what it must be."""

    folder: Path

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """What it says of itself."""
        return told_by(self.folder)

    @property
    def extractor(self) -> str:
        """Name and version of what read its reports."""
        return str(self.told["extractor"])

    @property
    def theatre(self) -> str | None:
        """The text of its theatre, None where it has none."""
        path = self.folder / THEATRE
        return path.read_text("utf-8") if path.exists() else None

    def days(self) -> Iterator[Holding]:
        """Yield what it has of each day, in order, and then of no known day."""
        for day in sorted(path.name for path in (self.folder / "reports").glob("date=*")):
            yield self._of(day)

    def sites(self) -> Mapping[Spot, str]:
        """Return the site of every spot."""
        rows = read_table(self.folder, "sites")
        return {
            Spot(*(row[name] for name in ("identity", "name", "lat", "lon", "facility"))): row["site"] for row in rows
        }

    def slots(self) -> Iterator[tuple[Slot, ...]]:
        """Yield where the claims of each day stand, in the order in which they were stated."""
        for path in sorted((self.folder / "slots").glob("date=*")):
            yield tuple(from_json(Slot, dict(row)) for row in self._rows("slots", path.name))

    def skipped(self) -> Iterator[Skipped]:
        """Yield what was skipped, with why."""
        for row in read_table(self.folder, "skipped"):
            yield Skipped(row["origin"], row["reason"])

    def _of(self, day: str) -> Holding:
        reports: list[Report] = []
        unread: dict[str, str] = {}
        for row in self._rows("reports", day):
            report = from_json(Report, _without(row, "published_at", "replaced_by", "unread"))
            reports.append(report)
            if row["unread"]:
                unread[report.id] = row["unread"]
        claims = [(row["position"], _claim(row)) for row in self._rows("claims", day)]
        claims.sort(key=lambda one: one[0])
        return Holding(
            reports=tuple(sorted(reports, key=lambda one: (one.published is None, one.published, one.id))),
            unread=unread,
            claims=_by(lambda one: one.report, [claim for _, claim in claims]),
            origins={
                report: tuple((row["origin"], row["content"]) for row in rows)
                for report, rows in _by(lambda row: row["report"], self._rows("receipts", day)).items()
            },
            marks={row["report"]: tuple(row["marks"]) for row in self._rows("marks", day)},
            kinships=tuple(from_json(Kinship, dict(row)) for row in self._rows("kinships", day)),
        )

    def _rows(self, table: str, day: str) -> Iterator[Mapping[str, Any]]:
        return read_table(self.folder, table, f"{day}/**")


def is_archive(folder: Path | str) -> bool:
    """Tell whether a whole archive stands in a folder."""
    return not str(folder).startswith("postgresql:") and (Path(folder) / ARCHIVE).is_file()


def told_by(folder: Path) -> Mapping[str, Any]:
    """Return what an archive says of itself; raise InputError where it cannot be read, or is of a later version."""
    try:
        told = json.loads((folder / ARCHIVE).read_bytes())
        schema = told["archive"]
        known = type(schema) is int and {"extractor", "identity", "rows", "unread"} <= told.keys()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(f"{folder / ARCHIVE}: is not what an archive says of itself") from error
    if not known:
        raise InputError(f"{folder / ARCHIVE}: is not what an archive says of itself")
    if schema != SCHEMA:
        raise InputError(f"{folder}: an archive of version {schema}; this version of Marsad reads those of {SCHEMA}")
    return dict(told)


def _claim(row: Mapping[str, Any]) -> Claim:
    return from_json(Claim, _without(row, "published_at", "position", "replaced_by"))


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _by(key: Callable[[Item], str], items: Iterator[Item] | list[Item]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for one in items:
        found[key(one)].append(one)
    return {name: tuple(some) for name, some in found.items()}
