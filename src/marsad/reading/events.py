"""Events of a sentence: the predicates that carry an event type, with the words that fill their roles.

Types come from the parse: a frame of the language's predicates holds only where its arguments are of the classes that
it asks for ("took the town" is a capture, "took a bus" is none). Verbs come first; a noun that a verb's phrase has used
up ("took control") is no event of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._mentions import Arguments, EventMention
from marsad.reading._nouns import NounReader
from marsad.reading._verbs import VerbReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

    from marsad.vocabulary.language import Language


@dataclass(frozen=True)
class EventReader:
    """Finds event mentions; `classes` tells the noun classes of a token, places and parties included."""

    language: Language
    classes: Callable[[Token], frozenset[str]]

    @cached_property
    def _verbs(self) -> VerbReader:
        return VerbReader(self.language, Arguments(self.language, self.classes))

    @cached_property
    def _nouns(self) -> NounReader:
        return NounReader(self.language, Arguments(self.language, self.classes))

    def mentions(self, doc: Doc) -> tuple[EventMention, ...]:
        """Return the event mentions of a sentence in order of their triggers."""
        found: list[EventMention] = []
        consumed: set[int] = set()
        tokens = tuple(doc)
        for token in tokens:
            if _is_verbal(token) and (read := self._verbs.mention(token)) is not None:
                mention, used = read
                found.append(mention)
                consumed.update(used)
        for token in tokens:
            if token.pos_ in {"NOUN", "PROPN"} and token.i not in consumed:
                nominal = self._nouns.mention(token)
                if nominal is not None:
                    found.append(nominal)
        return tuple(sorted(found, key=lambda mention: mention.trigger))


def _is_verbal(token: Token) -> bool:
    """Tell a verb, or a participle that the parse takes for an adjective: "the village was overrun"."""
    if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBD", "VBN", "VBG"}:
        return True
    return bool(token.dep_ == "acomp" and tree.lemma(token.head) == "be" and token.lower_.endswith(("ed", "n")))
