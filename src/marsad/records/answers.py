"""What a monitor answers beside verdicts: where words were found, and whether all that it keeps is as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.records.claims import Claim
    from marsad.records.reports import Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report in which words were found.

    `passages` are the places in its text, in order, without those in its title; `excerpt` is the text around the first,
    or the beginning where there is none. `claims` are those in whose sentences the words stand.
    """

    report: Report
    passages: tuple[Passage, ...]
    excerpt: Passage
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How much of a store was checked, and each fault in one line.

    `head` is the hash of the ledger's last entry, None for an empty ledger: kept elsewhere, it shows later that nothing
    up to that entry was changed.
    """

    reports: int
    readings: int
    claims: int
    theatres: int
    judgements: int
    receipts: int
    skips: int
    kinships: int
    captures: int
    visits: int
    slots: int
    members: int
    entries: int
    head: str | None
    faults: tuple[str, ...]
