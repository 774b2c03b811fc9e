"""The reports that a command is given, and what failed among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import marsad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.intake import Skipped
    from marsad.reading import Unread
    from marsad.records import Report


@dataclass
class Inputs:
    """One pass over the inputs, each report once, and what failed in it."""

    sources: Sequence[str]
    skipped: list[Skipped] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """Yield the reports in order; what is none is noted."""
        seen: set[str] = set()
        for item in marsad.read_inputs(self.sources, retrieved=datetime.now(UTC)):
            if isinstance(item, marsad.Skipped):
                self.skipped.append(item)
            elif item.report.id not in seen:
                seen.add(item.report.id)
                yield item.report
