"""Records as rows of the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marsad.records import Report
from marsad.serial import from_json, to_json
from marsad.store import schema as s

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row, RowMapping

    from marsad.records import Claim, Judgement

REPORT = tuple(column for column in s.report.c if column.name not in {"published_at", "learnt"})
"""The columns that a report is made of."""
_VERSION = 12  # hex digits of the text's hash that tell the versions of a report apart

LATER = frozenset({"updated", "version_of", "authors", "note", "forwarded_from", "reply_to", "form"})
"""The columns of a report that are empty in rows of a time before they were there."""


def as_version(report: Report) -> Report:
    """Return a report whose id stands for an earlier text as a version of that one, under an id that its text gives."""
    name = f"{report.id}@{report.sha256[:_VERSION]}"
    return replace(report, id=name, version_of=report.id, updated=report.updated or report.retrieved)


def report_row(report: Report, learnt: datetime) -> dict[str, Any]:
    """Return the row of a report."""
    return {**to_json(report), "published_at": report.said, "learnt": learnt}


def report_of(row: Row[Any]) -> Report:
    """Return the report of a row of the columns `REPORT`."""
    return report_of_cells(row._mapping)


def report_of_cells(cells: Mapping[str, Any] | RowMapping) -> Report:
    """Return the report of the cells of the columns `REPORT`; raise InputError where they are none."""
    return from_json(Report, {name: value for name, value in cells.items() if value is not None or name not in LATER})


def claim_row(claim: Claim, reading: int | None, position: int, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a claim, the one at `position` of its reading, with its `record` as JSON."""
    place = claim.place
    return {
        "reading": reading,
        "id": claim.id,
        "position": position,
        "report": claim.report,
        "event": claim.event,
        "source": claim.source,
        "extractor": claim.extractor,
        "speaker": claim.speaker,
        "place": place.name if place else None,
        "canonical": place.canonical if place else None,
        "gazetteer": place.gazetteer_id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "record": record,
    }


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """Return the row of a judgement, without its number."""
    return {
        "id": judgement.id,
        "kind": judgement.kind.value,
        "subject": judgement.subject,
        "judge": judgement.user,
        "made": judgement.made,
        "record": to_json(judgement, brief=True),
    }
