"""The processes that answer, as the server sees them: started, asked, and put away."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from marsad.web.wire import Question, Told, ask, told

if TYPE_CHECKING:
    from asyncio.subprocess import Process


_PATIENCE = 0.1


class GoneError(Exception):
    """A process that should answer has ended."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: a monitor, the rules that it follows, and the policy that its answers pass; None is the usual."""

    where: str
    rules: str | None = None
    policy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a process is to open, and the instant that it shows."""

    served: Served
    as_of: str | None
    in_place: float


class Lane:
    """A connection on which questions are answered one after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hold an open connection."""
        self._reader = reader
        self._writer = writer
        self._turn = asyncio.Lock()
        self.waiting = 0

    async def hear(self) -> Told:
        """Return what comes unasked."""
        return await self._heard()

    async def ask(self, question: Question) -> Told:
        """Return the answer; whoever stops waiting does not stop the answering. Raises GoneError."""
        self.waiting += 1
        try:
            async with self._turn:
                self._writer.write(ask(question))
                return await self._heard()
        except (ConnectionError, OSError) as error:
            raise GoneError from error
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """End the connection, and so the process on the other side."""
        self._writer.close()

    async def _heard(self) -> Told:
        try:
            return await told(self._reader)
        except (asyncio.IncompleteReadError, ConnectionError, OSError) as error:
            raise GoneError from error


class Clerk:
    """A process with a picture, which answers quick and lasting questions side by side; use `Clerk.start`."""

    def __init__(self, process: Process, quick: Lane, lasting: Lane) -> None:
        """Hold a process that was started."""
        self._process = process
        self._quick = quick
        self._lasting = lasting
        self.revision = ""
        self.live = True
        self.seconds = 0.0

    @classmethod
    async def start(cls, order: Order) -> Clerk:
        """Start a process and wait until its picture is drawn; raise GoneError where it ends before."""
        pairs = [socket.socketpair(), socket.socketpair()]
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "marsad.web.clerk",
                *(str(theirs.fileno()) for _, theirs in pairs),
                stdin=asyncio.subprocess.PIPE,
                pass_fds=[theirs.fileno() for _, theirs in pairs],
                start_new_session=True,
            )
        finally:
            for _, theirs in pairs:
                theirs.close()
        lanes = [Lane(*await asyncio.open_connection(sock=ours)) for ours, _ in pairs]
        clerk = cls(process, *lanes)
        try:
            await clerk._begin(order)
        except BaseException:
            await clerk.close()
            raise
        return clerk

    @property
    def waiting(self) -> int:
        """How many questions wait for their answer."""
        return self._quick.waiting + self._lasting.waiting

    async def ask(self, question: Question, *, lasting: bool) -> Told:
        """Return the answer to a question; raise GoneError where the process has ended."""
        found = await (self._lasting if lasting else self._quick).ask(question)
        if self.live and not found.live:
            self.live, self.revision = False, found.revision or self.revision
        return found

    async def close(self) -> None:
        """End the process and its other half."""
        for lane in (self._quick, self._lasting):
            lane.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # it only reads, or leaves what it writes as it was
        await self._process.wait()

    async def retire(self) -> None:
        """End the process once it has answered all that it was asked."""
        while self.waiting:
            await asyncio.sleep(_PATIENCE)
        await self.close()

    async def _begin(self, order: Order) -> None:
        begin = asyncio.get_running_loop().time()
        words = {**asdict(order.served), "as_of": order.as_of, "in_place": order.in_place}
        stdin = self._process.stdin
        if stdin is None:
            raise GoneError
        try:
            stdin.write(json.dumps(words).encode() + b"\n")
            await stdin.drain()
            stdin.close()
        except (ConnectionError, OSError) as error:
            raise GoneError from error
        hello = await self._quick.hear()
        self.revision, self.live = hello.revision, hello.live
        self.seconds = asyncio.get_running_loop().time() - begin
