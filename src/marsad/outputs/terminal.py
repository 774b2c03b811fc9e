"""The situation report, and one proposition in full, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from marsad.outputs.sections import casualties, heading, sections, who_said
from marsad.outputs.wording import clock, days, plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from marsad.outputs.detail import Detail, Evidence
    from marsad.outputs.sections import Line, Section
    from marsad.outputs.situation import SituationReport

_ID, _WHO = "cyan", "dim"
_MARK_STYLES = {"+": "green", "-": "red", "": _WHO}


def print_report(report: SituationReport, console: Console, most: int | None = None) -> None:
    """Print a report; `most` bounds the lines of its long sections."""
    title, *rest = heading(report)
    console.print(Text(title, style="bold"))
    for line in rest:
        console.print(Text(line))
    console.print(
        Text("+ says so, - denies or excludes it. `marsad assess ID` shows the words behind an id.", style=_WHO)
    )
    for section in sections(report, most):
        console.print()
        console.print(Text(section.title, style="bold underline"))
        _print_section(section, console)


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
        console.print(Text.assemble("verdict: ", (f"{verdict.grade}{settled}", "bold"), f" ({rating}; {rules})"))
        for step in verdict.working:
            console.print(_indented(Text(f"- {plain(step)}"), 2))
    for evidence in detail.evidence:
        console.print()
        _print_evidence(evidence, console, zone)


def _print_section(section: Section, console: Console) -> None:
    if section.grid:
        table = Table(*section.grid.columns, box=box.SIMPLE_HEAD, pad_edge=False)
        for row in section.grid.rows:
            table.add_row(*map(Text, row))
        console.print(table)
    elif not section.lines:
        console.print(Text(section.none, style=_WHO))
    for line in section.lines:
        _print_line(line, console)
    if section.left_off:
        console.print(Text(f"... and {section.left_off} more; `--full` prints all", style=_WHO))


def _print_line(line: Line, console: Console) -> None:
    text = Text(f"• {line.text}")
    for one in line.ids:
        text.append(f"  {one}", style=_ID)
    console.print(text)
    for said in line.said:
        style = _MARK_STYLES[said.mark]
        who = Text.assemble((f"{said.mark} " if said.mark else "", style), (said.who, style), "  ", (said.id, _ID))
        console.print(_indented(who, 4))
        if said.words:
            console.print(_indented(Text(f"“{said.words}”"), 6))


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
