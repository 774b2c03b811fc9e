"""Claims that are linked and weighed together, with all that this takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from marsad.archive.tables import UNKNOWN, country_of, day_of
from marsad.linking import link, slot_of, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.archive.world import World
    from marsad.linking import Linked
    from marsad.records import Claim, Origin, Report, Slot
    from marsad.theatre import Theatre


@dataclass(slots=True)
class Block:
    """Claims, their reports with those of their words, and the origins of their reports.

    `past` are the claims of versions that were replaced, and `kept` the origins among all versions.
    """

    claims: list[Claim] = field(default_factory=list)
    past: list[Claim] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    kept: dict[str, Origin] = field(default_factory=dict)

    def linked(self, theatre: Theatre | None, world: World) -> tuple[Linked, tuple[tuple[Claim, Slot], ...]]:
        """Return what links the claims, and each claim's slot, as a monitor keeps it that was given all versions.

        Propositions have the ids that they have there: of what first founded them, in whatever version.
        """
        linked = link(self.claims, self.reports, self.origins, theatre, sites=world.real, parties=world.parties)
        if self._alike(world):
            return linked, tuple(self._slots(linked, world))
        every = [*self.claims, *self.past]
        kept = link(every, self.reports, self.kept, theatre, sites=world.kept, parties=world.parties)
        ranks = {founder: rank for rank, (_, founder) in enumerate(founded(kept))}
        said = (self.claims, self.reports, self.origins, theatre)
        linked = link(*said, ranks, sites=world.real, parties=world.parties)
        return linked, tuple(self._slots(kept, world))

    def homes(self, linked: Linked) -> Mapping[str, dict[str, str]]:
        """Return the date and the country of each claim, and of each proposition those of its first claim."""
        homes = {
            claim.id: {"date": day_of(self.reports.get(claim.report)), "country": country_of([claim])}
            for claim in self.claims
        }
        return homes | {proposition: homes[claim] for proposition, claim in founded(linked)}

    def stated(self, claim: Claim) -> tuple[str, str]:
        """Return the day on which a claim was stated, and what sorts those of one day in the order of linking."""
        said = self.reports[claim.report].said
        when = said.astimezone(UTC).isoformat(timespec="microseconds") if said else UNKNOWN
        day = when.partition("T")[0]
        return day, f"{when} {claim.report} {claim.anchor.start:09d} {claim.id}"

    def _alike(self, world: World) -> bool:
        """Tell whether what a monitor keeps is what links the claims that stand."""
        places = {claim.place for claim in self.claims}
        same_sites = all(world.kept.site(place) == world.real.site(place) for place in places)
        return not self.past and self.kept == self.origins and same_sites

    def _slots(self, linked: Linked, world: World) -> Iterator[tuple[Claim, Slot]]:
        home = {member.claim: one.id for one in linked.propositions for member in one.members if not member.reasons}
        for claim in (*self.claims, *self.past):
            source = self.reports[source_of(claim, self.kept)]
            yield claim, slot_of(claim, world.kept.site(claim.place), source, home[claim.id])


def founded(linked: Linked) -> Iterator[tuple[str, str]]:
    """Yield the id of each proposition with its first claim."""
    for one in linked.propositions:
        yield one.id, next(member.claim for member in one.members if not member.reasons)
