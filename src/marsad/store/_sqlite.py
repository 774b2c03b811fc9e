"""What is particular to a file of SQLite."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, select, table, text
from sqlalchemy.engine import URL

from marsad.errors import MissingStoreError, StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection, Select

REASONS = {
    "file is not a database": "not a database",
    "database is locked": "another process is writing to it; try again",
    "readonly database": "cannot be written to: it is read-only",
    "unable to open database file": "cannot be opened: no permission, or not a file",
    "disk is full": "the disk is full",
    "malformed": "the database is damaged",
    "disk I/O error": "the disk cannot be read or written: full, or failing",
    "no such module: fts5": "this Python's SQLite cannot search text: it lacks FTS5",
}


def url(path: Path | str) -> URL:
    """Return the URL of a file."""
    return URL.create("sqlite", database=str(path))


def check(url: URL, *, create: bool) -> None:
    """Raise StoreError where no file can be, and MissingStoreError where none is and none shall be made."""
    path = Path(str(url.database))
    if not create and not path.exists():
        raise MissingStoreError(f"{path}: no such file")
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not a file")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist")


def arguments(busy_seconds: float) -> dict[str, Any]:
    """Return how to connect."""
    return {"timeout": busy_seconds}


def prepare(connection: sqlite3.Connection, _: object) -> None:
    """Make a new connection durable, and readers never wait for the writer."""
    connection.isolation_level = None  # transactions are begun by `begin` alone
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode=WAL")


def begin(connection: Connection, *, writing: bool) -> None:
    """Begin a transaction; a writer takes its place at once."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def damage(connection: Connection) -> list[str]:
    """Return what SQLite finds wrong with the file itself."""
    found = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars()]
    return [] if found == ["ok"] else [f"the file: {' '.join(line.split())}" for line in found]


def copy_file(source: Connection, to: Path) -> None:
    """Write all that `source` sees to a new file at `to`, while others go on writing to theirs."""
    target = sqlite3.connect(to)
    try:
        driver: Any = source.connection.driver_connection
        driver.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file that can be carried, none beside it
    finally:
        target.close()


def after_copy(_: object, __: object) -> None:
    """Leave rows that were copied as they are: the next number follows the highest."""


def index(connection: Connection, words: Iterable[tuple[int, Collection[str]]]) -> None:
    """Let indexed reports, by number, be found by their words."""
    rows = [{"number": number, "words": " ".join(some)} for number, some in words]
    connection.execute(text("INSERT INTO indexed_words (rowid, words) VALUES (:number, :words)"), rows)


def having(words: Collection[str]) -> Select[Any]:
    """Return the question for the numbers of the indexed reports that have all these words."""
    wanted = " AND ".join(f'"{word}"' for word in words)
    found = table("indexed_words", column("rowid"))
    return select(found.c.rowid).where(text("indexed_words MATCH :wanted").bindparams(wanted=wanted))
