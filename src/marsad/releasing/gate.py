"""The gate: the one place where a policy is kept, whatever leaves and by whichever way."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from marsad.releasing.names import Names
from marsad.releasing.passing import Passing
from marsad.releasing.persons import cast_of
from marsad.releasing.places import Atlas
from marsad.vocabulary import Fineness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim, Place, Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import Policy

Record = TypeVar("Record")

_CASTS = 4096  # reports whose persons are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """What is out by an instant: the reports by id, and by report the claims that people left of them.

    Where the policy delays statements, nothing leaves of a report that is not among them, nor anything that the monitor
    learnt after `until`.
    """

    until: datetime | None
    reports: Mapping[str, Report]
    claims: Mapping[str, tuple[Claim, ...]]


class Gate:
    """What a policy lets out; `places` opens the gazetteer, which only a policy that coarsens places needs.

    `met` yields the places of all statements in order of publication: by these the places of one division are numbered.
    """

    def __init__(
        self,
        policy: Policy,
        theatre: Theatre | None,
        places: Callable[[], Gazetteer],
        met: Callable[[], Iterable[Place]] = tuple,
    ) -> None:
        """Hold a policy."""
        self.policy = policy
        self._theatre = theatre
        self._met: Callable[[], Iterable[Place]] | None = met
        self._atlas = Atlas(policy.places, places)
        self._casts: OrderedDict[tuple[str, str], Names] = OrderedDict()

    def until(self, as_of: datetime | None, now: datetime) -> datetime | None:
        """Return the instant up to which statements are given out that were asked for `as_of`; None for all.

        A delay ends with a full hour, so that the same question has the same answer for a while.
        """
        if not self.policy.delay_hours:
            return as_of
        latest = (now - timedelta(hours=self.policy.delay_hours)).replace(minute=0, second=0, microsecond=0)
        return latest if as_of is None else min(as_of, latest)

    def told(self, report: Report, claims: Sequence[Claim]) -> tuple[Report, tuple[Claim, ...]]:
        """Return a report and its claims as they may leave; what is left of the text keeps its offsets.

        With the text withheld the sentences of these claims are left. `sha256` stays that of the text as published.
        """
        given = tuple(claims)
        if self.policy.lets_all_out:
            return report, given
        made: tuple[Report, tuple[Claim, ...]] = self._passing((report, given), None).made()
        return made

    def release(self, record: Record, out: Out | None = None) -> Record:
        """Return a record, or anything that holds some, as it may leave; what has been released stays as it is.

        Reports among it keep the sentences of the claims that `out` has of them, without it those of the claims that
        they come with. What may not leave at all is left out of what holds it; alone it becomes None. Raises TypeError
        for what is no record.
        """
        if self.policy.lets_all_out:
            return record
        made: Record = self._passing(record, out).made()
        return made

    def _cast(self, report: Report, claims: Sequence[Claim]) -> Names:
        """Return who is masked in a report; who was seen in the whole of it stays so when a part of it comes again."""
        key = report.id, report.sha256
        known, found = self._casts.get(key), cast_of(report, claims, self._theatre, self.policy.persons)
        if known is not None:
            labels = {name: label for name, label in found.labels.items() if name not in known.kept}
            found = Names({**labels, **known.labels}, known.kept | found.kept)
        self._casts[key] = found
        self._casts.move_to_end(key)
        while len(self._casts) > _CASTS:
            self._casts.popitem(last=False)
        return found

    def _passing(self, record: object, out: Out | None) -> Passing:
        if self._met is not None and self.policy.places is not Fineness.EXACT:
            self._atlas.meet(self._met())
            self._met = None
        return Passing(
            record,
            policy=self.policy,
            atlas=self._atlas,
            casting=self._cast,
            until=out.until if out else None,
            reports=out.reports if out else None,
            claims=out.claims if out else None,
        )
