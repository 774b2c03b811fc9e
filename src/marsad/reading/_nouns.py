"""Nouns that carry events: "the fall of the town", "air strikes on the port", "clashes near the bridge"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._mentions import EventMention, spread

if TYPE_CHECKING:
    from spacy.tokens import Token

    from marsad.reading._mentions import Arguments
    from marsad.vocabulary.language import Language, NounFrame

# An anchor reaches the first place where it stands so near; a number counts as the noun's where it does.
_NEAR = 6
_NUMBER_BEFORE, _NUMBER_AFTER = 4, 8
_PLACED = frozenset({"place", "facility", "route"})


@dataclass(slots=True)
class _Roles:
    """The heads that fill a noun's roles as they are found."""

    agent: Token | None = None
    target: Token | None = None
    places: list[Token] = field(default_factory=list)

    def all(self) -> list[Token]:
        """Return the heads of every role."""
        return [one for one in (self.agent, self.target, *self.places) if one is not None]


@dataclass(frozen=True, slots=True)
class NounReader:
    """Reads one noun."""

    language: Language
    arguments: Arguments

    def mention(self, noun: Token) -> EventMention | None:
        """Return the event of a noun, None where it carries none."""
        if noun.dep_ == "compound" or (noun.ent_type_ in {"ORG", "PERSON"} and tree.is_name(noun)):
            return None
        for frame in self.language.nouns.get(tree.lemma(noun)) or self.language.nouns.get(noun.lower_, ()):
            if frame.modifiers and not frame.modifiers & _modifiers(noun):
                continue
            if (frame.of_is or frame.of_in) and not self._of_fits(noun, frame):
                continue
            mention = self._filled(noun, frame)
            if mention is not None:
                return mention
        return None

    def _of_fits(self, noun: Token, frame: NounFrame) -> bool:
        """Check what stands after "of": the capture of soldiers is an arrest, talk of rebels there their presence."""
        about = self.language.prepositions["about"]
        for prep, argument in tree.prepositions(noun):
            if prep not in about or (frame.of_is and not self.arguments.classes(argument) & frame.of_is):
                continue
            around = (*tree.prepositions(argument), *tree.prepositions(noun))
            if not frame.of_in or any(p in frame.of_in and self.arguments.placelike(place) for p, place in around):
                return True
        return False

    def _filled(self, noun: Token, frame: NounFrame) -> EventMention | None:
        roles = _Roles()
        for prep, argument in tree.prepositions(noun):
            self._take(prep, argument, frame, roles)
        if roles.agent is None:
            roles.agent = self.arguments.possessor(noun)
        # "The fall of the regime" is no capture.
        if frame.event == "capture" and roles.target is not None:
            return None
        if self._is_figure_of_speech(roles) or not self._is_event(noun, frame, roles):
            return None
        verb = noun.head if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and noun.head.pos_ == "VERB" else None
        if verb is not None:
            roles.places += [argument for _, argument in tree.prepositions(verb)]
            eventive = self.language.eventive
            light = tree.lemma(verb) in eventive["object_of"] - eventive["speaking"]
            if noun.dep_ == "dobj" and roles.agent is None and light:
                roles.agent = tree.logical_subject(verb)
        places = spread(roles.places)
        return EventMention(
            event=frame.event,
            trigger=noun.i,
            agents=self.arguments.heads(roles.agent),
            targets=self.arguments.heads(roles.target),
            places=places,
            denied=False,
            nominal=True,
            last=places[0] if places and noun.i < places[0] <= noun.i + _NEAR else noun.i,
        )

    def _take(self, prep: str, argument: Token, frame: NounFrame, roles: _Roles) -> None:
        """Give one prepositional argument of the noun its role."""
        prepositions = self.language.prepositions
        kinds = frozenset().union(*(self.arguments.classes(one) for one in tree.conjuncts(argument)))
        placelike = self.arguments.placelike(argument)
        if prep in prepositions["of"] or (prep in prepositions["about"] and frame.of_in):
            role = frame.of
            if role == "place" and not kinds & _PLACED and kinds & {"force", "civilian", "leader"}:
                role = "target"
            if role == "agent" and not kinds & {"force", "party", "leader"} and placelike:
                role = "place"
            if role == "agent":
                roles.agent = roles.agent or argument
            elif role == "target":
                roles.target = roles.target or argument
            roles.places.append(argument)
        elif prep in prepositions["agent"]:
            roles.agent = argument
        elif prep in prepositions["victim"]:
            if kinds & {"force", "civilian", "party"} or not placelike:
                roles.target = roles.target or argument
            roles.places.append(argument)
        elif prep in prepositions["between"]:
            roles.target = roles.target or argument
        else:
            roles.places.append(argument)

    def _is_figure_of_speech(self, roles: _Roles) -> bool:
        """Tell a figure of speech: the battle against lies, the battle for the homes and schools."""
        kinds = (self.arguments.classes(one) for one in roles.all())
        return any("abstract" in one and not one & {"place", "facility"} for one in kinds)

    def _is_event(self, noun: Token, frame: NounFrame, roles: _Roles) -> bool:
        """Tell whether the noun speaks of something that happened: by its verb, its preposition or its arguments."""
        if frame.number:
            return _has_number(noun)
        head, eventive = noun.head, self.language.eventive
        word = tree.lemma(head)
        if frame.alone and noun.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            return True
        if noun.dep_ == "nsubj" and word in eventive["subject_of"]:
            return True
        if noun.dep_ in {"nsubjpass", "dobj", "attr"} and word in eventive["object_of"]:
            return True
        if noun.dep_ == "pobj" and head.lower_ in eventive["cause"] and self._is_cause(head, frame):
            return True
        about = self.language.prepositions["about"]
        if noun.dep_ == "pobj" and head.lower_ in about and tree.lemma(head.head) in self.language.general["speech"]:
            return True
        placed = any(self.arguments.placelike(place) for place in roles.places)
        return placed or roles.target is not None or (frame.of == "agent" and roles.agent is not None)

    def _is_cause(self, prep: Token, frame: NounFrame) -> bool:
        """Tell that a noun of violence names the cause of a harm, or the fighting amid which something happened."""
        if frame.event == "clash" and frame.modifiers:
            return True
        above = prep.head
        if above.dep_ == "pobj":
            above = above.head.head
        return tree.lemma(above) in self.language.eventive["harm"]


def _has_number(noun: Token) -> bool:
    if tree.child(noun, "nummod") is not None:
        return True
    around = noun.doc[max(0, noun.i - _NUMBER_BEFORE) : noun.i + _NUMBER_AFTER]
    return any((token.like_num or token.pos_ == "NUM") and token.ent_type_ != "DATE" for token in around)


def _modifiers(noun: Token) -> frozenset[str]:
    """Return the words before a noun, by lemma and form: its modifiers, and the word right before it in any case."""
    words = {noun.nbor(-1).lower_} if noun.i else set()
    for child in noun.children:
        if child.dep_ in {"compound", "amod", "nmod"}:
            words |= {tree.lemma(child), child.lower_, *(tree.lemma(one) for one in child.children)}
    return frozenset(words)
