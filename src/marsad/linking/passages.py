"""The sentences that a claim stands on."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from marsad.records import Passage
from marsad.vocabulary import load_languages
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from marsad.records import Claim, Report

_LONGEST = 2000  # characters that a sentence is taken to have at most before its anchor
_WORD = 40  # characters back from the last word at which it is sure to begin
_END = re.compile(r"(?<!\w)(\w*+)[.!?…][\"”’»')\]]*\s|\n")


def passage_of(claim: Claim, report: Report) -> Passage:
    """Return the whole sentences that hold the anchor and the attribution of a claim."""
    spans = [span for span in (claim.anchor, claim.cue, claim.source_passage) if span]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    start, end = _sentence_start(report.text, start), _sentence_end(report.text, end)
    return Passage(report=report.id, start=start, end=start + len(report.text[start:end].rstrip()))


def _sentence_start(text: str, at: int) -> int:
    start = max(0, at - _LONGEST)
    for match in _END.finditer(text, start, at):
        if not _abbreviated(match):
            start = match.end()
    while start < at and text[start].isspace():
        start += 1
    return start


def _sentence_end(text: str, at: int) -> int:
    for match in _END.finditer(text, max(0, at - _WORD)):
        if match.end() > at and not _abbreviated(match):
            return match.end() - 1
    return len(text.rstrip())


@cache
def _abbreviations() -> frozenset[str]:
    """Return the abbreviations of all languages: a sentence that ends with one of another is rare, and only longer."""
    return frozenset().union(*(load_language(code).abbreviations for code in load_languages()))


def _abbreviated(match: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to an initial or an abbreviation before it."""
    word = match[1] or ""
    return len(word) == 1 or word.lower() in _abbreviations()
