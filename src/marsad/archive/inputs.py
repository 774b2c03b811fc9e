"""What is read: files and folders of this machine or of any store that fsspec knows, in parts that are read apart."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.errors import InputError
from marsad.intake import Skipped, files_of, read_opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from typing import BinaryIO

    from marsad.intake import ColumnMap, Taken
    from marsad.vocabulary import Publishers

HERE = "memory"
"""The store of fsspec that other processes do not see."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.:-]+)://", re.IGNORECASE)
# These ask servers by the house's rules alone, as `marsad add` does; a chain or a list of references can hide one.
_REFUSED = frozenset({"http", "https", "ftp", "reference", "generic", "github", "git", "hf", "jupyter", "dataverse"})
_LINES = frozenset({".jsonl", ".ndjson"})
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # marks of UTF-16 and UTF-32, which cannot be cut at any byte
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of the input that is read apart: a file, bytes `start` to `end` of it, or `groups` of its rows.

    `size` is in bytes. `mark` changes where the file does. `first` is the number of the first line or row. Where there
    is a `reason`, it is not read for that.
    """

    name: str
    size: int = 0
    mark: str = ""
    start: int = 0
    end: int | None = None
    first: int = 1
    groups: tuple[int, ...] | None = None
    reason: str = ""


def units(sources: Iterable[str | Path], part: int) -> tuple[Unit, ...]:
    """Return the parts of sources by name, long files of JSON lines and Parquet cut into such of `part` bytes or more.

    A source that is named twice is read once. Raises InputError where there is none, or it cannot be reached.
    """
    found: dict[str, tuple[Unit, ...]] = {}
    for source in sources:
        for unit in _listed(str(source)):
            if unit.name not in found:
                found[unit.name] = (unit,) if unit.reason else tuple(_cut(unit, part))
    if not any(not one.reason for some in found.values() for one in some):
        raise InputError("nothing to read: no file in what was given")
    return tuple(unit for name in sorted(found) for unit in found[name])


def read_unit(
    unit: Unit, publishers: Publishers, columns: ColumnMap | None, retrieved: datetime | None
) -> Iterator[Taken | Skipped]:
    """Yield the reports of a part, and what it has that gives none; bad content never raises."""
    if unit.reason:
        yield Skipped(unit.name, unit.reason)
        return
    try:
        with _opened(unit) as stream:
            yield from read_opened(
                unit.name,
                stream,
                retrieved=retrieved,
                publishers=publishers,
                columns=columns,
                first=unit.first,
                groups=unit.groups,
            )
    except OSError as error:
        yield Skipped(unit.name, f"cannot be read: {error.strerror or error}")


def _listed(source: str) -> Iterator[Unit]:
    if match := _ADDRESS.match(source):
        yield from _of_store(source, match[1].lower())
        return
    path = Path(source)
    if source == "-" or not source:
        raise InputError("standard input cannot be read in parts: give a file")
    if path.is_dir():
        for item in files_of(path):
            yield Unit(name=item.origin, reason=item.reason) if isinstance(item, Skipped) else _file(item)
    elif path.is_file():
        yield _file(path)
    else:
        raise InputError(f"no file or folder at {source}")


def _file(path: Path) -> Unit:
    told = path.stat()
    return Unit(name=str(path), size=told.st_size, mark=str(told.st_mtime_ns))


def _of_store(address: str, kind: str) -> Iterator[Unit]:
    if "::" in address or kind in _REFUSED:
        raise InputError(f"{address}: not fetched here; `marsad add` asks web servers, by the rules for them")
    try:
        store, path = _fsspec().core.url_to_fs(address)
        names = sorted(store.find(path)) if store.isdir(path) else [path]
        for name in names:
            told = store.info(name)
            mark = next((str(told[one]) for one in ("etag", "ETag", "mtime", "updated", "created") if one in told), "")
            yield Unit(name=store.unstrip_protocol(name), size=int(told["size"] or 0), mark=mark)
    except (ImportError, ValueError, OSError) as error:
        raise InputError(f"{address}: cannot be read: {error}") from error


def _cut(unit: Unit, part: int) -> Iterator[Unit]:
    suffix = Path(unit.name).suffix.lower()
    if unit.size <= part or _ADDRESS.match(unit.name):
        yield unit
    elif suffix in _LINES:
        yield from _of_lines(unit, part)
    elif suffix == ".parquet":
        yield from _of_rows(unit, part)
    else:
        yield unit


def _of_lines(unit: Unit, part: int) -> Iterator[Unit]:
    """Cut where lines end, so that a part is of `part` bytes or more, and the last of what is left."""
    with Path(unit.name).open("rb") as stream:
        if stream.read(4).startswith(_WIDE):
            yield unit
            return
        start, first, lines, at = 0, 1, 0, 0
        stream.seek(0)
        while start + part < unit.size:
            while at < start + part and (piece := stream.read(min(_PIECE, start + part - at))):
                lines, at = lines + piece.count(b"\n"), at + len(piece)
            while rest := stream.readline(_PIECE):
                at += len(rest)
                if rest.endswith(b"\n"):
                    lines += 1
                    break
            yield _part(unit, start=start, end=at, first=first)
            start, first = at, 1 + lines
        if start < unit.size:
            yield _part(unit, start=start, end=unit.size, first=first)


def _of_rows(unit: Unit, part: int) -> Iterator[Unit]:
    try:
        with pq.ParquetFile(unit.name) as file:
            groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    except (pa.ArrowException, OSError):
        yield unit  # whoever reads it says what is wrong
        return
    first, rows, size = 1, 0, 0
    some: tuple[int, ...] = ()
    for number, group in enumerate(groups):
        some, rows, size = (*some, number), rows + group.num_rows, size + group.total_byte_size
        if size >= part:
            yield _part(unit, groups=some, first=first)
            first, rows, size, some = first + rows, 0, 0, ()
    if some:
        yield _part(unit, groups=some, first=first)


def _part(unit: Unit, **where: Any) -> Unit:
    return Unit(name=unit.name, size=unit.size, mark=unit.mark, **where)


@contextmanager
def _opened(unit: Unit) -> Iterator[io.BufferedReader]:
    if _ADDRESS.match(unit.name):
        with _fsspec().open(unit.name, "rb") as stream:
            yield io.BufferedReader(stream)
        return
    with Path(unit.name).open("rb") as file:
        yield file if unit.end is None else io.BufferedReader(_Slice(file, unit.start, unit.end))


class _Slice(io.RawIOBase):
    """The bytes of a file from one place to another."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file = file
        self._left = end - start
        file.seek(start)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as bytes are left, and return how many there were."""
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def _fsspec() -> Any:
    try:
        return import_module("fsspec")
    except ImportError as error:
        raise InputError("addresses of stores need fsspec: pip install 'marsad[archive]'") from error
