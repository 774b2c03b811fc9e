"""Examples of answers for the description: what the demonstration answers, shortened, and alike on every machine."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from marsad.web.asked import Asked
from marsad.web.desk import answer
from marsad.web.endpoints import ENDPOINTS, Endpoint
from marsad.web.wire import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.monitor import Monitor

_LONG = 400  # characters of a text that are shown
_LEARNT = "2024-12-09T18:00:00+00:00"
_OF_ITS_OWN = {"learnt": _LEARNT, "retrieved": _LEARNT, "origin": "reports.jsonl:1"}
"""Fields that tell of the machine, and what they are given as."""


@cache
def examples() -> Mapping[str, Any]:
    """Return the example of each endpoint by its name: what is `asked` and the `answer`."""
    found: Mapping[str, Any] = json.loads(files("marsad.web").joinpath("examples.json").read_text("utf-8"))
    return found


def examples_of(held: Monitor) -> dict[str, Any]:
    """Return the examples as a monitor gives them that holds the demonstration and nothing else."""
    return {one.name: _example(one, held) for one in ENDPOINTS}


def question_of(endpoint: Endpoint) -> Question:
    """Return what an endpoint's example asks."""
    path, query = urlsplit(endpoint.example).path, parse_qs(urlsplit(endpoint.example).query)
    several = _several(endpoint.asked)
    values = {name: some if name in several else some[0] for name, some in query.items()}
    wanted = unquote(path.split("/", 3)[3]) if endpoint.named else None
    return Question(endpoint=endpoint.name, values=values, wanted=wanted)


def _example(endpoint: Endpoint, held: Monitor) -> dict[str, Any]:
    told = json.loads(answer(held, question_of(endpoint)).body)
    if endpoint.name == "monitor":
        told |= {"name": "demo.marsad", "can_review": False, "user": None}
    return {"asked": endpoint.example or endpoint.path, "answer": _alike(_shortened(told))}


def _several(asked: type[Asked]) -> set[str]:
    """Return the parameters that may be given several times."""
    fields = asked.model_fields.items()
    return {one.alias or name for name, one in fields if str(one.annotation).startswith("list[")}


def _shortened(value: Any) -> Any:
    """Return an answer with each list cut to its first item and each long text to its beginning."""
    if isinstance(value, list):
        numbers = all(isinstance(one, int | float) for one in value)
        return value if numbers else [_shortened(one) for one in value[:1]]
    if isinstance(value, dict):
        return {name: _shortened(one) for name, one in value.items()}
    return f"{value[:_LONG]}…" if isinstance(value, str) and len(value) > _LONG else value


def _alike(value: Any) -> Any:
    """Return an answer without what tells of the machine and the hour."""
    if isinstance(value, list):
        return [_alike(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _OF_ITS_OWN[name] if _own(name, one) else _alike(one) for name, one in value.items()}


def _own(name: str, value: Any) -> bool:
    return name in _OF_ITS_OWN and isinstance(value, str) and (name != "origin" or ":" in value)
