"""What linking asks of whoever keeps its results; `marsad.store` keeps them in the monitor's database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from marsad.records import Claim, Kinship, Report, Slot, Spot


class Memory(Protocol):
    """Reports, claims and where each stands among the others; every question costs what its answer does."""

    def reports_of(self, ids: Collection[str]) -> Mapping[str, Report]:
        """Return the reports with these ids."""
        ...

    def claims_of(self, reports: Collection[str]) -> tuple[Claim, ...]:
        """Return the claims that the latest readings of these reports found."""
        ...

    def claims_in(self, slots: Collection[Slot]) -> tuple[Claim, ...]:
        """Return the claims that stand in these slots."""
        ...

    def marked(self, marks: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Return the ids of the reports that bear each of the marks, as far as any do."""
        ...

    def kin(self, reports: Collection[str]) -> tuple[Kinship, ...]:
        """Return all kinships within the families of these reports."""
        ...

    def add_kin(self, marks: Mapping[str, Collection[int]], kinships: Sequence[Kinship]) -> None:
        """Keep what each report is found by, and new kinships."""
        ...

    def sites(self, spots: Collection[Spot]) -> Mapping[Spot, str]:
        """Return the site of each of these spots that is known."""
        ...

    def spots_beside(self, spots: Collection[Spot]) -> frozenset[Spot]:
        """Return the known spots with the gazetteer id or the name of one of these, or within a degree or so of it."""
        ...

    def spots_at(self, sites: Collection[str]) -> frozenset[Spot]:
        """Return all spots of these sites."""
        ...

    def spots_named(self, names: Collection[str]) -> frozenset[Spot]:
        """Return the known spots of these compared names."""
        ...

    def settle(self, sites: Mapping[Spot, str]) -> None:
        """Keep the sites of spots, known ones or new."""
        ...

    def slots_of(self, reports: Collection[str]) -> tuple[Slot, ...]:
        """Return the slots of the claims of these reports."""
        ...

    def slots_at(self, spots: Collection[Spot]) -> tuple[Slot, ...]:
        """Return the slots at these spots."""
        ...

    def slots_in(self, propositions: Collection[str]) -> tuple[Slot, ...]:
        """Return the slots of the members of these propositions."""
        ...

    def slots_near(self, around: Sequence[Slot]) -> tuple[tuple[Slot, ...], ...]:
        """Return for each slot those of its block whose days come near its own; without a date, those without one."""
        ...

    def replace(self, reports: Collection[str], slots: Iterable[Slot]) -> None:
        """Let these slots be all those of these reports."""
        ...

    def founders(self, claims: Collection[str]) -> Mapping[str, int]:
        """Return the rank of each of these claims that founded a proposition, the lowest first."""
        ...

    def assign(self, members: Sequence[tuple[str, str]], founded: Sequence[tuple[str, str]]) -> None:
        """Keep which claim is now of which proposition, and which claim founded which, where that is not known yet."""
        ...
