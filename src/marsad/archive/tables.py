"""The tables of an archive: their columns, and the folders of dates and countries in which their rows stand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from marsad.exports import Layout, written_as
from marsad.records import (
    Assessment,
    Claim,
    ControlState,
    Dispute,
    Kinship,
    Link,
    Proposition,
    Report,
    Slot,
    SourceRecord,
)
from marsad.store import Cell, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from marsad.store import Row

SCHEMA = 1
UNKNOWN = "unknown"


def _words(*names: str) -> tuple[Cell, ...]:
    """Return cells of words; a name that ends with a question mark can be empty."""
    return tuple(Cell(name=one.rstrip("?"), kind=Kind.WORDS, optional=one.endswith("?")) for one in names)


_PUBLISHED = Cell(name="published_at", kind=Kind.INSTANT, optional=True)
_POSITION = Cell(name="position", kind=Kind.NUMBER)
_POINT = tuple(Cell(name=name, kind=Kind.REAL, optional=True) for name in ("lat", "lon"))
_LAYOUTS = (
    Layout(name="reports", cells=(_PUBLISHED, *_words("replaced_by?", "unread?")), record=Report),
    Layout(name="claims", cells=(_PUBLISHED, _POSITION, *_words("replaced_by?")), record=Claim),
    Layout(name="propositions", record=Proposition),
    Layout(name="assessments", record=Assessment),
    Layout(name="links", record=Link),
    Layout(name="disputes", record=Dispute),
    Layout(name="control", record=ControlState),
    Layout(name="sources", record=SourceRecord),
    Layout(name="receipts", cells=_words("report", "origin", "outcome", "content?")),
    Layout(name="skipped", cells=_words("origin", "reason")),
    Layout(name="irrelevant", cells=(_PUBLISHED, *_words("report", "origin", "title", "url?"))),
    Layout(name="kinships", record=Kinship),
    Layout(name="marks", cells=(*_words("report"), Cell(name="marks", kind=Kind.NUMBERS))),
    Layout(name="sites", cells=(*_words("identity", "name"), *_POINT, *_words("facility", "site"))),
    Layout(name="slots", record=Slot),
)
TABLES: Mapping[str, Layout] = MappingProxyType({layout.name: layout for layout in _LAYOUTS})
"""The tables, by name."""


def partition(table: str, **columns: str) -> str:
    """Return the folder of rows that share these values, as all that read Parquet in folders know them."""
    return "/".join((table, *(f"{name}={quote(value, safe='')}" for name, value in columns.items())))


def day_of(report: Report | None) -> str:
    """Return the day on which a report was published, in UTC."""
    when = report.published if report else None
    return when.astimezone(UTC).date().isoformat() if when else UNKNOWN


def country_of(claims: Iterable[Claim]) -> str:
    """Return the country in which most of the places of some claims lie, the first by name of several."""
    known = Counter(claim.place.country for claim in claims if claim.place and claim.place.country)
    return min(known, key=lambda one: (-known[one], one), default=UNKNOWN)


def write_table(table: str, rows: Iterable[Row], stream: BinaryIO) -> int:
    """Write the rows of one folder of a table, whose bytes follow from them alone, and return how many there are."""
    layout = TABLES[table]
    instants = [cell.name for cell in layout.cells if cell.kind is Kind.INSTANT]

    def out(row: Row) -> Row:
        times = {name: datetime.fromisoformat(row[name]) for name in instants if row[name]}
        return {**row, **times}

    header = {"table": table, "schema": SCHEMA}
    number: int = written_as("parquet").write(header, map(out, rows), stream, layout)
    return number


def read_table(folder: Path, table: str, where: str = "**") -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table in the folders below it that a pattern tells, by their names; raise InputError."""
    for path in sorted((folder / table).glob(f"{where}/*.parquet")):
        with path.open("rb") as stream:
            yield from written_as("parquet").read(stream, TABLES[table])
