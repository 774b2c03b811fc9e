"""One question answered by one monitor: words in, the bytes of a JSON document out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from marsad.errors import InputError, MarsadError, MissingError, StoreError
from marsad.monitor import instant_of
from marsad.roads import roads_folder
from marsad.web.asked import Instant, Page
from marsad.web.endpoints import BY_NAME
from marsad.web.paging import Items, page
from marsad.web.wire import Told

if TYPE_CHECKING:
    from marsad.monitor import Monitor
    from marsad.web.asked import Asked
    from marsad.web.wire import Question

OK, CREATED, NOT_FOUND, UNPROCESSABLE, UNAVAILABLE = 200, 201, 404, 422, 503


def answer(held: Monitor, question: Question, standing: str | None = None) -> Told:
    """Answer a question; what cannot be answered is told as a problem, in words without a path of this machine.

    `standing` is the revision at which the monitor stands still, None where it does not.
    """
    endpoint = BY_NAME[question.endpoint]
    try:
        revision = standing if standing and not endpoint.live else written(held.revision())
        ask = endpoint.asked.model_validate(question.values)
        more = [one for one in (question.wanted, question.user) if one is not None]
        told = endpoint.tell(held, ask, *more)
        if endpoint.writes:
            revision = written(held.revision())
        body = _enveloped(told, ask, held, revision)
    except MissingError as error:
        return problem(NOT_FOUND, "Not found", str(error))
    except StoreError:
        return problem(UNAVAILABLE, "Unavailable", "the monitor cannot be read or written just now")
    except (ValidationError, InputError) as error:
        return problem(UNPROCESSABLE, "Not understood", reasons(error))
    except MarsadError as error:
        return problem(UNPROCESSABLE, "Cannot be answered", _pathless(str(error), held))
    return Told(status=CREATED if endpoint.writes else OK, body=body, revision=revision)


def written(revision: tuple[int, ...]) -> str:
    """Return a revision as it is told."""
    return "-".join(map(str, revision))


def reasons(error: Exception) -> str:
    """Return why values were refused: each by its name, without the values themselves."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())


def _pathless(words: str, held: Monitor) -> str:
    """Return what went wrong, without what tells where something lies on this machine."""
    places = (held.name, str(roads_folder()), str(Path.home()), str(Path(__file__).parents[1]))
    return "something that this needs is missing or damaged" if any(one in words for one in places) else words


def problem(status: int, title: str, detail: str) -> Told:
    """Return a problem as RFC 9457 has it."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Told(status=status, body=as_bytes(said), revision="")


def as_bytes(value: Any) -> bytes:
    """Return a value as JSON in UTF-8; half a character, which no text should hold, becomes a question mark."""
    words = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return words.encode("utf-8", "replace")


def _enveloped(told: Any, ask: Asked, held: Monitor, revision: str) -> bytes:
    """Return an answer with the revision, the instant up to which it reaches, and the policy."""
    if isinstance(told, Items) and isinstance(ask, Page):
        told = page(told, ask.limit, ask.after)
    shared: dict[str, Any] = {"revision": revision, "policy": str(held.policy)}
    if isinstance(ask, Instant):
        last = held.picture(instant_of(ask.as_of, held.zone)).last_word
        shared["as_of"] = last.isoformat() if last else None
    return as_bytes({**told, **shared})
