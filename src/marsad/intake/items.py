"""What the rooms of the intake hand to one another and to the caller."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from marsad.intake.columns import ColumnMap
    from marsad.intake.unpacking import Allowance
    from marsad.records import Report

MAX_TEXT = 2_000_000
"""Characters that a report's text may have."""

MAX_AREA = 8_000_000
"""Characters that the text of an area of control may have, most of which are its shape."""

MAX_BYTES = 64 * 1024 * 1024
"""Bytes that are held at once: a line of JSON lines, or a whole file of another format."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A report and the input that it came from, such as `file.jsonl:12`.

    `content` is the SHA-256 of the bytes of the file, page or message that held it, None where it was read line by
    line. Where it is `versioned`, another text under the same id is a later version, though it does not say since when.
    """

    report: Report
    origin: str
    content: str | None = None
    versioned: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no report, and why, in one line."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one report as a format found them, not yet checked.

    `retrieved` is when its bytes were fetched, where that is known; `content` and `versioned` are as in `Taken`. Dates
    that are `doubtful`, such as those of a page's template, are left out where they lie in the future, not refused.
    """

    origin: str
    fields: Mapping[str, object]
    retrieved: datetime | None = None
    content: str | None = None
    versioned: bool = False
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file, a page or a member of an archive that is not read yet, and what is known of it.

    `suffix` is lower case with its dot, empty where there is none; `media_type` is lower case without parameters.
    `inside` counts the archives that it lies in, and `allowance` what the outermost of them has cost so far. Of a
    part of a file, `first` is the number of its first line or row, and `groups` are the groups of rows that it has.
    """

    origin: str
    stream: io.BufferedReader
    suffix: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    retrieved: datetime | None = None
    columns: ColumnMap | None = None
    inside: int = 0
    allowance: Allowance | None = None
    first: int = 1
    groups: tuple[int, ...] | None = None


Reader = Callable[[Input], Iterator[Row | Skipped | Input]]
"""Reads one format: yields what it finds in order, and for an archive its members; raises InputError if it is none."""


def shown(value: object) -> str:
    """Return a value as a reason quotes it: on one line, printable, at most some 60 characters."""
    words = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return words if len(words) <= 60 else f"{words[:57]}..."


def printable(name: str | Path) -> str:
    """Return a file name as it can be printed and stored, whatever bytes it has."""
    words = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words)


def too_long(count: int, unit: str, limit: int) -> str:
    """Return the reason for refusing something of `count` units."""
    return f"too long: {count:,} {unit}, the limit is {limit:,}"
