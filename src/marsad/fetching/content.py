"""The content of an answer: unpacked within bounds, and of the type that it says."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from marsad.fetching.errors import FetchError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.fetching.rules import Limits

_FREE = 1_000_000  # bytes from which on the ratio is looked at: small texts of one letter are no bombs
_AT_ONCE = 256 * 1024
_GZIP = zlib.MAX_WBITS | 16
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # what the MIME Sniffing standard takes for binary data
_DOCUMENTS = (b"%PDF-", b"{\\rtf", b"%!PS-")
_HEAD = 1445  # bytes that browsers look at


def unpacked(chunks: Iterable[bytes], headers: Mapping[str, str], limits: Limits) -> bytes:
    """Return the whole content, unpacked; raise FetchError where it is too large, or packed in a way not asked for."""
    declared = headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > limits.bytes:
        raise _too_large(limits)
    kind = headers.get("content-encoding", "identity").strip().lower()
    if kind not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchError(f"packed as {shown(kind)}, which was not asked for", final=True)
    packed = 0
    data = bytearray()

    def counted() -> Iterator[bytes]:
        nonlocal packed
        for chunk in chunks:
            packed += len(chunk)
            if packed > limits.bytes:
                raise _too_large(limits)
            yield chunk

    try:
        for piece in counted() if kind in {"", "identity"} else _inflated(counted(), kind):
            data += piece
            if len(data) > limits.bytes:
                raise _too_large(limits)
            if len(data) > max(_FREE, limits.ratio * packed):
                raise FetchError(f"unpacks to more than {limits.ratio} times its size", final=True)
    except zlib.error as error:
        raise FetchError(f"not {kind}, as its header says") from error
    return bytes(data)


def _inflated(chunks: Iterable[bytes], kind: str) -> Iterator[bytes]:
    """Yield what packed chunks hold, in pieces of bounded size; whatever follows the end is passed over."""
    engine = None
    start = b""
    for chunk in chunks:
        rest, piece = start + chunk, b"more"
        if engine is None:
            start = rest if len(rest) < 2 else b""  # the first two bytes tell how it is packed
            if start:
                continue
            engine = zlib.decompressobj(_window(kind, rest))
        while (rest or piece) and not engine.eof:
            piece = engine.decompress(rest, _AT_ONCE)
            rest = engine.unconsumed_tail
            if piece:
                yield piece
    if engine is not None and not engine.eof:
        raise FetchError("ended too early")


def _window(kind: str, start: bytes) -> int:
    """Return how zlib is to read: gzip, or deflate with the head that the standard asks for, or without it."""
    if kind != "deflate":
        return _GZIP
    headed = len(start) >= 2 and start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2]) % 31 == 0
    return zlib.MAX_WBITS if headed else -zlib.MAX_WBITS


def typed(data: bytes, headers: Mapping[str, str], types: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return media type and character set as the header has them; raise FetchError where they are not read or not so.

    Without a type, or with the one that only means bytes, both are None and the content speaks for itself.
    """
    header = headers.get("content-type", "")
    kind = header.partition(";")[0].strip().lower()
    charset = match[1].lower() if (match := _CHARSET.search(header)) else None
    if kind in {"", "application/octet-stream"}:
        kind = ""
    elif kind not in types:
        raise FetchError(f"of type {shown(kind)}, which is not read", final=True)
    head = data[:_HEAD]
    wide = (charset or "").startswith(("utf-16", "utf-32")) or head.startswith(_MARKS)
    if head.startswith(_DOCUMENTS) or (not wide and _BINARY.search(head)):
        raise FetchError(f"{f'said to be {kind}' if kind else 'without a type'}, but it is no text", final=True)
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not wide and first and (allowed := types.get(kind)) and first not in allowed.encode():
        raise FetchError(f"said to be {kind}, but it does not begin as such")
    return kind or None, charset


def _too_large(limits: Limits) -> FetchError:
    return FetchError(f"longer than {limits.bytes:,} bytes", final=True)
