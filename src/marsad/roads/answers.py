"""Answers: which way is open from one place to another, by whose account, and what would cut it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.records import (
    ControlStatus,
    RouteAnswer,
    RouteForecast,
    RouteSensitivity,
    RouteState,
    RouteStatus,
    RouteTurn,
    RouteView,
)
from marsad.roads.cuts import smallest_cuts, turns
from marsad.roads.legs import roads_of, told
from marsad.roads.lengths import length
from marsad.roads.words import (
    FILE,
    Reach,
    Supposed,
    Traffic,
    by_road,
    current,
    held,
    of_the_file,
    on_control,
    on_nowcast,
    status_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from marsad.records import ControlState, Nowcast
    from marsad.roads.cuts import Turn
    from marsad.roads.legs import Words
    from marsad.roads.search import Search, Way

NOWCAST, ALL, NOBODY = "nowcast", "all", "nobody"
"""The views that are no account's: of the nowcast, of what every account leaves open, and where there is no account."""

QUESTION = "the question"
"""Whose word it is that something is supposed."""

_MOST_TOWNS = 3
_ALIKE = 0.03  # the share by which a way must grow to be worth telling
_MOST_TURNING = 8  # towns whose reach is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town with its point in decimal degrees."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What somebody says would be cut if a town were lost; `claims` are the ids of what says so."""

    town: Town
    source: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is known on a day: who holds what by each account, what is said of roads, the nowcast, and forecasts."""

    control: Sequence[ControlState] = ()
    routes: Sequence[RouteState] = ()
    nowcasts: Sequence[Nowcast] = ()
    forecasts: Sequence[Forecast] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteQuestion:
    """What is asked: from where to where, for whose traffic, on which day, and what is supposed beside what is said.

    `account` keeps the views of one account or side. `kinds` are the classes of road that may be used, none for all.
    `towns` are those whose loss may cut a way, and `farthest` is
    the largest radius in kilometres that is tried round one.
    """

    start: Town
    end: Town
    traffic: Traffic
    as_of: datetime | None = None
    account: str | None = None
    supposed: Sequence[Supposed] = ()
    towns: Sequence[Town] = ()
    farthest: float
    kinds: Sequence[str] = ()
    borders: bool = True
    vehicle: str = "car"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What every part of an answer looks at: the roads, the junctions at both ends, and the way between them."""

    search: Search
    ends: tuple[int, int]
    free: Way | None


def answer(
    question: RouteQuestion, said: Said, search: Search, locate: Callable[[str], tuple[float, float] | None]
) -> RouteAnswer:
    """Return the ways from start to end by each account, the way that all leave open, and what would cut it.

    `locate` gives the point (latitude, longitude) of a town's name. Raises RoadsError where the network has no road of
    the classes that are asked for.
    """
    (start, from_start), (end, to_end) = (
        search.nearest(place.lat, place.lon) for place in (question.start, question.end)
    )
    asked = _Asked(search=search, ends=(start, end), free=search.way(start, end))
    closes = _closes(question, asked)
    cut = smallest_cuts(search, start, end, closes, most=_MOST_TOWNS) if asked.free else None
    return RouteAnswer(
        start=question.start.name,
        end=question.end.name,
        off_road=(from_start, to_end),
        as_of=question.as_of,
        on=question.traffic.on,
        traffic=question.traffic.side,
        radius=question.traffic.radius,
        free=told(asked.free, (), search) if asked.free else None,
        views=_views(question, said, asked, Reach(search, question.traffic.radius, locate)),
        cuts=cut.sets if cut else (),
        cut_size=cut.size if cut else None,
        most_towns=_MOST_TOWNS,
        by_passes=cut.free if cut else False,
        sensitivity=_sensitivity(question, said, asked, cut.sets if cut else ()),
        forecasts=tuple(_checked(one, question, asked) for one in said.forecasts),
        assumptions=tuple(_assumed(question)),
        attribution=search.network.attribution,
    )


