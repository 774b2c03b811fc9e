"""The tables, in portable types: facts are added, never changed or deleted.

Every row carries `learnt`, the instant when Marsad took it in. Times are ISO 8601 texts of one width, in UTC, so that
they sort as they stand; `report.published` alone keeps the publisher's own offset, with `published_at` to sort by.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

VERSION = 1
"""Of the schema; a file with a higher one is refused."""


class Instant(TypeDecorator[datetime]):
    """A timezone-aware instant, to the microsecond, stored as text in UTC."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the stored text."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant of the stored text."""
        return None if value is None else datetime.fromisoformat(value)


tables = MetaData()

meta = Table("meta", tables, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

report = Table(
    "report",
    tables,
    Column("id", String(200), primary_key=True),
    Column("publisher", Text),
    Column("kind", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("published", String(40)),
    Column("published_at", Instant),
    Column("published_precision", String(16), nullable=False),
    Column("retrieved", String(40)),
    Column("url", Text),
    Column("agencies", JSON, nullable=False),
    Column("dateline", Text),
    Column("language", String(64)),
    Column("copy_of", String(200)),
    Column("learnt", Instant, nullable=False),
    Index("report_published", "published_at", "id"),
)

receipt = Table(
    "receipt",
    tables,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("learnt", Instant, nullable=False),
    UniqueConstraint("report", "origin"),
)

theatre = Table(
    "theatre",
    tables,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("learnt", Instant, nullable=False),
)

reading = Table(
    "reading",
    tables,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("extractor", String(200), nullable=False),
    Column("theatre", String(64), nullable=False),
    Column("learnt", Instant, nullable=False),
    UniqueConstraint("report", "extractor", "theatre"),
)

claim = Table(
    "claim",
    tables,
    Column("reading", ForeignKey("reading.id"), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("event", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("extractor", String(200), nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("record", JSON, nullable=False),
    Index("claim_report", "report"),
    Index("claim_event", "event"),
    Index("claim_source", "source"),
    Index("claim_place", "lat", "lon"),
)

skip = Table(
    "skip",
    tables,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("learnt", Instant, nullable=False),
)
