"""The database: a file of SQLite, or PostgreSQL by its URL; opened, brought up to date, its errors in plain words."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from marsad.errors import StoreError
from marsad.store import _postgresql, _sqlite
from marsad.store.migrating import bring_up_to_date, is_current

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from sqlalchemy.engine import URL

WRITES = "marsad_writes"
"""Execution option of a connection whose transaction writes, and so takes the writer's place at its start."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database, and what to call it; a password is left out of `name`."""

    name: str
    engine: Engine

    @contextmanager
    def connected(self, *, writing: bool = False) -> Iterator[Connection]:
        """Give a connection within one transaction, in which all questions see the same state."""
        with self.told(), self.engine.connect() as connection:
            connection.execution_options(**{WRITES: writing})
            with connection.begin():
                yield connection

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the database raises into StoreError with its name and a plain reason."""
        try:
            yield
        except IntegrityError as error:
            raise StoreError(f"{self.name}: the facts do not fit together: {error.orig}") from error
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.name}: text with a lone surrogate cannot be stored") from error
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise StoreError(f"{self.name}: {_plain(error)}") from error


def open_database(where: Path | str, busy_seconds: float, *, create: bool = True) -> Database:
    """Open or create the database at a path or a `postgresql://` URL; raise StoreError where that cannot be.

    `busy_seconds` is how long a writer waits for another at most.
    """
    kind, url, name = _located(where)
    kind.check(url, create=create)
    engine = create_engine(
        url,
        json_serializer=_json,
        connect_args=kind.arguments(busy_seconds),
    )
    event.listen(engine, "connect", kind.prepare)
    event.listen(engine, "begin", _begin(kind))
    database = Database(name, engine)
    try:
        with database.connected() as connection:
            known = is_current(connection, name, create=create)
        if not known:
            with database.connected(writing=True) as connection:
                bring_up_to_date(connection, name)
    except BaseException:
        engine.dispose()
        raise
    return database


def kind_of(connection: Connection) -> Any:
    """Return the module that knows the kind of database."""
    return _postgresql if connection.dialect.name == "postgresql" else _sqlite


def file_of(where: Path | str) -> Path | None:
    """Return the path of a database that is a file, None for one on a server."""
    return None if isinstance(where, str) and "://" in where else Path(where)


def _located(where: Path | str) -> tuple[ModuleType, URL, str]:
    """Return the module that knows the kind of database, its URL, and its name for people."""
    if file_of(where) is not None:
        url = _sqlite.url(where)
        return _sqlite, url, str(where)
    try:
        url = make_url(str(where))
    except ArgumentError as error:
        raise StoreError(f"{where}: {error}") from error
    if url.get_backend_name() != "postgresql":
        raise StoreError(f"{url.drivername}: a monitor is a file, or a database at a postgresql:// URL")
    url = url.set(drivername="postgresql+psycopg")
    return _postgresql, url, url.set(drivername="postgresql").render_as_string(hide_password=True)


def _begin(kind: ModuleType) -> Any:
    def begin(connection: Connection) -> None:
        kind.begin(connection, writing=bool(connection.get_execution_options().get(WRITES)))

    return begin


def _json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise SQLAlchemyError(str(error)) from error


def _plain(error: Exception) -> str:
    cause: Any = getattr(error, "orig", None) or error
    words = str(cause)
    for sign, reason in (*_sqlite.REASONS.items(), *_postgresql.REASONS.items()):
        if sign in words:
            return reason
    return words.splitlines()[0] if words else type(cause).__name__
