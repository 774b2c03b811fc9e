"""All that stands behind a verdict, for a page: voices, origins with their copies, what excludes it, the timeline."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.linking import source_of
from marsad.outputs.matters import FIRST
from marsad.outputs.tables import evidence_rows
from marsad.outputs.wording import headline
from marsad.records import LinkKind, Polarity
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from marsad.outputs.detail import Detail
    from marsad.outputs.picture import Picture
    from marsad.vocabulary import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A report that carries the words of another, and why it counts as a copy."""

    report: str
    publisher: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A report in which words on a proposition stood first, with the reports that carry them, the first one first."""

    report: str
    publisher: str | None
    said: datetime | None
    copies: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One word on a proposition in time: by which voice, for it (`affirmed`) or against it (`denied`), in which claim.

    `counts` tells whether it stands in the report where it comes from, rather than in a copy.
    """

    said: datetime | None
    voice: str
    side: str | None
    stance: Polarity
    claim: str
    report: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Another proposition that cannot be true with this one, its grade, and why."""

    proposition: str
    headline: str
    grade: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A detail with what its grade means, its origins, what excludes it, and its statements in order of time.

    `meaning` is None and `open` False where nobody spoke on it.
    """

    detail: Detail
    meaning: str | None
    open: bool
    roots: tuple[Root, ...]
    exclusions: tuple[Exclusion, ...]
    timeline: tuple[Statement, ...]


def dossier(detail: Detail, picture: Picture, rules: RuleSet) -> Dossier:
    """Return all that stands behind the verdict on a detail of the picture, which `rules` gave."""
    grade = rules.grades.get(detail.assessment.stands) if detail.assessment else None
    return Dossier(
        detail=detail,
        meaning=grade.what if grade else None,
        open=bool(grade and grade.open),
        roots=tuple(_roots(detail, picture)),
        exclusions=tuple(_exclusions(detail, picture)),
        timeline=tuple(sorted(_statements(detail, picture), key=_instant)),
    )


def dossier_row(one: Dossier) -> dict[str, Any]:
    """Return a dossier as JSON-safe values; `evidence` are the rows of `evidence_rows`, without the verdict."""
    detail, verdict = one.detail, one.detail.assessment
    proposition = detail.proposition
    return {
        "proposition": proposition.id,
        "headline": detail.headline,
        "event": proposition.event,
        "family": proposition.family,
        "agent": proposition.agent,
        "target": proposition.target,
        "place": to_json(proposition.place),
        "from": to_json(proposition.interval.start),
        "to": to_json(proposition.interval.end),
        "grade": verdict.stands if verdict else None,
        "means": one.meaning,
        "open": one.open,
        "by_hand": to_json(verdict.by_hand) if verdict else None,
        "grade_by_rules": verdict.grade if verdict else None,
        "rule_set": verdict.rule_set if verdict else None,
        "rule_version": verdict.rule_version if verdict else None,
        "settled_as": to_json(verdict.settled_as) if verdict else None,
        "settled_on": to_json(verdict.settled_on) if verdict else None,
        "working": list(verdict.working) if verdict else [],
        "admiralty_source": verdict.admiralty_source if verdict else None,
        "admiralty_item": verdict.admiralty_item if verdict else None,
        "probability": verdict.probability if verdict else None,
        "voices_for": [to_json(voice) for voice in verdict.voices_for] if verdict else [],
        "voices_against": [to_json(voice) for voice in verdict.voices_against] if verdict else [],
        "evidence": [_own(row) for row in evidence_rows((detail,)).full],
        "origins": [to_json(root) for root in one.roots],
        "excluded_by": [to_json(other) for other in one.exclusions],
        "timeline": [to_json(statement) for statement in one.timeline],
        "judgements": [judgement.id for judgement in detail.judgements],
    }


_SHARED = (
    "proposition",
    "headline",
    "grade",
    "graded_by",
    "settled_as",
    "rule_set",
    "rule_version",
    "working",
)


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of its claim alone."""
    return {name: value for name, value in row.items() if name not in _SHARED}


def _roots(detail: Detail, picture: Picture) -> Iterator[Root]:
    carried: dict[str, dict[str, None]] = defaultdict(dict)
    for one in detail.evidence:
        carried[source_of(one.claim, picture.origins)][one.report.id] = None
    for name, reports in carried.items():
        root = picture.report_by_id[name]
        yield Root(
            report=name,
            publisher=root.publisher,
            said=root.said,
            copies=tuple(_carrier(report, picture) for report in reports if report != name),
        )


def _carrier(name: str, picture: Picture) -> Carrier:
    origin = picture.origins.get(name)
    return Carrier(
        report=name,
        publisher=picture.report_by_id[name].publisher,
        reasons=origin.reasons if origin else (),
    )


def _exclusions(detail: Detail, picture: Picture) -> Iterator[Exclusion]:
    for link in detail.links:
        other = link.other if link.claim == detail.proposition.id else link.claim
        found = picture.proposition_by_id.get(other)
        if link.kind is LinkKind.CONTRADICTS and found is not None:
            verdict = picture.assessments.get(other)
            yield Exclusion(
                proposition=other,
                headline=headline(found),
                grade=verdict.stands if verdict else None,
                reasons=link.reasons,
            )


def _statements(detail: Detail, picture: Picture) -> Iterator[Statement]:
    verdict = detail.assessment
    camps = ((Polarity.AFFIRMED, verdict.voices_for), (Polarity.DENIED, verdict.voices_against)) if verdict else ()
    for stance, voices in camps:
        for voice in voices:
            for name in voice.claims:
                claim = picture.claim_by_id[name]
                yield Statement(
                    said=picture.report_by_id[claim.report].said,
                    voice=voice.name,
                    side=voice.side,
                    stance=stance,
                    claim=name,
                    report=claim.report,
                    counts=source_of(claim, picture.origins) == claim.report,
                )


def _instant(one: Statement) -> tuple[datetime, str]:
    return one.said or FIRST, one.claim
