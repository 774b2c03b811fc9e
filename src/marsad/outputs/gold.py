"""Claims that people accepted or corrected, as an annotated corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.records import JudgementKind
from marsad.serial import claim_to_row, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.outputs.picture import Picture
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

_REPORT = ("id", "publisher", "kind", "agencies", "published", "title", "text", "copy_of")
_BESIDE = frozenset(
    {
        "id",
        "speaks_for",
        "relays",
        "stance",
        "place_canonical",
        "gazetteer_id",
        "date_precision",
        "time_expression",
        "start",
        "end",
        "extractor",
        "produced",
    }
)
"""What claims have beside the fields of an annotated corpus."""

_LEAST, _MOST = 2, 8  # words of an anchor
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """An annotated corpus: rows of reports.jsonl and claims.jsonl, and actors.json."""

    reports: tuple[Mapping[str, Any], ...]
    claims: tuple[Mapping[str, Any], ...]
    actors: Mapping[str, Any]


def gold(picture: Picture) -> Gold:
    """Return the claims that people accepted or corrected, as they left them, and the reports that have any judged.

    Reports without a date are left out: an annotated corpus needs one.
    """
    judged = picture.judged
    kinds = (JudgementKind.ACCEPT, JudgementKind.CORRECT)
    ruled = [one for one in judged.standing if one.kind in (*kinds, JudgementKind.REJECT)]
    right = {claim for one in ruled if one.kind in kinds for claim in judged.found[one.id]}
    seen = {claim.report for one in ruled for claim in one.claims}
    reports = [report for report in picture.reports if report.id in seen and report.published]
    known = {report.id: report for report in reports}
    claims = [claim for claim in picture.claims if claim.id in right and claim.report in known]
    return Gold(
        reports=tuple(_report(report, known) for report in reports),
        claims=tuple(_claim(claim, known[claim.report]) for claim in claims),
        actors=_actors(picture.theatre),
    )


def _report(report: Report, known: Mapping[str, Report]) -> dict[str, Any]:
    row = {name: value for name, value in to_json(report).items() if name in _REPORT}
    row["copy_of"] = report.copy_of if report.copy_of in known else None
    return {name: row[name] for name in _REPORT}


def _claim(claim: Claim, report: Report) -> dict[str, Any]:
    row = {name: value for name, value in claim_to_row(claim, report).items() if name not in _BESIDE}
    return {**row, "anchor": _anchor(claim, report)}


def _anchor(claim: Claim, report: Report) -> str:
    """Return a claim's anchor, in so many of two to eight words as it takes to find it only there."""
    exact = report.text[claim.anchor.start : claim.anchor.end]
    if _LEAST <= len(exact.split()) <= _MOST and report.text.count(exact) == 1:
        return exact
    words = [(match.start(), match.end()) for match in _WORD.finditer(report.text)]
    inside = [n for n, (start, end) in enumerate(words) if start < claim.anchor.end and claim.anchor.start < end]
    first, last = inside[0], min(inside[-1], inside[0] + _MOST - 1)
    while last - first + 1 < _MOST:
        text = report.text[words[first][0] : words[last][1]]
        if last - first + 1 >= _LEAST and report.text.count(text) == 1:
            break
        if last + 1 < len(words):
            last += 1
        elif first:
            first -= 1
        else:
            break
    return report.text[words[first][0] : words[last][1]]


def _actors(theatre: Theatre | None) -> dict[str, Any]:
    actors = theatre.actors.values() if theatre else ()
    return {one.name: {"side": one.side, "kind": one.kind, "aliases": list(one.aliases)} for one in actors}
