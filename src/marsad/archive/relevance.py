"""Whether a report can speak of war, by its words alone: asked before anything is parsed, and sooner yes than no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self

from marsad.reading import language_of
from marsad.records import PROSE
from marsad.vocabulary import load_relevance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.records import Report
    from marsad.theatre import Theatre

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Tells which reports can speak of war; a name of one of a theatre's actors counts as a strong word."""

    names: frozenset[frozenset[str]]

    @classmethod
    def of(cls, theatre: Theatre | None) -> Self:
        """Return the filter for a war, or for any."""
        names = theatre.names if theatre is not None else ()
        return cls(names=frozenset(frozenset(_WORD.findall(name.casefold())) for name in names))

    def passes(self, report: Report) -> bool:
        """Tell whether a report is to be read.

        What is coded is, and what is in a language that has no words here: it is listed as unread, not left out.
        """
        if report.form != PROSE:
            return True
        words = frozenset(_WORD.findall(f"{report.title}\n{report.text}".casefold()))
        known = load_relevance()
        if len(words) < known.short:
            return True
        needed = known.enough * min(1.0, len(words) / known.words)
        named = sum(name <= words for name in self.names)
        for strong, weak in _languages().values():
            if known.strong * (strong.among(words) + named) + known.weak * weak.among(words) >= needed:
                return True
        return language_of(report) not in known.languages


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Words, and beginnings of words with the lengths that they have."""

    whole: frozenset[str]
    begin: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, words: Mapping[str, frozenset[str]]) -> Self:
        begin = words["begin"]
        return cls(whole=words["whole"], begin=begin, lengths=tuple(sorted({len(one) for one in begin})))

    def among(self, words: frozenset[str]) -> int:
        """Return how many of the words of a text are among them."""
        begin, lengths = self.begin, self.lengths
        return sum(word in self.whole or any(word[:size] in begin for size in lengths) for word in words)


@cache
def _languages() -> Mapping[str, tuple[_Words, _Words]]:
    """Return the strong and the weak words of each language."""
    return {name: (_Words.of(one.strong), _Words.of(one.weak)) for name, one in load_relevance().languages.items()}
