"""What each account's words make of the roads: which they close, restrict or open to somebody's traffic."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.records import ControlStatus, Place, RouteState, RouteStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from marsad.records import ControlState, Nowcast
    from marsad.roads.network import Network
    from marsad.roads.search import Search
    from marsad.theatre import Theatre

_REF = re.compile(r"\b([A-Z]{1,3})[ -]?(\d{1,4})\b")
_PAIR = re.compile(
    r"(?P<a>[^\W\d_][^\d–—/]{1,40}?)\s*(?:[-–—]|\bto\b)\s*(?P<b>[^\W\d_][^\d–—/]{1,40}?)"
    r"\s+(?:international\s+)?(?:highway|motorway|road|route|corridor|autostrada)\b",
    re.IGNORECASE,
)
_WORST = (RouteStatus.CLOSED, RouteStatus.RESTRICTED, RouteStatus.OPEN)
_SMALL = 2.0  # kilometres: a crossing, a bridge, a junction
_SMALL_FEATURES = frozenset({"bridge", "crossing", "border_crossing", "junction", "checkpoint", "tunnel", "dam"})
FILE = "the file of the roads"
"""The account of what a file of roads says of them."""

_LONG = 60.0  # kilometres of road within which a cut is as good as told
_ALONG = 15.0  # kilometres round the point of a road's name within which that road is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Whose traffic is meant, and on which day; `side` None: nobody's in particular, whom no holder stops."""

    side: str | None
    on: date
    radius: float
    theatre: Theatre | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What a question supposes: somebody holds a place, whatever accounts say."""

    place: Place
    holder: str


def on_control(states: Iterable[ControlState], traffic: Traffic) -> Iterator[RouteState]:
    """Yield what accounts' words on who holds a town on the day make of the roads through it."""
    for state in states:
        if (state.start and state.start > traffic.on) or (state.end and state.end <= traffic.on):
            continue
        effect = held(state.status, state.holder, traffic)
        if effect is not None:
            status, why = effect
            yield RouteState(
                place=state.place,
                status=status,
                why=why,
                agent=state.holder,
                according_to=state.according_to,
                side=state.side,
                start=state.start,
                end=state.end,
                last_heard=state.last_heard,
                claims=state.claims,
            )


def held(status: ControlStatus, holder: str, traffic: Traffic) -> tuple[RouteStatus, str] | None:
    """Return what a holder's standing in a town makes of its roads for the traffic, None where it tells nothing."""
    if status is ControlStatus.CONTESTED:
        return RouteStatus.RESTRICTED, f"fighting, {holder} inside"
    if status not in {ControlStatus.HELD, ControlStatus.CLAIMED} or traffic.theatre is None or traffic.side is None:
        return None
    side = traffic.theatre.side_of(holder)
    if traffic.theatre.opposed(side, traffic.side):
        return RouteStatus.CLOSED, f"held by {holder}"
    return (RouteStatus.OPEN, f"held by {holder}") if side == traffic.side else None


def on_nowcast(nowcasts: Iterable[Nowcast], traffic: Traffic) -> Iterator[RouteState]:
    """Yield what the likelier half of a nowcast makes of the roads through each town."""
    for one in nowcasts:
        if traffic.theatre is None or traffic.side is None:
            continue
        chances: dict[RouteStatus, float] = defaultdict(float)
        for holder, chance in one.holders:
            if holder == "contested":
                chances[RouteStatus.RESTRICTED] += chance
            elif effect := held(ControlStatus.HELD, holder, traffic):
                chances[effect[0]] += chance
        status, chance = max(chances.items(), key=lambda item: item[1], default=(RouteStatus.UNKNOWN, 0.0))
        if chance > 0.5:
            holder = one.holders[0][0]
            yield RouteState(
                place=one.place,
                status=status,
                why=f"probably {'contested' if holder == 'contested' else f'held by {holder}'} ({chance:.0%})",
                agent=None if holder == "contested" else holder,
                according_to="nowcast",
                side=None,
                start=None,
                end=None,
                last_heard=one.last_heard,
                claims=one.claims,
            )


def current(states: Iterable[RouteState], on: date) -> tuple[RouteState, ...]:
    """Return the states that hold on a day."""
    return tuple(
        state for state in states if (not state.start or state.start <= on) and (not state.end or on < state.end)
    )


