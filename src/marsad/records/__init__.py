"""The records that pass between stages: frozen, typed, and the only things that do.

Three clocks run through them: when it was (`Interval`), when it was said (`Report.published`), when Marsad learnt it
(`Report.retrieved`, and the store's own clock). Unknown is a value everywhere: `None`, or the member `unknown`, never a
default that looks like knowledge. Text is never changed; whatever is read from it is a `Passage` over it.
"""

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
from marsad.records.reports import DatePrecision, Passage, Report
from marsad.records.verdicts import (
    Assessment,
    ControlState,
    ControlStatus,
    Dispute,
    Link,
    LinkKind,
    Member,
    Nowcast,
    Origin,
    Proposition,
    SourceRecord,
    Voice,
)

__all__ = [
    "Actor",
    "Assessment",
    "Certainty",
    "Claim",
    "ControlState",
    "ControlStatus",
    "Count",
    "Counts",
    "DatePrecision",
    "Dispute",
    "Extent",
    "Interval",
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
    "Report",
    "SourceRecord",
    "Stance",
    "Voice",
]
