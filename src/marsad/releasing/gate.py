"""The gate: the one place where a policy is kept, whatever leaves and by whichever way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import Policy

Record = TypeVar("Record")


class Gate:
    """What a policy lets out; `places` opens the gazetteer, which only a policy that coarsens places needs."""

    def __init__(self, policy: Policy, theatre: Theatre | None, places: Callable[[], Gazetteer]) -> None:
        """Hold a policy."""
        self.policy = policy
        self._theatre = theatre
        self._places = places

    def until(self, as_of: datetime | None, now: datetime) -> datetime | None:
        """Return the instant up to which statements are given out that were asked for `as_of`; None for all."""
        if not self.policy.delay_hours:
            return as_of
        latest = now - timedelta(hours=self.policy.delay_hours)
        return latest if as_of is None else min(as_of, latest)

    def told(self, report: Report, claims: Sequence[Claim]) -> tuple[Report, tuple[Claim, ...]]:
        """Return a report and its claims as they may leave; what is left of the text keeps its offsets."""
        return report, tuple(claims)

    def release(self, record: Record) -> Record:
        """Return a record, or anything that holds some, as it may leave."""
        return record
