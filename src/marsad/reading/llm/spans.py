"""Words that a model quotes, found in the text: the span is always the text's, however the quotation is typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from marsad.reading.llm.pieces import Paragraph

_ALIKE = {
    **dict.fromkeys('"“”„‟«»″', '"'),
    **dict.fromkeys("'‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("-‐‑‒–—―−", "-"),
}
_LEFT_OUT = frozenset({"Cf", "Cc", "Mn"})  # marks of direction, joiners, vowel signs and accents
_TATWEEL = "ـ"
_AROUND = " \"'.…"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as quotations are compared, and for each of its characters the index of the one that it comes from."""

    text: str
    origin: tuple[int, ...]


@dataclass
class Quotes:
    """Finds quoted words in the paragraphs of one text; no quotation reaches over the end of a paragraph."""

    text: str
    paragraphs: Sequence[Paragraph]
    _plain: dict[int, Plain] = field(default_factory=dict)

    def nearest(self, words: str, at: int, within: Collection[int] | None = None) -> tuple[int, int] | None:
        """Return the span of the words that is nearest to an offset, None where they do not stand in the text.

        `within` are the numbers of the paragraphs to look in, all if not given.
        """
        sought = plain(words).text.strip(_AROUND)
        if not sought:
            return None
        spans = [
            span for one in self.paragraphs if within is None or one.number in within for span in self._in(one, sought)
        ]
        return min(spans, key=lambda span: (_apart(span, at), span), default=None)

    def _in(self, paragraph: Paragraph, sought: str) -> Iterator[tuple[int, int]]:
        if paragraph.number not in self._plain:
            self._plain[paragraph.number] = plain(self.text[paragraph.start : paragraph.end])
        kept = self._plain[paragraph.number]
        found = kept.text.find(sought)
        while found >= 0:
            start = paragraph.start + kept.origin[found]
            end = paragraph.start + kept.origin[found + len(sought) - 1] + 1
            if not (_cuts(self.text, start) or _cuts(self.text, end)):
                yield start, end
            found = kept.text.find(sought, found + 1)


def _apart(span: tuple[int, int], at: int) -> int:
    return max(span[0] - at, at - span[1], 0)


def _cuts(text: str, at: int) -> bool:
    """Tell whether a span that begins or ends at an offset would cut a number, or a word of a script with capitals.

    Scripts without them may write words together, or their articles and prepositions with the word.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (before.isdigit() and after.isdigit()) or (_is_cased(before) and _is_cased(after))


def _is_cased(char: str) -> bool:
    return char.lower() != char.upper()


def plain(text: str) -> Plain:
    """Return a text without case, accents and marks of direction, its quotation marks, dashes and white space alike."""
    made: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for one in _alike(char):
            if one == " " and made and made[-1] == " ":
                continue
            made.append(one)
            origin.append(index)
    return Plain("".join(made), tuple(origin))


@lru_cache(maxsize=1 << 12)
def _alike(char: str) -> str:
    if char.isspace():
        return " "
    if char in _ALIKE:
        return _ALIKE[char]
    parts = unicodedata.normalize("NFKD", char).casefold()
    kept = (one for one in parts if one != _TATWEEL and unicodedata.category(one) not in _LEFT_OUT)
    return "".join(" " if one.isspace() else _ALIKE.get(one, one) for one in kept)
