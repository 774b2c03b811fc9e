"""One endpoint, asked from several threads: requests and answers, tries again, and when asking is given up.

The key goes into one header and nowhere else. A failure is told by its status and, where that is a plain word, the
server's code for it, never in the server's own sentences.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx
import tenacity

from marsad._version import __version__
from marsad.errors import MarsadError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from marsad.reading.llm.settings import LlmSettings
    from marsad.reading.llm.tally import Counting

_LARGEST = 16_000_000  # bytes of one answer
_AGAIN = frozenset({408, 409, 425, 429})
_HOPELESS = {
    401: "the key was refused (401)",
    403: "asking is forbidden (403)",
    404: "no such address or model (404)",
}
_CODE = re.compile(r"[a-z][a-z0-9_]{2,50}")
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
# How many seconds a server may ask for between two tries, and after how many failures in a row no more is asked.
_PATIENCE, _FAILURES = 300.0, 5


class NoAnswerError(Exception):
    """A request that got no answer, and why, in words fit for a user."""


class RefusedError(NoAnswerError):
    """The model, or what watches over it, refused to answer."""


class CutOffError(NoAnswerError):
    """The answer reached its longest length."""


class _AgainError(NoAnswerError):
    """A failure that another try may mend; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _HopelessError(NoAnswerError):
    """A failure that all other requests would share."""


