"""The `marsad` command: its groups put together, and one line for every expected failure."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from marsad import __version__
from marsad.cli import (
    adding,
    archiving,
    asking,
    demo,
    evaluating,
    exporting,
    gazetteer,
    judging,
    keeping,
    nowcasting,
    outlets,
    places,
    policies,
    reading,
    receipts,
    reporting,
    reviewing,
    routing,
    rules,
    searching,
    serving,
    theatre,
    verifying,
    versions,
    watching,
)
from marsad.cli._common import USAGE, tell
from marsad.errors import MarsadError


class _Group(TyperGroup):
    """Tells an expected error in one line instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; exit with 2 where it raises a MarsadError."""
        try:
            return super().invoke(ctx)
        except MarsadError as error:
            tell(f"marsad: {error}")
            raise typer.Exit(USAGE) from error


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="An open war monitor: who says what about each town, which accounts exclude each other, and what is known.",
    epilog="Begin with `marsad demo`.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"marsad {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for _register in (
    demo,
    reading,
    places,
    adding,
    archiving,
    receipts,
    watching,
    asking,
    versions,
    searching,
    nowcasting,
    routing,
    reporting,
    judging,
    reviewing,
    exporting,
    serving,
    verifying,
    keeping,
    evaluating,
    rules,
    policies,
    gazetteer,
    theatre,
    outlets,
):
    _register.register(app)
