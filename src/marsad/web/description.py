"""The description of the endpoints (OpenAPI): exact shapes, an example of each answer, and what can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from marsad.web.examples import examples
from marsad.web.whole import ANSWERS, PROBLEM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

_REF = "#/components/schemas/{model}"
_WRONG = {
    "401": "A token is needed, or the one that was shown is not known.",
    "422": "A parameter is not known or cannot be understood.",
    "429": "Too many requests; `Retry-After` says when to come again.",
    "503": "The answer is being worked out; `Retry-After` says when to ask again.",
}
_MISSING = {"404": "Nothing has this id or name."}
_UNCHANGED = {"304": {"description": "Nothing has changed since the answer with this `ETag`."}}
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_EVENTS = {"text/event-stream": {"schema": {"type": "string"}}}


def describe(made: FastAPI) -> dict[str, Any]:
    """Return the description of an application; it is made once."""
    if made.openapi_schema is None:
        made.openapi_schema = _described(made)
    return made.openapi_schema


def _described(made: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=made.title, version=made.version, routes=made.routes, description="A war monitor, one endpoint a command."
    )
    shapes, schemas = _schemas()
    components = found.setdefault("components", {})
    components["schemas"] = {
        **{name: one for name, one in components.get("schemas", {}).items() if "Validation" not in name},
        **schemas,
    }
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    problem = {"application/problem+json": {"schema": shapes["problem"]}}
    for path in found["paths"].values():
        for method, one in path.items():
            name = one.pop("operationId").rsplit("_api_", 1)[0]
            one["operationId"] = name
            wrong = {**_WRONG, **(_MISSING if any(p["in"] == "path" for p in one.get("parameters", ())) else {})}
            one["responses"] = {
                **_right(name, one["responses"], shapes),
                **(_UNCHANGED if method == "get" and name not in {"events", "captures"} else {}),
                **{status: {"description": words, "content": problem} for status, words in sorted(wrong.items())},
                **({"413": {"description": "The body is too long.", "content": problem}} if method == "post" else {}),
                **({"403": {"description": "Not from here.", "content": problem}} if method != "get" else {}),
                **({"415": {"description": "Not JSON.", "content": problem}} if method == "post" else {}),
            }
            one["security"] = [{}, {"token": []}] if name != "judge" else [{"token": []}]
    return found


def _right(name: str, told: Mapping[str, Any], shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what answers where nothing is wrong."""
    (status,) = [one for one in told if one.startswith("2")]
    if name in {"captures", "events"}:
        content = _BYTES if name == "captures" else _EVENTS
        return {status: {"description": "The bytes." if name == "captures" else "Events.", "content": content}}
    if name == "sign_out":
        return {status: {"description": "Done."}}
    content = {"application/json": {"schema": shapes[name]}}
    example = examples().get(name)
    if example is not None:
        content["application/json"]["example"] = example["answer"]
    return {status: {"description": "The answer.", "content": content}}


def _schemas() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return where the shape of each answer is found by the endpoint's name, and all shapes by theirs."""
    wanted = {**ANSWERS, "problem": PROBLEM}
    refs, found = TypeAdapter.json_schemas(
        [(name, "serialization", TypeAdapter(kind)) for name, kind in wanted.items()], ref_template=_REF
    )
    return {name: refs[name, "serialization"] for name in wanted}, found.get("$defs", {})
