"""ZIP archives, and WACZ, a crawl of the web in one."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import stat
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.intake.items import MAX_BYTES, Input, Skipped
from marsad.intake.unpacking import (
    ASSETS,
    MAX_MEMBERS,
    NO_REPORTS,
    Allowance,
    PassedOver,
    broken,
    is_hidden,
    member_origin,
    refused_name,
    seekable,
    stream_of,
    swollen,
)

if TYPE_CHECKING:
    import io
    from collections.abc import Collection, Iterator

_MAX_DIRECTORY = 24 * 1024**2  # bytes of the table of contents: what a hundred thousand long names need
_TAIL = 128 * 1024  # what stands behind that table: two lines of numbers, and a comment of at most half as much
_LOCAL_HEADER = 30  # bytes that stand before every member, at least
_READ_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


def read_zip(source: Input) -> Iterator[Input | Skipped]:
    """Yield the members of a ZIP archive in its order, and the reasons against those that are not read."""
    passed = PassedOver()
    with _opened(source) as archive:
        for member in archive.members:
            suffix = PurePosixPath(member.filename).suffix.lower()
            if member.is_dir() or (is_hidden(member.filename) and not refused_name(member.filename)):
                continue
            if suffix in ASSETS:
                passed.counts[suffix] += 1
            else:
                yield archive.opened(member, suffix, archive.refused(member))
    yield from passed.line(source.origin, NO_REPORTS)


def read_wacz(source: Input) -> Iterator[Input | Skipped]:
    """Yield the WARC files of a WACZ archive whose bytes are those that its list of resources promises."""
    with _opened(source) as archive:
        promised = archive.promised()
        crawls = [one for one in archive.members if one.filename.startswith("archive/") and not one.is_dir()]
        if not crawls:
            raise InputError("a WACZ archive without a WARC file in its folder 'archive'")
        for member in crawls:
            reason = archive.refused(member) or archive.differs(member, promised)
            yield archive.opened(member, PurePosixPath(member.filename).suffix.lower(), reason)


@dataclass(frozen=True, slots=True)
class _Archive:
    """An open archive; `overlapping` are the offsets of members that reach into others."""

    source: Input
    zip: zipfile.ZipFile
    members: tuple[zipfile.ZipInfo, ...]
    overlapping: Collection[int]
    allowance: Allowance

    def refused(self, member: zipfile.ZipInfo) -> str | None:
        """Return the reason against reading a member, None where there is none."""
        if reason := refused_name(member.filename):
            return reason
        if stat.S_ISLNK(member.external_attr >> 16):
            return "a link, not followed"
        if member.flag_bits & _ENCRYPTED:
            return "encrypted"
        if member.compress_type not in _READ_METHODS:
            return "packed in a way that is not read; pack it by 'deflate'"
        if member.header_offset in self.overlapping:
            return "it overlaps another member"
        return swollen(member.compress_size, member.file_size)

    def opened(self, member: zipfile.ZipInfo, suffix: str, reason: str | None) -> Input | Skipped:
        """Return a member to be read, or the reason against it; raise InputError where the archive costs too much."""
        origin = member_origin(self.source, member.filename)
        if reason:
            return Skipped(origin, reason)
        self.allowance.open_member()
        if self.source.allowance is None:
            self.allowance.packed += member.compress_size
        try:
            stream = self.stream(member)
        except InputError as error:
            return Skipped(origin, str(error))
        known = self.source.retrieved
        return Input(origin=origin, stream=stream, suffix=suffix, retrieved=known, allowance=self.allowance)

    def stream(self, member: zipfile.ZipInfo) -> io.BufferedReader:
        """Return the bytes of a member, of which those that are stored as they are cost nothing; raise InputError."""
        try:
            opened: Any = self.zip.open(member)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise InputError(broken(error)) from error
        if member.compress_type == zipfile.ZIP_STORED:
            return stream_of(opened.read1)
        return stream_of(opened.read1, self.allowance.spend)

    def promised(self) -> dict[str, str]:
        """Return the SHA-256 that `datapackage.json` promises of each member; raise InputError without such a list."""
        for member in self.members:
            if member.filename == "datapackage.json" and not self.refused(member):
                data = self.stream(member).read(MAX_BYTES)
                break
        else:
            raise InputError("no WACZ archive: it has no datapackage.json")
        try:
            resources = json.loads(data)["resources"]
            found = {str(one["path"]): _SHA256.fullmatch(str(one["hash"]).lower()) for one in resources}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError("its datapackage.json does not list the resources of a WACZ archive") from error
        return {path: match[1] for path, match in found.items() if match}

    def differs(self, member: zipfile.ZipInfo, promised: dict[str, str]) -> str | None:
        """Return the reason against a member that is not what was promised, None where it is."""
        if member.filename not in promised:
            return "datapackage.json does not give its SHA-256"
        found = hashlib.sha256()
        try:
            with self.stream(member) as stream:
                while piece := stream.read(1024**2):
                    found.update(piece)
        except InputError as error:
            return str(error)
        return None if found.hexdigest() == promised[member.filename] else "its SHA-256 is not that of datapackage.json"


class _Bounded:
    """The bytes of an archive for zipfile, which reads the table of contents at once, as long as that says it is."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return bytes as a file does; raise InputError where they would be too many."""
        if size > _MAX_DIRECTORY:
            raise InputError(f"too long: a table of contents of {size:,} bytes, the limit is {_MAX_DIRECTORY:,}")
        return self._stream.read(_TAIL if size < 0 else size)


@contextmanager
def _opened(source: Input) -> Iterator[_Archive]:
    with seekable(source) as stream:
        try:
            archive = zipfile.ZipFile(_Bounded(stream))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InputError(f"no ZIP archive, or {broken(error)}") from error
        with archive:
            members = tuple(archive.infolist())
            if len(members) > MAX_MEMBERS:
                raise InputError(f"too many members: {len(members):,}, the limit is {MAX_MEMBERS:,}")
            yield _Archive(source, archive, members, _overlapping(members), source.allowance or Allowance())


def _overlapping(members: Collection[zipfile.ZipInfo]) -> frozenset[int]:
    """Return the offsets of members whose bytes reach into the next one: many large files made of the same bytes."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return frozenset(
        one.header_offset
        for one, following in itertools.pairwise(ordered)
        if one.header_offset + _LOCAL_HEADER + len(one.filename) + one.compress_size > following.header_offset
    )
