"""A chain of hashes over all that was taken in, read and judged: every fact that is added gets an entry.

Each entry hashes one row as it was added, and the entry before. So a row that was changed, taken away or put in from
outside no longer fits its entry, and an entry that was changed no longer fits the next. Somebody who may write to the
database can write the whole chain anew; only a hash of the chain that is kept elsewhere shows that.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from marsad.store import schema as s
from marsad.store.paging import chunks, pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection, Row, RowMapping, Table

    Cells = Mapping[str, Any] | RowMapping

# What is hashed, by name: columns that later schemas add leave the hashes of earlier rows as they are. A claim's other
# columns repeat what its record says.
_REPORT = (
    "id", "publisher", "kind", "title", "text", "sha256", "published", "published_at", "published_precision",
    "retrieved", "url", "agencies", "dateline", "language", "copy_of", "learnt",
)  # fmt: skip
_SINCE = ("updated", "version_of", "authors", "note", "forwarded_from", "reply_to", "form")  # where they are filled
_READING = ("id", "report", "extractor", "theatre", "learnt")
_CLAIM = ("id", "position", "record")
_JUDGEMENT = ("id", "kind", "subject", "judge", "made", "record")
# Rows that stand by themselves, by table: their key, and what is hashed.
_PLAIN: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "theatre": (("id",), ("id", "digest", "text", "learnt")),
    "receipt": (("id",), ("id", "report", "origin", "learnt", "outcome", "content")),
    "skip": (("id",), ("id", "origin", "reason", "learnt")),
    "kinship": (("report", "other"), ("report", "other", "reasons", "learnt")),
    "capture": (("sha256",), ("sha256", "url", "retrieved", "media_type", "charset", "packed", "learnt")),
    "visit": (
        ("id",),
        ("id", "address", "outcome", "status", "etag", "modified", "added", "reason", "due", "feed", "learnt"),
    ),
    "notice": (
        ("id",),
        ("id", "webhook", "event", "subject", "state", "outcome", "message", "status", "reason", "due", "learnt"),
    ),
}
LATER = (s.receipt, s.skip, s.kinship, s.capture, s.visit)
"""The tables that the chain did not cover at first."""

FIRST = "0" * 64
"""Stands for the entry before the first."""

_LAST = select(s.ledger.c.number, s.ledger.c.hash).order_by(s.ledger.c.number.desc()).limit(1)


class Fact(NamedTuple):
    """A row as the ledger knows it: its kind and id, the hash of its content, and when it was learnt."""

    kind: str
    item: str
    content: str
    learnt: datetime


def report_fact(row: Cells) -> Fact:
    """Return the fact of a report's row."""
    since = {name: row[name] for name in _SINCE if row.get(name) is not None}
    return Fact("report", row["id"], _digest({**{name: row[name] for name in _REPORT}, **since}), row["learnt"])


def plain_fact(table: Table, row: Cells) -> Fact:
    """Return the fact of a row that stands by itself: of a theatre, receipt, skip, kinship, capture or visit."""
    keys, columns = _PLAIN[table.name]
    item = str(row[keys[0]]) if len(keys) == 1 else json.dumps([row[key] for key in keys], ensure_ascii=False)
    return Fact(table.name, item, _digest({name: row.get(name) for name in columns}), row["learnt"])


def reading_fact(row: Cells, claims: Iterable[Cells]) -> Fact:
    """Return the fact of a reading's row with those of all its claims, in the order of their positions."""
    found = [{name: claim[name] for name in _CLAIM} for claim in claims]
    content = {**{name: row[name] for name in _READING}, "claims": found}
    return Fact("reading", str(row["id"]), _digest(content), row["learnt"])


def judgement_fact(row: Cells) -> Fact:
    """Return the fact of a judgement's row."""
    return Fact("judgement", row["id"], _digest({name: row[name] for name in _JUDGEMENT}), row["made"])


def plain_facts(connection: Connection, *tables: Table) -> Iterator[Fact]:
    """Yield the facts of all rows of these tables, whose rows stand by themselves, each table in order of its keys."""
    for table in tables:
        keys, columns = _PLAIN[table.name]
        ordered = (*keys, *(name for name in columns if name not in keys))
        for row in pages(connection, [table.c[name] for name in ordered], keys=len(keys)):
            yield plain_fact(table, row._mapping)


