"""Inputs by name: files, folders, addresses and standard input, each given to the reader of its format."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.intake.build import build_report, not_ahead, without_future
from marsad.intake.formats import reader_of
from marsad.intake.items import Input, Row, Skipped, Taken, printable, shown
from marsad.vocabulary import load_outlets, load_publishers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from marsad.intake.columns import ColumnMap
    from marsad.records import Capture, Report
    from marsad.vocabulary import OutletKind, Publishers

STDIN = "-"
_MAX_INSIDE = 3  # archives in archives
_ANY_DAY = datetime(9000, 1, 1, tzinfo=UTC)  # after all days that a report can be of
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def read_inputs(
    sources: Iterable[str | Path],
    *,
    retrieved: datetime,
    outlets: Mapping[str, OutletKind] | None = None,
    publishers: Publishers | None = None,
    columns: ColumnMap | None = None,
    fetch: Callable[[str], Capture] | None = None,
    given: Mapping[str, str] | None = None,
) -> Iterator[Taken | Skipped]:
    """Yield every report of the sources in order, and a reason for whatever gives none; bad content never raises.

    A source is a file, a folder (read recursively, by name, without hidden files), `-` for standard input, or an http
    address, which `fetch` must then answer or raise InputError for. `retrieved`, timezone-aware, is when the inputs
    were fetched, where they do not say. `outlets` are the known kinds and `publishers` the known outlets, those shipped
    by default; `columns` tells which column of a table holds what; `given` are fields that all reports have,
    whatever they say themselves. An id that comes again with another text is skipped,
    unless that is a later version; with the same text it is given again, as it came. Holds one report at a time, and a
    short key for every id seen.
    Raises ValueError for a `retrieved` without a zone.
    """
    if retrieved.tzinfo is None:
        raise ValueError("retrieved must be timezone-aware")
    kinds = load_outlets() if outlets is None else outlets
    known = load_publishers() if publishers is None else publishers

    def build(row: Row) -> Report:
        at = not_ahead("retrieved", row.retrieved or retrieved, retrieved)
        return build_report(without_future({**row.fields, **(given or {})}, row.doubtful, at), at, kinds, known)

    return _once(_built((item for source in sources for item in _rows(source, columns, fetch)), build))


def read_opened(
    name: str,
    stream: io.BufferedReader,
    *,
    retrieved: datetime | None = None,
    publishers: Publishers | None = None,
    columns: ColumnMap | None = None,
    first: int = 1,
    groups: tuple[int, ...] | None = None,
) -> Iterator[Taken | Skipped]:
    """Yield every report of an open input of some name, as `read_inputs` does, but also one whose id came before.

    Where `retrieved` is not known, reports that do not say it have none, and no date is held against it. Of a part of a
    file, `first` is the number of its first line or row, and `groups` are the groups of rows of a Parquet file.
    """
    kinds, known = load_outlets(), load_publishers() if publishers is None else publishers
    latest = retrieved or _ANY_DAY

    def build(row: Row) -> Report:
        at = not_ahead("retrieved", row.retrieved or latest, latest)
        report = build_report(without_future(row.fields, row.doubtful, at), at, kinds, known)
        return replace(report, retrieved=None) if report.retrieved == _ANY_DAY else report

    suffix = printable(Path(name).suffix.lower())
    found = Input(origin=printable(name), stream=stream, suffix=suffix, columns=columns, first=first, groups=groups)
    return _built(_contents(found), build)


def _built(rows: Iterable[Row | Skipped], build: Callable[[Row], Report]) -> Iterator[Taken | Skipped]:
    for item in rows:
        if isinstance(item, Skipped):
            yield item
            continue
        try:
            yield Taken(build(item), item.origin, item.content, item.versioned)
        except InputError as error:
            yield Skipped(item.origin, str(error))


def _once(items: Iterable[Taken | Skipped]) -> Iterator[Taken | Skipped]:
    """Yield the items without reports whose id came before with another text."""
    seen: dict[bytes, bytes] = {}
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        report = item.report
        key = hashlib.blake2b(report.id.encode(), digest_size=8).digest()
        text = bytes.fromhex(report.sha256[:16])
        if seen.setdefault(key, text) == text or item.versioned or report.updated:
            yield item
        else:
            yield Skipped(item.origin, f"id '{report.id}' is already used by another text")


def _rows(
    source: str | Path, columns: ColumnMap | None, fetch: Callable[[str], Capture] | None
) -> Iterator[Row | Skipped]:
    name = str(source)
    if name == STDIN:
        yield from _read(STDIN, "", columns)
        return
    if _ADDRESS.match(name):
        yield from _fetched(name, columns, fetch)
        return
    if not name:
        yield Skipped("", "no name of a file or folder")
        return
    path = Path(source)
    try:
        is_folder = path.is_dir()
    except OSError as error:
        yield Skipped(printable(path), _cannot(error))
        return
    for item in files_of(path) if is_folder else (path,):
        if isinstance(item, Skipped):
            yield item
        else:
            yield from _read(item, item.suffix, columns)


def _fetched(
    address: str, columns: ColumnMap | None, fetch: Callable[[str], Capture] | None
) -> Iterator[Row | Skipped]:
    origin = printable(address)
    if fetch is None:
        yield Skipped(origin, "addresses are not fetched here")
        return
    try:
        capture = fetch(address)
    except InputError as error:
        yield Skipped(origin, str(error))
        return
    found = Input(
        origin=origin,
        stream=io.BufferedReader(io.BytesIO(capture.data)),
        media_type=capture.media_type,
        charset=capture.charset,
        url=capture.url,
        retrieved=capture.retrieved,
        columns=columns,
    )
    content = hashlib.sha256(capture.data).hexdigest()
    for item in _contents(found):
        if isinstance(item, Row):
            when = item.retrieved or capture.retrieved
            yield replace(item, retrieved=when, content=item.content or content, versioned=True)
        else:
            yield item


def files_of(folder: Path) -> Iterator[Path | Skipped]:
    """Yield the files of a folder by name, and why others are left alone.

    Links to folders are not followed, so that no walk runs in a circle.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(printable(folder), _cannot(error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if _is_baggage(path):
            yield Skipped(printable(path), "the pictures and scripts of a saved page")
        elif entry.is_dir(follow_symlinks=False):
            yield from files_of(path)
        elif entry.is_symlink() and entry.is_dir():
            yield Skipped(printable(path), "a link to a folder, not followed")
        elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
            yield Skipped(printable(path), "not a file")  # reading a pipe or a device could wait for ever
        else:
            yield path


def _is_baggage(path: Path) -> bool:
    """Return whether a browser saved this folder beside a page, with all that the page shows."""
    page = path.name.removesuffix("_files")
    return page != path.name and path.is_dir() and any(path.with_name(page + end).exists() for end in (".html", ".htm"))


def _read(source: str | Path, suffix: str, columns: ColumnMap | None) -> Iterator[Row | Skipped]:
    origin = printable(source)
    try:
        with _opened(source) as stream:
            kind = printable(suffix.lower())
            yield from _contents(Input(origin=origin, stream=stream, suffix=kind, columns=columns))
    except InputError as error:
        yield Skipped(origin, str(error))
    except OSError as error:
        yield Skipped(origin, _cannot(error))


def _contents(source: Input) -> Iterator[Row | Skipped]:
    """Yield what an input holds; what fails in the middle keeps what came before."""
    nothing = True
    try:
        for item in reader_of(source)(source):
            nothing = False
            if not isinstance(item, Input):
                yield item
            elif source.inside >= _MAX_INSIDE:
                yield Skipped(item.origin, f"inside of {_MAX_INSIDE} archives; deeper ones are not opened")
            else:
                yield from _contents(replace(item, inside=source.inside + 1, columns=source.columns))
        if nothing:
            yield Skipped(source.origin, "empty: nothing in it that could be a report")
    except InputError as error:
        yield Skipped(source.origin, str(error))
    except OSError as error:
        yield Skipped(source.origin, _cannot(error))
    except Exception as error:  # noqa: BLE001 - what strangers' bytes do to a library is theirs to tell, not to end us
        yield Skipped(source.origin, f"cannot be read: {type(error).__name__}: {shown(str(error))}")


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


def _cannot(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
