"""Names in a sentence: which spans a theatre knows, which are people or bodies, and which word goes with which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.theatre import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

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
    words = [fold(token.text) for token in doc]
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
        generic = not any(token.text[:1].isupper() for token in doc[index:end] if token.i > 0)
        found.append(NamedActor(index, end, actor, generic))
        index = end
    return tuple(found)


def _longest(words: list[str], start: int, theatre: Theatre) -> tuple[int, Actor] | None:
    if not words[start]:
        return None
    for end in range(min(len(words), start + _LONGEST), start, -1):
        if not words[end - 1]:
            continue
        actor = theatre.names.get(" ".join(word for word in words[start:end] if word))
        if actor is not None:
            return end, actor
    return None


def _part_of_longer_name(doc: Doc, start: int, end: int, actor: Actor) -> bool:
    """Tell that a capitalised word is one of a longer name: "Military" of "Northern Military Airport"."""
    if end - start > 1 or actor.kind == "person" or not doc[start].text[:1].isupper() or doc[start].is_upper:
        return False
    before = (
        start > 0
        and doc[start - 1].text[:1].isupper()
        and doc[start - 1].dep_ in {"compound", "amod", "nmod"}
        and start > 1
    )
    after = (
        end < len(doc)
        and doc[end].text[:1].isupper()
        and doc[start].dep_ in {"compound", "nmod"}
        and doc[end].pos_ == "PROPN"
    )
    return bool(before or after)
