"""Which column of somebody's table holds which field of a report: a TOML file that the user writes.

::

    [columns]                         # field of a report = column of the table, or several to put one after another
    text = ["headline", "body"]
    published = "date_utc"
    id = "record"

    [constants]                       # fields that are the same for every row, or for those that leave theirs empty
    publisher = "Example Monitor"
    kind = "ngo"

    [kinds]                           # the table's words for kinds of outlets
    "Government" = "state_media"

    [dates]                           # how the table writes instants
    zone = "Asia/Damascus"            # where they have no offset
    format = "%d/%m/%Y %H:%M"         # where they are not ISO: as strptime has it, or "seconds", "milliseconds"

    [holders]                         # on maps: a value of any property, and who holds an area that has it
    occupied = "Northern Front"
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from marsad.errors import InputError
from marsad.intake.build import DATES, FIELDS, LISTS
from marsad.intake.items import shown
from marsad.vocabulary import DataFile, load_outlets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from marsad.intake.items import Row

Column = str | int
"""The name of a column, or its number from 1."""

_KNOWN = FIELDS | {"holder"}  # who holds an area on a map
_SINCE_1970 = {"seconds": 1, "milliseconds": 1000}
_MAX_DATE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DateForm:
    """How a table writes instants: the zone of those without an offset, and the form of those that are not ISO."""

    zone: ZoneInfo | None = None
    format: str | None = None

    def iso(self, name: str, value: object) -> str:
        """Return an instant, or a day, of the field `name` in ISO form; raise InputError where it has another form.

        What has no offset keeps none where the zone is not known. In the hour that comes twice when clocks are set
        back, the first one is meant.
        """
        if isinstance(value, str | int | float):
            found = self._parsed(name, str(value))
            if isinstance(found, str):
                return found
            value = found
        if isinstance(value, datetime):
            return (value if value.tzinfo or not self.zone else value.replace(tzinfo=self.zone)).isoformat()
        return value.isoformat() if isinstance(value, date) else str(value)

    def _parsed(self, name: str, words: str) -> datetime | date | str:
        """Return what `words` name; ISO days and what nobody can read stay words."""
        try:
            if self.format in _SINCE_1970:
                return datetime.fromtimestamp(float(words) / _SINCE_1970[self.format], UTC)
            if self.format:
                found = datetime.strptime(words[:_MAX_DATE], self.format)  # noqa: DTZ007 - the zone is put in after
                return found if _has_time(self.format) else found.date()
        except (ValueError, OverflowError, OSError) as error:
            raise InputError(f"'{name}' does not have the form {shown(self.format)}: {shown(words)}") from error
        try:
            return datetime.fromisoformat(words) if len(words) > len("2031-05-04") else words
        except ValueError:
            return words


def _has_time(form: str) -> bool:
    return any(f"%{letter}" in form for letter in "HIcXs")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """The columns of each field of a report, and what else must be known to read a table.

    `constants` are the fields of rows that have none of their own; `kinds` maps the table's words, lower case, to kinds
    of outlets. A table without a `header` has numbered columns. `holders` are, for maps of areas, who holds an area by
    the values of its properties.
    """

    columns: Mapping[str, tuple[Column, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    dates: DateForm = DateForm()
    header: bool = True
    holders: Mapping[str, str] = field(default_factory=dict)


def load_columns(path: Path) -> ColumnMap:
    """Load a column map; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, frozenset({"columns", "constants", "kinds", "dates", "header", "holders"}))
    columns, constants = file.table(file.data, "columns"), file.table(file.data, "constants")
    kinds, dates = file.table(file.data, "kinds"), file.table(file.data, "dates")
    file.only(columns, _KNOWN, "columns")
    file.only(constants, _KNOWN, "constants")
    file.only(dates, frozenset({"zone", "format"}), "dates")
    holders = file.table(file.data, "holders")
    if not (columns or constants or dates or holders):
        file.fail("nothing in it: [columns] says which column holds the 'text', and more if you like")
    if "kind" in constants:
        file.choice(constants, "kind", load_outlets(), "constants")
    header = file.data.get("header", True)
    if not isinstance(header, bool):
        file.fail("'header' must be true or false", "header")
    return ColumnMap(
        columns={name: _columns(file, columns, name, header=header) for name in columns},
        constants={name: file.text(constants, name, "constants") for name in constants},
        kinds={word.strip().casefold(): file.choice(kinds, word, load_outlets(), "kinds") for word in kinds},
        dates=DateForm(zone=_zone(file, dates), format=_format(file, dates)),
        header=header,
        holders={value: file.text(holders, value, "holders") for value in holders},
    )


