"""Pages that a browser saved as one file with their pictures (MHTML, RFC 2557)."""

from __future__ import annotations

import base64
import binascii
import io
import quopri
import re
from datetime import UTC
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.items import Input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import Message

_MAX_HEAD = 8_192
_MAX_PARTS = 500
_BLANK = re.compile(rb"\r?\n\r?\n")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read_saved(data: bytes, source: Input) -> Iterator[Input]:
    """Yield the first page of a saved file; raise InputError where it has none.

    The file is cut at its boundary, not parsed as mail: parsers of mail take minutes over what strangers make of it.
    """
    head, at = _head(data)
    parts = [(head, data[at:])] if head.get_content_type() in _PAGES else []
    mark = b"--" + (head.get_boundary() or "").encode("ascii", "ignore")
    if len(mark) > 2:
        for piece in data[at:].split(mark, _MAX_PARTS)[1:]:
            part = piece.lstrip(b"\r\n")
            inner, start = _head(part)
            parts.append((inner, part[start:]))
    for inner, body in parts:
        if inner.get_content_type() in _PAGES:
            url = inner.get("Content-Location") or head.get("Snapshot-Content-Location")
            yield Input(
                origin=source.origin,
                stream=io.BufferedReader(io.BytesIO(_decoded(inner, body))),
                suffix=".html",
                charset=inner.get_content_charset(),
                url=str(url).strip() if url else None,
                retrieved=_date(head),
            )
            return
    raise InputError("no page in it")


def _head(data: bytes) -> tuple[Message, int]:
    """Return the headers that data begins with, and where what they are about begins."""
    match = _BLANK.search(data, 0, _MAX_HEAD)
    end = match.end() if match else 0
    return BytesHeaderParser().parsebytes(data[:end]), end


def _decoded(head: Message, body: bytes) -> bytes:
    encoding = str(head.get("Content-Transfer-Encoding") or "").strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    try:
        return base64.b64decode(body) if encoding == "base64" else body
    except binascii.Error:
        return b""


def _date(head: Message) -> datetime | None:
    """Return when the file was saved, None where it does not say so."""
    try:
        moment = parsedate_to_datetime(str(head.get("Date") or ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # `-0000`, which browsers write
