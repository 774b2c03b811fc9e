"""The words of a text as a search compares them, and where wanted words stand."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from marsad.gazetteer import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Term = tuple[str, ...]
"""One word, or several that follow each other, as `normalise` leaves them."""

_CHUNK = re.compile(r"\S+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")
_QUOTE = re.compile(r"[\"“”„«»]")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_APOSTROPHES = frozenset("'’‘`´ʿʾʻʼʽˈ′‛ʹ")
_LONGEST_ARTICLE = 3


class Word(NamedTuple):
    """A word of a text: how it is compared, its code points `[start, end)`, and whether it is a name's article."""

    key: str
    start: int
    end: int
    article: bool


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order, in any script; one that is written apart by a hyphen is two."""
    bare = [(key, start, end) for start, end in _spans(text) if (key := _key(text[start:end]))]
    keys = [key for key, _, _ in bare] + [""]
    return [
        Word(key, start, end, _is_article(key, after)) for (key, start, end), after in zip(bare, keys[1:], strict=True)
    ]


def terms_of(query: str) -> tuple[Term, ...]:
    """Return what a query asks for: each word, and each phrase in quotation marks; a mark without a second is none.

    Nothing else has a meaning. Words that a hyphen joins are a phrase; articles are left out unless they stand alone.
    """
    parts = _QUOTE.split(query)
    last = len(parts) - 1
    phrases: list[str] = []
    for number, part in enumerate(parts):
        phrases += [part] if number % 2 and number < last else part.split()
    found = (words_of(phrase) for phrase in phrases)
    terms = (tuple(word.key for word in words if not word.article) for words in found)
    return tuple(dict.fromkeys(filter(None, terms)))


def places_of(term: Term, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the code points where a term stands in a text of these words; articles within it may be there or not."""
    found = []
    for first, word in enumerate(words):
        if word.key == term[0] and (last := _followed(term, words, first)) is not None:
            found.append((word.start, words[last].end))
    return found


def _followed(term: Term, words: Sequence[Word], first: int) -> int | None:
    """Return the index of the term's last word where the term begins at `first`, None where it does not stand there."""
    at = first
    for key in term[1:]:
        at += 1
        while at < len(words) and words[at].key != key and words[at].article:
            at += 1
        if at >= len(words) or words[at].key != key:
            return None
    return at


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for chunk in _CHUNK.finditer(text):
        if chunk[0].isascii():
            yield from (word.span() for word in _ASCII_WORD.finditer(text, *chunk.span()))
        else:
            yield from _mixed(text, *chunk.span())


def _mixed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words of a chunk in any script: letters and digits with their marks, and apostrophes between them."""
    first: int | None = None
    last = start
    for at in range(start, end):
        letter = text[at]
        if letter.isalnum():
            first, last = at if first is None else first, at + 1
        elif first is not None and unicodedata.category(letter).startswith("M"):
            last = at + 1
        elif first is not None and letter not in _APOSTROPHES:
            yield first, last
            first = None
    if first is not None:
        yield first, last


def _key(word: str) -> str:
    return normalise(_POSSESSIVE.sub("", word)).replace(" ", "")


def _is_article(key: str, after: str) -> bool:
    """Tell whether names are compared without this word before the next."""
    return bool(after) and len(key) <= _LONGEST_ARTICLE and normalise(f"{key} {after}") == after
