"""`marsad rules`: by which rules verdicts are given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import marsad
from marsad.cli._common import Format, FormatOption, console, examples, show
from marsad.cli._shortened import Shortened


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=Shortened, help="Show the rule sets that give verdicts, or check one of your own.")
    text = "List the rule sets that ship; `marsad rules` alone does the same."
    group.command("list", help=text, epilog=examples("marsad rules"))(_list)
    text = "Show what the grades of a rule set mean and its rules in order; the verb may be left out."
    group.command("show", help=text, epilog=examples("marsad rules marsad-1", "marsad rules show mine.toml"))(_show)
    text = "Check a rule file; say on which line it is wrong, or what it holds."
    group.command("check", help=text, epilog=examples("marsad rules check mine.toml"))(_check)
    group.callback()(_group)
    app.add_typer(group, name="rules")


def _group() -> None:
    pass


def _list(*, form: FormatOption = Format.TABLE) -> None:
    from marsad.outputs import rule_set_rows  # noqa: PLC0415 - slow, and help does not need it

    show(rule_set_rows(map(marsad.load_rules, marsad.shipped_rules())), form)


def _show(
    *,
    wanted: Annotated[str, typer.Argument(metavar="NAME", help="A shipped rule set, or the file of another.")],
    form: FormatOption = Format.TABLE,
) -> None:
    from marsad.outputs import grade_rows, rule_rows  # noqa: PLC0415 - slow, and help does not need it

    rules = marsad.load_rules(wanted)
    if form is Format.TABLE:
        console().print(f"{rules.name} {rules.version}: {rules.what}")
        show(grade_rows(rules), form)
    show(rule_rows(rules), form)


def _check(path: Annotated[Path, typer.Argument(metavar="FILE", help="The rule file (TOML).")]) -> None:
    rules = marsad.load_rules(path)
    typer.echo(f"{path} is sound: {rules.name} {rules.version}; {len(rules.grades)} grades, {len(rules.rules)} rules")