def mapped(row: Row, columns: ColumnMap | None) -> Row:
    """Return a row with its fields named as those of reports; without a map it is as it came.

    Raises InputError where a value is not what the map says.
    """
    if columns is None:
        return row
    folded = {name.strip().casefold(): value for name, value in row.fields.items()}

    def value(column: Column) -> object:
        if column in row.fields:
            return row.fields[str(column)]
        name = str(column).casefold()
        return folded[name] if name in folded else inner(row.fields, str(column).split("."))

    return replace(row, fields=fields_of(columns, value))


def fixed(row: Row, columns: ColumnMap | None) -> Row:
    """Return a row of a format whose fields are known, with what a map says that every row has alike."""
    return replace(row, fields={**row.fields, **columns.constants}) if columns else row


def inner(value: object, path: list[str]) -> object:
    """Return what lies in objects within objects, None where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def fields_of(columns: ColumnMap, value: Callable[[Column], object]) -> dict[str, object]:
    """Return the fields of a report of a row whose columns have these values; raise InputError where one is wrong."""
    fields: dict[str, object] = {}
    for name in {**columns.columns, **columns.constants}:
        values = [found for column in columns.columns.get(name, ()) if (found := value(column)) not in (None, "", [])]
        if not values and name in columns.constants:
            values = [columns.constants[name]]
        if values:
            fields[name] = _field(name, values, columns)
    return fields


def _field(name: str, values: list[object], columns: ColumnMap) -> object:
    """Return the value of a field whose columns have some."""
    if name in LISTS:
        return [word for value in values for word in _words(name, value)]
    if name in DATES:
        return columns.dates.iso(name, values[0] if len(values) == 1 else " ".join(_plain(name, one) for one in values))
    if len(values) == 1 and isinstance(values[0], bool | list | dict):
        return values[0]  # told as wrong where every input is checked
    joined = ("\n\n" if name == "text" else " ").join(_plain(name, one) for one in values)
    return columns.kinds.get(joined.strip().casefold(), joined) if name == "kind" else joined


def _words(name: str, value: object) -> list[str]:
    if isinstance(value, list):
        return [_plain(name, one) for one in value]
    return [word.strip() for word in _plain(name, value).split(";")]


def _plain(name: str, value: object) -> str:
    """Return a cell as text; raise InputError where it is something else."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise InputError(f"'{name}' is not text: bytes that are not UTF-8") from error
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    raise InputError(f"'{name}' must be a text: {shown(value)}")


def _columns(file: DataFile, columns: Mapping[str, object], name: str, *, header: bool) -> tuple[Column, ...]:
    value = columns[name]
    found = value if isinstance(value, list) else [value]
    for one in found:
        if not (isinstance(one, str) and one.strip()) and not (type(one) is int and one > 0):
            file.fail(f"'{name}' must be a column's name or its number from 1, or a list of these", "columns", name)
        if isinstance(one, str) and not header:
            file.fail(f"'{name}': columns of a table without a header have numbers", "columns", name)
    return tuple(found)


def _zone(file: DataFile, dates: Mapping[str, object]) -> ZoneInfo | None:
    if "zone" not in dates:
        return None
    name = file.text(dates, "zone", "dates")
    if name not in available_timezones():
        file.fail(f"no time zone '{name}'; names are those of the IANA, such as 'Asia/Damascus'", "dates", "zone")
    return ZoneInfo(name)


def _format(file: DataFile, dates: Mapping[str, object]) -> str | None:
    if "format" not in dates:
        return None
    form = file.text(dates, "format", "dates")
    if form not in _SINCE_1970 and "%" not in form:
        file.fail(
            "'format' must be one of strptime, such as '%d/%m/%Y', or 'seconds' or 'milliseconds'", "dates", "format"
        )
    return form
