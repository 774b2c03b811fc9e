"""HTML that stands inside of something else, a feed, a message or a wire item, as plain paragraphs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import lxml.etree

from marsad.errors import InputError
from marsad.intake.decode import not_text
from marsad.intake.items import MAX_TEXT, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(
    "address|article|aside|blockquote|center|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|h[1-6r]|header|li"
    "|main|nav|[ou]l|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr"
)
_SILENT = re.compile(
    "applet|audio|button|canvas|embed|head|iframe|input|math|noscript|object|option|script|select|style|svg|template"
    "|textarea|title|video"
)
_MAX_MARKUP = 4 * MAX_TEXT
_MAX_TAGS = 200_000
_SPACE = re.compile(r"\s+")


def text_of_html(markup: str) -> str:
    """Return the words of a piece of HTML: paragraphs with a blank line between them, without scripts and styles.

    Raises InputError where it is too long. Nothing that the markup names is fetched, and no entity of its own is made
    use of.
    """
    if len(markup) > _MAX_MARKUP:
        raise InputError(f"HTML is {too_long(len(markup), 'characters', _MAX_MARKUP)}")
    if (tags := markup.count("<")) > _MAX_TAGS:
        raise InputError(f"HTML is {too_long(tags, 'tags', _MAX_TAGS)}")
    markup = markup.replace("\0", "")
    if reason := not_text(markup):
        raise InputError(f"HTML is {reason}")
    if not tags:  # plain text that is only written as HTML must be, with its own lines
        return _paragraphs(html.unescape(markup).replace("\r\n", "\n").split("\n\n"))
    paragraphs = _Paragraphs()
    parser = lxml.etree.HTMLParser(target=paragraphs, no_network=True, huge_tree=False)
    try:
        parser.feed(f"<div>{markup}</div>")  # the tag keeps text without one in its place
        pieces: list[str] = parser.close()
    except lxml.etree.LxmlError as error:
        raise InputError("HTML that cannot be read") from error
    return _paragraphs(pieces)


class _Paragraphs:
    """Collects the words of a document as it is parsed, so that no tree is built, however deep it is."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._line: list[str] = []
        self._silent = 0

    def start(self, tag: str, _: object) -> None:
        self._silent += bool(_SILENT.fullmatch(tag))
        if _BLOCK.fullmatch(tag):
            self._end()
        elif tag == "br":
            self._line.append("\n")

    def end(self, tag: str) -> None:
        if self._silent and _SILENT.fullmatch(tag):
            self._silent -= 1
        if _BLOCK.fullmatch(tag):
            self._end()

    def data(self, words: str) -> None:
        if not self._silent:
            self._line.append(_SPACE.sub(" ", words))

    def comment(self, _: str) -> None:
        """Pass over a comment."""

    def pi(self, _: str, __: str | None = None) -> None:
        """Pass over an instruction."""

    def close(self) -> list[str]:
        self._end()
        return self._pieces

    def _end(self) -> None:
        self._pieces.append("".join(self._line))
        self._line.clear()


def _paragraphs(pieces: list[str]) -> str:
    return "\n\n".join(_lines(pieces))


def _lines(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        lines = (" ".join(line.split()) for line in piece.split("\n"))
        if kept := "\n".join(line for line in lines if line):
            yield kept
