"""A process that draws a picture and answers questions from it: `python -m marsad.web.clerk`, run by the server.

It is told what to open in a line of standard input, and answers over two connections that it inherits: one for what is
answered at once and one for what lasts, so that this keeps nobody waiting. Each has a process of its own; both share
the memory of the picture. They end when their connection does.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING

from marsad.monitor import Monitor, instant_of
from marsad.web.desk import UNAVAILABLE, answer, problem, written
from marsad.web.wire import Told, asked, tell

if TYPE_CHECKING:
    from datetime import datetime


class Clerk:
    """Answers from a monitor: from the newest picture while one is drawn at once, from the last one otherwise."""

    def __init__(self, held: Monitor, as_of: datetime | None, in_place: float) -> None:
        """Draw the first picture."""
        self._held = held
        self._as_of = as_of
        self._in_place = in_place
        self._standing: str | None = None
        self.draw()

    @property
    def hello(self) -> Told:
        """What the server is told when the picture is drawn."""
        return Told(status=200, body=b"", revision=self._revision(), live=self._standing is None)

    def draw(self) -> None:
        """Draw a picture of now; stand still from here on where that took long."""
        begin = time.process_time()  # whatever else the machine does
        self._held.picture(self._as_of)
        if time.process_time() - begin > self._in_place:
            self._standing = written(self._held.stand_still())

    def serve(self, connection: socket.socket) -> None:
        """Answer what a connection brings, one question after the other, until it ends."""
        while (question := asked(connection)) is not None:
            if self._standing is None:
                self.draw()
            try:
                told = answer(self._held, question, self._standing)
            except Exception as error:  # noqa: BLE001 - one question must not end the others
                print(f"marsad: {question.endpoint}: {error!r}", file=sys.stderr)  # noqa: T201 - the server's log
                told = problem(UNAVAILABLE, "Unavailable", "this could not be answered")
            live = self._standing is None
            connection.sendall(tell(Told(status=told.status, body=told.body, revision=told.revision, live=live)))

    def _revision(self) -> str:
        return self._standing or written(self._held.revision())


def main() -> None:
    """Draw a picture, fork, and answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the server, which ends the connections
    quick, lasting = (socket.socket(fileno=int(number)) for number in sys.argv[1:])
    order = json.loads(sys.stdin.readline())
    with Monitor.open(order["where"], rules=order["rules"], create=False) as held:
        clerk = Clerk(held, instant_of(order["as_of"], held.zone), order["in_place"])
        held.release()
        gc.collect()
        gc.freeze()  # what is there by now is shared, and looking for what to free would copy it
        mine, other = (quick, lasting) if os.fork() else (lasting, quick)
        other.close()
        if mine is quick:
            mine.sendall(tell(clerk.hello))
        clerk.serve(mine)


if __name__ == "__main__":
    main()
