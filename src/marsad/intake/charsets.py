"""The text of a page: its encoding by mark, by what fits, by what is declared, by language, and else by a guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from marsad.errors import InputError
from marsad.intake.decode import binary_kind, marked_encoding

_HEAD = 4096
_SAMPLE = 65_536
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z][\w.:-]{1,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""<html\b[^<>]{0,2000}?\blang\s{0,9}=\s{0,9}["']?([A-Za-z]{2,3})\b""", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_FOREIGN_RUN = re.compile("[À-ÿ]{4}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LATIN = frozenset({"cp1250", "cp1254", "cp1257", "cp1258"})
_MUCH = 0.1
_GARBLED = 0.01

# Names that pages use for wider encodings, as browsers read them (https://encoding.spec.whatwg.org/#names-and-labels).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",  # whoever could read the declaration has read no UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# What pages of a language are written in where they do not say it.
_BY_LANGUAGE = {
    **dict.fromkeys(("ar", "fa", "ur", "ku"), ("cp1256", "iso8859-6")),
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk"), ("cp1251", "koi8-r")),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("cp1250",)),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "az": ("cp1254",),
    "he": ("cp1255",),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "zh": ("gb18030", "big5"),
}
_KNOWN = sorted({one for some in _BY_LANGUAGE.values() for one in some} | {"cp1252", "cp1257", "cp1258", "utf_8"})


def page_text(data: bytes, charset: str | None) -> str:
    """Return the text of a page; `charset` is what its server says. Raises InputError where it is not text.

    Bytes that are UTF-8 are read as such whatever is declared, since no other encoding looks like it by chance. A
    declared encoding that would give words full of accents is wrong, and is passed over. Bytes that stay unreadable
    become U+FFFD.
    """
    if (kind := binary_kind(data)) and kind != "NUL bytes":
        raise InputError(f"not text: {kind}")
    if encoding := marked_encoding(data) or _wide(data):
        return data.decode(encoding, "replace")
    declared = _declared(data, charset)
    if data.isascii():
        stateful = next((name for name in declared if name.startswith("iso2022")), "ascii")
        return data.decode(stateful, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in (*declared, *_by_language(data)):
        text = data.decode(name, "replace")
        if text.count("\ufffd") <= _GARBLED * _beyond_ascii(data) and not _implausible(text):
            return text
    return data.decode("utf-8", "replace") if "utf-8" in declared and _mostly(data) else _guessed(data)


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 has no byte order mark, told by the NULs between its ASCII letters; None where none."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head) or min(even, odd) * 5 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(data: bytes, charset: str | None) -> tuple[str, ...]:
    """Return the encodings that the server and the page name, as Python calls them, unknown ones left out."""
    names = [charset or "", *(match[1].decode("ascii") for match in _DECLARED.finditer(data[:_HEAD]))]
    found: dict[str, None] = {}
    for name in names:
        try:
            codec = codecs.lookup(name.strip().lower().replace("x-sjis", "shift_jis"))
        except (LookupError, ValueError):
            continue
        if codec._is_text_encoding and codec.name not in {"utf-7", "idna", "punycode"}:
            found[_WIDER.get(codec.name, codec.name)] = None
    return tuple(found)


def _by_language(data: bytes) -> tuple[str, ...]:
    match = _LANGUAGE.search(data[:_HEAD])
    return _BY_LANGUAGE.get(match[1].decode("ascii").lower(), ()) if match else ()


def _implausible(text: str) -> bool:
    """Return whether many words hold four accented letters in a row, as no language of the Latin script has."""
    sample = text[:_SAMPLE]
    return sum(1 for _ in _FOREIGN_RUN.finditer(sample)) > _MUCH * sum(1 for _ in _WORD.finditer(sample))


def _mostly(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text)) >= 2 * text.count("\ufffd")


def _beyond_ascii(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(128, 256))))


def _guessed(data: bytes) -> str:
    """Return the text by a guess from its words alone, the markup left out; damaged UTF-8 counts as UTF-8."""
    if _mostly(data):
        return data.decode("utf-8", "replace")
    first = match.start() if (match := _BEYOND_ASCII.search(data, data.find(b"<body") + 1)) else 0
    words = b" ".join(_TAG.sub(b" ", data[max(0, first - 100) : first + 20 * _SAMPLE]).split())
    best = from_bytes(words[:_SAMPLE], cp_isolation=_KNOWN).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode("cp1252" if encoding in _LATIN and _reads_western(words[:_SAMPLE]) else encoding, "replace")


def _reads_western(words: bytes) -> bool:
    """Return whether nearly all bytes beyond ASCII are letters or quotation marks in the encoding of Western Europe."""
    beyond = [one for one in words.decode("cp1252", "replace") if one > "\x7f"]
    return sum(1 for one in beyond if one.isalpha() or one in "\u00a0‘’“”«»–—…€") >= (1 - _MUCH) * len(beyond)
