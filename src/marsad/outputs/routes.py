"""Routes and crossings by account: who says that which is open or closed, or who holds it, and since when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.outputs.matters import FIRST
from marsad.outputs.notice import load_notice
from marsad.weighing import route_states

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from marsad.outputs.picture import Picture
    from marsad.records import Place, RouteState


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWord:
    """One account's last word on the routes at a place, or on a crossing.

    `standing` is "open", "closed", or how the account has `agent` there ("held", "lost" and so on); `since` the first
    day that it says so of, None where it tells no day; `was` what it said before, None where that was nothing else.
    """

    place: Place
    standing: str
    agent: str | None
    according_to: str
    side: str | None
    since: date | None
    said: datetime | None
    was: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The routes at a place, or a crossing, with each account's last word on it, the latest first."""

    place: Place
    words: tuple[RouteWord, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind the words."""
        return tuple(claim for word in self.words for claim in word.claims)


def routes(picture: Picture) -> tuple[Route, ...]:
    """Return what accounts say of routes and crossings, the last spoken of first; history and plans are left out."""
    rows: dict[str, list[RouteWord]] = defaultdict(list)
    for word in (*_spoken(picture), *_crossings(picture)):
        rows[picture.sites.site(word.place) or ""].append(word)
    found = [Route(place=words[0].place, words=tuple(sorted(words, key=_latest))) for words in rows.values()]
    return tuple(sorted(found, key=lambda one: (_latest(one.words[0]), one.place.name)))


def _latest(word: RouteWord) -> tuple[float, str]:
    return -(word.said or FIRST).timestamp(), word.according_to


def _spoken(picture: Picture) -> Iterator[RouteWord]:
    """Yield the last word of each account on the routes at each place."""
    lines: dict[tuple[str, str], list[RouteState]] = defaultdict(list)
    for state in route_states(
        picture.claims,
        picture.report_by_id,
        picture.origins,
        picture.theatre,
        as_of=picture.as_of,
        sites=picture.sites,
        sieges=False,
    ):
        lines[picture.sites.site(state.place) or "", state.according_to].append(state)
    for line in lines.values():
        *before, last = line
        yield RouteWord(
            place=last.place,
            standing=last.status.value,
            agent=last.agent,
            according_to=last.according_to,
            side=last.side,
            since=last.start,
            said=last.last_heard,
            was=before[-1].status.value if before else None,
            claims=last.claims,
        )


def _crossings(picture: Picture) -> Iterator[RouteWord]:
    """Yield who holds a crossing now, by account."""
    kinds = load_notice().crossings
    for state in picture.control:
        if state.end is None and state.place.feature in kinds:
            yield RouteWord(
                place=state.place,
                standing=state.status.value,
                agent=state.holder,
                according_to=state.according_to,
                side=state.side,
                since=state.start,
                said=state.last_heard,
                was=None,
                claims=state.claims,
            )
