"""The files of a bundle, a .zip or a folder, as nobody need trust it: bounded, and nothing is unpacked to disk."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_FILES = 100_000
MOST_BYTES = 8 * 1024**3  # of all files together, unpacked
MOST_PARSED = 512 * 1024**2  # of one file that is read as a whole
_LONGEST_NAME = 1024
_CHUNK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class DamagedError(Exception):
    """A file cannot be unpacked; says why."""


class Files(ABC):
    """The files of a bundle by their paths; `sizes` are what the bundle says of their bytes."""

    sizes: Mapping[str, int]

    @abstractmethod
    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file piece by piece; raise DamagedError where they cannot be read."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise DamagedError where there are too many, or they cannot be read."""
        if self.sizes[path] > MOST_PARSED:
            raise DamagedError(f"has {self.sizes[path]:,} bytes, more than are read at once")
        return b"".join(self.chunks(path))


class _Zip(Files):
    def __init__(self, archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._entries = entries
        self.sizes = {path: entry.file_size for path, entry in entries.items()}

    def chunks(self, path: str) -> Iterator[bytes]:
        left = self.sizes[path]
        try:
            with self._archive.open(self._entries[path]) as stream:
                while chunk := stream.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise DamagedError("unpacks to more bytes than the archive says")
                    yield chunk
        except _BROKEN as error:
            raise DamagedError(f"cannot be unpacked: {error}") from error


class _Folder(Files):
    def __init__(self, root: Path, sizes: Mapping[str, int]) -> None:
        self._root = root
        self.sizes = sizes

    def chunks(self, path: str) -> Iterator[bytes]:
        try:
            with (self._root / path).open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise DamagedError(f"cannot be read: {error.strerror or error}") from error


@contextmanager
def files_of(path: Path) -> Iterator[Files]:
    """Give the files of a bundle; raise InputError where it is none, or so made that it is not looked into."""
    if path.is_dir():
        yield _Folder(path, _checked(path, _found(path)))
        return
    try:
        archive = zipfile.ZipFile(path)
    except (*_BROKEN, OverflowError, MemoryError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "is no zip archive"
        raise InputError(f"{path}: {reason}") from error
    with archive:
        entries = [entry for entry in archive.infolist() if not (entry.is_dir() and not entry.file_size)]
        for entry in entries:
            if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
                raise InputError(f"{path}: {entry.filename!r} is a link or a device, which no bundle has")
            if entry.flag_bits & 1:
                raise InputError(f"{path}: {entry.filename!r} is encrypted, which nothing in a bundle is")
        _checked(path, [(entry.filename, entry.file_size) for entry in entries])
        yield _Zip(archive, {entry.filename: entry for entry in entries})


def _found(root: Path) -> list[tuple[str, int]]:
    found = []
    for one in sorted(root.rglob("*")):
        if one.is_symlink() or not (one.is_file() or one.is_dir()):
            raise InputError(f"{root}: {one.relative_to(root).as_posix()!r} is a link or a device, which no bundle has")
        if one.is_file():
            found.append((one.relative_to(root).as_posix(), one.stat().st_size))
    return found


def _checked(bundle: Path, found: list[tuple[str, int]]) -> dict[str, int]:
    """Return sizes by path; raise InputError where paths lead elsewhere, stand twice, or there is too much of all."""
    if len(found) > MOST_FILES:
        raise InputError(f"{bundle}: holds {len(found):,} files, more than a bundle may: {MOST_FILES:,}")
    sizes: dict[str, int] = {}
    for path, size in found:
        if len(path) > _LONGEST_NAME or not path.isprintable() or not _inside(path):
            raise InputError(f"{bundle}: holds a file named {path[:80]!r}, which leads out of it or is no name")
        if path in sizes:
            raise InputError(f"{bundle}: {path!r} stands in it twice")
        sizes[path] = size
    total = sum(sizes.values())
    if total > MOST_BYTES:
        raise InputError(f"{bundle}: unpacks to {total:,} bytes, more than a bundle may: {MOST_BYTES:,}")
    return sizes


def _inside(path: str) -> bool:
    parts = path.split("/")
    return "\\" not in path and ":" not in path and not {"", ".", ".."} & set(parts)
