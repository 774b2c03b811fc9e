"""`marsad add` and `marsad reread`: reports into a monitor, and read anew."""

from __future__ import annotations

from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    ColumnsOption,
    Format,
    FormatOption,
    MonitorOption,
    OutletsOption,
    TheatreOption,
    examples,
    opened,
    progress,
    show,
    tell,
    tell_failures,
)
from marsad.cli._llm import LlmOption, ReaderName, ReaderOption, settings_of, tell_tally


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad add reports.jsonl --theatre theatre.toml",
        "marsad add folder-of-reports --monitor war.marsad",
        "marsad add incidents.csv --columns columns.toml",
        "cat story.txt | marsad add -",
        "marsad add folder-of-pages --outlets my-outlets.toml",
        "marsad add folder-of-reports --later",
    )
    text = (
        "Add reports to a monitor and read them: from files, folders, or addresses of pages and feeds, such as "
        "https://news.example.org/feed.xml. Adding the same again changes nothing."
    )
    app.command("add", help=text, short_help="Add reports to a monitor and read them.", epilog=epilog)(_add)
    app.command(
        "reread",
        help="Read anew what an earlier version has read, and show what that changes; the old claims are kept.",
        short_help="Read anew with this version.",
        epilog=examples("marsad reread", "marsad reread --format jsonl > changes.jsonl"),
    )(_reread)


def _add(
    *,
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files, folders, addresses, or - for standard input.")
    ],
    later: Annotated[bool, typer.Option("--later", help="Take the reports in only; the next add reads them.")] = False,
    monitor: MonitorOption = DEFAULT_MONITOR,
    theatre: TheatreOption = None,
    outlets: OutletsOption = None,
    columns: ColumnsOption = None,
    reader: ReaderOption = ReaderName.EMBEDDED,
    llm: LlmOption = None,
) -> None:
    settings = settings_of(reader, llm)
    with marsad.Monitor.open(monitor, theatre=theatre) as held, progress() as move:
        receipt = held.add(sources, columns=columns, outlets=outlets, read=not later, llm=settings, progress=move)
        name = held.name
    if receipt.tally is not None:
        tell_tally(receipt.tally)
    code = tell_failures(receipt.skipped, receipt.unread)
    known = f", {len(receipt.updated)} new versions of known ones" if receipt.updated else ""
    known += f", {len(receipt.duplicates)} known before" if receipt.duplicates else ""
    typer.echo(f"{len(receipt.added)} reports added{known}; {receipt.claims} claims read into {name}")
    if receipt.waiting:
        typer.echo(f"{receipt.waiting} reports wait to be read; the next `marsad add` without --later reads them")
    if receipt.outdated:
        tell(f"{receipt.outdated} reports were read by an earlier version; `marsad reread` reads them anew")
    raise typer.Exit(code)


def _reread(
    *,
    form: FormatOption = Format.TABLE,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import difference_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor) as held:
        with progress() as move:
            found = held.reread(progress=move)
        show(difference_rows(((one.report, one.gone, one.new, one.kept) for one in found), held.zone), form)
