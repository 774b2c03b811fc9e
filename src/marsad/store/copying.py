"""A store's content carried to another place: to a file that can be kept, and from it into an empty store."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from marsad.errors import StoreError
from marsad.store import schema as s
from marsad.store._sqlite import REASONS, copy_file
from marsad.store.engine import file_of, kind_of, open_database
from marsad.store.paging import chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from marsad.store.engine import Database

_BUSY_SECONDS = 10.0

# Made anew from the reports at the next search.
_LEFT_OUT = frozenset({s.indexed.name})


def back_up(database: Database, to: Path) -> None:
    """Write a consistent copy of a database to a new file, while others go on writing to the database.

    Raises StoreError where `to` is there already or cannot be written; then nothing is left there.
    """
    with new_file(to) as partial, database.connected() as source:
        if source.dialect.name == "sqlite":
            copy_file(source, partial)
            return
        copy = open_database(partial, _BUSY_SECONDS)
        try:
            with copy.connected(writing=True) as target:
                _copy_rows(source, target)
            with copy.connected() as target:
                copy_file(target, partial.with_suffix(".one"))
        finally:
            copy.engine.dispose()
        partial.with_suffix(".one").replace(partial)


def restore(kept: Path, where: Path | str) -> None:
    """Fill an empty or new database with what a file keeps; raise StoreError where either is not so.

    The file stays as it is, even where its schema is older. The database is filled wholly or not at all.
    """
    to = file_of(where)
    beside = to.parent if to is not None and to.parent.is_dir() else None
    with tempfile.TemporaryDirectory(dir=beside, prefix=".marsad-") as folder:
        copied = Path(folder) / "kept"
        _copy_of(kept, copied)
        source = _opened(copied, kept)
        try:
            if to is not None and not to.exists():
                back_up(source, to)
                return
            target = open_database(where, _BUSY_SECONDS)
            try:
                with source.connected() as reading, target.connected(writing=True) as writing:
                    must_be_empty(writing, target.name)
                    _copy_rows(reading, writing)
            finally:
                target.engine.dispose()
        finally:
            source.engine.dispose()


def _copy_of(kept: Path, to: Path) -> None:
    """Copy a database file without writing to it or beside it."""
    if not kept.is_file():
        raise StoreError(f"{kept}: no such file")
    if not kept.stat().st_size:
        raise StoreError(f"{kept}: the file is empty")
    try:
        address = f"{kept.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        reason = next((plain for sign, plain in REASONS.items() if sign in str(error)), str(error))
        raise StoreError(f"{kept}: {reason}") from error


def _opened(copied: Path, kept: Path) -> Database:
    """Open the copy; what is wrong with it is told of the file that it was made of."""
    try:
        return open_database(copied, _BUSY_SECONDS)
    except StoreError as error:
        raise StoreError(str(error).replace(str(copied), str(kept))) from error


def must_be_empty(connection: Connection, name: str) -> None:
    """Raise StoreError where a store holds anything."""
    for table in s.tables.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise StoreError(f"{name}: holds reports already; what was kept can only fill an empty monitor")


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy the rows of all tables, with their ids; those that others name come first."""
    copied = [table for table in s.tables.sorted_tables if table.name not in _LEFT_OUT]
    for table in copied:
        rows = source.execution_options(yield_per=400).execute(select(table))
        for some in chunks(rows):
            target.execute(table.insert(), [dict(row._mapping) for row in some])
    kind_of(target).after_copy(target, copied)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; what is there at the end becomes `path`, unless that is there by then."""
    if path.exists():
        raise StoreError(f"{path}: is there already, and nothing is overwritten")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".marsad-") as folder:
            partial = Path(folder) / "partial.marsad"
            yield partial
            _synced(partial)
            _put(partial, path)
            _synced(path.parent)
    except FileExistsError as error:
        raise StoreError(f"{path}: is there already, and nothing is overwritten") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def _put(partial: Path, path: Path) -> None:
    """Give a finished file its name; raise FileExistsError where another was faster, as a rename would not."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links, such as most sticks
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        partial.replace(path)


def _synced(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
