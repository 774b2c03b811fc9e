"""What one turn of a watched feed brought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.store import Notice

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.intake import Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one turn of a watched feed brought: reports and new versions, from itself or from `pages` of its pages.

    `reason` is why the feed failed, None where it did not; `trouble` is why pages did, a line each. `due` is when it is
    asked for again.
    """

    name: str
    address: str
    at: datetime
    due: datetime
    added: int
    updated: int
    pages: int
    reason: str | None
    trouble: tuple[str, ...]
    skipped: tuple[Skipped, ...]


Tell = Callable[[Turn], object]
"""Told what each turn of a feed brought."""

TellNotice = Callable[[Notice], object]
"""Told what came of each try to tell a webhook."""
