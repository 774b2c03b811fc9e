"""The tables, in portable types: facts are added, never changed or deleted.

Every row carries `learnt`, the instant when Marsad took it in. Times are ISO 8601 texts of one width, in UTC, so that
they sort as they stand; `report.published` and `updated` keep the publisher's own offset, and `published_at`, to sort
by, is the later of them: when that text was out.
What is changed here needs a step in `migrations/versions`.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from marsad.store.columns import Instant, name, word

tables = MetaData()

report = Table(
    "report",
    tables,
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
    Column("updated", word(40)),
    Column("version_of", word(200)),
    Column("authors", JSON),
    Column("note", Text),
    Column("forwarded_from", Text),
    Column("reply_to", word(200)),
    Column("form", word(32)),
    Column("learnt", Instant, nullable=False),
    Index("report_published", "published_at", "id"),
    Index("report_version", "version_of"),
    Index("report_form", "form"),
)

receipt = Table(
    "receipt",
    tables,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("learnt", Instant, nullable=False),
    Column("outcome", String(16)),
    Column("content", String(64)),
    UniqueConstraint("report", "origin"),
)

# What an address answered, whole, once for the same bytes; a receipt's `content` is the SHA-256 of the bytes that it is
# for, whether they are kept here or lie in a file.
capture = Table(
    "capture",
    tables,
    Column("sha256", String(64), primary_key=True),
    Column("url", Text, nullable=False),
    Column("retrieved", word(40), nullable=False),
    Column("media_type", Text),
    Column("charset", Text),
    Column("packed", LargeBinary, nullable=False),
    Column("learnt", Instant, nullable=False),
)

# Each time that a feed or page was found or asked for, and what came of it; the latest says when to ask again, and with
# what. `feed` is the address of the feed that named a page, null for the feeds themselves.
visit = Table(
    "visit",
    tables,
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
    Index("visit_address", "address", "id"),
    Index("visit_feed", "feed"),
)

# What a webhook knows or is owed, and each try to tell it. Of one `event` the first row says what it is: "known", or
# "owed" with the message; the latest says when to try again, and owes nothing where its `due` is null. `state` is how
# the `subject` stood then, so that only what changes is told. An event without a subject is when the webhook began.

notice = Table(
    "notice",
    tables,
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
    Index("notice_event", "webhook", "event", "id"),
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
    Column("id", name(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("event", word(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("extractor", String(200), nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("record", JSON, nullable=False),
    Column("speaker", Text),
    Column("place", Text),
    Column("canonical", Text),
    Column("gazetteer", Text),
    Index("claim_report", "report"),
    Index("claim_event", "event"),
    Index("claim_source", "source"),
    Index("claim_place", "lat", "lon"),
    Index("claim_speaker", "speaker"),
    Index("claim_named", "place", "canonical", "gazetteer"),
)

skip = Table(
    "skip",
    tables,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("learnt", Instant, nullable=False),
    Index("skip_origin", "origin"),
)

# What linking keeps. Kinships, propositions and who was a member when are facts, and only added to; marks, spots and
# slots are an index that says where to look, and can be made anew from the rest.

kinship = Table(
    "kinship",
    tables,
    Column("report", ForeignKey("report.id"), primary_key=True),
    Column("other", ForeignKey("report.id"), primary_key=True),
    Column("reasons", JSON, nullable=False),
    Column("learnt", Instant, nullable=False),
    Index("kinship_other", "other"),
)

proposition = Table(
    "proposition",
    tables,
    Column("rank", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("founder", word(200), nullable=False, unique=True),
    Column("learnt", Instant, nullable=False),
)

member = Table(
    "member",
    tables,
    Column("id", Integer, primary_key=True),
    Column("claim", word(200), nullable=False),
    Column("proposition", ForeignKey("proposition.id"), nullable=False),
    Column("learnt", Instant, nullable=False),
    Index("member_claim", "claim"),
)

mark = Table(
    "mark",
    tables,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("report", ForeignKey("report.id"), primary_key=True),
    sqlite_with_rowid=False,
)

spot = Table(
    "spot",
    tables,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("identity", word(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("facility", Text, nullable=False),
    Column("site", Text, nullable=False),
    Index("spot_identity", "identity"),
    Index("spot_name", "name"),
    Index("spot_point", "lat", "lon"),
    Index("spot_site", "site"),
)

slot = Table(
    "slot",
    tables,
    Column("claim", word(200), primary_key=True),
    Column("reading", ForeignKey("reading.id"), nullable=False),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("spot", ForeignKey("spot.id")),
    Column("zone", String(16), nullable=False),
    Column("thing", String(64), nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("tolerance", Integer, nullable=False),
    Column("proposition", String(64), nullable=False),
    Index("slot_block", "spot", "thing", "zone", "first"),
    Index("slot_report", "report"),
    Index("slot_proposition", "proposition"),
)

linked = Table(
    "linked",
    tables,
    Column("reading", ForeignKey("reading.id"), primary_key=True),
    Column("learnt", Instant, nullable=False),
)

# What people rule; `made` is when, and `judge` who.

judgement = Table(
    "judgement",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("subject", name(200), nullable=False),
    Column("judge", word(200), nullable=False),
    Column("made", Instant, nullable=False),
    Column("record", JSON, nullable=False),
    Index("judgement_made", "made", "number"),
)

# The chain of hashes over what was added, and the reports whose words can be searched: the words themselves stand in
# `indexed_words`, a table that each kind of database has in its own form.

ledger = Table(
    "ledger",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("item", word(200), nullable=False),
    Column("content", String(64), nullable=False),
    Column("learnt", Instant, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

indexed = Table(
    "indexed",
    tables,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False, unique=True),
)
