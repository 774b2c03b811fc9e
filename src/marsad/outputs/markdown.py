"""The situation report as Markdown, for mail, notes and the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marsad.outputs.sections import heading, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.outputs.lines import Line
    from marsad.outputs.sections import Grid, Section
    from marsad.outputs.situation import SituationReport

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_MARKS = {"+": "for", "-": "against", "": "says"}
_IDS = 3


def markdown(report: SituationReport, most: int | None = None) -> str:
    """Return the report as Markdown, always the same text for the same report; `most` bounds its long sections."""
    title, *rest = map(escaped, heading(report))
    lines = [f"# {title}", "", *rest]
    for section in sections(report, most):
        lines += ["", f"## {section.title}", "", *_section(section, None if most is None else _IDS)]
    return "\n".join(lines) + "\n"


def _section(section: Section, most: int | None) -> Iterator[str]:
    if section.grid:
        yield from _grid(section.grid)
    elif not section.lines and not section.left_off:
        yield section.none
    for line in section.lines:
        yield from _line(line, most)
    if section.left_off:
        yield from ("", f"*{section.left_off} more are left off here; `--full` gives all.*")


def _line(line: Line, most: int | None) -> Iterator[str]:
    ids = (*line.ids, *line.claims)
    left = f" +{len(ids[most:])}" if most and ids[most:] else ""
    yield f"- {escaped(line.text)}{''.join(f' `{one}`' for one in ids[:most])}{left}"
    for said in line.said:
        yield f"  - *{_MARKS[said.mark]}*: {escaped(said.who)} `{said.id}`"
        if said.words:
            yield f"    > {escaped(said.words)}"


def _grid(grid: Grid) -> Iterator[str]:
    yield "| " + " | ".join((*grid.columns, "claims")) + " |"
    yield "| --- " * (len(grid.columns) + 1) + "|"
    for row in grid.rows:
        yield "| " + " | ".join((*map(escaped, row.cells), " ".join(f"`{one}`" for one in row.claims))) + " |"


def escaped(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)
