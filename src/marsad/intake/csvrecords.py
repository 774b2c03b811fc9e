"""Delimited text to records: how a table separates its cells, and one record at a time however its quotes are broken.

The standard library's reader takes all that follows an open quote for one cell, up to the end of the file. Here a
record that comes out wrong ends at its first line, and reading goes on where the table makes sense again.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.items import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_COLUMNS = 2_000
MAX_RECORD = 2 * MAX_TEXT
"""Characters that a record may have, and a line of the table."""

_MAX_LINES = 10_000  # of a record
_MAX_AGAIN = 1_000_000  # lines that are read more than once, after all broken records
_DELIMITERS = {",": ",", ";": ";", "\t": "\t", "|": "|"}
_QUOTE, _BACKSLASH = '"', "\\"
_STOP = re.compile(r'["\\]')
_OPEN = "a quote is not closed, or one stands where none may"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What separates cells, and what stands before a quote within quotes: another quote, or a backslash."""

    delimiter: str = ","
    escape: str = _QUOTE


class Record:
    """Takes the lines of one record, and holds its cells."""

    def __init__(self, dialect: Dialect) -> None:
        """Begin with no line."""
        self.cells: list[str] = []
        self._dialect = dialect
        self._open: list[str] | None = None

    def feed(self, line: str) -> bool:
        """Return whether the record ends with this line; raise InputError where a closing quote ends no cell."""
        if self._open is None and _QUOTE not in line:
            self.cells = line.rstrip("\r\n").split(self._dialect.delimiter)
            return True
        at = 0
        while True:
            if self._open is None:
                start = _past_spaces(line, at)
                if line[start : start + 1] != _QUOTE:
                    end = line.find(self._dialect.delimiter, at)
                    self.cells.append(line[at:end] if end >= 0 else line[at:].rstrip("\r\n"))
                    if end < 0:
                        return True
                    at = end + 1
                    continue
                self._open = []
                at = start + 1
            at = self._quoted(line, at)
            if at < 0:
                return False
            at = _past_spaces(line, at)
            if line[at : at + 1] in {"", "\r", "\n"}:
                return True
            if line[at] != self._dialect.delimiter:
                raise InputError(_OPEN)
            at += 1

    def _quoted(self, line: str, at: int) -> int:
        """Take what lies in quotes from `at`; return where it ends, -1 where that is on another line."""
        assert self._open is not None  # noqa: S101
        while True:
            if self._dialect.escape == _QUOTE:
                end = line.find(_QUOTE, at)
            else:
                found = _STOP.search(line, at)
                end = found.start() if found else -1
            if end < 0:
                self._open.append(line[at:])
                return -1
            if line[end] == _BACKSLASH or (self._dialect.escape == _QUOTE and line[end + 1 : end + 2] == _QUOTE):
                self._open.append(line[at:end] + line[end + 1 : end + 2])
                at = end + 2
                continue
            self.cells.append("".join((*self._open, line[at:end])))
            self._open = None
            return end + 1


def records(lines: Iterable[tuple[int, str | None]], dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the cells of every record, with the number of its first line, or the reason against it.

    `lines` are numbered, with their ends; None stands for one that was too long. The first record, which tells how many
    cells all must have, is the first yielded; raises InputError where it cannot be had.
    """
    ahead = _Ahead(lines)
    width = None
    quiet = 0  # lines up to here are part of a record whose fault was told
    while (number := ahead.number()) is not None:
        cells, used, reason = _one(ahead, dialect, width or MAX_COLUMNS)
        if reason is None and width is None:
            width = len(cells)
            if width > MAX_COLUMNS:
                raise InputError(f"too many columns: {width:,}, the limit is {MAX_COLUMNS:,}")
        elif reason is None and width is not None:
            cells, reason = _fitted(cells, width)
        if reason is None:
            quiet = 0
            ahead.drop(used)
            yield number, cells
            continue
        if width is None:
            raise InputError(f"no header: {reason}")
        if number > quiet:
            yield number, reason
        quiet = max(quiet, number + used - 1)
        ahead.drop(1)
        if ahead.again > _MAX_AGAIN:
            raise InputError(f"too many broken quotes; what follows line {number:,} is not read")


def dialect_of(sample: str) -> Dialect:
    """Return how the table that begins with `sample` separates its cells: so that fewest records are broken."""
    lines = [*enumerate(sample.splitlines(keepends=True)[:200], start=1)]
    best, most = Dialect(), (False, -len(lines) - 1, 0, 0)
    for escape in (_QUOTE, _BACKSLASH):
        for delimiter in _DELIMITERS:
            dialect = Dialect(delimiter, escape)
            try:
                told = [cells for _, cells in records(lines, dialect)]
            except InputError:
                continue
            found = [cells for cells in told if not isinstance(cells, str)]
            width = len(found[0]) if found else 0
            fit = (width > 1, len(found) - len(told), len(found), width)
            if fit > most:
                best, most = dialect, fit
    return best


class _Ahead:
    """Lines that are looked at before they are used; blank ones before a record are passed over."""

    def __init__(self, lines: Iterable[tuple[int, str | None]]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[tuple[int, str | None]] = deque()
        self._seen = 0
        self.again = 0

    def number(self) -> int | None:
        """Return the number of the next line that is not blank, None at the end."""
        while (one := self.line(0)) is not None:
            if one[1] is None or one[1].strip("\r\n"):
                return one[0]
            self.drop(1)
        return None

    def line(self, place: int) -> tuple[int, str | None] | None:
        """Return the line at a place from the next one, None where the table has ended."""
        while len(self._waiting) <= place:
            one = next(self._lines, None)
            if one is None:
                return None
            self._waiting.append(one)
        if self._waiting[place][0] <= self._seen:
            self.again += 1
        else:
            self._seen = self._waiting[place][0]
        return self._waiting[place]

    def drop(self, count: int) -> None:
        """Be done with the next lines."""
        for _ in range(count):
            self._waiting.popleft()


def _one(ahead: _Ahead, dialect: Dialect, width: int) -> tuple[list[str], int, str | None]:
    """Return the cells of the record that comes next, how many lines it takes, and the reason if it is none."""
    record, size = Record(dialect), 0
    for used in range(_MAX_LINES):
        found = ahead.line(used)
        if found is None:
            return [], used, _OPEN
        line = found[1]
        if line is None:
            return [], used + 1, f"too long: more than {MAX_RECORD:,} characters"
        size += len(line)
        try:
            if record.feed(line):
                return record.cells, used + 1, None
        except InputError as error:
            return [], used + 1, str(error)
        if size > MAX_RECORD or len(record.cells) > width:
            return [], used + 1, _OPEN
    return [], _MAX_LINES, _OPEN


def _fitted(cells: list[str], width: int) -> tuple[list[str], str | None]:
    """Return the cells without empty ones beyond the header, and the reason where they are too many or too few."""
    if len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return cells[:width], None
    return cells, f"{len(cells):,} cells where the header has {width:,}"


def _past_spaces(line: str, at: int) -> int:
    while line[at : at + 1] == " ":
        at += 1
    return at
