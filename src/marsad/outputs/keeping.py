"""Rows of what a search found, what came in, and what a check did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows
from marsad.outputs.wording import clock, day, plain
from marsad.serial import claim_to_row, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from marsad.records import Delivery, Hit, Inspection, Verification


def hit_rows(hits: Iterable[Hit], zone: ZoneInfo) -> Rows:
    """Return a row for each hit: the report, the places in its text, the words around the first, and the claims."""
    brief, full = [], []
    for hit in hits:
        report = hit.report
        excerpt = report.text[hit.excerpt.start : hit.excerpt.end]
        names = [claim.id for claim in hit.claims]
        brief.append((report.id, day(report.published, zone), report.publisher or "", plain(excerpt), "\n".join(names)))
        full.append(
            {
                "report": report.id,
                "published": to_json(report.published),
                "publisher": report.publisher,
                "title": report.title,
                "passages": [[one.start, one.end] for one in hit.passages],
                "excerpt": excerpt,
                "claims": [claim_to_row(claim, report) for claim in hit.claims],
            }
        )
    return Rows(("report", "published", "publisher", "words", "claims"), brief, full)


def receipt_rows(receipts: Iterable[Delivery], zone: ZoneInfo) -> Rows:
    """Return a row for each input: when Marsad met it, what became of it, the report that it gave, or why none."""
    receipts = tuple(receipts)
    brief = [
        (clock(one.learnt, zone), one.outcome.value, plain(one.origin), plain(one.report or one.reason or ""))
        for one in receipts
    ]
    return Rows(("learnt", "outcome", "input", "report, or why none"), brief, [to_json(one) for one in receipts])


def inspection_rows(found: Inspection) -> Rows:
    """Return one row: how much was checked, the head of the ledger, and the faults."""
    full = to_json(found)
    numbers = [name for name, value in full.items() if isinstance(value, int)]
    return Rows(("checked", "count"), [(name, str(full[name])) for name in numbers], [full])


def verification_rows(found: Verification) -> Rows:
    """Return one row: how much of a bundle was checked, what it says of itself, faults and notes."""
    full = {**to_json(found), "sound": found.sound}
    brief = [(name, str(value)) for name, value in full.items() if type(value) is int]
    told = {"made by": found.made_by, "policy": found.policy, "rules": found.rules, "as of": found.as_of or "all"}
    return Rows(("checked", "what"), [*brief, *((name, plain(value)) for name, value in told.items())], [full])
