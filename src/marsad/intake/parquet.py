"""Parquet: tables of columns, read some rows at a time."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.intake.items import Row, Skipped, shown
from marsad.intake.tables import Table
from marsad.intake.unpacking import broken, seekable, swollen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.intake.items import Input

_ROWS = 64
_MAX_NAMES = 10_000_000  # bytes of names in the description of a file


def read_parquet(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every row of a Parquet file; raise InputError where it is none.

    What its pages unpack to is bounded by what the file says of itself, as its library believes it.
    """
    arrow = _arrow("pyarrow")
    with seekable(source) as stream:
        try:
            file = _opened(stream, [])
            words = [one.name for one in file.schema_arrow if _is_words(one.type)]
            # A word that stands in a million rows stands in the file once, and must not be unpacked a million times.
            file = _opened(stream, words)
            if reason := swollen(*_sizes(file.metadata)):
                raise InputError(reason)
            header = list(file.schema_arrow.names)
            table = Table.of(source.columns, header)
            wanted = sorted({place for place, _ in table.places.values()})
            number = source.first - 1
            names = [header[place] for place in wanted]
            for batch in file.iter_batches(_ROWS, row_groups=source.groups, columns=names, use_threads=False):
                columns = {place: _precise(batch.column(header[place])) for place in wanted}
                for at in range(batch.num_rows):
                    number += 1
                    yield table.row(source, f"{source.origin}:{number}", _cells(columns, at, len(header)))
        except (arrow.ArrowException, OSError, ValueError, KeyError) as error:
            raise InputError(f"no Parquet file, or {broken(error)}") from error
        if number < source.first:
            raise InputError("empty: a table without rows")


def _arrow(name: str) -> Any:
    """Return a module of the library, which takes a while to load and which few inputs need."""
    return importlib.import_module(name)


def _opened(stream: Any, dictionaries: Sequence[str]) -> Any:
    return _arrow("pyarrow.parquet").ParquetFile(
        stream,
        read_dictionary=dictionaries,
        pre_buffer=False,
        thrift_string_size_limit=_MAX_NAMES,
        thrift_container_size_limit=_MAX_NAMES // 10,
    )


def _is_words(kind: Any) -> bool:
    types = _arrow("pyarrow").types
    return bool(types.is_string(kind) or types.is_binary(kind))


def _sizes(metadata: Any) -> tuple[int, int]:
    """Return the bytes of all columns as they are packed, and unpacked."""
    columns = [
        metadata.row_group(group).column(column)
        for group in range(metadata.num_row_groups)
        for column in range(metadata.num_columns)
    ]
    return sum(one.total_compressed_size for one in columns), sum(one.total_uncompressed_size for one in columns)


def _precise(column: Any) -> Any:
    """Return a column with instants to the microsecond, which is as fine as they are here."""
    arrow = _arrow("pyarrow")
    if arrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(arrow.timestamp("us", column.type.tz), safe=False)
    return column


def _cells(columns: dict[int, Any], at: int, width: int) -> list[object] | str:
    """Return the cells of a row, None for columns that are not asked for, or the reason against it."""
    cells: list[object] = [None] * width
    try:
        for place, column in columns.items():
            cells[place] = column[at].as_py()
    except Exception as error:  # noqa: BLE001 - zones that nobody knows, text that is none, years beyond the calendar
        return f"a value that cannot be read: {shown(str(error))}"
    return cells
