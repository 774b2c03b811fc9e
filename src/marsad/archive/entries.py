"""What passes from step to step: entries in files, sorted by key, of which a share of work reads a range of keys."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

SUFFIX = ".parquet"
_COLUMNS = pa.schema([("key", pa.string()), ("kind", pa.string()), ("words", pa.string())])
_ROWS = 1000  # of a group, the least that is read
_LIKE_NUMBERS = 16  # hex digits of a key by which entries are spread evenly


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A value as JSON under a key; `kind` says what it is of, or in which order those of a key stand."""

    key: str
    kind: str
    words: str

    @property
    def value(self) -> Any:
        """What the words say."""
        return json.loads(self.words)


def entry(key: str, kind: str, value: Any) -> Entry:
    """Return the entry of a value that JSON knows."""
    return Entry(key, kind, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def spread(name: str) -> str:
    """Return the key of a name: hex digits by which names lie evenly, whatever they are."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:_LIKE_NUMBERS]


def bounds(number: int, of: int) -> tuple[str, str | None]:
    """Return the keys that the range of a number, of so many even ones, begins with and ends before (None: no end)."""
    low, high = (16**_LIKE_NUMBERS * one // of for one in (number, number + 1))
    end = f"{high:0{_LIKE_NUMBERS}x}" if number + 1 < of else None
    return f"{low:0{_LIKE_NUMBERS}x}" if number else "", end


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write entries in their order, each once, wholly or not at all."""
    rows = sorted(set(entries))
    columns = {name: [getattr(one, name) for one in rows] for name in _COLUMNS.names}
    with new_file(path) as stream:
        table = pa.table(columns, schema=_COLUMNS)
        pq.write_table(table, stream, row_group_size=_ROWS, compression="zstd", store_schema=False)


def read_entries(paths: Iterable[Path], low: str = "", high: str | None = None) -> list[Entry]:
    """Return the entries of some files from the key `low` to before `high`, in their order, each once."""
    return sorted({one for path in paths for one in _read(path, low, high)})


def by_key(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each key with its entries, which come in order."""
    for key, some in groupby(entries, attrgetter("key")):
        yield key, list(some)


def _read(path: Path, low: str, high: str | None) -> Iterator[Entry]:
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for number in range(file.metadata.num_row_groups):
            keys = file.metadata.row_group(number).column(0).statistics
            if keys.max < low or (high is not None and keys.min >= high):
                continue
            rows = file.read_row_group(number, use_threads=False).to_pydict()
            for key, kind, words in zip(rows["key"], rows["kind"], rows["words"], strict=True):
                if low <= key and (high is None or key < high):
                    yield Entry(key, kind, words)


@contextmanager
def new_file(path: Path, beside: Path | None = None) -> Iterator[BinaryIO]:
    """Give a stream whose bytes are the file at the end, in one moment, or none of it.

    Until then they are in a file of this process alone, in the folder `beside` or that of the path.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = (beside or path.parent) / f".{path.name}.{os.getpid()}"
    with partial.open("wb") as stream:
        yield stream
    partial.replace(path)
