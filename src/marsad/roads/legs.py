"""Ways as people tell them: stretches of one road with the same words on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from marsad.records import RouteLeg, RouteStatus, RouteWay
from marsad.roads.words import status_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.records import RouteState
    from marsad.roads.search import Search, Way

    Words = Mapping[int, tuple[RouteState, ...]]

_SHORT = 3.0  # kilometres below which a stretch is told with its neighbour
_NAMED = 3  # roads that stand for a way
_ORDER = (RouteStatus.CLOSED, RouteStatus.RESTRICTED, RouteStatus.OPEN)


def told(way: Way, accounts: Sequence[Words], search: Search) -> RouteWay:
    """Return a way with what some accounts say of it; a leg's status is the worst that one of them gives it.

    Stretches shorter than three kilometres are told with their neighbours where the same is said of both.
    """
    legs: list[RouteLeg] = []
    for number, ahead in way.roads:
        road = search.network.roads[number]
        states = tuple(dict.fromkeys(state for words in accounts for state in words.get(number, ())))
        leg = RouteLeg(
            road=road.ref or road.name,
            kind=road.kind,
            km=road.km,
            minutes=search.minutes[number],
            status=_worst({status_of(words.get(number, ())) for words in accounts}),
            states=states,
            line=road.line if ahead else road.line[::-1],
            border=(road.border if ahead else road.border[::-1]) if road.border else None,
        )
        if legs and _alike(legs[-1], leg) and legs[-1].road == leg.road:
            legs[-1] = _joined(legs[-1], leg)
        else:
            legs.append(leg)
    return RouteWay(legs=tuple(_without_short(legs)), km=way.km, minutes=way.minutes)


def roads_of(way: Way, search: Search) -> tuple[str, ...]:
    """Return the names of the roads that make up most of a way, in its order."""
    km: dict[str, float] = defaultdict(float)
    for number in way.numbers:
        road = search.network.roads[number]
        if road.ref or road.name:
            km[road.ref or road.name] += road.km
    most = sorted(km, key=lambda name: -km[name])[:_NAMED]
    return tuple(name for name in km if name in most)


def _worst(found: set[RouteStatus]) -> RouteStatus:
    return next((status for status in _ORDER if status in found), RouteStatus.UNKNOWN)


def _without_short(legs: Sequence[RouteLeg]) -> list[RouteLeg]:
    """Return legs of which short ones are drawn to a neighbour of which the same is said."""
    found: list[RouteLeg] = []
    for leg in legs:
        if found and _alike(found[-1], leg) and (min(found[-1].km, leg.km) < _SHORT or found[-1].road == leg.road):
            found[-1] = _joined(found[-1], leg)
        else:
            found.append(leg)
    return found


def _alike(one: RouteLeg, other: RouteLeg) -> bool:
    return (one.status, one.states, one.border) == (other.status, other.states, None)


def _joined(one: RouteLeg, other: RouteLeg) -> RouteLeg:
    longer = max(one, other, key=lambda leg: (bool(leg.road), leg.km))
    points = [point for point, _ in groupby((*one.line, *other.line))]
    return replace(
        one,
        road=longer.road,
        kind=longer.kind,
        km=one.km + other.km,
        minutes=one.minutes + other.minutes,
        line=tuple(points),
    )
