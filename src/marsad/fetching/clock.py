"""The clock that fetching goes by."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return the instant, timezone-aware."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Stopped(Exception):  # noqa: N818 - no error: it is what was asked for
    """The wait was ended from outside."""


class SystemClock:
    """The clock of the machine; once `stop` is set, waiting raises Stopped."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        """Wait until `stop` at most."""
        self._stop = stop or threading.Event()

    def now(self) -> datetime:
        """Return the instant."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait; raise Stopped as soon as that is asked for."""
        if self._stop.wait(seconds):
            raise Stopped
