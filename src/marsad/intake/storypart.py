"""The part of a page that holds its story: the element with most prose, the headline above it, and no lists of others.

Prose is told by length, full stops and few links; class names only help. The story is looked for from the headline on,
as what stands above it belongs to the page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from marsad.intake.markup import drop
from marsad.intake.pagewords import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "dd", "dt", "ul", "ol", "dl", "td", "tr", "table", "tbody"})
_STOPS = ".!?…。؟۔»”\"'’"
_LEAST_PROSE = 50
_LONG = 140
_WIDE = ("\u2e80", "\ud7ff")  # letters that stand for more than one of others
_TITLES = 3
_TEASER = 700
_FAR = 4
_NO_LEADS = frozenset({"figcaption", "td", "th"})
_OUTWARDS = 0.55  # what an element counts of the prose that stands one element further in
_NEARLY = 0.4
_MUCH = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one block, without those of blocks inside of it; `linked` is how many of its characters are links.

    `parts` are its words as its lines and inline elements part them, `prose` how many characters are running text.
    """

    element: HtmlElement
    words: str
    linked: int
    parts: tuple[str, ...]
    prose: int

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading by its element."""
        return self.element.tag in _HEADINGS


def _prose(element: HtmlElement, words: str, linked: int) -> int:
    """Return how many characters of a block are running text: none of headings, links, labels and titles."""
    if element.tag in _HEADINGS or 2 * linked >= len(words):
        return 0
    size = len(words) + sum(1 for one in words[:_LONG] if _WIDE[0] <= one <= _WIDE[1])
    stops = size >= _LONG or (size >= _LEAST_PROSE and words.rstrip("\ufffd ")[-1:] in _STOPS)
    return len(words) - linked if stops else 0


def pieces_of(tree: HtmlElement) -> list[Piece]:
    """Return the blocks of words of a tree in their order."""
    found: list[Piece] = []
    block: HtmlElement | None = None
    words: list[str] = []
    linked = 0

    def close() -> None:
        nonlocal linked
        whole = " ".join("".join(words).split())
        if whole and block is not None:
            parts = tuple(part for one in words if (part := " ".join(one.split())))
            links = min(linked, len(whole))
            found.append(Piece(block, whole, links, parts, _prose(block, whole, links)))
        words.clear()
        linked = 0

    for one, text, in_link in _texts(tree):
        if one is not block:
            close()
            block = one
        words.append(text)
        linked += len(" ".join(text.split())) if in_link else 0
    close()
    return found


def _texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str, bool]]:
    """Yield the texts of a tree, each with the block that it stands in and whether it is a link's."""
    blocks: list[HtmlElement] = [tree]
    links = 0
    stack: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while stack:
        one, closing = stack.pop()
        inline = one.tag in _INLINE and one is not tree
        if closing:
            links -= one.tag == "a"
            if not inline and one is not tree:
                blocks.pop()
            if one.tail and one is not tree:
                yield blocks[-1], one.tail, links > 0
            continue
        if not isinstance(one.tag, str) or one.tag == "head":
            if one.tail and one is not tree:
                yield blocks[-1], one.tail, links > 0
            continue
        links += one.tag == "a"
        if not inline and one is not tree:
            blocks.append(one)
        if one.tag == "br":
            yield blocks[-1], " ", links > 0
        if one.text:
            yield blocks[-1], one.text, links > 0
        stack.append((one, True))
        stack.extend((child, False) for child in reversed(one))


def headline_at(pieces: Sequence[Piece], title: str) -> int | None:
    """Return the place of the headline: the last block before the prose that says the title, else the first `h1`."""
    wanted = letters(title)
    same = [at for at, one in enumerate(pieces) if wanted and wanted in {letters(one.words), *map(letters, one.parts)}]
    for at in same:
        if pieces[at].element.tag in _HEADINGS and any(one.prose for one in pieces[at + 1 : at + 40]):
            return at
    if near := [at for at in same if any(one.prose for one in pieces[at + 1 : at + 25])]:
        return near[0]
    tall = [at for at, one in enumerate(pieces) if one.element.tag == "h1"]
    return tall[0] if len(tall) == 1 else None


def story_part(pieces: Sequence[Piece], start: int) -> HtmlElement | None:
    """Return the element with most prose among the blocks from `start` on, with most of paragraphs where there is none.

    None is returned where there are none of these either.
    """
    scores: dict[HtmlElement, float] = defaultdict(float)
    some = any(one.prose for one in pieces[start:])
    for one in pieces[start:]:
        written = len(one.words) - one.linked if one.element.tag in _PARAGRAPHS else 0
        weight = float(one.prose if some else written)
        if not weight:
            continue
        element = holder(one.element)
        steps = 0
        while element is not None and element.tag != "html" and steps < _FAR:
            scores[element] += weight
            parent = element.getparent()
            if parent is not None and len(parent) > 1:  # what only wraps another is no further out
                weight *= _OUTWARDS
                steps += 1
            element = parent
    best = max(scores, key=lambda one: scores[one], default=None)
    return best if best is None else _before(best, scores)


