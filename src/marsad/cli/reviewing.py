"""`marsad review`: the most valuable claims first, each in its context, ruled on with one key."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    Format,
    FormatOption,
    MonitorOption,
    PolicyOption,
    console,
    examples,
    instant,
    opened,
    show,
    tell,
)
from marsad.cli.judging import UserOption, named, pairs

if TYPE_CHECKING:
    from marsad.outputs import ReviewItem

_KEYS = "a accept, c correct, r reject, s skip, u undo the last, q quit"
_ACCEPTED = "read in its context"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "review",
        short_help="Rule on the most valuable claims first.",
        help="Show the claims that you have not ruled on, those first that most hangs on, each with its words in their "
        f"context, and ask for a key: {_KEYS}. Where there is no terminal, or with a --format, print the queue.",
        epilog=examples("marsad review --user ana", "marsad review --queue 50 --format csv"),
    )(_review)


def _review(
    *,
    most: Annotated[int, typer.Option("--queue", min=1, help="How many claims at most.")] = 20,
    user: UserOption = None,
    as_of: AsOfOption = None,
    form: Annotated[FormatOption | None, typer.Option("--format", help="Print the queue instead of asking.")] = None,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import review_rows  # noqa: PLC0415 - slow, and help does not need it

    who = named(user)
    with opened(monitor, policy=policy) as held:
        queue = held.review_queue(who, most, instant(as_of, held.zone))
        if form is not None or not (sys.stdin.isatty() and sys.stdout.isatty()):
            show(review_rows(queue), form or Format.TABLE)
            return
        made = _Round(held, who).go(queue)
    typer.echo(f"{made} judgement{'' if made == 1 else 's'} by {who}")


class _Round:
    """One sitting of one person."""

    def __init__(self, held: marsad.Monitor, who: str) -> None:
        self._held = held
        self._who = who
        self._made: list[str] = []

    def go(self, queue: tuple[ReviewItem, ...]) -> int:
        """Ask for each claim until none is left or the person quits; return how many judgements stand."""
        for number, item in enumerate(queue, start=1):
            _print(item, f"{number} of {len(queue)}")
            while True:
                key = _asked(_KEYS).lower()
                if key == "q":
                    return len(self._made)
                if key == "u":
                    self._undo()
                elif key == "s" or (key in {"a", "c", "r"} and self._ruled(key, item)):
                    break
        return len(self._made)

    def _ruled(self, key: str, item: ReviewItem) -> bool:
        """Judge a claim as a key says; tell why it cannot be and return False where it cannot."""
        claim, values = item.claim.id, {}
        try:
            if key == "c":
                values = pairs(iter(lambda: _asked("field=value (nothing ends)"), ""))
            reason = _asked("why" if key != "a" else f"why [{_ACCEPTED}]")
            kind = {"a": "accept", "c": "correct", "r": "reject"}[key]
            reason = reason or (_ACCEPTED if key == "a" else "")
            made = self._held.judge(kind, claim, user=self._who, reason=reason, values=values)
        except (marsad.MarsadError, typer.BadParameter) as error:
            tell(f"not kept: {error}")
            return False
        self._made.append(made.id)
        typer.echo(f"kept as {made.id}")
        return True

    def _undo(self) -> None:
        if not self._made:
            tell("nothing to undo")
            return
        last = self._made.pop()
        self._held.judge("undo", last, user=self._who, reason="undone in review")
        typer.echo(f"{last} is undone")


def _asked(what: str) -> str:
    """Return the line that the person writes; the end of input is `q`."""
    try:
        return input(f"{what}: ").strip()
    except EOFError:
        return "q"


def _print(item: ReviewItem, place: str) -> None:
    from marsad.outputs import plain  # noqa: PLC0415 - slow, and help does not need it

    out, quotation = console(), item.quotation
    out.print()
    out.print(Text(f"{place}  {item.claim.id}  {'; '.join(item.reasons) or 'nothing in doubt'}", style="dim"))
    out.print(Text(f"{plain(quotation.source)} {plain(item.headline)}", style="bold"))
    before, after = plain(quotation.before), plain(quotation.after)
    out.print(Text.assemble((f"{before} ", "dim"), (plain(quotation.words), "bold"), (f" {after}", "dim")))
    facts = (item.claim.event, item.claim.certainty.value, item.claim.extent.value, item.report.id)
    out.print(Text(f"{'; '.join(facts)}: {plain(item.report.title)}", style="dim"))
