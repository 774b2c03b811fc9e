"""What a store answers with beside reports and claims: small facts with the instant when they were learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """An input that gave no report, why, and when Marsad met it."""

    origin: str
    reason: str
    learnt: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The first time that an input delivered a report."""

    report: str
    origin: str
    learnt: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """From when a claim was of a proposition; a later one takes its place."""

    claim: str
    proposition: str
    learnt: datetime
