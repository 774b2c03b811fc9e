"""What a monitor answers beside verdicts: where words were found, whether all is as it was, how its feeds fare."""

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
