"""Inputs by name: files, folders and standard input, each given to the module that reads its format."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.intake.build import build_report
from marsad.intake.decode import binary_kind, decode
from marsad.intake.items import MAX_BYTES, Row, Skipped, Taken
from marsad.intake.jsonlines import read_lines
from marsad.intake.jsonrows import read_document
from marsad.intake.plain import read_plain
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from marsad.vocabulary import OutletKind

    Reader = Callable[[io.BufferedReader, str], Iterator[Row | Skipped]]

STDIN = "-"
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)
_NO_HTML = "HTML is not read yet; save the text"


def read_inputs(
    sources: Iterable[str | Path], *, retrieved: datetime, outlets: Mapping[str, OutletKind] | None = None
) -> Iterator[Taken | Skipped]:
    """Yield every report of the sources in order, and a reason for whatever gives none; bad content never raises.

    A source is a file, a folder (read recursively, by name, without hidden files) or `-` for standard input.
    `retrieved`, timezone-aware, is when the inputs were fetched, where they do not say. `outlets` are the known kinds,
    those shipped by default. An id that comes again with another text is skipped; with the same text it is given again,
    as it came. Holds one report at a time, and a short key for every id seen. Raises ValueError for a `retrieved`
    without a zone.
    """
    if retrieved.tzinfo is None:
        raise ValueError("retrieved must be timezone-aware")
    return _taken(sources, retrieved, load_outlets() if outlets is None else outlets)


def _taken(
    sources: Iterable[str | Path], retrieved: datetime, outlets: Mapping[str, OutletKind]
) -> Iterator[Taken | Skipped]:
    seen: dict[bytes, bytes] = {}
    for source in sources:
        for item in _rows(source):
            if isinstance(item, Skipped):
                yield item
                continue
            try:
                report = build_report(item.fields, retrieved, outlets)
            except InputError as error:
                yield Skipped(item.origin, str(error))
                continue
            key = hashlib.blake2b(report.id.encode(), digest_size=8).digest()
            text = bytes.fromhex(report.sha256[:16])
            if seen.setdefault(key, text) == text:
                yield Taken(report, item.origin)
            else:
                yield Skipped(item.origin, f"id '{report.id}' is already used by another text")


def _rows(source: str | Path) -> Iterator[Row | Skipped]:
    if str(source) == STDIN:
        yield from _read(STDIN, STDIN, "")
        return
    if not str(source):
        yield Skipped("", "no name of a file or folder")
        return
    path = Path(source)
    try:
        is_folder = path.is_dir()
    except OSError as error:
        yield Skipped(_printable(path), _cannot(error))
        return
    if is_folder:
        yield from _folder(path)
    else:
        yield from _read(path, _printable(path), path.suffix.lower())


def _folder(folder: Path) -> Iterator[Row | Skipped]:
    """Walk a folder by name; links to folders are not followed, so that no walk runs in a circle."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(_printable(folder), _cannot(error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(path)
        elif entry.is_symlink() and entry.is_dir():
            yield Skipped(_printable(path), "a link to a folder, not followed")
        elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
            yield Skipped(_printable(path), "not a file")  # reading a pipe or a device could wait for ever
        else:
            yield from _read(path, _printable(path), path.suffix.lower())


def _read(source: str | Path, origin: str, suffix: str) -> Iterator[Row | Skipped]:
    try:
        with _opened(source) as stream:
            yield from _reader(stream.peek(4096), suffix)(stream, origin)
    except InputError as error:
        yield Skipped(origin, str(error))
    except OSError as error:
        yield Skipped(origin, _cannot(error))


@contextmanager
def _opened(source: str | Path) -> Iterator[io.BufferedReader]:
    if isinstance(source, Path):
        if "\0" in str(source):
            raise InputError("cannot be read: no file can have this name")
        with source.open("rb") as stream:
            yield stream
        return
    # The raw stream is read so that lines are seen as they arrive; standard input is left open for its owner.
    raw: Any = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
    stream = io.BufferedReader(raw)
    try:
        yield stream
    finally:
        stream.detach()


def _reader(head: bytes, suffix: str) -> Reader:
    """Return the reader for an input with these first bytes and this suffix; raise InputError where there is none."""
    if kind := binary_kind(head):
        raise InputError(f"not text: {kind}")
    if suffix in {".html", ".htm", ".xhtml"} or _HTML.match(head):
        raise InputError(_NO_HTML)
    if suffix and suffix not in READERS:
        raise InputError(f"files of type '{_printable(suffix)}' are not read; known: {', '.join(sorted(READERS))}")
    return READERS[suffix] if suffix else READERS[_sniffed(head)]


def _sniffed(head: bytes) -> str:
    """Return the suffix that an input without one would have, by its first characters."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"[") and start[1:].lstrip()[:1] in {b"{", b"]"}:
        return ".json"
    if start.startswith(b"{"):
        return ".json" if start.split(b"\n", 1)[0].strip() == b"{" else ".jsonl"
    return ".txt"


def _whole(read: Callable[[str, str], Iterator[Row | Skipped]]) -> Reader:
    """Return a reader of streams that gives `read` the whole decoded text."""

    def reader(stream: io.BufferedReader, origin: str) -> Iterator[Row | Skipped]:
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InputError(f"too long: more than {MAX_BYTES:,} bytes")
        text = decode(data)
        if not text.strip():
            raise InputError("empty")
        return read(text, origin)

    return reader


def _printable(name: str | Path) -> str:
    """Return a file name as it can be printed and stored, whatever bytes it has."""
    words = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words)


def _cannot(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


_JSON, _LINES, _PLAIN = _whole(read_document), read_lines, _whole(read_plain)
READERS: Mapping[str, Reader] = {
    ".json": _JSON,
    ".jsonl": _LINES,
    ".ndjson": _LINES,
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".md": _PLAIN,
    ".markdown": _PLAIN,
}
"""The reader of every file type, by suffix."""
