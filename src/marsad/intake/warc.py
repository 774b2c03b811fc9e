"""WARC: what crawlers of the web keep. Every page that was fetched is an input, with its address and its instant.

The frame of the records is parsed here, so that no header and no length in it can make the reader hold much.
"""

from __future__ import annotations

import http.client
import io
import re
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.items import MAX_BYTES, Input, Skipped, shown, too_long
from marsad.intake.unpacking import Allowance, PassedOver, broken, member_origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_MAX_LINE = 8 * 1024
_PIECE = 64 * 1024
_MAX_CODINGS = 3
_PAGES = {"response", "resource", "conversion"}
_SILENT = {"warcinfo", "request", "metadata"}
_NO_PAGES = "records are no pages"
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_ASSETS = re.compile(
    r"(?:image|audio|video|font)/|text/(?:css|javascript|ecmascript)$"
    r"|application/(?:x-)?(?:javascript|ecmascript|font[\w-]*|wasm|vnd\.apple\.mpegurl|mpegurl|ocsp-response)$"
)


def read_warc(source: Input) -> Iterator[Input | Skipped]:
    """Yield the pages of a WARC file in its order, reasons against those that cannot be had, a count of the rest."""
    allowance, passed = source.allowance or Allowance(), PassedOver()
    for header, block in _records(source.stream):
        if source.allowance is None:
            allowance.packed += block.left
        kind = _value(header, "WARC-Type").lower()
        if kind in _SILENT:
            continue
        address = _value(header, "WARC-Target-URI").strip("<>")
        origin = member_origin(source, address)
        try:
            page = _page(header, block, kind, address, allowance)
        except InputError as error:
            allowance.check()
            yield Skipped(origin, str(error))
            continue
        if isinstance(page, str):
            passed.counts[page] += 1
            continue
        allowance.open_member()
        data, media_type, charset = page
        yield Input(
            origin=origin,
            stream=io.BufferedReader(io.BytesIO(data)),
            media_type=media_type,
            charset=charset,
            url=address,
            retrieved=_instant(_value(header, "WARC-Date")),
            allowance=allowance,
        )
    yield from passed.line(source.origin, _NO_PAGES)


class _Block:
    """The bytes of one record."""

    def __init__(self, stream: io.BufferedReader, length: int) -> None:
        self._stream = stream
        self.left = length

    def readline(self, limit: int = _MAX_LINE) -> bytes:
        """Return a line, or as much of it as `limit`."""
        return self._count(self._stream.readline(min(limit, self.left)))

    def read(self) -> bytes:
        """Return all that is left; raise InputError where that is too much, or not there."""
        if self.left > MAX_BYTES:
            raise InputError(too_long(self.left, "bytes", MAX_BYTES))
        wanted = self.left
        data = self._count(self._stream.read(wanted))
        if len(data) < wanted:
            raise InputError("cut short: the archive ends in the middle of the record")
        return data

    def skip(self) -> None:
        """Run past what is left; raise InputError where the archive ends before."""
        while self.left:
            if not self._count(self._stream.read(min(self.left, _PIECE))):
                raise InputError("cut short: the archive ends in the middle of a record")

    def _count(self, data: bytes) -> bytes:
        self.left -= len(data)
        return data


def _records(stream: io.BufferedReader) -> Iterator[tuple[Message, _Block]]:
    """Yield the header of each record, and its bytes; raise InputError where no record follows."""
    number = 0
    while line := stream.readline(_MAX_LINE):
        if not line.strip():
            continue
        number += 1
        if not line.startswith(b"WARC/"):
            raise InputError(f"no WARC record where the one of number {number:,} should be; the rest is not read")
        header = _header(stream)
        length = _value(header, "Content-Length")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            raise InputError(f"record {number:,} does not tell its length; the rest is not read")
        block = _Block(stream, int(length))
        yield header, block
        block.skip()


