"""Fetching: one address, its bytes or the reason why there are none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NoReturn, overload

from marsad._version import __version__
from marsad.fetching.addresses import Guard
from marsad.fetching.clock import Clock, SystemClock
from marsad.fetching.content import typed
from marsad.fetching.errors import FetchError, shown
from marsad.fetching.exchange import Answer, Exchange
from marsad.fetching.network import Deadline, Resolve, resolve
from marsad.fetching.robots import AGENT, Robots
from marsad.fetching.rules import load_fetching
from marsad.records import Capture

if TYPE_CHECKING:
    import ssl
    from collections.abc import Collection, Mapping
    from types import TracebackType

    import httpx

    from marsad.fetching.rules import Limits

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_LONGEST = timedelta(days=7)  # for which a server's Retry-After is believed
_VALIDATOR = re.compile(r"[\x20-\x7e\x80-\xff]{1,1000}")
_CONTACT = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True, slots=True)
class NotModified:
    """An address whose content is still the one that the given `etag` or `modified` came with."""

    url: str


class Fetcher:
    """Fetches pages and feeds from public servers, politely; a context manager that one thread uses at a time.

    One request is made at a time, and to the same host one every `delay` seconds (two by default, more where its
    robots.txt asks for more). `contact` (an address of mail or a page, without spaces) is told to servers.
    `also_allowed` names networks, such as "127.0.0.1/32", that may be asked though they are not public: for tests.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        delay: float | None = None,
        also_allowed: Collection[str] = (),
        limits: Limits | None = None,
        look_up: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Ask nothing yet; raise ValueError for a contact that no header can hold."""
        if contact is not None and not _CONTACT.fullmatch(contact):
            raise ValueError(f"no contact: {shown(contact)}")
        rules = load_fetching()
        self._limits = limits or rules.limits
        self._types = rules.types
        self._guard = Guard(rules, also_allowed)
        self._exchange = Exchange(self._guard, look_up, self._limits, tls)
        self._clock = clock or SystemClock()
        self._robots = Robots(self._limits)
        self._delay = self._limits.delay if delay is None else delay
        self._turns: dict[bytes, datetime] = {}
        agent = f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else "")
        self._headers = {
            "User-Agent": agent,
            "Accept": ", ".join((*self._types, "*/*;q=0.1")),
            "Accept-Encoding": "gzip, deflate",
        }

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._turns.clear()

    @overload
    def fetch(self, address: str) -> Capture: ...

    @overload
    def fetch(self, address: str, *, etag: str | None, modified: str | None) -> Capture | NotModified: ...

    def fetch(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Capture | NotModified:
        """Return what an address answers now; raise FetchError, an InputError, with the reason where that is nothing.

        With the `etag` or `modified` of an earlier answer the server may say that it is still the same. Redirects are
        followed, each by the same rules.
        """
        conditions = {
            name: value
            for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified))
            if value and _VALIDATOR.fullmatch(value)
        }
        url = self._guard.address(address)
        deadline = Deadline(self._limits.seconds)
        for _ in range(self._limits.redirects + 1):
            self._wait_for_turn(url, deadline)
            answer = self._ask(url, conditions, deadline)
            if answer.status not in _REDIRECTS:
                return self._result(url, answer, conditional=bool(conditions))
            url = self._guard.redirected(url, answer.headers.get("location"))
        raise FetchError(f"redirected more than {self._limits.redirects} times")

    # One request

    def _wait_for_turn(self, url: httpx.URL, deadline: Deadline) -> None:
        """Wait until the host may be asked again; raise FetchError where that is too long, or forbidden."""
        before = self._clock.now()
        asked = self._robots.heed(url, before, self._robots_text)
        now = self._clock.now()
        turn = self._turns.get(url.raw_host)
        delay = max(self._delay, asked)
        seconds = min((turn - now).total_seconds() + delay, delay) if turn else 0.0
        if seconds > self._limits.patience:
            raise FetchError(
                f"asks for {delay:,.0f} seconds between requests", wait=timedelta(seconds=min(seconds, 7 * 86400))
            )
        if seconds > 0:
            self._clock.sleep(seconds)
        deadline.extend(max(0.0, (self._clock.now() - before).total_seconds()))

    def _ask(self, url: httpx.URL, more: Mapping[str, str], deadline: Deadline) -> Answer:
        try:
            return self._exchange.ask(url, {**self._headers, **more}, deadline)
        finally:
            self._turns[url.raw_host] = self._clock.now()

    def _robots_text(self, url: httpx.URL) -> str:
        """Return a robots.txt, empty where the server has none for us; raise FetchError where it fails."""
        deadline = Deadline(self._limits.seconds)
        before = self._turns.copy()
        try:
            for _ in range(self._limits.redirects + 1):
                answer = self._ask(url, {}, deadline)
                if answer.status in _REDIRECTS:
                    url = self._guard.redirected(url, answer.headers.get("location"))
                elif answer.status == 200:
                    return answer.body[: self._limits.robots_bytes].decode("utf-8", "replace")
                elif 400 <= answer.status < 500 and answer.status not in _LATER:
                    return ""
                else:
                    raise FetchError(f"answered {answer.status}", status=answer.status)
        finally:
            self._turns = before  # asking what is allowed takes nobody's turn
        raise FetchError("redirected too often")

    # What an answer means

    def _result(self, url: httpx.URL, answer: Answer, *, conditional: bool) -> Capture | NotModified:
        if answer.status == 304 and conditional:
            return NotModified(str(url))
        if answer.status != 200:
            _fail(answer, self._clock.now())
        if not answer.body.strip():
            raise FetchError("empty", status=200)
        kind, charset = typed(answer.body, answer.headers, self._types)
        return Capture(
            url=str(url),
            data=answer.body,
            retrieved=self._clock.now(),
            media_type=kind,
            charset=charset,
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
        )


def digest(capture: Capture) -> str:
    """Return the SHA-256 of what was fetched."""
    return hashlib.sha256(capture.data).hexdigest()


def _fail(answer: Answer, now: datetime) -> NoReturn:
    status = answer.status
    if status in {401, 402, 403, 407, 451}:
        reason = f"needs a login or refuses us ({status}); nothing is read behind logins"
        raise FetchError(reason, status=status, final=True)
    if status in {404, 410}:
        raise FetchError(f"gone ({status})", status=status, final=True)
    if status in _LATER:
        wait = _retry_after(answer.headers.get("retry-after", ""), now)
        until = f" for {_spoken(wait)}" if wait else " for now"
        raise FetchError(f"asks to be left alone{until} ({status})", status=status, wait=wait)
    raise FetchError(f"answered {status}", status=status)


def _retry_after(words: str, now: datetime) -> timedelta | None:
    """Return for how long a server asks to be left alone, None where it does not say; a week at most."""
    words = words.strip()
    if words.isdecimal() and words.isascii():
        return min(timedelta(seconds=int(words[:9])), _LONGEST)
    try:
        when = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    left = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return min(left, _LONGEST) if left > timedelta(0) else None


def _spoken(wait: timedelta) -> str:
    seconds = round(wait.total_seconds())
    return f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60):,} minutes"