def _views(question: RouteQuestion, said: Said, asked: _Asked, reach: Reach) -> tuple[RouteView, ...]:
    """Return the view of each account that says anything of the ways, and of all of them together."""
    accounts = _accounts(question, said)
    words = {name: by_road(states, reach) for name, (_, states) in accounts.items()}
    if question.account is None and (listed := of_the_file(asked.search.network)):
        words[FILE], accounts[FILE] = listed, (None, [])
    everybody = tuple(words.values())
    shut = {name: _closed(some) for name, some in words.items()}
    ways = {name: asked.search.way(*asked.ends, closed) if closed else asked.free for name, closed in shut.items()}
    together = frozenset().union(*shut.values())
    agreed = asked.search.way(*asked.ends, together) if together else asked.free
    looked_at = {number for way in (asked.free, agreed, *ways.values()) if way for number in way.numbers}
    views = [
        RouteView(
            according_to=name,
            side=side,
            way=told(way, (words[name],), asked.search) if (way := ways[name]) else None,
            closing=_closing(asked.free, shut[name], (words[name],)),
        )
        for name, (side, _) in accounts.items()
        if name in {question.account, NOBODY, NOWCAST} or any(_own(words[name].get(number, ())) for number in looked_at)
    ]
    if question.account is None:
        views.append(
            RouteView(
                according_to=ALL,
                side=None,
                way=told(agreed, everybody, asked.search) if agreed else None,
                closing=_closing(asked.free, together, everybody),
            )
        )
    return tuple(views)


def _own(states: Sequence[RouteState]) -> bool:
    return any(state.according_to != QUESTION for state in states)


def _closed(words: Words) -> frozenset[int]:
    return frozenset(number for number, some in words.items() if status_of(some) is RouteStatus.CLOSED)


def _checked(one: Forecast, question: RouteQuestion, asked: _Asked) -> RouteForecast:
    town = one.town
    closed = asked.search.network.within(town.lat, town.lon, question.traffic.radius)
    way = asked.search.way(*asked.ends, closed.keys())
    return RouteForecast(town=town.name, source=one.source, claims=one.claims, km=way.km if way else None)


def _assumed(question: RouteQuestion) -> Iterator[str]:
    """Yield in sentences what an answer takes for granted."""
    traffic = question.traffic
    if traffic.side is None:
        yield "The traffic is nobody's in particular: who holds a town stops nobody, words on roads and fighting do."
    else:
        yield (
            f"The traffic is that of {traffic.side}: who is at war with it stops it within {traffic.radius:g} km of "
            "the middle of a town."
        )
    yield "Fighting in a town restricts the roads within that distance, and closes none."
    yield "The last word of an account counts however old it is; its age stands beside it."
    yield f"Roads of the classes {', '.join(question.kinds)}." if question.kinds else "Roads of all classes."
    yield "Borders may be crossed." if question.borders else "No border is crossed."
    yield f"Times are those of a {question.vehicle} on an undamaged road without checkpoints."
    for one in question.supposed:
        yield f"It is supposed that {one.place.name} is held by {one.holder}."


def _accounts(question: RouteQuestion, said: Said) -> dict[str, tuple[str | None, list[RouteState]]]:
    """Return each account's side and words of the day: a side speaks with one mouth, who has none for itself."""
    traffic = question.traffic
    words: dict[str, list[RouteState]] = defaultdict(list)
    sides: dict[str, str | None] = {}
    for state in (*on_control(said.control, traffic), *current(said.routes, traffic.on)):
        name = state.side or state.according_to
        sides[name] = state.side
        words[name].append(state)
    nowcasts = list(on_nowcast(said.nowcasts, traffic))
    if said.nowcasts:
        words[NOWCAST], sides[NOWCAST] = nowcasts, None
    if question.account is not None:
        words = {name: some for name, some in words.items() if name == question.account}
        words.setdefault(question.account, [])
    ordered = sorted(words, key=lambda name: (name == NOWCAST, sides.get(name) is None, name))
    found = {name: (sides.get(name), _supposing(words[name], question)) for name in ordered}
    return found or {NOBODY: (None, _supposing([], question))}


