"""What a copy adds: sentences that its origin lacks are the word of whoever wrote them first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marsad.records import PROSE, WITHDRAWN, Addition, Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.records import Report

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?…؟。]+[\"”’»)\]]*(?=\s|$)|(?=\n)|$)", re.S)
_NAME = re.compile(r"(?<=\w\s)(?:\d[\d,.]*\d|\d|[^\W\d_a-z]\w{3,})")
_LONG_WORD = 4
_TELLING = 6  # long words; a shorter sentence can have other words by chance
_OTHER = 0.4  # a sentence of which less than this share of the long words stands in a text was not taken from it
_REWRITTEN = 0.5  # a copy that shares less with its origin is put in other words throughout, and nothing stands out


def additions(copy: str, elders: Sequence[str], reports: Mapping[str, Report]) -> tuple[Addition, ...]:
    """Return the sentences of a copy that are not from its origin, each with the report that has it first.

    `elders` are the origin and then the other reports of the story that came before the copy. A row that was coded anew
    is its publisher's new word as a whole.
    """
    text = reports[copy].text
    if reports[copy].form not in {PROSE, WITHDRAWN}:
        return (Addition(passage=Passage(report=copy, start=0, end=len(text)), origin=copy),)
    words = {one: _words(reports[one].text) for one in elders[:1]}
    if not elders or len(_words(text) & words[elders[0]]) < _REWRITTEN * len(_words(text)):
        return ()
    found = []
    for match in _SENTENCE.finditer(text):
        own, names = _words(match[0]), frozenset(_NAME.findall(match[0]))
        if len(own) < _TELLING:
            continue
        for one in elders:
            if one not in words:
                words[one] = _words(reports[one].text)
            if _taken(own, names, words[one], reports[one].text):
                first = one
                break
        else:
            first = copy
        if first != elders[0]:
            span = Passage(report=copy, start=match.start(), end=match.end())
            found.append(Addition(passage=span, origin=first))
    return tuple(found)


def _taken(words: frozenset[str], names: frozenset[str], known: frozenset[str], text: str) -> bool:
    """Tell whether a sentence can be taken from a text, word for word or put otherwise."""
    if len(words & known) >= _OTHER * len(words):
        return True
    return bool(names) and 2 * sum(name in text for name in names) > len(names)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _LONG_WORD)
