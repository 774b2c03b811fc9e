"""`marsad judge` and `judgements`: people overrule the machine, and are held to what they said."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    Format,
    FormatOption,
    MonitorOption,
    PolicyOption,
    RulesOption,
    examples,
    instant,
    opened,
    show,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

UserOption = Annotated[
    str | None,
    typer.Option("--user", envvar="MARSAD_USER", help="Who judges; the name of the login if not given."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "judge",
        short_help="Overrule the machine: accept, correct, reject and more.",
        help="Keep a judgement, which wins over what was read and put together. KIND is accept, correct or reject (of "
        "a claim), merge, split or grade (of a proposition), note or label (of either), translate (puts a machine's "
        "translation beside a report, which nothing is read from) or retract (of a report), or undo (of a judgement). "
        "SUBJECT is its id; its beginning will do. Nothing is overwritten: to take a judgement back is another one.",
        epilog=examples(
            'marsad judge reject c-42a9831e1e07 --reason "a headline of last year"',
            'marsad judge correct c-42a9 --set polarity=denied --set "agent=the rebels" --reason "misread"',
            'marsad judge merge p-0012 --with p-77aa --reason "one raid" --user ana',
            'marsad judge undo j-91c3 --reason "wrong claim"',
            'marsad judge translate demo-003 --text "The town is ours." --reason "NLLB-200"',
        ),
    )(_judge)
    app.command(
        "judgements",
        short_help="List what people ruled, how far they agree, or their gold.",
        help="List the judgements in order of time, also those that were undone and those that find their claim no "
        "more (orphaned). With --agreement, how far two people agree; with --gold, the claims that people accepted or "
        "corrected are written as an annotated corpus.",
        epilog=examples(
            "marsad judgements",
            "marsad judgements --user ana --format jsonl",
            "marsad judgements --agreement ana --agreement ben",
            "marsad judgements --gold corrected",
        ),
    )(_judgements)


def named(user: str | None) -> str:
    """Return who judges: the user given, else the name of the login; raise BadParameter where there is none."""
    if user is not None:
        return user
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise typer.BadParameter("the login has no name; give one", param_hint="--user") from None


def pairs(words: Iterable[str]) -> dict[str, object]:
    """Return what `field=value` says by field; raise BadParameter where there is no "=" or a field comes twice."""
    found: dict[str, object] = {}
    for one in words:
        name, sign, value = one.partition("=")
        if not sign:
            raise typer.BadParameter(f"'{one}' is not FIELD=VALUE", param_hint="--set")
        if name.strip() in found:
            raise typer.BadParameter(f"'{name.strip()}' is set twice", param_hint="--set")
        found[name.strip()] = value
    return found


def _judge(
    *,
    kind: Annotated[marsad.JudgementKind, typer.Argument(metavar="KIND", help="What to do.", show_choices=True)],
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="A claim, proposition, report or judgement.")],
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="For correct: a column of claims.jsonl; nothing after = is unknown."
        ),
    ] = None,
    other: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ID", help="For merge: the other proposition. For split: a claim to take out."),
    ] = None,
    grade: Annotated[str | None, typer.Option("--grade", help="For grade: one of the rule set's.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="For note, label and translate: the words.")] = None,
    reason: Annotated[
        str, typer.Option("--reason", help="Why, or what made a translation; notes and labels may do without.")
    ] = "",
    user: UserOption = None,
    rules: RulesOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import ruling  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules) as held:
        made = held.judge(
            kind,
            subject,
            user=named(user),
            reason=reason,
            values=pairs(values or ()),
            other=other or (),
            grade=grade,
            text=text,
        )
        typer.echo(ruling(made, held.zone))


def _judgements(
    *,
    subject: Annotated[
        str | None, typer.Argument(metavar="SUBJECT", help="Only those on this claim, proposition or judgement.")
    ] = None,
    user: Annotated[str | None, typer.Option("--user", help="Only this user's.")] = None,
    between: Annotated[
        list[str] | None, typer.Option("--agreement", metavar="USER", help="How far two users agree; give it twice.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--gold", metavar="FOLDER", help="Write an annotated corpus into this new folder.")
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import agreement_rows, judgement_rows  # noqa: PLC0415 - slow, and help does not need it

    if between and len(between) != 2:
        raise typer.BadParameter("give two users: --agreement ana --agreement ben", param_hint="--agreement")
    with opened(monitor, policy=policy) as held:
        when = instant(as_of, held.zone)
        if folder is not None:
            _write(held.gold(), folder)
        elif between:
            show(agreement_rows(held.agreement(*between)), form)
        else:
            show(judgement_rows(held.judgements(subject, user, when), held.judged(when), held.zone), form)


def _write(gold: marsad.Gold, folder: Path) -> None:
    """Write a corpus into a folder that is new or empty."""
    import json  # noqa: PLC0415

    from marsad.outputs import write_jsonl  # noqa: PLC0415 - slow, and help does not need it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise marsad.InputError(f"{folder}: is not empty")
        for name, rows in (("reports", gold.reports), ("claims", gold.claims)):
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
                write_jsonl(rows, stream)
        (folder / "actors.json").write_text(json.dumps(gold.actors, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise marsad.InputError(f"{folder}: cannot be written: {error.strerror}") from error
    tell(f"{folder}: {len(gold.claims)} claims of {len(gold.reports)} reports")
