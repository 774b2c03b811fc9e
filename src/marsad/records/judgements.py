"""What people rule on what was read and put together: kept beside it, and never overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from marsad.records.claims import Claim, Counts, Extent, Interval

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from marsad.records.claims import Certainty, Place, Polarity, Stance


class JudgementKind(StrEnum):
    """What a person does: rule on a claim, a proposition or a report, remark on one, or take a judgement back.

    `TRANSLATE` puts a machine's translation beside a report: it is shown, and never read from.
    """

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    GRADE = "grade"
    NOTE = "note"
    LABEL = "label"
    RETRACT = "retract"
    TRANSLATE = "translate"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """New values for fields of a claim: those that `fields` names, None among them where it is unknown."""

    fields: tuple[str, ...]
    event: str | None = None
    source: str | None = None
    speaker: str | None = None
    polarity: Polarity | None = None
    certainty: Certainty | None = None
    stance: Stance | None = None
    agent: str | None = None
    target: str | None = None
    place: Place | None = None
    extent: Extent = Extent.UNKNOWN
    interval: Interval = field(default_factory=Interval)
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judgement by a named person, at the instant `made`.

    `subject` is the id of a claim, of a proposition, of a report, or of the judgement that is undone. `other` are the
    propositions that a merge adds to the subject, the claims that a split takes out of it, or the other versions of a
    report that is retracted. `values` are those of a correction,
    `grade` is that given by hand, `text` the words of a note or a label. `claims` are the claims that the subject
    stands for, `others` those of `other`, as they stood when it was judged: by these it is found again when the report
    is read anew.
    """

    id: str
    kind: JudgementKind
    subject: str
    user: str
    reason: str
    made: datetime
    other: tuple[str, ...] = ()
    values: Correction | None = None
    grade: str | None = None
    text: str | None = None
    claims: tuple[Claim, ...] = ()
    others: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouping:
    """That the propositions of `claims` and of `others` are one, or that `others` are of another than `claims`."""

    kind: JudgementKind
    claims: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Claims as people left them.

    `claims` stand in the order of the reader; left out of them are those `rejected`, alone or with their reports, which
    `retracted` names. `standing` are the judgements that hold,
    `undone` those that were taken back, `orphaned` those whose claims nobody reads any more; all in order of time.
    `found` maps the id of each standing judgement to the ids of its claims as they are now.
    """

    claims: tuple[Claim, ...] = ()
    rejected: tuple[Claim, ...] = ()
    retracted: frozenset[str] = frozenset()
    regroupings: tuple[Regrouping, ...] = ()
    standing: tuple[Judgement, ...] = ()
    undone: tuple[Judgement, ...] = ()
    orphaned: tuple[Judgement, ...] = ()
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandGrade:
    """A grade that a person gave a proposition, with the judgement that says so."""

    grade: str
    user: str
    made: datetime
    reason: str
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two people agree on one question: `verdict` (whether a claim stands), or the field of a claim.

    `claims` is the number of claims that both answered it for, `agreed` of how many alike. `alpha` is Krippendorff's,
    of nominal values: 1 is full agreement, 0 what chance would give; None where all answers are alike, or there are
    none, so that it is not defined.
    """

    question: str
    claims: int
    agreed: int
    alpha: float | None
