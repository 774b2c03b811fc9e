"""What a monitor gives an export: claims a report at a time, and where it asks for it the whole picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.records import Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from zoneinfo import ZoneInfo

    from marsad.exports.about import About
    from marsad.outputs import Picture
    from marsad.records import Assessment, Capture, Claim, ControlState, Dispute, Proposition, Report
    from marsad.roads import RoadWord
    from marsad.store import Row
    from marsad.theatre import Theatre


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with those of its claims that were asked for, as they may leave."""

    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A claim as a member of a proposition, with its report."""

    stance: Stance
    claim: Claim
    report: Report

    @property
    def denies(self) -> bool:
        """Whether it speaks against the proposition."""
        return self.stance is Stance.DENIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A proposition with its verdict and all words on it, in order of statement."""

    proposition: Proposition
    assessment: Assessment
    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """What may leave a monitor of what was asked for; everything comes in an order that only its content decides.

    `told` yields the reports by publication, those without a claim that was asked for included unless claims were
    chosen, and holds one at a time. `picture` draws everything at once. `chosen` returns the ids of the claims that
    were asked for, and is None where all were. `capture` returns the bytes from which a report was taken, None where
    none are kept or may leave. `tagged` asks for HXL hashtags beneath the header of a table. `before` draws what was
    known when the period that was asked for began, None without one. `roads` tells what is said of roads, with their
    lines where they may leave. `facts` yields the rows of a table of all that is kept, None unless all of it may leave.
    """

    about: About
    theatre: Theatre | None
    zone: ZoneInfo
    told: Callable[[], Iterator[Told]]
    picture: Callable[[], Picture]
    capture: Callable[[Report], Capture | None]
    chosen: Callable[[], Collection[str]] | None = None
    tagged: bool = False
    before: Callable[[], Picture] | None = None
    roads: Callable[[], Iterable[RoadWord]] = tuple
    facts: Callable[[str], Iterator[Row]] | None = None

    def matters(self) -> Iterator[Matter]:
        """Yield the propositions on which a claim that was asked for bears, with all words on each, by id."""
        now, asked = self.picture(), self.asked()
        for one in sorted(now.linked.propositions, key=lambda proposition: proposition.id):
            words = tuple(
                Word(stance=member.stance, claim=claim, report=now.report_by_id[claim.report])
                for member in one.members
                if (claim := now.claim_by_id.get(member.claim)) is not None
            )
            if asked is None or any(word.claim.id in asked for word in words):
                yield Matter(proposition=one, assessment=now.assessments[one.id], words=words)

    def disputes(self) -> Iterator[Dispute]:
        """Yield the disputes on whose proposition a claim that was asked for bears, by id."""
        bearing = {matter.proposition.id for matter in self.matters()}
        disputes = (one for one in self.picture().disputes if one.proposition in bearing)
        yield from sorted(disputes, key=lambda dispute: dispute.proposition)

    def control(self) -> Iterator[ControlState]:
        """Yield the spells of control that a claim tells which was asked for, in the order of the picture."""
        asked = self.asked()
        for state in self.picture().control:
            if asked is None or any(claim in asked for claim in state.claims):
                yield state

    def asked(self) -> Collection[str] | None:
        """Return the ids of the claims that were asked for, None for all."""
        return None if self.chosen is None else self.chosen()
