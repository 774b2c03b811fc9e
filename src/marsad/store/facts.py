"""What a store answers with beside reports and claims: small facts with the instant when they were learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.records import Outcome


@dataclass(frozen=True, slots=True)
class Skip:
    """An input that gave no report, why, and when Marsad met it."""

    origin: str
    reason: str
    learnt: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The first time that an input delivered a report, and whether that was new.

    `content` is the SHA-256 of the bytes of the file, page or message, None where a report is one of many in a file.
    """

    report: str
    origin: str
    learnt: datetime
    outcome: Outcome
    content: str | None = None


VisitOutcome = Literal["found", "read", "unchanged", "failed", "gone"]
"""What became of an address: a feed named it, it answered, it is as it was, it failed for now, or for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One time that a feed or page was found or asked for, and when to ask again.

    `added` counts the reports and versions that it brought; `feed` is the feed that named a page, None for a feed.
    """

    address: str
    outcome: VisitOutcome
    due: datetime
    learnt: datetime
    status: int | None = None
    etag: str | None = None
    modified: str | None = None
    added: int = 0
    reason: str | None = None
    feed: str | None = None


NoticeOutcome = Literal["known", "owed", "told", "failed", "gone"]
"""What became of a piece of news: it was known before, it is to be told, it was, not for now, or never will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That a webhook knows or is owed an event, or one try to tell it; `due` is when to try next, None for never.

    `subject` is what the event is of, and `state` how that stood then. `message` is what it is to be told.
    """

    webhook: str
    event: str
    subject: str
    state: str
    outcome: NoticeOutcome
    learnt: datetime
    message: str | None = None
    status: int | None = None
    reason: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """From when a claim was of a proposition; a later one takes its place."""

    claim: str
    proposition: str
    learnt: datetime
