"""Markup made tame: known attributes only, no scripts, no deep nests, and then a tree.

Parsers take minutes over a tag with a million attributes and stop at a nest of 256 tags. So a page is first read once
from start to end, in time that grows with its length alone, and written anew without what nobody needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from marsad.errors import InputError
from marsad.intake.items import too_long

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_MARKUP = 24_000_000
"""Characters that the markup of a page may have, scripts included."""
_MAX_TAGS = 25_000
_MAX_WORDS = 4_000_000  # characters outside of tags
_MAX_NEST = 80
_MAX_ALIKE = 15  # lists in lists, tables in tables
_MAX_TAG = 65_536
_MAX_ATTRIBUTES = 60
_MAX_MARKS = 20_000  # quotation marks in one tag
_MAX_VALUE = 2_000

_KEPT = frozenset(
    {
        "id",
        "class",
        "href",
        "rel",
        "name",
        "property",
        "content",
        "itemprop",
        "itemscope",
        "itemtype",
        "datetime",
        "lang",
        "xml:lang",
        "dir",
        "type",
        "role",
        "hidden",
        "aria-hidden",
        "title",
        "alt",
        "pubdate",
        "data-testid",
        "data-component",
    }
)
_KEPT_DATA = re.compile(r"data-[\w-]{0,30}(?:time|date|stamp|published|created|utc|id)\b")
_HIDING = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,100})(?:\s{0,99}=\s{0,99}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_MARK = re.compile(r"<(?=[A-Za-z!?/])")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_-]{0,40}")
_QUOTE = re.compile(r"""[>"']""")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_RAW = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_DROPPED_RAW = frozenset({"iframe", "noembed", "noframes"})
_RAW |= {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in _DROPPED_RAW}
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_CLOSED_BY_OTHERS = frozenset(
    {
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "caption",
        "rb",
        "rp",
        "rt",
    }
)
_BLOCKS = frozenset(
    {
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "center",
        "form",
    }
)
_NESTING = frozenset({"table", "ul", "ol", "dl", "blockquote"})
_DRAWN = frozenset({"path", "use", "g", "circle", "rect", "polygon", "polyline", "ellipse", "defs", "symbol", "stop"})
_HIDDEN = (
    "//script|//style|//template|//svg|//math|//select|//object|//canvas|//audio|//video|//noscript|//dialog|//*[@hidden]"
    "|//*[@aria-hidden='true']|//*[@data-hidden-style]"
)


@dataclass(frozen=True, slots=True)
class Page:
    """The tree of a page without anything hidden, its JSON-LD as written, and what its comments say of its saving."""

    tree: HtmlElement
    data: tuple[str, ...]
    saved_from: str | None
    needs_scripts: bool


def page_of(text: str, *, xhtml: bool = False) -> Page:
    """Return the tree of a page's markup; raise InputError where it is too large or holds nothing."""
    if len(text) > MAX_MARKUP:
        raise InputError(too_long(len(text), "characters of markup", MAX_MARKUP))
    writer = _Writer(_CONTROL.sub("", text).replace("\x0c", " "), xhtml=xhtml)
    writer.run()
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True)  # type: ignore[no-untyped-call]
        markup = "".join(writer.out).encode("utf-8", "replace")
        tree = html.document_fromstring(markup, parser=parser)  # type: ignore[no-untyped-call]
    except (ValueError, etree.ParserError) as error:
        raise InputError("a page without any text") from error
    needs_scripts = any("javascript" in (one.text_content()).lower() for one in tree.iter("noscript"))
    for hidden in tree.xpath(_HIDDEN):
        if hidden.getparent() is not None and hidden.tag != "body" and not _is_behind_wall(hidden):
            drop(hidden)
    return Page(tree, tuple(writer.data), writer.saved_from, needs_scripts)


