"""What came in: reports, by which inputs, and what was skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, select

from marsad.errors import StoreError
from marsad.records import Delivery, Outcome
from marsad.serial import to_json
from marsad.store import ledger
from marsad.store import schema as s
from marsad.store.facts import Receipt, Skip
from marsad.store.part import Part
from marsad.store.rows import as_version, report_row

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table

    from marsad.records import Report

_TEXT_OF = select(s.report.c.sha256).where(s.report.c.id == bindparam("id"))
_RECEIPT_OF = select(s.receipt.c.id).where(
    s.receipt.c.report == bindparam("report"), s.receipt.c.origin == bindparam("origin")
)
_OUTCOME = func.coalesce(s.receipt.c.outcome, Outcome.ADDED.value)  # receipts of earlier versions do not say


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
            known = connection.scalar(_TEXT_OF, {"id": report.id})
            if known not in (None, report.sha256):
                if report.updated is None and not (versioned and report.retrieved):
                    raise StoreError(f"id '{report.id}' is already used by another text")
                report = as_version(report)
                known = connection.scalar(_TEXT_OF, {"id": report.id})
            outcome = Outcome.DUPLICATE if known else Outcome.UPDATED if report.version_of else Outcome.ADDED
            facts: tuple[ledger.Fact, ...] = ()
            if known is None:
                row = report_row(report, learnt)
                connection.execute(s.report.insert(), row)
                facts = (ledger.report_fact(row),)
            same = {"report": report.id, "origin": origin}
            if origin is not None and connection.scalar(_RECEIPT_OF, same) is None:
                receipt = {**same, "learnt": learnt, "outcome": outcome.value, "content": content}
                ledger.insert(connection, s.receipt, receipt, *facts)
            else:
                ledger.append(connection, *facts)
        return report.id, outcome

    def add_skip(self, origin: str, reason: str, *, learnt: datetime) -> None:
        """Record that an input gave no report, and why."""
        with self._writing() as connection:
            ledger.insert(connection, s.skip, {"origin": origin, "reason": reason, "learnt": learnt})

    def has_skipped(self, origin: str, reason: str) -> bool:
        """Tell whether an input is recorded with this reason."""
        same = and_(s.skip.c.origin == origin, s.skip.c.reason == reason)
        with self._reading() as connection:
            return connection.scalar(select(s.skip.c.id).where(same).limit(1)) is not None

    def skips(self) -> tuple[Skip, ...]:
        """Return what was skipped, in the order in which it was met."""
        columns = (s.skip.c.origin, s.skip.c.reason, s.skip.c.learnt)
        query = select(*columns).where(*self._known(s.skip)).order_by(s.skip.c.id)
        with self._reading() as connection:
            return tuple(Skip(*row) for row in connection.execute(query))

    def receipts(self, report: str | None = None) -> tuple[Receipt, ...]:
        """Return which inputs delivered which reports, in that order; of one report where an id is given."""
        columns = (s.receipt.c.report, s.receipt.c.origin, s.receipt.c.learnt, _OUTCOME, s.receipt.c.content)
        query = select(*columns).where(*self._known(s.receipt)).order_by(s.receipt.c.id)
        if report is not None:
            query = query.where(s.receipt.c.report == report)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Receipt(report, origin, learnt, Outcome(outcome), content)
            for report, origin, learnt, outcome, content in rows
        )

    def deliveries(self, outcome: Outcome | None = None, since: datetime | None = None) -> tuple[Delivery, ...]:
        """Return every input with what became of it, in order of time; `since` is the first instant that is wanted."""
        wanted = () if outcome in {None, Outcome.SKIPPED} else (str(outcome) == _OUTCOME,)
        columns = (s.receipt.c.origin, _OUTCOME, s.receipt.c.learnt, s.receipt.c.report, s.receipt.c.content)
        taken = select(*columns).where(*wanted, *self._since(s.receipt, since))
        skipped = select(s.skip.c.origin, s.skip.c.learnt, s.skip.c.reason).where(*self._since(s.skip, since))
        found: list[Delivery] = []
        with self._reading() as connection:
            if outcome is not Outcome.SKIPPED:
                for origin, became, learnt, report, content in connection.execute(taken.order_by(s.receipt.c.id)):
                    new = Delivery(
                        origin=origin, outcome=Outcome(became), learnt=learnt, report=report, content=content
                    )
                    found.append(new)
            if outcome in {None, Outcome.SKIPPED}:
                for origin, learnt, reason in connection.execute(skipped.order_by(s.skip.c.id)):
                    found.append(Delivery(origin=origin, outcome=Outcome.SKIPPED, learnt=learnt, reason=reason))
        return tuple(sorted(found, key=lambda one: one.learnt))

    def _since(self, table: Table, since: datetime | None) -> tuple[ColumnElement[bool], ...]:
        return self._known(table) if since is None else (*self._known(table), table.c.learnt >= since)
