"""`marsad read`: reports in, claims out, nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from marsad.cli._common import ColumnsOption, Format, FormatOption, TheatreOption, examples
from marsad.cli._inputs import SourcesArgument, read_through
from marsad.cli._llm import LlmOption, ReaderName, ReaderOption, read_by, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from marsad.outputs import Rows
    from marsad.records import Claim, Report


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad read reports.jsonl",
        "marsad read reports.jsonl --theatre theatre.toml --format jsonl",
        "marsad read incidents.csv --columns columns.toml",
        "cat story.txt | marsad read -",
    )
    text = "Read reports and print the claims in them; nothing is kept."
    app.command("read", help=text, short_help="Print the claims in reports.", epilog=epilog)(_read)


def _read(
    *,
    sources: SourcesArgument,
    form: FormatOption = Format.TABLE,
    theatre: TheatreOption = None,
    columns: ColumnsOption = None,
    reader: ReaderOption = ReaderName.EMBEDDED,
    llm: LlmOption = None,
) -> None:
    from marsad.outputs import claim_rows  # noqa: PLC0415 - slow, and help does not need it

    settings = settings_of(reader, llm)

    def rows(found: Sequence[tuple[Report, tuple[Claim, ...]]], zone: ZoneInfo) -> Rows:
        reports = {report.id: report for report, _ in found}
        return claim_rows((claim for _, claims in found for claim in claims), reports, zone)

    read_through(
        sources, columns, form, theatre, read=lambda ready, reports: read_by(ready, settings, reports), rows=rows
    )
