"""Reports through a reader and out as rows: what `read` and `places` have in common."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import typer

import marsad
from marsad.cli._common import Format, progress, reader, show, tell_failures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from marsad.intake import Skipped
    from marsad.outputs import Rows
    from marsad.reading import Reader, Unread
    from marsad.records import Capture, Report
    from marsad.vocabulary import Publishers

Found = TypeVar("Found")

SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Files, folders, addresses, or - for standard input.")
]


@dataclass
class _Inputs:
    """One pass over the inputs, each report once, and what failed in it."""

    sources: Sequence[str]
    publishers: Publishers
    columns: marsad.ColumnMap | None
    skipped: list[Skipped] = field(default_factory=list)
    fetcher: marsad.Fetcher | None = None

    def reports(self) -> Iterator[Report]:
        """Yield the reports in order; what is none is noted."""
        seen: set[str] = set()
        for item in marsad.read_inputs(
            self.sources,
            retrieved=datetime.now(UTC),
            publishers=self.publishers,
            columns=self.columns,
            fetch=self._fetch,
        ):
            if isinstance(item, marsad.Skipped):
                self.skipped.append(item)
            elif item.report.id not in seen:
                seen.add(item.report.id)
                yield item.report

    def _fetch(self, address: str) -> Capture:
        if self.fetcher is None:
            self.fetcher = marsad.Fetcher()
        return self.fetcher.fetch(address)


def read_through(
    sources: Sequence[str],
    columns: Path | None,
    form: Format,
    theatre: Path | None,
    *,
    read: Callable[[Reader, Iterable[Report]], Iterator[tuple[Report, Found | Unread]]],
    rows: Callable[[Sequence[tuple[Report, Found]], ZoneInfo], Rows],
) -> NoReturn:
    """Print what is read in each report as rows, JSON lines at once and the rest at the end, and exit."""
    unread: list[Unread] = []
    kept: list[tuple[Report, Found]] = []
    # Lines that come as they are read, and a bar on the same terminal, would write over each other.
    with progress(wanted=form is not Format.JSONL or not sys.stdout.isatty()) as move, reader(theatre, move) as ready:
        zone = ready.theatre.time_zone if ready.theatre else ZoneInfo("UTC")
        known = marsad.known_outlets(ready.theatre)
        inputs = _Inputs(sources, known, marsad.load_columns(columns) if columns else None)
        for number, (report, found) in enumerate(read(ready, inputs.reports()), start=1):
            unread += [found] if isinstance(found, marsad.Unread) else ready.passed_over(report)
            if not isinstance(found, marsad.Unread):
                if form is Format.JSONL:
                    show(rows([(report, found)], zone), form)
                else:
                    kept.append((report, found))
            if move:
                move("reading", number, None)
    if form is not Format.JSONL:
        show(rows(kept, zone), form)
    raise typer.Exit(tell_failures(inputs.skipped, unread))
