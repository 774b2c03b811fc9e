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
    """Tells which reports can speak of war; the names of a theatre's actors count among those who act."""

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
        return any(self._told(words, one) for one in _languages().values()) or language_of(report) not in _languages()

    def _told(self, words: frozenset[str], of: _Language) -> bool:
        if of.alone.among(words):
            return True
        if not of.deeds.among(words):
            return False
        return of.actors.among(words) or any(name <= words for name in self.names)


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

    def among(self, words: frozenset[str]) -> bool:
        """Tell whether one of them is among the words of a text."""
        if not self.whole.isdisjoint(words):
            return True
        return any(word[:length] in self.begin for word in words for length in self.lengths)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """The words of one language."""

    alone: _Words
    deeds: _Words
    actors: _Words


@cache
def _languages() -> Mapping[str, _Language]:
    return {
        name: _Language(alone=_Words.of(one.alone), deeds=_Words.of(one.deeds), actors=_Words.of(one.actors))
        for name, one in load_relevance().items()
    }
