"""`marsad places`: reports in, the names of places in them out, nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from marsad.cli._common import ColumnsOption, Format, FormatOption, TheatreOption, examples
from marsad.cli._inputs import SourcesArgument, read_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.reading import Reader, Toponym, Unread
    from marsad.records import Report


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad places reports.jsonl",
        "marsad places reports.jsonl --theatre theatre.toml --format jsonl",
        "marsad places incidents.csv --columns columns.toml",
        "cat story.txt | marsad places -",
    )
    text = "Find every name of a place in reports and say which place it is; nothing is kept."
    app.command("places", help=text, short_help="Find the places in reports.", epilog=epilog)(_places)


def _places(
    *,
    sources: SourcesArgument,
    form: FormatOption = Format.TABLE,
    theatre: TheatreOption = None,
    columns: ColumnsOption = None,
) -> None:
    from marsad.outputs import toponym_rows  # noqa: PLC0415 - slow, and help does not need it

    def read(ready: Reader, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Toponym, ...] | Unread]]:
        return ((report, ready.places(report)) for report in reports)

    read_through(sources, columns, form, theatre, read=read, rows=lambda found, _: toponym_rows(found))
