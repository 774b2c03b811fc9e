"""Server-sent events: whoever listens is told when something was added."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import TYPE_CHECKING

from marsad.web.desk import OK
from marsad.web.wire import Question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from marsad.web.answering import Answering
    from marsad.web.limits import Limits


class Listeners:
    """Those who listen, counted by client."""

    def __init__(self, answering: Answering, limits: Limits) -> None:
        """Count nobody yet."""
        self._answering = answering
        self._limits = limits
        self._there: Counter[str] = Counter()
        self._over = asyncio.Event()

    def may(self, client: str) -> bool:
        """Tell whether one more of a client may listen."""
        return self._there.total() < self._limits.listeners and self._there[client] < self._limits.listeners_of_one

    def end(self) -> None:
        """Let all streams end."""
        self._over.set()

    async def stream(self, client: str) -> AsyncIterator[bytes]:
        """Yield an event for the revision that is shown now, one for each that follows, and heartbeats between."""
        self._there[client] += 1
        shown = ""
        try:
            while not self._over.is_set():
                revision = await self._next(shown)
                if revision is None:
                    yield b": still here\n\n"
                else:
                    shown = revision
                    yield await self._event()
        finally:
            self._there[client] -= 1

    async def _next(self, shown: str) -> str | None:
        """Return the revision that follows, None where none does for a while."""
        heard = asyncio.ensure_future(self._answering.heard(shown))
        over = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({heard, over}, timeout=self._limits.heartbeat, return_when=asyncio.FIRST_COMPLETED)
            return heard.result() if heard.done() else None
        finally:
            for task in (heard, over):
                task.cancel()

    async def _event(self) -> bytes:
        told = await self._answering.tell(Question(endpoint="monitor", values={}))
        if told.status != OK:
            return b": not yet\n\n"
        found = json.loads(told.body)
        data = {"revision": found["revision"], **{name: found["counts"][name] for name in ("reports", "claims")}}
        return f"event: revision\nid: {found['revision']}\ndata: {json.dumps(data)}\n\n".encode()
