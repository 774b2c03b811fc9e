"""Tables of others' coded data as CSV: read row by row, with or without a header."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.coded.tables import coded_header, coded_reader
from marsad.intake.items import Row, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from marsad.intake.items import Input

_PIECE = 1 << 16  # characters that are taken at once, however long a line is


def read_csv(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every row of a known table; raise InputError for another one."""
    text = io.TextIOWrapper(source.stream, "utf-8-sig", errors="replace", newline="")
    try:
        rows = csv.reader(iter(lambda: text.readline(_PIECE), ""))
        first = next(rows, None)
        if first is None:
            raise InputError("empty")
        header = coded_header(first)
        read = coded_reader(header or first, source.columns)
        if read is None:
            raise InputError("a table that is not known by its columns")
        lines = enumerate(chain([first], rows) if header else rows, start=1 if header else 2)
        yield from read(_rows(source.origin, header or first, lines), source.columns)
    except csv.Error as error:
        raise InputError(f"not CSV: {error}") from error
    finally:
        text.detach()


def _rows(origin: str, columns: Sequence[str], lines: Iterable[tuple[int, list[str]]]) -> Iterator[Row | Skipped]:
    for number, line in lines:
        if len(line) == len(columns):
            yield Row(f"{origin}:{number}", dict(zip(columns, line, strict=True)))
        elif line:
            yield Skipped(f"{origin}:{number}", f"{len(line)} cells in a table of {len(columns)} columns")
