"""Reports and their claims in one append-only SQLite file.

One process writes at a time; readers are never blocked. When a call that adds returns, what it added survives a crash
of the process or the machine; until then none of it is there. What linking finds is kept beside, so that one more
report touches only what lies beside it; weighing is a pure function of what stands here, and its results are not kept.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, not_, select

from marsad.errors import StoreError
from marsad.records import Kinship, Outcome
from marsad.serial import to_json
from marsad.store import checking, copying, filling, kept, ledger, searching
from marsad.store import schema as s
from marsad.store.captures import Captures
from marsad.store.engine import kind_of, open_database
from marsad.store.facts import Membership
from marsad.store.judging import Judgements
from marsad.store.linkage import Linkage
from marsad.store.listing import BY_PUBLICATION, Listing
from marsad.store.notices import Notices
from marsad.store.receiving import Receiving
from marsad.store.rows import claim_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import Connection

    from marsad.records import Claim, Inspection, Report
    from marsad.store.engine import Database
    from marsad.store.filling import Rows
    from marsad.store.kept import Row


def theatre_digest(text: str) -> str:
    """Return the name that readings made with a theatre file carry: the SHA-256 of its UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


class Store(Judgements, Listing, Receiving, Captures, Notices):
    """An open store; every method raises StoreError where the file cannot be read or written.

    `learnt` is always when Marsad took the fact in, timezone-aware. A `theatre` argument is a `theatre_digest`, or
    empty for a reading without a theatre. Usable from several threads; a context manager that closes it.
    """

    def __init__(self, database: Database, learnt_by: datetime | None) -> None:
        """Hold a database that `open_database` opened; use `Store.open`."""
        self._database = database
        self._learnt_by = learnt_by
        self._batch = threading.local()

    @property
    def name(self) -> str:
        """The path of the file, or the database's URL without a password."""
        return self._database.name

    @classmethod
    def open(
        cls,
        where: Path | str,
        *,
        busy_seconds: float = 10.0,
        create: bool = True,
        learnt_by: datetime | None = None,
    ) -> Store:
        """Open the store at a path or a `postgresql://` URL; wait `busy_seconds` at most for another writer.

        Where there is no file, or the database is empty, it is created, or MissingStoreError raised if `create` is
        False; an older schema is brought up to date. With `learnt_by` it tells only what it had learnt by that instant,
        and takes nothing in. Raises StoreError where it is no store, is of a later version, or cannot be opened.
        """
        return cls(open_database(where, busy_seconds, create=create), learnt_by)

    def close(self) -> None:
        """Close the file; the store is of no use afterwards."""
        self._database.engine.dispose()

    def release(self) -> None:
        """Give back all connections; later calls open new ones. A process does so before it forks."""
        self._database.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that this thread adds within the block one transaction: there at its end, or not at all."""
        if self._current() is not None:
            raise StoreError(f"{self.name}: a transaction is open already")
        with self._begun():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that this thread asks within the block be answered from one state, whatever others add meanwhile."""
        if self._current() is not None:
            yield
            return
        with self._database.connected() as connection:
            self._batch.connection = connection
            try:
                yield
            finally:
                self._batch.connection = None

    # Adding

    def add(
        self,
        report: Report,
        claims: Sequence[Claim],
        *,
        extractor: str,
        theatre: str,
        learnt: datetime,
        origin: str | None = None,
    ) -> Outcome:
        """Add a report together with the claims read from it; both are there afterwards, or neither."""
        with self._writing():
            name, outcome = self.add_report(report, learnt=learnt, origin=origin)
            self.add_reading(name, extractor, theatre, claims, learnt=learnt)
        return outcome

    def add_reading(
        self, report: str, extractor: str, theatre: str, claims: Sequence[Claim], *, learnt: datetime
    ) -> Outcome:
        """Add what an extractor read in a stored report, claims in order; one that stands already is left alone."""
        if stray := next((claim for claim in claims if claim.report != report), None):
            raise StoreError(f"claim '{stray.id}' is of report '{stray.report}', not of '{report}'")
        key = {"report": report, "extractor": extractor, "theatre": theatre}
        with self._writing() as connection:
            same = and_(*(s.reading.c[name] == value for name, value in key.items()))
            if connection.scalar(select(s.reading.c.id).where(same)) is not None:
                return Outcome.DUPLICATE
            if connection.scalar(select(s.report.c.id).where(s.report.c.id == report)) is None:
                raise StoreError(f"no report '{report}' in the store")
            added = connection.execute(s.reading.insert(), {**key, "learnt": learnt})
            (reading,) = added.inserted_primary_key or (None,)
            rows = [
                claim_row(claim, reading, position, to_json(claim, brief=True)) for position, claim in enumerate(claims)
            ]
            if rows:
                connection.execute(s.claim.insert(), rows)
            ledger.append(connection, ledger.reading_fact({**key, "id": reading, "learnt": learnt}, rows))
        return Outcome.ADDED

    def add_theatre(self, text: str, *, learnt: datetime) -> str:
        """Make a theatre file's text the store's theatre, and return its digest; the latest text is not added twice."""
        with self._writing() as connection:
            if connection.scalar(_LATEST_THEATRE) != text:
                row = {"digest": theatre_digest(text), "text": text, "learnt": learnt}
                ledger.insert(connection, s.theatre, row)
        return theatre_digest(text)

    @contextmanager
    def linking(self, learnt: datetime) -> Iterator[Linkage]:
        """Give the keeper of what linking finds; all that it adds within the block is there at its end, or nothing."""
        with self._writing() as connection:
            yield Linkage(connection, learnt)

    # Asking

    def unlinked(self) -> tuple[str, ...]:
        """Return the ids of reports whose latest reading has not been linked, in the order of `reports`."""
        newest = select(func.max(s.reading.c.id)).where(*self._known(s.reading)).group_by(s.reading.c.report)
        linked = exists().where(s.linked.c.reading == s.reading.c.id, *self._known(s.linked))
        query = (
            select(s.report.c.id)
            .join(s.reading, s.reading.c.report == s.report.c.id)
            .where(s.reading.c.id.in_(newest), not_(linked))
            .order_by(*BY_PUBLICATION)
        )
        with self._reading() as connection:
            return tuple(connection.scalars(query))

    def kinships(self) -> tuple[Kinship, ...]:
        """Return which reports were found to share an origin, and why."""
        columns = (s.kinship.c.report, s.kinship.c.other, s.kinship.c.reasons)
        query = select(*columns).where(*self._known(s.kinship)).order_by(s.kinship.c.report, s.kinship.c.other)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Kinship(report=report, other=other, reasons=tuple(why)) for report, other, why in rows)

    def founders(self) -> Mapping[str, int]:
        """Return the claims that founded propositions, with the rank of each, the oldest first."""
        columns = (s.proposition.c.founder, s.proposition.c.rank)
        query = select(*columns).where(*self._known(s.proposition)).order_by(s.proposition.c.rank)
        with self._reading() as connection:
            return {row.founder: row.rank for row in connection.execute(query)}

    def memberships(self) -> tuple[Membership, ...]:
        """Return of which proposition each claim was when, in the order in which that was found."""
        columns = (s.member.c.claim, s.member.c.proposition, s.member.c.learnt)
        query = select(*columns).where(*self._known(s.member)).order_by(s.member.c.id)
        with self._reading() as connection:
            return tuple(Membership(*row) for row in connection.execute(query))

    def theatre(self) -> str | None:
        """Return the text of the latest theatre, None where there is none."""
        with self._reading() as connection:
            text: str | None = connection.scalar(_LATEST_THEATRE.where(*self._known(s.theatre)))
            return text

    def revision(self) -> tuple[int, ...]:
        """Return numbers that change with everything that is added, by this process or another."""
        counts = (select(func.max(s.ledger.c.number)), select(func.count()).select_from(s.linked))
        with self._reading() as connection:
            return tuple(connection.scalar(query) or 0 for query in counts)

    # Searching

    def index(self, words_of: Callable[[Report], Collection[str]], reports: Collection[str] | None = None) -> None:
        """Let these reports, or all, be found by their words; those that can be are left alone."""
        with self._reading() as connection:
            waiting = searching.unindexed(connection, reports)
        if waiting:
            with self._writing() as connection:
                searching.index(connection, waiting, words_of)

    def having(
        self, words: Collection[str], *, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[str, ...]:
        """Return the ids of the indexed reports with all these words, published in the period, the newest first."""
        with self._reading() as connection:
            return searching.having(connection, words, since, until)

    # Keeping

    @property
    def tells_all(self) -> bool:
        """Whether it is open as it is, and not as it was."""
        return self._learnt_by is None

    def facts(self, name: str) -> Iterator[Row]:
        """Yield all rows of one of the tables `KEPT`, in an order that only they decide; few are held at once.

        Raises StoreError where the store is open as it was: some rows do not say when they came.
        """
        if not self.tells_all:
            raise StoreError(f"{self.name}: opened as it was, and gives out no whole tables")
        with self._reading() as connection:
            yield from kept.facts(connection, name)

    @staticmethod
    def fill(where: Path | str, rows: Rows, head: str | None) -> None:
        """Fill an empty or new store with rows that `facts` gave; see `marsad.store.filling`."""
        filling.fill(where, rows, head)

    def head(self) -> str | None:
        """Return the hash of the ledger's last entry, None where nothing was ever added."""
        query = select(s.ledger.c.hash).where(*self._known(s.ledger)).order_by(s.ledger.c.number.desc()).limit(1)
        with self._reading() as connection:
            return connection.scalar(query)

    def check(self, head: str | None = None) -> Inspection:
        """Return whether all is whole and fits together; `head` is a hash that an earlier inspection gave."""
        with self._reading() as connection:
            return checking.inspect(connection, kind_of(connection).damage(connection), head)

    def back_up(self, to: Path) -> None:
        """Write all that the store holds to a new file, itself a store; others may go on writing meanwhile.

        Raises StoreError where `to` is there already or cannot be written; then nothing is left there.
        """
        copying.back_up(self._database, to)

    @staticmethod
    def restore(backup: Path, where: Path | str) -> None:
        """Fill an empty or new store with what a file keeps, wholly or not at all; raise StoreError where it is not."""
        copying.restore(backup, where)

    # Inside

    def _current(self) -> Connection | None:
        connection: Connection | None = getattr(self._batch, "connection", None)
        return connection

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        if self._learnt_by is not None:
            raise StoreError(f"{self.name}: opened as it was at {self._learnt_by.isoformat()}, and takes nothing in")
        with self._database.connected(writing=True) as connection:
            self._batch.connection = connection
            try:
                yield connection
            finally:
                self._batch.connection = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction, nested in the open one if any, so that a failure undoes only itself."""
        if (connection := self._current()) is None:
            with self._begun() as connection:
                yield connection
            return
        with self._database.told(), connection.begin_nested():
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if (connection := self._current()) is None:
            with self._database.connected() as connection:
                yield connection
            return
        with self._database.told():
            yield connection


_LATEST_THEATRE = select(s.theatre.c.text).order_by(s.theatre.c.id.desc()).limit(1)
