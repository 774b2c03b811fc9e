"""The formats that are read: which reader an input is given to, by its first bytes, its type and its name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.coded import read_kml, read_kmz
from marsad.intake.coded.csvs import read_csv
from marsad.intake.decode import binary_kind, decode
from marsad.intake.items import MAX_BYTES, Input, Reader, Row
from marsad.intake.jsonlines import read_lines
from marsad.intake.jsonrows import read_document
from marsad.intake.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marsad.intake.items import Skipped

_HTML = re.compile(rb"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)
_KMZ = "application/vnd.google-earth.kmz"
_NO_HTML = "HTML is not read yet; save the text"


def reader_of(one: Input) -> Reader:
    """Return the reader for an input; raise InputError with the reason where there is none."""
    head = one.stream.peek(4096)
    if one.suffix == ".kmz" or one.media_type == _KMZ:
        return read_kmz
    if kind := binary_kind(head):
        raise InputError(f"not text: {kind}")
    suffix = MEDIA_TYPES.get(one.media_type or "", one.suffix)
    if suffix in {".html", ".htm", ".xhtml"} or _HTML.match(head):
        raise InputError(_NO_HTML)
    if suffix and suffix not in FORMATS:
        raise InputError(f"files of type '{suffix}' are not read; known: {', '.join(sorted(FORMATS))}")
    return FORMATS[suffix] if suffix else FORMATS[_sniffed(head)]


def whole(data_of: Input) -> bytes:
    """Return all bytes of an input; raise InputError where they are too many."""
    data = data_of.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"too long: more than {MAX_BYTES:,} bytes")
    return data


def _sniffed(head: bytes) -> str:
    """Return the suffix that an input without one would have, by its first characters."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"[") and start[1:].lstrip()[:1] in {b"{", b"]"}:
        return ".json"
    if start.startswith(b"{"):
        return ".json" if start.split(b"\n", 1)[0].strip() == b"{" else ".jsonl"
    return ".txt"


def _of_text(read: Callable[[str, Input], Iterator[Row | Skipped]]) -> Reader:
    """Return a reader that gives `read` the whole decoded text."""

    def reader(source: Input) -> Iterator[Row | Skipped | Input]:
        data = whole(source)
        text = decode(data)
        if not text.strip():
            raise InputError("empty")
        content = hashlib.sha256(data).hexdigest()
        for item in read(text, source):
            yield replace(item, content=content) if isinstance(item, Row) else item

    return reader


_JSON, _PLAIN = _of_text(read_document), _of_text(read_plain)

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".csv": read_csv,
        ".geojson": _JSON,
        ".json": _JSON,
        ".jsonl": read_lines,
        ".kml": read_kml,
        ".kmz": read_kmz,
        ".ndjson": read_lines,
        ".txt": _PLAIN,
        ".text": _PLAIN,
        ".md": _PLAIN,
        ".markdown": _PLAIN,
    }
)
"""The reader of every file type, by suffix."""

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "application/geo+json": ".geojson",
        "application/json": ".json",
        "application/vnd.google-earth.kml+xml": ".kml",
        "application/x-ndjson": ".jsonl",
        "text/csv": ".csv",
        "text/markdown": ".md",
        "text/plain": ".txt",
    }
)
"""The suffix that stands for a media type; other types go by the name of the input."""
