"""What came in: reports, by which inputs, and what was skipped."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from marsad.errors import StoreError
from marsad.serial import to_json
from marsad.store import ledger
from marsad.store import schema as s
from marsad.store.facts import Receipt, Skip
from marsad.store.part import Part
from marsad.store.rows import as_version, report_row

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from marsad.records import Report
    from marsad.store.facts import Outcome


class Receiving(Part):
    """The part of a store that takes reports in and keeps receipts."""

    def add_report(
        self,
        report: Report,
        *,
        learnt: datetime,
        origin: str | None = None,
        content: str | None = None,
        versioned: bool = False,
    ) -> tuple[str, Outcome]:
        """Add a report, and return the id under which it stands and what became of it.

        One with the same id and text is a `duplicate` and changes nothing but the receipts. Where the id stands for
        another text, and this one says when it was `updated`, it is added as a version of that report, under an id of
        its own; where it does not say, it counts from its retrieval if `versioned`, else StoreError is raised. `origin`
        names the input and `content` is the SHA-256 of its bytes, for the receipts.
        """
        if any("\0" in value for value in to_json(report).values() if isinstance(value, str)):
            raise StoreError("text with a NUL character cannot be stored")
        with self._writing() as connection:
            known = self._text_of(connection, report.id)
            if known not in (None, report.sha256):
                if report.updated is None and not (versioned and report.retrieved):
                    raise StoreError(f"id '{report.id}' is already used by another text")
                report = as_version(report)
                known = self._text_of(connection, report.id)
            outcome: Outcome = "duplicate" if known else "updated" if report.version_of else "added"
            if known is None:
                row = report_row(report, learnt)
                connection.execute(s.report.insert().values(row))
                ledger.append(connection, ledger.report_fact(row))
            if origin is not None:
                self._receive(connection, Receipt(report.id, origin, learnt, outcome, content))
        return report.id, outcome

    def add_skip(self, origin: str, reason: str, *, learnt: datetime) -> None:
        """Record that an input gave no report, and why."""
        with self._writing() as connection:
            ledger.insert(connection, s.skip, {"origin": origin, "reason": reason, "learnt": learnt})

    def skips(self) -> tuple[Skip, ...]:
        """Return what was skipped, in the order in which it was met."""
        columns = (s.skip.c.origin, s.skip.c.reason, s.skip.c.learnt)
        query = select(*columns).where(*self._known(s.skip)).order_by(s.skip.c.id)
        with self._reading() as connection:
            return tuple(Skip(*row) for row in connection.execute(query))

    def receipts(self, report: str | None = None) -> tuple[Receipt, ...]:
        """Return which inputs delivered which reports, in that order; of one report where an id is given."""
        known = (s.receipt.c.report, s.receipt.c.origin, s.receipt.c.learnt)
        columns = (*known, func.coalesce(s.receipt.c.outcome, "added"), s.receipt.c.content)
        query = select(*columns).where(*self._known(s.receipt)).order_by(s.receipt.c.id)
        if report is not None:
            query = query.where(s.receipt.c.report == report)
        with self._reading() as connection:
            return tuple(Receipt(*row) for row in connection.execute(query))

    def _text_of(self, connection: Connection, report: str) -> str | None:
        """Return the SHA-256 of a report's text, None where there is no such report."""
        digest: str | None = connection.scalar(select(s.report.c.sha256).where(s.report.c.id == report))
        return digest

    def _receive(self, connection: Connection, one: Receipt) -> None:
        same = and_(s.receipt.c.report == one.report, s.receipt.c.origin == one.origin)
        if connection.scalar(select(s.receipt.c.id).where(same)) is None:
            ledger.insert(connection, s.receipt, asdict(one))
