"""The picture at one instant: everything that was known by then, linked and weighed, with look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.linking import Sites
from marsad.records import Judged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from marsad.linking import Linked
    from marsad.records import Assessment, Claim, ControlState, Dispute, Origin, Proposition, Report, SourceRecord
    from marsad.store import Skip
    from marsad.theatre import Theatre


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What statements published until `as_of` amount to; None where all statements count, the undated too.

    `reports` and `claims` stand in order of publication, `origins` by report id, `assessments` by proposition id.
    `claims` are as people left them, and `judged` says how. `policy` names the policy that all of it has passed, None
    where it is as it is held.
    """

    as_of: datetime | None
    theatre: Theatre | None
    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    origins: Mapping[str, Origin]
    linked: Linked
    assessments: Mapping[str, Assessment]
    disputes: tuple[Dispute, ...]
    control: tuple[ControlState, ...]
    sources: tuple[SourceRecord, ...]
    skips: tuple[Skip, ...]
    judged: Judged = field(default_factory=Judged)
    policy: str | None = None

    @cached_property
    def report_by_id(self) -> Mapping[str, Report]:
        """Every report by its id."""
        return {report.id: report for report in self.reports}

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """Every claim by its id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def proposition_by_id(self) -> Mapping[str, Proposition]:
        """Every proposition by its id."""
        return {proposition.id: proposition for proposition in self.linked.propositions}

    @cached_property
    def sites(self) -> Sites:
        """Which of the places that claims name are one place."""
        return Sites(claim.place for claim in self.claims)

    @property
    def last_word(self) -> datetime | None:
        """The instant up to which the picture reaches: `as_of`, else the last publication, None without any."""
        if self.as_of is not None:
            return self.as_of
        return max((report.said for report in self.reports if report.said), default=None)
