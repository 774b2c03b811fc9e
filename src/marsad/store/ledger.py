"""A chain of hashes over the reports, readings with their claims, theatres and judgements that were added.

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
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection, Row, RowMapping

    Cells = Mapping[str, Any] | RowMapping

# What is hashed, by name: columns that later schemas add leave the hashes of earlier rows as they are. A claim's other
# columns repeat what its record says.
_REPORT = (
    "id", "publisher", "kind", "title", "text", "sha256", "published", "published_at", "published_precision",
    "retrieved", "url", "agencies", "dateline", "language", "copy_of", "learnt",
)  # fmt: skip
_SINCE = ("updated", "version_of", "authors", "note", "forwarded_from", "reply_to", "form")  # where they are filled
_THEATRE = ("id", "digest", "text", "learnt")
_READING = ("id", "report", "extractor", "theatre", "learnt")
_CLAIM = ("id", "position", "record")
_JUDGEMENT = ("id", "kind", "subject", "judge", "made", "record")
_FIRST = "0" * 64  # stands for the entry before the first


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


def theatre_fact(row: Cells) -> Fact:
    """Return the fact of a theatre's row."""
    return Fact("theatre", str(row["id"]), _digest({name: row[name] for name in _THEATRE}), row["learnt"])


def reading_fact(row: Cells, claims: Iterable[Cells]) -> Fact:
    """Return the fact of a reading's row with those of all its claims, in the order of their positions."""
    found = [{name: claim[name] for name in _CLAIM} for claim in claims]
    content = {**{name: row[name] for name in _READING}, "claims": found}
    return Fact("reading", str(row["id"]), _digest(content), row["learnt"])


def judgement_fact(row: Cells) -> Fact:
    """Return the fact of a judgement's row."""
    return Fact("judgement", row["id"], _digest({name: row[name] for name in _JUDGEMENT}), row["made"])


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
    query = select(s.ledger.c.number, s.ledger.c.hash).order_by(s.ledger.c.number.desc()).limit(1)
    found = connection.execute(query).first()
    return (found.number, found.hash) if found else (0, _FIRST)


def start(connection: Connection) -> None:
    """Begin the chain with what a database holds already, each kind in order of ids; judgements come last."""
    for theatre in pages(connection, [s.theatre.c[name] for name in _THEATRE]):
        append(connection, theatre_fact(theatre._mapping))
    for report in pages(connection, [s.report.c[name] for name in _REPORT]):
        append(connection, report_fact(report._mapping))
    for reading, claims in readings(connection):
        append(connection, reading_fact(reading._mapping, (claim._mapping for claim in claims)))
    for judgement in pages(connection, [s.judgement.c[name] for name in _JUDGEMENT]):
        append(connection, judgement_fact(judgement._mapping))


def readings(connection: Connection) -> Iterator[tuple[Row[Any], list[Row[Any]]]]:
    """Yield every reading with the rows of its claims by position."""
    for some in chunks(pages(connection, [s.reading.c[name] for name in _READING])):
        claims: dict[int, list[Row[Any]]] = {row.id: [] for row in some}
        query = select(s.claim).where(s.claim.c.reading.in_(claims)).order_by(s.claim.c.position, s.claim.c.id)
        for row in connection.execute(query):
            claims[row.reading].append(row)
        yield from ((row, claims[row.id]) for row in some)


def faults(connection: Connection, facts: Iterable[Fact], head: str | None) -> Iterator[str]:
    """Yield what is wrong with the chain, and which rows are not as it knows them; it must hold the hash `head`."""
    there = {(fact.kind, fact.item): fact for fact in facts}
    told: set[tuple[str, str]] = set()
    number, previous, known = 0, _FIRST, head is None
    for row in pages(connection, list(s.ledger.c)):
        values = {name: value for name, value in row._mapping.items() if name != "hash"}
        if row.number != number + 1:
            yield f"the ledger lacks what stood between its entries {number} and {row.number}"
        elif row.previous != previous:
            yield f"entry {row.number} of the ledger does not follow the one before"
        if _digest(values) != row.hash:
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


def _digest(value: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row as JSON in one form: keys sorted, no spaces, ASCII, instants in UTC."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_instant)
    return hashlib.sha256(text.encode()).hexdigest()


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
