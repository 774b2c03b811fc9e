"""`marsad report`: the situation report."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from marsad.cli._common import DEFAULT_MONITOR, AsOfOption, MonitorOption, console, examples, instant, opened

SHORT = 10
"""Lines of a long section that are printed unless all are asked for."""


class _Form(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad report",
        "marsad report --as-of 2024-12-07T23:00+03:00 --hours 48",
        "marsad report --format markdown > situation.md",
    )
    text = (
        "Print the situation: what changed, what is disputed, who holds what by whose account, what rests on one voice."
    )
    app.command("report", help=text, short_help="Print the situation report.", epilog=epilog)(_report)


def _report(
    *,
    as_of: AsOfOption = None,
    hours: Annotated[float, typer.Option("--hours", min=0, help="How far back changes are told.")] = 24,
    form: Annotated[_Form, typer.Option("--format", help="Text for a terminal, or Markdown.")] = _Form.TEXT,
    full: Annotated[bool, typer.Option("--full", help="Print all lines of long sections.")] = False,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import markdown, print_report  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor) as held:
        report = held.report(instant(as_of, held.zone), timedelta(hours=hours))
    if form is _Form.MARKDOWN:
        typer.echo(markdown(report), nl=False)
    else:
        print_report(report, console(), None if full else SHORT)
