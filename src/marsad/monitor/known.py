"""What a monitor has read from its file to draw pictures from: reports and claims as people left them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.judging import judged
from marsad.linking import current
from marsad.monitor.listing import ruled_on
from marsad.releasing import Out

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.records import Claim, Judged, Report
    from marsad.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All reports published `until` an instant, None for all, and their claims as people left them.

    `revision` is that of the store when they were read.
    """

    until: datetime | None
    revision: tuple[int, ...]
    reports: tuple[Report, ...]
    found: Judged

    def reaches(self, as_of: datetime | None, revision: tuple[int, ...]) -> bool:
        """Tell whether what was said by an instant is all here, and as it is now."""
        enough = self.until is None or (as_of is not None and as_of <= self.until)
        return enough and self.revision == revision

    def as_of(self, instant: datetime | None) -> tuple[tuple[Report, ...], Judged]:
        """Return the reports that stood there at an instant without those retracted, and what people left of claims.

        The claims are those of these reports; those rejected with a report that was retracted are among the rejected.
        """
        out = [one for one in self.reports if instant is None or (one.said is not None and one.said <= instant)]
        standing = current(out)
        reports = tuple(report for report in standing if report.id not in self.found.retracted)
        there, stood = {report.id for report in reports}, {report.id for report in standing}
        return reports, replace(
            self.found,
            claims=tuple(one for one in self.found.claims if one.report in there),
            rejected=tuple(one for one in self.found.rejected if one.report in stood),
        )

    def out(self, until: datetime | None) -> Out:
        """Return what is out by an instant: all versions of reports, and their claims as people left them."""
        reports = [one for one in self.reports if until is None or (one.said is not None and one.said <= until)]
        claims: dict[str, list[Claim]] = {report.id: [] for report in reports}
        for claim in self.found.claims:
            if claim.report in claims:
                claims[claim.report].append(claim)
        return Out(
            until=until,
            reports={report.id: report for report in reports},
            claims={name: tuple(found) for name, found in claims.items()},
        )


def load(store: Store, until: datetime | None, revision: tuple[int, ...]) -> Known:
    """Return what a store knows that was published until an instant, and whatever people ruled on."""
    rulings = store.judgements()
    claims = store.claims_like(besides=ruled_on(rulings), published_until=until)
    return Known(
        until=until, revision=revision, reports=store.reports(published_until=until), found=judged(claims, rulings)
    )
