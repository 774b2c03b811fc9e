"""Which words of a sentence can be the name of a place, before the gazetteer is asked and where it knows none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from marsad.gazetteer import normalise
from marsad.reading import tree
from marsad.vocabulary.language import FROM_AFAR

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading.names import NamedActor
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

_CAPITAL_INSIDE = re.compile(r"^[A-Za-z]{0,4}['’‘-]?[A-Z]")
# How many mentions as a place a full name or a title outweighs.
_FULL_NAME = 2
_ROUTE_NAME = re.compile(r"[^\W\d_]{1,3}-?\d{1,3}")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_MOVING = frozenset({"advance", "aid", "depart", "deploy", "displace", "enter", "withdraw"})
_DATES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"})
_SMALL = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "NUM", "AUX", "PART"})


@dataclass(frozen=True)
class PlaceNames:
    """Judges spans of a sentence; `known` tells whether the gazetteer has a name in the countries at hand.

    A name that stands surely for a place once stands for it in the whole report, as `learn` finds out beforehand.
    """

    language: Language
    demonyms: Demonyms
    known: Callable[[str], bool]
    _learnt: Counter[str] = field(default_factory=Counter)
    _sure: Counter[str] = field(default_factory=Counter)
    _persons: Counter[str] = field(default_factory=Counter)
    _words: set[str] = field(default_factory=set)

    @cached_property
    def _common(self) -> frozenset[str]:
        """Return the nouns that are no name however they are written: a bare "Airport", "Army"."""
        classes = self.language.classes
        return classes["place"] | classes["facility"] | self._bodies

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return self.language.classes["force"] | self.language.definite["body"]

    # ---- one sense in a report ------------------------------------------------------------------------------------

    def learn(self, doc: Doc, actors: Sequence[NamedActor]) -> None:
        """Note the names of a sentence that stand where only a place can: "in X", "the village of X", "X district"."""
        named = {i for name in actors for i in range(name.start, name.end)}
        self._learn_persons(doc)
        self._words.update(token.text for token in doc if token.is_lower and token.pos_ != "PROPN")
        reached = 0
        for token in doc:
            if token.i < reached or token.i in named or not self._opens(token):
                continue
            stop = self._run(doc, token.i, named)
            reached = stop
            sure = self._surely(doc, token.i, stop)
            if not (sure or self._is_argument(doc[stop - 1])) or self.is_no_name(
                tree.name(doc[token.i : stop]), doc[stop - 1]
            ):
                continue
            key = normalise(tree.name(doc[token.i : stop]))
            self._learnt[key] += 1
            self._sure[key] += sure

    def is_learnt(self, text: str) -> bool:
        """Tell a name that stands for a place elsewhere in the report."""
        return normalise(text) in self._learnt

    def sure(self, text: str) -> int:
        """Return how often the words around a name make it a place: "the town of X", "in X"."""
        return self._sure[normalise(text)]

    def is_word(self, text: str) -> bool:
        """Tell a name that the report also writes as a common word: "Health"."""
        return not text.isupper() and text.lower() in self._words and not self.is_learnt(text)

    def _learn_persons(self, doc: Doc) -> None:
        """Note the last names of people who are named in full or with a title: "Reem Nasser", "Colonel Nasser"."""
        for entity in tree.entities(doc):
            if entity.label_ == "PERSON" and len(entity) > 1 and not self.known(tree.name(entity)):
                last = entity[-2] if entity[-1].tag_ == "POS" else entity[-1]
                self._persons[normalise(tree.written(last))] += _FULL_NAME
        for token in doc[1:]:
            before = doc[token.i - 1]
            if tree.word(before).rstrip(".") in self.language.titles and tree.is_name(before) and self._opens(token):
                self._persons[normalise(tree.written(token))] += _FULL_NAME

    def is_person(self, text: str) -> bool:
        """Tell the last name of somebody whom the report names, unless it stands for a place as often."""
        key = normalise(text)
        return self._persons[key] > self._learnt[key]

    def _opens(self, token: Token) -> bool:
        return self.is_written(token) and token.pos_ == "PROPN" and tree.word(token) not in self.demonyms.adjectives

    def _run(self, doc: Doc, start: int, named: Collection[int]) -> int:
        """Return where the capitalised words that begin at `start` end."""
        stop = start + 1
        while stop < len(doc) and stop not in named:
            joined = self.joins(doc[stop]) and stop + 1 < len(doc) and tree.is_name(doc[stop + 1])
            if not joined and not (self.is_written(doc[stop]) and doc[stop].pos_ == "PROPN"):
                break
            stop += 1
        return stop

    def _surely(self, doc: Doc, start: int, stop: int) -> bool:
        """Tell that the words around a run of capitalised words make it a place."""
        if doc[stop - 1].ent_type_ in _DATES or any(tree.word(t) in self.language.titles for t in doc[start:stop]):
            return False
        words, classes = self.language.prepositions, self.language.classes
        after = tree.lemma(doc[stop]) if stop < len(doc) else ""
        apart = doc.user_data and doc[stop - 1].dep_ != "compound"
        if stop < len(doc) and doc[stop].pos_ in {"NOUN", "ADJ", "PROPN"} and doc[stop].text != "-" and not apart:
            return after in classes["place"] | classes["facility"] and after not in self._bodies
        if start == 0 or doc[stop - 1].tag_ == "POS" or after in {"'s", "’s", "-"}:
            return False
        before = doc[start - 1]
        if self._is_called(doc[stop - 1]):
            return True
        if doc.user_data and doc[stop - 1].dep_ == "poss":
            return tree.lemma(doc[stop - 1].head) in classes["place"] | classes["facility"] | classes["route"]
        if before.lower_ in words["of"] and start > 1:
            owned = classes["place"] | classes["facility"] | classes["route"] | classes["civilian"] | words["out"]
            return tree.lemma(doc[start - 2]) in owned
        if before.lower_ in words["goal"]:
            return self._leads(before.head)
        return before.lower_ in words["sure_place"]

    def _is_called(self, token: Token) -> bool:
        """Tell the name right behind the word for what it names, with nothing between: "село Осмирці"."""
        head = token.head
        kinds = self.language.classes["place"] | self.language.classes["facility"]
        behind = token.dep_ == "appos" and token.left_edge.i == head.i + 1
        return behind and head.pos_ == "NOUN" and tree.lemma(head) in kinds

    def _leads(self, head: Token) -> bool:
        """Tell a verb or noun of movement, whose "to" leads to a place: "fled to X", "the road to X"."""
        word = tree.lemma(head)
        moving = any(frame.event in _MOVING for frame in self.language.verbs.get(word, ()))
        return moving or word in self.language.classes["route"] | self.language.classes["relief"]

    # ---- tokens ---------------------------------------------------------------------------------------------------

    def may_start(self, token: Token) -> bool:
        """Tell whether a name of a place may begin with the token."""
        if is_route_name(token.text):
            return True
        if not self.is_written(token) or (token.is_upper and len(token.text) > 2 and not _is_shouted(token.doc)):
            return False
        if token.pos_ in {"DET", "ADP"} or token.lower_ in self.language.determiners["articles"]:
            return False
        if token.i == 0 and token.pos_ == "ADJ":
            return False
        if token.ent_type_ in _PLACES:
            return True
        if token.i == 0 and token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"}:
            return token.ent_type_ in {"ORG", "PERSON"} and token.pos_ not in _SMALL
        return token.pos_ not in _SMALL

    def is_written(self, token: Token) -> bool:
        """Tell whether a token is written as a name, a capital after an article included: "al-Hasakah"."""
        return _is_written(token.text)

    def joins(self, token: Token) -> bool:
        """Tell whether a lower-case token or a hyphen may stand inside a name."""
        return token.lower_ in self.language.place["connectors"] and token.i + 1 < len(token.doc)

    def taken(self, doc: Doc, actors: Sequence[NamedActor]) -> frozenset[int]:
        """Return the tokens that name something else: known actors, people, dates."""
        taken = {i for name in actors for i in range(name.start, name.end) if not self._is_place_too(doc, name)}
        for entity in tree.entities(doc):
            if entity.label_ != "PERSON" or len(entity) == 1:
                continue
            following = tree.lemma(doc[entity.end]) if entity.end < len(doc) else ""
            site = following in self.language.classes["facility"] or following in self.language.place["features"]
            if not site and not self.known(tree.name(entity)) and not self.is_learnt(tree.name(entity)):
                taken.update(range(entity.start, entity.end))
        for token in doc:
            if token.ent_type_ in _DATES and tree.word(token) in self.language.place["no_names"]:
                taken.add(token.i)
            if token.dep_ == "compound" and tree.word(token) in self.language.titles and token.head.pos_ == "PROPN":
                taken.update(range(token.i + 1, token.head.i + 1))
            if self._is_charge(token) and self._is_alone(token):
                taken.add(token.i)
        return frozenset(taken)

    def _is_alone(self, token: Token) -> bool:
        """Tell a name of one word."""
        doc, i = token.doc, token.i
        beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
        return self.is_written(token) and not any(self.is_written(t) and t.pos_ == "PROPN" for t in beside)

    def _is_charge(self, token: Token) -> bool:
        """Tell what a body has charge of: "the Ministry of Health"."""
        doc, i = token.doc, token.i
        charged = i > 1 and doc[i - 1].lower_ in self.language.prepositions["of"] and tree.is_name(doc[i - 2])
        known = charged and tree.word(token) in self.demonyms.names
        return (
            charged and not known and tree.lemma(doc[i - 2]) in self._bodies and not self.is_learnt(tree.written(token))
        )

    def _is_place_too(self, doc: Doc, name: NamedActor) -> bool:
        """Tell a country or capital that stands where a place would: after its preposition, or as what is taken."""
        if name.actor.kind != "state" or name.end - name.start > 2:
            return False
        before = doc[name.start - 1].lower_ if name.start else ""
        token = doc[name.end - 1]
        head = tree.lemma(token.head)
        taken = token.dep_ in {"dobj", "nsubjpass"} and head in self.language.takers
        taken = taken or (token.dep_ == "appos" and head in self.language.classes["place"])
        placed = taken or before in self.language.prepositions["before_place"]
        text = tree.name(doc[name.start : name.end])
        return (placed and self.known(text)) or before in self.language.prepositions["sure_place"]

    # ---- spans ----------------------------------------------------------------------------------------------------

    def is_no_name(self, text: str, token: Token) -> bool:
        """Tell words that are capitalised but name no place: peoples, months, bodies, a bare "Airport"."""
        word = text.lower().rstrip(".")
        if word in self.demonyms.adjectives or word in self.demonyms.people:
            return True
        if word in self.language.place["no_names"] or word in self._common:
            return True
        return (token.ent_type_ == "NORP" and token.tag_ == "NNPS") or tree.lemma(token) in self._bodies

    def stands_as_place(self, doc: Doc, start: int, stop: int) -> bool:
        """Tell that a known name stands for the place, not inside the longer name of a person or body."""
        entity = next(
            (e for e in tree.entities(doc) if e.start <= start and stop <= e.end and len(e) > stop - start), None
        )
        if entity is not None and entity.label_ in {"PERSON", "ORG"}:
            outside = (token for token in entity if not start <= token.i < stop)
            if any(tree.is_name(t) and tree.lemma(t) not in self._open for t in outside):
                return entity.label_ == "ORG" and tree.lemma(entity[-1]) in self.language.classes["facility"]
        before = doc[start - 1] if start else None
        if before is not None and tree.word(before) in self.language.titles and tree.is_name(before):
            return False
        after = doc[stop] if stop < len(doc) else None
        if after is None or doc[stop - 1].dep_ != "compound":
            return True
        return not (after.pos_ == "PROPN" and after.dep_ != "punct" and after.ent_type_ == "PERSON")

    @cached_property
    def _open(self) -> frozenset[str]:
        """Return the words that a place's name may have beside it inside an entity: "the City of"."""
        return self.language.classes["place"] | self.language.determiners["articles"]

    def looks_like_place(self, doc: Doc, start: int, stop: int, *, facility: bool) -> bool:
        """Tell that a name, known or not, stands where a place would; `facility` where the noun of one follows."""
        token = doc[stop - 1]
        if tree.word(doc[start]) in self.demonyms.adjectives:
            return False
        if tree.word(token).rstrip(".") in self.language.place["no_names"]:
            return False
        if token.pos_ not in {"PROPN", "X"} and token.ent_type_ not in _PLACES:
            return False
        if self.is_learnt(tree.name(doc[start:stop])) or (token.pos_ == "PROPN" and self._is_argument(token)):
            return True
        if start == 0 and stop == 1 and token.ent_type_ not in _PLACES:
            return False
        after = tree.lemma(doc[stop]) if stop < len(doc) else ""
        if facility or (after in self.language.classes["place"] and token.dep_ == "compound"):
            return True
        if token.ent_type_ in {"PERSON", "NORP", "DATE", "TIME"} and stop - start > 1:
            before = doc[start - 1].lower_ if start else ""
            return token.ent_type_ == "PERSON" and before in self.language.prepositions["sure_place"]
        return token.ent_type_ in _PLACES or (token.dep_ == "conj" and token.head.ent_type_ in _PLACES)

    def _is_argument(self, token: Token) -> bool:
        """Tell that a name fills the place of one: after its preposition, as what falls or is taken."""
        first = token
        while first.dep_ == "conj" and first.head.pos_ == "PROPN":
            first = first.head
        head = first.head
        if self._is_called(first):
            return True
        if first.dep_ == "poss" and first.doc.user_data:
            return tree.lemma(head) in self.language.takers
        if first.dep_ == "pobj":
            prepositions = self.language.prepositions
            above = tree.lemma(head.head)
            if head.lower_ in prepositions["against"]:
                from_afar = any(frame.event in FROM_AFAR for frame in self.language.verbs.get(above, ()))
                return from_afar or above in self.language.nouns or above in self.language.classes["attack"]
            of = head.lower_ in prepositions["of"] and above in self.language.takers
            return head.lower_ in prepositions["place"] or of
        if first.dep_ == "nsubj":
            held = {tree.lemma(noun) for _, noun in tree.prepositions(head)} & self.language.held
            return tree.lemma(head) in self.language.falling or bool(held)
        taken = {"dobj", "nsubjpass", "advmod", "oprd", "npadvmod"}
        return first.dep_ in taken and tree.lemma(head) in self.language.takers

    def is_inside_name(self, doc: Doc, start: int) -> bool:
        """Tell that the words before belong to the same name: "al-Sham" of a movement that is called so."""
        before = doc[start - 1] if start else None
        if before is None or not tree.is_name(before) or before.pos_ != "PROPN":
            return False
        if (
            before.dep_ not in {"compound", "nmod"}
            or before.head.i < start
            or tree.word(before) in self.demonyms.adjectives
        ):
            return False
        described = self.language.classes["place"] | self.language.extent["near"] | self.language.titles
        return tree.lemma(before) not in described

    def is_speaker(self, token: Token) -> bool:
        """Tell the subject of a cue: who says something is no place there."""
        return token.dep_ == "nsubj" and token.head.pos_ == "VERB" and tree.lemma(token.head) in self.language.cues


def is_route_name(text: str) -> bool:
    """Tell the name of a road that is a letter or more and a number: "M5"."""
    return bool(_ROUTE_NAME.fullmatch(text)) and text.isupper()


@lru_cache(maxsize=65536)
def _is_written(text: str) -> bool:
    return tree.is_name_text(text) or bool(_CAPITAL_INSIDE.match(text))


def _is_shouted(doc: Doc) -> bool:
    """Tell a sentence all in capitals."""
    return not any(char.islower() for char in tree.text(doc))
