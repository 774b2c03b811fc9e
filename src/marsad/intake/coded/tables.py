"""Tables that others coded, told by their columns: ACLED, UCDP's georeferenced events, VIINA's tables of control."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.coded.cells import written
from marsad.intake.columns import ColumnMap, mapped
from marsad.intake.dates import instant
from marsad.intake.items import Row, Skipped, shown
from marsad.records import WITHDRAWN
from marsad.vocabulary import load_coded_tables, load_control_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.vocabulary import CodedTable, ControlTable, OwnRows

CodedReader = Callable[[Iterable[Row | Skipped], ColumnMap | None], Iterator[Row | Skipped]]
"""Turns the rows of one table into those of reports; fields come by column, in the order of the columns."""

_STAMP = re.compile(r"\d{8}(?:\d{6})?")
_HASHTAG = re.compile(r"#\w+(?:\s*\+\w+)*")
_SECONDS = re.compile(r"\d{1,11}")
_PLACES = 200_000  # places whose standing is remembered; VIINA has 33,141
_YEAR = re.compile(r"(?:19|20)\d\d")


def coded_reader(columns: Sequence[str], given: ColumnMap | None = None) -> CodedReader | None:
    """Return what reads a table of these columns, None where it is not known or the user says what its text is.

    Columns go by their names, in any order and case; those that are not known are kept.
    """
    if given is not None and "text" in given.columns:
        return None
    names = {_name(column) for column in columns}
    table = next((one for one in load_coded_tables().values() if one.needed <= names), None)
    if table is not None:
        own = table.ours if table.ours.columns <= names else None
        return partial(_read_events, table, own)
    for one in load_coded_tables().values():
        if one.deleted is not None and names >= {one.id, one.deleted}:
            return partial(_read_deletions, one)
    control = load_control_table()
    if control.id not in names:
        return None
    if control.day in names and names & {control.resolved, *control.makers}:
        return partial(_read_control, control)
    return partial(_read_wide, control) if any(_stamp(control, name) for name in names) else None


def coded_header(first: Sequence[str]) -> tuple[str, ...] | None:
    """Return the columns of a table without a header by its first row, None where its cells do not look like any."""
    for table in load_coded_tables().values():
        for header in table.headers:
            if len(header) == len(first) and _fits(table, dict(zip(header, first, strict=True))):
                return header
    return None


def _fits(table: CodedTable, row: Mapping[str, str]) -> bool:
    """Tell whether the cells of a row are what its columns would hold."""
    numbers = [row[column].strip() for column in (table.id, *table.killed)]
    try:
        lat, lon = float(row[table.lat]), float(row[table.lon])
    except ValueError:
        return False
    return (
        all(number.isdecimal() for number in numbers)
        and int(numbers[1]) <= int(numbers[2])
        and bool(_YEAR.fullmatch(row["year"].strip()))
        and row[table.key].strip().casefold() in table.events
        and row[table.place_code].strip() in table.places
        and row[table.day_code].strip() in table.days
        and abs(lat) <= 90
        and abs(lon) <= 180
    )


# Events


def _read_events(
    table: CodedTable, own: OwnRows | None, rows: Iterable[Row | Skipped], given: ColumnMap | None
) -> Iterator[Row | Skipped]:
    for order, row in enumerate(rows):
        if isinstance(row, Skipped):
            yield row
            continue
        cells = _cells(row.fields)
        if order == 0 and _are_hashtags(cells):
            continue
        by_name = {_name(column): value for column, value in reversed(cells)}
        number = by_name.get(table.id, "").strip()
        if not number:
            yield Skipped(row.origin, f"a row without '{table.id}'")
            continue
        if own is not None and (status := by_name.get(own.status, "").strip()) != own.stands:
            yield Skipped(row.origin, f"an event that does not stand: '{own.status}' is {shown(status)}")
            continue
        changed = _changed(by_name.get(table.changed, "")) if table.changed else None
        told = own or table
        fields = {
            "id": f"{told.prefix}{number}",
            "publisher": told.publisher,
            "kind": told.kind,
            "form": table.form,
            "text": written(cells),
            "published": changed,
            "updated": changed,
        }
        yield _report(row, fields, given, versioned=changed is None)


def _read_deletions(
    table: CodedTable, rows: Iterable[Row | Skipped], given: ColumnMap | None
) -> Iterator[Row | Skipped]:
    """Yield for each row of a list of deletions the version by which its publisher took an event back."""
    for row in rows:
        if isinstance(row, Skipped):
            yield row
            continue
        cells = _cells(row.fields)
        by_name = {_name(column): value for column, value in cells}
        number, at = by_name.get(table.id, "").strip(), _changed(by_name.get(table.deleted or "", ""))
        if not number or at is None:
            yield Skipped(row.origin, f"a row without '{table.id}' or a time in '{table.deleted}'")
            continue
        fields = {
            "id": f"{table.prefix}{number}",
            "publisher": table.publisher,
            "kind": table.kind,
            "form": WITHDRAWN,
            "text": written(cells),
            "published": at,
            "updated": at,
        }
        yield _report(row, fields, given, versioned=False)


def _are_hashtags(cells: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the cells are the HXL hashtags that can stand beneath a header."""
    values = [value.strip() for _, value in cells if value.strip()]
    return bool(values) and all(_HASHTAG.fullmatch(value) for value in values)


