"""The situation report, and one proposition in full, on a terminal."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from marsad.outputs.judgements import ruling
from marsad.outputs.lines import casualties, who_said
from marsad.outputs.sections import heading, sections
from marsad.outputs.strips import NOTHING
from marsad.outputs.wording import clock, days, heard, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, tzinfo
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from marsad.outputs.detail import Detail, Evidence
    from marsad.outputs.lines import Line
    from marsad.outputs.sections import Grid, Section
    from marsad.outputs.situation import SituationReport
    from marsad.outputs.strips import Strip

_ID, _WHO = "cyan", "dim"
_IDS = 3  # beside a line, unless all are asked for
_DAY_STYLES = {"h": "green", "c": "cyan", "x": "yellow", "l": "red", "d": "magenta"}
_HOLDER = 24  # characters of a holder's name beside its days
_WEEK = 7
_LEGEND = (
    "One character a day: H held, C claimed by its own side, X contested (inside, without full hold), "
    f"L lost, D denied; small letters: the account's last word is older than that day; {NOTHING} no word yet."
)
_MARK_STYLES = {"+": "green", "-": "red", "": _WHO}


def print_report(report: SituationReport, console: Console, most: int | None = None) -> None:
    """Print a report; `most` bounds the lines of its long sections."""
    title, *rest = heading(report)
    _hang(Text(title, style="bold"), "", console)
    for line in rest:
        _hang(Text(line), "", console)
    for section in sections(report, most):
        console.print()
        console.print(Text(section.title, style="bold underline"))
        _print_section(section, console, None if most is None else _IDS)
    console.print()
    _hang(
        Text("+ says so, - denies or excludes it. `marsad assess ID` shows the words behind an id.", _WHO), "", console
    )


def print_detail(detail: Detail, console: Console, zone: ZoneInfo) -> None:
    """Print a proposition with its verdict, the working of it, and every word on it in its context."""
    proposition, verdict = detail.proposition, detail.assessment
    console.print(Text.assemble((plain(detail.headline), "bold"), "  ", (proposition.id, _ID)))
    console.print(Text(f"when: {days(proposition.interval)}"))
    if verdict:
        settled = f" as {verdict.settled_as.value}" if verdict.settled_as else ""
        settled += f" on {clock(verdict.settled_on, zone)}" if verdict.settled_on else ""
        rating = f"source {verdict.admiralty_source}, item {verdict.admiralty_item}"
        rules = f"{verdict.rule_set} {verdict.rule_version}"
        if hand := verdict.by_hand:
            console.print(Text.assemble("graded by hand: ", (plain(hand.grade), "bold"), f" ({plain(hand.user)})"))
        console.print(Text.assemble("verdict: ", (f"{verdict.grade}{settled}", "bold"), f" ({rating}; {rules})"))
        for step in verdict.working:
            console.print(_indented(Text(f"- {plain(step)}"), 2))
    for judgement in detail.judgements:
        console.print(_indented(Text(f"* {ruling(judgement, zone)}", style=_WHO), 2))
    for evidence in detail.evidence:
        console.print()
        _print_evidence(evidence, console, zone)


def print_strips(found: Sequence[Strip], console: Console, zone: tzinfo, now: datetime | None) -> None:
    """Print strips by place and account under a line of dates; the earliest days go where the console is narrow."""
    if not found:
        console.print(Text("Nobody says who holds it.", style=_WHO))
        return
    total = len(found[0].days)
    ages = [heard(one.last_heard, now, zone) for one in found]
    shown = min(total, max(console.width - _HOLDER - max(map(len, ages)) - 6, _WEEK))
    first = found[0].first + timedelta(days=total - shown)
    for number, (place, group) in enumerate(groupby(found, key=lambda one: one.place)):
        if number:
            console.print()
        left = f" ({total - shown} earlier days left off)" if shown < total else ""
        title = f"{plain(place)}, {first} to {first + timedelta(days=shown - 1)}{left}"
        console.print(Text(title, style="bold"), soft_wrap=True)
        console.print(Text(" " * (_HOLDER + 4) + _ruler(first, shown)), soft_wrap=True)
        for account, held in groupby(group, key=lambda one: one.according_to):
            console.print(Text(plain(account)), soft_wrap=True)
            for one in held:
                console.print(_strip(one, shown, heard(one.last_heard, now, zone)), soft_wrap=True)
    console.print()
    _hang(Text(_LEGEND, style=_WHO), "", console)


def _strip(one: Strip, shown: int, last: str) -> Text:
    text = Text(f"  {plain(one.holder)[:_HOLDER].ljust(_HOLDER)}  ")
    for letter in one.days[-shown:]:
        style = _DAY_STYLES.get(letter.lower(), "dim")
        text.append(letter, style=style if letter.isupper() else f"dim {style}" if letter != NOTHING else "dim")
    return text.append(f"  {last}", style="dim")


def _ruler(first: date, shown: int) -> str:
    """Return the day of the month over the first day and over every seventh."""
    return "".join(f"{(first + timedelta(days=start)).day:<{_WEEK}}" for start in range(0, shown, _WEEK)).rstrip()


def _print_section(section: Section, console: Console, most: int | None) -> None:
    if section.grid:
        _print_grid(section.grid, console)
    elif not section.lines and not section.left_off:
        console.print(Text(section.none, style=_WHO))
    for line in section.lines:
        _print_line(line, console, most)
    if section.left_off:
        console.print(Text(f"... and {section.left_off} more; `--full` prints all", style=_WHO))


def _print_grid(grid: Grid, console: Console) -> None:
    """Print a grid as blocks, which need less width: the first cell above, a line for each row under it."""
    for row in grid.rows:
        first, who, stands, last = row.cells
        if first:
            _hang(Text(first, style="bold"), "• ", console)
        _hang(Text.assemble(f"{who} ({last}): {stands}  ", ("  ".join(row.claims), _ID)), "    ", console)


def _print_line(line: Line, console: Console, most: int | None) -> None:
    text, ids = Text(line.text), (*line.ids, *line.claims)
    for one in ids[:most]:
        text.append(f"  {one}", style=_ID)
    if left := len(ids[most:]) if most else 0:
        text.append(f"  +{left}", style=_WHO)
    _hang(text, "• ", console)
    for said in line.said:
        style = _MARK_STYLES[said.mark]
        _hang(
            Text.assemble((said.who, style), "  ", (said.id, _ID)),
            f"    {said.mark} " if said.mark else "    ",
            console,
        )
        if said.words:
            _hang(Text(f"“{said.words}”"), "      ", console)


def _hang(text: Text, lead: str, console: Console) -> None:
    """Print text with `lead` before its first line and as much space before the others."""
    for line in text.wrap(console, max(console.width - len(lead), 1)):
        line.rstrip()
        console.print(Text.assemble(lead, line), soft_wrap=True)
        lead = " " * len(lead)


def _print_evidence(evidence: Evidence, console: Console, zone: ZoneInfo) -> None:
    claim, quotation = evidence.claim, evidence.quotation
    who = who_said(quotation, None, zone)
    console.print(Text.assemble((evidence.stance.value, "bold"), f": {who}  ", (claim.id, _ID)))
    facts = [f"event: {claim.event}", claim.polarity.value, claim.certainty.value]
    facts += [casualties(claim.counts)] if casualties(claim.counts) else []
    facts += [f"a copy of {quotation.copy_of}"] if quotation.copy_of else []
    console.print(_indented(Text("; ".join([*facts, *map(plain, evidence.reasons)]), style=_WHO), 2))
    words = Text.assemble(
        (_context(quotation.before, ends=True), _WHO),
        (plain(quotation.words), "bold"),
        (_context(quotation.after), _WHO),
    )
    console.print(_indented(words, 2))
    where = f"{evidence.report.id}, characters {quotation.start} to {quotation.end}"
    console.print(_indented(Text(f"{where}; {plain(evidence.report.title)}", style=_WHO), 2))


def _indented(text: Text, width: int) -> Padding:
    return Padding(text, (0, 0, 0, width), expand=False)


def _context(text: str, *, ends: bool = False) -> str:
    """Return context with the blank between it and the words, and dots where it is cut."""
    if not text.strip():
        return ""
    return f"... {plain(text)} " if ends else f" {plain(text)} ..."
