"""What a new reading changed, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows
from marsad.outputs.wording import day, headline
from marsad.serial import claim_to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from marsad.records import Claim, Report


def difference_rows(changes: Iterable[tuple[Report, Sequence[Claim], Sequence[Claim], int]], zone: ZoneInfo) -> Rows:
    """Return a row for each report that changed, and for programs one for each claim that is gone or new.

    Each change is a report, the claims that it has no more, its new ones, and how many it has kept.
    """
    brief, full = [], []
    for report, gone, new, kept in changes:
        lines = [*_lines("-", gone), *_lines("+", new)]
        if lines:
            brief.append((report.id, day(report.published, zone), str(kept), "\n".join(lines)))
        for change, claims in (("gone", gone), ("new", new)):
            full += [{"change": change, **claim_to_row(claim, report)} for claim in claims]
    return Rows(("report", "published", "kept", "gone (-) and new (+)"), brief, full)


def _lines(mark: str, claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        yield f"{mark} {claim.source} {'denies' if claim.polarity == 'denied' else 'says'}: {headline(claim)}"
