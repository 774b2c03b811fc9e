"""What is particular to a file of SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import URL

from marsad.errors import MissingStoreError, StoreError

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

REASONS = {
    "file is not a database": "not a database",
    "database is locked": "another process is writing to it; try again",
    "readonly database": "cannot be written to: it is read-only",
    "unable to open database file": "cannot be opened: no permission, or not a file",
    "disk is full": "the disk is full",
    "malformed": "the database is damaged",
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
