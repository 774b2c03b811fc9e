"""The HTTP application."""

from __future__ import annotations

import asyncio
import inspect
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi import Path as Named
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from marsad._version import __version__
from marsad.monitor import Monitor
from marsad.web.desk import Question, Told, answer, problem
from marsad.web.endpoints import ENDPOINTS, Endpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def app(where: Path | str, *, rules: Path | str | None = None) -> FastAPI:
    """Return the ASGI application of a monitor."""
    made: FastAPI = FastAPI(
        title="Marsad",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lambda _: _opened(made, where, rules),
    )
    for endpoint in ENDPOINTS:
        made.add_api_route(endpoint.path, _asking(endpoint), name=endpoint.name, summary=endpoint.says)
    made.add_exception_handler(RequestValidationError, _refused)
    made.add_exception_handler(HTTPException, _failed)
    return made


@asynccontextmanager
async def _opened(made: FastAPI, where: Path | str, rules: Path | str | None) -> AsyncIterator[None]:
    with Monitor.open(where, rules=rules, create=False) as held:
        made.state.held, made.state.turn = held, asyncio.Lock()
        yield


def _asking(endpoint: Endpoint) -> Any:
    async def asking(request: Request, **given: Any) -> Response:
        ask = given.pop("asked")
        question = Question(
            endpoint=endpoint.name,
            values=ask.model_dump(mode="json", by_alias=True, exclude_unset=True),
            wanted=next(iter(given.values()), None),
        )
        async with request.app.state.turn:
            return _response(await asyncio.to_thread(answer, request.app.state.held, question))

    parts = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("asked", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[endpoint.asked, Query()]),
    ]
    if endpoint.named:
        parts.append(
            inspect.Parameter(endpoint.named, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[str, Named()])
        )
    asking.__signature__ = inspect.Signature(parts)
    return asking


def _response(told: Told) -> Response:
    kind = "application/json" if told.status < 400 else "application/problem+json"
    return Response(told.body, told.status, media_type=kind)


async def _refused(_: Request, error: Any) -> Response:
    reasons = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return _response(problem(422, "Not understood", "; ".join(reasons)))


async def _failed(_: Request, error: Any) -> Response:
    return _response(problem(error.status_code, error.detail, error.detail))
