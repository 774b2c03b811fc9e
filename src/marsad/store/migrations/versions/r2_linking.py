"""What linking keeps: kin, propositions and their members, and where every claim stands."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Integer, String, Text

from marsad.store.columns import Instant, name, word

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Make the tables of linking; the version stands in Alembic's own table from here on."""
    op.drop_table("meta")
    op.create_table(
        "kinship",
        Column("report", name(200), ForeignKey("report.id"), primary_key=True),
        Column("other", name(200), ForeignKey("report.id"), primary_key=True),
        Column("reasons", JSON, nullable=False),
        Column("learnt", Instant, nullable=False),
    )
    op.create_index("kinship_other", "kinship", ["other"])
    op.create_table(
        "proposition",
        Column("rank", Integer, primary_key=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("founder", word(200), nullable=False, unique=True),
        Column("learnt", Instant, nullable=False),
    )
    op.create_table(
        "member",
        Column("id", Integer, primary_key=True),
        Column("claim", word(200), nullable=False),
        Column("proposition", String(64), ForeignKey("proposition.id"), nullable=False),
        Column("learnt", Instant, nullable=False),
    )
    op.create_index("member_claim", "member", ["claim"])
    _index()


def _index() -> None:
    op.create_table(
        "mark",
        Column("mark", BigInteger, primary_key=True, autoincrement=False),
        Column("report", name(200), ForeignKey("report.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spot",
        Column("id", Integer, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("identity", word(200), nullable=False),
        Column("name", Text, nullable=False),
        Column("lat", Float),
        Column("lon", Float),
        Column("facility", Text, nullable=False),
        Column("site", Text, nullable=False),
    )
    op.create_index("spot_identity", "spot", ["identity"])
    op.create_index("spot_name", "spot", ["name"])
    op.create_index("spot_point", "spot", ["lat", "lon"])
    op.create_index("spot_site", "spot", ["site"])
    op.create_table(
        "slot",
        Column("claim", word(200), primary_key=True),
        Column("reading", Integer, ForeignKey("reading.id"), nullable=False),
        Column("report", name(200), ForeignKey("report.id"), nullable=False),
        Column("spot", Integer, ForeignKey("spot.id")),
        Column("zone", String(16), nullable=False),
        Column("thing", String(64), nullable=False),
        Column("first", Integer),
        Column("last", Integer),
        Column("tolerance", Integer, nullable=False),
        Column("proposition", String(64), nullable=False),
    )
    op.create_index("slot_block", "slot", ["spot", "thing", "zone", "first"])
    op.create_index("slot_report", "slot", ["report"])
    op.create_index("slot_proposition", "slot", ["proposition"])
    op.create_table(
        "linked",
        Column("reading", Integer, ForeignKey("reading.id"), primary_key=True),
        Column("learnt", Instant, nullable=False),
    )
