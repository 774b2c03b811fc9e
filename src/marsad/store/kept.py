"""What a store keeps, table by table: the rows as they go out whole, and as they come back exactly.

A row is a mapping of its cells by name. The tables of claims and judgements have the fields of the record beside the
cells, as the JSON that is kept of it; fields that a row of an earlier version lacks stay away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import JSON, BigInteger, Float, Integer, LargeBinary, select

from marsad.records import Claim, Judgement
from marsad.store import schema as s
from marsad.store.columns import Instant

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table

Row: TypeAlias = Mapping[str, Any]

_AT_ONCE = 1000


class Kind(Enum):
    """What a cell holds: instants are of Marsad's own clock, in UTC; those of others are words, with their offset."""

    NUMBER = auto()
    REAL = auto()
    WORDS = auto()
    INSTANT = auto()
    BYTES = auto()
    LIST = auto()
    NUMBERS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A column of a table; `optional` where it can be empty."""

    name: str
    kind: Kind
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A table that is kept; after its cells come the fields of `record`, if any."""

    name: str
    cells: tuple[Cell, ...]
    record: type[Claim | Judgement] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the rows of a table stand, and in which order they go out."""

    table: Table
    order: tuple[Column[Any], ...]


def facts(connection: Connection, name: str) -> Iterator[Row]:
    """Yield the rows of the table of that name, in an order that only they decide; few are held at once."""
    kept, source = KEPT[name], SOURCES[name]
    if source.table is s.mark:
        yield from _marks(connection)
        return
    names = [cell.name for cell in kept.cells]
    columns = [source.table.c[one] for one in names]
    if kept.record is not None:
        columns.append(source.table.c.record)
    query = select(*columns).order_by(*source.order).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(query):
        cells = dict(zip(names, row, strict=False))
        yield cells if kept.record is None else {**cells, **row[-1]}


def _marks(connection: Connection) -> Iterator[Row]:
    """Yield what each report is found by in one row."""
    query = select(s.mark.c.report, s.mark.c.mark).order_by(s.mark.c.report, s.mark.c.mark)
    for report, some in groupby(connection.execute(query.execution_options(yield_per=_AT_ONCE)), itemgetter(0)):
        yield {"report": report, "marks": [mark for _, mark in some]}


_SOURCES = {
    "theatres": (s.theatre, ("id",)),
    "reports": (s.report, ("id",)),
    "captures": (s.capture, ("sha256",)),
    "receipts": (s.receipt, ("id",)),
    "skips": (s.skip, ("id",)),
    "visits": (s.visit, ("id",)),
    "notices": (s.notice, ("id",)),
    "readings": (s.reading, ("id",)),
    "claims": (s.claim, ("reading", "position", "id")),
    "kinships": (s.kinship, ("report", "other")),
    "propositions": (s.proposition, ("rank",)),
    "members": (s.member, ("id",)),
    "marks": (s.mark, ("report", "mark")),
    "spots": (s.spot, ("id",)),
    "slots": (s.slot, ("claim",)),
    "linked": (s.linked, ("reading",)),
    "judgements": (s.judgement, ("number",)),
    "ledger": (s.ledger, ("number",)),
}
SOURCES: Mapping[str, Source] = MappingProxyType(
    {name: Source(table=table, order=tuple(table.c[one] for one in order)) for name, (table, order) in _SOURCES.items()}
)
"""Where each table stands."""

_RECORDS: Mapping[str, type[Claim | Judgement]] = {"claims": Claim, "judgements": Judgement}
_BESIDE = {"claims": ("reading", "position"), "judgements": ("number",)}  # the other columns repeat the record
_MARKS = (Cell(name="report", kind=Kind.WORDS), Cell(name="marks", kind=Kind.NUMBERS))


def _cells(name: str) -> tuple[Cell, ...]:
    table = SOURCES[name].table
    if table is s.mark:
        return _MARKS
    columns = [table.c[one] for one in _BESIDE.get(name, table.c.keys())]
    return tuple(Cell(name=one.name, kind=_kind(one), optional=bool(one.nullable)) for one in columns)


def _kind(column: Column[Any]) -> Kind:
    kinds = {Instant: Kind.INSTANT, JSON: Kind.LIST, Float: Kind.REAL, LargeBinary: Kind.BYTES}
    kinds |= {Integer: Kind.NUMBER, BigInteger: Kind.NUMBER}
    return kinds.get(type(column.type), Kind.WORDS)


KEPT: Mapping[str, Kept] = MappingProxyType(
    {name: Kept(name=name, cells=_cells(name), record=_RECORDS.get(name)) for name in SOURCES}
)
"""The tables by name; those that others name come first, and the ledger last."""
