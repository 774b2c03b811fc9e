"""Attributions put after or into what they attribute, told by the order of words: "..., residents and a monitor said".

A small parser often hangs such a clause on the wrong word, or takes its subject for part of a list before it. The order
of words is firmer: a comma or quotation mark, a noun phrase and a reporting verb that nothing said follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_PHRASE = frozenset({"ADJ", "ADP", "CCONJ", "DET", "NOUN", "NUM", "PART", "PRON", "PROPN"})
_BETWEEN = frozenset({"ADV", "AUX"})
_MARKS = frozenset({",", "،", '"', "”", "’", "'", "-", "–", "—"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
# What may follow the verb: a mark, when, where or to whom it was said, but no clause.
_AFTER = frozenset({"PUNCT", "ADP", "ADV", "PROPN", "SPACE", "SCONJ"})
_OPENING = 2


def speakers(verb: Token) -> tuple[int, ...]:
    """Return the heads of the noun phrases that stand as the subject of an inserted verb, () where it is none."""
    if verb.tag_ not in _FINITE or _tells_on(verb):
        return ()
    return _before(verb) or _behind(verb)


def _tells_on(verb: Token) -> bool:
    """Tell a verb behind which a conjunction opens what is said, which no inserted one has."""
    clauses = (one for one in verb.children if one.dep_ == "ccomp" and one.i > verb.i)
    return any(mark.dep_ == "mark" and mark.i > verb.i for clause in clauses for mark in clause.children)


def _before(verb: Token) -> tuple[int, ...]:
    """Read "..., residents and a monitor said."."""
    doc, start = verb.doc, verb.i
    while start > 0 and doc[start - 1].pos_ in _BETWEEN:
        start -= 1
    end = start
    while start > 0 and _belongs(doc[start - 1]):
        start -= 1
    if not _OPENING < start < end or doc[start - 1].text not in _MARKS:
        return ()
    following = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if following is not None and (
        following.pos_ not in _AFTER or following.dep_ == "mark" or following.lower_ == "that"
    ):
        return ()
    return tuple(_heads(doc[start:end]))


def _behind(verb: Token) -> tuple[int, ...]:
    """Read "..., says the chamber of commerce, ..."."""
    doc, start, end = verb.doc, verb.i, verb.i + 1
    while start > 0 and doc[start - 1].pos_ == "AUX":
        start -= 1
    if start <= _OPENING or doc[start - 1].text not in _MARKS:
        return ()
    while end < len(doc) and _belongs(doc[end]):
        end += 1
    if end == verb.i + 1 or (end < len(doc) and not doc[end].is_punct):
        return ()
    return tuple(_heads(doc[verb.i + 1 : end]))


def _belongs(token: Token) -> bool:
    return token.pos_ in _PHRASE or token.text == "-" or (token.dep_ == "amod" and token.pos_ == "VERB")


def _heads(words: Span) -> Iterator[int]:
    """Yield the last noun of each member of a list of noun phrases, before what a preposition adds."""
    head: int | None = None
    closed = False
    for token in words:
        if token.pos_ == "CCONJ":
            if head is not None:
                yield head
            head, closed = None, False
        elif token.pos_ == "ADP":
            closed = head is not None
        elif not closed and token.pos_ in {"NOUN", "PROPN", "PRON"}:
            head = token.i
    if head is not None:
        yield head
