"""What people rule on claims and propositions."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Integer, String

from marsad.store.columns import Instant, name, word

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Make the table of judgements."""
    op.create_table(
        "judgement",
        Column("number", Integer, primary_key=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("kind", String(16), nullable=False),
        Column("subject", name(200), nullable=False),
        Column("judge", word(200), nullable=False),
        Column("made", Instant, nullable=False),
        Column("record", JSON, nullable=False),
    )
    op.create_index("judgement_made", "judgement", ["made", "number"])
