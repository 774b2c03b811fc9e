"""The formats that are read: which reader an input is given to, by its first bytes, its type and its name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.coded import read_kml
from marsad.intake.columns import fixed
from marsad.intake.compressed import read_bzip2, read_gzip, read_xz
from marsad.intake.decode import binary_kind, decode
from marsad.intake.feeds import read_feed, starts_feed
from marsad.intake.items import MAX_BYTES, Input, Reader, Row
from marsad.intake.jsonlines import read_lines
from marsad.intake.jsonrows import read_document
from marsad.intake.mail import read_mail, read_mailbox
from marsad.intake.mhtml import read_saved
from marsad.intake.pages import SUFFIXES, read_page
from marsad.intake.parquet import read_parquet
from marsad.intake.plain import read_plain
from marsad.intake.tables import read_table
from marsad.intake.tars import read_tar
from marsad.intake.telegram import read_export, starts_export
from marsad.intake.warc import read_warc
from marsad.intake.zips import read_wacz, read_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marsad.intake.items import Skipped

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--[^<>]{0,500}-->\s*)?(?:<!doctype html|<html)\b", re.I
)
_MBOX = re.compile(rb"From [^\r\n]{1,200}\r?\n[A-Za-z-]{1,60}:")
_MAGIC = {
    b"PK\x03\x04": ".zip",
    b"PK\x05\x06": ".zip",
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ": ".xz",
    b"PAR1": ".parquet",
    b"WARC/": ".warc",
}


def reader_of(one: Input) -> Reader:
    """Return the reader for an input; raise InputError with the reason where there is none."""
    head = one.stream.peek(4096)
    suffix = MEDIA_TYPES.get(one.media_type or "", one.suffix)
    if packed := suffix if suffix in BINARY else _packed(head) if not suffix else None:
        return BINARY[packed]
    if _HTML.match(head):
        return FORMATS[".html"]
    if (kind := binary_kind(head)) and not (kind == "NUL bytes" and suffix in SUFFIXES):
        raise InputError(f"not text: {kind}")
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
    if start.startswith(b"<") and starts_feed(start):
        return ".xml"
    if _MBOX.match(start):
        return ".mbox"
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


def _of_bytes(read: Callable[[bytes, Input], Iterator[Row | Input]]) -> Reader:
    """Return a reader that gives `read` all bytes, whose encoding it tells itself."""

    def reader(source: Input) -> Iterator[Row | Skipped | Input]:
        for item in read(whole(source), source):
            yield fixed(item, source.columns) if isinstance(item, Row) else item

    return reader


def _json(source: Input) -> Iterator[Row | Skipped | Input]:
    """Read JSON: exports of chats message by message, however long, and anything else whole."""
    yield from read_export(source) if starts_export(source.stream.peek(4096)) else _document(source)


def _feed(source: Input) -> Iterator[Row | Skipped]:
    """Read XML where it is a feed."""
    if not starts_feed(source.stream.peek(4096)):
        raise InputError("XML that is no feed: no <rss>, <feed> or <rdf:RDF> at its start")
    yield from read_feed(source)


_document, _PLAIN = _of_text(read_document), _of_text(read_plain)

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".atom": _feed,
        ".eml": read_mail,
        ".json": _json,
        ".csv": read_table,
        ".tsv": read_table,
        ".jsonl": read_lines,
        ".mbox": read_mailbox,
        ".geojson": _json,
        ".kml": read_kml,
        ".ndjson": read_lines,
        ".rdf": _feed,
        ".rss": _feed,
        ".txt": _PLAIN,
        ".text": _PLAIN,
        ".md": _PLAIN,
        ".markdown": _PLAIN,
        ".xml": _feed,
        **dict.fromkeys(SUFFIXES, _of_bytes(read_page)),
        **dict.fromkeys((".mhtml", ".mht"), _of_bytes(read_saved)),
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
        "application/atom+xml": ".atom",
        "application/feed+json": ".json",
        "application/geo+json": ".geojson",
        "application/gzip": ".gz",
        "application/json": ".json",
        "application/mbox": ".mbox",
        "application/rdf+xml": ".rdf",
        "application/rss+xml": ".rss",
        "application/vnd.apache.parquet": ".parquet",
        "application/vnd.google-earth.kml+xml": ".kml",
        "application/vnd.google-earth.kmz": ".kmz",
        "application/wacz": ".wacz",
        "application/warc": ".warc",
        "application/x-bzip2": ".bz2",
        "application/x-gzip": ".gz",
        "application/x-ndjson": ".jsonl",
        "application/x-tar": ".tar",
        "application/x-xz": ".xz",
        "application/xhtml+xml": ".xhtml",
        "application/xml": ".xml",
        "application/zip": ".zip",
        "message/rfc822": ".eml",
        "multipart/related": ".mhtml",
        "text/csv": ".csv",
        "text/html": ".html",
        "text/tab-separated-values": ".tsv",
        "text/markdown": ".md",
        "text/plain": ".txt",
        "text/xml": ".xml",
    }
)
"""The suffix that stands for a media type; other types go by the name of the input."""
