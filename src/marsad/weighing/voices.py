"""Who speaks for and against a proposition: root speakers, each side once, however many outlets carry them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.linking import side_of, source_of, speaker_of
from marsad.records import Interest, Stance, Voice
from marsad.theatre import fold
from marsad.vocabulary import load_rules
from marsad.weighing.interest import interest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from marsad.linking import Sites, Speaker
    from marsad.records import Claim, Member, Origin, Place, Proposition, Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet

UNDATED = datetime.max.replace(tzinfo=UTC)
_FOR = frozenset({Stance.ASSERTS, Stance.CONCEDES, Stance.RELAYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that the words on a proposition are weighed with; `claims` by id.

    `places` are named by other claims, and tell which spellings are one place; `sites` are those of all claims, where
    these are known.
    """

    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    origins: Mapping[str, Origin]
    theatre: Theatre | None
    rules: RuleSet
    as_of: datetime | None
    places: tuple[Place, ...] = ()
    sites: Sites | None = None

    def said(self, claim: Claim) -> datetime | None:
        """Return when it was said: a copy says nothing later than what it copies."""
        times = [report.said for report in (self.source(claim), self.reports.get(claim.report)) if report]
        return min((time for time in times if time), default=None)

    def source(self, claim: Claim) -> Report | None:
        """Return the report that the claim's text comes from."""
        return self.reports.get(source_of(claim, self.origins)) or self.reports.get(claim.report)

    def heard(self, claim: Claim) -> bool:
        """Tell whether the claim's report was out by the instant that the case is weighed at."""
        if self.as_of is None:
            return True
        report = self.reports.get(claim.report)
        return bool(report and report.said and report.said <= self.as_of)


def voices(
    proposition: Proposition,
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    as_of: datetime | None = None,
) -> tuple[tuple[Voice, ...], tuple[Voice, ...]]:
    """Return the voices for and against, in order of their first word; who changed its word is in both."""
    by_id = {claim.id: claim for claim in claims}
    case = Case(claims=by_id, reports=reports, origins=origins, theatre=theatre, rules=load_rules(), as_of=as_of)
    return weigh(proposition, case)


def weigh(proposition: Proposition, case: Case) -> tuple[tuple[Voice, ...], tuple[Voice, ...]]:
    """Return the voices for and against a proposition in a case."""
    affirm = [member for member in proposition.members if member.stance in _FOR]
    deny = [member for member in proposition.members if member.stance is Stance.DENIES]
    return _gather(proposition, affirm, case, affirms=True), _gather(proposition, deny, case, affirms=False)


def _gather(proposition: Proposition, members: Iterable[Member], case: Case, *, affirms: bool) -> tuple[Voice, ...]:
    spoken: dict[str, list[tuple[Member, Claim, Speaker]]] = defaultdict(list)
    for member in members:
        claim = case.claims.get(member.claim)
        if claim is None or not case.heard(claim):
            continue
        speaker = speaker_of(claim, case.reports, case.origins, case.theatre)
        spoken[speaker.voice].append((member, claim, speaker))
    found = [_voice(proposition, words, case, affirms=affirms) for words in spoken.values()]
    return tuple(sorted(found, key=lambda voice: (voice.first or UNDATED, voice.name, voice.claims)))


def _voice(proposition: Proposition, words: list[tuple[Member, Claim, Speaker]], case: Case, *, affirms: bool) -> Voice:
    times = [time for _, claim, _ in words if (time := case.said(claim))]
    speaker = words[0][2]
    conceded = any(Stance.CONCEDES in {member.stance, claim.stance} for member, claim, _ in words)
    stake = interest(speaker.side, proposition, case.theatre, case.rules, affirms=affirms)
    if affirms and conceded:
        stake = Interest.AGAINST
    return Voice(
        name=speaker.label,
        side=speaker.side,
        sources=tuple(dict.fromkeys(who.name for _, _, who in words)),
        claims=tuple(claim.id for _, claim, _ in words),
        first=min(times, default=None),
        last=max(times, default=None),
        reports=len({claim.report for _, claim, _ in words}),
        interest=stake,
    )


def speaks_for(voice: Voice, name: str | None, theatre: Theatre | None) -> bool:
    """Tell whether a voice is that of a party: of its side, or where it has none, of its name."""
    side = side_of(name, theatre)
    if name is None or side is not None:
        return side is not None and voice.side == side
    return fold(voice.name) == fold(name)
