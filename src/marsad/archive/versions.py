"""Which report an id stands for where inputs bring it more than once: the earliest; later texts are versions of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from marsad.intake import Skipped
from marsad.records import Outcome, Report
from marsad.serial import from_json, to_json
from marsad.store import as_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A report as an input brought it, with the id under which it stands, and what became of it.

    `read` where it is to be read; `content` is the SHA-256 of the input's bytes, where there is one.
    """

    report: Report
    origin: str
    content: str | None
    versioned: bool
    read: bool
    outcome: Outcome = Outcome.ADDED

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
    """Yield what becomes of the reports of one id: the first, its versions, and what cannot stand beside it."""
    known: dict[str, Report] = {}
    first: Report | None = None
    for one in sorted(arrivals, key=lambda one: one.order):
        report = one.report
        if first is not None and report.sha256 != first.sha256:
            if report.updated is None and not (one.versioned and report.retrieved):
                yield Skipped(one.origin, f"id '{report.id}' is already used by another text")
                continue
            report = as_version(report)
        first = first or report
        outcome = Outcome.UPDATED if report.version_of else Outcome.ADDED
        if report.id in known:
            report, outcome = known[report.id], Outcome.DUPLICATE
        known[report.id] = report
        yield replace(one, report=report, outcome=outcome)
