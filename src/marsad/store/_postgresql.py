"""What is particular to PostgreSQL, reached through psycopg (extra `postgresql`)."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Text, column, func, select, table
from sqlalchemy.dialects.postgresql import ARRAY

from marsad.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection, Select, Table
    from sqlalchemy.engine import URL

_ONE_WRITER = 0x4D41525341440001  # "MARSAD" and a number: the advisory lock that a writer holds
_WAIT_SECONDS = 10

REASONS = {
    "lock timeout": "another process is writing to it; try again",
    "Connection refused": "no server answers there",
    "could not translate host name": "its host is not known",
    "failed to resolve host": "its host is not known",
    "password authentication failed": "user name or password is wrong",
    "no password supplied": "a password is needed",
    "does not exist": "no such database or user on the server",
    "permission denied": "no permission",
    "read-only transaction": "cannot be written to: it is read-only",
    "cannot contain NUL": "text with a NUL character cannot be stored",
    "No space left": "the disk is full",
}


def check(url: URL, *, create: bool) -> None:  # noqa: ARG001 - what is there, the server tells
    """Raise StoreError where the driver is not installed."""
    if find_spec("psycopg") is None:
        raise StoreError(f"{url.get_backend_name()}: needs `pip install marsad[postgresql]`")


def arguments(busy_seconds: float) -> dict[str, Any]:
    """Return how to connect."""
    return {"connect_timeout": _WAIT_SECONDS, "options": f"-c lock_timeout={max(1, int(1000 * busy_seconds))}"}


def prepare(_: object, __: object) -> None:
    """Leave a new connection as it is: a server is durable by itself."""


def begin(connection: Connection, *, writing: bool) -> None:
    """Let a transaction see one state throughout; a writer waits for the other."""
    if writing:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def damage(_: object) -> list[str]:
    """Return nothing: a server checks its own files."""
    return []


def after_copy(connection: Connection, copied: Iterable[Table]) -> None:
    """Let the numbers of new rows follow those of the rows that were copied."""
    for one in copied:
        number = one.autoincrement_column
        if number is not None and (most := connection.scalar(select(func.max(number)))) is not None:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(one.name, number.name), most)))


def index(connection: Connection, words: Iterable[tuple[int, Collection[str]]]) -> None:
    """Let indexed reports, by number, be found by their words."""
    connection.execute(_WORDS.insert(), [{"id": number, "words": list(some)} for number, some in words])


def having(words: Collection[str]) -> Select[Any]:
    """Return the question for the numbers of the indexed reports that have all these words."""
    return select(_WORDS.c.id).where(_WORDS.c.words.contains(list(words)))


# Not a `tsvector`: one holds a megabyte at most, and a long report must not fail for its words.
_WORDS = table("indexed_words", column("id", Integer), column("words", ARRAY(Text)))
