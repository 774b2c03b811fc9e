"""What addresses answered, whole, and when each was asked: rows that are added, and never changed or deleted."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from marsad.records import Capture
from marsad.store import ledger
from marsad.store import schema as s
from marsad.store.facts import Visit
from marsad.store.paging import pages
from marsad.store.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select

_VISIT = tuple(s.visit.c[field.name] for field in fields(Visit))
_MOST = 256 * 1024 * 1024  # bytes that are unpacked from a row, whatever stands in it


class Captures(Part):
    """The part of a store that keeps what was fetched, and when."""

    def add_capture(self, capture: Capture, *, learnt: datetime) -> str:
        """Keep the bytes that an address answered, once, and return their SHA-256."""
        digest = hashlib.sha256(capture.data).hexdigest()
        row = {
            "sha256": digest,
            "url": capture.url,
            "retrieved": capture.retrieved.isoformat(),
            "media_type": capture.media_type,
            "charset": capture.charset,
            "packed": zlib.compress(capture.data),
            "learnt": learnt,
        }
        with self._writing() as connection:
            if connection.scalar(select(s.capture.c.sha256).where(s.capture.c.sha256 == digest)) is None:
                ledger.insert(connection, s.capture, row)
        return digest

    def capture(self, sha256: str) -> Capture | None:
        """Return what was fetched with these bytes first, None where nothing was; its validators are not kept here."""
        query = select(s.capture).where(s.capture.c.sha256 == sha256, *self._known(s.capture))
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Capture(
            url=row.url,
            data=unpacked(row.packed),
            retrieved=datetime.fromisoformat(row.retrieved),
            media_type=row.media_type,
            charset=row.charset,
        )

    def add_visit(self, visit: Visit) -> None:
        """Keep that an address was found or asked for."""
        with self._writing() as connection:
            ledger.insert(connection, s.visit, asdict(visit))

    def visits(self, address: str, *, limit: int | None = None) -> tuple[Visit, ...]:
        """Return the visits of an address, the latest first, at most `limit` of them."""
        return self._visits(select(*_VISIT).where(s.visit.c.address == address).limit(limit))

    def watched(self) -> tuple[str, ...]:
        """Return the addresses of the feeds that were ever asked for, in that order."""
        query = select(s.visit.c.address).where(s.visit.c.feed.is_(None), *self._known(s.visit))
        with self._reading() as connection:
            found = connection.scalars(query.group_by(s.visit.c.address).order_by(func.min(s.visit.c.id)))
            return tuple(found)

    def pages(self, feed: str, *, due: datetime) -> tuple[Visit, ...]:
        """Return the latest visit of each page of a feed that is to be asked for by `due`, in that order."""
        latest = select(func.max(s.visit.c.id)).where(s.visit.c.feed == feed).group_by(s.visit.c.address)
        query = select(*_VISIT).where(s.visit.c.id.in_(latest), s.visit.c.due <= due, *self._known(s.visit))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(s.visit.c.due, s.visit.c.id))
            return tuple(Visit(**row._mapping) for row in rows)

    def brought(self, feed: str) -> tuple[int, datetime | None]:
        """Return how many reports a feed and its pages brought in all, and when the last did."""
        mine = (s.visit.c.address == feed) & s.visit.c.feed.is_(None) | (s.visit.c.feed == feed)
        query = select(func.sum(s.visit.c.added), func.max(s.visit.c.learnt))
        query = query.where(mine, s.visit.c.added > 0, *self._known(s.visit))
        with self._reading() as connection:
            count, last = connection.execute(query).one()
        return count or 0, last

    def _visits(self, query: Select[Any]) -> tuple[Visit, ...]:
        ordered = query.where(*self._known(s.visit)).order_by(s.visit.c.id.desc())
        with self._reading() as connection:
            return tuple(Visit(**row._mapping) for row in connection.execute(ordered))


def unpacked(packed: bytes) -> bytes:
    """Return the bytes of a capture, as many as a row can have; raise zlib.error where it is damaged."""
    return zlib.decompressobj().decompress(packed, _MOST)


def is_of(sha256: str, packed: bytes) -> bool:
    """Tell whether the bytes of a capture are those of a SHA-256."""
    try:
        return hashlib.sha256(unpacked(packed)).hexdigest() == sha256
    except zlib.error:
        return False


def damaged(connection: Connection) -> Iterator[str]:
    """Yield the captures whose bytes are not those of their SHA-256."""
    for row in pages(connection, [s.capture.c.sha256]):
        packed = connection.scalar(select(s.capture.c.packed).where(s.capture.c.sha256 == row.sha256))
        if not is_of(row.sha256, packed or b""):
            yield f"capture '{row.sha256}': its bytes are not those of its SHA-256"