class Client:
    """Asks one endpoint, as a context manager; `pause` waits some seconds between two tries."""

    def __init__(
        self, settings: LlmSettings, counting: Counting, pause: Callable[[float], object] | None = None
    ) -> None:
        """Ask nothing yet; raise MarsadError where the environment lacks the key."""
        self._settings = settings
        self._counting = counting
        self._closed = threading.Event()
        self._wait = pause or self._closed.wait
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._given_up: str | None = None
        self._key = _key(settings)
        headers = {"Content-Type": "application/json", "User-Agent": f"marsad/{__version__}"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        self._http = httpx.Client(headers=headers, timeout=settings.timeout_s, follow_redirects=False, trust_env=False)
        self._tries = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(settings.tries),
            wait=_wait_of,
            sleep=self._pause,
            retry=tenacity.retry_if_exception_type(_AgainError),
            before_sleep=lambda _: counting.add("retries"),
            reraise=True,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _pause(self, seconds: float) -> None:
        """Wait between two tries, at most until the client is closed."""
        self._wait(seconds)

    def stop(self) -> None:
        """Ask nothing more, and wait no longer between tries; requests under way come to their end."""
        self._closed.set()

    def close(self) -> None:
        """Give back the connections, once no other thread asks any more."""
        self.stop()
        self._http.close()

    def ask(self, body: bytes, fits: Callable[[str], object]) -> str:
        """Return the words of an answer for which `fits` raises no ValueError; raise NoAnswerError where none comes."""
        try:
            answer = self._tries(self._once, body, fits)
        except (RefusedError, CutOffError):
            self._went(None)
            raise
        except NoAnswerError as reason:
            self._went(reason)
            raise
        self._went(None)
        return answer

    def _went(self, failure: NoAnswerError | None) -> None:
        """Note how a request went in the end, and give up where no more can be hoped for."""
        with self._lock:
            self._in_a_row = self._in_a_row + 1 if failure is not None else 0
            if self._given_up is None and isinstance(failure, _HopelessError):
                self._given_up = str(failure)
            elif self._given_up is None and self._in_a_row >= _FAILURES:
                self._given_up = f"given up after {_FAILURES} failures in a row, the last: {failure}"

    def _once(self, body: bytes, fits: Callable[[str], object]) -> str:
        if self._closed.is_set():
            raise NoAnswerError("the reading was ended")
        if self._given_up is not None:
            raise NoAnswerError(self._given_up)
        self._counting.add("requests")
        status, headers, data = self._post(body)
        if status != 200:
            raise _failure(status, headers, data, self._key)
        answer = self._said(_loaded(data))
        try:
            fits(answer)
        except ValueError as reason:
            raise _AgainError(str(reason)) from None
        return answer

    def _post(self, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body of an answer that came whole and in time; the key is in none of them."""
        seconds = self._settings.timeout_s
        end = time.monotonic() + seconds
        data = bytearray()
        try:
            with self._http.stream("POST", f"{self._settings.base_url}/chat/completions", content=body) as response:
                for part in response.iter_bytes():
                    data += part
                    if len(data) > _LARGEST:
                        raise NoAnswerError("the answer is too long")
                    if time.monotonic() > end:
                        raise _AgainError(f"no whole answer within {seconds:g} seconds")
        except httpx.TimeoutException:
            raise _AgainError(f"no whole answer within {seconds:g} seconds") from None
        except httpx.ConnectError as error:
            raise _unconnected(error) from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise _AgainError("the answer broke off, or is no proper HTTP") from None
        whole = bytes(data)
        if self._key is not None:
            whole = whole.replace(self._key.encode(), b"")
        return response.status_code, response.headers, whole

    def _said(self, envelope: Mapping[str, Any]) -> str:
        """Return what the model said; raise where it refused, or did not come to an end."""
        self._count(envelope.get("usage"))
        choices = envelope.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(choice, dict) or not isinstance(message, dict):
            raise _AgainError("the answer holds no message")
        if message.get("refusal") or choice.get("finish_reason") == "content_filter":
            self._counting.add("refused")
            raise RefusedError("the model refused to read it")
        if choice.get("finish_reason") == "length":
            self._counting.add("cut_off")
            raise CutOffError(f"the answer was cut off at {self._settings.max_tokens} tokens")
        said = message.get("content")
        if not isinstance(said, str) or not said.strip():
            raise _AgainError("the answer holds no words")
        return said

    def _count(self, usage: object) -> None:
        counts = usage if isinstance(usage, dict) else {}
        tokens = [counts.get(name) for name in ("prompt_tokens", "completion_tokens")]
        if not all(isinstance(one, int) and one >= 0 for one in tokens):
            self._counting.add("uncounted")
            return
        for what, one in zip(("tokens_in", "tokens_out"), tokens, strict=True):
            self._counting.add(what, int(one or 0))


def _key(settings: LlmSettings) -> str | None:
    """Return the key, which nothing but the client ever holds."""
    if settings.key is None:
        return None
    key = os.environ.get(settings.key, "").strip()
    if not key:
        raise MarsadError(f"the variable {settings.key}, which must hold the key of the endpoint, is not set")
    if not (key.isascii() and key.isprintable()):
        raise MarsadError(f"the variable {settings.key} holds what cannot be a key: other than printable ASCII")
    return key


def _wait_of(state: tenacity.RetryCallState) -> float:
    """Return what the server asked for, else a time that doubles with each try, and a little more by chance."""
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, _AgainError) and error.wait is not None:
        return error.wait
    return tenacity.wait_exponential_jitter(initial=_FIRST_WAIT, max=_LONGEST_WAIT)(state)


def _failure(status: int, headers: Mapping[str, str], data: bytes, key: str | None) -> NoAnswerError:
    """Return what an answer other than 200 means."""
    if 300 <= status < 400:
        return _HopelessError(f"answered with a redirect ({status}), which is not followed")
    if status in _HOPELESS:
        return _HopelessError(_HOPELESS[status])
    reason = f"answered {status}{_code(data, key)}"
    if status not in _AGAIN and status < 500:
        return NoAnswerError(reason)
    wait = _asked_wait(headers)
    if wait is not None and wait > _PATIENCE:
        return NoAnswerError(f"{reason}, and asks to wait {wait:.0f} seconds")
    return _AgainError(reason, wait)


def _code(data: bytes, key: str | None) -> str:
    """Return a server's code for a failure where it is one plain word that could be no key."""
    found = None
    with contextlib.suppress(NoAnswerError):
        error = _loaded(data).get("error")
        found = error.get("code") or error.get("type") if isinstance(error, dict) else None
    plain = isinstance(found, str) and _CODE.fullmatch(found) and (key is None or found not in key)
    return f" ({found})" if plain else ""


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a server asks to wait, given so or as an instant by its own clock, else None."""
    asked = headers.get("retry-after", "").strip()
    if asked.isdecimal() and len(asked) < 10:
        return float(asked)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, wait.total_seconds())


def _unconnected(error: httpx.ConnectError) -> NoAnswerError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return _HopelessError("its certificate is not valid")
    return _AgainError("no connection can be made")


def _loaded(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise _AgainError("the answer is no JSON") from None
    if not isinstance(found, dict):
        raise _AgainError("the answer holds no message")
    return found
