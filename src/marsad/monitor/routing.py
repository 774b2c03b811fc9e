"""Ways from one place to another, by what the monitor holds and the roads that the user has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from marsad.demo import demo_roads
from marsad.errors import RoadsError
from marsad.monitor.listing import named
from marsad.records import Certainty, Place
from marsad.roads import (
    Access,
    Forecast,
    RouteQuestion,
    Said,
    Search,
    Supposed,
    Town,
    Traffic,
    access,
    answer,
    closed_by,
    drawn,
    open_roads,
    road_files,
)
from marsad.vocabulary import load_roads
from marsad.weighing import prior, route_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from marsad.gazetteer import Gazetteer
    from marsad.outputs import Picture
    from marsad.records import Claim, Nowcast, RouteAnswer
    from marsad.roads import Network, RoadWord
    from marsad.theatre import Theatre

NOBODY = "nobody"
"""Asks for the traffic of no side."""

_SAME = 0.03  # degrees
_FITS_KM = 25.0  # a network fits a place that is no farther from its roads
_SENTENCE = 250  # characters between a condition and what would follow from it
_LOSSES = frozenset({"capture", "enter", "surrender"})


class Routing(ABC):
    """Routes asked for; a part of `Monitor`."""

    _theatre: Theatre | None

    @abstractmethod
    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant."""

    @abstractmethod
    def nowcast(
        self, place: str | None = None, on: date | None = None, as_of: datetime | None = None
    ) -> tuple[Nowcast, ...]:
        """Return who probably holds each place."""

    @abstractmethod
    def _places(self) -> Gazetteer: ...

    def route(
        self,
        start: str,
        end: str,
        *,
        roads: Path | str | None = None,
        as_of: datetime | None = None,
        on: date | None = None,
        traffic: str | None = None,
        according_to: str | None = None,
        radius: float | None = None,
        kinds: Sequence[str] = (),
        borders: bool = True,
        vehicle: str = "car",
        suppose: Mapping[str, str] | None = None,
    ) -> RouteAnswer:
        """Return which way is open from one place to another, by whose account, and what would cut it.

        `roads` are those of a name or a file; without them the first that reach both places. `on` is the day, else the
        last of which anything is known. `traffic` is the side whose traffic is meant, `nobody` for no side's; without
        it that of whoever holds the start. `according_to` keeps one account or side, `radius` is how many kilometres
        the holder of a town reaches, `kinds` are the classes of road that may be used, `vehicle` is one of roads.toml,
        and `suppose` says who holds a place whatever is said. Raises RoadsError where there are no roads, and where a
        place, a side or a vehicle is unknown.
        """
        ends = [self._located(name) for name in (start, end)]
        network = self._network(roads, ends)
        now, said = self._said(as_of, on)
        assumed = load_roads()
        reach = assumed.radius if radius is None else radius
        if not 0 < reach <= assumed.farthest:
            raise RoadsError(f"the radius must be more than 0 and at most {assumed.farthest:g} km")
        question = RouteQuestion(
            start=replace(_town(ends[0]), name=start),
            end=replace(_town(ends[1]), name=end),
            traffic=Traffic(side=self._side(traffic, ends[0], said, now), on=now, radius=reach, theatre=self._theatre),
            as_of=as_of,
            account=according_to,
            supposed=[Supposed(place=self._located(name), holder=whom) for name, whom in (suppose or {}).items()],
            towns=self._towns(network, said),
            farthest=assumed.farthest,
            kinds=kinds,
            borders=borders,
            vehicle=vehicle,
        )
        return answer(question, said, _search(network, frozenset(kinds), borders, vehicle), self._point)

    def access(
        self,
        starts: Sequence[str],
        towns: Sequence[str] = (),
        *,
        roads: Path | str | None = None,
        as_of: datetime | None = None,
        on: date | None = None,
        traffic: str | None = None,
        according_to: str | None = None,
        radius: float | None = None,
        kinds: Sequence[str] = (),
        borders: bool = True,
        vehicle: str = "car",
    ) -> tuple[Access, ...]:
        """Return which towns can be reached from the nearest of some places, and in how many minutes.

        Without `towns` all that the gazetteer has among the roads are told. A road counts as closed if any account
        closes it, or the one of `according_to`. The other arguments and errors are those of `route`.
        """
        begin = [self._located(name) for name in starts]
        network = self._network(roads, begin)
        now, said = self._said(as_of, on)
        reach = load_roads().radius if radius is None else radius
        side = self._side(traffic, begin[0], said, now)
        search = _search(network, frozenset(kinds), borders, vehicle)
        meant = Traffic(side=side, on=now, radius=reach, theatre=self._theatre)
        wanted = [_town(self._located(name)) for name in towns] or self._towns(network, said)
        closed = closed_by(said, meant, search, self._point, account=according_to)
        return access([_town(place) for place in begin], wanted, search, closed)

    def _road_words(self, now: Picture, *, lines: bool) -> Iterator[RoadWord]:
        """Yield what accounts say of roads in a picture, with their lines if asked for and there are roads there."""
        states = route_states(now.claims, now.report_by_id, now.origins, now.theatre, as_of=now.as_of, sites=now.sites)
        files = (*road_files().values(), demo_roads()) if states and lines else ()
        searches = [_search(open_roads(path), frozenset(), True, "car") for path in files]
        return drawn(states, searches, load_roads().radius, self._point)

    def _said(self, as_of: datetime | None, on: date | None) -> tuple[date, Said]:
        now = self.picture(as_of)
        last = on or (now.last_word.date() if now.last_word else None)
        if last is None:
            raise RoadsError("nothing is known of any day yet; say which one is meant")
        routes = route_states(now.claims, now.report_by_id, now.origins, now.theatre, as_of=as_of, sites=now.sites)
        return last, Said(
            control=now.control,
            routes=routes,
            nowcasts=self.nowcast(None, last, as_of),
            forecasts=tuple(_forecasts(now.claims)),
        )

    def _network(self, roads: Path | str | None, ends: Sequence[Place]) -> Network:
        """Return the roads of a name, or the first ones that reach all places."""
        if roads is not None:
            return open_roads(roads)
        for path in (*road_files().values(), demo_roads()):
            network = open_roads(path)
            search = _search(network, frozenset(), True, "car")
            if all(search.nearest(place.lat or 0.0, place.lon or 0.0)[1] <= _FITS_KM for place in ends):
                return network
        names = " and ".join(place.name for place in ends)
        raise RoadsError(f"no roads reach {names}; add some with `marsad roads add`")

    def _side(self, wanted: str | None, start: Place, said: Said, day: date) -> str | None:
        """Return the side whose traffic is meant: the one asked for, else that of whoever holds the start."""
        if wanted == NOBODY or self._theatre is None:
            return None
        if wanted is not None:
            side = wanted if wanted in self._theatre.sides else self._theatre.side_of(wanted)
            if side is None:
                raise RoadsError(
                    f"'{wanted}' is no side of this war; known: {', '.join(self._theatre.sides)}, {NOBODY}"
                )
            return side
        here = [one for one in said.nowcasts if named(one.place, start.name)] or [prior(start, day, self._theatre)]
        holder, chance = here[0].holders[0]
        return self._theatre.side_of(holder) if chance > 0.5 else None

    def _located(self, name: str) -> Place:
        """Return the place of a name that has a point; raise RoadsError where there is none."""
        for claim in self.picture().claims:
            if claim.place and claim.place.lat is not None and not claim.place.relation and named(claim.place, name):
                return claim.place
        countries = self._theatre.countries if self._theatre else ()
        found = next(iter(self._places().find(name, countries=countries, limit=1)), None)
        if found is None:
            raise RoadsError(f"no place '{name}' is known")
        return Place(
            name=found.name, gazetteer_id=found.id, canonical=found.name, lat=found.lat, lon=found.lon,
            country=found.country, feature=found.feature, radius_km=found.radius_km,
        )  # fmt: skip

    def _point(self, name: str) -> tuple[float, float] | None:
        try:
            place = self._located(name)
        except RoadsError:
            return None
        return (place.lat, place.lon) if place.lat is not None and place.lon is not None else None

    def _towns(self, network: Network, said: Said) -> tuple[Town, ...]:
        """Return the towns among the roads by name: those that accounts speak of, and the larger ones."""
        spoken = (state.place for state in said.control if state.place.lat is not None and not state.place.relation)
        found = {place.canonical or place.name: _town(place) for place in spoken}
        west, south, east, north = network.box
        larger = self._places().settlements(west, south, east, north, people=load_roads().town_people)
        twice = {name for name, count in Counter(entry.name for entry in larger).items() if count > 1}
        near = [(town.lat, town.lon) for town in found.values()]
        for entry in larger:
            if any(abs(lat - entry.lat) < _SAME and abs(lon - entry.lon) < _SAME for lat, lon in near):
                continue  # the same town under another spelling
            name = f"{entry.name} ({entry.admin})" if entry.name in twice and entry.admin else entry.name
            found.setdefault(name, Town(name=name, lat=entry.lat, lon=entry.lon))
        return tuple(found.values())


