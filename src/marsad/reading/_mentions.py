"""Event mentions, and what verbs and nouns that carry events ask of the words around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from marsad.vocabulary.language import Language


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event in a sentence, by token index.

    `trigger` carries it, `last` is the last token that an anchor should reach; `agents` and `targets` are the heads of
    who did it and to whom, `places` of where it may have been, the most telling first. `speaker_agent` tells that
    whoever says it did it, `nominal` that a noun carries it, `denied` that the predicate itself denies it.
    """

    event: str
    trigger: int
    agents: tuple[int, ...]
    targets: tuple[int, ...]
    places: tuple[int, ...]
    denied: bool
    speaker_agent: bool = False
    nominal: bool = False
    last: int = 0


@dataclass(frozen=True, slots=True)
class Arguments:
    """Questions about the arguments of a verb or noun; `classes` tells the noun classes of a token."""

    language: Language
    classes: Callable[[Token], frozenset[str]]

    def placelike(self, noun: Token) -> bool:
        """Tell whether a noun, or one under it, is a place."""
        return any(self.classes(one) & {"place", "facility", "route"} for one in tree.below(noun))

    def possessor(self, noun: Token) -> Token | None:
        """Return whose it is: "the army's attack", "rebel control", "the advance of the army"."""
        owner = tree.child(noun, "poss")
        # Where words have cases a genitive may be of what is done to: "взятие города".
        if owner is not None and (owner.pos_ == "PRON" or not noun.doc.user_data):
            return owner
        prepositions = self.language.prepositions
        for prep, one in tree.prepositions(noun):
            if prep in prepositions["agent"] or (prep in prepositions["of"] and "force" in self.classes(one)):
                return one
        for one in noun.children:
            if one.dep_ in {"compound", "amod", "nmod"} and self.classes(one) & {"force", "party"}:
                return one
        clause = tree.child(noun, "relcl")
        return tree.logical_subject(clause) if clause is not None else None

    def heads(self, head: Token | None) -> tuple[int, ...]:
        """Return a role's heads; "X and its allies" act as X."""
        if head is None:
            return ()
        members = tree.conjuncts(head)
        named = [token for token in members if not self._is_ally(token)]
        return tuple(token.i for token in named or members[:1])

    def _is_ally(self, token: Token) -> bool:
        small = self.language.small
        return tree.lemma(token) in small["allies"] or any(c.lower_ in small["allied"] for c in token.children)


def spread(heads: list[Token]) -> tuple[int, ...]:
    """Return the tokens of heads with what is coordinated with them and stands under them, each once, in that order."""
    return tuple(dict.fromkeys(noun.i for head in heads for one in tree.conjuncts(head) for noun in tree.below(one)))
