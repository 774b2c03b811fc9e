"""Where exports are written: a file, a folder, an archive or a stream; what is there is there whole, or not at all."""

from __future__ import annotations

import tempfile
import zipfile
from abc import ABC, abstractmethod
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever an archive is written


class Sink(ABC):
    """Takes the files of one export by name."""

    @abstractmethod
    def file(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Give a new file to write; the one before must be closed. A sink of one file takes any name, once."""


class _One(Sink):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:  # noqa: ARG002 - the caller has named it
        yield self._stream


class _Folder(Sink):
    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            yield stream


class _Archive(Sink):
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        entry = zipfile.ZipInfo(name, _LONG_AGO)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        with self._archive.open(entry, "w", force_zip64=True) as stream:
            yield cast("BinaryIO", stream)


@contextmanager
def sink(to: Path | BinaryIO, *, many: bool) -> Iterator[Sink]:
    """Give a sink that writes to `to`: a stream, a new file, or for `many` files a new folder or a new `.zip`.

    Nothing is left where the writing fails. Raises InputError where `to` is there already or cannot be written.
    """
    if not isinstance(to, Path):
        with _archived(to) if many else _plain(to) as found:
            yield found
        return
    if to.exists():
        raise InputError(f"{to}: is there already, and nothing is overwritten")
    if not to.parent.is_dir():
        raise InputError(f"{to}: the folder {to.parent} does not exist")
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".marsad-") as folder:
            partial = Path(folder) / "partial"
            if many and to.suffix != ".zip":
                partial.mkdir()
                yield _Folder(partial)
            else:
                with partial.open("xb") as stream, _archived(stream) if many else _plain(stream) as found:
                    yield found
            partial.rename(to)
    except OSError as error:
        raise InputError(f"{to}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _plain(stream: BinaryIO) -> Iterator[Sink]:
    yield _One(stream)


@contextmanager
def _archived(stream: BinaryIO) -> Iterator[Sink]:
    with zipfile.ZipFile(stream, "w") as archive:
        yield _Archive(archive)
