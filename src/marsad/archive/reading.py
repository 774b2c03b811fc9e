"""The second step: ids sorted out, reports read into claims, and what the later steps look for in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.archive.entries import by_key, entry, read_entries, spread
from marsad.archive.job import reader_of
from marsad.archive.tables import country_of, day_of, partition
from marsad.archive.versions import Arrival, arrival, sorted_out
from marsad.archive.work import ROWS, parts
from marsad.intake import Skipped
from marsad.linking import REAL, attacks, sketch, spot_of
from marsad.reading import Unread
from marsad.records import WITHDRAWN
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share
    from marsad.records import Claim, Report

READ, UNREAD = "report", "unread"
NOW, PAST, UNREAL = "now", "past", "unreal"
"""Of a spot: where a claim is told as real by a report that stands there, by one that was replaced, or by neither."""

BEARS, SEEKS = "bears", "seeks"
_SHIFT = 2**63  # makes numbers with a sign such as sort by their digits


def read(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the reports of a range of ids with their claims, and the rows that stand in the archive as they are."""
    reports: dict[str, Report] = {}
    replaced: dict[str, str | None] = {}
    arrivals: list[Arrival] = []
    for item in _sorted_out(job, share):
        if isinstance(item, Skipped):
            yield ROWS, _skipped(item.origin, item.reason)
        elif not item.read:
            yield ROWS, _irrelevant(item)
        else:
            reports[item.report.id] = item.report
            replaced[item.report.id] = item.replaced_by
            arrivals.append(item)
    for number, item in enumerate(arrivals):
        yield ROWS, _receipt(item, number)
    for report, found in reader_of(job).read_many(reports.values()):
        if isinstance(found, Unread):
            yield from told_of(report, (), replaced[report.id], found.reason)
        else:
            yield from told_of(report, found, replaced[report.id])


def told_of(
    report: Report, claims: Sequence[Claim], replaced_by: str | None, unread: str | None = None
) -> Iterator[tuple[str, Entry]]:
    """Yield all that later steps ask of a report and its claims.

    `replaced_by` is the version that stands in its place, `unread` why it was not read, where either is so.
    """
    past = replaced_by is not None or report.form == WITHDRAWN
    yield "read", entry(spread(report.id), UNREAD if unread else READ, {"report": to_json(report), "past": past})
    for position, claim in enumerate(claims):
        yield "read", entry(spread(report.id), f"claim {position:06d}", to_json(claim, brief=True))
    yield from _rows(report, claims, {"replaced_by": replaced_by}, {"unread": unread})
    marks = sketch(report)
    row = {"report": report.id, "marks": sorted(marks.marks)}
    yield ROWS, entry(partition("marks", date=day_of(report)), report.id, row)
    for kind, some in ((BEARS, marks.marks), (SEEKS, marks.seeks)):
        for mark in some:
            yield "marks", entry(f"{mark + _SHIFT:016x}", kind, report.id)
    yield from _told(claims, past=past)


def _sorted_out(job: Job, share: Share) -> Iterator[Arrival | Skipped]:
    for _, entries in by_key(read_entries(parts(job, "take", "taken"), share.low, share.high)):
        for one in entries:
            if one.kind == "skip":
                yield Skipped(**one.value)
        by_id: dict[str, list[Arrival]] = {}
        for told in (arrival(one.value) for one in entries if one.kind == "report"):
            by_id.setdefault(told.report.id, []).append(told)
        for arrivals in by_id.values():
            yield from sorted_out(arrivals)


def _rows(
    report: Report, claims: Sequence[Claim], of_both: dict[str, Any], of_report: dict[str, Any]
) -> Iterator[tuple[str, Entry]]:
    day, said = day_of(report), report.published.isoformat() if report.published else None
    whole = {"published_at": said, **of_both, **of_report, **to_json(report, brief=True)}
    order = f"{said or ''} {report.id}"
    yield ROWS, entry(partition("reports", date=day, country=country_of(claims)), order, whole)
    for position, claim in enumerate(claims):
        row = {"published_at": said, "position": position, **of_both, **to_json(claim, brief=True)}
        where = partition("claims", date=day, country=country_of([claim]))
        yield ROWS, entry(where, f"{order} {position:06d}", row)


def _receipt(item: Arrival, number: int) -> Entry:
    """Return the receipt of an input, in the order in which the first of each report comes first."""
    row = {
        "report": item.report.id,
        "origin": item.origin,
        "outcome": item.outcome.value,
        "content": item.content,
    }
    return entry(partition("receipts", date=day_of(item.report)), f"{item.report.id} {number:09d}", row)


def _skipped(origin: str, reason: str) -> Entry:
    return entry(partition("skipped", part=spread(origin)[0]), origin, {"origin": origin, "reason": reason})


def _irrelevant(item: Arrival) -> Entry:
    one = item.report
    row: dict[str, Any] = {
        "published_at": one.published.isoformat() if one.published else None,
        "report": one.id,
        "origin": item.origin,
        "title": one.title,
        "url": one.url,
    }
    return entry(partition("irrelevant", date=day_of(one)), f"{one.id} {item.origin}", row)


def _told(claims: Sequence[Claim], *, past: bool) -> Iterator[tuple[str, Entry]]:
    """Yield what linking must know of all claims: their places, and who acts against whom."""
    for claim in claims:
        if claim.place:
            kind = UNREAL if claim.certainty not in REAL else PAST if past else NOW
            if kind != UNREAL or not past:
                yield "told", entry("spot", kind, to_json(spot_of(claim.place)))
    if not past:
        for pair in attacks(claims):
            yield "told", entry("attack", "", list(pair))
