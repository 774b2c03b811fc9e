"""Which report an id stands for where inputs bring it more than once: the earliest; later texts are versions of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from marsad.intake import Skipped
from marsad.linking import version_age
from marsad.records import Outcome, Report
from marsad.serial import from_json, to_json
from marsad.store import as_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A report as an input brought it, with the id under which it stands, and what became of it.

    `read` where it is to be read; `content` is the SHA-256 of the input's bytes, where there is one. `replaced_by` is
    the id of the version that stands there now, None where this one does.
    """

    report: Report
    origin: str
    content: str | None
    versioned: bool
    read: bool
    outcome: Outcome = Outcome.ADDED
    replaced_by: str | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """What the first of several has the least of, in whatever order they came."""
        one = self.report
        words = json.dumps(to_json(one), ensure_ascii=False)
        return one.said or _LAST, one.retrieved or _LAST, one.sha256, words, self.origin, self.content or ""


def arrival(told: dict[str, Any]) -> Arrival:
    """Return what an entry of the first step tells."""
    return Arrival(**{**told, "report": from_json(Report, told["report"])})


def sorted_out(arrivals: Iterable[Arrival]) -> Iterator[Arrival | Skipped]:
    """Yield what becomes of the reports of one id: the first, its versions, and what cannot stand beside it.

    Where one of them is to be read, all are.
    """
    kept: list[Arrival] = []
    for one in sorted(arrivals, key=lambda one: one.order):
        found = _beside(one, kept)
        if isinstance(found, Skipped):
            yield found
        else:
            kept.append(found)
    last = max((one.report for one in kept), key=version_age)
    read = any(one.read for one in kept)
    for one in kept:
        yield replace(one, read=read, replaced_by=last.id if one.report.id != last.id else None)


def _beside(one: Arrival, kept: Sequence[Arrival]) -> Arrival | Skipped:
    """Return what becomes of a report beside those of its id that came before."""
    report, first = one.report, kept[0].report if kept else one.report
    if report.sha256 != first.sha256:
        if report.updated is None and not (one.versioned and report.retrieved):
            return Skipped(one.origin, f"id '{report.id}' is already used by another text")
        report = as_version(report)
    known = next((other.report for other in kept if other.report.id == report.id), None)
    outcome = Outcome.DUPLICATE if known else Outcome.UPDATED if report.version_of else Outcome.ADDED
    return replace(one, report=known or report, outcome=outcome)
