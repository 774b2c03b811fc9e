"""What an evidence bundle encloses: the verdicts asked for, and all that they follow from, to be made again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.outputs import details
from marsad.records import (
    Assessment,
    Claim,
    ControlState,
    Dispute,
    Judgement,
    JudgementKind,
    Link,
    Origin,
    Place,
    Proposition,
    Report,
    SourceRecord,
)
from marsad.serial import to_json
from marsad.theatre import fold
from marsad.vocabulary import Fineness, Persons, vocabulary_digest
from marsad.weighing import beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from marsad.exports.holdings import Holdings, Matter
    from marsad.outputs import Picture
    from marsad.theatre import Theatre
    from marsad.vocabulary import Policy, RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What is said of an enclosed capture: its SHA-256 and size, what its server said of it, and the reports of it."""

    sha256: str
    size: int
    url: str
    retrieved: datetime
    media_type: str | None
    charset: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A judgement that stands, with the ids of its claims as they are now."""

    judgement: Judgement
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Enclosed:
    """The records of a bundle.

    `about` says what it was made of, as `About.row`, with `bundle`, the number of this layout. `asked` are the ids of
    the propositions whose verdicts, the `assessments`, the bundle gives; the others of `propositions` are there because
    those verdicts rest on them. `sources` are the records of the voices heard there, of the whole monitor. `places` are
    other spellings of the places. `theatre` is None where there is none, or where the policy keeps it back.
    """

    about: Mapping[str, Any]
    asked: tuple[str, ...]
    rules: RuleSet
    theatre: Theatre | None
    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]
    claims: tuple[Claim, ...]
    propositions: tuple[Proposition, ...]
    assessments: tuple[Assessment, ...]
    links: tuple[Link, ...]
    disputes: tuple[Dispute, ...]
    control: tuple[ControlState, ...]
    sources: tuple[SourceRecord, ...]
    places: tuple[Place, ...]
    judgements: tuple[Ruling, ...]
    captures: tuple[Captured, ...]

    @cached_property
    def report_by_id(self) -> Mapping[str, Report]:
        """Every report by its id."""
        return {one.id: one for one in self.reports}

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """Every claim by its id."""
        return {one.id: one for one in self.claims}

    @cached_property
    def origin_by_id(self) -> Mapping[str, Origin]:
        """Every origin by its report's id."""
        return {one.report: one for one in self.origins}

    @property
    def whole(self) -> bool:
        """Whether its policy leaves texts, places and names as they are held."""
        return self.about["whole"] is True


RECORDS: Mapping[str, type] = {
    "reports": Report,
    "origins": Origin,
    "claims": Claim,
    "propositions": Proposition,
    "assessments": Assessment,
    "links": Link,
    "disputes": Dispute,
    "control": ControlState,
    "sources": SourceRecord,
    "places": Place,
    "judgements": Ruling,
    "captures": Captured,
}
"""The tables of a bundle: one file of JSON lines each, whose lines are these records."""

LAYOUT = 1
"""The number of this layout of a bundle."""


def enclose(holdings: Holdings) -> Enclosed:
    """Return what a bundle of the chosen claims encloses; raise InputError where they are of no proposition."""
    now = holdings.picture()
    matters = tuple(_asked(holdings, now))
    if not matters:
        raise InputError("nothing to give evidence of: no claim that was chosen is of a proposition")
    asked = tuple(one.proposition.id for one in matters)
    context = beside(
        now.linked,
        now.claims,
        now.report_by_id,
        now.origins,
        holdings.theatre,
        asked=asked,
        as_of=holdings.about.as_of,
    )
    propositions = [now.proposition_by_id[one] for one in (*asked, *sorted(context))]
    spells = tuple(holdings.control())
    wanted = {member.claim for one in propositions for member in one.members}
    wanted |= {claim for spell in spells for claim in spell.claims}
    claims = tuple(one for one in now.claims if one.id in wanted)
    reports = _reports(claims, now)
    known = {one.id for one in reports}
    return Enclosed(
        about=_about(holdings, claims),
        asked=asked,
        rules=holdings.about.rules,
        theatre=holdings.theatre if holdings.about.policy.persons is not Persons.MASKED else None,
        reports=reports,
        origins=tuple(now.origins[one] for one in sorted(known) if one in now.origins),
        claims=claims,
        propositions=tuple(propositions),
        assessments=tuple(one.assessment for one in matters),
        links=tuple(one for one in now.linked.links if one.other in asked),
        disputes=tuple(one for one in now.disputes if one.proposition in asked),
        control=spells,
        sources=tuple(_sources(matters, now)),
        places=tuple(_places(propositions, claims, now)),
        judgements=tuple(_rulings(matters, claims, now)),
        captures=tuple(_captures(reports, holdings)),
    )


