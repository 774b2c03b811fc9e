"""Which reports have which words; what a word is, and where it stands, whoever asks knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from marsad.store import schema as s
from marsad.store.engine import kind_of
from marsad.store.paging import chunks
from marsad.store.rows import REPORT, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from marsad.records import Report

_LONGEST = 64  # characters of a word that are indexed
_WANTED = ~exists().where(s.indexed.c.report == s.report.c.id)


def unindexed(connection: Connection, reports: Collection[str] | None) -> tuple[str, ...]:
    """Return the ids of those of some reports, or of all, that cannot be found by their words yet."""
    query = select(s.report.c.id).where(_WANTED)
    if reports is not None:
        asked = (query.where(s.report.c.id.in_(some)) for some in chunks(dict.fromkeys(reports)))
        return tuple(name for some in asked for name in connection.scalars(some))
    count, done = (connection.scalar(select(func.count()).select_from(table)) for table in (s.report, s.indexed))
    return () if count == done else tuple(connection.scalars(query))


def index(connection: Connection, reports: Iterable[str], words_of: Callable[[Report], Collection[str]]) -> None:
    """Let reports that cannot be found yet be found by their words."""
    kind = kind_of(connection)
    for some in chunks(reports):
        found = map(report_of, connection.execute(select(*REPORT).where(s.report.c.id.in_(some))))
        words = {one.id: sorted({word[:_LONGEST] for word in words_of(one)}) for one in found}
        connection.execute(s.indexed.insert(), [{"report": name} for name in words])
        numbers = connection.execute(select(s.indexed.c.id, s.indexed.c.report).where(s.indexed.c.report.in_(words)))
        kind.index(connection, [(row.id, words[row.report]) for row in numbers])


def having(
    connection: Connection, words: Collection[str], since: datetime | None, until: datetime | None
) -> tuple[str, ...]:
    """Return the ids of the reports with all the words, the newest first and the undated last.

    `since` and `until` are instants of publication, both inclusive; an undated report lies in no period. Words that are
    alike in their first 64 characters are one, so whoever asks must look again.
    """
    wanted: list[ColumnElement[bool]] = []
    if words:
        found: Any = kind_of(connection).having(sorted({word[:_LONGEST] for word in words}))
        wanted.append(s.report.c.id.in_(select(s.indexed.c.report).where(s.indexed.c.id.in_(found))))
    if since is not None:
        wanted.append(s.report.c.published_at >= since)
    if until is not None:
        wanted.append(s.report.c.published_at <= until)
    order = (s.report.c.published_at.is_(None), s.report.c.published_at.desc(), s.report.c.id)
    return tuple(connection.scalars(select(s.report.c.id).where(*wanted).order_by(*order)))
