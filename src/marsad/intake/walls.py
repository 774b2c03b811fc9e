"""Pages that hold no article: walls of consent and of logins, errors, empty shells and lists of other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.intake.jsonld import is_article
from marsad.intake.pagetext import text_of
from marsad.intake.pagewords import page_words
from marsad.intake.storypart import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from marsad.intake.jsonld import Thing

_LEAST = 20
_LITTLE_ELSE = 120
_FEW_WORDS = 700
_LONG_WALL = 3_000
_ENOUGH_PROSE = 600
_TEASERS = 5
_SIGNS = (
    ".//meta[@property='article:published_time']|.//*[@itemprop='articleBody']"
    "|.//meta[@property='og:type'][@content='article']"
)


def no_article(
    tree: HtmlElement, text: str, title: str, *, needs_scripts: bool, marked: bool, dated: bool
) -> str | None:
    """Return why a page is no article, None where it is one.

    `text` is what was found on its cleaned tree; `marked` says that the page itself calls it an article, `dated` that
    it tells when it was published.
    """
    words = page_words()
    heads = [title.casefold(), *(text_of(one).casefold() for one in tree.iter("title", "h1"))]
    body = text.casefold()
    short = len(text) < _FEW_WORDS or not marked
    if short and any(head.startswith(one) or head.endswith(one) for head in heads for one in words.errors):
        return "an error page, not an article"
    if not marked and (reason := _wall(heads, body)):
        return reason
    rest = sum(len(one) for one in body.split("\n\n") if not any(phrase in one for phrase in words.consents))
    if rest < _LITTLE_ELSE:
        whole = text_of(tree).casefold()
        if sum(whole.count(one) for one in words.consents) >= 2:
            return "a wall of consent, not an article"
        if any(one in whole for one in words.logins):
            return "behind a login, not an article"
        if len(text) < _LEAST and (needs_scripts or ("javascript" in whole and len(whole) < _FEW_WORDS)):
            return "a page that scripts would fill; save it from a browser"
    if len(text) < _LEAST and not (marked and text):
        return "no article: a page without paragraphs"
    if not marked and not dated and not any(one.prose for one in pieces_of(tree)):
        return "no article: a page without paragraphs"
    if not marked and _is_index(tree):
        return "a list of other pages, not an article"
    return None


def _wall(heads: Iterable[str], body: str) -> str | None:
    """Return which wall a page that does not call itself an article is, by its headings and most of its paragraphs."""
    words = page_words()
    if len(body) < _FEW_WORDS and any(one in body for one in words.checks):
        return "a check of the browser, not an article"
    if len(body) > _LONG_WALL:
        return None
    if any(one in head for head in heads for one in words.logins):
        return "behind a login, not an article"
    paragraphs = body.split("\n\n")
    about = sum(len(one) for one in paragraphs if any(word in one for word in words.privacy))
    if any(one in head for head in heads for one in words.consents) or 2 * about > len(body):
        return "a wall of consent, not an article"
    return None


def says_article(tree: HtmlElement, things: Iterable[Thing]) -> bool:
    """Return whether the data of a page calls it an article."""
    return bool(tree.xpath(_SIGNS)) or any(is_article(one) for one in things)


def _is_index(tree: HtmlElement) -> bool:
    """Return whether a cleaned tree shows headings that lead elsewhere, and little prose of its own."""
    teasers = [
        one
        for one in tree.xpath("//h2|//h3|//h4|//article//a|//li//a")
        if one.tag == "a" or one.find(".//a") is not None or one.getparent().tag == "a"
    ]
    prose = sum(
        len(words)
        for one in tree.iter("p")
        if len(words := text_of(one)) >= 80
        and not any(above.tag == "a" for above in one.iterancestors())
        and 2 * sum(len(text_of(link)) for link in one.iter("a")) < len(words)
    )
    headed = sum(1 for one in teasers if one.tag != "a")
    if headed >= _TEASERS:
        paragraphs = sum(1 for one in tree.iter("p") if len(text_of(one)) >= 80)
        return prose < _ENOUGH_PROSE or paragraphs <= headed + 1
    linked = sum(len(text_of(one)) for one in teasers if one.tag == "a")
    return prose < _ENOUGH_PROSE // 4 and len(teasers) >= 2 * _TEASERS and 2 * linked > len(text_of(tree))