def _before(best: HtmlElement, scores: dict[HtmlElement, float]) -> HtmlElement:
    """Return the first element with nearly as much prose as the best: comments may be longer than a story."""
    for one, score in scores.items():
        if one is best or any(above is best for above in one.iterancestors()):
            return best
        if score >= _NEARLY * scores[best] and not any(above is one for above in best.iterancestors()):
            return one
    return best


def first_prose(pieces: Sequence[Piece], title: str) -> HtmlElement | None:
    """Return the first element below the headline that holds much prose, None where none does."""
    sums: dict[HtmlElement, int] = defaultdict(int)
    start = headline_at(pieces, title)
    for one in pieces[start or 0 :]:
        element = holder(one.element)
        if element is not None and one.prose:
            sums[element] += one.prose
            if sums[element] >= _MUCH:
                return element
    return None


def holder(element: HtmlElement) -> HtmlElement | None:
    """Return the element around the paragraphs, items or rows that an element is one of."""
    one: HtmlElement | None = element
    while one is not None and (one.tag in _PARAGRAPHS or one.tag in _HEADINGS):
        one = one.getparent()
    return one


def teasers_of(pieces: Sequence[Piece], start: int) -> list[HtmlElement]:
    """Return the elements below a headline that lead to other stories: alike boxes with a heading each, or titles.

    Boxes count only where prose stands between the headline and them, as entries and chapters look the same.
    """
    begun = False
    found: dict[HtmlElement, None] = {}
    groups: dict[tuple[HtmlElement, str, str], dict[HtmlElement, list[Piece]]] = {}
    first: dict[tuple[HtmlElement, str, str], bool] = {}
    for one in pieces[start + 1 :]:
        element = one.element
        for _ in range(3):
            parent = element.getparent()
            if parent is None or element.tag == "body":
                break
            key = (parent, element.tag, element.get("class") or "")
            first.setdefault(key, begun)
            groups.setdefault(key, {}).setdefault(element, []).append(one)
            element = parent
        begun = begun or one.prose > 0
    for key, boxes in groups.items():
        if first[key] and len(boxes) >= _TITLES and all(map(_is_teaser, boxes.values())):
            found.update(dict.fromkeys(boxes))
    return list(found)


def _is_teaser(box: Sequence[Piece]) -> bool:
    words = sum(len(one.words) for one in box)
    if all(2 * one.linked >= len(one.words) for one in box):
        return True
    if box[0].element.tag in {"td", "th", "tr", "pre"}:
        return False
    headed = any(one.is_heading or 5 * one.linked >= 4 * len(one.words) for one in box)
    return headed and len(box) > 1 and words <= _TEASER and sum(1 for one in box if one.prose) <= 1


def story_of(tree: HtmlElement, title: str) -> list[HtmlElement]:
    """Return the elements of a tree that hold its story, in order; what leads elsewhere is taken out of the tree."""
    pieces = pieces_of(tree)
    for box in teasers_of(pieces, headline_at(pieces, title) or 0):
        drop(box)
    pieces = pieces_of(tree)
    start = headline_at(pieces, title)
    part = story_part(pieces, start or 0)
    if part is None:
        return []
    after = pieces if start is None else pieces[start + 1 :]
    if start is not None:
        _cut_before(part, pieces[start].element)
    parts = [part, *_siblings(part)]
    inside = {one for whole in parts for one in whole.iter()}
    above = takewhile(lambda one: one.element not in inside, after)
    leads = [one.element for one in above if one.prose and one.element.tag not in _NO_LEADS]
    _without_links([one for one in after if one.element in inside])
    return [*leads, *parts]


def _cut_before(part: HtmlElement, headline: HtmlElement) -> None:
    """Take out of a part everything that stands above the headline in it, the headline too."""
    if part is headline or not any(one is part for one in headline.iterancestors()):
        return
    one: HtmlElement = headline
    while one is not part:
        for before in list(one.itersiblings(preceding=True)):
            drop(before)
        parent = one.getparent()
        if parent is None:
            return
        if one is headline:
            drop(one)
        parent.text = None
        one = parent


def _siblings(part: HtmlElement) -> list[HtmlElement]:
    """Return the later siblings of a part that go on with it: alike boxes, and paragraphs, with prose of their own."""
    found = []
    for one in part.itersiblings():
        if not isinstance(one.tag, str):
            continue
        alike = one.tag == part.tag and (one.get("class") or "") == (part.get("class") or "") != ""
        if (alike or one.tag in {"p", "blockquote"}) and any(piece.prose for piece in pieces_of(one)):
            found.append(one)
    return found


def _without_links(pieces: Sequence[Piece]) -> None:
    """Take out blocks that are links alone, and what only titles other stories at the end."""
    held = {above for one in pieces for above in one.element.iterancestors()}
    for one in pieces:
        alone = one.element.tag != "div" or one.element not in held
        if alone and 5 * one.linked >= 4 * len(one.words) and one.element.getparent() is not None:
            drop(one.element)
