"""Versions of reports: all that there were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.errors import MissingError
from marsad.linking import version_age

if TYPE_CHECKING:
    from marsad.records import Report
    from marsad.store import Store


def versions_of(report: str, store: Store) -> tuple[Report, ...]:
    """Return all versions of a report by age; raise MissingError where there is no such report."""
    known = store.report(report)
    if known is None:
        raise MissingError(f"no report '{report}'")
    return tuple(sorted(store.versions(known.version_of or known.id), key=version_age))
