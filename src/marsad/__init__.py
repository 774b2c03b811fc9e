"""Marsad: an open war monitor. Reports in; attributed claims, disputes, verdicts and control by account out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad._version import __version__
from marsad.errors import (
    DataFileError,
    GazetteerError,
    InputError,
    MarsadError,
    MissingError,
    MissingStoreError,
    RoadsError,
    StoreError,
)
from marsad.records import (
    Actor,
    Agreement,
    Assessment,
    Capture,
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
    Health,
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
    RouteAnswer,
    RouteForecast,
    RouteLeg,
    RouteSensitivity,
    RouteState,
    RouteStatus,
    RouteTurn,
    RouteView,
    RouteWay,
    Share,
    SourceRecord,
    Stance,
    Tally,
    Voice,
)

if TYPE_CHECKING:
    from marsad.demo import demo_gold, demo_reports, demo_roads, demo_theatre
    from marsad.evaluation import Corpus, Scores, score_claims
    from marsad.fetching import Fetcher
    from marsad.gazetteer import Gazetteer
    from marsad.intake import ColumnMap, Skipped, Taken, load_columns, read_inputs
    from marsad.monitor import Difference, Monitor, Receipt, Turn
    from marsad.outputs import Detail, Gold, Picture, ReviewItem, SituationReport
    from marsad.reading import EXTRACTOR, Reader, Toponym, ToponymUse, Unread
    from marsad.roads import Access
    from marsad.serial import claim_to_row
    from marsad.theatre import Theatre, known_outlets, load_theatre
    from marsad.vocabulary import Publisher, Publishers, RuleSet, load_publishers, load_rules, shipped_rules
    from marsad.web import serve

__all__ = [
    "EXTRACTOR",
    "Access",
    "Actor",
    "Agreement",
    "Assessment",
    "Capture",
    "Certainty",
    "Claim",
    "ColumnMap",
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
    "Fetcher",
    "Gazetteer",
    "GazetteerError",
    "Gold",
    "HandGrade",
    "Health",
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
    "MissingError",
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
    "Publisher",
    "Publishers",
    "Reader",
    "Receipt",
    "Regrouping",
    "Report",
    "ReviewItem",
    "RoadsError",
    "RouteAnswer",
    "RouteForecast",
    "RouteLeg",
    "RouteSensitivity",
    "RouteState",
    "RouteStatus",
    "RouteTurn",
    "RouteView",
    "RouteWay",
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
    "Turn",
    "Unread",
    "Voice",
    "__version__",
    "claim_to_row",
    "demo_gold",
    "demo_reports",
    "demo_roads",
    "demo_theatre",
    "known_outlets",
    "load_columns",
    "load_publishers",
    "load_rules",
    "load_theatre",
    "read_inputs",
    "score_claims",
    "serve",
    "shipped_rules",
]

# The rooms that take long to import are entered when one of their names is first asked for.
_ROOMS = {
    "demo": ("demo_gold", "demo_reports", "demo_roads", "demo_theatre"),
    "evaluation": ("Corpus", "Scores", "score_claims"),
    "fetching": ("Fetcher",),
    "gazetteer": ("Gazetteer",),
    "intake": ("ColumnMap", "Skipped", "Taken", "load_columns", "read_inputs"),
    "monitor": ("Difference", "Monitor", "Receipt", "Turn"),
    "outputs": ("Detail", "Gold", "Picture", "ReviewItem", "SituationReport"),
    "reading": ("EXTRACTOR", "Reader", "Toponym", "ToponymUse", "Unread"),
    "roads": ("Access",),
    "serial": ("claim_to_row",),
    "theatre": ("Theatre", "known_outlets", "load_theatre"),
    "vocabulary": ("Publisher", "Publishers", "RuleSet", "load_publishers", "load_rules", "shipped_rules"),
    "web": ("serve",),
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
