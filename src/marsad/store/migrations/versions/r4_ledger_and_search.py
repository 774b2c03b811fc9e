"""The chain of hashes, begun with what is there, and the words that reports are found by."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, String

from marsad.store.columns import Instant, name, word
from marsad.store.ledger import start

revision = "4"
down_revision = "3"

# Words come as they are compared, so neither database needs to know a language. Only the words are kept: where they
# stand is looked for in the text of the report.
_WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE indexed_words USING fts5(words, content='', detail=none, tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE indexed_words (id INTEGER PRIMARY KEY REFERENCES indexed (id), words TEXT[] NOT NULL)",
        "CREATE INDEX indexed_words_words ON indexed_words USING gin (words)",
    ),
}


def upgrade() -> None:
    """Make the tables; reports are indexed when something is next added or searched."""
    op.create_table(
        "ledger",
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("kind", String(16), nullable=False),
        Column("item", word(200), nullable=False),
        Column("content", String(64), nullable=False),
        Column("learnt", Instant, nullable=False),
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
    )
    op.create_table(
        "indexed",
        Column("id", Integer, primary_key=True),
        Column("report", name(200), ForeignKey("report.id"), nullable=False, unique=True),
    )
    for statement in _WORDS[op.get_bind().dialect.name]:
        op.execute(statement)
    start(op.get_bind())
