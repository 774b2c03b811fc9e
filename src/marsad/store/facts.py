"""What a store answers with beside reports and claims: small facts with the instant when they were learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Membership:
    """From when a claim was of a proposition; a later one takes its place."""

    claim: str
    proposition: str
    learnt: datetime
