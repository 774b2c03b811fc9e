"""The situation report, or rows, as one HTML page that needs nothing else: no script, no request, fit for print."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.outputs.sections import heading, sections
from marsad.outputs.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.outputs.lines import Line, Row, Said
    from marsad.outputs.sections import Grid, Section
    from marsad.outputs.situation import SituationReport
    from marsad.outputs.tables import Rows

_IDS = 3  # beside a line; the others are folded
_HINT = 160  # characters of a claim's words that its id shows as a hint
_CAMPS = {"+": ("for", "says so"), "-": ("against", "denies or excludes it"), "": ("told", "says")}
_STYLE = Path(__file__).with_name("report.css")
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*"
)
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
"""


def html_table(title: str, rows: Rows) -> str:
    """Return rows as a page of one table, always the same for the same rows."""
    names = "".join(f'<th scope="col">{_text(one)}</th>' for one in rows.columns)
    cells = ("".join(f"<td>{_text(cell)}</td>" for cell in row) for row in rows.brief)
    body = "\n".join(f"<tr>{row}</tr>" for row in cells)
    table = f"<table>\n<thead><tr>{names}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    return html_page(title, f"<header>\n<h1>{_text(title)}</h1>\n</header>\n<main>\n{table}\n</main>")


def html_page(title: str, body: str, style: str = "") -> str:
    """Return a page of that body, with the look of all pages and more `style`; nothing in it runs or asks a server."""
    return f"{_HEAD.format(title=escape(title), style=_style() + style)}<body>\n{body}\n</body>\n</html>\n"


def html_text(text: str) -> str:
    """Return text escaped for a page, with what runs from right to left kept from turning the words around it."""
    return _text(text)


def html(report: SituationReport, most: int | None = None) -> str:
    """Return the report as a page, always the same for the same report; what `most` leaves off is there, but folded."""
    return "\n".join(_Page(report, most).lines()) + "\n"


class _Page:
    """One page in the making; it knows which ids can be jumped to, and which words stand behind a claim."""

    def __init__(self, report: SituationReport, most: int | None) -> None:
        self._title, *self._rest = heading(report)
        self._sections = sections(report, most)
        self._hints: Mapping[str, str] = {
            **{one.claim: f"{one.source}: {plain(one.words)[:_HINT]}" for one in report.quotations},
            **{
                one.proposition: plain(one.headline)
                for one in (*report.new_disputes, *report.settled, *report.single, *report.open_disputes)
            },
        }
        self._most = _IDS if most is not None else None
        self._anchored: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Yield the page from its head to its end."""
        yield _HEAD.format(title=escape(self._title), style=_style())
        yield f"<body>\n<header>\n<h1>{_text(self._title)}</h1>"
        yield from (f"<p>{_text(line)}</p>" for line in self._rest)
        yield '</header>\n<nav aria-label="Sections">\n<ul>'
        for section in self._sections:
            size = len(section.lines) + len(section.more)
            counted = f" <span>{size}</span>" if size and section.grid is None else ""
            yield f'<li><a href="#{_slug(section)}">{_text(section.title)}{counted}</a></li>'
        yield "</ul>\n</nav>\n<main>"
        for number, section in enumerate(self._sections):
            yield from self._section(section, anchors=number > 0)
        yield "</main>\n</body>\n</html>"

    def _section(self, section: Section, *, anchors: bool) -> Iterator[str]:
        yield f'<section id="{_slug(section)}">\n<h2>{_text(section.title)}</h2>'
        if section.grid:
            yield from self._grid(section.grid, section.left_off)
        elif not section.lines and not section.more:
            yield f"<p>{_text(section.none)}</p>"
        yield from self._list(section.lines, anchors=anchors)
        if section.more:
            yield f"<details>\n<summary>{len(section.more)} more</summary>"
            yield from self._list(section.more, anchors=anchors)
            yield "</details>"
        yield "</section>"

    def _list(self, lines: Iterable[Line], *, anchors: bool) -> Iterator[str]:
        rows = [row for line in lines for row in self._line(line, anchors=anchors)]
        if rows:
            yield from ("<ul>", *rows, "</ul>")

    def _line(self, line: Line, *, anchors: bool) -> Iterator[str]:
        own = [one for one in line.ids if anchors and one not in self._anchored]
        self._anchored.update(own)
        # A line that tells of several things can be jumped to by each of their ids.
        first, *others = own or [""]
        yield f'<li id="{escape(first)}">' if first else "<li>"
        marks = "".join(f'<span id="{escape(one)}"></span>' for one in others)
        yield f"{marks}<span>{_text(line.text)}</span>{self._ids(line)}"
        for said in line.said:
            yield self._said(said)
        yield "</li>"

    def _ids(self, line: Line) -> str:
        ids = (*line.ids, *line.claims)
        shown, folded = ids[: self._most], ids[self._most :] if self._most else ()
        row = " ".join(map(self._link, shown))
        if folded:
            rest = " ".join(map(self._link, folded))
            row += f" <details><summary>+{len(folded)}</summary>{rest}</details>"
        return f' <span class="ids">{row}</span>' if row else ""

    def _link(self, one: str) -> str:
        hint = f' title="{escape(self._hints[one])}"' if one in self._hints else ""
        return f'<a href="#{escape(one)}"{hint}><code>{escape(one)}</code></a>'

    def _said(self, said: Said) -> str:
        camp, verb = _CAMPS[said.mark]
        mark = f'<b title="{verb}">{"+" if said.mark == "+" else "−"}</b> ' if said.mark else ""
        lang = f' lang="{escape(said.language)}"' if said.language else ""
        words = f'<blockquote dir="auto"{lang}>{escape(said.words)}</blockquote>' if said.words else ""
        link = f'<span class="ids">{self._link(said.id)}</span>'
        return f'<div class="said {camp}">{mark}{_text(said.who)} {link}{words}</div>'

    def _grid(self, grid: Grid, left_off: int) -> Iterator[str]:
        yield from self._table(grid.columns, grid.rows)
        if grid.more:
            yield f"<details>\n<summary>{left_off} more</summary>"
            yield from self._table(grid.columns, grid.more)
            yield "</details>"

    def _table(self, columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
        names = "".join(f'<th scope="col">{_text(one)}</th>' for one in (*columns, "claims"))
        yield f"<table>\n<thead><tr>{names}</tr></thead>\n<tbody>"
        for row in rows:
            cells = "".join(f"<td>{_text(cell)}</td>" for cell in row.cells)
            yield f'<tr>{cells}<td class="ids">{" ".join(map(self._link, row.claims))}</td></tr>'
        yield "</tbody>\n</table>"


@cache
def _style() -> str:
    return _STYLE.read_text("utf-8")


def _slug(section: Section) -> str:
    return re.sub(r"\W+", "-", section.title.lower())


def _text(text: str) -> str:
    """Return text escaped, with what runs from right to left kept from turning the words around it."""
    return _RIGHT_TO_LEFT.sub(lambda match: f"<bdi>{match[0]}</bdi>", escape(text))
