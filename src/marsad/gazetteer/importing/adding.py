"""Adding files of places to the gazetteer: into a copy of its file, which takes its place once it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import GazetteerError
from marsad.gazetteer.build import default_path
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.gazetteer.importing.area import Area
from marsad.gazetteer.importing.files import recognise
from marsad.gazetteer.importing.merging import Merger, Outcome
from marsad.gazetteer.importing.rows import BadRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.gazetteer.importing.files import Recognised

_TABLES = """
CREATE TABLE IF NOT EXISTS imported (
  number INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS added (
  digest BLOB PRIMARY KEY, place INTEGER NOT NULL, imported INTEGER NOT NULL,
  names TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL
) WITHOUT ROWID;
"""
_BAD_ROWS_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding one file, in rows.

    `added` became places of their own, `merged` gave names to places that were there, `known` were added before,
    `left_out` are of no interest (such as streams) or of other countries than those asked for. `bad` counts the rows
    that were passed over by reason, and `bad_rows` shows the first hundred.
    """

    path: Path
    source: str
    added: int = 0
    merged: int = 0
    known: int = 0
    left_out: int = 0
    bad: tuple[tuple[str, int], ...] = ()
    bad_rows: tuple[BadRow, ...] = ()


def add_places(
    files: Sequence[Path],
    *,
    path: Path | None = None,
    source: str | None = None,
    country: str | None = None,
    only: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Added, ...]:
    """Add files of places to the gazetteer at `path`, by default `default_path()`; all of them or, on failure, none.

    `source` says where the rows come from and their licence, instead of what the format tells. `country` (alpha-2) is
    that of the rows that name none, by default that of the nearest towns. With `only`, rows of other countries are left
    out. `progress` is told how many bytes are read and their total. Raises GazetteerError where the gazetteer is
    missing or damaged, or a file cannot be read or is of no known format; the gazetteer is then as before.
    """
    path = path or default_path()
    known = [recognise(file) for file in files]
    Gazetteer.open(path).close()
    before = _state(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        shutil.copyfile(path, temporary)
        job = _Job(
            copy=temporary,
            source=source,
            country=country,
            only=frozenset(only),
            progress=progress,
            total=sum(one.path.stat().st_size for one in known),
        )
        receipts = job.run(known)
        if job.changed:
            _replace(temporary, path, before)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"cannot add to the gazetteer {path}: {error}") from error
    finally:
        temporary.unlink(missing_ok=True)
    return receipts


def imported(path: Path | None = None) -> tuple[str, ...]:
    """Return the names of the files that were added to the gazetteer at `path`, in order; a new build lacks them."""
    with closing(sqlite3.connect(f"{(path or default_path()).absolute().as_uri()}?mode=ro", uri=True)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'imported'").fetchone():
            return ()
        return tuple(name for (name,) in database.execute("SELECT file FROM imported ORDER BY number"))


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _replace(temporary: Path, path: Path, before: tuple[int, int, int]) -> None:
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.chmod(0o644)
    if _state(path) != before:
        raise GazetteerError(f"{path} was changed by somebody else meanwhile; add the files again")
    temporary.replace(path)


@dataclass(kw_only=True)
class _Job:
    """The adding of several files to one copy."""

    copy: Path
    source: str | None
    country: str | None
    only: frozenset[str]
    progress: Callable[[int, int], None] | None
    total: int
    changed: bool = False

    def run(self, files: Sequence[Recognised]) -> tuple[Added, ...]:
        """Add the files one after the other in one transaction."""
        with closing(sqlite3.connect(self.copy, isolation_level=None)) as database:
            # The copy counts only once it is moved into place, so nothing need be safe against a crash before.
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;")
            database.executescript(_TABLES)
            database.execute("BEGIN")
            area = Area(database, self.country, self.only)
            receipts, start = [], 0
            for file in files:
                receipts.append(self._add(database, file, area, start))
                start += file.path.stat().st_size
                self._move(start)
            database.execute("COMMIT")
        return tuple(receipts)

    def _add(self, database: sqlite3.Connection, file: Recognised, area: Area, start: int) -> Added:
        source = self.source or file.source
        number = self._register(database, file, source)
        merger = Merger(database, number, source, area)
        outcomes: Counter[Outcome] = Counter()
        reasons: Counter[str] = Counter()
        bad: list[BadRow] = []
        for row in file.rows(lambda done: self._move(start + done)):
            if isinstance(row, BadRow):
                reasons[row.reason] += 1
                if len(bad) < _BAD_ROWS_KEPT:
                    bad.append(row)
            else:
                outcomes[merger.add(row) if row else Outcome.LEFT_OUT] += 1
        self.changed |= outcomes[Outcome.ADDED] + outcomes[Outcome.MERGED] > 0
        return Added(
            path=file.path,
            source=source,
            added=outcomes[Outcome.ADDED],
            merged=outcomes[Outcome.MERGED],
            known=outcomes[Outcome.KNOWN],
            left_out=outcomes[Outcome.LEFT_OUT],
            bad=tuple(reasons.most_common()),
            bad_rows=tuple(bad),
        )

    def _register(self, database: sqlite3.Connection, file: Recognised, source: str) -> int:
        """Write down the file and return its number, the same one for the same file from the same source."""
        with file.path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        told = (file.path.name, digest, source)
        row = database.execute(
            "SELECT number FROM imported WHERE file = ? AND sha256 = ? AND source = ?", told
        ).fetchone()
        if row:
            return int(row[0])
        cursor = database.execute("INSERT INTO imported (file, sha256, source) VALUES (?, ?, ?)", told)
        return int(cursor.lastrowid or 0)

    def _move(self, done: int) -> None:
        if self.progress:
            self.progress(min(done, self.total), self.total)