@lru_cache(maxsize=8)
def _search(network: Network, kinds: frozenset[str], borders: bool, vehicle: str) -> Search:
    assumed = load_roads()
    if vehicle not in assumed.vehicles:
        raise RoadsError(f"'{vehicle}' is no vehicle that is known; known: {', '.join(assumed.vehicles)}")
    return Search(network, assumed, network.kept(kinds or None, borders=borders), assumed.vehicles[vehicle])


def _town(place: Place) -> Town:
    return Town(name=place.canonical or place.name, lat=place.lat or 0.0, lon=place.lon or 0.0)


def _forecasts(claims: Iterable[Claim]) -> Iterator[Forecast]:
    """Yield what sources say would be cut if a town were lost: both in one breath, as a condition."""
    conditions = [one for one in claims if one.certainty is Certainty.CONDITIONAL]
    for cut in (one for one in conditions if one.event == "cut_route"):
        for loss in conditions:
            place = loss.place
            one_breath = (loss.report, loss.source) == (cut.report, cut.source) and (
                abs(loss.anchor.start - cut.anchor.start) <= _SENTENCE
            )
            if one_breath and loss.event in _LOSSES and place and place.lat is not None:
                yield Forecast(town=_town(place), source=cut.source, claims=(loss.id, cut.id))