def _page(
    header: Message, block: _Block, kind: str, address: str, allowance: Allowance
) -> tuple[bytes, str | None, str | None] | str:
    """Return a page's bytes, media type and charset, or the word under which a record that is none is counted.

    Raises InputError where it is a page that cannot be had.
    """
    if kind not in _PAGES:
        return kind if kind.isalpha() and len(kind) < 20 else "of unknown type"
    if not re.match(r"https?://", address, re.IGNORECASE):
        return "not of the web"
    if kind != "response":
        media_type, charset = _media(_value(header, "Content-Type"))
        return media_type if media_type and _ASSETS.match(media_type) else (block.read(), media_type, charset)
    status = _STATUS.match(block.readline())
    if status is None:
        raise InputError("no answer of a server")
    if status[1] != b"200":
        return f"status {status[1].decode()}"
    answer = _header(block)
    media_type, charset = _media(_value(answer, "Content-Type"))
    if media_type and _ASSETS.match(media_type):
        return media_type
    data = block.read()
    if "chunked" in _value(answer, "Transfer-Encoding").lower():
        data = _joined(data)
    for coding in reversed(_value(answer, "Content-Encoding").lower().split(",")[:_MAX_CODINGS]):
        if (unpacked := _decoded(data, coding.strip())) is not data:
            allowance.spend(len(unpacked))
            data = unpacked
    return data, media_type, charset


def _header(stream: io.BufferedReader | _Block) -> Message:
    """Return the fields that come next in a stream, up to the blank line; raise InputError where they have no end."""
    try:
        return http.client.parse_headers(stream)  # no more than a hundred, and none without end
    except (http.client.HTTPException, ValueError) as error:
        raise InputError(f"a header that cannot be read: {shown(str(error))}") from error


def _value(header: Message, name: str) -> str:
    """Return a field on one line, empty where it is missing; addresses may hold letters of any script."""
    words = " ".join(str(header.get(name) or "").split())
    try:
        return words.encode("latin-1").decode()
    except UnicodeError:
        return words


def _media(words: str) -> tuple[str | None, str | None]:
    """Return the media type and the charset of a Content-Type."""
    kind, _, parameters = words.partition(";")
    charset = _CHARSET.search(parameters[:200])
    return kind.strip().lower() or None, charset[1] if charset else None


def _instant(words: str) -> datetime | None:
    """Return the instant of a WARC-Date, which is UTC, None where it is none."""
    try:
        when = datetime.fromisoformat(words)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _joined(data: bytes) -> bytes:
    """Return a body without the marks of its chunks; as it is where it has none, as crawlers take them out."""
    pieces: list[bytes] = []
    at = 0
    while (end := data.find(b"\r\n", at, at + 64)) >= 0:
        digits = data[at:end].partition(b";")[0].strip()
        if not digits or digits.strip(b"0123456789abcdefABCDEF"):
            return data
        size = int(digits, 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return data if not pieces else b"".join(pieces)


def _decoded(data: bytes, coding: str) -> bytes:
    """Return a body unpacked; as it is where it is not packed, as crawlers unpack it and keep the header."""
    if coding in {"", "identity"}:
        return data
    if coding in {"gzip", "x-gzip"}:
        return _inflated(data, 16 + zlib.MAX_WBITS) if data.startswith(b"\x1f\x8b") else data
    if coding == "deflate":  # some servers leave out the two bytes that should begin it
        return _inflated(data, zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS)
    raise InputError(f"packed as {shown(coding)}, which is not read")


def _inflated(data: bytes, bits: int) -> bytes:
    unpacking = zlib.decompressobj(bits)
    try:
        found = unpacking.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise InputError(broken(error)) from error
    if len(found) > MAX_BYTES:
        raise InputError(f"too long: more than {MAX_BYTES:,} bytes")
    if not unpacking.eof:
        raise InputError("cut short: its packed body has no end")
    return found
