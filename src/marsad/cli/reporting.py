"""`marsad report`: the situation report."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

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
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SHORT = 10
"""Lines of a long section that are printed unless all are asked for."""

_PERIOD = re.compile(r"(\d{1,5}(?:\.\d+)?)([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


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
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
    rules: RulesOption = None,
) -> None:
    from marsad.outputs import html, markdown, print_report  # noqa: PLC0415 - slow, and help does not need it
    from marsad.serial import to_json  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules, learnt_by, policy=policy) as held:
        report = held.report(instant(as_of, held.zone), _period(since, held.zone))
    most = None if full else SHORT
    if form is _Form.TEXT:
        print_report(report, console(), most)
    elif form is _Form.MARKDOWN:
        typer.echo(markdown(report, most), nl=False)
    elif form is _Form.HTML:
        typer.echo(html(report, most), nl=False)
    else:
        typer.echo(json.dumps(to_json(report), ensure_ascii=False, indent=1))


def _period(words: str, zone: ZoneInfo) -> timedelta | datetime:
    """Return the period, or the instant that it begins at, that `--since` names; a date means the start of its day."""
    if match := _PERIOD.fullmatch(words):
        return float(match[1]) * _UNITS[match[2]]
    try:
        if len(words) == len("2024-12-07"):
            return datetime.combine(date.fromisoformat(words), time.min, zone)
        found = datetime.fromisoformat(words)
    except ValueError:
        hint = "write 90m, 24h or 7d, a date such as 2024-12-07, or an instant such as 2024-12-07T23:00+03:00"
        raise typer.BadParameter(f"'{words}' is no period; {hint}", param_hint="--since") from None
    return found if found.tzinfo else found.replace(tzinfo=zone)
