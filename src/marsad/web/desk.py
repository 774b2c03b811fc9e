"""One question answered by one monitor: words in, the bytes of a JSON document out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from marsad.errors import InputError, MarsadError, MissingError, StoreError
from marsad.web.asked import Page
from marsad.web.endpoints import BY_NAME
from marsad.web.paging import Items, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.monitor import Monitor
    from marsad.web.asked import Asked

OK, NOT_FOUND, UNPROCESSABLE, UNAVAILABLE = 200, 404, 422, 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of which endpoint: `values` as its parameters give them, `wanted` what its path names."""

    endpoint: str
    values: Mapping[str, Any]
    wanted: str | None = None

    @property
    def key(self) -> str:
        """What tells it from other questions."""
        return json.dumps([self.endpoint, self.wanted, self.values], sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: its status, its body, and the revision of the monitor that it is of."""

    status: int
    body: bytes
    revision: str


def answer(held: Monitor, question: Question) -> Told:
    """Answer a question; what cannot be answered is told as a problem, in words without a path of this machine."""
    endpoint = BY_NAME[question.endpoint]
    revision = "-".join(map(str, held.revision()))
    try:
        ask = endpoint.asked.model_validate(question.values)
        told = endpoint.tell(held, ask, *([] if question.wanted is None else [question.wanted]))
        body = _enveloped(told, ask, held, revision)
    except MissingError as error:
        return problem(NOT_FOUND, "Not found", str(error), revision)
    except StoreError:
        return problem(UNAVAILABLE, "Unavailable", "the monitor cannot be read just now", revision)
    except (ValidationError, InputError) as error:
        return problem(UNPROCESSABLE, "Not understood", str(error), revision)
    except MarsadError as error:
        return problem(UNPROCESSABLE, "Cannot be answered", str(error), revision)
    return Told(status=OK, body=body, revision=revision)


def problem(status: int, title: str, detail: str, revision: str = "") -> Told:
    """Return a problem as RFC 9457 has it."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Told(status=status, body=_json(said), revision=revision)


def _enveloped(told: Any, ask: Asked, held: Monitor, revision: str) -> bytes:
    """Return an answer with the revision, the instant up to which it reaches, and the policy."""
    if isinstance(told, Items) and isinstance(ask, Page):
        told = page(told, ask.limit, ask.after)
    as_of = held.picture(None).last_word if getattr(ask, "as_of", None) is None else None
    shared = {
        "as_of": getattr(ask, "as_of", None) or (as_of.isoformat() if as_of else None),
        "revision": revision,
        "policy": "internal",
    }
    return _json({**told, **shared})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "backslashreplace"
    )
