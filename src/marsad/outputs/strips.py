"""Control as a strip of days: one character a day for each account and holder, ageing after the last word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows
from marsad.outputs.wording import heard
from marsad.records import ControlStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime, tzinfo

    from marsad.outputs.picture import Picture
    from marsad.records import ControlState

NOTHING = "·"
LETTERS: Mapping[ControlStatus, str] = {
    ControlStatus.HELD: "H",
    ControlStatus.CLAIMED: "C",
    ControlStatus.CONTESTED: "X",
    ControlStatus.LOST: "L",
    ControlStatus.DENIED: "D",
    ControlStatus.UNKNOWN: "?",
}
"""The character of a day on which an account stood by its word; the days after its last word have the small letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """An account that spoke of other places and never of this one."""

    place: str
    according_to: str
    side: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One holder at one place by one account, day by day from `first` on; `last_heard` is the last word of it.

    `days` has a character of LETTERS for each day: the capital up to the last word, the small letter after it, NOTHING
    where the account had not yet spoken.
    """

    place: str
    according_to: str
    side: str | None
    holder: str
    first: date
    days: str
    last_heard: datetime | None


def unheard(picture: Picture, states: Sequence[ControlState]) -> tuple[Unheard, ...]:
    """Return the warring sides that speak of control elsewhere, and have no word on the one place of `states`.

    Nothing where `states` are of no place or of several.
    """
    places = dict.fromkeys(state.place.name for state in states)
    if len(places) != 1:
        return ()
    spoken = {state.according_to for state in states}
    others = {
        state.according_to: state.side for state in picture.control if state.side and state.according_to not in spoken
    }
    (place,) = places
    return tuple(Unheard(place=place, according_to=name, side=side) for name, side in sorted(others.items()))


def strips(states: Iterable[ControlState], now: datetime | None, zone: tzinfo) -> tuple[Strip, ...]:
    """Return a strip for each place, account and holder, all from the first day of any spell to the day of `now`.

    A spell without a known beginning begins on the day of its word. Of two standings on one day the later is shown.
    """
    lines: dict[tuple[str, str, str], list[ControlState]] = defaultdict(list)
    for state in states:
        if _begin(state, zone) is not None:
            lines[state.place.name, state.according_to, state.holder].append(state)
    days = [day for line in lines.values() for state in line if (day := _begin(state, zone))]
    if not days or now is None:
        return ()
    first, last = min(days), now.astimezone(zone).date()
    return tuple(
        Strip(
            place=place,
            according_to=account,
            side=line[0].side,
            holder=holder,
            first=first,
            days=_days(line, first, last, zone),
            last_heard=max((state.last_heard for state in line if state.last_heard), default=None),
        )
        for (place, account, holder), line in lines.items()
    )


def strip_rows(found: Iterable[Strip], zone: tzinfo, now: datetime | None) -> Rows:
    """Return a row for each strip."""
    found = tuple(found)
    full = [
        {
            "place": one.place,
            "according_to": one.according_to,
            "side": one.side,
            "holder": one.holder,
            "first": one.first.isoformat(),
            "days": one.days,
            "last_heard": one.last_heard.isoformat() if one.last_heard else None,
        }
        for one in found
    ]
    brief = [
        (one.place, one.according_to, one.holder, str(one.first), one.days, heard(one.last_heard, now, zone))
        for one in found
    ]
    return Rows(("place", "according to", "holder", "first day", "days", "last word"), brief, full)


def _days(line: Sequence[ControlState], first: date, last: date, zone: tzinfo) -> str:
    marks = [NOTHING] * max((last - first).days + 1, 0)
    for state in line:
        for day, letter in _marked(state, last, zone):
            if first <= day <= last:
                marks[(day - first).days] = letter
    return "".join(marks)


def _marked(state: ControlState, last: date, zone: tzinfo) -> Iterator[tuple[date, str]]:
    """Yield the days of a spell with their letters, small after its last word."""
    day = _begin(state, zone)
    if day is None:
        return
    end = max(day, state.end - timedelta(days=1)) if state.end else last
    told = state.last_heard.astimezone(zone).date() if state.last_heard else day
    while day <= end:
        yield day, LETTERS[state.status] if day <= told else LETTERS[state.status].lower()
        day += timedelta(days=1)


def _begin(state: ControlState, zone: tzinfo) -> date | None:
    if state.start is None and state.last_heard is None:
        return None
    return state.start or (state.last_heard.astimezone(zone).date() if state.last_heard else None)
