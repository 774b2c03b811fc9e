"""Whose words a letter holds: what its sender wrote, apart from what is quoted, signed or passed on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = Path(__file__).with_name("mail.toml")
_SIGNATURE = "-- "  # RFC 3676; two dashes without the space are a dash
_MAX_FOOTER = 30  # lines; what is longer is no signature
_RULE = re.compile(r"_{20,}|-{40,}|={40,}")  # above the footer that a list puts under every message
_ADDRESS = re.compile(r"https?://\S|mailto:\S|\S@\S")
_FIELD = re.compile(r"\s*\*?(?P<name>[^\W\d_][\w \t]{0,30}?)\*?[ \t]*:\*?[ \t]*(?P<value>\S.*)?")
_WRITTEN = re.compile(r"\S@\S|\d:\d\d")
_MAX_INTRODUCTION, _MAX_INTRODUCTION_LINES = 200, 3  # characters and lines that say who wrote what is quoted


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says.

    `own` is what its sender wrote; `passed_on` is a message under it that the sender passes on, None where there is
    none, with `writer`, `date` and `subject` as its header gives them.
    """

    own: str
    passed_on: str | None = None
    writer: str | None = None
    date: str | None = None
    subject: str | None = None


def letter(text: str) -> Letter:
    """Return what a letter says by whom. What may be the sender's own is kept."""
    lines = text.replace("\r\n", "\n").split("\n")
    at, answered = _mark(lines)
    if at is None:
        return Letter(_own(lines))
    if answered:
        return Letter(_own(lines[:at]))
    header, start = _header(lines, at + 1)
    if not header:
        return Letter(_own(lines))
    passed_on = _own(_unquoted(lines[start:]))
    return Letter(_own(lines[:at]), passed_on or None, header.get("from"), header.get("date"), header.get("subject"))


@cache
def _words() -> tuple[frozenset[str], frozenset[str], Mapping[str, str]]:
    file = DataFile(WORDS)
    table = file.table(file.data, "fields")
    fields = {name.lower(): key for key in table for name in file.texts(table, key, "fields")}
    passed_on, answered = (
        frozenset(words.lower() for words in file.texts(file.data, key)) for key in ("forwarded", "answered")
    )
    return passed_on, answered, fields


def _mark(lines: Sequence[str]) -> tuple[int | None, bool]:
    """Return the line above which the sender's words end, and whether what follows was only answered."""
    passed_on, answered, _ = _words()
    for at, line in enumerate(lines):
        words = line.strip(" \t>-_*:").lower()
        if words in passed_on or words in answered:
            return at, words in answered
    return None, False


def _header(lines: Sequence[str], start: int) -> tuple[Mapping[str, str], int]:
    """Return the known fields of the header that begins at a line or after blank ones, and the line after it."""
    _, _, names = _words()
    found: dict[str, str] = {}
    at = start
    while at < len(lines) and at < start + _MAX_FOOTER:
        line = lines[at].lstrip("> \t")
        match = _FIELD.fullmatch(line)
        if match is None and (line or found):
            break
        if match and (name := names.get(match["name"].lower())):
            found.setdefault(name, (match["value"] or "").strip())
        at += 1
    return found, at


def _own(lines: Sequence[str]) -> str:
    kept = list(lines)
    for _ in range(2):  # a list's footer stands under the sender's signature
        kept = _without_footer(kept)
    return "\n".join(_without_quotes(kept)).strip("\n ")


def _without_footer(lines: list[str]) -> list[str]:
    """Cut off a signature, or what a list puts under a message: a rule and lines with an address."""
    for at in range(len(lines) - 1, max(-1, len(lines) - _MAX_FOOTER - 1), -1):
        is_footer = _RULE.fullmatch(lines[at].strip()) and any(map(_ADDRESS.search, lines[at + 1 :]))
        if lines[at] == _SIGNATURE or is_footer:
            return lines[:at]
    return lines


def _without_quotes(lines: list[str]) -> list[str]:
    """Leave quoted lines out, with the line that introduces them; a letter that is nothing else is kept."""
    kept: list[str] = []
    quoting = False
    for line in lines:
        if not line.startswith(">"):
            kept.append(line)
        elif not quoting:
            _drop_introduction(kept)
        quoting = line.startswith(">")
    return kept if any(map(str.strip, kept)) else _unquoted(lines)


def _drop_introduction(kept: list[str]) -> None:
    """Drop the lines that say who wrote what is quoted next: by an address or a time of day, and a colon."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    start = end
    while start and end - start < _MAX_INTRODUCTION_LINES and kept[start - 1].strip():
        start -= 1
    words = " ".join(kept[start:end])
    if words.endswith(":") and len(words) <= _MAX_INTRODUCTION and _WRITTEN.search(words):
        del kept[start:]


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Return lines without the marks of quotation where all that say something have one."""
    if all(line.startswith(">") for line in lines if line.strip()):
        return [line.lstrip("> ") for line in lines]
    return list(lines)
