"""`marsad outlets`: which outlets are known, and of which kind."""

from __future__ import annotations

from typing import Annotated

import typer

import marsad
from marsad.cli._common import Format, FormatOption, OutletsOption, TheatreOption, examples, show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "outlets",
        help="List the outlets that are known by name or address, or the one of a name or address.",
        epilog=examples("marsad outlets", "marsad outlets AFP", "marsad outlets https://news.un.org/en/story"),
    )(_outlets)


def _outlets(
    *,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A name or an address; all if left out.")] = None,
    own: OutletsOption = None,
    theatre: TheatreOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    from marsad.outputs import outlet_rows  # noqa: PLC0415 - slow, and help does not need it

    known = marsad.known_outlets(marsad.load_theatre(theatre) if theatre else None, own)
    if name is None:
        show(outlet_rows(known.outlets), form)
        return
    one = known.at(name) or known.named(name)
    if one is None:
        raise marsad.InputError(f"no outlet is known by the name or address {name[:100]!r}")
    show(outlet_rows((one,)), form)
