"""The rules by which addresses are fetched, as data: limits, networks and names that are left alone, types."""

from __future__ import annotations

from dataclasses import dataclass
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
class Rules:
    """All rules: `networks` are refused by the word that says why, `types` map a media type to its first characters."""

    limits: Limits
    names: frozenset[str]
    ports: frozenset[int]
    networks: tuple[tuple[Network, str], ...]
    types: Mapping[str, str]


@cache
def load_fetching(path: Path = SHIPPED) -> Rules:
    """Load the rules; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"limits", "robots", "names", "ports", "networks", "types"})
    types = file.table(file.data, "types")
    return Rules(
        limits=_limits(file),
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