def insert(connection: Connection, table: Table, row: Mapping[str, Any], *before: Fact) -> None:
    """Add a row that stands by itself, with its entry and those before it; the database gives numbers that are keys."""
    keys = _PLAIN[table.name][0]
    given = connection.execute(table.insert(), row).inserted_primary_key or ()
    append(connection, *before, plain_fact(table, {**row, **dict(zip(keys, given, strict=True))}))


def append(connection: Connection, *facts: Fact) -> None:
    """Add entries; the transaction must be the only one that writes."""
    number, previous = last(connection)
    rows = []
    for fact in facts:
        number += 1
        values = {"number": number, **fact._asdict(), "previous": previous}
        previous = _digest(values)
        rows.append({**values, "hash": previous})
    if rows:
        connection.execute(s.ledger.insert(), rows)


def last(connection: Connection) -> tuple[int, str]:
    """Return the number and the hash of the last entry; 0 and zeros where there is none."""
    found = connection.execute(_LAST).first()
    return (found.number, found.hash) if found else (0, FIRST)


def start(connection: Connection) -> None:
    """Begin the chain with what a database holds already, each kind in order of ids; judgements come last."""
    append(connection, *plain_facts(connection, s.theatre))
    for report in pages(connection, [s.report.c[name] for name in _REPORT]):
        append(connection, report_fact(report._mapping))
    for reading, claims in readings(connection, [s.claim.c[name] for name in _CLAIM]):
        append(connection, reading_fact(reading._mapping, (claim._mapping for claim in claims)))
    for judgement in pages(connection, [s.judgement.c[name] for name in _JUDGEMENT]):
        append(connection, judgement_fact(judgement._mapping))


def extend(connection: Connection) -> None:
    """Go on with what a database holds of the kinds that only later chains cover; earlier entries stay as they are."""
    for some in chunks(plain_facts(connection, *LATER)):
        append(connection, *some)


def readings(connection: Connection, columns: Sequence[Column[Any]]) -> Iterator[tuple[Row[Any], list[Row[Any]]]]:
    """Yield every reading with these columns of its claims by position."""
    for some in chunks(pages(connection, [s.reading.c[name] for name in _READING])):
        claims: dict[int, list[Row[Any]]] = {row.id: [] for row in some}
        query = select(s.claim.c.reading.label("of_reading"), *columns).where(s.claim.c.reading.in_(claims))
        for row in connection.execute(query.order_by(s.claim.c.position, s.claim.c.id)):
            claims[row.of_reading].append(row)
        yield from ((row, claims[row.id]) for row in some)


def faults(connection: Connection, facts: Iterable[Fact], head: str | None) -> Iterator[str]:
    """Yield what is wrong with the chain, and which rows are not as it knows them; it must hold the hash `head`."""
    there = {(fact.kind, fact.item): fact for fact in facts}
    told: set[tuple[str, str]] = set()
    number, previous, known = 0, FIRST, head is None
    for row in pages(connection, list(s.ledger.c)):
        if row.number != number + 1:
            yield f"the ledger lacks what stood between its entries {number} and {row.number}"
        elif row.previous != previous:
            yield f"entry {row.number} of the ledger does not follow the one before"
        if entry_hash(row._mapping) != row.hash:
            yield f"entry {row.number} of the ledger was changed"
        fact = there.get((row.kind, row.item))
        if fact is None:
            yield f"{row.kind} '{row.item}' was taken away: the ledger has it as entry {row.number}"
        elif (row.kind, row.item) in told:
            yield f"{row.kind} '{row.item}' stands twice in the ledger"
        elif (fact.content, fact.learnt) != (row.content, row.learnt):
            yield f"{row.kind} '{row.item}' was changed since it was added"
        told.add((row.kind, row.item))
        number, previous, known = row.number, row.hash, known or row.hash == head
    yield from (f"{kind} '{item}' was put in past the ledger" for kind, item in there if (kind, item) not in told)
    if not known:
        yield f"the ledger does not hold {head}: its end was cut off, or all of it was written anew"


def entry_hash(row: Cells) -> str:
    """Return the hash that an entry must have, over all else that it says."""
    return _digest({name: value for name, value in row.items() if name != "hash"})


def _digest(value: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row as JSON in one form: keys sorted, no spaces, ASCII, instants in UTC, bytes hashed."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_written)
    return hashlib.sha256(text.encode()).hexdigest()


def _written(value: datetime | bytes) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(value).hexdigest()