def _asked(holdings: Holdings, now: Picture) -> Iterator[Matter]:
    """Yield the matters whose verdicts are asked for: with an id those that it means, not all that share a claim."""
    about = dict(holdings.about.filters).get("about")
    meant = None if about is None else {one.proposition.id for one in details(now, about)}
    yield from (one for one in holdings.matters() if meant is None or one.proposition.id in meant)


def whole(policy: Policy) -> bool:
    """Tell whether a policy leaves texts, places and names as they are held."""
    kept = "report.text" not in policy.withheld
    return kept and policy.places is Fineness.EXACT and policy.persons is Persons.NAMED


def _about(holdings: Holdings, claims: Iterable[Claim]) -> dict[str, Any]:
    theatre = holdings.theatre
    return {
        "bundle": LAYOUT,
        **holdings.about.row(),
        "whole": whole(holdings.about.policy),
        "theatre": theatre.name if theatre else None,
        "extractors": sorted({claim.extractor for claim in claims}),
        "vocabulary": vocabulary_digest(),
    }


def _reports(claims: Iterable[Claim], now: Picture) -> tuple[Report, ...]:
    """Return the reports of claims and those from which they are copied, in order of publication."""
    wanted = {claim.report for claim in claims}
    for one in sorted(wanted):
        if (origin := now.origins.get(one)) is not None:
            wanted |= {origin.origin, *(added.origin for added in origin.added)}
    return tuple(report for report in now.reports if report.id in wanted)


def _sources(matters: Iterable[Matter], now: Picture) -> Iterator[SourceRecord]:
    """Yield the records of the voices on some matters, on the topics of these."""
    heard = {
        (voice.name, one.proposition.family)
        for one in matters
        for voice in (*one.assessment.voices_for, *one.assessment.voices_against)
    }
    yield from (record for record in now.sources if (record.voice, record.topic) in heard)


def _places(propositions: Iterable[Proposition], claims: Iterable[Claim], now: Picture) -> Iterator[Place]:
    """Yield the places that only other claims name and that can tell whether two spellings are one place."""
    named = {place for place in (*(one.place for one in propositions), *(one.place for one in claims)) if place}
    sites = {now.sites.site(place) for place in named}
    names = {fold(place.canonical or place.name) for place in named}
    others = {claim.place for claim in now.claims if claim.place is not None} - named
    near = (p for p in others if now.sites.site(p) in sites or fold(p.canonical or p.name) in names)
    yield from sorted(near, key=lambda place: str(to_json(place)))


def _rulings(matters: Iterable[Matter], claims: Iterable[Claim], now: Picture) -> Iterator[Ruling]:
    """Yield what people ruled on some claims, in order of time; of grades those that stand on these matters."""
    graded = {hand.judgement for one in matters if (hand := one.assessment.by_hand) is not None}
    here = {claim.id for claim in claims}
    for judgement in now.judged.standing:
        found = now.judged.found[judgement.id]
        stands = judgement.kind is not JudgementKind.GRADE or judgement.id in graded
        if stands and here & set(found):
            yield Ruling(judgement=judgement, claims=found)


def _captures(reports: Iterable[Report], holdings: Holdings) -> Iterator[Captured]:
    """Yield what is said of the captures of reports, by SHA-256; no two are held at once."""
    found: dict[str, Captured] = {}
    carried: dict[str, list[str]] = {}
    for report in sorted(reports, key=lambda one: one.id):
        if (capture := holdings.capture(report)) is None:
            continue
        digest = hashlib.sha256(capture.data).hexdigest()
        carried.setdefault(digest, []).append(report.id)
        found[digest] = Captured(
            sha256=digest,
            size=len(capture.data),
            url=capture.url,
            retrieved=capture.retrieved,
            media_type=capture.media_type,
            charset=capture.charset,
            reports=tuple(carried[digest]),
        )
    yield from (found[digest] for digest in sorted(found))
