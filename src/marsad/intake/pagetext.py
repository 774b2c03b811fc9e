"""The text of an article without what stands around it, and why a page holds none."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from marsad.errors import InputError
from marsad.intake.lines import opening, people, rights, times
from marsad.intake.markup import drop, page_of
from marsad.intake.pagewords import folded, letters, page_words
from marsad.intake.storypart import first_prose, pieces_of, story_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element
    from lxml.html import HtmlElement

logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_LITTLE = 250
_LONG_CELL = 300
_BYLINE = re.compile(r"(?:by|von|par|por)\s[^.!?]{3,60}", re.IGNORECASE)
_RARE = 0x13000  # hieroglyphs
_SHORT_LEAD = 200
_NAME_PART = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_EMPTY_LINES = re.compile(r"\n[ \t\r\f\v\n]*\n")
_BLOCK, _LINE = "\x1e", "\x1f"
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_ESCAPED = re.compile(r"&lt;/?(?:p|br|div|h[1-6]|ul|li|a|strong|em|b|i)\b", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|li|a|strong|em|b|i|span)\b[^<>]{0,2000}>", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "legend",
        "list",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "quote",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "ul",
    }
)
_LINES = frozenset({"li", "item", "tr", "row"})
_ITEMS = frozenset({"li", "item", "td", "th", "cell", "dd"})
_CELLS = frozenset({"td", "th", "cell"})
_WIDGETS = "//nav|//aside|//footer|//button|//iframe|//figcaption|//picture|//form"
_ROLES = frozenset({"navigation", "dialog", "alertdialog", "banner", "search", "complementary", "contentinfo"})
_PHRASING = "//p//time|//li//time|//blockquote//time|//td//time|//h2//time|//h3//time|//label"


def cleaned(tree: HtmlElement, title: str) -> HtmlElement:
    """Return a copy of a page's tree without boxes, banners, captions and lists of links around its article.

    Nothing is taken out that holds the headline, the marked body of an article or the first prose below the headline.
    """
    tree = deepcopy(tree)
    body = first_prose(pieces_of(tree), title)
    kept = set() if body is None else {body, *body.iterancestors()}
    names = page_words().furniture
    marked = [one for one in tree.iter() if isinstance(one.tag, str) and _is_furniture(one, names)]
    roles = [one for one in tree.iter() if one.get("role") in _ROLES]
    for one in [*tree.xpath(_WIDGETS), *roles, *marked]:
        if one.getparent() is None or one.tag in {"html", "body", "main"}:
            continue
        if not _holds_article(one) and (one.get("role") in _ROLES or one not in kept):
            drop(one)
    for one in tree.xpath("//figure"):
        if one.find(".//p") is None and one.find(".//table") is None and one.find(".//blockquote") is None:
            drop(one)
        else:
            one.tag = "div"
    for one in tree.xpath("//table"):
        if _is_layout(one):
            for part in [one, *one.iterdescendants("tbody", "thead", "tfoot", "tr", "td", "th")]:
                part.tag = "div"
    for one in tree.xpath(_PHRASING):
        one.drop_tag()
    return tree


def article_text(tree: HtmlElement, title: str, bodies: Iterable[str]) -> str:
    """Return the text of the article of a cleaned tree, empty where there is none.

    `bodies` are texts that the page's data gives of it, used where hardly anything is found in the page itself.
    Paragraphs, items of lists and rows of tables stand apart by an empty line.
    """
    found = _article(story_blocks(tree, title), title)
    told = max((_article(body.split("\n\n"), title) for body in bodies), key=len, default="")
    return told if len(told) > 2 * len(found) or len(found) < _LITTLE < len(told) else found


def story_blocks(tree: HtmlElement, title: str) -> list[str]:
    """Return the blocks of the story of a cleaned tree, a standfirst above it first."""
    story = story_of(deepcopy(tree), title)
    return [block for one in story for block in blocks(one)]


def blocks(element: _Element) -> list[str]:
    """Return the paragraphs, headings, lists and tables of an element, each one text, items and rows on lines."""
    parts: list[str] = []
    _write(element, parts)
    words = _BLANKS.sub(" ", "".join(parts).replace("\u00a0", " "))
    pieces = (piece for one in words.split(_BLOCK) for piece in _EMPTY_LINES.split(one))
    found = ("\n".join(line for part in re.split(f"[{_LINE}\n]", piece) if (line := part.strip())) for piece in pieces)
    return [one for one in found if one]


def body_paragraphs(written: str) -> list[str]:
    """Return the paragraphs of a text that a page's data holds, as markup or with line breaks."""
    words = unescape(written) if _ESCAPED.search(written) else written
    if _MARKUP.search(words):
        try:
            return blocks(page_of(words).tree)
        except InputError:
            return []
    return [line.strip() for line in unescape(words).splitlines() if line.strip()]


