"""Tables: CSV and its kin, read row by row however long they are."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.build import FIELDS
from marsad.intake.coded import coded_header, coded_reader
from marsad.intake.columns import ColumnMap, fields_of, inner
from marsad.intake.csvrecords import MAX_COLUMNS, MAX_RECORD, Dialect, dialect_of, records
from marsad.intake.decode import encoding_of
from marsad.intake.items import Row, Skipped, shown
from marsad.intake.unpacking import stream_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marsad.intake.columns import Column
    from marsad.intake.items import Input

_SAMPLE = 256 * 1024
_MAX_LIST = 70


def read_table(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every record below the header; raise InputError where none can be."""
    text, sample = _text_of(source)
    dialect = Dialect("\t") if source.suffix == ".tsv" else dialect_of(sample)
    found = records(_lines(text), dialect)
    first = next(found, None)
    if first is None or isinstance(first[1], str):
        raise InputError("empty")
    header = coded_header(first[1])
    if read := coded_reader(header or first[1], source.columns):
        coded = _coded(source.origin, header or first[1], _again(first, found) if header else found)
        yield from read(coded, source.columns)
        return
    table = Table.of(source.columns, [name.strip() for name in first[1]])
    rows = 0
    for number, cells in found if table.columns.header else _again(first, found):
        rows += 1
        yield table.row(source, f"{source.origin}:{number}", cells)
    if not rows:
        raise InputError("empty: a table with a header alone")


def _coded(origin: str, header: Sequence[str], found: Iterable[tuple[int, list[str] | str]]) -> Iterator[Row | Skipped]:
    """Yield the records of a table of coded data as rows of its columns."""
    for number, cells in found:
        where = f"{origin}:{number}"
        yield Skipped(where, cells) if isinstance(cells, str) else Row(where, dict(zip(header, cells, strict=True)))


@dataclass(frozen=True, slots=True)
class Table:
    """Where the columns of a map stand in a table: the number of each from 0, and the way into its cell."""

    columns: ColumnMap
    places: Mapping[Column, tuple[int, list[str]]]

    @classmethod
    def of(cls, columns: ColumnMap | None, header: Sequence[str]) -> Table:
        """Return the table with these names of columns; raise InputError where they are not those of the map.

        Without a map the names must be those of the fields of a report.
        """
        if columns is None:
            columns = ColumnMap(columns={name: (name,) for name in FIELDS if name in map(str.casefold, header)})
            if "text" not in columns.columns:
                raise InputError(f"no column 'text' among {_listed(header)}; a column map can say which one it is")
        elif "text" not in columns.columns:
            raise InputError("the column map does not say which column holds the 'text'")
        wanted = dict.fromkeys(column for some in columns.columns.values() for column in some)
        return cls(columns, {column: _place(column, header) for column in wanted})

    def row(self, source: Input, origin: str, cells: Sequence[object] | str) -> Row | Skipped:
        """Return the row that cells make, or the reason against it, which may be given in their place."""
        if isinstance(cells, str):
            return Skipped(origin, cells)

        def value(column: Column) -> object:
            number, path = self.places[column]
            return inner(cells[number], path)

        try:
            fields = fields_of(self.columns, value)
        except InputError as error:
            return Skipped(origin, str(error))
        return Row(origin, fields, retrieved=source.retrieved, versioned=source.url is not None)


def _place(column: Column, header: Sequence[str]) -> tuple[int, list[str]]:
    """Return where a column stands; a name with dots may lead into the objects of a column."""
    if isinstance(column, int):
        if column > len(header):
            raise InputError(f"no column {column}: the table has {len(header):,}")
        return column - 1, []
    root, dot, path = column.partition(".")
    for name, way in ((column.strip(), []), (root, path.split("."))) if dot else ((column.strip(), []),):
        places = [place for place, one in enumerate(header) if one == name]
        places = places or [place for place, one in enumerate(header) if one.casefold() == name.casefold()]
        if len(places) > 1:
            raise InputError(f"several columns are named {shown(name)}; the column map can give a number")
        if places:
            return places[0], way
    raise InputError(f"no column {shown(column)} among {_listed(header)}")


def _listed(header: Sequence[str]) -> str:
    words = ", ".join(shown(name) for name in header[:MAX_COLUMNS])
    return words if len(words) <= _MAX_LIST else f"{words[:_MAX_LIST]}..."


def _text_of(source: Input) -> tuple[io.TextIOWrapper, str]:
    """Return an input as text, ends of lines as they came, and how it begins."""
    head = source.stream.read(_SAMPLE)
    encoding = encoding_of(head)
    sample = head.decode(encoding, "replace").removeprefix("\ufeff")
    left = [head]
    stream = stream_of(lambda size: _first(left, size) or source.stream.read1(size))
    return io.TextIOWrapper(stream, encoding, errors="replace", newline=""), sample


def _first(left: list[bytes], size: int) -> bytes:
    data, left[0] = left[0][:size], left[0][size:]
    return data


def _lines(text: io.TextIOWrapper) -> Iterator[tuple[int, str | None]]:
    """Yield the lines with their numbers; one that is too long is read past, and is None."""
    number = 0
    while line := text.readline(MAX_RECORD):
        number += 1
        if number == 1 and line.startswith("sep="):
            continue  # Excel's own way to tell the delimiter
        if len(line) < MAX_RECORD or line.endswith(("\n", "\r")):
            yield number, line
            continue
        while (rest := text.readline(MAX_RECORD)) and not rest.endswith(("\n", "\r")):
            pass
        yield number, None


def _again(
    first: tuple[int, list[str] | str], rest: Iterator[tuple[int, list[str] | str]]
) -> Iterator[tuple[int, list[str] | str]]:
    yield first
    yield from rest
