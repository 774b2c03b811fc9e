"""Judgements obeyed: claims and what people ruled on them, in order of time, to claims as people left them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.judging.finding import found_again
from marsad.judging.values import FIELDS, corrected, with_values
from marsad.records import Claim, Judged, JudgementKind, Regrouping

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from marsad.records import Judgement

_REGROUPING = frozenset({JudgementKind.MERGE, JudgementKind.SPLIT})
_OF_NO_CLAIM = frozenset({JudgementKind.TRANSLATE, JudgementKind.UNDO})


def judged(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> Judged:
    """Return the claims as people left them; `judgements` stand in order of time, and of two the later one wins.

    What is undone leaves no trace but the judgements themselves. A judgement that finds none of its claims is orphaned.
    """
    standing, undone = _in_force(judgements)
    state = _State(claims)
    gone = frozenset(report for one in standing for report in _retracted_by(one))
    obeyed, orphaned, regroupings = [], [], []
    found: dict[str, tuple[str, ...]] = {}
    for judgement in standing:
        if judgement.kind is JudgementKind.RETRACT:
            found[judgement.id] = tuple(
                one.id for report in _retracted_by(judgement) for one in state.of_report[report]
            )
            obeyed.append(judgement)
            continue
        subject, others = state.find(judgement.claims), state.find(judgement.others)
        lost = judgement.kind not in _OF_NO_CLAIM and not subject
        if lost or (judgement.kind in _REGROUPING and not others):
            orphaned.append(judgement)
            continue
        found[judgement.id] = subject
        obeyed.append(judgement)
        if judgement.kind in _REGROUPING:
            regroupings.append(Regrouping(kind=judgement.kind, claims=subject, others=others))
        else:
            state.obey(judgement, subject)
    out = {one.id for one in claims if one.id in state.rejected or one.report in gone}
    return Judged(
        claims=tuple(state.now[one.id] for one in claims if one.id not in out),
        rejected=tuple(state.now[one.id] for one in claims if one.id in out),
        retracted=gone,
        regroupings=tuple(regroupings),
        standing=tuple(obeyed),
        undone=tuple(undone),
        orphaned=tuple(orphaned),
        found=found,
    )


def retracted(judgements: Sequence[Judgement]) -> frozenset[str]:
    """Return the ids of the reports that people retracted; `judgements` stand in order of time."""
    standing, _ = _in_force(judgements)
    return frozenset(report for one in standing for report in _retracted_by(one))


def _retracted_by(judgement: Judgement) -> tuple[str, ...]:
    return (judgement.subject, *judgement.other) if judgement.kind is JudgementKind.RETRACT else ()


def _in_force(judgements: Sequence[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """Return the judgements that nobody took back, and those that somebody did; undoing can be undone."""
    void: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.kind is JudgementKind.UNDO and judgement.id not in void:
            void.add(judgement.subject)
    return [one for one in judgements if one.id not in void], [one for one in judgements if one.id in void]


@dataclass(slots=True)
class _State:
    """The claims while judgements are obeyed: as they are by now, and which of them are rejected."""

    claims: Sequence[Claim]
    now: dict[str, Claim] = field(init=False)
    rejected: set[str] = field(default_factory=set)
    of_report: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Begin with what was read."""
        self.now = {claim.id: claim for claim in self.claims}
        for claim in self.claims:
            self.of_report[claim.report].append(claim)

    def find(self, wanted: Iterable[Claim]) -> tuple[str, ...]:
        """Return the ids of the claims that judged ones are now, each once."""
        ids = (
            found_again(was, ((self.now[read.id], read) for read in self.of_report.get(was.report, ())))
            for was in wanted
        )
        return tuple(dict.fromkeys(one for one in ids if one is not None))

    def told_by(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the claims of some reports."""
        return tuple(claim.id for report in reports for claim in self.of_report.get(report, ()))

    def obey(self, judgement: Judgement, subject: Sequence[str]) -> None:
        """Do to the claims what the judgement says."""
        for claim in subject:
            if judgement.kind is JudgementKind.REJECT:
                self.rejected.add(claim)
            elif judgement.kind is JudgementKind.ACCEPT:
                self.rejected.discard(claim)
                (seen,) = judgement.claims
                self.now[claim] = with_values(self.now[claim], {name: getattr(seen, name) for name in FIELDS})
            elif judgement.kind is JudgementKind.CORRECT and judgement.values:
                self.rejected.discard(claim)
                self.now[claim] = corrected(self.now[claim], judgement.values)