def text_of(element: _Element) -> str:
    """Return the words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def class_words(element: HtmlElement) -> set[str]:
    """Return the names that the classes and the id of an element hold: their words, and each run of these."""
    found: set[str] = set()
    names = " ".join(element.get(name) or "" for name in ("class", "id", "data-component"))
    for name in names[:500].split()[:20]:
        parts = [part for part in _NAME_PART.split(_CAMEL.sub("-", name).lower()) if part][:6]
        for start in range(len(parts)):
            found.update("-".join(parts[start:end]) for end in range(start + 1, len(parts) + 1))
    return found


def _is_furniture(element: HtmlElement, names: frozenset[str]) -> bool:
    return bool(element.get("class") or element.get("id")) and not names.isdisjoint(class_words(element))


def _holds_article(element: HtmlElement) -> bool:
    if element.find(".//h1") is not None or element.find(".//main") is not None:
        return True
    return element.get("itemprop") == "articleBody" or element.find(".//*[@itemprop='articleBody']") is not None


def _is_layout(table: HtmlElement) -> bool:
    """Return whether a table only puts things beside each other: one of its cells holds paragraphs or a long text."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    cells = table.iterdescendants("td", "th")
    return any(len(one.findall(".//p")) > 1 or len(one.text_content()) > _LONG_CELL for one in cells)


def _write(element: _Element, parts: list[str]) -> None:
    """Write the words of an element with marks between its blocks and lines."""
    for event, one in iterwalk(element, events=("start", "end")):
        tag = one.tag if isinstance(one.tag, str) else ""
        if tag in {"br", "lb"}:
            parts.append("\n" if event == "start" else "")
        elif tag in _CELLS:
            parts.append(" | " if event == "start" and one.getprevious() is not None else "")
        elif tag in _LINES or tag in _HEADINGS or tag in _BLOCKS:
            parts.append(_LINE if _in_item(one) else _BLOCK)
        words = one.text if event == "start" else one.tail if one is not element else None
        if words and tag:
            parts.append(words if tag == "pre" and event == "start" else words.replace("\n", " "))


def _in_item(element: _Element) -> bool:
    return any(above.tag in _ITEMS for above in element.iterancestors())


def _tells_of_story(line: str) -> bool:
    """Return whether a line is a date, or tells who wrote the story."""
    named = opening(line)
    told = times(line)
    return (told is not None and not (told.bare and "|" in line)) or bool(named and people(named))


def _article(paragraphs: Iterable[str], title: str) -> str:
    """Return paragraphs as a text, without the title at the start and without lines that are furniture."""
    words = page_words()
    kept: list[str] = []
    for one in paragraphs:
        line = folded(one) if len(one) <= _SHORT_LEAD else ""
        if line and (line in words.stray_lines or (":" in one and folded(one.split(":", 1)[0]) in words.stray_leads)):
            continue
        if line and any(phrase in line for phrase in words.logins):
            continue
        if len(kept) < 2 and (_BYLINE.fullmatch(one) or _tells_of_story(one)):
            continue
        if line and rights(one):
            continue
        if not any(map(str.isalnum, one)) or (not kept and title and letters(one) == letters(title)):
            continue
        kept.append(one.strip())
    return "\n\n".join(kept)
