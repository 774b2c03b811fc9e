"""What a page calls its story and its site: two names that stand together in `<title>` and apart on the page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from marsad.intake.addresses import host_of
from marsad.intake.lines import rights
from marsad.intake.pagetext import class_words
from marsad.intake.pagewords import folded, letters, page_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from marsad.intake.storypart import Piece

MAX_NAME = 200
MAX_TITLE = 500
_SEPARATOR = re.compile(r"\s+(?:[|–—•·»«/:-]|::|//)\s+|\s*\|\s*|(?<=\w):\s+")
_FRONTS = frozenset({"/", "./", "index.html", "index.htm", "index.php", "/index.html", "/index.php"})
_SITE = re.compile(r"https?://[^/?#\s]{1,200}/?", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_SHORT = 120
_NEAR = 8
_LOGO = re.compile(r"\b(?:logo|home)\b", re.IGNORECASE)
_LEAST_HOST = 4
_FEW, _FEWEST = 4, 3
_LEAST_TITLE = 12
_DATED = 40
_PAGE_NUMBER = re.compile(r"(?:\w+\s)?\d+(?:\s?/\s?\d+)?")
_HEADINGS = ("h1", "h2", "h3", "h4")
_BOLD = ("b", "strong")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: its pieces in order, the place of its first prose, and the names that its pictures have."""

    pieces: Sequence[Piece]
    begin: int
    pictures: tuple[str, ...]
    home: tuple[str, ...]


def shown_by(tree: HtmlElement, pieces: Sequence[Piece], url: str | None) -> Shown:
    """Return what a tree shows; `home` are the words of links to the front of its site."""
    begin = next((at for at, one in enumerate(pieces) if one.prose), len(pieces))
    pictures = tuple(words for one in tree.iter("img") if (words := plain(one.get("alt"))))[:20]
    links = (one for one in tree.iter("a") if _is_front(one.get("href") or "", url))
    home = [words for one in links if (words := plain(" ".join(one.itertext())) or _pictured(one))]
    named = (one.element for one in pieces if len(one.words) <= _SHORT and _is_site(one.element))
    home += [words for one in named if (words := plain(" ".join(one.itertext())))]
    return Shown(pieces, begin, pictures, tuple(home[:20]))


def _pictured(link: HtmlElement) -> str | None:
    """Return the name that the picture in a link to the front has."""
    named = (plain(_LOGO.sub("", one.get("alt") or "")) for one in link.iter("img"))
    return next(filter(None, named), None)


def _is_site(element: HtmlElement) -> bool:
    """Return whether the classes of an element, or of a link in it, say that it holds the name of the site."""
    return any(class_words(one) & page_words().sites for one in (element, *element.iterchildren("a", "span")))


def plain(words: str | None, most: int = MAX_NAME) -> str | None:
    """Return a name or title without markup and control characters; None where it is empty or too long."""
    bare = _MARKUP.sub(" ", unescape(words or ""))
    bare = "".join(" " if one.isspace() else one for one in bare if one.isspace() or unicodedata.category(one) != "Cc")
    bare = " ".join(bare.split())
    return bare if bare and len(bare) <= most and any(map(str.isalnum, bare)) else None


def headline(shown: Shown, told: Sequence[str], titles: Sequence[str], site: set[str]) -> str:
    """Return the headline: what of the titles the page shows, else a heading above its first prose, else a title.

    `told` are headlines that the page's data gives, `titles` what stands in `<title>`; `site` is what the site is
    called, as letters.
    """
    at: dict[str, tuple[str, Piece]] = {}
    for piece in shown.pieces:
        for line in (piece.words, *piece.parts):
            at.setdefault(letters(line[:MAX_TITLE]), (line, piece))
    for words in (*told, *titles):
        for part in _parts(words):
            key = letters(part)
            if key in at and key not in site and (part == words or _may_head(*at[key])):
                return at[key][0]
    tall = [one.words for one in shown.pieces if one.element.tag == "h1" and letters(one.words) not in site]
    for one in tall:
        if any(_alike(one, other) for other in (*told, *titles)):
            return one
    if own := [bare for one in told if letters(bare := without_site(one, site)) not in site]:
        return own[0]
    if near := _heading_above(shown, site):
        return near
    own = [bare for one in titles if letters(bare := without_site(one, site)) not in site]
    if len(tall) == 1:
        return tall[0]
    named = [part for words in own for part in _SEPARATOR.split(words) if _may_name(part) and letters(part) not in site]
    if not named and (near := _line_above(shown, site)):
        return near
    return own[0] if own else ""


def _may_head(words: str, piece: Piece) -> bool:
    """Return whether words that are a part of a title can be its headline: a heading, or some words."""
    return piece.element.tag in _HEADINGS or len(words.split()) >= _FEW


def _heading_above(shown: Shown, site: set[str]) -> str | None:
    """Return the last heading, or block in bold, shortly above the first prose."""
    near = shown.pieces[max(shown.begin - _NEAR, 0) : shown.begin]
    for tags in (_HEADINGS, _BOLD):
        for one in reversed(near):
            bold = one.element.tag in tags or any(_is_all(inner, one.words) for inner in one.element.iter(*tags))
            if bold and _is_line(one) and letters(one.words) not in site:
                return one.words
    return None


def _line_above(shown: Shown, site: set[str]) -> str | None:
    """Return the last line of several words shortly above the first prose, None where there is no prose."""
    if shown.begin == len(shown.pieces):
        return None
    near = shown.pieces[max(shown.begin - _NEAR, 0) : shown.begin]
    lines = (one.words for one in reversed(near) if _is_line(one) and len(one.words.split()) >= _FEWEST)
    return next((one for one in lines if letters(one) not in site), None)


