"""The shapes of what each endpoint answers: the rows of the commands, and the pages that gather them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

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
