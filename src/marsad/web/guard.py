"""What stands before every request: who may ask, how often, from where, and what every answer forbids a browser."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from marsad.web.buckets import Buckets
from marsad.web.desk import problem
from marsad.web.tokens import Tokens

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from marsad.web.limits import Limits

COOKIE = "marsad_session"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _PAGES.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_READING = frozenset({"GET", "HEAD"})
_METHODS = {
    "/api/judgements": "GET, HEAD, POST, OPTIONS",
    "/api/session": "POST, DELETE, OPTIONS",
    "/api/events": "GET, OPTIONS",
}
_ANY = "GET, HEAD, OPTIONS"
_BAD, _NOTHING = 400, 204
_UNAUTHORISED, _FORBIDDEN, _NOT_ALLOWED, _TOO_SLOW, _TOO_LARGE, _UNSUPPORTED, _TOO_MANY = (
    401,
    403,
    405,
    408,
    413,
    415,
    429,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who may come in: by which host names on which address, and whether all that is asked needs a token."""

    host: str
    tokens: Tokens
    always: bool

    @property
    def names(self) -> frozenset[str]:
        """The names in a Host header that mean this server."""
        return LOOPBACK | {self.host}


class Guard:
    """The application behind a door; a request that may not pass is answered here."""

    def __init__(self, app: ASGIApp, door: Door, limits: Limits, wrong: Buckets) -> None:
        """Put a door before an application; `wrong` counts the wrong tokens of each client."""
        self._inner = app
        self._door = door
        self._limits = limits
        self._requests = Buckets(limits.requests, limits.clients)
        self._writing = Buckets(limits.writing, limits.clients)
        self._refused = wrong

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks over a web socket
        sending = _Sending(send, head=scope["method"] == "HEAD")
        request = _Asked(scope)
        allowed = _METHODS.get(request.path, _ANY)
        if scope["method"] not in allowed.split(", "):
            await sending.refuse(_Refusal(_NOT_ALLOWED, "Method not allowed", "this cannot be done here"), allowed)
        elif (refusal := self._refusal(request)) is not None:
            await sending.refuse(refusal)
        elif scope["method"] == "OPTIONS":
            await sending.answer(_NOTHING, [(b"allow", allowed.encode())], b"")
        elif scope["method"] in _READING:
            await self._inner({**scope, "method": "GET"}, receive, sending)
        else:
            await self._written(scope, receive, sending)

    async def _written(self, scope: Scope, receive: Receive, sending: _Sending) -> None:
        """Pass on a request with a body, which is read whole before anything is done."""
        try:
            body = await asyncio.wait_for(_body(receive, self._limits.body_bytes), self._limits.seconds)
        except TimeoutError:
            await sending.refuse(_Refusal(_TOO_SLOW, "Too slow", "the body of the request did not come"))
            return
        if body is None:
            await sending.refuse(_Refusal(_TOO_LARGE, "Too large", "the body of the request is too long"))
        else:
            await self._inner(scope, body, sending)

    def _refusal(self, request: _Asked) -> _Refusal | None:
        """Return why a request may not pass, None where it may; who asks is noted in its scope."""
        if not self._door.always and request.host not in self._door.names:
            return _Refusal(_BAD, "Unknown host", "this server does not go by that name")
        now = time.monotonic()
        if wait := self._requests.wait(request.client, now):
            return _Refusal(_TOO_MANY, "Too many requests", "slow down", wait)
        shown = request.shown
        user = self._user(shown, request.session)
        if shown is not None and user is None:
            return self._wrong(request.client, now)
        request.scope["state"] = {**request.scope.get("state", {}), "user": user}
        if self._door.always and user is None and request.path.startswith("/api/") and request.path != "/api/session":
            return _Refusal(_UNAUTHORISED, "Unauthorised", "this server tells nothing without a token")
        return None if request.scope["method"] in {*_READING, "OPTIONS"} else self._write(request, user, now)

    def _write(self, request: _Asked, user: str | None, now: float) -> _Refusal | None:
        """Return why something may not be written: by a page from elsewhere, too often, in another form, by nobody."""
        if not request.from_here:
            return _Refusal(_FORBIDDEN, "Forbidden", "only a page of this server may send this")
        if wait := self._writing.wait(request.client, now):
            return _Refusal(_TOO_MANY, "Too many requests", "slow down", wait)
        if request.path == "/api/session":
            if self._refused.empty(request.client, now):
                return self._wrong(request.client, now)
        elif user is None and request.path.startswith("/api/"):
            known = self._door.tokens.users
            detail = "this needs a token" if known else "nobody may judge here: the server was given no token"
            return _Refusal(_UNAUTHORISED if known else _FORBIDDEN, "Unauthorised", detail)
        if request.scope["method"] == "POST" and request.header("content-type").split(";")[0].strip().lower() != (
            "application/json"
        ):
            return _Refusal(_UNSUPPORTED, "Unsupported", "the body must be application/json")
        return None

    def _user(self, token: str | None, session: str | None) -> str | None:
        if token is not None:
            return self._door.tokens.user(token)
        return self._door.tokens.signed_in(session, time.time()) if session else None

    def _wrong(self, client: str, now: float) -> _Refusal:
        """Return the refusal of a wrong token; whoever tries many of them must wait."""
        if wait := self._refused.wait(client, now):
            return _Refusal(_TOO_MANY, "Too many wrong tokens", "wait before you try again", wait)
        return _Refusal(_UNAUTHORISED, "Unauthorised", "this token is not known here")


