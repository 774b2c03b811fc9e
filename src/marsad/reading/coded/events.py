"""A row of an event as the claims of whoever coded it: what happened, and how many died of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.reading.actors import CIVILIANS
from marsad.reading.coded.places import where
from marsad.reading.coded.row import NotReadError
from marsad.records import Count, Counts, DatePrecision, Extent, Interval
from marsad.vocabulary import load_events, with_trait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.reading.coded.row import CodedRow
    from marsad.records import Claim
    from marsad.vocabulary import CodedEvent, CodedTable

_CASUALTIES = "casualties"
_MOST_DEAD = 10_000_000
_SOURCES = 20


def event_claims(row: CodedRow, table: CodedTable) -> tuple[Claim, ...]:
    """Return the claims of a row of events; raise NotReadError where it tells nothing that is read."""
    key = row.value(table.key)
    event = table.events.get(key.casefold())
    if event is None:
        raise NotReadError(f"'{table.key}' is {key[:60]!a}, which is not known")
    claims = tuple(_claims(row, table, event))
    if not claims:
        raise NotReadError(f"'{table.key}' {key[:60]!a} without a known number of dead tells no event that is read")
    return claims


def _claims(row: CodedRow, table: CodedTable, event: CodedEvent) -> Iterator[Claim]:
    base = _base(row, table)
    dead = _dead(row, *table.killed)
    about = load_events().get(event.event) if event.event is not None else None
    counted = about is not None and about.family == "violence" and about.name != _CASUALTIES
    if about is not None and about.name != _CASUALTIES:
        agent, target = _parties(row, table, event)
        whole = base.extent is Extent.UNKNOWN and _in_town(row, table) and about.name in with_trait("whole")
        told = replace(base, extent=Extent.WHOLE) if whole else base
        yield row.told(told, about.name, table.key, agent=agent, target=target, counts=dead if counted else Counts())
    if dead != Counts() and not counted:
        yield row.told(base, _CASUALTIES, table.killed[1], agent=None, counts=dead)
    for column in event.tolls:
        toll, some = table.tolls[column], _dead(row, column, column)
        if some != Counts():
            target = CIVILIANS if toll.civilians else row.party(toll.target)
            yield row.told(base, _CASUALTIES, column, agent=row.party(toll.agent), target=target, counts=some)


def _base(row: CodedRow, table: CodedTable) -> Claim:
    """Return what all claims of a row have in common."""
    interval = _interval(row, table)
    place, extent = where(row, table, interval.start)
    return replace(
        row.base(row.publisher, interval),
        place=place,
        extent=extent,
        relays=_sources(row, table),
        content=row.passage(table.notes) if table.notes is not None and row.value(table.notes) else None,
    )


def _in_town(row: CodedRow, table: CodedTable) -> bool:
    """Tell whether a row names the very town, and not something around it."""
    code = table.places.get(row.value(table.place_code))
    return code is not None and code.kind == "city" and code.extent is None


def _parties(row: CodedRow, table: CodedTable, event: CodedEvent) -> tuple[str | None, str | None]:
    """Return who did it and to whom; of parties whose order tells nothing, the winner where their classes tell it."""
    if not event.winner:
        return row.party(event.agent), row.party(event.target)
    states = {column: row.value(of).casefold() in table.state_values for column, of in table.state.items()}
    named = [column for column in states if row.value(column)]
    if event.winner == "alone":
        return (row.party(named[0]), None) if named == [next(iter(states))] else (None, None)
    fitting = [column for column in named if states[column] is (event.winner == "state")]
    if len(fitting) != 1:
        return None, None
    others = [column for column in named if column != fitting[0]]
    return row.party(fitting[0]), row.party(others[0]) if others else None


def _interval(row: CodedRow, table: CodedTable) -> Interval:
    """Return the days of a row, as wide as its code says; those that end before they begin are unknown."""
    start, end = row.day(table.start), row.day(table.end)
    if start is None or end is None or start > end:
        return Interval()
    code = table.days.get(row.value(table.day_code))
    around = timedelta(days=code.around if code is not None else 0)
    return Interval(
        start=start - around,
        end=end + around,
        precision=code.precision if code is not None else DatePrecision.UNKNOWN,
        expression=row.value(table.start),
    )


def _dead(row: CodedRow, low: str, high: str) -> Counts:
    """Return the dead between two columns; none where they are no numbers, or 0."""
    least, most = row.number(low), row.number(high)
    if least is None or most is None or not 0 <= least <= most <= _MOST_DEAD:
        return Counts()
    if most == 0 or not (least.is_integer() and most.is_integer()):
        return Counts()
    return Counts(killed=Count(int(least), int(most)))


def _sources(row: CodedRow, table: CodedTable) -> tuple[str, ...]:
    """Return whom the row names as its sources."""
    names = (name.strip() for name in row.value(table.sources).split(";"))
    return tuple(dict.fromkeys(row.named(name) for name in names if name))[:_SOURCES]
