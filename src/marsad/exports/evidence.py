"""What people read in a bundle, before it is a page: each verdict with its working, and both sides in their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from marsad.linking import source_of
from marsad.outputs import days, headline, passage_of, place_name, several
from marsad.records import PROSE, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from marsad.exports.enclosed import Enclosed, Ruling
    from marsad.records import Assessment, Claim, Member, Proposition, Report

_AROUND = 160  # characters of the text on either side of a quoted sentence
_CAMPS = (
    ("For it", "for", frozenset({Stance.ASSERTS, Stance.CONCEDES, Stance.RELAYS})),
    ("Against it", "against", frozenset({Stance.DENIES})),
    ("Doubts it", "doubts", frozenset({Stance.DOUBTS})),
)
PROVES = (
    "That these reports, as they stand here, say these words; that the files here are those that the manifest lists; "
    "and that the verdicts follow from the claims here by the rule set here."
)
PROVES_NOT = (
    "That what is said is so; that a publisher published it, where no capture is enclosed; that a capture is what a "
    "server sent, beyond the word of whoever made this; or when that was, unless the manifest is signed or stamped."
)

Fact = tuple[str, str]
"""A label and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a quoted sentence; `mark` is "source", "cue" or "event" where that is what it names, else ""."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim in its own words: who says it, what is known of it, and its sentence within the text around."""

    claim: str
    report: str
    who: str
    facts: tuple[Fact, ...]
    before: str
    parts: tuple[Part, ...]
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A proposition with its verdict; `camps` are a title, a short name and the words of each camp that has some."""

    proposition: str
    headline: str
    grade: str
    facts: tuple[Fact, ...]
    working: tuple[str, ...]
    camps: tuple[tuple[str, str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is told: what it is, findings, reports (an id and its facts), rulings, and what else is enclosed."""

    title: str
    about: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    beside: tuple[Fact, ...]
    rulings: tuple[Fact, ...]
    reports: tuple[tuple[str, tuple[Fact, ...]], ...]
    enclosed: tuple[Fact, ...]


def sheet(held: Enclosed) -> Sheet:
    """Return what a bundle tells its readers, always the same for the same records."""
    verdicts = {one.proposition: one for one in held.assessments}
    asked = [one for one in held.propositions if one.id in verdicts]
    findings = tuple(_finding(one, verdicts[one.id], held) for one in asked)
    return Sheet(
        title=f"Evidence: {findings[0].headline if len(findings) == 1 else several(len(findings), 'finding')}",
        about=tuple(_about(held.about)),
        findings=findings,
        beside=tuple((one.id, headline(one)) for one in held.propositions if one.id not in verdicts),
        rulings=tuple(_ruling(one) for one in held.judgements),
        reports=tuple((one.id, tuple(_report(one, held))) for one in held.reports),
        enclosed=tuple(_enclosed(held)),
    )


def _about(about: Mapping[str, Any]) -> Iterator[Fact]:
    chosen = "; ".join(f"{name} {value}" for name, value in about["filters"].items())
    yield "Chosen", chosen or "everything in the monitor"
    yield "Statements until", about["as_of"] or "all that are known"
    if about["since"]:
        yield "Statements since", about["since"]
    yield "War", about["theatre"] or "no theatre was given: nobody's side is known"
    yield "Rules", f"{about['rules']} (rules.toml)"
    yield "Policy", f"{about['policy']}: {about['policy_says']}"
    yield "Made by", f"Marsad {about['marsad']}; claims read by {', '.join(about['extractors']) or 'nobody'}"
    yield "Head of the ledger", about["ledger"] or "none"
    yield "Licence", about["licence"] or "none is stated"
    yield "Notice", about["notice"]


def _finding(proposition: Proposition, verdict: Assessment, held: Enclosed) -> Finding:
    words = [(member, held.claim_by_id[member.claim]) for member in proposition.members]
    camps = []
    for title, name, stances in _CAMPS:
        said = tuple(_said(member, claim, held) for member, claim in words if member.stance in stances)
        if said:
            camps.append((title, name, said))
    return Finding(
        proposition=proposition.id,
        headline=headline(proposition),
        grade=verdict.stands,
        facts=tuple(_facts(proposition, verdict, held)),
        working=verdict.working,
        camps=tuple(camps),
    )


def _facts(proposition: Proposition, verdict: Assessment, held: Enclosed) -> Iterator[Fact]:
    grade, place = held.rules.grades.get(verdict.stands), proposition.place
    yield "Verdict", f"{verdict.stands}: {grade.what}" if grade else verdict.stands
    if verdict.by_hand:
        yield "By the rules alone", verdict.grade
    yield "By", f"{verdict.rule_set} {verdict.rule_version}"
    yield "Admiralty code", f"source {verdict.admiralty_source}, item {verdict.admiralty_item}"
    if verdict.settled_on:
        yield "Settled", _instant(verdict.settled_on)
    yield "Event", proposition.event.replace("_", " ")
    yield "Days", days(proposition.interval)
    if place is not None:
        point = f" ({place.lat:.4f}, {place.lon:.4f})" if place.lat is not None and place.lon is not None else ""
        yield "Place", f"{place_name(place)}{point}"


