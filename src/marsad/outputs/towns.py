"""Places by account: who stands where now, and what of it each account came to say in the period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.outputs.matters import FIRST
from marsad.outputs.notice import load_notice
from marsad.records import ControlStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from marsad.outputs.picture import Picture
    from marsad.records import ControlState, Place

NO_SIDE = "no side"
_STANDING = frozenset({ControlStatus.HELD, ControlStatus.CLAIMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one account says of a place now, and when it last spoke of it."""

    name: str
    side: str | None
    standings: tuple[ControlState, ...]
    last_heard: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A place with every account of it, in the order of the sides, those without a side last."""

    place: Place
    accounts: tuple[Account, ...]

    @property
    def last_heard(self) -> datetime:
        """When anybody last spoke of it, the earliest instant there is where no word has a date."""
        return max((one.last_heard for one in self.accounts if one.last_heard), default=FIRST)

    @property
    def claims(self) -> tuple[str, ...]:
        """The last claim behind each standing."""
        return tuple(state.claims[-1] for one in self.accounts for state in one.standings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A holder's standing at a place that one account now gives otherwise; `was` is None where it gave none.

    `hands` tells whether by this account the place came into the holder's hands, or out of them.
    """

    state: ControlState
    was: ControlStatus | None
    hands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A place with all that accounts came to say of it in the period, the last spoken first."""

    place: Place
    changes: tuple[Change, ...]

    @property
    def hands(self) -> tuple[str, ...]:
        """The accounts by which it changed hands."""
        return tuple(dict.fromkeys(one.state.according_to for one in self.changes if one.hands))

    @property
    def claims(self) -> tuple[str, ...]:
        """The last claim behind each change."""
        return tuple(one.state.claims[-1] for one in self.changes)


def sides(picture: Picture) -> tuple[str, ...]:
    """Return the sides of the accounts on record in the order of the theatre, then `NO_SIDE` where some have none."""
    known = {state.side for state in picture.control}
    order: Sequence[str] = tuple(picture.theatre.sides) if picture.theatre else ()
    return (*(side for side in order if side in known), *([NO_SIDE] if None in known else []))


def towns(picture: Picture) -> tuple[Town, ...]:
    """Return the places with what each account says of them now, the place last spoken of first."""
    order = sides(picture)
    rows: dict[str, list[ControlState]] = defaultdict(list)
    for (site, _, _), state in _current(picture).items():
        rows[site].append(state)
    found = [Town(place=states[0].place, accounts=tuple(_accounts(states, order))) for states in rows.values()]
    return tuple(sorted(found, key=lambda one: (-one.last_heard.timestamp(), one.place.name)))


def shifts(now: Picture, before: Picture) -> tuple[Shift, ...]:
    """Return the places of which accounts came to speak otherwise, those that changed hands by most accounts first."""
    earlier = {key: state.status for key, state in _current(before).items()}
    rows: dict[str, list[Change]] = defaultdict(list)
    for key, state in sorted(_current(now).items()):
        was = earlier.get(key)
        if was is not state.status:
            rows[key[0]].append(Change(state=state, was=was, hands=_changed_hands(state, was, now)))
    found = [
        Shift(place=changes[0].state.place, changes=tuple(sorted(changes, key=_spoken, reverse=True)))
        for changes in rows.values()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.hands), -_spoken(one.changes[0])[0], one.place.name)))


def _spoken(change: Change) -> tuple[float, str]:
    return (change.state.last_heard or FIRST).timestamp(), change.state.according_to


def _changed_hands(state: ControlState, was: ControlStatus | None, picture: Picture) -> bool:
    """Tell whether a new standing means that the place was taken or lost, rather than that its holder is first told."""
    if state.status is ControlStatus.LOST:
        return True
    if state.status not in _STANDING or was in _STANDING:
        return False
    taken = load_notice().taken
    return was is not None or any(picture.claim_by_id[claim].event in taken for claim in state.claims)


def _current(picture: Picture) -> dict[tuple[str, str, str], ControlState]:
    """Return the running spell of each place, account and holder."""
    return {
        (picture.sites.site(state.place) or "", state.according_to, state.holder): state
        for state in picture.control
        if state.end is None
    }


def _accounts(states: list[ControlState], order: Sequence[str]) -> Iterator[Account]:
    """Yield the accounts of one place by side, the last to speak first."""
    found: dict[str, list[ControlState]] = defaultdict(list)
    for state in sorted(states, key=lambda one: (one.last_heard or FIRST, one.holder), reverse=True):
        found[state.according_to].append(state)
    for side in order:
        for name, standings in found.items():
            if (standings[0].side or NO_SIDE) == side:
                yield Account(
                    name=name,
                    side=standings[0].side,
                    standings=tuple(standings),
                    last_heard=max((one.last_heard for one in standings if one.last_heard), default=None),
                )
