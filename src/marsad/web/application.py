"""The HTTP application: endpoints over the monitor's answers, a browser's sessions, events, and the pages."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import inspect
import json
import time
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi import Path as Named
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from marsad._version import __version__
from marsad.errors import InputError, MissingError, StoreError
from marsad.monitor import Monitor
from marsad.web.answering import Answering
from marsad.web.asked import Judging
from marsad.web.buckets import Buckets
from marsad.web.clerks import Served
from marsad.web.description import describe
from marsad.web.desk import CREATED, NOT_FOUND, OK, UNAVAILABLE, UNPROCESSABLE, as_bytes, problem
from marsad.web.endpoints import ENDPOINTS, JUDGE, Endpoint
from marsad.web.guard import COOKIE, LOOPBACK, Door, Guard
from marsad.web.limits import Limits, load_limits
from marsad.web.listening import Listeners
from marsad.web.pages import shipped
from marsad.web.tokens import Tokens
from marsad.web.wire import Question, Told

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_JSON, _PROBLEM = "application/json", "application/problem+json"
_WORTH_PACKING = 1024  # bytes
_NOT_MODIFIED, _UNAUTHORISED, _TOO_MANY = 304, 401, 429


class SignIn(BaseModel):
    """What a browser sends to be known from then on."""

    model_config = ConfigDict(extra="forbid")
    token: str = Field(min_length=1, max_length=500)


def app(
    where: Path | str,
    *,
    rules: Path | str | None = None,
    policy: Path | str | None = None,
    host: str = "127.0.0.1",
    tokens: Tokens | None = None,
    limits: Limits | None = None,
) -> FastAPI:
    """Return the ASGI application of the monitor at a path or a `postgresql://` URL, to be served at a host's address.

    With `tokens` their users may judge, unless the monitor is served under a `policy`. Raises InputError where the
    address is not of this machine alone and there are none: then all that is asked needs one.
    """
    tokens, limits = tokens or Tokens(), limits or load_limits()
    always = host not in LOOPBACK
    if always and not tokens.users:
        raise InputError(f"{host} can be reached from elsewhere, so that a token is needed: give a --token-file")
    made: FastAPI = FastAPI(
        title="Marsad",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=partial(_opened, served=Served(str(where), _words(rules), _words(policy)), limits=limits),
    )
    wrong = Buckets(limits.refused, limits.clients)
    made.state.tokens, made.state.limits, made.state.wrong = tokens, limits, wrong
    for endpoint in ENDPOINTS:
        made.add_api_route(endpoint.path, _asking(endpoint), name=endpoint.name, summary=endpoint.says)
    made.add_api_route(JUDGE.path, _judge, methods=["POST"], name="judge", summary=JUDGE.says, status_code=CREATED)
    made.add_api_route("/api/session", _sign_in, methods=["POST"], name="session", status_code=CREATED)
    made.add_api_route("/api/session", _sign_out, methods=["DELETE"], name="sign_out", status_code=204)
    made.add_api_route("/api/captures/{sha256}", _capture, name="captures")
    made.add_api_route("/api/events", _events, name="events")
    made.add_api_route("/{path:path}", _page, include_in_schema=False)
    made.add_exception_handler(RequestValidationError, _refused)
    made.add_exception_handler(HTTPException, _failed)
    made.add_middleware(Guard, door=Door(host=host, tokens=tokens, always=always), limits=limits, wrong=wrong)
    made.openapi = partial(describe, made)  # type: ignore[method-assign]
    return made


@asynccontextmanager
async def _opened(made: FastAPI, served: Served, limits: Limits) -> AsyncIterator[None]:
    with Monitor.open(served.where, rules=served.rules, policy=served.policy, create=False) as held:
        answering = Answering(held, served, limits)
        made.state.held, made.state.answering = held, answering
        made.state.listeners, made.state.site = Listeners(answering, limits), shipped()
        answering.begin()
        try:
            yield
        finally:
            made.state.listeners.end()
            await answering.close()


def _words(chosen: Path | str | None) -> str | None:
    return None if chosen is None else str(chosen)


def _asking(endpoint: Endpoint) -> Any:
    async def asking(request: Request, **given: Any) -> Response:
        values = given.pop("asked").model_dump(mode="json", by_alias=True, exclude_unset=True)
        question = Question(endpoint=endpoint.name, values=values, wanted=next(iter(given.values()), None))
        return await _answer(request, question, endpoint)

    parts = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("asked", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[endpoint.asked, Query()]),
    ]
    if endpoint.named:
        kind = Annotated[str, Named(max_length=200)]
        parts.append(inspect.Parameter(endpoint.named, inspect.Parameter.KEYWORD_ONLY, annotation=kind))
    made: Any = asking
    made.__signature__ = inspect.Signature(parts)
    return made


async def _answer(request: Request, question: Question, endpoint: Endpoint) -> Response:
    """Answer a question: nothing new where the browser has the answer already, else the answer with its tag."""
    answering: Answering = request.app.state.answering
    user = request.state.user if endpoint.name == "monitor" else None
    revision = answering.shown(question) if endpoint.kept else None
    if revision and _tag(revision, question, user) in _known(request):
        return Response(None, _NOT_MODIFIED, {"etag": f"W/{_tag(revision, question, user)}", **_REVALIDATED})
    told = await answering.tell(question)
    if endpoint.name == "monitor" and told.status == OK:
        told = Told(status=OK, body=_with_user(told.body, user), revision=told.revision)
    response = await _response(request, told)
    if told.status == OK and endpoint.kept:
        response.headers.update({"etag": f"W/{_tag(told.revision, question, user)}", **_REVALIDATED})
    return response


_REVALIDATED = {"cache-control": "private, no-cache"}


def _with_user(body: bytes, user: str | None) -> bytes:
    return as_bytes({**json.loads(body), "can_review": user is not None, "user": user})


def _tag(revision: str, question: Question, user: str | None) -> str:
    words = f"{__version__} {revision} {question.key} {user}"
    return f'"{hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24]}"'


def _known(request: Request) -> set[str]:
    """Return the tags of what the browser has."""
    told = request.headers.get("if-none-match", "")
    return {one.strip().removeprefix("W/") for one in told.split(",")}


async def _response(request: Request, told: Told) -> Response:
    headers = {"vary": "Accept-Encoding"}
    if told.status == UNAVAILABLE:
        headers["retry-after"] = str(request.app.state.limits.again)
    body = told.body
    if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = await asyncio.to_thread(_packed, body)
        headers["content-encoding"] = "gzip"
    kind = _JSON if told.status < 400 else _PROBLEM
    return Response(body, told.status, headers, media_type=kind)


@lru_cache(maxsize=256)  # answers that are kept are asked for again and again
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=5, mtime=0)


async def _judge(request: Request, judging: Judging) -> Response:
    values = judging.model_dump(mode="json", exclude_unset=True)
    question = Question(endpoint="judge", values=values, user=request.state.user)
    return await _response(request, await request.app.state.answering.tell(question))


async def _sign_in(request: Request, sign_in: SignIn) -> Response:
    """Let a browser be known by a cookie that no script can read, instead of a token."""
    state = request.app.state
    user = state.tokens.user(sign_in.token)
    if user is None:
        state.wrong.wait(_client(request), time.monotonic())
        return await _response(request, problem(_UNAUTHORISED, "Unauthorised", "this token is not known here"))
    seconds = round(state.limits.session_hours * 3600)
    response = await _response(request, Told(status=CREATED, body=as_bytes({"user": user}), revision=""))
    response.set_cookie(
        COOKIE,
        state.tokens.session(user, time.time() + seconds),
        max_age=seconds,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return response


async def _sign_out() -> Response:
    """Let a browser be known no more."""
    response = Response(None, 204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


async def _capture(request: Request, sha256: Annotated[str, Named(pattern="^[0-9a-f]{64}$")]) -> Response:
    """Return the archived bytes of an address, as they were fetched, to be kept and never shown."""
    try:
        found = await asyncio.to_thread(request.app.state.held.capture, sha256)
    except MissingError as error:
        return await _response(request, problem(NOT_FOUND, "Not found", str(error)))
    except StoreError:
        return await _response(request, problem(UNAVAILABLE, "Unavailable", "the monitor cannot be read just now"))
    headers = {
        "content-disposition": f'attachment; filename="{sha256}"',
        "cache-control": "private, max-age=31536000, immutable",
        "etag": f'"{sha256}"',
    }
    return Response(found.data, OK, headers, media_type="application/octet-stream")


async def _events(request: Request) -> Response:
    """Tell by server-sent events when something was added, and of which revision answers are from then on."""
    listeners: Listeners = request.app.state.listeners
    if not listeners.may(_client(request)):
        return await _response(request, problem(_TOO_MANY, "Too many listeners", "close another one first"))
    stream = listeners.stream(_client(request))
    return StreamingResponse(stream, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _page(request: Request, path: str) -> Response:
    """Return a file of the pages, or the front page for a view."""
    found = None if path.split("/", maxsplit=1)[0] == "api" else request.app.state.site.at(f"/{path}")
    if found is None:
        return await _response(request, problem(NOT_FOUND, "Not found", "nothing is there"))
    return Response(found.data, OK, {"content-type": found.kind, "cache-control": found.keeping})


async def _refused(request: Request, error: Any) -> Response:
    told = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return await _response(request, problem(UNPROCESSABLE, "Not understood", "; ".join(told)))


async def _failed(request: Request, error: Any) -> Response:
    response = await _response(request, problem(error.status_code, str(error.detail), str(error.detail)))
    response.headers.update(error.headers or {})
    return response


def _client(request: Request) -> str:
    return request.client.host if request.client else ""
