"""What comes in: documents, and spans of their text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class DatePrecision(StrEnum):
    """How finely the text dates the event."""

    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document of one publisher.

    `id` is the publisher's where the input carries one, else derived from the content. `published` is timezone-aware;
    `published_precision` is `day` where the input gives no time of day (the instant is then that day's noon, UTC) and
    `unknown` where `published` is None. `sha256` is that of the UTF-8 text.
    """

    id: str
    publisher: str | None
    kind: str
    title: str
    text: str
    sha256: str
    published: datetime | None = None
    published_precision: DatePrecision = DatePrecision.UNKNOWN
    retrieved: datetime | None = None
    url: str | None = None
    agencies: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Half-open span `[start, end)` of code points in a report's text."""

    report: str
    start: int
    end: int
