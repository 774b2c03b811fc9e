"""The formats that are read: which reader an input is given to, by its first bytes, its type and its name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.decode import binary_kind, decode
from marsad.intake.items import MAX_BYTES, Input, Reader, Row
from marsad.intake.jsonlines import read_lines
from marsad.intake.jsonrows import read_document
from marsad.intake.mhtml import read_saved
from marsad.intake.pages import SUFFIXES, read_page
from marsad.intake.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marsad.intake.items import Skipped

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--[^<>]{0,500}-->\s*)?(?:<!doctype html|<html)\b", re.I
)


def reader_of(one: Input) -> Reader:
    """Return the reader for an input; raise InputError with the reason where there is none."""
    head = one.stream.peek(4096)
    suffix = MEDIA_TYPES.get(one.media_type or "", one.suffix)
    if _HTML.match(head):
        return FORMATS[".html"]
    if (kind := binary_kind(head)) and not (kind == "NUL bytes" and suffix in SUFFIXES):
        raise InputError(f"not text: {kind}")
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


def _of_bytes(read: Callable[[bytes, Input], Iterator[Row | Input]]) -> Reader:
    """Return a reader that gives `read` all bytes, whose encoding it tells itself."""

    def reader(source: Input) -> Iterator[Row | Skipped | Input]:
        yield from read(whole(source), source)

    return reader


_JSON, _PLAIN = _of_text(read_document), _of_text(read_plain)

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".json": _JSON,
        ".jsonl": read_lines,
        ".ndjson": read_lines,
        ".txt": _PLAIN,
        ".text": _PLAIN,
        ".md": _PLAIN,
        ".markdown": _PLAIN,
        **dict.fromkeys(SUFFIXES, _of_bytes(read_page)),
        **dict.fromkeys((".mhtml", ".mht"), _of_bytes(read_saved)),
    }
)
"""The reader of every file type, by suffix."""

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "application/json": ".json",
        "application/x-ndjson": ".jsonl",
        "application/xhtml+xml": ".xhtml",
        "multipart/related": ".mhtml",
        "text/html": ".html",
        "text/markdown": ".md",
        "text/plain": ".txt",
    }
)
"""The suffix that stands for a media type; other types go by the name of the input."""
