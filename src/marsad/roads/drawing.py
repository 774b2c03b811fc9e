"""Words on roads, drawn: which stretches of road each account's word is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.roads.words import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from marsad.records import RouteState
    from marsad.roads.search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadWord:
    """What an account says of roads, with their lines as (longitude, latitude); no lines where no road is known.

    `attribution` says whose roads they are, "" without lines.
    """

    state: RouteState
    lines: tuple[tuple[tuple[float, float], ...], ...] = ()
    attribution: str = ""


def drawn(
    states: Iterable[RouteState],
    searches: Sequence[Search],
    radius: float,
    locate: Callable[[str], tuple[float, float] | None],
) -> Iterator[RoadWord]:
    """Yield each word with the roads that it is about, of the first network that has any.

    `radius` is how many kilometres round a town its roads are meant, `locate` gives the point of a town's name. A word
    on a long road counts as it does for ways: nobody says where along it.
    """
    reaches = [(search.network, Reach(search, radius, locate)) for search in searches]
    for state in states:
        for network, reach in reaches:
            word, roads = reach.of(state)
            if roads:
                lines = tuple(network.roads[number].line for number in sorted(roads))
                yield RoadWord(state=word, lines=lines, attribution=network.attribution)
                break
        else:
            yield RoadWord(state=state)
