"""What webhooks know, are owed and were told."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, String, Text

from marsad.store.columns import Instant, word

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Add the table; nobody was told anything yet."""
    op.create_table(
        "notice",
        Column("id", Integer, primary_key=True),
        Column("webhook", word(100), nullable=False),
        Column("event", String(64), nullable=False),
        Column("subject", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("outcome", String(16), nullable=False),
        Column("message", Text),
        Column("status", Integer),
        Column("reason", Text),
        Column("due", Instant),
        Column("learnt", Instant, nullable=False),
    )
    op.create_index("notice_event", "notice", ["webhook", "event", "id"])
