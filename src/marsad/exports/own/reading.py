"""Own formats read again: a folder or archive opened, and its tables given out row by row, none of it believed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from marsad.errors import InputError, MarsadError
from marsad.exports.own.cells import checked
from marsad.exports.own.layout import ABOUT, FACTS, FORMS, SCHEMA
from marsad.exports.own.writing import written_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from marsad.store import Row

Item = TypeVar("Item")

_MOST_ABOUT = 1_000_000  # bytes
_RATIO, _SMALL = 200, 100_000_000  # how many times its size a file may unpack to, once it is larger than so much
_AT_ONCE = 1 << 20
_HASH = re.compile("[0-9a-f]{64}")
_LINES = (".json", ".jsonl")  # are read from the beginning to the end


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExport:
    """An opened export; `head` is the hash of the last entry of its ledger, None where that is empty."""

    head: str | None
    form: str
    tables: Mapping[str, Mapping[str, Any]]
    opened: Callable[[str], AbstractContextManager[BinaryIO]]

    def rows(self, table: str, read: Callable[[Row], Item]) -> Iterator[Item]:
        """Yield what `read` makes of each row of a table; their cells are of the kinds of their columns.

        Raises InputError with file, line and column where one is wrong, or `read` finds it so, and at the end where the
        file is not the one that `about.json` tells of.
        """
        how, entry, number = written_as(FORMS[self.form]), self.tables[table], 0
        file = f"{table}{how.SUFFIX}"
        with _told(file):
            with self.opened(file) as stream:
                _check_header(how.read_header(stream), table)
                rows = how.read(stream, FACTS[table])
                while True:
                    try:
                        found = read(checked(next(rows), FACTS[table]))
                    except StopIteration:
                        break
                    except MarsadError as error:
                        raise InputError(f"{how.ROW} {number + how.FIRST}: {error}") from error
                    number += 1
                    yield found
            if number != entry["rows"]:
                raise InputError(f"holds {number:,} rows, and {ABOUT} tells of {entry['rows']:,}")
            with self.opened(file) as stream:
                if hashlib.file_digest(cast("Any", stream), "sha256").hexdigest() != entry["sha256"]:
                    raise InputError(f"its SHA-256 is not the one in {ABOUT}: it was changed, or belongs to another")


@contextmanager
def own_export(path: Path) -> Iterator[OwnExport]:
    """Open a lossless export, a folder or a `.zip`; raise InputError where it is none, or of a later version."""
    with _files(path) as opened:
        with _told(ABOUT), opened(ABOUT) as stream:
            about = _about(stream.read(_MOST_ABOUT + 1))
        yield OwnExport(head=about["ledger"], form=about["format"], tables=about["tables"], opened=opened)


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Name the file in what is wrong with it."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{file}: {error}") from error
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{file}: cannot be read: {error}") from error


def _about(data: bytes) -> Mapping[str, Any]:
    """Return what `about.json` says, as far as it is asked, each of it of the kind that it must be."""
    try:
        about = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError("not the JSON of an export") from error
    if not isinstance(about, dict) or about.get("format") not in FORMS:
        raise InputError(f"not of a format that can be imported, which are {', '.join(FORMS)}")
    _check_schema(about)
    if about.get("lossless") is not True:
        raise InputError(
            "this export is not lossless: it was written under a policy that holds something back, or with a choice of "
            f"claims; export again with `marsad export {about['format']} --policy internal` and nothing chosen"
        )
    head, tables = about.get("ledger"), about.get("tables")
    if head is not None and not _is_hash(head):
        raise InputError("'ledger' is no hash")
    for name in FACTS:
        entry = tables.get(name) if isinstance(tables, dict) else None
        if not isinstance(entry, dict) or type(entry.get("rows")) is not int or not _is_hash(entry.get("sha256")):
            raise InputError(f"tells nothing of the table '{name}'")
    return about


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _check_schema(said: Mapping[str, Any]) -> None:
    schema = said.get("schema")
    if type(schema) is not int or schema < 1:
        raise InputError("says no version of its tables")
    if schema > SCHEMA:
        raise InputError(f"written by a later version of Marsad (tables of version {schema}; this one knows {SCHEMA})")


def _check_header(said: Mapping[str, Any], table: str) -> None:
    _check_schema(said)
    if said.get("table") != table:
        raise InputError(f"holds the table {str(said.get('table'))[:80]!r}")


@contextmanager
def _files(path: Path) -> Iterator[Callable[[str], AbstractContextManager[BinaryIO]]]:
    """Give what opens the files of a folder or archive by name, to be read from any place in them."""
    if path.is_dir():
        yield lambda name: _in_folder(path / name)
    elif zipfile.is_zipfile(path):
        with _told(path.name), zipfile.ZipFile(path) as archive:
            yield lambda name: _in_archive(archive, name)
    else:
        raise InputError(f"{path}: is neither a folder nor a .zip that `marsad export` wrote")


@contextmanager
def _in_folder(path: Path) -> Iterator[BinaryIO]:
    if not path.is_file():
        raise InputError("is missing")
    with path.open("rb") as stream:
        yield stream


@contextmanager
def _in_archive(archive: zipfile.ZipFile, name: str) -> Iterator[BinaryIO]:
    """Unpack a file where it can be read from any place; nothing gets a name that the archive gives."""
    try:
        member = archive.getinfo(name)
    except KeyError:
        raise InputError("is missing") from None
    if member.file_size > max(_SMALL, _RATIO * member.compress_size):
        raise InputError(f"unpacks to more than {_RATIO} times its size")
    if name.endswith(_LINES):
        with archive.open(member) as lines:
            yield cast("BinaryIO", lines)
        return
    with tempfile.TemporaryFile() as whole, archive.open(member) as packed:
        shutil.copyfileobj(packed, whole, _AT_ONCE)
        whole.seek(0)
        yield cast("BinaryIO", whole)
