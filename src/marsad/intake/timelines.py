"""Timelines without containers: headings or paragraphs that begin with a clock, made containers of their own."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from marsad.intake.entryclocks import leading_clock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST = 3
_DIVIDING = frozenset({"h2", "h3", "h4", "h5", "p", "dt"})
_STANDING_OUT = frozenset({"b", "strong"})


def divided(body: HtmlElement) -> HtmlElement:
    """Return a body in which clocks that begin headings or paragraphs are elements, and what follows each is a section.

    Only runs of three or more count; without one, the body itself is returned.
    """
    if not any(len(run) >= _LEAST for run in _runs(body)):
        return body
    body = deepcopy(body)
    for run in _runs(body):
        if len(run) >= _LEAST:
            _divide(run)
    return body


def _runs(body: HtmlElement) -> list[list[HtmlElement]]:
    """Return the elements that begin with a clock: headings of one kind together, paragraphs by their parent too."""
    runs: dict[tuple[HtmlElement | None, str], list[HtmlElement]] = {}
    for one in body.iter(*_DIVIDING):
        if (parent := one.getparent()) is not None and leading_clock(_head(one).text or ""):
            runs.setdefault((parent if one.tag == "p" else None, one.tag), []).append(one)
    return list(runs.values())


def _head(element: HtmlElement) -> HtmlElement:
    """Return the element that holds the first words: a bold part at the start, or the element itself."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    return first if first is not None and first.tag in _STANDING_OUT else element


def _divide(run: list[HtmlElement]) -> None:
    starts = set(run)
    for one in run:
        head = _head(one)
        clock, rest = leading_clock(head.text or "") or ("", "")
        section, mark = one.makeelement("section"), one.makeelement("time")
        section.set("class", "entry")
        mark.text, head.text = clock, rest
        one.addprevious(section)
        section.append(mark)
        following = one.getnext()
        section.append(one)
        bare = one.tag != "p" or not "".join(section.itertext()).replace(clock, "", 1).strip()
        while bare and following is not None and following not in starts:
            after = following.getnext()
            section.append(following)
            following = after