def _is_behind_wall(element: HtmlElement) -> bool:
    """Return whether an element holds the headline and is hidden from screen readers alone, behind a dialog."""
    said = element.get("aria-hidden") == "true" and "data-hidden-style" not in element.attrib
    return said and "hidden" not in element.attrib and element.find(".//h1") is not None


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree and leave the text after it where it is."""
    element.drop_tree()  # type: ignore[no-untyped-call]


_SAVED = re.compile(r"(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s{1,9}url:\s{1,9})(\S{1,2000})")


class _Writer:
    """Reads markup from start to end and writes it anew; `data` gathers JSON-LD."""

    def __init__(self, text: str, *, xhtml: bool) -> None:
        self.text, self.xhtml = text, xhtml
        self.out: list[str] = []
        self.data: list[str] = []
        self.saved_from: str | None = None
        self.open: dict[str, int] = {}
        self.dropped: dict[str, int] = {}
        self.depth = self.tags = self.words = 0
        self.no_more: set[str] = set()

    def run(self) -> None:
        at, text = 0, self.text
        while match := _MARK.search(text, at):
            start = match.start()
            self._words(at, start)
            following = text[start + 1 : start + 2]
            if following.isascii() and following.isalpha():
                at = self._start_tag(start)
            elif following == "/" and (name := _NAME.match(text, start + 2)):
                at = self._after(">", name.end())
                self._end_tag(name[0].lower())
            else:
                at = self._aside(start)
        self._words(at, len(text))

    def _words(self, start: int, end: int) -> None:
        """Write the text between two tags, in which what looks like the begin of a tag is none."""
        self.words += end - start
        if self.words > _MAX_WORDS:
            raise InputError(f"too long: more than {_MAX_WORDS:,} characters of text")
        self.out.append(self.text[start:end].replace("<", "&lt;"))

    def _after(self, mark: str, at: int) -> int:
        """Return the place after the next `mark`, that of the end where there is none: which is looked for once."""
        found = -1 if mark in self.no_more else self.text.find(mark, at)
        if found < 0:
            self.no_more.add(mark)
            return len(self.text)
        return found + len(mark)

    def _aside(self, start: int) -> int:
        """Pass a comment, a declaration or a section of character data, whose text is kept."""
        text = self.text
        if text.startswith("<!--", start):
            end = self._after("-->", start + 4)
            if end == len(text) and not text.endswith("-->"):
                return self._after(">", start)  # a comment that never ends would swallow the page
            if self.saved_from is None and (match := _SAVED.search(text, start, min(end, start + 3000))):
                self.saved_from = match[1]
            return end
        if text.startswith("<![CDATA[", start):
            end = self._after("]]>", start)
            self.out.append(text[start + 9 : end].removesuffix("]]>").replace("&", "&amp;").replace("<", "&lt;"))
            return end
        return self._after(">", start)

    def _start_tag(self, start: int) -> int:
        match = _NAME.match(self.text, start + 1)
        name = match[0].lower() if match else ""
        inner, end = self._inside(start + 1 + len(name))
        if name in _DRAWN:
            return end
        self.tags += 1
        if self.tags > _MAX_TAGS:
            raise InputError(f"too long: more than {_MAX_TAGS:,} tags")
        attributes = dict(_attributes(inner))
        if name in _RAW and not (self.xhtml and inner.endswith("/")):
            return self._raw(name, attributes, end)
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        if name in _VOID:
            self.out.append(f"<{name}{written}>")
        elif self.xhtml and inner.endswith("/"):
            self.out.append(f"<{name}{written}></{name}>")
        elif name in _CLOSED_BY_OTHERS:
            self.out.append(f"<{name}{written}>")
        elif self.depth < _MAX_NEST and (name not in _NESTING or self.open.get(name, 0) < _MAX_ALIKE):
            self.depth += 1
            self.open[name] = self.open.get(name, 0) + 1
            self.out.append(f"<{name}{written}>")
        else:
            self.dropped[name] = self.dropped.get(name, 0) + 1
            self.out.append("<br>" if name in _BLOCKS else "")
        return end

    def _end_tag(self, name: str) -> None:
        if name in _DRAWN or name in {"body", "html"}:
            return  # what stands behind the end of a body is part of it
        if self.dropped.get(name):
            self.dropped[name] -= 1
            self.out.append("<br>" if name in _BLOCKS else "")
            return
        if self.open.get(name):
            self.open[name] -= 1
            self.depth -= 1
        elif name not in _CLOSED_BY_OTHERS:
            return  # of a tag that was never opened
        self.out.append(f"</{name}>")

    def _inside(self, at: int) -> tuple[str, int]:
        """Return what stands between a tag's name and its end, cut where it is too long, and the place after it."""
        text, start, marks = self.text, at, 0
        while match := _QUOTE.search(text, at):
            marks += 1
            if marks > _MAX_MARKS:
                raise InputError("a tag without an end")
            at = match.end()
            if match[0] == ">":
                return text[start : min(at - 1, start + _MAX_TAG)], at
            if text[max(start, match.start() - 9) : match.start()].rstrip()[-1:] == "=":  # the mark begins a value
                closing = -1 if match[0] in self.no_more else text.find(match[0], at)
                if closing < 0:
                    self.no_more.add(match[0])
                    continue  # a quotation that never ends does not hide the rest of the page
                at = closing + 1
        return text[start : start + _MAX_TAG], len(text)

    def _raw(self, name: str, attributes: dict[str, str], at: int) -> int:
        """Pass an element whose content is no markup; JSON-LD and the title are kept."""
        closing = None if name in self.no_more else _RAW[name].search(self.text, at)
        if closing is None:
            self.no_more.add(name)
            if name == "title":
                return at
            return at if name in _DROPPED_RAW else len(self.text)
        body = self.text[at : closing.start()]
        if name == "title":
            self.out.append(f"<title>{body.replace('<', '&lt;')}</title>")
        elif name == "script" and "ld+json" in attributes.get("type", "").lower():
            self.data.append(body)
        return self._after(">", closing.start())


def _attributes(inner: str) -> list[tuple[str, str]]:
    """Return the attributes that are of use, by name, ready to be written again."""
    found = []
    for match in islice(_ATTRIBUTE.finditer(inner), _MAX_ATTRIBUTES):
        name = match[1].lower()
        value = next((one for one in match.groups()[1:] if one is not None), "")
        if name == "style":
            if _HIDING.search(value[:_MAX_VALUE]):
                found.append(("data-hidden-style", "1"))
        elif name in _KEPT or _KEPT_DATA.match(name):
            most = 20_000 if name == "content" else _MAX_VALUE
            found.append((name, value[:most].replace('"', "&quot;").replace("<", "&lt;")))
    return found
