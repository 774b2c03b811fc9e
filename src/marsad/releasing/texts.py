"""Blanking: what is left of a report, its text as long as it was, so that every span keeps its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.linking import passage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from marsad.records import Claim, Report
    from marsad.vocabulary import Policy

_INK = re.compile(r"\S")
_WORDS = re.compile(r"[^\W_]+")
_TELLING = 4  # letters that a word of a name has at least that an address is searched for


def only_sentences(text: str, report: Report, claims: Iterable[Claim]) -> str:
    """Return the text of a report with spaces in place of all but the sentences of its claims; line ends stay.

    The sentences are found in the text that the report has, so that one that has been through this stays as it is.
    """
    spans = [passage_of(claim, report) for claim in claims if claim.report == report.id and _fits(claim, report)]
    kept, reached = [], 0
    for span in sorted(spans, key=lambda one: one.start):
        start = max(span.start, reached)
        if span.end > start:
            kept += [_INK.sub(" ", text[reached:start]), text[start : span.end]]
            reached = span.end
    return "".join((*kept, _INK.sub(" ", text[reached:])))


def without_withheld(report: Report, policy: Policy) -> Report:
    """Return a report without the fields that a policy withholds; its text is not touched."""
    empty = {"title": "", "url": None, "authors": (), "note": None}
    gone = {name: value for name, value in empty.items() if f"report.{name}" in policy.withheld}
    return replace(report, **gone) if gone else report  # type: ignore[arg-type]


def telling(address: str | None, masked: Callable[[str], str]) -> str | None:
    """Return an address, None where its words hold a name that is masked: "/2031/teacher-omar-khalil-held"."""
    if address is None:
        return None
    words = " ".join(word.capitalize() for word in _WORDS.findall(address) if len(word) >= _TELLING or word.isalpha())
    return address if masked(words) == words and masked(address) == address else None


def _fits(claim: Claim, report: Report) -> bool:
    """Tell whether the spans of a claim lie in the text; an earlier version's may not."""
    return max(span.end for span in (claim.anchor, claim.cue, claim.source_passage) if span) <= len(report.text)
