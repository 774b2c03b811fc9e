"""Names in claims as columns to ask by, and the chain of hashes over receipts, skips, kinships and what was fetched."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Text, column, table

from marsad.store.ledger import extend

revision = "6"
down_revision = "5"

_NAMES = {"speaker": "speaker", "place": ("place", "name"), "canonical": ("place", "canonical")}
_NAMES |= {"gazetteer": ("place", "gazetteer_id")}


def upgrade() -> None:
    """Add the columns, filled from what the records of claims say, and go on with the chain where it stands."""
    for name in _NAMES:
        op.add_column("claim", Column(name, Text))
    record = column("record", JSON)
    claim = table("claim", record, *(column(name, Text) for name in _NAMES))
    op.execute(claim.update().values({name: record[path].as_string() for name, path in _NAMES.items()}))
    op.create_index("claim_speaker", "claim", ["speaker"])
    op.create_index("claim_named", "claim", ["place", "canonical", "gazetteer"])
    op.create_index("report_version", "report", ["version_of"])
    op.create_index("report_form", "report", ["form"])
    op.create_index("skip_origin", "skip", ["origin"])
    extend(op.get_bind())
