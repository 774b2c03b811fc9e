"""A table as Parquet: columns of the types of the cells and of the record's fields, nested ones as structs and lists.

What the file says of itself stands as JSON under the key `marsad` of its metadata. A record that the columns cannot
hold exactly, such as one of an earlier version that had other fields, stands beside them as JSON in `as_kept`.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.errors import InputError
from marsad.exports.own.shapes import InexactError, record_shape
from marsad.serial import from_json, to_json
from marsad.store import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from marsad.exports.own.layout import Layout
    from marsad.store import Row

SUFFIX = ".parquet"
ROW, FIRST = "row", 1  # what a row is called, and the number of the first
AS_KEPT = "as_kept"

_KEY = b"marsad"
_ROWS, _BYTES = 10_000, 16_000_000  # of a group: as many rows as reach either
_AT_ONCE, _WORDS_AT_ONCE = 500, 4_000_000  # rows and characters that are held as objects of Python, which are large
_READ_AT_ONCE = 500
_HELD = 1_000_000_000  # bytes of rows that are read
_FEW, _ROWS_A_BYTE = 1_000_000, 20  # how many rows a byte can stand for, once there are more than a few
_SMALL, _RATIO = 100_000_000, 200  # how many times its size a file may unpack to, once it is larger than so much
_SHOWN = 80
_MOST_NAMES = 10_000_000  # bytes of names in the description of a file

_TYPES = {
    Kind.NUMBER: pa.int64(),
    Kind.REAL: pa.float64(),
    Kind.WORDS: pa.string(),
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
    Kind.BYTES: pa.binary(),
    Kind.LIST: pa.list_(pa.string()),
    Kind.NUMBERS: pa.list_(pa.int64()),
}


def schema(layout: Layout) -> Any:
    """Return the columns of a table as an Arrow schema."""
    columns = [pa.field(cell.name, _TYPES[cell.kind], nullable=cell.optional) for cell in layout.cells]
    if layout.record is not None:
        columns += [*record_shape(layout.record).arrow, pa.field(AS_KEPT, pa.string())]
    return pa.schema(columns)


def write(header: Mapping[str, Any], rows: Iterable[Row], stream: BinaryIO, layout: Layout) -> int:
    """Write a table, and return how many rows it has."""
    words = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    columns = schema(layout)
    convert = _out(layout)
    number = 0
    with pq.ParquetWriter(stream, columns, compression="zstd", version="2.6", store_schema=False) as writer:
        for group in _groups(map(convert, rows), columns):
            number += group.num_rows
            writer.write_table(group)
        writer.add_key_value_metadata({_KEY: words.encode()})
    return number


def read_header(stream: BinaryIO) -> Mapping[str, Any]:
    """Return what a file says of itself; raise InputError where it says nothing."""
    try:
        found = _opened(stream).metadata.metadata or {}
        value = json.loads(found.get(_KEY, b""))
    except (pa.ArrowException, OSError, ValueError, RecursionError) as error:
        raise InputError("no Parquet file of Marsad") from error
    if not isinstance(value, dict):
        raise InputError("no Parquet file of Marsad")
    return value


def read(stream: BinaryIO, layout: Layout) -> Iterator[Row]:
    """Yield the rows; raise InputError where one is none."""
    try:
        file = _opened(stream)
        at_once, back = _rows_at_once(file, layout, stream.seek(0, os.SEEK_END)), _back(layout)
        for batch in file.iter_batches(at_once, use_threads=False):
            yield from map(back, batch.to_pylist())
    except (pa.ArrowException, OSError, ValueError, RecursionError, KeyError) as error:
        raise InputError(f"damaged: {str(error)[:_SHOWN]}") from error


def _rows_at_once(file: Any, layout: Layout, size: int) -> int:
    """Return how many rows of a file of so many bytes can be held, however often one long word stands in them.

    Raises InputError unless it has the columns of the table, and makes no more of its size than tables do.
    """
    if not file.schema_arrow.remove_metadata().equals(schema(layout)):
        raise InputError("its columns are not those of the table")
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    unpacked = [group.column(number).total_uncompressed_size for group in groups for number in range(group.num_columns)]
    if file.metadata.num_rows > max(_FEW, _ROWS_A_BYTE * size) or sum(unpacked) > max(_SMALL, _RATIO * size):
        raise InputError("unpacks to far more than its size")
    largest: int = max([1, *unpacked])
    return max(1, min(_READ_AT_ONCE, _HELD // largest))


def _opened(stream: BinaryIO) -> Any:
    limits = {"thrift_string_size_limit": _MOST_NAMES, "thrift_container_size_limit": _MOST_NAMES // 10}
    return pq.ParquetFile(stream, pre_buffer=False, **limits)


def _groups(rows: Iterable[Row], columns: Any) -> Iterator[Any]:
    """Yield rows as Arrow tables, each a group of the file."""
    batches: list[Any] = []
    for some in _portions(rows):
        batches.append(pa.RecordBatch.from_pylist(some, columns))
        if sum(one.num_rows for one in batches) >= _ROWS or sum(one.nbytes for one in batches) >= _BYTES:
            yield pa.Table.from_batches(batches)
            batches.clear()
    if batches:
        yield pa.Table.from_batches(batches)


def _portions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists that are neither long nor large."""
    some: list[Row] = []
    size = 0
    for row in rows:
        some.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(some) == _AT_ONCE or size > _WORDS_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _out(layout: Layout) -> Callable[[Row], Row]:
    """Return what makes the columns of a row."""
    if layout.record is None:
        return dict
    record, names = layout.record, tuple(cell.name for cell in layout.cells)
    convert = record_shape(record).out

    def out(row: Row) -> Row:
        kept = {**row}
        cells = {name: kept.pop(name) for name in names}
        try:
            return {**cells, **convert(kept)}
        except InexactError:
            words = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        try:
            return {**cells, **convert(to_json(from_json(record, kept), brief=True)), AS_KEPT: words}
        except (InexactError, InputError):
            return {**cells, AS_KEPT: words}

    return out


def _back(layout: Layout) -> Callable[[Row], Row]:
    """Return what makes a row of its columns."""
    if layout.record is None:
        return dict
    names, convert = tuple(cell.name for cell in layout.cells), record_shape(layout.record).back

    def back(row: Row) -> Row:
        kept = convert(row) if row[AS_KEPT] is None else json.loads(row[AS_KEPT])
        if not isinstance(kept, dict) or not kept.keys().isdisjoint(names):
            raise InputError(f"'{AS_KEPT}' cannot be {row[AS_KEPT][:80]!r}")
        return {**{name: row[name] for name in names}, **kept}

    return back
