"""Paragraphs, sentences and quotations of a report, as offsets into its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Full stops and their like in the scripts of the press; what may close and open beside them.
_STOPS = ".!?…؟۔।。！？"
_BREAK = re.compile(rf"(?<=[{_STOPS}])[\"”“’»')\]]*\s+(?=[\"“„‘«'(\[]?(?P<first>\w))")
_WORD_BEFORE = re.compile(r"([^\W\d_](?:[^\W\d_]|\.)*)\.[\"”’»')\]]*\s*$")
_TERMINAL = re.compile(rf"[{_STOPS}][\"”“’»')\]]*\s*$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ITEM = re.compile(r"\s*(?:\d{1,2}\.\s+|\d{1,2}:\d{2}(?:\s+[A-Z]{2,5})?\s+[-–—]\s+)")
_OPENING, _CLOSING = "“«„", "”»"
# What closes what was opened low: „so“.
_LOW, _HIGH = "„", "“"
_HEADING_WORDS = 14
# The parser takes time and memory with the length of a sentence; what is longer is no sentence of prose.
_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence `[start, end)` of paragraph number `paragraph`; `heading` for a line that only heads an entry."""

    start: int
    end: int
    paragraph: int
    heading: bool


def cut(
    text: str, abbreviations: frozenset[str], start: int = 0, end: int | None = None, paragraph: int = 0
) -> Iterator[Sentence]:
    """Yield the sentences of `text[start:end]` in order, without the blank space around them.

    `paragraph` is the number of the first paragraph.
    """
    number = paragraph - 1
    blank = True
    for line in re.finditer(r"[^\n]*\n?", text[start:end]):
        content = line.group()
        if not content.strip():
            blank = True
            continue
        number += blank or True
        blank = False
        begin, stop = start + line.start(), start + line.start() + len(content.rstrip())
        begin += len(content) - len(content.lstrip())
        item = _ITEM.match(text, begin, stop)
        if item is not None:
            begin = item.end()
        heading = _is_heading(text, begin, stop, entry=item is not None)
        for a, b in _sentences(text, begin, stop, abbreviations):
            for first, last in _pieces(text, a, b):
                yield Sentence(first, last, number, heading)


def _is_heading(text: str, start: int, end: int, *, entry: bool) -> bool:
    """Tell a short line that is no sentence; after a colon a list may follow, but not in the head of a log's entry."""
    line = text[start:end]
    return not _TERMINAL.search(line) and len(line.split()) <= _HEADING_WORDS and (entry or ":" not in line)


def _sentences(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _BREAK.finditer(text, start, end):
        before = _WORD_BEFORE.search(text, begin, match.end())
        word = before[1].lower() if before else ""
        initials = before is not None and _INITIALS.fullmatch(before[1]) and before[1] == before[1].upper()
        if match["first"].islower() or word in abbreviations or initials:
            continue
        close = match.start()
        while close < match.end() and not text[close].isspace():
            close += 1
        yield begin, close
        begin = match.end()
    if begin < end:
        yield begin, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence in pieces that the parser can take, cut at white space where there is any."""
    while end - start > _LONGEST:
        limit = start + _LONGEST
        space = next((i for i in range(limit, start, -1) if text[i].isspace()), limit)
        stop = space
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield start, stop
        start = space
        while text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans inside double quotation marks; a mark left open closes at the end of its line."""
    spans: list[tuple[int, int]] = []
    open_at: int | None = None
    for index, char in enumerate(text):
        if char == "\n" and open_at is not None:
            spans.append((open_at, index))
            open_at = None
        elif char == '"':
            if open_at is None:
                open_at = index + 1
            else:
                spans.append((open_at, index))
                open_at = None
        elif char in _OPENING and open_at is None:
            open_at = index + 1
        elif open_at is not None and (char in _CLOSING or (char == _HIGH and text[open_at - 1] == _LOW)):
            spans.append((open_at, index))
            open_at = None
    if open_at is not None:
        spans.append((open_at, len(text)))
    return tuple(spans)
