"""`marsad policies`: by which policies things leave."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import marsad
from marsad.cli._common import Format, FormatOption, console, examples, show
from marsad.cli._shortened import Shortened


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=Shortened, help="Show the policies that say what may leave, or check one of your own.")
    text = "List the policies that ship; `marsad policies` alone does the same."
    group.command("list", help=text, epilog=examples("marsad policies"))(_list)
    text = "Show what a policy keeps back; the verb may be left out."
    group.command("show", help=text, epilog=examples("marsad policies public", "marsad policies show mine.toml"))(_show)
    text = "Check a policy file; say on which line it is wrong, or what it keeps back."
    group.command("check", help=text, epilog=examples("marsad policies check mine.toml"))(_check)
    group.callback()(_group)
    app.add_typer(group, name="policies")


def _group() -> None:
    pass


def _list(*, form: FormatOption = Format.TABLE) -> None:
    from marsad.outputs import policy_rows  # noqa: PLC0415 - slow, and help does not need it

    show(policy_rows(map(marsad.load_policy, marsad.shipped_policies())), form)


def _show(
    *,
    wanted: Annotated[str, typer.Argument(metavar="NAME", help="A shipped policy, or the file of another.")],
    form: FormatOption = Format.TABLE,
) -> None:
    from marsad.outputs import kept_back_rows, policy_rows  # noqa: PLC0415 - slow, and help does not need it

    policy = marsad.load_policy(wanted)
    if form is not Format.TABLE:
        show(policy_rows([policy]), form)
        return
    console().print(f"{policy}: {policy.what}")
    show(kept_back_rows(policy), form)


def _check(path: Annotated[Path, typer.Argument(metavar="FILE", help="The policy file (TOML).")]) -> None:
    policy = marsad.load_policy(path)
    kept = f"{policy.delay_hours:g} hours late, places {policy.places.value}, persons {policy.persons.value}"
    typer.echo(f"{path} is sound: {policy}; {kept}, {len(policy.withheld)} fields left empty")