def _is_line(piece: Piece) -> bool:
    """Return whether a piece can be a headline: some words that lead nowhere and are no date."""
    dated = len(piece.words) < _DATED and _YEAR.search(piece.words)
    return _LEAST_TITLE <= len(piece.words) <= MAX_TITLE and not piece.linked and not dated


def _is_all(element: HtmlElement, words: str) -> bool:
    return letters("".join(element.itertext())) == letters(words)


def _parts(title: str) -> Iterator[str]:
    """Yield a title and what is left of it without one or more of its parts at either end, the longest first."""
    cuts = [(0, 0), *((one.start(), one.end()) for one in _SEPARATOR.finditer(title)), (len(title), len(title))]
    cuts = cuts[:4] + cuts[-4:] if len(cuts) > 8 else cuts
    spans = {(start, end) for _, start in cuts for end, _ in cuts if end > start}
    for start, end in sorted(spans, key=lambda one: one[0] - one[1]):
        yield title[start:end]


def without_site(title: str, site: set[str]) -> str:
    """Return a title without the name of the site before or after it."""
    parts = [*_SEPARATOR.finditer(title)]
    while parts and letters(title[parts[-1].end() :]) in site:
        title = title[: parts.pop().start()]
    if parts and letters(title[: parts[0].start()]) in site:
        title = title[parts[0].end() :]
    return title


def _alike(shown: str, told: str) -> bool:
    """Return whether two titles are of one story: one holds the other, or they share half of their words."""
    one, other = letters(shown), letters(told)
    if min(len(one), len(other)) >= 8 and (one in other or other in one):
        return True
    own, theirs = set(shown.casefold().split()), set(told.casefold().split())
    return len(own & theirs) * 2 >= max(len(own), len(theirs)) > 0


def site_name(shown: Shown, titles: Sequence[str], url: str | None) -> str | None:
    """Return what the page calls its site: a part of its title, the holder of its rights, or the link to its front.

    A part of the title is the site's name where the rest is a headline that the page shows, or where the name stands
    elsewhere on the page, alone or in a short line.
    """
    alone = [one for one in shown.pieces if not one.linked or len(one.parts) == 1]
    others = [part for one in alone for part in (one.words, *one.parts) if len(part) <= _SHORT]
    links = {letters(part) for one in shown.pieces if one.linked and len(one.parts) > 1 for part in one.parts}
    named = [letters(one) for one in (*shown.home, *shown.pictures, *others, host_of(url)) if letters(one)]
    front = {letters(one) for one in (*shown.home, *shown.pictures)}
    lines = ((line, one) for one in shown.pieces for line in (one.words, *one.parts) if len(line) <= MAX_TITLE)
    heads = {letters(line) for line, one in lines if _may_head(line, one)} - front
    for title in titles:
        whole = [part.strip() for part in _SEPARATOR.split(title)]
        if len(whole) == 1:
            continue
        own = next((letters(part) for part in _parts(title) if part != title and letters(part) in heads), "")
        rest = [part for part in whole if letters(part) and letters(part) not in own and _may_name(part)]
        sure = [part for part in rest if any(letters(part) in one for one in named)]
        if sure:
            return max(sure, key=len)
        if rest and own and title.rstrip().endswith(rest[-1]):
            return rest[-1]
        if rest and own and not title.startswith(f"{rest[0]}:"):
            return rest[0]
        unlinked = [part for part in rest if letters(part) not in links]
        if not own and unlinked and len(unlinked) < len(whole):
            return max(unlinked, key=len)
    holders = (_holder(part) for one in reversed(shown.pieces) for part in one.parts if len(part) <= _SHORT)
    host = letters(host_of(url).rsplit(".", 1)[0])
    alike = (one for one in others if len(key := letters(one)) >= _LEAST_HOST and key in host)
    last = (_SEPARATOR.split(title)[-1].strip() for title in titles if len(_SEPARATOR.split(title)) > 1)
    short = (part for part in last if len(part.split()) <= _FEW and _may_name(part) and letters(part) not in heads)
    candidates = (*holders, *filter(_may_name, shown.home), *alike, *short)
    return next(filter(None, candidates), None)


def _holder(words: str) -> str | None:
    """Return who holds the rights by a line, before the mark of copyright or after it; None for other lines."""
    before, mark, _ = words.partition("©")
    told = rights(words) or (rights(words[len(before) :]) if mark else None)
    if told is None and mark and 3 <= len(before.strip()) <= 60:
        told = before
    name = plain(
        re.sub(r"\s*(?:all rights reserved|tous droits réservés).*", "", (told or "").strip(" .,-–—|"), flags=re.I)
    )
    return name if name and _may_name(name) else None


def _may_name(words: str) -> bool:
    """Return whether words can name a site: letters, and no number of a page nor a word such as "Home"."""
    return (
        any(map(str.isalpha, words))
        and not _PAGE_NUMBER.fullmatch(words)
        and folded(words) not in page_words().no_sites
        and 2 < len(words) <= 80
    )


def _is_front(href: str, url: str | None) -> bool:
    """Return whether a link leads to the front of the page's own site, or of any where the page has no address."""
    if href.strip() in _FRONTS:
        return True
    whole = _SITE.fullmatch(href.strip())
    return whole is not None and (url is None or host_of(url) == host_of(href.strip()))
