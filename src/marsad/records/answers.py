"""What is answered beside verdicts: where words were found, whether all is as it was, how feeds fare."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

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


class Outcome(StrEnum):
    """What became of an input: a new report, a new version of a known one, one that was known, or none."""

    ADDED = "added"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An input, and what became of it when Marsad first met it.

    `origin` names the input, such as `file.jsonl:12`. `report` is the id of the report that it gave, `content` the
    SHA-256 of the bytes of the file, page or message, None where a report is one of many in a file; `reason` says why
    it was skipped.
    """

    origin: str
    outcome: Outcome
    learnt: datetime
    report: str | None = None
    content: str | None = None
    reason: str | None = None


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
    notices: int
    slots: int
    members: int
    entries: int
    head: str | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a feed fared that is watched; an instant is None where there was none yet.

    `failures` counts those one after the other up to now, `reason` is why the last one failed. `added` counts the
    reports and new versions that the feed and its pages ever brought, `last_new` is when the last of them came.
    """

    name: str
    address: str
    last_visit: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    failures: int
    reason: str | None
    due: datetime | None
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A file of an evidence bundle that is not as it was, or does not fit the others, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found of an evidence bundle.

    `files`, `texts`, `passages` and `captures` count what was checked, `verdicts` those that came out the same again.
    `notes` say what could not be checked. `manifest` is the SHA-256 of `manifest.sha256`: whoever has it from
    elsewhere, or a signature of that file, knows that the bundle is the one meant. `made_by`, `policy`, `rules`,
    `as_of` and `head` are what the bundle says of itself.
    """

    files: int
    texts: int
    passages: int
    captures: int
    verdicts: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    manifest: str
    made_by: str
    policy: str
    rules: str
    as_of: str | None
    head: str | None

    @property
    def sound(self) -> bool:
        """Whether nothing was altered and all fits."""
        return not self.faults
