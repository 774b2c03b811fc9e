"""`marsad gazetteer`: the file of places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marsad.cli._common import examples, progress


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="Build the file of places.")
    text = "Build the gazetteer from GeoNames data; done by itself when reports are first read."
    group.command("build", help=text, epilog=examples("marsad gazetteer build"))(_build)
    group.callback()(_group)
    app.add_typer(group, name="gazetteer")


def _group() -> None:
    pass


def _build(
    path: Annotated[
        Path | None,
        typer.Option("--path", envvar="MARSAD_GAZETTEER", metavar="FILE", help="Where to; the user's data folder."),
    ] = None,
) -> None:
    from marsad.gazetteer import build, default_path  # noqa: PLC0415 - slow, and help does not need it

    target = path or default_path()
    with progress() as move:
        build(target, progress=(lambda done, total: move("building the gazetteer", done, total)) if move else None)
    typer.echo(f"built {target}")
