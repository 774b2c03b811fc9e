"""What the commands that draw share: the option, the note under a plot, and the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import marsad

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from matplotlib.figure import Figure

PlotOption = Annotated[
    Path | None,
    typer.Option(
        "--plot", metavar="FILE", help="Draw it, too, to a new .svg, .png or .pdf file (needs marsad[plots])."
    ),
]


def note(held: marsad.Monitor, until: datetime | None) -> str:
    """Return what stands under a plot: until when statements count, by which rules, and which policy it passed."""
    from marsad.outputs import clock  # noqa: PLC0415 - slow, and help does not need it

    rules = f"{held.rules.name} {held.rules.version}"
    told = f"Statements until {clock(until, held.zone)} · rules {rules} · policy {held.policy}"
    return f"{told} · Marsad {marsad.__version__}"


def draw(path: Path | None, made: Callable[[], Figure]) -> None:
    """Write a plot where one is asked for."""
    if path is not None:
        marsad.save_plot(made(), path)
