"""Who belongs together and who is against whom, by the theatre, else by what the claims themselves say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from marsad.linking.speakers import side_of
from marsad.theatre import fold
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.records import Claim
    from marsad.theatre import Theatre

_SIDE = "side "


class Parties:
    """Names to parties: the side of the war where the theatre tells it, else the name as it is compared."""

    def __init__(self, theatre: Theatre | None, claims: Iterable[Claim]) -> None:
        """Learn from `claims` who acts against whom; it counts only where the theatre does not know the sides."""
        self.theatre = theatre
        self._known: dict[str, str] = {}
        self._seen = {frozenset({self.party(one), self.party(other)}) for one, other in attacks(claims)}

    @classmethod
    def known(cls, theatre: Theatre | None, attacked: Iterable[tuple[str, str]]) -> Self:
        """Return the parties of claims of which only the `attacks` are left."""
        found = cls(theatre, ())
        found._seen = {frozenset({found.party(one), found.party(other)}) for one, other in attacked}
        return found

    def party(self, name: str | None) -> str | None:
        """Return the side that `name` fights for, else the folded canonical name; None for nobody."""
        if name is None:
            return None
        if name not in self._known:
            actor = self.theatre.actor(name) if self.theatre else None
            side = side_of(name, self.theatre)
            self._known[name] = f"{_SIDE}{side}" if side else fold(actor.name if actor else name)
        return self._known[name]

    def rivals(self, one: str | None, other: str | None) -> bool:
        """Tell whether two parties are enemies."""
        if one is None or other is None or one == other:
            return False
        if self.theatre and one.startswith(_SIDE) and other.startswith(_SIDE):
            return self.theatre.opposed(one.removeprefix(_SIDE), other.removeprefix(_SIDE))
        return frozenset({one, other}) in self._seen


def attacks(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Yield who is said to have acted against whom, by name."""
    events = load_events()
    for claim in claims:
        event = events.get(claim.event)
        if event and event.harms == "target" and claim.agent and claim.target:
            yield claim.agent, claim.target
