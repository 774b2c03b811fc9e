"""`marsad watch` and `marsad health`: feeds asked for again and again, and how each fares."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    DONE,
    INCOMPLETE,
    Format,
    MonitorOption,
    PolicyOption,
    TheatreOption,
    examples,
    opened,
    show,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from marsad.monitor import Turn
    from marsad.store import Notice


class _Form(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "watch",
        help="Ask for the feeds and pages of a list whenever they are due, and add what they bring, until ended by "
        "Ctrl-C or SIGTERM. What was last asked for is kept in the monitor, so that a restart goes on there.",
        short_help="Watch feeds, and add what they bring.",
        epilog=examples(
            "marsad watch feeds.toml --monitor war.marsad",
            "marsad watch feeds.toml --theatre theatre.toml --once",
        ),
    )(_watch)
    app.command(
        "health",
        help="Show how the watched feeds fare: last answer, last new report, failures one after the other, what is "
        "next. Without a list, all that were ever watched.",
        short_help="Show how the watched feeds fare.",
        epilog=examples("marsad health feeds.toml", "marsad health feeds.toml --format html > health.html"),
    )(_health)


def _watch(
    *,
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS", help="The list of feeds (TOML).")],
    once: Annotated[bool, typer.Option("--once", help="Ask for what is due now, and end.")] = False,
    monitor: MonitorOption = DEFAULT_MONITOR,
    theatre: TheatreOption = None,
) -> None:
    failures = turns = 0

    def told(turn: Turn) -> None:
        nonlocal failures, turns
        turns += 1
        failures += turn.reason is not None
        typer.echo(_line(turn))
        for item in turn.skipped:
            tell(f"skipped {item.origin}: {item.reason}")

    with marsad.Monitor.open(monitor, theatre=theatre) as held, _stopping() as stop:
        held.watch(feeds, once=once, tell=told, stop=stop, tell_notice=lambda notice: typer.echo(_notice_line(notice)))
    if once and not turns:
        typer.echo("nothing is due")
    raise typer.Exit(INCOMPLETE if once and failures else DONE)


def _health(
    *,
    feeds: Annotated[Path | None, typer.Argument(metavar="[FEEDS]", help="The list of feeds (TOML).")] = None,
    form: Annotated[
        _Form, typer.Option("--format", help="A table for people, JSON lines or CSV for programs, or an HTML page.")
    ] = _Form.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import health_rows, html_table  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, policy=policy) as held:
        rows = health_rows(held.health(feeds), held.zone)
    if form is _Form.HTML:
        typer.echo(html_table("Feeds", rows), nl=False)
    else:
        show(rows, Format(form.value))


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Give what is set by the first Ctrl-C or SIGTERM; the second one ends the process at once, as usual."""
    stop = threading.Event()
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, usual[signal.Signals(number)])

    for number in usual:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def _line(turn: Turn) -> str:
    """Return what a turn brought in one line: time, name, outcome, when it is next."""
    if turn.reason:
        outcome = f"failed: {turn.reason}"
    else:
        counts = ((turn.added, "new"), (turn.updated, "updated"))
        outcome = ", ".join(f"{word} {count}" for count, word in counts if count) or "unchanged"
    if turn.trouble:
        outcome += f"; {len(turn.trouble)} of {turn.pages} pages failed: {turn.trouble[0]}"
    return f"{_clock(turn.at)}  {turn.name}  {outcome}; next {_clock(turn.due)}"


def _notice_line(notice: Notice) -> str:
    """Return what came of telling a webhook in one line: time, name, the event, whether it was told."""
    outcome = f"told ({notice.status})" if notice.outcome == "told" else f"failed: {notice.reason}"
    after = f"; next {_clock(notice.due)}" if notice.due else "; given up" if notice.outcome == "gone" else ""
    return f"{_clock(notice.learnt)}  webhook {notice.webhook}  {notice.event} {outcome}{after}"


def _clock(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
