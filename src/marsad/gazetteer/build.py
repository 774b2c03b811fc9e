"""Building the gazetteer file: one SQLite database, written beside its place and moved there whole."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from marsad.errors import GazetteerError
from marsad.gazetteer import sources
from marsad.gazetteer.names import normalise, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from marsad.gazetteer.entries import Entry
    from marsad.gazetteer.sources import Row

SCHEMA_VERSION = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  lat REAL NOT NULL, lon REAL NOT NULL, country TEXT, countries TEXT NOT NULL, admin TEXT, feature TEXT NOT NULL,
  population INTEGER NOT NULL, radius_km REAL NOT NULL, prominence REAL NOT NULL, source TEXT NOT NULL
);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (
  country TEXT NOT NULL, skeleton TEXT NOT NULL, key TEXT NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (country, skeleton, key, place)
) WITHOUT ROWID;
CREATE INDEX country ON place (country) WHERE kind = 'country';
CREATE TABLE neighbour (country TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (country, other)) WITHOUT ROWID;
"""


def default_path() -> Path:
    """Return where the gazetteer lives: `$MARSAD_GAZETTEER`, else the user's data folder."""
    if chosen := os.environ.get("MARSAD_GAZETTEER"):
        return Path(chosen)
    return Path(platformdirs.user_data_dir("marsad")) / f"gazetteer-{SCHEMA_VERSION}.sqlite"


def build(path: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Build the gazetteer at `path`, replacing what is there only once the new file is whole.

    `progress` is told the number of places written and their total, from time to time. Two builders of one path do no
    harm: each writes a file of its own, and the last one stays. Raises GazetteerError where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise GazetteerError(f"cannot write the gazetteer {path}: {error.strerror}") from error
    temporary = Path(name)
    try:
        write(temporary, list(sources.rows()), progress)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"cannot build the gazetteer {path}: {error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def write(path: Path, rows: Sequence[Row], progress: Callable[[int, int], None] | None = None) -> None:
    """Write rows into an empty file at `path`; `progress` is told as by `build`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # The file counts only once it is moved into place, so nothing need be safe against a crash before.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
        database.executescript(_TABLES)
        database.execute("BEGIN")
        database.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
        pairs = ((code, other) for code, others in sources.neighbours().items() for other in others)
        database.executemany("INSERT OR IGNORE INTO neighbour VALUES (?, ?)", pairs)
        names: list[tuple[str, int]] = []
        sounds: list[tuple[str, str, str, int]] = []
        for number, row in enumerate(rows, start=1):
            write_place(database, number, row.entry)
            keys = {key for name in row.names if (key := normalise(name))}
            names.extend((key, number) for key in keys)
            sounds.extend(_sounds(row, keys, number))
            if progress and number % 10_000 == 0:
                progress(number, len(rows))
        # Rows in key order fill the trees page after page, which is faster and leaves them compact.
        names.sort()
        database.executemany("INSERT INTO name VALUES (?, ?)", names)
        sounds.sort()
        database.executemany("INSERT INTO sound VALUES (?, ?, ?, ?)", sounds)
        database.execute("COMMIT")
    if progress:
        progress(len(rows), len(rows))


def write_place(database: sqlite3.Connection, number: int, entry: Entry) -> None:
    """Insert an entry under a number that is free; its names are the caller's to insert."""
    database.execute(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number, entry.id, entry.name, entry.kind, entry.lat, entry.lon, entry.country, " ".join(entry.countries),
            entry.admin, entry.feature, entry.population, entry.radius_km, entry.prominence, entry.source,
        ),
    )  # fmt: skip


def _sounds(row: Row, keys: set[str], number: int) -> Iterator[tuple[str, str, str, int]]:
    for key in keys:
        if bones := skeleton(key):
            for country in row.entry.countries:
                yield country, bones, key, number
