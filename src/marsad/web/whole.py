"""The shapes of whole answers: pages that gather rows, and lists of rows."""

from __future__ import annotations

from typing import Any, Literal

from marsad.outputs import Exclusion, Kept, Root, Section, SituationReport, Statement
from marsad.records import (
    Actor,
    DatePrecision,
    Delivery,
    HandGrade,
    Place,
    Polarity,
    Report,
    RouteAnswer,
    RouteStatus,
    Stance,
    Voice,
)
from marsad.web.rows import (
    CLAIM,
    CLAIM_ROW,
    CONTROL,
    DATED,
    DISPUTE,
    ENVELOPE,
    HIT,
    JUDGED,
    JUDGEMENT,
    NOWCAST,
    OUTLET,
    POLICY,
    REVIEW,
    RULES,
    SITE,
    SOURCE,
    SPELL,
    VERSION,
    Row,
    Words,
)
from marsad.web.shapes import Day, Instant, Span, closed, listing, many, shape, value

EVIDENCE = closed(
    "Evidence",
    {
        "counts_as": value(Stance),
        "reasons": Words,
        "words": str,
        "words_start": int,
        "words_end": int,
        "said": Instant | None,
        "copy_of": str | None,
        **CLAIM_ROW,
    },
)
DOSSIER = closed(
    "Dossier",
    {
        "proposition": str,
        "headline": str,
        "event": str,
        "family": str,
        "agent": str | None,
        "target": str | None,
        "place": shape(Place) | None,
        "from": Day | None,
        "to": Day | None,
        "grade": str | None,
        "means": str | None,
        "open": bool,
        "by_hand": shape(HandGrade) | None,
        "grade_by_rules": str | None,
        "rule_set": str | None,
        "rule_version": str | None,
        "settled_as": value(Polarity) | None,
        "settled_on": Instant | None,
        "working": Words,
        "admiralty_source": str | None,
        "admiralty_item": str | None,
        "probability": float | None,
        "voices_for": many(shape(Voice)),
        "voices_against": many(shape(Voice)),
        "evidence": many(EVIDENCE),
        "origins": many(shape(Root)),
        "excluded_by": many(shape(Exclusion)),
        "timeline": many(shape(Statement)),
        "judgements": Words,
    },
)
REPORT_ITEM = closed(
    "ReportItem",
    {
        "id": str,
        "publisher": str | None,
        "kind": str,
        "title": str,
        "published": Instant | None,
        "published_precision": value(DatePrecision),
        "said": Instant | None,
        "url": str | None,
        "language": str | None,
        "direction": Literal["ltr", "rtl"],
        "form": str,
        "version_of": str | None,
        "copy_of": str | None,
    },
)
ORIGIN = closed(
    "Origin",
    {
        "report": str,
        "publisher": str | None,
        "origin": str,
        "agencies": Words,
        "reasons": Words,
        "added": list[Span],
    },
)
PASSAGE_CLAIM = closed(
    "PassageClaim",
    {
        **CLAIM_ROW,
        "spans": closed("Spans", {"anchor": Span, "cue": Span | None, "source": Span | None, "content": Span | None}),
        "comes_from": str,
        "propositions": many(closed("Home", {"proposition": str, "grade": str | None})),
    },
)
TRANSLATION = closed(
    "Translation",
    {
        "judgement": str,
        "made_by": str,
        "user": str,
        "made": Instant,
        "text": str,
        "direction": Literal["ltr", "rtl"],
    },
)
REPORT_PAGE = closed(
    "ReportPage",
    {
        **shape(Report).__annotations__,
        "published": Instant | Day | None,
        "said": Instant | None,
        "direction": Literal["ltr", "rtl"],
        "origin": ORIGIN | None,
        "copies": many(ORIGIN),
        "versions": many(VERSION),
        "capture": shape(Kept) | None,
        "claims": many(PASSAGE_CLAIM),
        "translations": many(TRANSLATION),
        **DATED,
    },
)
TOWN = closed(
    "Town",
    {
        **SITE,
        "canonical": str | None,
        "feature": str | None,
        "accounts": many(closed("Account", {"according_to": str, "side": str | None, "spells": many(SPELL)})),
        "nowcast": closed(
            "Likeliest",
            {
                "holder": str,
                "probability": float,
                "on": Day,
                "last_heard": Instant | None,
                "holders": many(closed("Chance", {"holder": str, "probability": float})),
            },
        )
        | None,
        "disputed": bool,
        "contested": bool,
        "claims": int,
    },
)
_GATHERED: Row = {"disputes": many(DISPUTE), "claims": many(CLAIM), "claims_in_all": int, **DATED}
PLACE_PAGE = closed(
    "PlacePage",
    {"place": shape(Place), "spellings": Words, "control": many(CONTROL), "nowcast": many(NOWCAST), **_GATHERED},
)
VOICE_PAGE = closed(
    "VoicePage",
    {
        "name": str,
        "side": str | None,
        "actor": shape(Actor) | None,
        "sources": Words,
        "record": many(SOURCE),
        **_GATHERED,
    },
)
ACTOR_PAGE = closed("ActorPage", {"name": str, "actor": shape(Actor) | None, "control": many(CONTROL), **_GATHERED})
ROUTE = closed(
    "Route",
    {
        "answer": shape(RouteAnswer),
        "features": closed(
            "WayFeatures",
            {
                "type": Literal["FeatureCollection"],
                "features": many(
                    closed(
                        "LegFeature",
                        {
                            "type": Literal["Feature"],
                            "geometry": closed(
                                "Line", {"type": Literal["LineString"], "coordinates": list[list[float]]}
                            ),
                            "properties": closed(
                                "LegProperties",
                                {
                                    "according_to": str,
                                    "side": str | None,
                                    "leg": int,
                                    "road": str | None,
                                    "class": str,
                                    "km": float,
                                    "minutes": int,
                                    "status": value(RouteStatus),
                                    "border": str | None,
                                    "words": Words,
                                    "claims": Words,
                                    "on": Day | None,
                                    "as_of": Instant | None,
                                },
                            ),
                        },
                    )
                ),
                "start": str,
                "end": str,
                "cuts": list[Words],
                "assumptions": Words,
                "attribution": str,
            },
        ),
        **DATED,
    },
)
ACCESS = closed(
    "Access",
    {
        "town": str,
        "lat": float,
        "lon": float,
        "nearest": str | None,
        "minutes": int | None,
        "free_minutes": int | None,
    },
)
NETWORK = closed("Network", {"name": str, "roads": int, "km": int, "borders": int, "attribution": str, "licence": str})
MONITOR = closed(
    "Monitor",
    {
        "name": str,
        "theatre": closed(
            "Theatre",
            {
                "name": str,
                "zone": str,
                "countries": Words,
                "sides": Words,
                "parties": many(closed("Party", {"name": str, "side": str | None, "kind": str})),
            },
        )
        | None,
        "first": Instant | None,
        "last": Instant | None,
        "counts": closed(
            "Counts",
            dict.fromkeys(("reports", "claims", "propositions", "disputes_open", "disputes_settled", "towns"), int),
        ),
        "rules": str,
        "has_roads": bool,
        "version": str,
        "can_review": bool,
        "user": str | None,
        **ENVELOPE,
    },
)
SITUATION = closed("Situation", {**shape(SituationReport).__annotations__, **ENVELOPE})
LINES = closed(
    "SituationLines",
    {
        "heading": Words,
        "since": Instant | None,
        "reports": int,
        "new_reports": int,
        "sections": many(shape(Section)),
        **DATED,
    },
)
SESSION = closed("Session", {"user": str})
PROBLEM = closed("Problem", {"type": str, "title": str, "status": int, "detail": str})

