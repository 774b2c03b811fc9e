"""What a file says of itself: what it holds, as of when, by which rules, and which policy it passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from marsad._version import __version__
from marsad.serial import to_json

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.vocabulary import Policy, RuleSet

NOTICE = (
    "Passages are their publishers'; coordinates are of GeoNames, CC BY 4.0. Claims say who says what, not what is so."
)
"""What every file says of where its content is from."""


_SINCE = 2026  # a year in which the host was its owner's, as tags ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file was made of; nothing in it depends on when or where the file was written.

    `as_of` is the last instant whose statements are in it, None for all, `since` the first. `filters` are the other
    choices by name. `head` is the hash of the monitor's ledger, None where nothing was ever added. `licence` is what
    the people who give the file out say of their own part, `publisher` who they are and `site` the address under which
    they give it out; "" where they say nothing.
    """

    format: str
    policy: Policy
    rules: RuleSet
    as_of: datetime | None = None
    since: datetime | None = None
    filters: tuple[tuple[str, str], ...] = ()
    head: str | None = None
    licence: str = ""
    publisher: str = ""
    site: str = ""

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
            "publisher": self.publisher,
            "site": self.site,
            "notice": NOTICE,
        }

    def tag(self, *parts: str) -> str:
        """Return the URI of a thing by its kind and id (RFC 4151): the same in every file that one site gives out."""
        host = urlsplit(self.site).hostname or "marsad"
        return f"tag:{host},{_SINCE}:{'/'.join(parts)}"

    def sentences(self) -> str:
        """Return it in words, for formats that have but one place for it."""
        until = f" Statements until {self.as_of.isoformat()}." if self.as_of else ""
        after = f" New since {self.since.isoformat()}." if self.since else ""
        chosen = "".join(f" Only {name} {value}." for name, value in self.filters)
        head = f" Ledger {self.head}." if self.head else ""
        licence = f" Licence: {self.licence}." if self.licence else ""
        rules = f"By the rules {self.rules.name} {self.rules.version}, policy {self.policy}: {self.policy.what}"
        return f"{rules}{until}{after}{chosen}{head} {NOTICE}{licence}"
