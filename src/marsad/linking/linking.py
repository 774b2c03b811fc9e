"""From claims to propositions: which claims speak of one thing, support it, exclude it, or take back an earlier one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.linking.bearing import bearing
from marsad.linking.likeness import FIRST, likeness
from marsad.linking.neighbours import Neighbours
from marsad.linking.origins import source_of
from marsad.linking.parties import Parties
from marsad.linking.propositions import cluster, founded_by
from marsad.linking.regrouping import regrouped
from marsad.linking.sites import Sites
from marsad.linking.speakers import speaker_of
from marsad.linking.statements import REAL, state
from marsad.linking.times import firm, window
from marsad.linking.turns import turns
from marsad.records import Interval, Link, LinkKind, Member, Proposition, Stance
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marsad.linking.bearing import Finding
    from marsad.linking.propositions import Cluster
    from marsad.linking.statements import Statement
    from marsad.records import Claim, Origin, Regrouping, Report
    from marsad.theatre import Theatre

_UNPUBLISHED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Propositions in order of their first statement, and the links of claims to them and between them.

    A link's `other` is a proposition's id; its `claim` a claim's id, or a proposition's where two exclude each other.
    Where a claim `updates` or `corrects` what its source said before, both are claims' ids. `redirects` lead from the
    ids of propositions that became part of another to that one's. `apart` are, by proposition, the claims that a person
    took out of it.
    """

    propositions: tuple[Proposition, ...]
    links: tuple[Link, ...]
    redirects: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


def link(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    founders: Mapping[str, int] | None = None,
    *,
    regroupings: Iterable[Regrouping] = (),
    sites: Sites | None = None,
    parties: Parties | None = None,
) -> Linked:
    """Gather claims into propositions and link what supports, denies and excludes them.

    Plans and hypotheticals are no evidence that something is so, and stay out. The order of `claims` does not matter.
    `founders` are the claims whose propositions have their ids already, with the rank of each, the oldest first.
    `regroupings` are obeyed last, in their order. Where these are some claims of many, `sites` and `parties` are those
    of all.
    """
    parties = parties or Parties(theatre, claims)
    statements = _statements(claims, reports, origins, sites, parties)
    clusters = regrouped(cluster(statements), regroupings)
    for one in clusters:
        one.name(founders or {})
    neighbours = Neighbours(statements)
    propositions: list[Proposition] = []
    links: list[Link] = []
    home = {statement.claim.id: one.id for one in clusters for statement in one.statements}
    for one in clusters:
        found = _findings(one, neighbours, home, parties)
        propositions.append(_proposition(one, found))
        links.extend(_links(one, found, home))
    links.extend(turns(clusters, reports))
    return Linked(
        propositions=tuple(propositions),
        links=tuple(links),
        redirects=dict(_redirects(founders or {}, home)),
        apart={one.id: one.apart for one in clusters if one.apart},
    )


