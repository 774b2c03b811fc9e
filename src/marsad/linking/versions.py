"""Versions of reports: which one stood there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.records import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.records import Report

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def current(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return reports in their order without the versions that a later one replaced, and without withdrawn ones."""
    reports = tuple(reports)
    latest: dict[str, Report] = {}
    for report in reports:
        first = report.version_of or report.id
        if first not in latest or version_age(latest[first]) < version_age(report):
            latest[first] = report
    return tuple(
        report for report in reports if latest[report.version_of or report.id] is report and report.form != WITHDRAWN
    )


def version_age(report: Report) -> tuple[datetime, bool, str]:
    """Return what sorts the versions of a report; the one that was there first comes before one of the same instant."""
    return report.said or _BEFORE_ALL, report.version_of is not None, report.id
