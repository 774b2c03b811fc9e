"""Names in a sentence: which spans a theatre knows, which are people or bodies, and which word goes with which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading.tree import is_name, written

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Doc, Token

    from marsad.records import Actor
    from marsad.theatre import Theatre

_LONGEST = 9


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Tokens `[start, end)` that a theatre knows as an actor; `generic` where no word of them is capitalised."""

    start: int
    end: int
    actor: Actor
    generic: bool


def theatre_names(doc: Doc, theatre: Theatre | None) -> tuple[NamedActor, ...]:
    """Return the longest non-overlapping spans that are names or aliases of the theatre's actors, in order."""
    if theatre is None:
        return ()
    words = [theatre.form(token.text) for token in doc]
    found: list[NamedActor] = []
    index = 0
    while index < len(doc):
        match = _longest(words, index, theatre)
        if match is None:
            index += 1
            continue
        end, actor = match
        if _part_of_longer_name(doc, index, end, actor):
            index += 1
            continue
        generic = not any(is_name(token) for token in doc[index:end] if token.i > 0)
        found.append(NamedActor(index, end, actor, generic))
        index = end
    return tuple(found)


def named_at(names: Sequence[NamedActor], index: int) -> NamedActor | None:
    """Return the name that covers a token, None where none does."""
    return next((name for name in names if name.start <= index < name.end), None)


def named_within(names: Sequence[NamedActor], span: tuple[int, int], kinds: Collection[str]) -> NamedActor | None:
    """Return the first name inside a token span whose actor is of one of the kinds."""
    start, end = span
    return next((n for n in names if start <= n.start and n.end <= end and n.actor.kind in kinds), None)


def name_end(doc: Doc, end: int, joints: Collection[str]) -> int:
    """Return where a name that reaches `end` goes on to, over `joints`: "Ministry of Defence"."""
    while end + 1 < len(doc) and doc[end].lower_ in joints and is_name(doc[end + 1]):
        end += 2
        while end < len(doc) and is_name(doc[end]) and doc[end].pos_ == "PROPN":
            end += 1
    return end


def plain(words: Sequence[Token], dropped: Collection[str]) -> str:
    """Return words as text, without those of `dropped` that open them and without a possessive ending."""
    start, end = 0, len(words)
    while start < end - 1 and words[start].lower_ in dropped:
        start += 1
    while end > start + 1 and words[end - 1].tag_ == "POS":
        end -= 1
    return text_of(words[start:end])


def text_of(words: Sequence[Token]) -> str:
    """Return words as a name has them, without space around them."""
    return "".join(written(word) + word.whitespace_ for word in words).strip()


def _longest(words: list[str], start: int, theatre: Theatre) -> tuple[int, Actor] | None:
    if not words[start]:
        return None
    for end in range(min(len(words), start + _LONGEST), start, -1):
        if not words[end - 1]:
            continue
        text = " ".join(word for word in words[start:end] if word)
        actor = theatre.names.get(text) or (theatre.worded(text) if end - start > 1 else None)
        if actor is not None:
            return end, actor
    return None


def _part_of_longer_name(doc: Doc, start: int, end: int, actor: Actor) -> bool:
    """Tell that a capitalised word is one of a longer name: "Military" of "Northern Military Airport"."""
    word = doc[start]
    if end - start > 1 or actor.kind == "person" or not is_name(word) or word.is_upper:
        return False
    before = start > 1 and is_name(doc[start - 1]) and doc[start - 1].dep_ in {"compound", "amod", "nmod"}
    after = end < len(doc) and is_name(doc[end]) and doc[end].pos_ == "PROPN" and word.dep_ in {"compound", "nmod"}
    return bool(before or after)