def _redirects(founders: Iterable[str], home: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each id that was given, where its founding claim is of another proposition now, with the id of that."""
    for claim in founders:
        if claim in home and home[claim] != founded_by(claim):
            yield founded_by(claim), home[claim]


def _statements(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    sites: Sites | None,
    parties: Parties,
) -> list[Statement]:
    real = [claim for claim in claims if claim.certainty in REAL]
    sites = sites or Sites(claim.place for claim in real)
    return [statement_of(claim, sites.site(claim.place), reports, origins, parties) for claim in real]


def statement_of(
    claim: Claim, site: str | None, reports: Mapping[str, Report], origins: Mapping[str, Origin], parties: Parties
) -> Statement:
    """Return what a claim states, ready to be compared; `reports` hold its own and the origin of that."""
    report = reports.get(claim.report)
    published = (report.said if report else None) or _UNPUBLISHED
    origin = source_of(claim, origins)
    return state(
        claim,
        origin=origin,
        site=site,
        parties=parties,
        speaker=speaker_of(claim, reports, origins, parties.theatre),
        when=window(claim, reports.get(origin) or report),
        order=(published.timestamp(), claim.report, claim.anchor.start, claim.id),
    )


def _findings(
    one: Cluster, neighbours: Neighbours, home: Mapping[str, str], parties: Parties
) -> list[tuple[Statement, Finding]]:
    """Return the claims of other propositions at the site that bear on this one."""
    when = one.when
    if when is None:
        return []
    affirming = {statement.voice for statement in one.statements if statement.affirms}
    found = []
    for statement in neighbours.near(one.seed.site, when):
        if home[statement.claim.id] == one.id or statement.claim.stance is Stance.DOUBTS:
            continue
        if statement.claim.id in one.apart:
            continue
        finding = bearing(statement, one, when, parties)
        if finding is None or (finding.stance is Stance.DENIES and affirming <= {statement.voice}):
            continue  # what only this source said it may also overtake: news, not a dispute
        found.append((statement, finding))
    return found


def _proposition(one: Cluster, found: list[tuple[Statement, Finding]]) -> Proposition:
    rows = [(statement, _stance(statement), ()) for statement in one.statements]
    members = [*rows, *((statement, finding.stance, (finding.reason,)) for statement, finding in found)]
    members.sort(key=lambda row: row[0].order)
    lead = one.lead.claim
    event = load_events().get(lead.event)
    return Proposition(
        id=one.id,
        event=lead.event,
        family=event.family if event else "other",
        agent=lead.agent,
        target=lead.target or next((s.claim.target for s in one.statements if s.claim.target), None),
        place=lead.place,
        interval=_hull([statement.claim.interval for statement in one.statements]) or lead.interval,
        members=tuple(Member(claim=s.claim.id, stance=stance, reasons=tuple(why)) for s, stance, why in members),
    )


def _stance(statement: Statement) -> Stance:
    if statement.claim.stance is Stance.DOUBTS:
        return Stance.DOUBTS
    if not statement.affirms:
        return Stance.DENIES
    return statement.claim.stance


def _hull(intervals: Sequence[Interval]) -> Interval | None:
    """Return the days from the first to the last that the claims name; None where one claim's own words say it all.

    "By Friday" and "this month" tell little where others name the day, and count only where nobody does.
    """
    if len(set(intervals)) == 1:
        return None
    intervals = [one for one in intervals if one.start and one.end] or intervals
    intervals = [one for one in intervals if firm(one)] or intervals
    starts = [interval.start for interval in intervals if interval.start]
    ends = [interval.end for interval in intervals if interval.end]
    coarsest = max((interval.precision for interval in intervals), key=list(type(intervals[0].precision)).index)
    return Interval(start=min(starts, default=None), end=max(ends, default=None), precision=coarsest)


def _links(one: Cluster, found: list[tuple[Statement, Finding]], home: Mapping[str, str]) -> list[Link]:
    links = []
    for statement in one.statements:
        kind = LinkKind.SAME if statement.affirms else LinkKind.DENIES
        alike = FIRST if statement is one.seed else likeness(statement, one.seed)
        links.append(Link(claim=statement.claim.id, other=one.id, kind=kind, score=alike.score, reasons=alike.reasons))
    rivals: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for statement, finding in found:
        alike = likeness(statement, one.lead, inferred=True)
        reasons = (finding.reason, *alike.reasons)
        links.append(
            Link(claim=statement.claim.id, other=one.id, kind=finding.kind, score=alike.score, reasons=reasons)
        )
        if finding.kind is LinkKind.CONTRADICTS and statement.affirms:
            rivals[home[statement.claim.id]].append((alike.score, finding.reason))
    for rival, why in rivals.items():
        score = max(score for score, _ in why)
        reasons = tuple(dict.fromkeys(reason for _, reason in why))
        links.append(Link(claim=rival, other=one.id, kind=LinkKind.CONTRADICTS, score=score, reasons=reasons))
    return links
