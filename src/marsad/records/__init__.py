"""The records that pass between stages: frozen, typed, and the only things that do.

Three clocks run through them: when it was (`Interval`), when it was said (`Report.published`), when Marsad learnt it
(`Report.retrieved`, and the store's own clock). Unknown is a value everywhere: `None`, or the member `unknown`, never a
default that looks like knowledge. Text is never changed; whatever is read from it is a `Passage` over it.
"""

from marsad.records.answers import Hit, Inspection
from marsad.records.claims import (
    Actor,
    Certainty,
    Claim,
    Count,
    Counts,
    Extent,
    Interval,
    Place,
    Polarity,
    Producer,
    Producers,
    Stance,
)
from marsad.records.judgements import (
    Agreement,
    Correction,
    HandGrade,
    Judged,
    Judgement,
    JudgementKind,
    Regrouping,
)
from marsad.records.reports import DatePrecision, Passage, Report
from marsad.records.slots import Slot, Spot
from marsad.records.verdicts import (
    Addition,
    Assessment,
    ControlState,
    ControlStatus,
    Dispute,
    Interest,
    Kinship,
    Link,
    LinkKind,
    Member,
    Nowcast,
    Origin,
    Proposition,
    Share,
    SourceRecord,
    Tally,
    Voice,
)

__all__ = [
    "Actor",
    "Addition",
    "Agreement",
    "Assessment",
    "Certainty",
    "Claim",
    "ControlState",
    "ControlStatus",
    "Correction",
    "Count",
    "Counts",
    "DatePrecision",
    "Dispute",
    "Extent",
    "HandGrade",
    "Hit",
    "Inspection",
    "Interest",
    "Interval",
    "Judged",
    "Judgement",
    "JudgementKind",
    "Kinship",
    "Link",
    "LinkKind",
    "Member",
    "Nowcast",
    "Origin",
    "Passage",
    "Place",
    "Polarity",
    "Producer",
    "Producers",
    "Proposition",
    "Regrouping",
    "Report",
    "Share",
    "Slot",
    "SourceRecord",
    "Spot",
    "Stance",
    "Tally",
    "Voice",
]
