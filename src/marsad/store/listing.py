"""Reports and claims as they are asked for: all of them, a few by id, or those that bear certain names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, exists, func, not_, or_, select

from marsad.records import WITHDRAWN, Claim
from marsad.serial import from_json
from marsad.store import schema as s
from marsad.store.paging import chunks
from marsad.store.part import Part
from marsad.store.rows import REPORT, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Connection, Select

    from marsad.records import Report

BY_PUBLICATION = (s.report.c.published_at.is_(None), s.report.c.published_at, s.report.c.id)
"""The order of reports: by publication and id, the undated last."""

_AT_ONCE = 1000


class PlaceNames(NamedTuple):
    """What a claim calls its place: the text's spelling, and the name and id of the gazetteer's entry."""

    name: str
    canonical: str | None
    gazetteer_id: str | None


class Listing(Part):
    """The part of a store that lists reports and claims."""

    def report(self, report: str) -> Report | None:
        """Return the report of that id, None where there is none."""
        found = self._reports(select(*REPORT).where(s.report.c.id == report, *self._known(s.report)))
        return found[0] if found else None

    def report_ids(self, beginning: str) -> tuple[str, ...]:
        """Return the ids of reports that begin so, in their order."""
        query = select(s.report.c.id).where(s.report.c.id.startswith(beginning, autoescape=True))
        with self._reading() as connection:
            return tuple(connection.scalars(query.where(*self._known(s.report)).order_by(s.report.c.id)))

    def reports_of(self, ids: Iterable[str]) -> Iterator[Report]:
        """Yield the reports with these ids, in their order; those not there are left out. Few are held at once."""
        for some in chunks(ids):
            there = select(*REPORT).where(s.report.c.id.in_(some), *self._known(s.report))
            found = {report.id: report for report in self._reports(there)}
            yield from (found[name] for name in some if name in found)

    def versions(self, report: str) -> tuple[Report, ...]:
        """Return the report of that id and those that are later versions of it, in the order of `reports`."""
        same = (s.report.c.id == report) | (s.report.c.version_of == report)
        return self._reports(select(*REPORT).where(same, *self._known(s.report)))

    def reports(self, *, published_until: datetime | None = None) -> tuple[Report, ...]:
        """Return the reports by publication and id, the undated last, and left out with `published_until`."""
        return self._reports(select(*REPORT).where(*self._known(s.report), *_out_by(published_until)))

    def restated(self, *, published_until: datetime | None = None) -> tuple[Report, ...]:
        """Return of `reports` those that have versions, and withdrawn ones: the others stand as they came."""
        first = select(s.report.c.version_of).where(s.report.c.version_of.is_not(None))
        among = or_(s.report.c.version_of.is_not(None), s.report.c.id.in_(first), s.report.c.form == WITHDRAWN)
        return self._reports(select(*REPORT).where(among, *self._known(s.report), *_out_by(published_until)))

    def unread(self, extractor: str | None, theatre: str, *, apart_from: str | None = None) -> tuple[str, ...]:
        """Return the ids of reports that the extractor, None for any, has not read with the theatre, as `reports`.

        Those are left out that an extractor has read whose name begins with `apart_from`.
        """
        read = and_(s.reading.c.report == s.report.c.id, s.reading.c.theatre == theatre)
        if extractor is not None:
            fitting = s.reading.c.extractor == extractor
            if apart_from is not None:
                fitting = or_(fitting, s.reading.c.extractor.startswith(apart_from, autoescape=True))
            read = and_(read, fitting)
        query = select(s.report.c.id).where(not_(exists().where(read))).order_by(*BY_PUBLICATION)
        with self._reading() as connection:
            return tuple(connection.scalars(query))

    def claims(
        self, *, report: str | None = None, extractor: str | None = None, theatre: str | None = None
    ) -> tuple[Claim, ...]:
        """Return each report's claims of its latest reading, by the order of `reports` and of the reader.

        The arguments narrow down the reports and the readings; the latest is then chosen among those left.
        """
        wanted = {"report": report, "extractor": extractor, "theatre": theatre}
        latest = (
            select(func.max(s.reading.c.id))
            .where(*(s.reading.c[name] == value for name, value in wanted.items() if value is not None))
            .where(*self._known(s.reading))
            .group_by(s.reading.c.report)
        )
        query = (
            select(s.claim.c.record)
            .join(s.report, s.report.c.id == s.claim.c.report)
            .where(s.claim.c.reading.in_(latest))
            .order_by(*BY_PUBLICATION, s.claim.c.position)
        )
        with self._reading() as connection:
            return tuple(from_json(Claim, row.record) for row in connection.execute(query))

    def claims_like(
        self,
        *,
        report: str | None = None,
        event: str | None = None,
        voice: Callable[[str], bool] | None = None,
        place: Callable[[PlaceNames], bool] | None = None,
        besides: Collection[str] = (),
        published_until: datetime | None = None,
    ) -> tuple[Claim, ...]:
        """Return of `claims` those that can fit, and all of the reports `besides`, also where those came out later.

        `voice` tells whether the name of a source or speaker is wanted, `place` whether a place is. What fits is among
        them; a claim about another place of a wanted name may be, too.
        """
        if (report, event, voice, place, published_until) == (None,) * 5:
            return self.claims()
        wanted: list[ColumnElement[bool]] = []
        with self._reading() as connection:
            if report is not None:
                wanted.append(s.claim.c.report == report)
            if event is not None:
                wanted.append(s.claim.c.event == event)
            if voice is not None:
                columns = (s.claim.c.source, s.claim.c.speaker)
                wanted.append(or_(*(one.in_(_names(connection, one, voice)) for one in columns)))
            if place is not None:
                wanted.append(s.claim.c.place.in_(_places(connection, place)))
            wanted += _out_by(published_until)
            asked = [self._latest().where(*wanted)]
            asked += (self._latest().where(s.claim.c.report.in_(some)) for some in chunks(sorted(besides)))
            found = {row[:-1]: from_json(Claim, row.record) for query in asked for row in connection.execute(query)}
        return tuple(found[key] for key in sorted(found))

    def told(
        self, *, published_from: datetime | None = None, published_until: datetime | None = None
    ) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
        """Yield each of `reports` with the claims of its latest reading by position, all of one state; few are held.

        With `published_from` those without a date are left out, too.
        """
        query = select(s.report.c.id).where(*self._known(s.report), *_out_by(published_until))
        if published_from is not None:
            query = query.where(s.report.c.published_at >= published_from)
        with self._reading() as connection:
            ids = connection.scalars(query.order_by(*BY_PUBLICATION).execution_options(yield_per=_AT_ONCE))
            for some in chunks(ids):
                claims: dict[str, list[Claim]] = {name: [] for name in some}
                asked = self._latest().where(s.claim.c.report.in_(some)).order_by(s.claim.c.position, s.claim.c.id)
                for row in connection.execute(asked):
                    claim = from_json(Claim, row.record)
                    claims[claim.report].append(claim)
                there = connection.execute(select(*REPORT).where(s.report.c.id.in_(some)))
                found = {row.id: report_of(row) for row in there}
                yield from ((found[name], tuple(claims[name])) for name in some)

    def _latest(self) -> Select[Any]:
        """Ask for the claims of latest readings: what orders them, then the record."""
        newer = s.reading.alias("newer")
        newest = select(func.max(newer.c.id)).where(newer.c.report == s.claim.c.report, *self._known(newer))
        return (
            select(*BY_PUBLICATION, s.claim.c.position, s.claim.c.id, s.claim.c.record)
            .join(s.report, s.report.c.id == s.claim.c.report)
            .where(s.claim.c.reading == newest.scalar_subquery())
        )

    def _reports(self, query: Select[Any]) -> tuple[Report, ...]:
        with self._reading() as connection:
            return tuple(report_of(row) for row in connection.execute(query.order_by(*BY_PUBLICATION)))


def _out_by(instant: datetime | None) -> tuple[ColumnElement[bool], ...]:
    return () if instant is None else (s.report.c.published_at <= instant,)


def _names(connection: Connection, column: Column[Any], wanted: Callable[[str], bool]) -> list[str]:
    """Return the names in a column that are wanted; each is looked at once, however many claims bear it."""
    return [name for name in connection.scalars(select(column).distinct()) if name is not None and wanted(name)]


def _places(connection: Connection, wanted: Callable[[PlaceNames], bool]) -> list[str]:
    query = select(s.claim.c.place, s.claim.c.canonical, s.claim.c.gazetteer).where(s.claim.c.place.is_not(None))
    return sorted({row.place for row in connection.execute(query.distinct()) if wanted(PlaceNames(*row))})
