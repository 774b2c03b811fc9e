"""An endpoint on loopback that answers as it was recorded, faults included, and notes what it was asked."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.reading import LlmSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

RECORDED = Path(__file__).parent / "data" / "llm"
KEY = "planted_key_3f9a1c"

Answer = dict[str, Any]


def recorded(name: str) -> Answer:
    """What an endpoint once answered: status, headers, and `body` as JSON or `text` as it is; or a `fault`."""
    answer: Answer = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return answer


def said(*claims: Mapping[str, Any], **fields: Any) -> Answer:
    """A good answer that holds these claims."""
    return worded(json.dumps({"claims": claims}, ensure_ascii=False), **fields)


def worded(content: str | None, *, finish: str = "stop", **message: Any) -> Answer:
    """An answer whose model said these words."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    usage = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}
    return {"status": 200, "body": {"object": "chat.completion", "choices": [choice], "usage": usage}}


def row(paragraph: int, anchor: str, event: str, **fields: Any) -> dict[str, Any]:
    """A claim as a model writes it down: the narrator's, affirmed and certain, unless `fields` say otherwise."""
    plain: dict[str, Any] = {
        "paragraph": paragraph, "anchor": anchor, "event": event, "polarity": "affirmed", "certainty": "certain",
        "stance": "asserts", "source": None, "content": None, "agent": None, "target": None, "place": None,
        "extent": "unknown", "time": None, "counts": [],
    }  # fmt: skip
    return plain | fields


def source(words: str, **fields: Any) -> dict[str, Any]:
    """A source as a model writes it down."""
    names = ("name", "known", "unnamed", "speaks_for", "speaker", "cue", "via", "relay")
    return {"words": words, **dict.fromkeys(names), **fields}


def party(name: str, known: str | None = None) -> dict[str, Any]:
    return {"name": name, "known": known}


class Endpoint:
    """Answers with what is given, one after the other, the last again and again, or by a function of the request."""

    def __init__(self, *answers: Answer, by: Callable[[dict[str, Any]], Answer] | None = None) -> None:
        self.answers = list(answers)
        self.by = by
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.over = threading.Event()
        self._lock = threading.Lock()
        self.url = ""

    def next(self, asked: dict[str, Any]) -> Answer:
        with self._lock:
            self.asked.append(asked)
            if self.by is not None:
                return self.by(asked)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def settings(self, **fields: Any) -> LlmSettings:
        """Settings that ask this endpoint, one request at a time."""
        plain: dict[str, Any] = {"base_url": self.url, "model": "test-model", "concurrency": 1}
        return LlmSettings(**(plain | fields))


@contextmanager
def endpoint(*answers: Answer, by: Callable[[dict[str, Any]], Answer] | None = None) -> Iterator[Endpoint]:
    """An endpoint that serves on loopback until the end of the block."""
    held = Endpoint(*answers, by=by)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.headers.append({name.lower(): value for name, value in self.headers.items()})
            held.paths.append(self.path)
            answer = held.next(json.loads(body))
            data = answer.get("text", json.dumps(answer.get("body"))).encode()
            if answer.get("fault") == "slow":
                held.over.wait(30)
            self.send_response(answer.get("status", 200))
            for name, value in answer.get("headers", {}).items():
                self.send_header(name, value)
            half = answer.get("fault") == "half"
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if half else data)
            self.close_connection = half or self.close_connection

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a client that has gone away

    with Server(("127.0.0.1", 0), Handler) as server:
        held.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield held
        finally:
            held.over.set()
            server.shutdown()
            thread.join()
