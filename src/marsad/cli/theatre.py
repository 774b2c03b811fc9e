"""`marsad theatre`: a war's profile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import marsad
from marsad.cli._common import examples


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="Check a war's profile.")
    text = "Check a theatre file; say on which line it is wrong, or what it holds."
    group.command("check", help=text, epilog=examples("marsad theatre check theatre.toml"))(_check)
    group.callback()(_group)
    app.add_typer(group, name="theatre")


def _group() -> None:
    pass


def _check(path: Annotated[Path, typer.Argument(metavar="FILE", help="The theatre file (TOML).")]) -> None:
    theatre = marsad.load_theatre(path)
    spellings = sum(len(actor.aliases) for actor in theatre.actors.values())
    typer.echo(
        f"{path} is sound: {theatre.name}; {len(theatre.sides)} sides, {len(theatre.actors)} actors with "
        f"{spellings} other spellings, {len(theatre.outlets)} outlets, time zone {theatre.time_zone.key}"
    )
