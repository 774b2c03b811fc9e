"""What became of an export: how many rows it wrote of what, and what it left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.exports.about import About

LeftOut = Callable[[str, str], None]
"""Is told of each thing that a format cannot hold: its id, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export wrote: rows by what they are, and things left out by reason."""

    about: About
    rows: Mapping[str, int]
    left_out: Mapping[str, int]


@dataclass
class Account:
    """Counts while an export is written."""

    listener: LeftOut | None = None
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def wrote(self, what: str, number: int = 1) -> None:
        """Count rows that were written; `what` is a plural."""
        self.rows[what] += number

    def left_out(self, item: str, reason: str) -> None:
        """Count what the format cannot hold."""
        self.reasons[reason] += 1
        if self.listener is not None:
            self.listener(item, reason)
