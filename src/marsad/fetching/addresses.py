"""Which addresses may be asked at all: by how they are written, by name, and by where the name leads."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

import httpx

from marsad.fetching.errors import FetchError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.fetching.rules import Rules

_PUBLIC = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")  # a last label that old resolvers take for a piece of an address
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+")


class Guard:
    """Knows which addresses are refused; `also_allowed` are networks, as "127.0.0.1/32", that are not."""

    def __init__(self, rules: Rules, also_allowed: Iterable[str] = ()) -> None:
        """Follow rules."""
        self._rules = rules
        self._allowed = tuple(ip_network(one) for one in also_allowed)

    def address(self, written: str) -> httpx.URL:
        """Return an address without its fragment; raise FetchError where it is none that may be asked."""
        limit = self._rules.limits.characters
        if len(written) > limit:
            raise _refused(f"an address of more than {limit:,} characters")
        try:
            url = httpx.URL(written)
        except (httpx.InvalidURL, ValueError, TypeError) as error:  # ValueError: IDNA, and numbers in brackets
            raise _refused(f"no address that can be asked: {shown(written)}") from error
        return self._passed(url.copy_with(fragment=None))

    def redirected(self, url: httpx.URL, location: str | None) -> httpx.URL:
        """Return where an answer leads; raise FetchError where it may not be followed."""
        if not location:
            raise FetchError("redirected to nowhere")
        try:
            there = url.join(location)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise FetchError(f"redirected to no address: {shown(location)}") from error
        if url.scheme == "https" and there.scheme == "http":
            raise _refused("redirected from https to http: what comes could be anybody's")
        if len(str(there)) > self._rules.limits.characters:
            raise _refused("redirected to an address that is too long")
        return self._passed(there.copy_with(fragment=None))

    def checked(self, host: str, answers: Iterable[str]) -> tuple[str, ...]:
        """Return the IP addresses that a host stands for; raise FetchError where any of them is not public."""
        found = tuple(dict.fromkeys(answers))
        for one in found:
            if reason := self._not_public(one):
                raise _refused(
                    f"{shown(host)} leads to {shown(one)}, {reason}" if one != host else f"{one} is {reason}"
                )
        if not found:
            raise FetchError(f"{shown(host)}: no such host")
        return found

    def _passed(self, url: httpx.URL) -> httpx.URL:
        if url.scheme not in _PORTS:
            raise _refused(f"only http and https are fetched, not {shown(url.scheme) or 'this'}")
        if url.userinfo:
            raise _refused("an address with a user or a password; nothing is read behind logins")
        port = _PORTS[url.scheme] if url.port is None else url.port
        if port > 65535 or (port < 1024 and port not in self._rules.ports):
            raise _refused(f"port {port} is not one of pages")
        self._named(url.raw_host.decode("ascii").lower())
        return url

    def _named(self, host: str) -> None:
        """Refuse names of machines beside this one, and addresses in spellings that programs read differently."""
        if is_ip(host):
            self.checked(host, (host,))
            return
        name = host.removesuffix(".")
        labels = name.split(".")
        if _NUMBER.fullmatch(labels[-1]) or ":" in host:
            raise _refused(f"{shown(host)} is a number in place of a name")
        if any(".".join(labels[-length:]) in self._rules.names for length in (1, 2)):
            raise _refused(f"{shown(host)} is a name of a private network")
        if len(name) > 253 or not _NAME.fullmatch(name):
            raise _refused(f"{shown(host)} is no full name of a host")

    def _not_public(self, written: str) -> str | None:
        """Return why an IP address is not one of the public net, None where it is."""
        if not is_ip(written):
            return "an address that cannot be judged"
        one = ip_address(written)
        if any(one in network for network in self._allowed):
            return None
        if isinstance(one, IPv6Address) and (inner := _carried(one)):
            reason = self._not_public(str(inner))
            return f"which carries {reason}" if reason else None
        word = next((word for network, word in self._rules.networks if one in network), None)
        if word is None and isinstance(one, IPv6Address) and one not in _PUBLIC:
            word = "reserved"
        return f"a {word} address" if word else None


def is_ip(host: str) -> bool:
    """Tell whether a host is an IP address, written in the one way that all programs read alike."""
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return isinstance(found, IPv4Address) or found.scope_id is None


def _carried(one: IPv6Address) -> IPv4Address | None:
    """Return the address of IPv4 that is reached through one of IPv6, if any."""
    if one in _NAT64:
        return IPv4Address(int(one) & 0xFFFFFFFF)
    return one.ipv4_mapped


def _refused(reason: str) -> FetchError:
    return FetchError(f"not fetched: {reason}", final=True)
