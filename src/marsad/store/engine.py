"""The database file: opened, checked, and its errors told in words that a user can act upon."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from marsad.errors import StoreError
from marsad.store.schema import VERSION, meta, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EARLIER = frozenset({"1"})
WRITES = "marsad_writes"
"""Execution option of a connection whose transaction writes, and so takes the writer's place at its start."""


def open_engine(path: Path, busy_seconds: float) -> Engine:
    """Open or create the file and its schema; raise StoreError where that cannot be."""
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not a file")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist")
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")),
        connect_args={"timeout": busy_seconds},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with told(path), engine.connect() as connection:
            known = _is_current(connection, path)
        if not known:
            with told(path), engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                # Another process may have been first between the two looks.
                if not _is_current(connection, path):
                    tables.create_all(connection)
                    connection.execute(meta.delete().where(meta.c.key == "schema"))
                    connection.execute(meta.insert().values(key="schema", value=str(VERSION)))
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin` alone
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_current(connection: Connection, path: Path) -> bool:
    """Tell whether the file holds our schema; False for an empty file and an earlier schema, StoreError for others.

    An earlier schema lacks tables, and has none that this one lacks.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return False
    if "meta" not in names or "report" not in names:
        raise StoreError(f"{path}: a database of another program, not a Marsad store")
    version = connection.scalar(select(meta.c.value).where(meta.c.key == "schema"))
    if version in _EARLIER:
        return False
    if version != str(VERSION):
        raise StoreError(
            f"{path}: written by another version of Marsad (schema {version}; this one knows schema {VERSION})"
        )
    return True


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the database raises into StoreError with the file's name and a plain reason."""
    try:
        yield
    except IntegrityError as error:
        raise StoreError(f"{path}: the facts do not fit together: {error.orig}") from error
    except UnicodeEncodeError as error:
        raise StoreError(f"{path}: text with a lone surrogate cannot be stored") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"{path}: {_plain(error)}") from error


def _plain(error: Exception) -> str:
    cause: Any = getattr(error, "orig", None) or error
    words = str(cause)
    for sign, reason in _REASONS.items():
        if sign in words:
            return reason
    return words.splitlines()[0]


_REASONS = {
    "file is not a database": "not a database",
    "database is locked": "another process is writing to it; try again",
    "readonly database": "cannot be written to: it is read-only",
    "unable to open database file": "cannot be opened: no permission, or not a file",
    "disk is full": "the disk is full",
    "malformed": "the database is damaged",
}
