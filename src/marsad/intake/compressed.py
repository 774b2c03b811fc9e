"""One file that is packed: gzip, bzip2 and xz, unpacked as it is read."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from marsad.errors import InputError
from marsad.intake.items import Input
from marsad.intake.unpacking import Allowance, stream_of, swollen

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

_MAX_DICTIONARY = 128 * 1024**2  # what `xz -9` needs, twice
_PIECE = 16 * 1024
_PACKED_TAR = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_PACKED = {".gz", ".bz2", ".xz"}
_SUFFIX = re.compile(r"\.[a-z]\w{0,9}")


def read_gzip(source: Input) -> Iterator[Input]:
    """Yield the file that gzip data holds; several members, one after another, are one file."""
    yield from _unpacked(source, _Gzip)


def read_bzip2(source: Input) -> Iterator[Input]:
    """Yield the file that bzip2 data holds."""
    yield from _unpacked(source, bz2.BZ2Decompressor)


def read_xz(source: Input) -> Iterator[Input]:
    """Yield the file that xz or lzma data holds; data that asks for much memory is refused."""
    yield from _unpacked(source, lambda: lzma.LZMADecompressor(memlimit=_MAX_DICTIONARY))


class _Decompressor(Protocol):
    """What bz2 and lzma unpack one member with."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class _Gzip:
    """Unpacks one gzip member by zlib, in the manner of the others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


class _Packed:
    """The packed bytes, counted."""

    def __init__(self, stream: io.BufferedReader, count: Callable[[int], None]) -> None:
        self._stream = stream
        self._count = count
        self.taken = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read1(min(size, _PIECE))
        self.taken += len(data)
        self._count(len(data))
        return data


class _Members:
    """Unpacks members one after another."""

    def __init__(self, packed: _Packed, make: Callable[[], _Decompressor]) -> None:
        self._packed = packed
        self._make = make
        self._current = make()

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, empty at the end; raise EOFError where a member has none."""
        while True:
            waiting = b""
            if self._current.eof:
                waiting = self._current.unused_data or self._packed.read(_PIECE)
                if not waiting.strip(b"\0"):
                    return b""
                self._current = self._make()
            elif self._current.needs_input and not (waiting := self._packed.read(_PIECE)):
                raise EOFError("it ends in the middle")
            if data := self._current.decompress(waiting, size):
                return data


def _unpacked(source: Input, make: Callable[[], _Decompressor]) -> Iterator[Input]:
    outermost = source.allowance is None
    allowance = source.allowance or Allowance()

    def take(count: int) -> None:
        allowance.packed += count if outermost else 0

    packed = _Packed(source.stream, take)
    given = 0

    def spend(count: int) -> None:
        nonlocal given
        given += count
        if reason := swollen(packed.taken, given):
            raise InputError(reason)
        allowance.spend(count)

    allowance.open_member()
    suffix = _inner_suffix(source)
    yield Input(
        # What was packed twice needs a name of its own, because its suffix is told by its name.
        origin=source.origin if suffix not in _PACKED else source.origin[: -len(source.suffix)],
        stream=stream_of(_Members(packed, make).read, spend),
        suffix=suffix,
        url=source.url,
        retrieved=source.retrieved,
        allowance=allowance,
    )


def _inner_suffix(source: Input) -> str:
    """Return the suffix of the file that is packed, by the name of the packed one; empty where that tells none."""
    if source.suffix in _PACKED_TAR:
        return _PACKED_TAR[source.suffix]
    path = PurePosixPath(urlsplit(source.url).path if source.url else source.origin)
    inner = PurePosixPath(path.stem).suffix.lower() if path.suffix.lower() in _PACKED else ""
    return inner if _SUFFIX.fullmatch(inner) else ""
