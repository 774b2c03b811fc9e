"""What the robots.txt of each server asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from protego import Protego

from marsad.fetching.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx

    from marsad.fetching.rules import Limits

AGENT = "Marsad"
"""The name under which servers may speak of Marsad."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A robots.txt until it is asked for again; None where its server failed, so that nothing is allowed for now."""

    rules: Protego | None
    until: datetime


class Robots:
    """The robots.txt of servers, each asked for once in a while."""

    def __init__(self, limits: Limits) -> None:
        """Know none."""
        self._limits = limits
        self._known: dict[tuple[str, bytes, int | None], _Known] = {}

    def heed(self, url: httpx.URL, now: datetime, ask: Callable[[httpx.URL], str]) -> float:
        """Return the seconds that a server asks to have between requests; raise FetchError where it allows none.

        `ask` returns the text of the robots.txt at an address, empty where there is none, or raises FetchError.
        """
        rules = self._rules(url, now, ask)
        if rules is None:
            wait = timedelta(hours=self._limits.robots_retry)
            raise FetchError("its robots.txt cannot be had, so nothing is fetched for now", wait=wait)
        if not rules.can_fetch(str(url), AGENT):
            raise FetchError("not fetched: its robots.txt forbids it", final=True)
        return rules.crawl_delay(AGENT) or 0.0

    def _rules(self, url: httpx.URL, now: datetime, ask: Callable[[httpx.URL], str]) -> Protego | None:
        key = (url.scheme, url.raw_host, url.port)
        known = self._known.get(key)
        if known is None or known.until <= now:
            try:
                text: str | None = ask(url.copy_with(raw_path=b"/robots.txt"))
            except FetchError:
                text = None
            hours = self._limits.robots_retry if text is None else self._limits.robots_hours
            rules = None if text is None else Protego.parse(text)
            known = self._known[key] = _Known(rules, now + timedelta(hours=hours))
        return known.rules
