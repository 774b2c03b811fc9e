"""Words to word pieces, the units of the encoder: lower-cased, without accents, the longest known piece first."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN, START, STOP, BLANK = "[UNK]", "[CLS]", "[SEP]", "[PAD]"
_LONGEST_WORD = 60


@dataclass
class Pieces:
    """A vocabulary of word pieces; the pieces of a word are kept once found."""

    vocabulary: Mapping[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, lines: Iterable[str]) -> Pieces:
        """Read a vocabulary of one piece a line, numbered from 0."""
        return cls({line.rstrip("\n"): number for number, line in enumerate(lines)})

    def of(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word; at least one."""
        found = self._known.get(word)
        if found is None:
            parts = [piece for part in _parts(word) for piece in self._cut(part)]
            found = self._known[word] = tuple(parts) or (self.vocabulary[UNKNOWN],)
        return found

    def _cut(self, part: str) -> list[int]:
        """Return a part without marks as pieces, unknown as a whole where a rest of it is none."""
        pieces: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if mark + part[start:end] in self.vocabulary), None)
            if end is None or len(part) > _LONGEST_WORD:
                return [self.vocabulary[UNKNOWN]]
            pieces.append(self.vocabulary[mark + part[start:end]])
            start = end
        return pieces


def _parts(word: str) -> list[str]:
    """Return a word in lower case without accents, cut at each mark."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    parts = [""]
    for char in plain:
        if char.isalnum():
            parts[-1] += char
        elif not char.isspace():
            parts += [char, ""]
        else:
            parts.append("")
    return [part for part in parts if part]
