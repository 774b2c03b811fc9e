"""Records as rows of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.serial import to_json

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.records import Claim, Report


def report_row(report: Report, learnt: datetime) -> dict[str, Any]:
    """Return the row of a report."""
    return {**to_json(report), "published_at": report.published, "learnt": learnt}


def claim_row(claim: Claim, reading: int | None, position: int) -> dict[str, Any]:
    """Return the row of a claim, the one at `position` of its reading."""
    return {
        "reading": reading,
        "id": claim.id,
        "position": position,
        "report": claim.report,
        "event": claim.event,
        "source": claim.source,
        "extractor": claim.extractor,
        "lat": claim.place.lat if claim.place else None,
        "lon": claim.place.lon if claim.place else None,
        "record": to_json(claim, brief=True),
    }
