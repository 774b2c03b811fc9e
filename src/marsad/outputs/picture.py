"""The picture at one instant: everything that was known by then, linked and weighed, with look-ups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from marsad.linking import Sites
from marsad.records import Judged
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from marsad.linking import Linked
    from marsad.records import (
        Assessment,
        Claim,
        ControlState,
        Dispute,
        Origin,
        Place,
        Proposition,
        Report,
        SourceRecord,
    )
    from marsad.store import Skip
    from marsad.theatre import Theatre

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What statements published until `as_of` amount to; None where all statements count, the undated too.

    `reports` and `claims` stand in order of publication, `origins` by report id, `assessments` by proposition id.
    `claims` are as people left them, and `judged` says how.
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
    def claims_by_report(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims of each report, in their order."""
        return _grouped((claim.report, claim) for claim in self.claims)

    @cached_property
    def claims_by_name(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims about places of each name, folded, and of each id of the gazetteer."""
        return _grouped((name, claim) for claim in self.claims if claim.place for name in _names(claim.place))

    @cached_property
    def claims_by_site(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims about each of `sites`."""
        return _grouped((self.sites.site(claim.place) or "", claim) for claim in self.claims if claim.place)

    @cached_property
    def claims_by_voice(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims of each source and each speaker, by folded name."""
        return _grouped(
            (name, claim)
            for claim in self.claims
            for name in {fold(one) for one in (claim.source, claim.speaker) if one is not None}
        )

    @cached_property
    def propositions_by_claim(self) -> Mapping[str, tuple[Proposition, ...]]:
        """The propositions that each claim is a member of, in their order."""
        return _grouped(
            (one.claim, proposition) for proposition in self.linked.propositions for one in proposition.members
        )

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each proposition in their order."""
        return {proposition.id: number for number, proposition in enumerate(self.linked.propositions)}

    @cached_property
    def family(self) -> Mapping[str, tuple[Origin, ...]]:
        """The reports that carry the text of each origin, itself among them."""
        return _grouped((origin.origin, origin) for origin in self.origins.values())

    @cached_property
    def sites(self) -> Sites:
        """Which of the places that claims name are one place."""
        return Sites(claim.place for claim in self.claims)

    def claims_named(self, place: str) -> tuple[Claim, ...]:
        """Return the claims about a place of a name in any spelling, or of an id of the gazetteer."""
        by_name, by_id = self.claims_by_name.get(fold(place), ()), self.claims_by_name.get(place, ())
        return by_name or by_id

    @property
    def last_word(self) -> datetime | None:
        """The instant up to which the picture reaches: `as_of`, else the last publication, None without any."""
        if self.as_of is not None:
            return self.as_of
        return max((report.said for report in self.reports if report.said), default=None)


def _grouped(pairs: Iterable[tuple[str, Item]]) -> Mapping[str, tuple[Item, ...]]:
    """Return what stands beside each key, in order."""
    found: dict[str, list[Item]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return {key: tuple(items) for key, items in found.items()}


def _names(place: Place) -> set[str]:
    """Return all that a place is called: the folded names, and the id of the gazetteer."""
    known = {fold(place.name), fold(place.canonical or place.name)}
    return known | {place.gazetteer_id} if place.gazetteer_id else known
