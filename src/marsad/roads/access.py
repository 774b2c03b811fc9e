"""Who can be reached: towns from a place, and places from a list of towns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.records import RouteStatus
from marsad.roads.words import Reach, by_road, current, on_control, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from marsad.records import RouteState
    from marsad.roads.answers import Said, Town
    from marsad.roads.search import Search
    from marsad.roads.words import Traffic


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How a town is reached from the nearest of the starting places; None where it is cut off from all of them.

    `free_minutes` is what it would take if nothing were closed.
    """

    town: str
    lat: float
    lon: float
    nearest: str | None
    minutes: float | None
    free_minutes: float | None


def access(
    starts: Sequence[Town],
    towns: Sequence[Town],
    search: Search,
    closed: Collection[int] = (),
) -> tuple[Access, ...]:
    """Return how each town is reached from the starts, in the order of `towns`, with these roads closed."""
    free = [(start.name, search.reach(search.nearest(start.lat, start.lon)[0])) for start in starts]
    now = [(start.name, search.reach(search.nearest(start.lat, start.lon)[0], closed)) for start in starts]
    found = []
    for town in towns:
        node, _ = search.nearest(town.lat, town.lon)
        best = min(((some[node], name) for name, some in now if node in some), default=None)
        usual = min((some[node] for _, some in free if node in some), default=None)
        found.append(
            Access(
                town=town.name,
                lat=town.lat,
                lon=town.lon,
                nearest=best[1] if best else None,
                minutes=best[0] if best else None,
                free_minutes=usual,
            )
        )
    return tuple(found)


def closed_by(
    said: Said,
    traffic: Traffic,
    search: Search,
    locate: Callable[[str], tuple[float, float] | None],
    *,
    account: str | None = None,
) -> frozenset[int]:
    """Return the roads that any account closes to the traffic, or that one account or side does."""
    words: dict[str, list[RouteState]] = defaultdict(list)
    for state in (*on_control(said.control, traffic), *current(said.routes, traffic.on)):
        words[state.side or state.according_to].append(state)
    reach = Reach(search, traffic.radius, locate)
    return frozenset(
        number
        for name, states in words.items()
        if account in (None, name)
        for number, some in by_road(states, reach).items()
        if status_of(some) is RouteStatus.CLOSED
    )
