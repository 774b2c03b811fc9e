"""Which format a file has, and its rows one after the other, with how far the reading is."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from marsad.errors import GazetteerError
from marsad.gazetteer.importing import geonames, osm, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from marsad.gazetteer.importing.rows import Rows

_LONGEST_LINE = 1 << 20
_FORMATS = "a GeoNames dump, a list or .osm.pbf extract of OpenStreetMap, CSV with name, lat and lon, or GeoJSON"
# Beside what any damaged file raises, zipfile raises the last two: an unknown compression, an encrypted member.
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file of places: its format and where its rows come from, with the licence where the format tells it."""

    path: Path
    form: str
    source: str

    def rows(self, moved: Callable[[int], None]) -> Rows:
        """Yield the rows; `moved` is told from time to time how many bytes of the file are read.

        Raises GazetteerError where the file breaks off or cannot be read.
        """
        if self.form in _WHOLE:
            yield from _WHOLE[self.form](self.path)
            return
        try:
            with _Lines(self.path) as lines:
                for number, row in enumerate(_LINES[self.form](lines)):
                    if number % 5000 == 0:
                        moved(lines.position)
                    yield row
        except _BROKEN as error:
            raise GazetteerError(f"cannot read {self.path}: {error}") from error


_WHOLE = {"geojson": tables.read_geojson, "osm.pbf": osm.read_extract}
_LINES = {"geonames": geonames.read, "osm.tsv": osm.read_list, "csv": tables.read_table}


def recognise(path: Path) -> Recognised:
    """Return the file with its format; raise GazetteerError where it cannot be read or has none of the formats."""
    if path.name.endswith((".osm.pbf", ".osm")):
        form = "osm.pbf"
        with _readable(path):
            pass
    elif path.suffix in {".geojson", ".json"}:
        form = "geojson"
        with _readable(path):
            pass
    else:
        form = _by_first_line(path)
    return Recognised(path, form, _SOURCES[form].format(name=path.name))


_SOURCES = {
    "geonames": "GeoNames dump {name}, CC BY 4.0",
    "osm.tsv": "OpenStreetMap contributors ({name}), ODbL 1.0",
    "osm.pbf": "OpenStreetMap contributors ({name}), ODbL 1.0",
    "csv": "{name}, no licence stated",
    "geojson": "{name}, no licence stated",
}


def _by_first_line(path: Path) -> str:
    tests = {"geonames": geonames.is_dump, "osm.tsv": osm.is_list, "csv": tables.is_table}
    try:
        with _Lines(path) as lines:
            first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    except _BROKEN as error:
        raise GazetteerError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    form = next((form for form, fits in tests.items() if fits(first)), None)
    if form is None:
        raise GazetteerError(f"cannot add {path}: it is neither {_FORMATS}")
    return form


def _readable(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise GazetteerError(f"cannot read {path}: {error.strerror}") from error


class _Lines:
    """The lines of a plain, gzipped or zipped text; bytes that are not UTF-8 come as lone surrogates."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = ExitStack()

    def __enter__(self) -> _Lines:
        with ExitStack() as stack:
            self._raw: IO[bytes] = stack.enter_context(self._path.open("rb"))
            start = self._raw.read(4)
            self._raw.seek(0)
            content: IO[bytes] = self._raw
            if start.startswith(b"\x1f\x8b"):
                content = cast("IO[bytes]", stack.enter_context(gzip.open(self._raw)))
            elif start == b"PK\x03\x04":
                content = stack.enter_context(self._member(stack.enter_context(zipfile.ZipFile(self._raw))))
            text = io.TextIOWrapper(content, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
            self._text = stack.enter_context(text)
            self._open = stack.pop_all()
        return self

    def _member(self, archive: zipfile.ZipFile) -> IO[bytes]:
        texts = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
        if len(texts) != 1:
            raise GazetteerError(f"cannot add {self._path}: it holds {len(texts)} texts, a GeoNames dump holds one")
        return archive.open(texts[0])

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __iter__(self) -> Iterator[str]:
        return iter(lambda: self._text.readline(_LONGEST_LINE), "")

    @property
    def position(self) -> int:
        """How many bytes of the file are read."""
        return self._raw.tell()
