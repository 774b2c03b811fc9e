"""The formats that are read: which reader an input is given to, by its first bytes, its type and its name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.compressed import read_bzip2, read_gzip, read_xz
from marsad.intake.decode import binary_kind, decode
from marsad.intake.items import MAX_BYTES, Input, Reader, Row
from marsad.intake.jsonlines import read_lines
from marsad.intake.jsonrows import read_document
from marsad.intake.parquet import read_parquet
from marsad.intake.plain import read_plain
from marsad.intake.tables import read_table
from marsad.intake.tars import read_tar
from marsad.intake.warc import read_warc
from marsad.intake.zips import read_wacz, read_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marsad.intake.items import Skipped

_HTML = re.compile(rb"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)
_MAGIC = {
    b"PK\x03\x04": ".zip",
    b"PK\x05\x06": ".zip",
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ": ".xz",
    b"PAR1": ".parquet",
    b"WARC/": ".warc",
}
_NO_HTML = "HTML is not read yet; save the text"


def reader_of(one: Input) -> Reader:
    """Return the reader for an input; raise InputError with the reason where there is none."""
    head = one.stream.peek(4096)
    suffix = MEDIA_TYPES.get(one.media_type or "", one.suffix)
    if packed := suffix if suffix in BINARY else _packed(head) if not suffix else None:
        return BINARY[packed]
    if kind := binary_kind(head):
        raise InputError(f"not text: {kind}")
    if suffix in {".html", ".htm", ".xhtml"} or _HTML.match(head):
        raise InputError(_NO_HTML)
    if suffix and suffix not in FORMATS:
        raise InputError(f"files of type '{suffix}' are not read")
    return FORMATS[suffix or _sniffed(head, one)]


def whole(data_of: Input) -> bytes:
    """Return all bytes of an input; raise InputError where they are too many."""
    data = data_of.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"too long: more than {MAX_BYTES:,} bytes")
    return data


def _packed(head: bytes) -> str | None:
    """Return the suffix of the archive that an input without one is, by its first bytes; None where it is none."""
    if head[257:262] == b"ustar":
        return ".tar"
    return next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), None)


def _sniffed(head: bytes, one: Input) -> str:
    """Return the suffix that an input without one would have, by its first characters."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"[") and start[1:].lstrip()[:1] in {b"{", b"]"}:
        return ".json"
    if start.startswith(b"{"):
        return ".json" if start.split(b"\n", 1)[0].strip() == b"{" else ".jsonl"
    return ".csv" if one.columns else ".txt"  # who tells columns gives a table


def _of_text(read: Callable[[str, Input], Iterator[Row | Skipped]]) -> Reader:
    """Return a reader that gives `read` the whole decoded text."""

    def reader(source: Input) -> Iterator[Row | Skipped | Input]:
        data = whole(source)
        text = decode(data)
        if not text.strip():
            raise InputError("empty")
        content = hashlib.sha256(data).hexdigest()
        for item in read(text, source):
            if isinstance(item, Row):
                found = item.retrieved or source.retrieved
                yield replace(
                    item, content=content, retrieved=found, versioned=item.versioned or source.url is not None
                )
            else:
                yield item

    return reader


_JSON, _PLAIN = _of_text(read_document), _of_text(read_plain)

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".json": _JSON,
        ".csv": read_table,
        ".tsv": read_table,
        ".jsonl": read_lines,
        ".ndjson": read_lines,
        ".txt": _PLAIN,
        ".text": _PLAIN,
        ".md": _PLAIN,
        ".markdown": _PLAIN,
    }
)
"""The reader of every file type that is text, by suffix."""

BINARY: Mapping[str, Reader] = MappingProxyType(
    {
        ".bz2": read_bzip2,
        ".gz": read_gzip,
        ".kmz": read_zip,
        ".parquet": read_parquet,
        ".tar": read_tar,
        ".tbz2": read_bzip2,
        ".tgz": read_gzip,
        ".txz": read_xz,
        ".wacz": read_wacz,
        ".warc": read_warc,
        ".xz": read_xz,
        ".zip": read_zip,
    }
)
"""The reader of every file type that is not, by suffix."""

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "application/gzip": ".gz",
        "application/json": ".json",
        "application/vnd.apache.parquet": ".parquet",
        "application/warc": ".warc",
        "application/wacz": ".wacz",
        "application/x-bzip2": ".bz2",
        "application/x-gzip": ".gz",
        "application/x-tar": ".tar",
        "application/x-xz": ".xz",
        "application/zip": ".zip",
        "text/csv": ".csv",
        "text/tab-separated-values": ".tsv",
        "application/x-ndjson": ".jsonl",
        "text/markdown": ".md",
        "text/plain": ".txt",
    }
)
"""The suffix that stands for a media type; other types go by the name of the input."""
