"""A report in pieces that one request takes: whole paragraphs, with the two before them to understand them by."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE = 2  # paragraphs before those that are read, given along
_LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text that is not blank, or a part of a very long one: its number from 1, and `[start, end)`."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Paragraphs to be read, one at least, and those before them that are given to understand them by."""

    before: tuple[Paragraph, ...]
    asked: tuple[Paragraph, ...]

    def halves(self) -> tuple[Piece, ...]:
        """Return the piece in two, itself where it has one paragraph only."""
        middle = len(self.asked) // 2
        if not middle:
            return (self,)
        first, second = self.asked[:middle], self.asked[middle:]
        return Piece(self.before, first), Piece((*self.before, *first)[-_BEFORE:], second)


def paragraphs(text: str, longest: int) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in order, none longer than `longest` characters."""
    spans = (
        part
        for line in _LINE.finditer(text)
        if line.group().strip()
        for part in _parts(text, line.start(), line.end(), longest)
    )
    return tuple(Paragraph(number, start, end) for number, (start, end) in enumerate(spans, start=1))


def _parts(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    """Cut a line at white space, where there is any, into parts that are short enough."""
    parts = []
    while end - start > longest:
        limit = start + longest
        cut = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
        parts.append((start, cut))
        start = cut
    return [(first, last) for first, last in (*parts, (start, end)) if text[first:last].strip()]


def pieces(found: tuple[Paragraph, ...], longest: int) -> tuple[Piece, ...]:
    """Return paragraphs in pieces, each with as many as stay within `longest` characters, one at least."""
    made: list[Piece] = []
    begin = size = 0
    for index, paragraph in enumerate(found):
        length = paragraph.end - paragraph.start
        if index > begin and size + length > longest:
            made.append(_piece(found, begin, index))
            begin, size = index, 0
        size += length
    return (*made, _piece(found, begin, len(found))) if found else ()


def _piece(found: tuple[Paragraph, ...], begin: int, end: int) -> Piece:
    return Piece(found[max(0, begin - _BEFORE) : begin], found[begin:end])
