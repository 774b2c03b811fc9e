"""Reports, readings, claims, theatres and what was skipped."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Text, UniqueConstraint

from marsad.store.columns import Instant, name, word

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _intake()
    _reading()


def _intake() -> None:
    op.create_table("meta", Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))
    op.create_table(
        "report",
        Column("id", name(200), primary_key=True),
        Column("publisher", Text),
        Column("kind", word(64), nullable=False),
        Column("title", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("published", word(40)),
        Column("published_at", Instant),
        Column("published_precision", String(16), nullable=False),
        Column("retrieved", word(40)),
        Column("url", Text),
        Column("agencies", JSON, nullable=False),
        Column("dateline", Text),
        Column("language", word(64)),
        Column("copy_of", word(200)),
        Column("learnt", Instant, nullable=False),
    )
    op.create_index("report_published", "report", ["published_at", "id"])
    op.create_table(
        "receipt",
        Column("id", Integer, primary_key=True),
        Column("report", name(200), ForeignKey("report.id"), nullable=False),
        Column("origin", Text, nullable=False),
        Column("learnt", Instant, nullable=False),
        UniqueConstraint("report", "origin"),
    )
    op.create_table(
        "skip",
        Column("id", Integer, primary_key=True),
        Column("origin", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("learnt", Instant, nullable=False),
    )


def _reading() -> None:
    op.create_table(
        "theatre",
        Column("id", Integer, primary_key=True),
        Column("digest", String(64), nullable=False),
        Column("text", Text, nullable=False),
        Column("learnt", Instant, nullable=False),
    )
    op.create_table(
        "reading",
        Column("id", Integer, primary_key=True),
        Column("report", name(200), ForeignKey("report.id"), nullable=False),
        Column("extractor", String(200), nullable=False),
        Column("theatre", String(64), nullable=False),
        Column("learnt", Instant, nullable=False),
        UniqueConstraint("report", "extractor", "theatre"),
    )
    op.create_table(
        "claim",
        Column("reading", Integer, ForeignKey("reading.id"), primary_key=True),
        Column("id", name(200), primary_key=True),
        Column("position", Integer, nullable=False),
        Column("report", name(200), ForeignKey("report.id"), nullable=False),
        Column("event", word(64), nullable=False),
        Column("source", Text, nullable=False),
        Column("extractor", String(200), nullable=False),
        Column("lat", Float),
        Column("lon", Float),
        Column("record", JSON, nullable=False),
    )
    for columns in (["report"], ["event"], ["source"]):
        op.create_index(f"claim_{columns[0]}", "claim", columns)
    op.create_index("claim_place", "claim", ["lat", "lon"])
