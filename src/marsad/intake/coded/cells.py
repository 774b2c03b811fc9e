r"""A row as text: one `column: value` line a column, in their order, so that a claim can point at its cells.

A backslash stands as two, a line's end as `\n` and a return as `\r`, so that the row can be had back exactly; in the
name of a column a colon stands as `\:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.vocabulary import load_control_areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from marsad.records import Report

GEOMETRY = "geometry"
"""The last line of an area, which holds its shape as GeoJSON and no words."""

_LINE = re.compile(r"((?:[^\\:\n]|\\.)*+): ([^\n]*+)(?:\n|\Z)")
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row; its characters stand at `[start, end)` of the text, where those above are written otherwise."""

    column: str
    value: str
    start: int
    end: int


def written(cells: Iterable[tuple[str, str]]) -> str:
    """Return the text of a row of columns and values."""
    return "\n".join(f"{_escaped(column).replace(':', chr(92) + ':')}: {_escaped(value)}" for column, value in cells)


def in_words(report: Report) -> str:
    """Return the text of a report without the shape of an area, in whose numbers nobody looks for words."""
    end = report.text.rfind(f"\n{GEOMETRY}: ") if report.form == load_control_areas().form else -1
    return report.text[:end] if end >= 0 else report.text


def cells_of(text: str) -> Mapping[str, Cell]:
    """Return the cells of a row's text by the lower case names of their columns, the first of each."""
    found: dict[str, Cell] = {}
    for match in _LINE.finditer(text):
        column = _plain(match[1])
        found.setdefault(column.casefold(), Cell(column, _plain(match[2]), match.start(2), match.end(2)))
    return found


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _plain(words: str) -> str:
    return _ESCAPED.sub(lambda match: _MEANT.get(match[1], match[1]), words) if "\\" in words else words
