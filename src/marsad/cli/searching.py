"""`marsad search`: where words stand."""

from __future__ import annotations

from typing import Annotated

import typer

from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    Format,
    FormatOption,
    MonitorOption,
    PolicyOption,
    beginning,
    examples,
    instant,
    opened,
    show,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    text = (
        "Find the reports in which all WORDS stand, the newest first, with the words around and the claims there. "
        'Names are found however their accents are written; "words in quotation marks" must follow each other.'
    )
    app.command(
        "search",
        help=text,
        short_help="Find words in reports.",
        epilog=examples(
            "marsad search Hama airport",
            "marsad search '\"state television\"' --place Homs --since 2024-12-06",
            "marsad search withdrawn --grade disputed --format jsonl",
        ),
    )(_search)


def _search(
    *,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What must stand in a report.")],
    place: Annotated[str | None, typer.Option("--place", help="Only in claims about this place, by name.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Only in claims of this source or speaker, or this publisher's.")
    ] = None,
    event: Annotated[str | None, typer.Option("--event", help="Only in claims of this type, such as withdraw.")] = None,
    grade: Annotated[str | None, typer.Option("--grade", help="Only in claims with this verdict.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME", help="Published then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="Published by then.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many reports are shown at most.")] = 50,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import hit_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, policy=policy) as held:
        hits = held.search(
            " ".join(words),
            place=place,
            source=source,
            event=event,
            grade=grade,
            since=beginning(since, held.zone),
            until=instant(until, held.zone, "--until"),
            as_of=instant(as_of, held.zone),
            limit=limit,
        )
        show(hit_rows(hits, held.zone), form)
