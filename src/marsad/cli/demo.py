"""`marsad demo`: a war in reports, from the first line to a verdict."""

from __future__ import annotations

from typing import Annotated

import typer

import marsad
from marsad.cli._common import AsOfOption, console, examples, instant, progress, tell_failures
from marsad.cli.reporting import SHORT

_HOUR = "2024-12-08T00:00+03:00"
_FILE = "demo.marsad"


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples("marsad demo", "marsad demo --as-of 2024-11-30T23:30+03:00")
    text = "Add the bundled reports on Syria, 2024, to a monitor file and print the situation as of an hour."
    app.command("demo", help=text, short_help="Show it all on bundled reports.", epilog=epilog)(_demo)


def _demo(
    *,
    as_of: AsOfOption = _HOUR,
    full: Annotated[bool, typer.Option("--full", help="Print all lines of long sections.")] = False,
    monitor: Annotated[str, typer.Option("--monitor", metavar="FILE", help="Where the monitor is kept.")] = _FILE,
) -> None:
    from marsad.outputs import print_report  # noqa: PLC0415 - slow, and help does not need it

    out = console()
    with marsad.Monitor.open(monitor, theatre=marsad.demo_theatre()) as held:
        when = instant(as_of, held.zone)
        with progress() as move:
            receipt = held.add([marsad.demo_reports()], progress=move)
        code = tell_failures(receipt.skipped, receipt.unread)
        report = held.report(when)
        print_report(report, out, None if full else SHORT)
    out.print(_NOTE)
    told = (*report.new_disputes, *report.open_disputes)
    widest = max(told, key=lambda one: len(one.supporters) + len(one.deniers), default=None)
    hour = report.as_of.astimezone(report.zone).isoformat(timespec="minutes") if report.as_of else _HOUR
    for command in (
        *([f"marsad assess {widest.proposition} --as-of {hour}"] if widest else []),
        "marsad disputes",
        "marsad control Homs",
        "marsad nowcast Homs --since 2024-12-01",
        "marsad report --as-of 2024-12-09",
        "marsad serve --open",
    ):
        out.print(f"  {command} --monitor {monitor}", soft_wrap=True)
    raise typer.Exit(code)


_NOTE = """
The reports were written for this demonstration from facts of public record; the outlets are invented.
Every id leads back to the words behind its line. Go on with:"""
