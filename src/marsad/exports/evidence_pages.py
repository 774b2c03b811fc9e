"""The readable files of a bundle: one page that needs nothing else, and the same as Markdown."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.exports.evidence import PROVES, PROVES_NOT
from marsad.ids import identifier
from marsad.outputs import escaped, html_page, html_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.exports.evidence import Fact, Finding, Part, Said, Sheet

_STYLE = Path(__file__).with_name("evidence.css")
_KEY = (
    '<p class="key">In quotations: <mark class="source">who says it</mark>, <mark class="cue">how it is said</mark>, '
    '<mark class="event">what is said</mark>.</p>'
)
_MARKS = {"source": "**", "cue": "_", "event": "***"}


def evidence_html(told: Sheet) -> str:
    """Return it as a page without script that asks nothing of any server; whatever was reported is text there."""
    return html_page(plain(told.title), "\n".join(_page(told)), _style())


def evidence_markdown(told: Sheet) -> str:
    """Return it as Markdown."""
    return "\n".join(_text(told)) + "\n"


@cache
def _style() -> str:
    return _STYLE.read_text("utf-8")


def _page(told: Sheet) -> Iterator[str]:
    yield f"<header>\n<h1>{html_text(plain(told.title))}</h1>\n</header>\n<main>"
    yield _facts(told.about)
    if len(told.findings) > 1:
        yield '<nav aria-label="Findings">\n<ol>'
        for one in told.findings:
            yield f'<li><a href="#{escape(one.proposition)}">{html_text(plain(one.headline))}</a> {_grade(one)}</li>'
        yield "</ol>\n</nav>"
    yield _KEY
    for one in told.findings:
        yield from _finding(one)
    if told.beside:
        yield "<h2>Other propositions that these verdicts rest on</h2>"
        yield _facts(told.beside, code=True)
    if told.rulings:
        yield "<h2>What people ruled</h2>"
        yield _facts(told.rulings, code=True)
    yield "<h2>Reports</h2>"
    for name, facts in told.reports:
        yield f'<section class="report" id="{_anchor(name)}">\n<h3><code>{escape(name)}</code></h3>'
        yield f"{_facts(facts)}\n</section>"
    yield "<h2>What is enclosed</h2>"
    yield _facts(told.enclosed)
    yield f"<h2>What this proves, and what it does not</h2>\n<p>It proves: {html_text(PROVES)}</p>"
    yield f"<p>It does not prove: {html_text(PROVES_NOT)}</p>\n</main>"


def _anchor(report: str) -> str:
    """Return by what a report can be jumped to: its own id may hold spaces."""
    return identifier("report", report)


def _grade(one: Finding) -> str:
    return f'<span class="grade">{html_text(plain(one.grade))}</span>'


def _facts(facts: Iterable[Fact], *, code: bool = False) -> str:
    rows = []
    for label, value in facts:
        name = f"<code>{escape(label)}</code>" if code else html_text(label)
        rows.append(f"<div><dt>{name}</dt><dd>{html_text(plain(value))}</dd></div>")
    return "<dl>\n" + "\n".join(rows) + "\n</dl>"


def _finding(one: Finding) -> Iterator[str]:
    yield f'<section class="finding" id="{escape(one.proposition)}">'
    yield f"<h2>{html_text(plain(one.headline))} {_grade(one)}</h2>"
    yield f'<p class="ids"><code>{escape(one.proposition)}</code></p>'
    yield _facts(one.facts)
    yield "<h3>Working</h3>\n<ol>"
    yield from (f"<li>{html_text(plain(line))}</li>" for line in one.working)
    yield "</ol>"
    for title, name, words in one.camps:
        yield f"<h3>{title}</h3>"
        for said in words:
            yield from _said(said, name)
    yield "</section>"


def _said(said: Said, camp: str) -> Iterator[str]:
    quoted = "".join(map(_part, said.parts))
    yield f'<article class="said {camp}">\n<h4>{html_text(plain(said.who))}</h4>'
    yield f'<blockquote dir="auto"><span class="around">{escape(said.before)}</span>{quoted}'
    yield f'<span class="around">{escape(said.after)}</span></blockquote>'
    yield _facts(said.facts)
    link = f'<a href="#{_anchor(said.report)}"><code>{escape(said.report)}</code></a>'
    yield f'<p class="ids">claim <code>{escape(said.claim)}</code>, report {link}</p>\n</article>'


def _part(part: Part) -> str:
    return f'<mark class="{part.mark}">{escape(part.text)}</mark>' if part.mark else escape(part.text)


def _text(told: Sheet) -> Iterator[str]:
    yield f"# {escaped(plain(told.title))}"
    yield ""
    yield from _lines(told.about)
    yield "\nIn quotations: **who says it**, _how it is said_, ***what is said***."
    for one in told.findings:
        yield from _finding_text(one)
    for title, facts in (
        ("Other propositions that these verdicts rest on", told.beside),
        ("What people ruled", told.rulings),
    ):
        if facts:
            yield f"\n## {title}\n"
            yield from _lines(facts)
    yield "\n## Reports"
    for name, facts in told.reports:
        yield f"\n### {escaped(plain(name))}\n"
        yield from _lines(facts)
    yield "\n## What is enclosed\n"
    yield from _lines(told.enclosed)
    yield f"\n## What this proves, and what it does not\n\nIt proves: {PROVES}\n\nIt does not prove: {PROVES_NOT}"


def _lines(facts: Iterable[Fact]) -> Iterator[str]:
    yield from (f"- {escaped(plain(label))}: {escaped(plain(value))}" for label, value in facts)


def _finding_text(one: Finding) -> Iterator[str]:
    yield f"\n## {escaped(plain(one.headline))}: {escaped(plain(one.grade))}\n\n`{one.proposition}`\n"
    yield from _lines(one.facts)
    yield "\n### Working\n"
    yield from (f"{number}. {escaped(plain(line))}" for number, line in enumerate(one.working, start=1))
    for title, _, words in one.camps:
        yield f"\n### {title}"
        for said in words:
            yield f"\n#### {escaped(plain(said.who))}\n"
            yield f"> {''.join(map(_marked, said.parts))}\n"
            yield from _lines((*said.facts, ("Claim", said.claim), ("Report", said.report)))


def _marked(part: Part) -> str:
    """Return a stretch between the signs of its mark, the spaces at its ends outside of them."""
    words = " ".join(part.text.split())
    if not words or not part.mark:
        return escaped(" ".join(part.text.split("\n")))
    head = " " if part.text[:1].isspace() else ""
    tail = " " if part.text[-1:].isspace() else ""
    return f"{head}{_MARKS[part.mark]}{escaped(words)}{_MARKS[part.mark]}{tail}"
