"""`marsad nowcast`: who probably holds each place."""

from __future__ import annotations

from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    Format,
    FormatOption,
    LearntByOption,
    MonitorOption,
    PolicyOption,
    console,
    day,
    examples,
    instant,
    opened,
    show,
    tell,
)
from marsad.cli._plots import PlotOption, draw, note


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad nowcast Homs",
        "marsad nowcast Homs --since 2024-11-27 --on 2024-12-08",
        "marsad nowcast Homs --since 2024-11-27 --plot homs.png",
        "marsad nowcast --on 2024-12-06 --as-of 2024-12-06 --format csv",
    )
    text = (
        "Show who probably holds each place on a day, a probability for each possible holder, from everybody's words. "
        "A model's guess, never a finding: `marsad control` shows the words by account."
    )
    app.command("nowcast", help=text, short_help="Show who probably holds what.", epilog=epilog)(_nowcast)


def _nowcast(
    *,
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE", help="Only this place, by name; without it all of them.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day; else the last of which anything is known.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Every day from this one on, as a strip of bars.")
    ] = None,
    plot: PlotOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import nowcast_rows, print_courses  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, learnt_by=learnt_by, policy=policy) as held:
        when = instant(as_of, held.zone)
        found = held.nowcast(place, day(on, "--on"), when, since=day(since, "--since"))
        draw(plot, lambda: marsad.plot_nowcast(found, note=note(held, held.picture(when).last_word)))
        if not found:
            tell(f"nothing is said of who holds {place or 'any place'} by then")
        elif since and form is Format.TABLE:
            print_courses(found, console(), held.zone)
        else:
            show(nowcast_rows(found, held.zone), form)
