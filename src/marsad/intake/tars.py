"""Tar archives, read from beginning to end, so that they may come through a pipe.

The headers are parsed here: the standard library's reader believes what they say of lengths and of places to go back
to, and takes a time for some of them that grows with the square of their length.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.items import Input, Skipped
from marsad.intake.unpacking import (
    ASSETS,
    NO_REPORTS,
    Allowance,
    PassedOver,
    is_hidden,
    member_origin,
    refused_name,
    stream_of,
)

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping

_BLOCK = 512
_MAX_HEADER = 64 * 1024  # bytes of a long name, or of all else that a file system knew of a file
_REGULAR, _FOLDER, _LINKS, _HOLES = {b"0", b"\0", b"7"}, b"5", {b"1", b"2"}, b"S"
_LONG_NAME, _LONG_LINK, _FIELDS, _COMMON_FIELDS = b"L", b"K", b"x", b"g"


def read_tar(source: Input) -> Iterator[Input | Skipped]:
    """Yield the files of a tar archive in its order, and the reasons against members that are not read."""
    allowance, passed = source.allowance or Allowance(), PassedOver()
    tape = _Tape(source.stream)
    for member in tape.members():
        suffix = PurePosixPath(member.name).suffix.lower()
        origin = member_origin(source, member.name)
        if member.kind == _FOLDER or (is_hidden(member.name) and not refused_name(member.name)):
            continue
        if member.kind in _REGULAR and suffix in ASSETS:
            passed.counts[suffix] += 1
        elif reason := refused_name(member.name) or _refused(member.kind):
            yield Skipped(origin, reason)
        else:
            allowance.open_member()
            allowance.packed += member.size if source.allowance is None else 0
            stream = stream_of(tape.body)
            yield Input(origin=origin, stream=stream, suffix=suffix, retrieved=source.retrieved, allowance=allowance)
    yield from passed.line(source.origin, NO_REPORTS)


@dataclass(frozen=True, slots=True)
class _Member:
    """What a header says of the bytes that follow it."""

    name: str
    kind: bytes
    size: int


def _refused(kind: bytes) -> str | None:
    if kind in _LINKS:
        return "a link, not followed"
    if kind == _HOLES:
        return "a file with holes, not unpacked"
    return None if kind in _REGULAR else "not a file"


class _Tape:
    """The bytes of an archive, forwards only."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self._left = 0

    def members(self) -> Iterator[_Member]:
        """Yield the members, each to be read by `body` or not; raise InputError where the archive breaks off."""
        extended: dict[str, str] = {}
        while block := self._block():
            header = _header(block)
            if header is None:
                where = f"at byte {self._at - _BLOCK:,}; the rest is not read" if self._at > _BLOCK else "at its start"
                raise InputError(f"no tar archive, or broken, {where}")
            self._left = header.size
            if header.kind in {_LONG_NAME, _LONG_LINK, _FIELDS, _COMMON_FIELDS}:
                extended |= _extended(header.kind, self._header_body(header.size))
                self._skip(header.size)
                continue
            size = _number(extended.get("size", ""), header.size)
            holes = any(name.startswith("GNU.sparse") for name in extended)
            self._left = size
            yield _Member(extended.get("path", header.name), _HOLES if holes else header.kind, size)
            extended.clear()
            self._skip(size)

    def body(self, most: int) -> bytes:
        """Return at most so many bytes of the member, empty at its end; raise InputError where the archive ends."""
        data = self._stream.read(min(most, self._left))
        if self._left and not data:
            raise InputError("cut short: the archive ends in the middle of a file")
        self._at += len(data)
        self._left -= len(data)
        return data

    def _block(self) -> bytes:
        """Return the next header, empty at the end, which is a block of zeros or the end of the bytes."""
        block = self._stream.read(_BLOCK)
        self._at += len(block)
        if block and len(block) < _BLOCK:
            raise InputError(f"broken or cut short at byte {self._at:,}")
        return block if block.strip(b"\0") else b""

    def _header_body(self, size: int) -> bytes:
        if size > _MAX_HEADER:
            raise InputError(f"broken: a header of {size:,} bytes, the limit is {_MAX_HEADER:,}")
        found = b""
        while piece := self.body(_MAX_HEADER):
            found += piece
        return found

    def _skip(self, size: int) -> None:
        """Run past what is left of a member, and what fills up its last block."""
        while self.body(_MAX_HEADER):
            pass
        self._at += len(self._stream.read(-size % _BLOCK))


def _header(block: bytes) -> _Member | None:
    """Return what a header block says, None where its checksum shows that it is none."""
    checksum = sum(block[:148]) + 8 * ord(" ") + sum(block[156:])
    size = _size(block[124:136])
    if _octal(block[148:156]) != checksum or size is None:
        return None
    prefix = _words(block[345:500]) if block[257:263] == b"ustar\0" else ""
    name = _words(block[:100])
    return _Member(f"{prefix}/{name}" if prefix else name, block[156:157], size)


def _size(field: bytes) -> int | None:
    """Return the length in a header: octal digits, or a binary number where the first bit is set."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    return _octal(field)


def _octal(field: bytes) -> int | None:
    digits = field.strip(b" \0")
    return int(digits, 8) if digits and not digits.strip(b"01234567") else None


def _words(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")


def _extended(kind: bytes, body: bytes) -> Mapping[str, str]:
    """Return what a header says of the next member: its long name, or fields of which each tells its own length."""
    if kind == _LONG_NAME:
        return {"path": _words(body)}
    found: dict[str, str] = {}
    at = 0
    while kind == _FIELDS and at < len(body):
        digits, space, _ = body[at : at + 10].partition(b" ")
        length = int(digits) if space and digits.isdigit() else 0
        name, equals, value = body[at + len(digits) + 1 : at + length].partition(b"=")
        if length <= len(digits) or not equals:
            raise InputError("broken: a header whose fields cannot be told apart")
        found[name.decode("utf-8", "replace")] = value.removesuffix(b"\n").decode("utf-8", "surrogateescape")
        at += length
    return found


def _number(words: str, otherwise: int) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 20 else otherwise
