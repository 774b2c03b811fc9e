"""The rules by which addresses are fetched, as data: limits, networks and names that are left alone, types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

Network = IPv4Network | IPv6Network

SHIPPED = Path(__file__).with_name("rules.toml")
_WHOLE = frozenset({"bytes", "ratio", "redirects", "characters"})
_LIMITS = (*sorted(_WHOLE), "seconds", "delay", "patience")
_ROBOTS = ("bytes", "hours", "retry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may take: `bytes` unpacked, `seconds` in all; `delay` and `patience` are seconds, too.

    `robots_bytes` of a robots.txt are looked at, it holds for `robots_hours`, and where its server failed it is asked
    for again after `robots_retry` hours.
    """

    bytes: int
    ratio: int
    redirects: int
    characters: int
    seconds: float
    delay: float
    patience: float
    robots_bytes: int
    robots_hours: float
    robots_retry: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When what is watched is asked for again.

    A feed that fails is tried after `longest` at most. A page is read again after each of `again` in turn; where it
    fails, it is tried `tries` times, first after `retry` and then after twice as long each time. `pages` is how many of
    one feed are fetched at a turn.
    """

    longest: timedelta
    again: tuple[timedelta, ...]
    retry: timedelta
    tries: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """How messages to webhooks are tried: `seconds` for an answer, `tries` in all, with doubled waits between."""

    seconds: float
    retry: timedelta
    longest: timedelta
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules: `networks` are refused by the word that says why, `types` map a media type to its first characters."""

    limits: Limits
    pace: Pace
    posting: Posting
    names: frozenset[str]
    ports: frozenset[int]
    networks: tuple[tuple[Network, str], ...]
    types: Mapping[str, str]


@cache
def load_fetching(path: Path = SHIPPED) -> Rules:
    """Load the rules; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"limits", "robots", "watching", "posting", "names", "ports", "networks", "types"})
    types = file.table(file.data, "types")
    return Rules(
        limits=_limits(file),
        pace=_pace(file),
        posting=_posting(file),
        names=frozenset(file.texts(file.table(file.data, "names"), "refused", "names")),
        ports=_ports(file),
        networks=_networks(file),
        types={name: file.text(types, name, "types", default="") for name in types},
    )


def _limits(file: DataFile) -> Limits:
    limits, robots = file.table(file.data, "limits"), file.table(file.data, "robots")
    file.only(limits, _LIMITS, "limits")
    file.only(robots, _ROBOTS, "robots")
    numbers = {name: file.number(limits, name, "limits") for name in _LIMITS}
    whole = {name: int(numbers.pop(name)) for name in _WHOLE}
    return Limits(
        **whole,
        **numbers,  # type: ignore[arg-type]
        robots_bytes=int(file.number(robots, "bytes", "robots")),
        robots_hours=file.number(robots, "hours", "robots"),
        robots_retry=file.number(robots, "retry", "robots"),
    )


def _pace(file: DataFile) -> Pace:
    table = file.table(file.data, "watching")
    file.only(table, {"longest", "again", "retry", "tries", "pages"}, "watching")
    again = table.get("again")
    if not isinstance(again, list) or not all(isinstance(one, int | float) and one > 0 for one in again):
        file.fail("'again' must be a list of hours", "watching", "again")
    return Pace(
        longest=timedelta(hours=file.number(table, "longest", "watching", above=0)),
        again=tuple(timedelta(hours=one) for one in again),
        retry=timedelta(hours=file.number(table, "retry", "watching", above=0)),
        tries=int(file.number(table, "tries", "watching")),
        pages=int(file.number(table, "pages", "watching", above=0)),
    )


def _posting(file: DataFile) -> Posting:
    table = file.table(file.data, "posting")
    file.only(table, {"seconds", "retry", "longest", "tries"}, "posting")
    return Posting(
        seconds=file.number(table, "seconds", "posting", above=0),
        retry=timedelta(minutes=file.number(table, "retry", "posting", above=0)),
        longest=timedelta(minutes=file.number(table, "longest", "posting", above=0)),
        tries=int(file.number(table, "tries", "posting", above=0)),
    )


def _ports(file: DataFile) -> frozenset[int]:
    known = file.table(file.data, "ports").get("known")
    if not isinstance(known, list) or not all(isinstance(one, int) and 0 < one < 1024 for one in known):
        file.fail("'known' must be a list of ports below 1024", "ports", "known")
    return frozenset(known)


def _networks(file: DataFile) -> tuple[tuple[Network, str], ...]:
    found: list[tuple[Network, str]] = []
    table = file.table(file.data, "networks")
    for word in table:
        for written in file.texts(table, word, "networks"):
            try:
                found.append((ip_network(written), word))
            except ValueError as error:
                file.fail(f"'{written}' is no network: {error}", "networks", word)
    return tuple(found)