def _said(member: Member, claim: Claim, held: Enclosed) -> Said:
    report = held.report_by_id[claim.report]
    span = passage_of(claim, report)
    who = (report.narrator or report.id) if claim.source == "narrator" else claim.source
    return Said(
        claim=claim.id,
        report=report.id,
        who=f"{who} ({claim.speaker})" if claim.speaker else who,
        facts=tuple(_of_claim(member, claim, report, held)),
        before=_before(report.text, span.start),
        parts=tuple(_parts(claim, report, span.start, span.end)),
        after=_after(report.text, span.end),
    )


def _before(text: str, at: int) -> str:
    """Return the text before a sentence, from the beginning of a word on."""
    begin = max(0, at - _AROUND)
    return f"… {text[begin:at].partition(' ')[2]}" if begin else text[:at]


def _after(text: str, at: int) -> str:
    """Return the text after a sentence, to the end of a word."""
    end = at + _AROUND
    return f"{text[at:end].rpartition(' ')[0]} …" if end < len(text) else text[at:]


def _of_claim(member: Member, claim: Claim, report: Report, held: Enclosed) -> Iterator[Fact]:
    yield "Said", _instant(report.said)
    yield "In", f"{report.publisher or 'unknown publisher'}, “{report.title}”"
    yield "Counts as", f"{member.stance.value}, {claim.certainty.value}"
    if member.reasons:
        yield "Counted because", "; ".join(member.reasons)
    if claim.relays:
        yield "By way of", ", ".join(claim.relays)
    origin = source_of(claim, held.origin_by_id)
    if origin != report.id:
        yield "Copied from", ": ".join([origin, *held.origin_by_id[report.id].reasons[:1]])
    if report.form != PROSE:
        yield "Form", f"{report.form}: coded data, not prose"
    yield "Characters", f"{claim.anchor.start} to {claim.anchor.end}"


def _parts(claim: Claim, report: Report, start: int, end: int) -> Iterator[Part]:
    """Yield a sentence in stretches, source and cue told from the event; where they overlap the first of these wins."""
    marks = [""] * (end - start)
    for name, span in (("event", claim.anchor), ("cue", claim.cue), ("source", claim.source_passage)):
        for at in range(max(span.start, start), min(span.end, end)) if span else ():
            marks[at - start] = name
    begin = 0
    for at in range(1, len(marks) + 1):
        if at == len(marks) or marks[at] != marks[begin]:
            yield Part(text=report.text[start + begin : start + at], mark=marks[begin])
            begin = at


def _ruling(one: Ruling) -> Fact:
    made = one.judgement
    what = f"{made.kind.value} {made.subject}{f' {made.grade}' if made.grade else ''}"
    return made.id, f"{what} by {made.user}, {_instant(made.made)}: {made.reason}"


def _report(report: Report, held: Enclosed) -> Iterator[Fact]:
    yield "Title", report.title or "none"
    yield "Publisher", report.publisher or "unknown"
    yield "Published", _instant(report.published)
    if report.updated:
        yield "Updated", _instant(report.updated)
    yield "Retrieved", _instant(report.retrieved)
    if report.url:
        yield "Address", report.url
    yield "SHA-256 of the text", report.sha256
    captures = [one.sha256 for one in held.captures if report.id in one.reports]
    yield "Capture", ", ".join(f"captures/{one}" for one in captures) or "none is enclosed"
    origin = held.origin_by_id.get(report.id)
    if origin is not None and origin.origin != report.id:
        yield "Copies", f"{origin.origin}: {'; '.join(origin.reasons)}"


def _enclosed(held: Enclosed) -> Iterator[Fact]:
    reports, claims = several(len(held.reports), "report"), several(len(held.claims), "claim")
    asked, others = several(len(held.asked), "proposition"), len(held.propositions) - len(held.asked)
    rest = f"; {others} more, which they rest on" if others else ""
    yield "records/", f"{reports}, {claims}, and what follows from them, as JSON lines"
    yield "Verdicts", f"on {asked}, with every word on {'it' if asked.startswith('1 ') else 'each'}{rest}"
    yield "captures/", f"{several(len(held.captures), 'file')} as servers sent them, each named by its SHA-256"
    yield "rules.toml", "the rule set that gave the verdicts"
    yield "theatre.toml", "who is on whose side" if held.theatre else "not enclosed"
    yield "policy.json", "the policy" if held.whole else "the policy, by which words, places or names were kept back"
    yield "prov.json", "how each record came from which, as W3C PROV-JSON"
    yield "manifest.sha256", "the SHA-256 of every file, for sha256sum -c manifest.sha256 or marsad verify"


def _instant(when: datetime | None) -> str:
    return "unknown" if when is None else f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
