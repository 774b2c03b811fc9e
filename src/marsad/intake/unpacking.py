"""What every archive is unpacked with: bounds that all of its layers share, and streams that keep to them."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.items import MAX_BYTES, Skipped, printable, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from marsad.intake.items import Input

MAX_MEMBERS = 100_000
"""Members, of whatever depth, that are read of one archive."""

MAX_UNPACKED = 8 * 1024**3
"""Bytes that one archive may unpack to, counted at every depth; an ordinary file of a crawl has some five gigabytes."""

MAX_SPOOLED = 2 * 1024**3
"""Bytes of an archive that comes through a pipe or in another one, which must be kept on the disk to be searched."""

MAX_RATIO = 100
"""How many times its size anything may unpack to, once it is larger than `SMALL`; text packs some ten times."""

SMALL = 10 * 1024**2

ASSETS = frozenset(
    f".{kind}"
    for kinds in (
        ("apng", "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tgs", "tif", "tiff", "webp"),
        ("aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"),
        ("avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm"),
        ("otf", "ttf", "woff", "woff2"),
        ("css", "js", "map", "mjs"),
    )
    for kind in kinds
)
"""What pictures, sounds, films, fonts, styles and scripts end in: members that are passed over and only counted."""

NO_REPORTS = "members cannot be reports"
"""What those members are, as a reason says it."""

_PIECE = 64 * 1024
_MAX_NAME = 300
_LISTED = 5


@dataclass(slots=True)
class Allowance:
    """What an archive that a user gave, with all the archives in it, has cost so far.

    Passing a bound raises InputError for whatever is read then, and from there on `over` holds the reason.
    """

    packed: int = 0
    unpacked: int = 0
    members: int = 0
    over: str | None = None

    def open_member(self) -> None:
        """Count a member; raise InputError where that, or what came before, is too much."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            self.over = f"too many members: more than {MAX_MEMBERS:,}; the rest is not read"
        self.check()

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked; raise InputError where they are too many in all."""
        self.unpacked += count
        if self.unpacked > MAX_UNPACKED:
            self.over = f"too large: it unpacks to more than {MAX_UNPACKED:,} bytes; the rest is not read"
        elif reason := swollen(self.packed, self.unpacked):
            self.over = f"{reason}; the rest is not read"
        self.check()

    def check(self) -> None:
        """Raise InputError where a bound was passed."""
        if self.over:
            raise InputError(self.over)


def swollen(packed: int, unpacked: int) -> str | None:
    """Return the reason against data of `packed` bytes that makes `unpacked` bytes, None where that is ordinary."""
    if unpacked > SMALL and unpacked > MAX_RATIO * packed:
        return f"it unpacks to more than {MAX_RATIO} times its size"
    return None


class Pieces(io.RawIOBase):
    """A stream of what `read` gives when asked for some bytes, empty at the end, told to `spend` piece by piece.

    Whatever `read` raises is InputError here, so that those who read the stream need not know what it comes from.
    """

    def __init__(self, read: Callable[[int], bytes], spend: Callable[[int], None]) -> None:
        """Read by `read`."""
        self._pull = read
        self._spend = spend

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the beginning of `buffer` and return how many bytes that are."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._pull(min(len(view), _PIECE))
        except InputError:
            raise
        except Exception as error:
            raise InputError(broken(error)) from error
        self._spend(len(data))
        view[: len(data)] = data
        return len(data)


def stream_of(read: Callable[[int], bytes], spend: Callable[[int], None] = lambda _: None) -> io.BufferedReader:
    """Return a buffered stream of `Pieces`."""
    return io.BufferedReader(Pieces(read, spend), _PIECE)


def broken(error: Exception) -> str:
    """Return the reason for what a library raised on bytes that it could not unpack."""
    return f"broken or cut short: {shown(str(error) or type(error).__name__)}"


@contextmanager
def seekable(source: Input) -> Iterator[IO[bytes]]:
    """Give a stream of an input in which one can go back: itself, or else a copy, on the disk if it is large."""
    if source.stream.seekable():
        yield source.stream
        return
    with tempfile.SpooledTemporaryFile(max_size=MAX_BYTES) as copy:
        while piece := source.stream.read(_PIECE):
            copy.write(piece)
            if copy.tell() > MAX_SPOOLED:
                raise InputError(f"too long: more than {MAX_SPOOLED:,} bytes; give it as a file of its own")
        copy.seek(0)
        yield copy


def member_origin(source: Input, name: str) -> str:
    """Return where a member stands, such as `reports.zip!/folder/a.html`, whatever bytes its name has."""
    words = printable(name.removeprefix("./"))
    return f"{source.origin}!/{words if len(words) <= _MAX_NAME else f'{words[:_MAX_NAME]}...'}"


def refused_name(name: str) -> str | None:
    """Return the reason against a member by its name, None where it may be read.

    Nothing is ever written under such a name; but an archive that has one was made to harm.
    """
    if name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in re.split(r"[/\\]", name):
        return "its name leads out of the archive"
    return None


def is_hidden(name: str) -> bool:
    """Return whether a member is one that a folder would hide, or what macOS puts beside every file."""
    return any((part.startswith(".") and part != ".") or part == "__MACOSX" for part in name.split("/"))


@dataclass(slots=True)
class PassedOver:
    """Members that cannot be reports, counted by kind: a crawl has hundreds of pictures, and one line is enough."""

    counts: Counter[str] = field(default_factory=Counter)

    def line(self, origin: str, what: str) -> Iterator[Skipped]:
        """Yield the one line that tells of them, if there are any; `what` says what they are."""
        if not self.counts:
            return
        kinds = [f"{shown(kind).strip(chr(39))} {count:,}" for kind, count in self.counts.most_common(_LISTED)]
        others = sum(self.counts.values()) - sum(count for _, count in self.counts.most_common(_LISTED))
        kinds += [f"others {others:,}"] if others else []
        yield Skipped(origin, f"{sum(self.counts.values()):,} {what}: {', '.join(kinds)}"[:199])
