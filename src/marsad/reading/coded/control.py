"""Who holds a place by each map-maker, out of a table of control by place and day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.reading.coded.row import NotReadError
from marsad.reading.places import place_of
from marsad.records import Counts, DatePrecision, Extent, Interval, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from marsad.reading.coded.row import CodedRow
    from marsad.records import Claim
    from marsad.vocabulary import ControlTable

_HOLD = "hold"
_NAMES = ("asciiname", "name")
_STAMP = 8  # digits of a day at the start of a time


def control_claims(row: CodedRow, table: ControlTable) -> tuple[Claim, ...]:
    """Return what the map-makers of a row say; raise NotReadError where it tells no day or no standing."""
    wide = next((column for column in row.cells if _in_name(row, table, column) is not None), None)
    day = _in_name(row, table, wide) if wide is not None else row.day(table.day)
    if day is None:
        raise NotReadError(f"no day in '{table.day}'")
    makers = [column for column in table.makers if row.value(column)]
    voices = {column: table.makers[column] for column in makers}
    if not voices:
        # What a publisher makes of others' maps counts only where those are not there: it is no map of its own.
        voices = {column: row.publisher for column in (wide, table.resolved) if column and row.value(column)}
    if not voices:
        raise NotReadError("no status of the place")
    interval = Interval(start=day, end=day, precision=DatePrecision.DAY)
    place = _place(row, table)
    return tuple(
        claim
        for column, maker in voices.items()
        for claim in _statements(row, table, column, replace(row.base(row.named(maker), interval), place=place))
    )


def _statements(row: CodedRow, table: ControlTable, column: str, base: Claim) -> Iterator[Claim]:
    """Yield who holds the place by one column, each of several a part of it."""
    status = row.value(column)
    countries = table.holders.get(status.upper())
    if countries is None:
        raise NotReadError(f"'{column}' is {status[:60]!a}, which is not known")
    told = replace(base, extent=Extent.WHOLE if len(countries) == 1 else Extent.PART)
    for country in countries:
        yield row.told(told, _HOLD, column, agent=row.forces_of(country), counts=Counts())


def _in_name(row: CodedRow, table: ControlTable, column: str) -> date | None:
    """Return the day in the name of a column, None where it has none."""
    stamp = column.removeprefix(table.wide)
    return row.parsed(stamp[:_STAMP]) if stamp != column else None


def _place(row: CodedRow, table: ControlTable) -> Place:
    """Return the place of the row's GeoNames id, by what the row itself tells where the gazetteer lacks it."""
    number = row.value(table.id)
    entry = row.gazetteer.entry(f"geonames:{number}")
    if entry is not None:
        return place_of(entry.name, entry)
    name = next((value for column in _NAMES if (value := row.value(column))), number)
    lat, lon = row.number("latitude"), row.number("longitude")
    known = lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180
    return Place(
        name=name,
        gazetteer_id=f"geonames:{number}",
        lat=lat if known else None,
        lon=lon if known else None,
        feature="settlement",
    )
