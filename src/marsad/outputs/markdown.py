"""The situation report as Markdown, for mail, notes and the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marsad.outputs.sections import heading, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.outputs.sections import Grid, Line, Section
    from marsad.outputs.situation import SituationReport

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_MARKS = {"+": "for", "-": "against", "": "says"}


def markdown(report: SituationReport) -> str:
    """Return the whole report as Markdown; the same report always gives the same text."""
    title, *rest = map(_escaped, heading(report))
    lines = [f"# {title}", "", *rest]
    for section in sections(report):
        lines += ["", f"## {section.title}", "", *_section(section)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.grid:
        yield from _grid(section.grid)
    elif not section.lines:
        yield section.none
    for line in section.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    yield f"- {_escaped(line.text)}{''.join(f' `{one}`' for one in line.ids)}"
    for said in line.said:
        yield f"  - *{_MARKS[said.mark]}*: {_escaped(said.who)} `{said.id}`"
        if said.words:
            yield f"    > {_escaped(said.words)}"


def _grid(grid: Grid) -> Iterator[str]:
    for row in (grid.columns, ("---",) * len(grid.columns), *grid.rows):
        yield "| " + " | ".join(cell if cell == "---" else _escaped(cell) for cell in row) + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