ANSWERS: dict[str, Any] = {
    "monitor": MONITOR,
    "report": SITUATION,
    "situation": LINES,
    "claims": listing("Claims", CLAIM, DATED),
    "disputes": listing("Disputes", DISPUTE, DATED),
    "control": listing("Controls", CONTROL, DATED),
    "nowcast": listing("Nowcasts", NOWCAST, DATED),
    "sources": listing("Sources", SOURCE, DATED),
    "search": listing("Hits", HIT, DATED),
    "receipts": listing("Receipts", shape(Delivery), ENVELOPE),
    "judgements": listing("Judgements", JUDGEMENT, DATED),
    "review": listing("ReviewQueue", REVIEW, DATED),
    "rules": listing("RuleSets", RULES, ENVELOPE),
    "policies": listing("Policies", POLICY, ENVELOPE),
    "outlets": listing("Outlets", OUTLET, ENVELOPE),
    "assess": closed("Dossiers", {"items": many(DOSSIER), **DATED}),
    "reports": listing("Reports", REPORT_ITEM, DATED),
    "reports_page": REPORT_PAGE,
    "versions": listing("Versions", VERSION, ENVELOPE),
    "towns": listing("Towns", TOWN, DATED),
    "places": PLACE_PAGE,
    "voices": VOICE_PAGE,
    "actors": ACTOR_PAGE,
    "route": ROUTE,
    "access": listing("Accesses", ACCESS, DATED),
    "roads": listing("Networks", NETWORK, ENVELOPE),
    "judge": JUDGED,
    "session": SESSION,
}
"""What answers each endpoint, by its name."""
