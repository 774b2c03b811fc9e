"""What the rooms of the intake hand to one another and to the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.records import Report

MAX_TEXT = 2_000_000
"""Characters that a report's text may have."""

MAX_BYTES = 64 * 1024 * 1024
"""Bytes that are held at once: a line of JSON lines, or a whole file of another format."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A report and the input that it came from, such as `file.jsonl:12`."""

    report: Report
    origin: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no report, and why, in one line."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one report as a format found them, not yet checked."""

    origin: str
    fields: Mapping[str, object]


def shown(value: object) -> str:
    """Return a value as a reason quotes it: on one line, printable, at most some 60 characters."""
    words = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return words if len(words) <= 60 else f"{words[:57]}..."


def too_long(count: int, unit: str, limit: int) -> str:
    """Return the reason for refusing something of `count` units."""
    return f"too long: {count:,} {unit}, the limit is {limit:,}"