def _supposing(states: Iterable[RouteState], question: RouteQuestion) -> list[RouteState]:
    """Return words as if what is supposed were so."""
    instead = {one.place.gazetteer_id or one.place.name: one for one in question.supposed}
    kept = [one for one in states if (one.place.gazetteer_id or one.place.name) not in instead]
    for one in question.supposed:
        if effect := held(ControlStatus.HELD, one.holder, question.traffic):
            status, why = effect
            kept.append(
                RouteState(
                    place=one.place,
                    status=status,
                    why=f"{why}, as supposed",
                    agent=one.holder,
                    according_to=QUESTION,
                    side=None,
                    start=None,
                    end=None,
                    last_heard=None,
                    claims=(),
                )
            )
    return kept


def _closing(free: Way | None, closed: Collection[int], accounts: Sequence[Words]) -> tuple[RouteState, ...]:
    """Return the closing words on the roads of the free way, each once, in the order of the way."""
    found = (
        state
        for number in (free.numbers if free else ())
        if number in closed
        for words in accounts
        for state in words.get(number, ())
        if state.status is RouteStatus.CLOSED
    )
    return tuple(dict.fromkeys(found))


def _closes(question: RouteQuestion, asked: _Asked) -> dict[str, Collection[int]]:
    """Return the roads that each town's holder can close, without the towns round the start and the end."""
    radius = question.traffic.radius
    return {
        town.name: roads.keys()
        for town in question.towns
        if _to_ends(town, asked) > 2 * radius and (roads := asked.search.network.within(town.lat, town.lon, radius))
    }


def _to_ends(town: Town, asked: _Asked) -> float:
    """Return how many kilometres a town is from the nearer end."""
    ends = (asked.search.network.points[node] for node in asked.ends)
    return min(length(((town.lon, town.lat), (float(lon), float(lat)))) for lon, lat in ends)


def _sensitivity(
    question: RouteQuestion, said: Said, asked: _Asked, cuts: Sequence[Sequence[str]]
) -> tuple[RouteSensitivity, ...]:
    """Return how the way turns on the reach of the towns that matter: those that cut, are spoken of, or are passed.

    A circle grows no farther than to just before it swallows one of the ends.
    """
    on_way = set(asked.free.numbers) if asked.free else set()
    cutting = {name for some in cuts for name in some}
    spoken = {state.place.canonical or state.place.name for state in said.control}
    ranked = []
    for order, town in enumerate(question.towns):
        farthest = min(question.farthest, _to_ends(town, asked) - question.traffic.radius)
        distances = asked.search.network.within(town.lat, town.lon, farthest)
        near = {number for number, km in distances.items() if km <= question.traffic.radius}
        if town.name in cutting or (on_way & distances.keys() if town.name in spoken else on_way & near):
            ranked.append((town.name not in cutting, town.name not in spoken, order, town, distances, farthest))
    return tuple(
        RouteSensitivity(
            town=town.name,
            turns=_telling(
                [_turn(step, asked.search) for step in turns(asked.search, *asked.ends, distances, farthest)]
            ),
        )
        for *_, town, distances, farthest in sorted(ranked, key=lambda one: one[:3])[:_MOST_TURNING]
    )


def _telling(steps: Sequence[RouteTurn]) -> tuple[RouteTurn, ...]:
    """Return the turns that are worth telling: the first, those to a clearly longer way, and the one to none."""
    kept = [steps[0]]
    for step in steps[1:]:
        last = kept[-1].km
        if step.km is None or last is None or abs(step.km - last) > _ALIKE * last:
            kept.append(step)
    return tuple(kept)


def _turn(step: Turn, search: Search) -> RouteTurn:
    way = step.way
    return RouteTurn(
        radius=step.radius,
        km=way.km if way else None,
        minutes=way.minutes if way else None,
        roads=roads_of(way, search) if way else (),
    )
