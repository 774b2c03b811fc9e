"""Marsad: an open war monitor. Reports in; attributed claims, disputes, verdicts and control by account out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad._version import __version__
from marsad.errors import DataFileError, GazetteerError, InputError, MarsadError, MissingStoreError, StoreError
from marsad.records import (
    Actor,
    Agreement,
    Assessment,
    Certainty,
    Claim,
    ControlState,
    ControlStatus,
    Correction,
    Count,
    Counts,
    DatePrecision,
    Delivery,
    Dispute,
    Extent,
    HandGrade,
    Hit,
    Inspection,
    Interest,
    Interval,
    Judged,
    Judgement,
    JudgementKind,
    Link,
    LinkKind,
    Member,
    Nowcast,
    Origin,
    Outcome,
    Passage,
    Place,
    Polarity,
    Producer,
    Producers,
    Proposition,
    Regrouping,
    Report,
    Share,
    SourceRecord,
    Stance,
    Tally,
    Voice,
)

if TYPE_CHECKING:
    from marsad.demo import demo_gold, demo_reports, demo_theatre
    from marsad.evaluation import Corpus, Scores, score_claims
    from marsad.gazetteer import Gazetteer
    from marsad.intake import Skipped, Taken, read_inputs
    from marsad.monitor import Difference, Monitor, Receipt
    from marsad.outputs import Detail, Gold, Picture, ReviewItem, SituationReport
    from marsad.reading import EXTRACTOR, Reader, Toponym, ToponymUse, Unread
    from marsad.serial import claim_to_row
    from marsad.theatre import Theatre, load_theatre
    from marsad.vocabulary import RuleSet, load_rules, shipped_rules

__all__ = [
    "EXTRACTOR",
    "Actor",
    "Agreement",
    "Assessment",
    "Certainty",
    "Claim",
    "ControlState",
    "ControlStatus",
    "Corpus",
    "Correction",
    "Count",
    "Counts",
    "DataFileError",
    "DatePrecision",
    "Delivery",
    "Detail",
    "Difference",
    "Dispute",
    "Extent",
    "Gazetteer",
    "GazetteerError",
    "Gold",
    "HandGrade",
    "Hit",
    "InputError",
    "Inspection",
    "Interest",
    "Interval",
    "Judged",
    "Judgement",
    "JudgementKind",
    "Link",
    "LinkKind",
    "MarsadError",
    "Member",
    "MissingStoreError",
    "Monitor",
    "Nowcast",
    "Origin",
    "Outcome",
    "Passage",
    "Picture",
    "Place",
    "Polarity",
    "Producer",
    "Producers",
    "Proposition",
    "Reader",
    "Receipt",
    "Regrouping",
    "Report",
    "ReviewItem",
    "RuleSet",
    "Scores",
    "Share",
    "SituationReport",
    "Skipped",
    "SourceRecord",
    "Stance",
    "StoreError",
    "Taken",
    "Tally",
    "Theatre",
    "Toponym",
    "ToponymUse",
    "Unread",
    "Voice",
    "__version__",
    "claim_to_row",
    "demo_gold",
    "demo_reports",
    "demo_theatre",
    "load_rules",
    "load_theatre",
    "read_inputs",
    "score_claims",
    "shipped_rules",
]

# The rooms that take long to import are entered when one of their names is first asked for.
_ROOMS = {
    "demo": ("demo_gold", "demo_reports", "demo_theatre"),
    "evaluation": ("Corpus", "Scores", "score_claims"),
    "gazetteer": ("Gazetteer",),
    "intake": ("Skipped", "Taken", "read_inputs"),
    "monitor": ("Difference", "Monitor", "Receipt"),
    "outputs": ("Detail", "Gold", "Picture", "ReviewItem", "SituationReport"),
    "reading": ("EXTRACTOR", "Reader", "Toponym", "ToponymUse", "Unread"),
    "serial": ("claim_to_row",),
    "theatre": ("Theatre", "load_theatre"),
    "vocabulary": ("RuleSet", "load_rules", "shipped_rules"),
}
_HOME = {name: f"marsad.{room}" for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return a public name from the room that it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module 'marsad' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Return all that is here, the rooms not yet entered included."""
    return sorted({*globals(), *__all__})
