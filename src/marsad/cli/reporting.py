"""`marsad report`: the situation report."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    LearntByOption,
    MonitorOption,
    PolicyOption,
    RulesOption,
    console,
    examples,
    instant,
    opened,
    told_of,
)
from marsad.cli._plots import PlotOption, draw, note

SHORT = 10
"""Lines of a long section that are printed unless all are asked for."""


class _Form(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad report",
        "marsad report --as-of 2024-12-07T23:00+03:00 --since 7d",
        "marsad report --since 2024-12-06 --format html > situation.html",
    )
    text = (
        "Print the situation: what is new, what is disputed, conceded or taken, who stands where by whose account, "
        "what rests on one voice, and what nobody tells."
    )
    app.command("report", help=text, short_help="Print the situation report.", epilog=epilog)(_report)


def _report(
    *,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="PERIOD",
            help="How far back news is told: 90m, 24h, 7d, or from a date or an instant on.",
        ),
    ] = "24h",
    form: Annotated[
        _Form, typer.Option("--format", help="Text for a terminal, Markdown, one HTML page, or JSON for programs.")
    ] = _Form.TEXT,
    full: Annotated[bool, typer.Option("--full", help="Print all lines of long sections.")] = False,
    plot: PlotOption = None,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
    rules: RulesOption = None,
) -> None:
    from marsad.monitor import period_of  # noqa: PLC0415 - slow, and help does not need it
    from marsad.outputs import html, markdown, print_report  # noqa: PLC0415 - slow, and help does not need it
    from marsad.serial import to_json  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules, learnt_by, policy=policy) as held:
        upto = instant(as_of, held.zone)
        with told_of("--since"):
            begin = period_of(since, held.zone)
        report = held.report(upto, begin)
        most = None if full else SHORT
        draw(plot, lambda: marsad.plot_tolls(report.tolls[:most], note=_note(held, report, most)))
    if form is _Form.TEXT:
        print_report(report, console(), most)
    elif form is _Form.MARKDOWN:
        typer.echo(markdown(report, most), nl=False)
    elif form is _Form.HTML:
        typer.echo(html(report, most), nl=False)
    else:
        typer.echo(json.dumps(to_json(report), ensure_ascii=False, indent=1))


def _note(held: marsad.Monitor, report: marsad.SituationReport, most: int | None) -> str:
    """Return what stands under a plot of the report's tolls, with how many of them are not drawn."""
    left = len(report.tolls) - len(report.tolls[:most])
    return note(held, report.as_of) + (f" · {left} more matters with `--full`" if left else "")
