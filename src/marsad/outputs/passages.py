"""A report for a page: its text, where it comes from, its versions, and each claim with the spans it stands on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.linking import source_of
from marsad.outputs.tables import claim_rows
from marsad.outputs.versions import version_rows
from marsad.records import JudgementKind
from marsad.serial import report_to_row, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from marsad.outputs.picture import Picture
    from marsad.records import Capture, Claim, Judgement, Origin, Passage, Report

_LOOKED_AT = 2000  # characters that tell the direction of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where the bytes are kept that a report was read from: their SHA-256, and what the address said of them."""

    sha256: str
    url: str
    retrieved: datetime
    media_type: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report with all that is known of it; `copies` are the other reports of its origin, `versions` its own.

    `origin` is None where the report does not count by then: it came later, was replaced or retracted. `translations`
    are what machines made of this version and people put beside it: nothing is read from them.
    """

    report: Report
    origin: Origin | None
    copies: tuple[Origin, ...]
    versions: tuple[Report, ...]
    kept: Kept | None
    claims: tuple[Claim, ...]
    translations: tuple[Judgement, ...] = ()


def kept(sha256: str, capture: Capture) -> Kept:
    """Return what is told of a capture besides its bytes."""
    return Kept(sha256=sha256, url=capture.url, retrieved=capture.retrieved, media_type=capture.media_type)


def report_page(
    report: Report, versions: Sequence[Report], bytes_of: Kept | None, claims: Iterable[Claim], picture: Picture
) -> ReportPage:
    """Return the page of a report, with what the picture knows of its origin."""
    origin = picture.origins.get(report.id)
    family = () if origin is None else picture.family[origin.origin]
    return ReportPage(
        report=report,
        origin=origin,
        copies=tuple(one for one in family if one.report != report.id),
        versions=tuple(versions),
        kept=bytes_of,
        claims=tuple(claims),
        translations=tuple(
            one for one in picture.judged.standing if one.kind is JudgementKind.TRANSLATE and one.subject == report.id
        ),
    )


def report_page_row(page: ReportPage, picture: Picture, zone: ZoneInfo) -> dict[str, Any]:
    """Return a page as JSON-safe values: the columns of reports.jsonl, then what is known of the report."""
    report = page.report
    rows = claim_rows(page.claims, {report.id: report}, zone).full
    return {
        **report_to_row(report),
        "said": to_json(report.said),
        "direction": direction(report.text),
        "origin": _origin(page.origin, picture) if page.origin else None,
        "copies": [_origin(one, picture) for one in page.copies],
        "versions": list(version_rows(page.versions, zone).full),
        "capture": to_json(page.kept),
        "claims": [
            {
                **row,
                "spans": _spans(claim),
                "comes_from": source_of(claim, picture.origins),
                "propositions": _homes(claim, picture),
            }
            for row, claim in zip(rows, page.claims, strict=True)
        ],
        "translations": [
            {
                "judgement": one.id,
                "made_by": one.reason,
                "user": one.user,
                "made": to_json(one.made),
                "text": one.text or "",
                "direction": direction(one.text or ""),
            }
            for one in page.translations
        ],
    }


def report_list_rows(reports: Iterable[Report], picture: Picture) -> list[dict[str, Any]]:
    """Return a row for each report of the picture, without its text."""
    return [
        {
            "id": one.id,
            "publisher": one.publisher,
            "kind": one.kind,
            "title": one.title,
            "published": to_json(one.published),
            "published_precision": one.published_precision.value,
            "said": to_json(one.said),
            "url": one.url,
            "language": one.language,
            "direction": direction(one.title or one.text),
            "form": one.form,
            "version_of": one.version_of,
            "copy_of": _copied(picture.origins.get(one.id)),
        }
        for one in reports
    ]


def direction(text: str) -> str:
    """Return "rtl" where most letters of a text are written from right to left, else "ltr"."""
    kinds = [unicodedata.bidirectional(letter) for letter in text[:_LOOKED_AT]]
    leftward = sum(kind in {"R", "AL"} for kind in kinds)
    return "rtl" if leftward > kinds.count("L") else "ltr"


def _homes(claim: Claim, picture: Picture) -> list[dict[str, str | None]]:
    """Return the propositions of a claim, each with the grade that stands."""
    verdicts = ((one.id, picture.assessments.get(one.id)) for one in picture.propositions_by_claim.get(claim.id, ()))
    return [{"proposition": name, "grade": verdict.stands if verdict else None} for name, verdict in verdicts]


def _origin(origin: Origin, picture: Picture) -> dict[str, Any]:
    return {
        "report": origin.report,
        "publisher": picture.report_by_id[origin.report].publisher,
        "origin": origin.origin,
        "agencies": list(origin.agencies),
        "reasons": list(origin.reasons),
        "added": [[one.passage.start, one.passage.end] for one in origin.added],
    }


def _copied(origin: Origin | None) -> str | None:
    return origin.origin if origin and origin.origin != origin.report else None


def _spans(claim: Claim) -> dict[str, list[int] | None]:
    return {
        "anchor": _span(claim.anchor),
        "cue": _span(claim.cue),
        "source": _span(claim.source_passage),
        "content": _span(claim.content),
    }


def _span(passage: Passage | None) -> list[int] | None:
    return [passage.start, passage.end] if passage else None
