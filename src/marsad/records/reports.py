"""What comes in: documents, and spans of their text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

PROSE = "prose"
"""The form of a report that is written in sentences."""

WITHDRAWN = "withdrawn"
"""The form of a version by which a publisher takes its report back: it says nothing, and ends what was said."""


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

    `published` is the day by whose calendar the story speaks. `updated` is when its publisher last changed it; a later
    version of a report has an id of its own and names the first one as `version_of`. `note` is what the publisher says
    of the change. `forwarded_from` is whose post a channel passes on, `reply_to` the report that a post answers.
    `form` is `prose`, or tells how the text holds what its publisher coded.
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
    updated: datetime | None = None
    version_of: str | None = None
    authors: tuple[str, ...] = ()
    note: str | None = None
    forwarded_from: str | None = None
    reply_to: str | None = None
    form: str = PROSE

    @property
    def said(self) -> datetime | None:
        """The instant from which this text stood there: when it was last changed, or else published."""
        return self.updated or self.published

    @property
    def forwarded(self) -> bool:
        """Whether its publisher passes on another's post."""
        return self.forwarded_from is not None and self.forwarded_from != self.publisher

    @property
    def narrator(self) -> str | None:
        """Who tells it: the channel that a post is forwarded from, else the publisher."""
        return self.forwarded_from or self.publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What an address answered: its bytes, and what its server said of them.

    `url` is that of the answer, after redirects; `media_type` is lower case without parameters.
    """

    url: str
    data: bytes
    retrieved: datetime
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Half-open span `[start, end)` of code points in a report's text."""

    report: str
    start: int
    end: int
