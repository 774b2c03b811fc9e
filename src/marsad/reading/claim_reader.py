"""What every reader of reports has in common, by whatever means it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.reading.reader import Unread
    from marsad.records import Claim, Report


class ClaimReader(Protocol):
    """Reads reports into claims: `Reader` by rules and the network that comes with them, `LlmReader` by a model."""

    @property
    def extractor(self) -> str:
        """Name and version of what reads."""

    def read(self, report: Report) -> tuple[Claim, ...] | Unread:
        """Return the claims of one report in order of text, or why it was not read."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Claim, ...] | Unread]]:
        """Yield each report with its claims, in order."""

    def passed_over(self, report: Report) -> tuple[Unread, ...]:
        """Return why parts of a report that is read are not."""
