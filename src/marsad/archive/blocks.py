"""Claims that are linked and weighed together, with all that this takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.archive.tables import country_of, day_of

if TYPE_CHECKING:
    from marsad.linking import Linked
    from marsad.records import Claim, Origin, Report


@dataclass(slots=True)
class Block:
    """Claims, their reports with those of their words, and the origins of their reports."""

    claims: list[Claim] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    def homes(self, linked: Linked) -> dict[str, dict[str, str]]:
        """Return the date and the country of each claim, and of each proposition those of its founding claim."""
        homes = {
            claim.id: {"date": day_of(self.reports.get(claim.report)), "country": country_of([claim])}
            for claim in self.claims
        }
        for one in linked.propositions:
            homes[one.id] = homes[next(member.claim for member in one.members if not member.reasons)]
        return homes