@dataclass(frozen=True, slots=True)
class _Refusal:
    status: int
    title: str
    detail: str
    wait: float = 0.0


class _Asked:
    """A request as its headers describe it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.path: str = scope["path"]
        self.client: str = (scope.get("client") or ("",))[0]
        self._headers: dict[bytes, bytes] = dict(scope["headers"])

    def header(self, name: str) -> str:
        return self._headers.get(name.encode(), b"").decode("latin-1")

    @property
    def host(self) -> str:
        """The name of the Host header, without the port."""
        return _name_of(f"//{self.header('host')}") or ""

    @property
    def shown(self) -> str | None:
        """The token that is shown, None where none is."""
        kind, _, token = self.header("authorization").partition(" ")
        return token.strip() if kind.lower() == "bearer" else None

    @property
    def session(self) -> str | None:
        try:
            found = SimpleCookie(self.header("cookie")).get(COOKIE)
        except CookieError:
            return None
        return found.value if found else None

    @property
    def from_here(self) -> bool:
        """Whether no browser says that a page from elsewhere sends this."""
        site, origin = self.header("sec-fetch-site"), self.header("origin")
        if site not in {"", "same-origin", "none"}:
            return False
        if not origin:
            return True
        return urlsplit(origin).netloc.lower() == self.header("host").lower()


class _Sending:
    """Sends an answer with what every answer forbids a browser; without its body where only the head was asked for."""

    def __init__(self, send: Send, *, head: bool) -> None:
        self._send = send
        self._head = head

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message["headers"]}
            own = [(name, value) for name, value in _HEADERS if name not in there]
            if b"cache-control" not in there:
                own.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*message["headers"], *own]}
        elif self._head:
            message = {**message, "body": b""}
        await self._send(message)

    async def refuse(self, why: _Refusal, allowed: str = "") -> None:
        more: list[tuple[bytes, bytes]] = []
        if why.wait:
            more.append((b"retry-after", str(max(1, round(why.wait))).encode()))
        if allowed:
            more.append((b"allow", allowed.encode()))
        if why.status == _UNAUTHORISED:
            more.append((b"www-authenticate", b'Bearer realm="marsad"'))
        kind = (b"content-type", b"application/problem+json")
        await self.answer(why.status, [kind, *more], problem(why.status, why.title, why.detail).body)

    async def answer(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        length = [] if status == _NOTHING else [(b"content-length", str(len(body)).encode())]
        await self({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
        await self({"type": "http.response.body", "body": body})


async def _body(receive: Receive, most: int) -> Receive | None:
    """Return what gives the body of a request that was read whole, None where it is longer than allowed."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    given = False

    async def again() -> dict[str, Any]:
        nonlocal given
        if given:
            return dict(await receive())
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _name_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
