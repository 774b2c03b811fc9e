"""`marsad claims`, `disputes`, `assess`, `control` and `sources`: what a monitor holds."""

from __future__ import annotations

from enum import StrEnum
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
    RulesOption,
    console,
    day,
    examples,
    instant,
    opened,
    show,
    told_of,
)
from marsad.cli._plots import PlotOption, draw, note


class _View(StrEnum):
    SPELLS = "spells"
    TIMELINE = "timeline"


_PlaceArgument = Annotated[
    str | None, typer.Argument(metavar="PLACE", help="Only this place, by name; without it all of them.")
]
_PlaceOption = Annotated[str | None, typer.Option("--place", help="Only this place, by name.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "claims",
        help="List claims: who says what happened where.",
        epilog=examples(
            "marsad claims --place Homs", "marsad claims --polarity denied --as-of 2024-12-06 --format csv"
        ),
    )(_claims)
    app.command(
        "disputes",
        help="List what some sources affirm and others deny or exclude.",
        short_help="List what is affirmed and denied.",
        epilog=examples("marsad disputes", "marsad disputes --open --as-of 2024-12-07T23:00+03:00"),
    )(_disputes)
    app.command(
        "assess",
        short_help="Show a verdict and every word behind it.",
        help="Show a verdict with its working and every word behind it. ID is that of a proposition, a claim or a "
        "report; its beginning will do.",
        epilog=examples(
            "marsad assess demo-031",
            "marsad assess demo-031 --rules recorders-1",
            "marsad assess demo-031 --as-of 2024-12-08 --format jsonl",
        ),
    )(_assess)
    app.command(
        "control",
        help="Show who holds what by whose account, over time.",
        epilog=examples(
            "marsad control Homs",
            "marsad control Homs --view timeline",
            "marsad control Homs --plot homs.svg",
            "marsad control --according-to government --on 2024-12-06",
        ),
    )(_control)
    app.command(
        "sources",
        help="Show how each voice's word on each topic fared where it was later settled: counts, never a score.",
        short_help="Show how each voice's word fared.",
        epilog=examples("marsad sources", "marsad sources government --topic territory", "marsad sources --format csv"),
    )(_sources)


def _claims(
    *,
    report: Annotated[str | None, typer.Option("--report", metavar="ID", help="Only of this report.")] = None,
    place: _PlaceOption = None,
    source: Annotated[str | None, typer.Option("--source", help="Only this source or speaker, by name.")] = None,
    event: Annotated[str | None, typer.Option("--event", help="Only this event type, such as withdraw.")] = None,
    polarity: Annotated[marsad.Polarity | None, typer.Option("--polarity", help="Only these.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Those that people rejected or retracted.")] = False,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import claim_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, learnt_by=learnt_by, policy=policy) as held:
        when = instant(as_of, held.zone)
        found = held.claims(
            as_of=when, report=report, place=place, source=source, event=event, polarity=polarity, rejected=rejected
        )
        show(claim_rows(found, held.reports_of(found), held.zone), form)


def _disputes(
    *,
    unsettled: Annotated[bool, typer.Option("--open", help="Leave out what was settled since.")] = False,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import dispute_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules, learnt_by, policy=policy) as held:
        picture = held.picture(instant(as_of, held.zone))
        show(dispute_rows((one for one in picture.disputes if one.open or not unsettled), picture), form)


def _assess(
    *,
    wanted: Annotated[str, typer.Argument(metavar="ID", help="A proposition, claim or report, or its beginning.")],
    plot: PlotOption = None,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import evidence_rows, print_detail  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules, learnt_by, policy=policy) as held:
        when = instant(as_of, held.zone)
        found = held.assess(wanted, when)
        if plot is not None:
            if len(found) > 1:
                raise marsad.InputError(f"'{wanted}' is of {len(found)} propositions, and a plot is of one: name it")
            under = note(held, held.picture(when).last_word)
            draw(plot, lambda: marsad.plot_dispute(found[0], held.zone, note=under))
        if form is not Format.TABLE:
            show(evidence_rows(found), form)
            return
        out = console()
        for number, detail in enumerate(found):
            if number:
                out.print("\n" + "─" * min(out.width, 80) + "\n")
            print_detail(detail, out, held.zone)


def _control(
    *,
    place: _PlaceArgument = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Only what stood on this day.")] = None,
    according_to: Annotated[
        str | None, typer.Option("--according-to", help="Only this side's or source's word.")
    ] = None,
    view: Annotated[
        _View, typer.Option("--view", help="Spells in a table, or a timeline with one character a day.")
    ] = _View.SPELLS,
    plot: PlotOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import control_rows, print_strips, strip_rows, strips, unheard  # noqa: PLC0415 - slow

    with opened(monitor, learnt_by=learnt_by, policy=policy) as held:
        when = instant(as_of, held.zone)
        states, picture = held.control(place, day(on, "--on"), according_to, when), held.picture(when)
        now = picture.last_word
        title = f"Control of {place}" if place else "Control"
        draw(plot, lambda: marsad.plot_control(states, now, held.zone, note=note(held, now), title=title))
        if view is _View.SPELLS:
            silent = unheard(picture, states) if place and not on and not according_to else ()
            show(control_rows(states, held.zone, now, silent), form)
            return
        found = strips(states, now, held.zone)
        if form is Format.TABLE:
            print_strips(found, console(), held.zone, now)
        else:
            show(strip_rows(found, held.zone, now), form)


def _sources(
    *,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Only this voice or side; without it all of them.")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="Only this family of events, such as territory.")] = None,
    plot: PlotOption = None,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.monitor import topic_of  # noqa: PLC0415 - slow, and help does not need it
    from marsad.outputs import source_rows  # noqa: PLC0415 - slow, and help does not need it

    with told_of("--topic"):
        topic_of(topic)
    with opened(monitor, rules, learnt_by, policy=policy) as held:
        when = instant(as_of, held.zone)
        found = held.sources(when, name=name, topic=topic)
        draw(plot, lambda: marsad.plot_sources(found, note=note(held, held.picture(when).last_word)))
        show(source_rows(found), form)
