"""What a file says of itself: what it holds, as of when, by which rules, and which policy it passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad._version import __version__
from marsad.serial import to_json

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.vocabulary import Policy, RuleSet

NOTICE = (
    "Passages are their publishers'; coordinates are of GeoNames, CC BY 4.0. Claims say who says what, not what is so."
)
"""What every file says of where its content is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file was made of; nothing in it depends on when or where the file was written.

    `as_of` is the last instant whose statements are in it, None for all, `since` the first. `filters` are the other
    choices by name. `head` is the hash of the monitor's ledger, None where nothing was ever added. `licence` is what
    the people who give the file out say of their own part, "" where they say nothing.
    """

    format: str
    policy: Policy
    rules: RuleSet
    as_of: datetime | None = None
    since: datetime | None = None
    filters: tuple[tuple[str, str], ...] = ()
    head: str | None = None
    licence: str = ""

    def row(self) -> dict[str, Any]:
        """Return it for a file that takes JSON."""
        return {
            "marsad": __version__,
            "format": self.format,
            "policy": str(self.policy),
            "policy_says": self.policy.what,
            "rules": f"{self.rules.name} {self.rules.version}",
            "as_of": to_json(self.as_of),
            "since": to_json(self.since),
            "filters": dict(self.filters),
            "ledger": self.head,
            "licence": self.licence,
            "notice": NOTICE,
        }
