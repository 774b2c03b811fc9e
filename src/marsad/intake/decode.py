"""Bytes to text: byte order marks, UTF-8, else the best guess; binary data is refused."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from marsad.errors import InputError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"OggS", "an Ogg media file"),
    (b"ID3", "an MP3 file"),
    (b"{\\rtf", "a rich text document"),
)
_BEGINNINGS = tuple(magic for magic, _ in _MAGIC)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
"""Encodings that Python knows and that nobody writes texts in."""

_FEW = 0.02
"""The share of control characters that text may hold."""

_GUESSED = 64 * 1024  # bytes by which an encoding is guessed


def marked_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte order mark at the start names, None where there is none."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def binary_kind(head: bytes) -> str | None:
    """Return what kind of binary data `head`, the first bytes of an input, shows; None where it may be text."""
    if head.startswith(_BEGINNINGS):
        return next(kind for magic, kind in _MAGIC if head.startswith(magic))
    return "NUL bytes" if b"\0" in head and marked_encoding(head) is None else None


def decode(data: bytes) -> str:
    """Return `data` as text without its byte order mark; raise InputError where it is not text.

    Data that is UTF-8 but for a few bytes keeps U+FFFD in their place; other encodings are guessed.
    """
    if kind := binary_kind(data):
        raise InputError(f"not text: {kind}")
    marked = marked_encoding(data)
    try:
        text = data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked not in (None, "utf-8-sig"):
            raise InputError(f"not text: marked as {marked.upper() if marked else ''}, but is not") from error
        text = _mostly_utf8(data) or _guessed(data)
    if reason := not_text(text):
        raise InputError(reason)
    return text


def decode_as(data: bytes, charset: str | None) -> str:
    """Return `data` as text by the encoding that its sender names, else as `decode` does; raise InputError likewise.

    A name that is not known or that does not fit is not believed.
    """
    try:
        name = codecs.lookup(charset or "").name
        if name not in _NO_CHARSETS:
            return data.decode(name).removeprefix("\ufeff")
    except (LookupError, ValueError):
        pass
    return decode(data)


def encoding_of(head: bytes) -> str:
    """Return the encoding of text that begins with `head`, for input that is not held whole; raise InputError if none.

    It is UTF-8 where `head` is, but for a few bytes and for a character that its end cuts.
    """
    if marked := marked_encoding(head):
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        if _mostly_utf8(head) is None:
            best = from_bytes(head[:_GUESSED]).best()
            if best is None:
                raise InputError("not text: its encoding cannot be told") from None
            return best.encoding
    return "utf-8"


def not_text(text: str) -> str | None:
    """Return why `text` cannot be a report's text or a field of one, None where it can.

    A lone surrogate or a NUL cannot be stored; a text full of control characters is something else in disguise.
    """
    if (at := text.find("\0")) >= 0:
        return f"not text: NUL character at {at}"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"not text: lone surrogate at character {error.start}"
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _FEW * len(text):
        return f"not text: {controls:,} control characters among {len(text):,}"
    return None


def _mostly_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", "replace")
    bad = text.count("�")
    beyond_ascii = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    # Cut sequences leave more good characters than bad ones; another encoding leaves hardly any good ones.
    return text.removeprefix("\ufeff") if beyond_ascii >= 2 * bad else None


def _guessed(data: bytes) -> str:
    best = from_bytes(data).best()
    if best is None:
        raise InputError("not text: its encoding cannot be told")
    return str(best)
