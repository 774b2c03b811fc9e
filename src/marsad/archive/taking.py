"""The first step: a unit of the input to its reports, each with whether it can speak of war, and to what gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.archive.entries import entry, spread
from marsad.archive.inputs import read_unit
from marsad.archive.job import columns_of, filter_of, publishers_of, retrieved_of
from marsad.intake import Skipped
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share


def take(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the reports of a unit by id, and what was skipped by its origin."""
    if share.unit is None:
        return
    for item in read_unit(share.unit, publishers_of(job), columns_of(job), retrieved_of(job)):
        if isinstance(item, Skipped):
            yield "taken", entry(spread(item.origin), "skip", {"origin": item.origin, "reason": item.reason})
            continue
        told = {
            "report": to_json(item.report),
            "origin": item.origin,
            "content": item.content,
            "versioned": item.versioned,
            "read": job.every or filter_of(job).passes(item.report),
        }
        yield "taken", entry(spread(item.report.id), "report", told)
