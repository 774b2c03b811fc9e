"""A table as JSON lines: a header, then an object a row; instants as ISO 8601 in UTC, bytes as base64."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.store import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from marsad.exports.own.layout import Layout
    from marsad.store import Row

SUFFIX = ".jsonl"
ROW, FIRST = "line", 2  # what a row is called, and the number of the first

_LONGEST = 400_000_000  # bytes of a line: a capture of the most that is unpacked, as base64
_LONGEST_HEADER = 1_000_000
_SURROGATE = b"\\ud"  # as it is written in JSON, alone or the first of a pair


def write(header: Mapping[str, Any], rows: Iterable[Row], stream: BinaryIO, layout: Layout) -> int:  # noqa: ARG001
    """Write a table, and return how many rows it has."""
    stream.write(_line(header))
    number = 0
    for row in rows:
        number += 1
        stream.write(_line(row))
    return number


def read_header(stream: BinaryIO) -> Mapping[str, Any]:
    """Return what a file says of itself; raise InputError where it says nothing."""
    return _object(stream.readline(_LONGEST_HEADER))


def read(stream: BinaryIO, layout: Layout) -> Iterator[Row]:
    """Yield the rows after the header; raise InputError where one is none."""
    while line := stream.readline(_LONGEST):
        yield _decoded(_object(line), layout)


def _line(value: Mapping[str, Any]) -> bytes:
    return f"{_ENCODER.encode(value)}\n".encode()


def _written(value: datetime | bytes) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return base64.b64encode(value).decode()


def _object(line: bytes) -> dict[str, Any]:
    if not line.endswith(b"\n"):
        raise InputError("the file ends within the line" if len(line) < _LONGEST else "too long")
    try:
        value = _DECODER.decode(line.decode())
    except (ValueError, RecursionError) as error:
        raise InputError("not a line of JSON") from error
    if not isinstance(value, dict):
        raise InputError("an object is expected")
    if _SURROGATE in line.lower():
        try:
            _line(value)
        except UnicodeEncodeError as error:
            raise InputError("text with a lone surrogate, which is no text") from error
    return value


def _no_number(word: str) -> float:
    raise ValueError(word)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_written)
_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _decoded(row: dict[str, Any], layout: Layout) -> dict[str, Any]:
    """Return a row with its instants and bytes, in place."""
    for cell in layout.cells:
        value = row.get(cell.name)
        if not isinstance(value, str):
            continue
        try:
            if cell.kind is Kind.INSTANT:
                row[cell.name] = datetime.fromisoformat(value)
            elif cell.kind is Kind.BYTES:
                row[cell.name] = base64.b64decode(value, validate=True)
        except (ValueError, binascii.Error) as error:
            raise InputError(f"'{cell.name}' cannot be {value[:80]!r}") from error
    return row