class Reach:
    """Which roads a word reaches; asks the network once for each place."""

    def __init__(self, search: Search, radius: float, locate: Callable[[str], tuple[float, float] | None]) -> None:
        """Take the radius of a holder's effect in kilometres; `locate` gives the point of a town's name."""
        self._search = search
        self._radius = radius
        self._locate = locate
        self._known: dict[Place, frozenset[int]] = {}
        self._refs: dict[str, set[int]] = defaultdict(set)
        for number, road in enumerate(search.network.roads):
            for letters, digits in _REF.findall(road.ref.upper()):
                self._refs[f"{letters}{digits}"].add(number)

    def of(self, state: RouteState) -> tuple[RouteState, frozenset[int]]:
        """Return the numbers of the roads that a word is about, and the word as it counts on them.

        Of a long road nobody says where it is cut: all of it is doubtful then, and none of it known to be closed.
        """
        if state.place not in self._known:
            self._known[state.place] = self._roads(state.place)
        roads = self._known[state.place]
        if sum(self._search.network.roads[number].km for number in roads) > _LONG and not _is_area(state.place):
            doubtful = RouteStatus.RESTRICTED if state.status is RouteStatus.CLOSED else RouteStatus.UNKNOWN
            return replace(state, status=doubtful, why=f"{state.why} somewhere along it"), roads
        return state, roads

    def _roads(self, place: Place) -> frozenset[int]:
        network = self._search.network
        named = {number for one in _REF.findall(place.name) for number in self._refs.get("".join(one), ())}
        if place.lat is None or place.lon is None:
            return frozenset(named) or self._between(place.name)
        if named:
            return frozenset(named & network.within(place.lat, place.lon, _ALONG).keys()) or frozenset(named)
        if pair := self._between(place.name):
            return pair
        small = place.feature in _SMALL_FEATURES
        return frozenset(network.within(place.lat, place.lon, _SMALL if small else self._radius))

    def _between(self, name: str) -> frozenset[int]:
        """Return the roads of the way that a name such as "the A–B highway" means."""
        match = _PAIR.search(name)
        ends = [self._locate(match[key].strip()) for key in ("a", "b")] if match else []
        if len(ends) != 2 or None in ends:
            return frozenset()
        (a, _), (b, _) = (self._search.nearest(*end) for end in ends if end)
        way = self._search.way(a, b)
        return frozenset(way.numbers) if way else frozenset()


def _is_area(place: Place) -> bool:
    """Tell whether a place is a point with what lies round it, and no road by name."""
    return place.lat is not None and not _REF.search(place.name) and not _PAIR.search(place.name)


def by_road(states: Sequence[RouteState], reach: Reach) -> Mapping[int, tuple[RouteState, ...]]:
    """Return the words on each road that has any, the latest first."""
    found: dict[int, list[RouteState]] = defaultdict(list)
    for state in states:
        word, roads = reach.of(state)
        for number in roads:
            found[number].append(word)
    return {number: tuple(sorted(some, key=_age)) for number, some in found.items()}


def of_the_file(network: Network) -> Mapping[int, tuple[RouteState, ...]]:
    """Return what the file of the roads itself says of them, as the word of whoever made it."""
    return {
        number: (
            RouteState(
                place=Place(name=road.name or road.ref or road.kind),
                status=RouteStatus(road.status),
                why=f"{road.status} in the file",
                agent=None,
                according_to=FILE,
                side=None,
                start=None,
                end=None,
                last_heard=None,
                claims=(),
            ),
        )
        for number, road in enumerate(network.roads)
        if road.status is not None
    }


def status_of(words: Sequence[RouteState]) -> RouteStatus:
    """Return the status of a road on which one account says this, the latest first; `unknown` where it says nothing.

    A word that the road itself is open overrules the closing words before it; otherwise the worst word counts.
    """
    counted = []
    for word in words:
        counted.append(word)
        if word.status is RouteStatus.OPEN and not word.why.startswith(("held by", "probably")):
            break
    found = {word.status for word in counted}
    return next((status for status in _WORST if status in found), RouteStatus.UNKNOWN)


def _age(state: RouteState) -> tuple[float, str]:
    return -(state.last_heard.timestamp() if state.last_heard else 0.0), state.place.name
