"""What is said of roads, and what follows for whoever wants to pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from marsad.records.claims import Place


class RouteStatus(StrEnum):
    """Whether a road, a crossing or a way lets people through; `unknown` where nobody says."""

    OPEN = "open"
    RESTRICTED = "restricted"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteState:
    """What an account says of the roads at a place or of a crossing, from one day to the next that it says otherwise.

    `why` is in words: "cut", "open", "besieged", "held by Northern Front". `agent` is who did it, None where nobody is
    named. `start` is None where the account tells no day, `end` where that is its last word. `last_heard` is the
    instant of the last word that says so.
    """

    place: Place
    status: RouteStatus
    why: str
    agent: str | None
    according_to: str
    side: str | None
    start: date | None
    end: date | None
    last_heard: datetime | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLeg:
    """A stretch of a way along one road, of one status: the words on it are `states`, the latest first.

    `line` is its points as (longitude, latitude); `border` names the countries that it leads from and to, if it does.
    """

    road: str
    kind: str
    km: float
    minutes: float
    status: RouteStatus
    states: tuple[RouteState, ...]
    line: tuple[tuple[float, float], ...]
    border: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWay:
    """A way from start to end, without what lies off the roads at both ends."""

    legs: tuple[RouteLeg, ...]
    km: float
    minutes: float

    @property
    def status(self) -> RouteStatus:
        """The worst of its legs; a way is open only if somebody says so of every leg."""
        found = {leg.status for leg in self.legs}
        order = (RouteStatus.CLOSED, RouteStatus.RESTRICTED, RouteStatus.UNKNOWN)
        return next((status for status in order if status in found), RouteStatus.OPEN)

    @property
    def borders(self) -> tuple[tuple[str, str], ...]:
        """The borders that it crosses, in order."""
        return tuple(leg.border for leg in self.legs if leg.border)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    """What one account leaves of the ways between two places; `way` is None where it leaves none.

    `closing` are the words that close roads of the free way. `according_to` is an account's name, "nowcast", or "all"
    for what every account leaves open.
    """

    according_to: str
    side: str | None
    way: RouteWay | None
    closing: tuple[RouteState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTurn:
    """From which radius round a town, in kilometres, which way is the fastest; `way` None: there is none any more."""

    radius: float
    km: float | None
    minutes: float | None
    roads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSensitivity:
    """How the answer turns on how far the holder of one town reaches, if the town stops traffic."""

    town: str
    turns: tuple[RouteTurn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteForecast:
    """What somebody says the loss of a town would cut, and what the roads say.

    `claims` are the ids of the condition and of what would follow. `km` is the length of the way that is left when the
    town stops traffic, None where none is left and the forecast is right as far as these two places go.
    """

    town: str
    source: str
    claims: tuple[str, ...]
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAnswer:
    """Ways from one place to another, with what they rest on.

    `off_road` are the kilometres from each place to the nearest junction. `free` is the way if nothing were closed.
    `traffic` is the side whose traffic is meant, None for traffic of no side. `cuts` are the smallest sets of towns
    whose closing would leave no way at all, each a tuple of names; `cut_size` None: there is no such set of at most
    `most_towns`, or none at all, where `by_passes` tells that a way passes every town by.
    `assumptions` says in sentences what was taken for granted.
    """

    start: str
    end: str
    off_road: tuple[float, float]
    as_of: datetime | None
    on: date | None
    traffic: str | None
    radius: float
    free: RouteWay | None
    views: tuple[RouteView, ...]
    cuts: tuple[tuple[str, ...], ...]
    cut_size: int | None
    most_towns: int
    by_passes: bool
    sensitivity: tuple[RouteSensitivity, ...]
    forecasts: tuple[RouteForecast, ...]
    assumptions: tuple[str, ...]
    attribution: str
