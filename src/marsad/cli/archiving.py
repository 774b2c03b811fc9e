"""`marsad archive`: more reports than one machine holds, read into tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

import marsad
from marsad.cli._common import (
    DONE,
    INCOMPLETE,
    ColumnsOption,
    OutletsOption,
    RulesOption,
    TheatreOption,
    examples,
    instant,
    progress,
    tell,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad archive reports.jsonl --out archive --theatre theatre.toml",
        "marsad archive folder-of-reports --out archive-of-folder --workers 1",
    )
    text = (
        "Read many reports, from files, folders or object stores, into tables of Parquet in a folder, by many "
        "processes or on a Ray cluster. Where it is stopped, the same command goes on. The folder opens as a monitor."
    )
    short = "Read many reports into tables of Parquet."
    app.command("archive", help=text, short_help=short, epilog=epilog)(_archive)


def _archive(
    *,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...", help="Files, folders, or addresses of object stores such as s3://bucket/folder."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the tables.")],
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="How many processes; without it as many as processors.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address", help="The Ray cluster that does the work: auto, HOST:PORT, or local for this machine."
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--every", help="Read also reports without words of war.")] = False,
    retrieved: Annotated[
        str | None,
        typer.Option("--retrieved", metavar="TIME", help="When inputs that do not say were fetched, as for --as-of."),
    ] = None,
    theatre: TheatreOption = None,
    outlets: OutletsOption = None,
    columns: ColumnsOption = None,
    rules: RulesOption = None,
) -> None:
    with progress(rate=True) as move:
        receipt = marsad.Monitor.archive(
            inputs,
            out,
            theatre=theatre,
            outlets=outlets,
            columns=columns,
            rules=rules,
            every=every,
            retrieved=instant(retrieved, ZoneInfo("UTC"), "--retrieved"),
            workers=workers,
            address=address,
            progress=move,
        )
    raise typer.Exit(_told(receipt, out))


def _told(receipt: marsad.ArchiveReceipt, out: Path) -> int:
    """Say what an archive has, and what it has not, and return the exit code."""
    rows = receipt.rows
    there = "" if receipt.made else ", which were there already"
    claims, told = rows["claims"], rows["propositions"]
    typer.echo(f"{rows['reports']:,} reports, {claims:,} claims and {told:,} propositions in {out}{there}")
    for number, what, where in (
        (rows["irrelevant"], "without words of war", "irrelevant"),
        (rows["skipped"], "skipped", "skipped"),
        (receipt.unread, "kept and not read", "reports, column unread"),
    ):
        if number:
            tell(f"{number:,} {what}: {out}/{where}")
    return INCOMPLETE if rows["skipped"] or receipt.unread else DONE
