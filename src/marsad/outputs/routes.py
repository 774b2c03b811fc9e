"""Routes and crossings by account: who says that which is open or closed, or who holds it, and since when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from marsad.linking import REAL, speaker_of, window
from marsad.outputs.matters import FIRST
from marsad.outputs.notice import load_notice
from marsad.records import Polarity, Stance
from marsad.vocabulary import load_bearings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from marsad.linking import Speaker
    from marsad.outputs.picture import Picture
    from marsad.records import Claim, Place

_OF_ROUTES = frozenset({"open", "closed"})


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
    lines: dict[tuple[str, str], list[tuple[Place, Speaker, Claim]]] = defaultdict(list)
    for claim in picture.claims:  # in order of publication
        if claim.place and _standing(claim) and not _history(claim, picture):
            speaker = speaker_of(claim, picture.report_by_id, picture.origins, picture.theatre)
            site = picture.sites.site(claim.place) or ""
            lines[site, speaker.label].append((claim.place, speaker, claim))
    for (_, account), line in lines.items():
        place, speaker, last = line[-1]
        run = list(_alike([claim for _, _, claim in reversed(line)]))
        days = [claim.interval.start for claim in run if claim.interval.start]
        yield RouteWord(
            place=place,
            standing=_standing(last),
            agent=next((claim.agent for claim in run if claim.agent), None),
            according_to=account,
            side=speaker.side,
            since=min(days, default=None),
            said=picture.report_by_id[last.report].said,
            was=_standing(line[-len(run) - 1][2]) if len(run) < len(line) else None,
            claims=tuple(claim.id for claim in reversed(run)),
        )


def _alike(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the first claims as long as they say the same of the route."""
    return takewhile(lambda claim: _standing(claim) == _standing(claims[0]), claims)


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


def _standing(claim: Claim) -> str:
    """Return "open" or "closed" where a claim says so in earnest, else an empty text."""
    bearing = load_bearings().get(claim.event)
    if bearing is None or claim.certainty not in REAL or claim.stance is Stance.DOUBTS:
        return ""
    said = bearing.denied if claim.polarity is Polarity.DENIED else bearing.affirmed
    return said if said in _OF_ROUTES else ""


def _history(claim: Claim, picture: Picture) -> bool:
    """Tell whether a claim speaks of what was over long before it was published."""
    report = picture.report_by_id[claim.report]
    when = window(claim, report)
    if when is None or report.published is None:
        return False
    return report.published.date() - when.end > load_notice().history
