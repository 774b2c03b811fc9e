"""Versions of reports and what else their publishers say of them, outcomes of receipts, captures and visits."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Integer, LargeBinary, String, Text

from marsad.store.columns import Instant, word

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the columns, empty for what is there, and the tables."""
    for column in (
        Column("updated", word(40)),
        Column("version_of", word(200)),
        Column("authors", JSON),
        Column("note", Text),
        Column("forwarded_from", Text),
        Column("reply_to", word(200)),
        Column("form", word(32)),
    ):
        op.add_column("report", column)
    op.add_column("receipt", Column("outcome", String(16)))
    op.add_column("receipt", Column("content", String(64)))
    op.create_table(
        "capture",
        Column("sha256", String(64), primary_key=True),
        Column("url", Text, nullable=False),
        Column("retrieved", word(40), nullable=False),
        Column("media_type", Text),
        Column("charset", Text),
        Column("packed", LargeBinary, nullable=False),
        Column("learnt", Instant, nullable=False),
    )
    op.create_table(
        "visit",
        Column("id", Integer, primary_key=True),
        Column("address", Text, nullable=False),
        Column("outcome", String(16), nullable=False),
        Column("status", Integer),
        Column("etag", Text),
        Column("modified", Text),
        Column("added", Integer, nullable=False),
        Column("reason", Text),
        Column("due", Instant, nullable=False),
        Column("feed", Text),
        Column("learnt", Instant, nullable=False),
    )
    op.create_index("visit_address", "visit", ["address", "id"])
    op.create_index("visit_feed", "visit", ["feed"])
