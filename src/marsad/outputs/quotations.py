"""The words behind a line: who said it, when, where it stands, and exactly how it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import source_of
from marsad.records import Passage
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.outputs.picture import Picture
    from marsad.records import Claim, Report

NARRATOR = "narrator"
_CONTEXT = 160
_LONGEST = 2000  # characters that a sentence is taken to have at most before its anchor
_WORD = 40  # characters back from the last word at which it is sure to begin
_END = re.compile(r"(?<!\w)(\w*+)[.!?…][\"”’»')\]]*\s|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The exact words of a claim; `start` and `end` are their code points in the report's text.

    `before` and `after` are the text around them, `said` is the publication of the report, None where it has no date;
    `copy_of` is the report that it republishes.
    """

    claim: str
    report: str
    source: str
    speaker: str | None
    via: str | None
    publisher: str | None
    said: datetime | None
    start: int
    end: int
    words: str
    before: str
    after: str
    copy_of: str | None = None


def quote(claim: Claim, picture: Picture) -> Quotation:
    """Return the sentence or sentences that carry a claim of the picture, attribution included."""
    report = picture.report_by_id[claim.report]
    span = passage_of(claim, report)
    source = source_of(claim, picture.origins)
    return Quotation(
        claim=claim.id,
        report=report.id,
        source=(report.narrator or report.id) if claim.source == NARRATOR else claim.source,
        speaker=claim.speaker,
        via=claim.via,
        publisher=report.publisher,
        said=report.said,
        start=span.start,
        end=span.end,
        words=report.text[span.start : span.end],
        before=report.text[max(0, span.start - _CONTEXT) : span.start],
        after=report.text[span.end : span.end + _CONTEXT],
        copy_of=source if source != report.id else None,
    )


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


def _abbreviated(match: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to an initial or an abbreviation before it."""
    word = match[1] or ""
    return len(word) == 1 or word.lower() in load_language("en").abbreviations
