"""What the commands share: options, times, output, progress, and how failures are told."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

import marsad
from marsad.errors import MissingStoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from marsad.outputs import Rows

DONE, INCOMPLETE, USAGE = 0, 1, 2
"""Exit codes: done; some inputs skipped, or floors broken; wrong use, or a file that cannot be used."""

_MANY, _FEW = 10, 3  # failures for one reason: up to so many are all named, of more so many and the last

Move = Callable[[str, int, int | None], None]
"""Moves a progress bar: what is being done, how far it is, and out of how many (None where nobody knows)."""


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="A table for people; JSON lines or CSV for programs.")]
MonitorOption = Annotated[
    str,
    typer.Option(
        "--monitor",
        envvar="MARSAD_MONITOR",
        metavar="FILE",
        help="The monitor's file, or its postgresql:// URL.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="Only what was published by then: a date (its whole day) or an instant such as 2024-12-07T23:00+03:00; "
        "without an offset it is of the theatre's time zone.",
    ),
]
TheatreOption = Annotated[
    Path | None, typer.Option("--theatre", metavar="FILE", help="The war's profile (TOML): parties, sides, names.")
]
OutletsOption = Annotated[
    Path | None,
    typer.Option(
        "--outlets",
        metavar="FILE",
        help="Outlets of your own (TOML), by which publishers and their kinds are known.",
    ),
]
ColumnsOption = Annotated[
    Path | None,
    typer.Option("--columns", metavar="FILE", help="Which column of a table holds what (TOML), for tables and JSON."),
]
RulesOption = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="NAME|FILE",
        help="The rule set that gives the verdicts: one that `marsad rules` lists, or a file of your own.",
    ),
]
LearntByOption = Annotated[
    str | None,
    typer.Option(
        "--learnt-by",
        metavar="TIME",
        help="Only what the monitor itself had taken in by then, written like the time of --as-of.",
    ),
]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="Only what may leave by this policy: one that `marsad policies` lists, or a file of your own.",
    ),
]
DEFAULT_MONITOR = "monitor.marsad"


def examples(*commands: str) -> str:
    """Return the closing part of a help text."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def console() -> Console:
    """Return the console of standard output."""
    return Console(highlight=False, emoji=False, markup=False)


def opened(
    monitor: str, rules: str | None = None, learnt_by: str | None = None, policy: str | None = None
) -> marsad.Monitor:
    """Open a monitor that is there already, with a chosen rule set, as it is or as it was; else raise InputError.

    With a policy it answers what may leave by that, and standard error says so.
    """
    try:
        held = marsad.Monitor.open(monitor, rules=rules, create=False, policy=policy)
        if not held.policy.lets_all_out:
            tell(f"by policy {held.policy}")
        if learnt_by is None:
            return held
        with held:
            then = instant(learnt_by, held.zone, "--learnt-by")
        return marsad.Monitor.open(monitor, rules=rules, create=False, learnt_by=then, policy=policy)
    except MissingStoreError as error:
        hint = f"make one with `marsad add FILE --monitor {monitor}`"
        raise marsad.InputError(f"no monitor at {monitor}; {hint}") from error


@contextmanager
def told_of(option: str) -> Iterator[None]:
    """Tell which option it is whose words mean nothing."""
    try:
        yield
    except marsad.InputError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def instant(words: str | None, zone: ZoneInfo, option: str = "--as-of") -> datetime | None:
    """Return the instant that an option names, None for None; a date means the end of its day."""
    from marsad.monitor import instant_of  # noqa: PLC0415 - slow, and help does not need it

    with told_of(option):
        return instant_of(words, zone)


def beginning(words: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant that `--since` names; a date means the beginning of its day."""
    from marsad.monitor import beginning_of  # noqa: PLC0415 - slow, and help does not need it

    with told_of("--since"):
        return beginning_of(words, zone)


def day(words: str | None, option: str) -> date | None:
    """Return the day that an option names, None for None."""
    from marsad.monitor import day_of  # noqa: PLC0415 - slow, and help does not need it

    with told_of(option):
        return day_of(words)


def show(rows: Rows, form: Format) -> None:
    """Write rows to standard output."""
    from marsad.outputs import print_table, write_csv, write_jsonl  # noqa: PLC0415 - slow, and help does not need it

    if form is Format.JSONL:
        write_jsonl(rows.full, sys.stdout)
    elif form is Format.CSV:
        write_csv(rows.full, sys.stdout)
    else:
        print_table(rows, console())


def tell(message: str) -> None:
    """Write one line to standard error."""
    typer.echo(" ".join(message.split()), err=True)


def tell_failures(skipped: Iterable[marsad.Skipped], unread: Iterable[marsad.Unread]) -> int:
    """Name every input that was skipped or not read on standard error; return the exit code.

    Each has a line; of many for one reason, such as the pictures of a channel, only the first and the last are named.
    """
    failures = [("skipped", item.origin, item.reason) for item in skipped]
    failures += [("not read", item.report, item.reason) for item in unread]
    alike = Counter((what, reason) for what, _, reason in failures)
    told: Counter[tuple[str, str]] = Counter()
    for what, origin, reason in failures:
        one = what, reason
        told[one] += 1
        if alike[one] <= _MANY or told[one] <= _FEW:
            tell(f"{what} {origin}: {reason}")
        elif told[one] == alike[one]:
            tell(f"{what} {alike[one] - _FEW:,} more, the last {origin}: {reason}")
    return INCOMPLETE if failures else DONE


@contextmanager
def progress(*, wanted: bool = True, rate: bool = False) -> Iterator[Move | None]:
    """Give a function that moves progress bars on standard error; None where that is no terminal.

    With a `rate` they show how many are done in a second and how much time is left. `FORCE_COLOR=1` makes anything
    count as a terminal.
    """
    error = Console(stderr=True)
    if not (wanted and error.is_terminal):
        yield None
        return
    from rich import progress as bar  # noqa: PLC0415 - slow, and most commands show none

    columns: tuple[Any, ...] = (
        bar.TextColumn("{task.description}"),
        bar.BarColumn(),
        bar.MofNCompleteColumn(),
        bar.TimeElapsedColumn(),
    )
    if rate:
        columns += (bar.TextColumn("{task.fields[rate]}"), bar.TextColumn("left"), bar.TimeRemainingColumn())
    with bar.Progress(*columns, console=error) as bars:
        tasks: dict[str, Any] = {}

        def move(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total, rate="")
            speed = next(task.speed for task in bars.tasks if task.id == tasks[what])
            bars.update(tasks[what], completed=done, total=total, rate=f"{speed:,.1f} a second" if speed else "")

        yield move


@contextmanager
def reader(theatre: Path | None, move: Move | None) -> Iterator[marsad.Reader]:
    """Give a reader with the user's gazetteer, which is built where it is missing."""

    def building(done: int, total: int) -> None:
        if move:
            move("building the gazetteer", done, total)

    profile = marsad.load_theatre(theatre) if theatre else None
    with marsad.Gazetteer.open(build_if_missing=True, progress=building) as gazetteer:
        yield marsad.Reader(gazetteer, profile)
