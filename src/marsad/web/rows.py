"""The shapes of what each endpoint answers: the rows of the commands, and the pages that gather them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

<<<<<<< HEAD
from marsad.outputs import Exclusion, Kept, Root, Section, SituationReport, Statement
=======
>>>>>>> w9-api
from marsad.records import (
    Certainty,
    ControlStatus,
    DatePrecision,
    Extent,
    JudgementKind,
    Polarity,
    Producers,
    Stance,
)
from marsad.web.shapes import Day, Instant, Span, closed, many, shape, value

Words = list[str]
Row = dict[str, Any]

SITE: Row = {
    "place": str,
    "gazetteer_id": str | None,
    "lat": float | None,
    "lon": float | None,
    "country": str | None,
}
SPELL_ROW: Row = {
    "holder": str | None,
    "status": value(ControlStatus),
    "from": Day | None,
    "to": Day | None,
    "last_heard": Instant | None,
    "silent_hours": float | None,
    "claims": Words,
}
CLAIM_ROW: Row = {
    "id": str,
    "report": str,
    "source": str,
    "speaker": str | None,
    "via": str | None,
    "speaks_for": str | None,
    "relays": Words,
    "nested": bool,
    "event": str,
    "polarity": value(Polarity),
    "certainty": value(Certainty),
    "stance": value(Stance),
    "agent": str | None,
    "target": str | None,
    **SITE,
    "place": str | None,
    "place_canonical": str | None,
    "extent": value(Extent),
    "from": Day | None,
    "to": Day | None,
    "date_precision": value(DatePrecision),
    "time_expression": str | None,
    **{
        f"{count}{bound}": NotRequired[int]
        for count in ("killed", "wounded", "detained", "displaced")
        for bound in ("", "_min", "_max")
    },
    "anchor": str,
    "start": int,
    "end": int,
    "cue": str | None,
    "extractor": str,
    "produced": shape(Producers),
}
ENVELOPE: Row = {"revision": str, "policy": str}
DATED: Row = {**ENVELOPE, "as_of": Instant | None}

CLAIM = closed("Claim", CLAIM_ROW)
SPELL = closed("Spell", SPELL_ROW)
DISPUTE = closed(
    "Dispute",
    {
        "proposition": str,
        "event": str,
        "agent": str | None,
        "place": str | None,
        "from": Day | None,
        "to": Day | None,
        "grade": str,
        "graded_by": str | None,
        "open": bool,
        "supporters": Words,
        "deniers": Words,
        "reports": Words,
        "excluded_by": Words,
        "also": Words,
    },
)
CONTROL = closed("Control", {**SITE, "according_to": str, "side": str | None, **SPELL_ROW})
NOWCAST = closed(
    "Nowcast",
    {
        **SITE,
        "on": Day,
        "as_of": Instant | None,
        "holder": str,
        "probability": float,
        "last_heard": Instant | None,
        "claims": Words,
    },
)
SOURCE = closed(
    "Source",
    {
        "voice": str,
        "side": str | None,
        "topic": str,
        **dict.fromkeys(("claims", "held", "failed", "open"), int),
        **dict.fromkeys(
            (f"{outcome}_{how}" for how in ("self_serving", "against_interest") for outcome in ("held", "failed")), int
        ),
        **dict.fromkeys(
            (
                f"share{how}{bound}"
                for how in ("", "_self_serving", "_against_interest")
                for bound in ("", "_low", "_high")
            ),
            float | None,
        ),
    },
)
HIT = closed(
    "Hit",
    {
        "report": str,
        "published": Instant | None,
        "publisher": str | None,
        "title": str,
        "passages": list[Span],
        "excerpt": str,
        "claims": many(CLAIM),
    },
)
JUDGEMENT_ROW: Row = {
    "id": str,
    "kind": value(JudgementKind),
    "subject": str,
    "other": Words,
    "status": Literal["standing", "undone", "orphaned"],
    "claims": Words,
    "values": dict[str, Any],
    "grade": str | None,
    "text": str | None,
    "user": str,
    "reason": str,
    "made": Instant,
}
JUDGEMENT = closed("Judgement", JUDGEMENT_ROW)
JUDGED = closed("Judged", {**JUDGEMENT_ROW, **ENVELOPE})
REVIEW = closed("ReviewItem", {"points": float, "reasons": Words, "propositions": Words, "words": str, **CLAIM_ROW})
RULES = closed(
    "RuleSet",
    {
        "name": str,
        "version": str,
        "what": str,
        "grades": Words,
        "meanings": many(closed("Grade", {"grade": str, "what": str, "open": bool})),
        "rules": many(
            closed(
                "Rule",
                {
                    "rule_set": str,
                    "version": str,
                    "number": int,
                    "grade": str,
                    "when": dict[str, bool | int],
                    "item": str,
                    "settles": str | None,
                    "because": str,
                    "would_change": str,
                },
            )
        ),
    },
)
OUTLET = closed("Outlet", {"name": str, "kind": str, "aliases": Words, "domains": Words, "owner": str | None})
VERSION = closed(
    "Version",
    {
        "id": str,
        "version_of": str | None,
        "said": Instant | None,
        "retrieved": Instant | None,
        "form": str,
        "note": str | None,
        "title": str,
        "gone": Words,
        "new": Words,
        "sha256": str,
    },
)
<<<<<<< HEAD
EVIDENCE = closed(
    "Evidence",
    {
        "counts_as": value(Stance),
        "reasons": _Words,
        "words": str,
        "words_start": int,
        "words_end": int,
        "said": Instant | None,
        "copy_of": str | None,
        **_CLAIM,
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
        "working": _Words,
        "admiralty_source": str | None,
        "admiralty_item": str | None,
        "probability": float | None,
        "voices_for": many(shape(Voice)),
        "voices_against": many(shape(Voice)),
        "evidence": many(EVIDENCE),
        "origins": many(shape(Root)),
        "excluded_by": many(shape(Exclusion)),
        "timeline": many(shape(Statement)),
        "judgements": _Words,
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
        "agencies": _Words,
        "reasons": _Words,
        "added": list[Span],
    },
)
PASSAGE_CLAIM = closed(
    "PassageClaim",
    {
        **_CLAIM,
        "spans": closed("Spans", {"anchor": Span, "cue": Span | None, "source": Span | None, "content": Span | None}),
        "comes_from": str,
        "propositions": many(closed("Home", {"proposition": str, "grade": str | None})),
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
        **_DATED,
    },
)
TOWN = closed(
    "Town",
    {
        **_SITE,
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
_GATHERED: _Row = {"disputes": many(DISPUTE), "claims": many(CLAIM), "claims_in_all": int, **_DATED}
PLACE_PAGE = closed(
    "PlacePage",
    {"place": shape(Place), "spellings": _Words, "control": many(CONTROL), "nowcast": many(NOWCAST), **_GATHERED},
)
VOICE_PAGE = closed(
    "VoicePage",
    {
        "name": str,
        "side": str | None,
        "actor": shape(Actor) | None,
        "sources": _Words,
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
                                    "words": _Words,
                                    "claims": _Words,
                                    "on": Day | None,
                                    "as_of": Instant | None,
                                },
                            ),
                        },
                    )
                ),
                "start": str,
                "end": str,
                "cuts": list[_Words],
                "assumptions": _Words,
                "attribution": str,
            },
        ),
        **_DATED,
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
                "countries": _Words,
                "sides": _Words,
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
        **_ENVELOPE,
    },
)
SITUATION = closed("Situation", {**shape(SituationReport).__annotations__, **_ENVELOPE})
LINES = closed(
    "SituationLines",
    {
        "heading": list[str],
        "since": Instant | None,
        "reports": int,
        "new_reports": int,
        "sections": many(shape(Section)),
        **_DATED,
    },
)
SESSION = closed("Session", {"user": str})
PROBLEM = closed("Problem", {"type": str, "title": str, "status": int, "detail": str})

ANSWERS: dict[str, Any] = {
    "monitor": MONITOR,
    "report": SITUATION,
    "situation": LINES,
    "claims": listing("Claims", CLAIM, _DATED),
    "disputes": listing("Disputes", DISPUTE, _DATED),
    "control": listing("Controls", CONTROL, _DATED),
    "nowcast": listing("Nowcasts", NOWCAST, _DATED),
    "sources": listing("Sources", SOURCE, _DATED),
    "search": listing("Hits", HIT, _DATED),
    "receipts": listing("Receipts", shape(Delivery), _ENVELOPE),
    "judgements": listing("Judgements", JUDGEMENT, _DATED),
    "review": listing("ReviewQueue", REVIEW, _DATED),
    "rules": listing("RuleSets", RULES, _ENVELOPE),
    "outlets": listing("Outlets", OUTLET, _ENVELOPE),
    "assess": closed("Dossiers", {"items": many(DOSSIER), **_DATED}),
    "reports": listing("Reports", REPORT_ITEM, _DATED),
    "reports_page": REPORT_PAGE,
    "versions": listing("Versions", VERSION, _ENVELOPE),
    "towns": listing("Towns", TOWN, _DATED),
    "places": PLACE_PAGE,
    "voices": VOICE_PAGE,
    "actors": ACTOR_PAGE,
    "route": ROUTE,
    "access": listing("Accesses", ACCESS, _DATED),
    "roads": listing("Networks", NETWORK, _ENVELOPE),
    "judge": JUDGED,
    "session": SESSION,
}
"""What answers each endpoint, by its name."""
=======
>>>>>>> w9-api