def _changed(words: str) -> str | None:
    """Return the instant at which a row was changed, in seconds or as a date; None where it tells none."""
    words = words.strip()
    if _SECONDS.fullmatch(words):
        return datetime.fromtimestamp(int(words), UTC).isoformat()
    try:
        return instant(words)[0].isoformat()
    except InputError:
        return None


# Control


@dataclass(slots=True)
class _Standing:
    """The last day that was read of a place, its statuses then, and its row where no report was made of it."""

    day: date
    statuses: list[str]
    waiting: Row | None = None


def _read_control(
    table: ControlTable, rows: Iterable[Row | Skipped], given: ColumnMap | None
) -> Iterator[Row | Skipped]:
    """Yield the rows of each place on its first day, on every day that changes a status, and on its last."""
    places: dict[str, _Standing] = {}
    wanted = (table.id, table.day, *table.makers, table.resolved)
    told: list[str | None] = []
    former: Mapping[str, object] = {}
    for row in rows:
        if isinstance(row, Skipped):
            yield row
            continue
        if row.fields.keys() != former.keys() or not told:  # a table has the same columns in millions of rows
            by_name = {_name(column): column for column in row.fields}
            told, former = [by_name.get(name) for name in wanted], row.fields
        place, words, *statuses = (str(row.fields[column] or "") if column else "" for column in told)
        place, day = place.strip(), _day(words)
        if not place or day is None:
            yield Skipped(row.origin, f"a row without '{table.id}' or a day in '{table.day}'")
            continue
        before = places.get(place)
        if before is not None and day <= before.day:
            raise InputError(f"the days of place {shown(place)} do not rise; sort the table by '{table.day}'")
        if before is None and len(places) >= _PLACES:
            raise InputError(f"more than {_PLACES:,} places in one table of control")
        if before is not None and before.statuses == statuses:
            before.day, before.waiting = day, row
            continue
        places[place] = _Standing(day, statuses)
        yield _on_day(table, row, f"{place}:{day:%Y%m%d}", day, given)
    for place, last in places.items():
        if last.waiting is not None:
            yield _on_day(table, last.waiting, f"{place}:{last.day:%Y%m%d}", last.day, given)


def _read_wide(table: ControlTable, rows: Iterable[Row | Skipped], given: ColumnMap | None) -> Iterator[Row | Skipped]:
    """Yield for each place its first day, every day that changes its status, and its last, each with its cell alone."""
    for row in rows:
        if isinstance(row, Skipped):
            yield row
            continue
        about = {column: value for column, value in row.fields.items() if not _stamp(table, _name(column))}
        place = {_name(column): value for column, value in _cells(about)}.get(table.id, "").strip()
        if not place:
            yield Skipped(row.origin, f"a row without '{table.id}'")
            continue
        columns = sorted(row.fields.keys() - about.keys())
        before: object = None
        for column in columns:
            stamp = _stamp(table, _name(column)) or ""
            day, value = _day(stamp[:8]), row.fields[column]
            if day is not None and (value != before or column == columns[-1]):
                one = replace(row, fields={**about, column: value})
                yield _on_day(table, one, f"{place}:{stamp}", day, given)
            before = value


def _stamp(table: ControlTable, name: str) -> str | None:
    """Return the time in the name of a column that holds a day, None for another column."""
    stamp = name.removeprefix(table.wide)
    return stamp if name != stamp and _STAMP.fullmatch(stamp) else None


def _on_day(table: ControlTable, row: Row, name: str, day: date, given: ColumnMap | None) -> Row:
    """Return the report's row of a place on a day; a map of a day is out on that day."""
    fields = {
        "id": f"{table.prefix}{name}",
        "publisher": table.publisher,
        "kind": table.kind,
        "form": table.form,
        "text": written(_cells(row.fields)),
        "published": day.isoformat(),
    }
    return _report(row, fields, given, versioned=True)


def _day(words: str) -> date | None:
    words = words.strip()
    try:
        return date.fromisoformat(words) if len(words) in {8, 10} else None
    except ValueError:
        return None


# Rows


def _report(row: Row, fields: Mapping[str, object], given: ColumnMap | None, *, versioned: bool) -> Row:
    """Return the row of a report, with what the user's column map says instead of what the table is known for."""
    own = mapped(row, given).fields if given is not None else {}
    return replace(row, fields={**fields, **own}, versioned=versioned)


def _cells(values: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(column.removeprefix("\ufeff"), "" if value is None else str(value)) for column, value in values.items()]


def _name(column: str) -> str:
    """Return the name of a column as it is compared."""
    return column.removeprefix("\ufeff").strip().casefold()
