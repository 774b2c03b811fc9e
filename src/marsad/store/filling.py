"""A new or empty store filled with the rows that another gave out, each held against the ledger that came with them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, get_args

from sqlalchemy import Index, func, select
from sqlalchemy.exc import IntegrityError

from marsad.errors import StoreError
from marsad.records import Claim, Judgement, Outcome
from marsad.serial import from_json
from marsad.store import checking, copying, ledger
from marsad.store import schema as s
from marsad.store.captures import is_of
from marsad.store.engine import file_of, kind_of, open_database
from marsad.store.facts import NoticeOutcome, VisitOutcome
from marsad.store.kept import SOURCES
from marsad.store.paging import chunks, pages
from marsad.store.rows import claim_row, judgement_row, report_of_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from marsad.store.kept import Row

    Cells = dict[str, Any]

Item = TypeVar("Item")

_BUSY_SECONDS = 10.0
_NAMED = 5  # claims of a reading that are named where it is wrong
_PLAIN = ("theatres", "reports", "captures", "receipts", "skips", "visits", "notices", "kinships")
_LINKAGE = ("propositions", "members", "marks", "spots", "slots", "linked")
_BY_CONTENT = Index("ledger_content", s.ledger.c.content)
s.ledger.indexes.remove(_BY_CONTENT)  # only there while a store is filled


class Rows(Protocol):
    """Where the rows come from."""

    def rows(self, table: str, read: Callable[[Row], Item]) -> Iterable[Item]:
        """Yield what `read` makes of each row of a table, in the order of `facts`; the cells are of the right kinds.

        `read` raises StoreError or InputError where a row cannot be.
        """
        ...


def fill(where: Path | str, rows: Rows, head: str | None) -> None:
    """Fill a new or empty store with the rows of every table, wholly or not at all; nothing is believed of them.

    Raises StoreError where the store holds anything, where a row does not fit the others or is not as the ledger has
    it, and where the ledger does not end with the hash `head`.
    """
    to = file_of(where)
    if to is None or to.exists():
        _filled(where, rows, head)
        return
    with copying.new_file(to) as partial:
        _filled(partial, rows, head)


def _filled(where: Path | str, rows: Rows, head: str | None) -> None:
    target = open_database(where, _BUSY_SECONDS)
    try:
        with target.connected(writing=True) as connection:
            copying.must_be_empty(connection, target.name)
            _Filling(connection, rows).all(head)
    finally:
        target.engine.dispose()


class _Filling:
    """Fills the tables in one transaction; the ledger comes first, so that each row is checked as it comes."""

    def __init__(self, connection: Connection, rows: Rows) -> None:
        self._connection = connection
        self._rows = rows
        self._found: Counter[str] = Counter()

    def all(self, head: str | None) -> None:
        indexes = [one for table in s.tables.sorted_tables for one in table.indexes if table is not s.indexed]
        for one in sorted(indexes, key=lambda index: str(index.name)):
            one.drop(self._connection)  # one that is made at the end is made many times as fast
        self._ledger(head)
        _BY_CONTENT.create(self._connection)
        for name in _PLAIN:
            self._plain(name)
        self._beside("readings")
        self._claims()
        self._judgements()
        for name in _LINKAGE:
            self._beside(name)
        self._whole()
        _BY_CONTENT.drop(self._connection)
        for one in indexes:
            one.create(self._connection)
        faults = (*checking.references(self._connection), *checking.links(self._connection))
        if faults:
            raise StoreError(faults[0])
        kind_of(self._connection).after_copy(self._connection, s.tables.sorted_tables)

    # The ledger

    def _ledger(self, head: str | None) -> None:
        number, previous = 0, ledger.FIRST
        for some in chunks(self._rows.rows("ledger", _as_it_is)):
            for row in some:
                number += 1
                if (row["number"], row["previous"]) != (number, previous) or ledger.entry_hash(row) != row["hash"]:
                    raise StoreError(f"entry {row['number']} of the ledger does not follow the one before")
                previous = row["hash"]
            self._put(s.ledger, some)
        if head != (previous if number else None):
            raise StoreError(f"the ledger ends with {previous}, and {head} was announced")

    def _must_be_known(self, facts: Sequence[ledger.Fact], of: Sequence[str] = ()) -> None:
        """Raise StoreError, with what else is said of a row, unless each is as an entry of the ledger has it."""
        c = s.ledger.c
        query = select(c.kind, c.item, c.content, c.learnt).where(c.content.in_([fact.content for fact in facts]))
        known = {tuple(row) for row in self._connection.execute(query)}
        for number, fact in enumerate(facts):
            if tuple(fact) not in known:
                title = of[number] if of else ""
                raise StoreError(f"{fact.kind} '{fact.item}'{title} is not as the ledger has it: changed, or put in")
            self._found[fact.kind] += 1

    def _whole(self) -> None:
        """Raise StoreError where the ledger has more than came."""
        count = func.count()
        for kind, number in self._connection.execute(select(s.ledger.c.kind, count).group_by(s.ledger.c.kind)):
            if number != self._found[kind]:
                raise StoreError(
                    f"the ledger has {number:,} entries of kind {kind}, and {self._found[kind]:,} fit them"
                )

    # What it covers

    def _plain(self, name: str) -> None:
        table = SOURCES[name].table
        for some in chunks(self._rows.rows(name, _CHECKS.get(name, _as_it_is))):
            plain = [ledger.report_fact(row) if table is s.report else ledger.plain_fact(table, row) for row in some]
            self._must_be_known(plain)
            self._put(table, some)

    def _claims(self) -> None:
        """Take in the claims, a few hundred readings at a time; they come by reading and position."""
        groups = groupby(self._rows.rows("claims", _claim), lambda found: found.cells["reading"])
        ahead = next(groups, None)
        for readings in chunks(pages(self._connection, list(s.reading.c))):
            lengths = self._lengths([reading.report for reading in readings])
            facts, titles, found = [], [], []
            for reading in readings:
                claims: list[Cells] = []
                if ahead is not None and ahead[0] == reading.id:
                    claims = [one.of(reading.report, lengths[reading.report]) for one in ahead[1]]
                    ahead = next(groups, None)
                facts.append(ledger.reading_fact(reading._mapping, claims))
                named = ", ".join(f"'{one['id']}'" for one in claims[:_NAMED]) or "none"
                titles.append(f" of report '{reading.report}' with the claims {named}")
                found += claims
            self._must_be_known(facts, titles)
            self._put(s.claim, found)
        if ahead is not None:
            raise StoreError(f"claims of reading {ahead[0]}: it is not there, or they are out of order")

    def _lengths(self, reports: list[str]) -> dict[str, int]:
        query = select(s.report.c.id, func.length(s.report.c.text)).where(s.report.c.id.in_(reports))
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _judgements(self) -> None:
        for rows in chunks(self._rows.rows("judgements", _judgement)):
            self._must_be_known([ledger.judgement_fact(row) for row in rows])
            self._put(s.judgement, rows)

    # What it does not cover

    def _beside(self, name: str) -> None:
        table = SOURCES[name].table
        for some in chunks(self._rows.rows(name, _as_it_is)):
            rows = (
                some
                if table is not s.mark
                else [{"mark": mark, "report": row["report"]} for row in some for mark in row["marks"]]
            )
            self._put(table, rows)

    def _put(self, table: Table, rows: Sequence[Row]) -> None:
        if not rows:
            return
        try:
            with self._connection.begin_nested():
                self._connection.execute(table.insert(), rows)
        except IntegrityError:
            for row in rows:
                self._put_one(table, row)
            raise

    def _put_one(self, table: Table, row: Row) -> None:
        """Add one of some rows that do not fit together, and raise StoreError that names it where it is at fault."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(table.insert(), row)
        except IntegrityError as error:
            key = ", ".join(str(row[column.name]) for column in table.primary_key)
            reason = "stands there already, or names a row that is not there"
            raise StoreError(f"{table.name} '{key}': {reason}") from error


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim, and its cells with the record as it came."""

    claim: Claim
    cells: Cells

    def of(self, report: str, length: int) -> Cells:
        """Return the cells; raise StoreError unless it is of a report, and within its text of so many characters."""
        if self.claim.report != report:
            raise StoreError(f"claim '{self.claim.id}' is of report '{self.claim.report}', its reading of '{report}'")
        for fault in checking.strayed(self.claim, report, length):
            raise StoreError(fault)
        return self.cells


def _claim(row: Row) -> _Found:
    record = {name: value for name, value in row.items() if name not in {"reading", "position"}}
    claim = from_json(Claim, record)
    return _Found(claim, claim_row(claim, row["reading"], row["position"], record))


def _judgement(row: Row) -> Cells:
    record = {name: value for name, value in row.items() if name != "number"}
    return {"number": row["number"], **judgement_row(from_json(Judgement, record)), "record": record}


def _as_it_is(row: Row) -> Row:
    return row


def _check_report(row: Row) -> Row:
    report_of_cells({name: value for name, value in row.items() if name not in {"published_at", "learnt"}})
    if any("\0" in value for value in row.values() if isinstance(value, str)):
        raise StoreError(f"report {row['id']!r}: text with a NUL character cannot be stored")
    if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
        raise StoreError(f"report '{row['id']}': its text is not the one of its SHA-256")
    return row


def _check_capture(row: Row) -> Row:
    if not is_of(row["sha256"], row["packed"]):
        raise StoreError(f"capture '{row['sha256']}': its bytes are not those of its SHA-256")
    _must_be(datetime.fromisoformat, row, "retrieved")
    return row


def _check_theatre(row: Row) -> Row:
    if hashlib.sha256(row["text"].encode()).hexdigest() != row["digest"]:
        raise StoreError(f"theatre {row['id']}: its text is not the one of its digest")
    return row


def _check_receipt(row: Row) -> Row:
    if row["outcome"] is not None:
        _must_be(Outcome, row, "outcome")
    return row


def _check_visit(row: Row) -> Row:
    _must_be(get_args(VisitOutcome).index, row, "outcome")
    return row


def _check_notice(row: Row) -> Row:
    _must_be(get_args(NoticeOutcome).index, row, "outcome")
    return row


def _must_be(reads: Callable[[str], object], row: Row, name: str) -> None:
    try:
        reads(row[name])
    except ValueError as error:
        raise StoreError(f"'{name}' cannot be {row[name]!r}") from error


_CHECKS: Mapping[str, Callable[[Row], Row]] = {
    "reports": _check_report,
    "captures": _check_capture,
    "theatres": _check_theatre,
    "receipts": _check_receipt,
    "visits": _check_visit,
    "notices": _check_notice,
}
