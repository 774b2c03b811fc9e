"""What passes between the server and the processes that answer: frames of a header in JSON and a body of bytes."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    import socket
    from collections.abc import Mapping

_LENGTHS = struct.Struct("!II")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of which endpoint: `values` as its parameters give them, `wanted` what its path names.

    `user` is who judges, for a question that is a judgement.
    """

    endpoint: str
    values: Mapping[str, Any]
    wanted: str | None = None
    user: str | None = None

    @property
    def key(self) -> str:
        """What tells it from other questions."""
        return json.dumps([self.endpoint, self.wanted, self.values], sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: its status, its body, and the revision of the monitor that it is of.

    `live` tells whether the next answer will be of what the monitor is then, rather than of the same revision.
    """

    status: int
    body: bytes
    revision: str
    live: bool = True


def ask(question: Question) -> bytes:
    """Return a question as a frame."""
    return _frame(asdict(question), b"")


def tell(told: Told) -> bytes:
    """Return an answer as a frame."""
    return _frame({"status": told.status, "revision": told.revision, "live": told.live}, told.body)


def asked(connection: socket.socket) -> Question | None:
    """Return the next question that a connection brings, None at its end."""
    lengths = _exactly(connection, _LENGTHS.size)
    if lengths is None:
        return None
    header, body = _LENGTHS.unpack(lengths)
    words = _exactly(connection, header + body)
    return None if words is None else Question(**json.loads(words[:header]))


async def told(reader: asyncio.StreamReader) -> Told:
    """Return the next answer; raise asyncio.IncompleteReadError where the process is gone."""
    header, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    values = json.loads(await reader.readexactly(header))
    return Told(body=await reader.readexactly(body), **values)


def _frame(header: Mapping[str, Any], body: bytes) -> bytes:
    words = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(words), len(body)) + words + body


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        some = connection.recv(min(size - len(found), 1 << 16))
        if not some:
            return None
        found += some
    return bytes(found)
