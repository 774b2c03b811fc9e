"""CSV that opens in a spreadsheet as it was written: rows one at a time, no text that is run as a formula."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from marsad.outputs import csv_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Put: TypeAlias = "Callable[[Mapping[str, Any]], None]"
"""Writes one row."""


@contextmanager
def csv_rows(stream: BinaryIO, columns: Sequence[str], *, beneath: Sequence[str] = ()) -> Iterator[Put]:
    """Give a function that writes a row; `beneath` is a second line under the header. UTF-8, comma, LF.

    A field that a row lacks stays empty; one that is no column raises KeyError.
    """
    words = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
    line = io.StringIO(newline="")
    writer = csv.writer(line)  # whose line ends, CR LF, let it put quotation marks round a CR in a text

    def write(cells: Iterable[object]) -> None:
        writer.writerow(cells)
        words.write(line.getvalue().removesuffix("\r\n") + "\n")
        line.seek(0)
        line.truncate()

    write(columns)
    if beneath:
        write(beneath)
    known = frozenset(columns)

    def put(row: Mapping[str, Any]) -> None:
        if unknown := row.keys() - known:
            raise KeyError(min(unknown))
        write([csv_cell(row.get(name)) for name in columns])

    try:
        yield put
    finally:
        words.detach()
