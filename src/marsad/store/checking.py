"""Whether all that a store keeps is whole and fits together; nothing is changed, and every fault is one line."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from marsad.errors import InputError
from marsad.records import Claim, Inspection
from marsad.serial import from_json
from marsad.store import captures, ledger
from marsad.store import schema as s
from marsad.store.paging import pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Row, Table

_REPEATED = ("id", "report", "event", "source", "speaker", "extractor")  # columns of a claim that its record has too


def inspect(connection: Connection, damage: list[str], head: str | None) -> Inspection:
    """Return what was checked and the faults, with the `damage` that the database itself tells of.

    `head` is the hash of an entry of the ledger, as an earlier inspection gave it, which must still be there.
    """
    faults, facts, lengths = list(damage), [], {}
    for report in pages(connection, list(s.report.c)):
        facts.append(ledger.report_fact(report._mapping))
        lengths[report.id] = len(report.text)
        if hashlib.sha256(report.text.encode()).hexdigest() != report.sha256:
            faults.append(f"report '{report.id}': its text is not the one of its SHA-256")
    facts += ledger.plain_facts(connection, s.theatre, *ledger.LATER, s.notice)
    facts += [ledger.judgement_fact(judgement._mapping) for judgement in pages(connection, list(s.judgement.c))]
    readings = claims = 0
    for reading, found in ledger.readings(connection, list(s.claim.c)):
        facts.append(ledger.reading_fact(reading._mapping, (claim._mapping for claim in found)))
        readings, claims = readings + 1, claims + len(found)
        for claim in found:
            faults += _of_claim(claim, reading.report, lengths)
    faults += captures.damaged(connection)
    faults += references(connection)
    faults += links(connection)
    faults += ledger.faults(connection, facts, head)
    entries, last = ledger.last(connection)
    count = Counter(fact.kind for fact in facts)
    return Inspection(
        reports=len(lengths),
        readings=readings,
        claims=claims,
        theatres=count["theatre"],
        judgements=count["judgement"],
        receipts=count["receipt"],
        skips=count["skip"],
        kinships=count["kinship"],
        captures=count["capture"],
        visits=count["visit"],
        notices=count["notice"],
        slots=_count(connection, s.slot),
        members=_count(connection, s.member),
        entries=entries,
        head=last if entries else None,
        faults=tuple(faults),
    )


def _of_claim(row: Row[Any], report: str, lengths: Mapping[str, int]) -> Iterator[str]:
    """Yield the faults of a claim by itself: its report, its record, its passages."""
    if row.report != report:
        yield f"claim '{row.id}' is of report '{row.report}', its reading of '{report}'"
    try:
        claim = from_json(Claim, row.record)
    except InputError as error:
        yield f"claim '{row.id}': {error}"
        return
    for name in _REPEATED:
        if getattr(claim, name) != getattr(row, name):
            yield f"claim '{row.id}': its {name} is not the one of its record"
    place = claim.place
    if (row.lat, row.lon) != ((place.lat, place.lon) if place else (None, None)):
        yield f"claim '{row.id}': its point is not the one of its record"
    names = (place.name, place.canonical, place.gazetteer_id) if place else (None, None, None)
    if (row.place, row.canonical, row.gazetteer) != names:
        yield f"claim '{row.id}': its place is not the one of its record"
    yield from strayed(claim, report, lengths.get(report, 0))


def strayed(claim: Claim, report: str, length: int) -> Iterator[str]:
    """Yield which passages of a claim are not within the text of its report, which has so many characters."""
    for passage in (claim.anchor, claim.cue, claim.source_passage, claim.content):
        if passage is None:
            continue
        if passage.report != report:
            yield f"claim '{claim.id}': a passage is of report '{passage.report}'"
        elif not 0 <= passage.start <= passage.end <= length:
            yield f"claim '{claim.id}': characters {passage.start} to {passage.end} are not within its report"


def references(connection: Connection) -> Iterator[str]:
    """Yield where rows name others that are not there."""
    for table in s.tables.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            lost = ~exists().where(key.column == key.parent)
            query = select(func.count()).select_from(table).where(key.parent.is_not(None), lost)
            if count := connection.scalar(query):
                yield f"{count} rows of '{table.name}' name a {key.column.table.name} that is not there"


def links(connection: Connection) -> Iterator[str]:
    """Yield where what linking keeps does not fit the claims."""
    there = select(s.claim.c.id)
    m, p, c = s.member.c, s.proposition.c, s.slot.c
    for row in connection.execute(select(m.claim, m.proposition).where(m.claim.not_in(there)).order_by(m.id)):
        yield f"claim '{row.claim}' is of proposition '{row.proposition}', and not there"
    for row in connection.execute(select(p.founder, p.id).where(p.founder.not_in(there)).order_by(p.rank)):
        yield f"claim '{row.founder}' founded proposition '{row.id}', and is not there"
    read = and_(s.claim.c.reading == c.reading, s.claim.c.id == c.claim)
    later = s.member.alias("later")
    latest = select(func.max(later.c.id)).where(later.c.claim == c.claim).scalar_subquery()
    home = func.coalesce(m.proposition, "")
    slots = s.slot.outerjoin(s.claim, read).outerjoin(s.member, m.id == latest)
    wrong = or_(s.claim.c.id.is_(None), home != c.proposition)
    columns = (c.claim, c.reading, c.proposition, home.label("home"), s.claim.c.id.label("read"))
    for slot in connection.execute(select(*columns).select_from(slots).where(wrong).order_by(c.claim)):
        if slot.read is None:
            yield f"claim '{slot.claim}' has a slot, and is not of its reading {slot.reading}"
        else:
            yield f"claim '{slot.claim}' stands with proposition '{slot.proposition}', and is of '{slot.home}'"


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
