"""The words behind a line: who said it, when, where it stands, and exactly how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import passage_of, source_of

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.outputs.picture import Picture
    from marsad.records import Claim

NARRATOR = "narrator"
_CONTEXT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The exact words of a claim; `start` and `end` are their code points in the report's text.

    `before` and `after` are the text around them, `said` is the publication of the report, None where it has no date;
    `copy_of` is the report that it republishes, `language` that of the report where it is known.
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
    language: str | None = None


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
        language=report.language,
    )
