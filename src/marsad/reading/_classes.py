"""Noun classes: what a word in its sentence is, by the language's lists and by the places and parties that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.names import named_at
from marsad.reading.places import place_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from marsad.reading.names import NamedActor
    from marsad.reading.places import PlaceMention
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

ARMED = frozenset({"state", "armed_group"})
_ROUTES = frozenset({"route", "crossing", "bridge"})


@dataclass
class NounClasses:
    """Tells the classes of the tokens of one sentence at a time; `names` and `places` are those of that sentence."""

    language: Language
    demonyms: Demonyms
    names: Sequence[NamedActor] = ()
    places: Sequence[PlaceMention] = ()
    _known: dict[int, frozenset[str]] = field(default_factory=dict)

    def enter(
        self, names: Sequence[NamedActor], places: Sequence[PlaceMention], known: dict[int, frozenset[str]]
    ) -> None:
        """Go on to the next sentence; `known` holds the classes of its tokens that were told before, and takes more."""
        self.names, self.places, self._known = names, places, known

    def of(self, token: Token) -> frozenset[str]:
        """Return the classes of a token; `unknown` or `other` where there is nothing else to say."""
        found = self._known.get(token.i)
        if found is None:
            found = self._known[token.i] = self._read(token)
        return found

    def _read(self, token: Token) -> frozenset[str]:
        found = self._by_word(token)
        place = place_at(self.places, token.i)
        if place is not None:
            found.add("place")
            if place.place.feature in _ROUTES:
                found.add("route")
            if "airport" not in found and tree.is_name(token):
                found.discard("force")
        named = named_at(self.names, token.i)
        if named is not None and (token.i == named.end - 1 or token.dep_ != "compound"):
            found |= _of_actor(named.actor.kind)
        elif tree.is_name(token) and "place" not in found:
            found |= _of_entity(token)
        if tree.word(token) in self.demonyms.adjectives and token.tag_ in {"NNS", "NNPS", "NNP"}:
            found |= {"party", "force"}
        if named is not None and named.actor.kind in ARMED:
            found -= {"regular", "irregular"}
            found.add("regular" if named.actor.kind == "state" else "irregular")
        elif tree.lemma(token) in self.language.general["quantity"] or token.like_num:
            counted = tree.after(token, self.language.prepositions["of"])
            if counted is not None:
                found |= self.of(counted)
        if not found:
            found.add("unknown" if tree.is_name(token) or token.pos_ == "PROPN" else "other")
        return frozenset(found)

    def _by_word(self, token: Token) -> set[str]:
        table = self.language.classes_of
        found = set(table.get(tree.lemma(token), ())) | set(table.get(tree.word(token), ()))
        if token.pos_ == "PRON" or token.lower_ in self.language.personal:
            found.add("pronoun")
        if token.like_num or token.pos_ == "NUM" or token.ent_type_ == "CARDINAL":
            found.add("number")
        return found


def _of_actor(kind: str) -> set[str]:
    if kind == "person":
        return {"party", "person", "leader"}
    return {"party", "force"} if kind in ARMED else {"party"}


def _of_entity(token: Token) -> set[str]:
    if token.ent_type_ == "PERSON":
        return {"person"}
    return {"party", "force"} if token.ent_type_ in {"ORG", "NORP"} else set()
