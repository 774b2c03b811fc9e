"""What webhooks know, are owed and were told: rows that are added, and never changed or deleted."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from marsad.store import ledger
from marsad.store import schema as s
from marsad.store.facts import Notice
from marsad.store.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOTICE = tuple(s.notice.c[field.name] for field in fields(Notice))
_FIRST = ("known", "owed")  # what the first row of an event says


class Notices(Part):
    """The part of a store that keeps who was told what."""

    def add_notices(self, notices: Iterable[Notice]) -> None:
        """Keep all of these, or nothing."""
        with self._writing() as connection:
            for one in notices:
                ledger.insert(connection, s.notice, asdict(one))

    def known(self) -> tuple[int, int]:
        """Return how many readings and judgements there are: what a picture is drawn of changes with them alone."""
        counts = (select(func.count()).select_from(table) for table in (s.reading, s.judgement))
        with self._reading() as connection:
            readings, judgements = (connection.scalar(query) or 0 for query in counts)
        return readings, judgements

    def noticed(self, webhook: str) -> Mapping[str, tuple[str, int]]:
        """Return how each subject stood when a webhook last knew of it, and of how many events of it it knows."""
        columns = (s.notice.c.subject, s.notice.c.state)
        query = select(*columns).where(s.notice.c.webhook == webhook, s.notice.c.outcome.in_(_FIRST))
        found: dict[str, tuple[str, int]] = {}
        with self._reading() as connection:
            for subject, state in connection.execute(query.where(*self._known(s.notice)).order_by(s.notice.c.id)):
                found[subject] = state, found.get(subject, ("", 0))[1] + 1
        return found

    def owed(self, webhook: str) -> tuple[Notice, ...]:
        """Return the last that is known of each event that a webhook is still owed, the oldest event first."""
        last = select(func.max(s.notice.c.id)).where(s.notice.c.webhook == webhook, *self._known(s.notice))
        query = select(*_NOTICE).where(s.notice.c.id.in_(last.group_by(s.notice.c.event)), s.notice.c.due.is_not(None))
        first = select(func.min(s.notice.c.id).label("id"), s.notice.c.event).where(s.notice.c.webhook == webhook)
        begun = first.group_by(s.notice.c.event).subquery()
        query = query.join(begun, begun.c.event == s.notice.c.event).order_by(begun.c.id)
        with self._reading() as connection:
            return tuple(Notice(**row._mapping) for row in connection.execute(query))

    def failures(self, webhook: str, event: str) -> int:
        """Return how often telling a webhook of an event has failed."""
        query = (
            select(func.count())
            .select_from(s.notice)
            .where(s.notice.c.webhook == webhook, s.notice.c.event == event, s.notice.c.outcome == "failed")
        )
        with self._reading() as connection:
            return connection.scalar(query.where(*self._known(s.notice))) or 0

    def message(self, webhook: str, event: str) -> str:
        """Return what a webhook is to be told of an event; "" where it is owed none."""
        query = select(s.notice.c.message).where(
            s.notice.c.webhook == webhook, s.notice.c.event == event, s.notice.c.outcome == "owed"
        )
        with self._reading() as connection:
            return connection.scalar(query.where(*self._known(s.notice))) or ""
