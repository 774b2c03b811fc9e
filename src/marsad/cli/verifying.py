"""`marsad verify`: whether an evidence bundle is as it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import marsad
from marsad.cli._common import DONE, INCOMPLETE, Format, FormatOption, examples, show, tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "verify",
        help="Check an evidence bundle without a monitor or a network: every hash, every passage, and every verdict "
        "made anew. Names what was altered, added or taken away, and exits with 1 where anything was.",
        short_help="Check an evidence bundle.",
        epilog=examples("marsad verify evidence.zip", "marsad verify evidence.zip --format jsonl"),
    )(_verify)


def _verify(
    *,
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The .zip, or the folder that it was unpacked to.")],
    form: FormatOption = Format.TABLE,
) -> None:
    from marsad.outputs import verification_rows  # noqa: PLC0415 - slow, and help does not need it

    found = marsad.verify(bundle)
    show(verification_rows(found), form)
    if form is Format.TABLE:
        typer.echo(f"ledger: {found.head or 'none'}\nmanifest.sha256: {found.manifest}")
        typer.echo("sound" if found.sound else f"altered: {len(found.faults)} faults")
    for fault in found.faults:
        tell(f"{fault.path}: {fault.reason}")
    for note in found.notes:
        tell(f"note: {note}")
    raise typer.Exit(DONE if found.sound else INCOMPLETE)
