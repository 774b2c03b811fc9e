"""What a monitor gives out: its policy, the gate that keeps it, and what is out by the policy's delay."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.monitor.known import Known, load
from marsad.releasing import Gate, Out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.gazetteer import Gazetteer
    from marsad.records import Place
    from marsad.store import Store
    from marsad.theatre import Theatre
    from marsad.vocabulary import Policy


class Giving(ABC):
    """The gate, and what stands before it; a part of `Monitor`."""

    _store: Store
    _gate: Gate
    _known: Known | None = None
    _last_out: tuple[tuple[datetime | None, tuple[int, ...]], Out] | None = None

    @abstractmethod
    def _places(self) -> Gazetteer: ...

    @abstractmethod
    def _drawn_at(self) -> tuple[int, ...]:
        """Return the revision that answers are of."""

    @property
    def policy(self) -> Policy:
        """The policy that everything has passed that the monitor answers."""
        return self._gate.policy

    def _gate_of(self, policy: Policy, theatre: Theatre | None) -> Gate:
        """Return the gate of a policy, which numbers places as they were first spoken of."""

        def met() -> Iterator[Place]:
            for _, claims in self._store.told(published_until=gate.until(None, datetime.now(UTC))):
                yield from (claim.place for claim in claims if claim.place)

        gate = Gate(policy, theatre, self._places, met)
        return gate

    def _out(self, gate: Gate) -> Out:
        """Return what is out by the delay of a policy."""
        if gate.policy.lets_all_out:
            return Out(until=None, reports={}, claims={})
        until = gate.until(None, datetime.now(UTC))
        key = (until, self._drawn_at())
        if self._last_out is None or self._last_out[0] != key:
            self._last_out = key, self._loaded(until).out(until)
        return self._last_out[1]

    def _loaded(self, as_of: datetime | None) -> Known:
        """Return at least what was said by an instant; what is in memory already is not read anew."""
        revision = self._drawn_at()
        if self._known is None or not self._known.reaches(as_of, revision):
            self._known = load(self._store, as_of, revision)
        return self._known
