"""Verbs that carry events: the first frame whose conditions hold, and the words that fill its roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._mentions import EventMention, spread
from marsad.vocabulary import with_trait

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from marsad.reading._mentions import Arguments
    from marsad.vocabulary.language import Language, VerbFrame

# An anchor reaches the object where it stands so near.
_NEAR = 7
# Who suffers a loss, or is driven out, is not who owns what was lost.
_MOVES = with_trait("moves")


@dataclass(frozen=True, slots=True)
class VerbReader:
    """Reads one verb."""

    language: Language
    arguments: Arguments

    def mention(self, verb: Token) -> tuple[EventMention, tuple[int, ...]] | None:
        """Return the event of a verb with the tokens that its phrase uses up, None where it carries none."""
        if verb.dep_ in {"aux", "auxpass"} or _is_purpose(verb):
            return None
        for frame in self.language.verbs.get(tree.lemma(verb), ()):
            used = self._used(verb, frame)
            if used is not None:
                return self._filled(verb, frame, used), used
        return None

    # ---- conditions -----------------------------------------------------------------------------------------------

    def _used(self, verb: Token, frame: VerbFrame) -> tuple[int, ...] | None:
        """Return the tokens that the frame uses up, None where it does not hold."""
        if frame.particles and not frame.particles & tree.particles(verb):
            return None
        thing, who = tree.logical_object(verb), tree.logical_subject(verb)
        used: list[int] = []
        if frame.object_words:
            word = self._object_word(verb, thing, frame.object_words)
            if word is None or self._only_describes(verb, frame, word):
                return None
            used.append(word.i)
        if not self._object_fits(thing, frame):
            return None
        if "attack" in frame.object and thing is not None:
            used.append(thing.i)
        if frame.subject and not self._is_any(who, frame.subject, missing=tree.is_passive(verb)):
            return None
        fits = self._complement_fits(verb, frame) and self._means_fit(verb, frame) and self._placed(verb, frame)
        return tuple(used) if fits else None

    def _only_describes(self, verb: Token, frame: VerbFrame, noun: Token) -> bool:
        """Tell a verb whose noun carries the same event by itself: in "the truce announced for noon" there is one."""
        if verb.dep_ not in {"acl", "relcl"} or verb.head.i != noun.i:
            return False
        return any(one.alone and one.event == frame.event for one in self.language.nouns.get(tree.lemma(noun), ()))

    def _object_word(self, verb: Token, thing: Token | None, words: frozenset[str]) -> Token | None:
        candidates = list(tree.conjuncts(thing)) if thing is not None else []
        candidates += [child for child in verb.children if child.dep_ in {"oprd", "attr"}]
        prepositions = self.language.prepositions["object"]
        candidates += [noun for prep, noun in tree.prepositions(verb) if prep in prepositions]
        nouns = (noun for candidate in candidates for noun in tree.below(candidate))
        return next((noun for noun in nouns if tree.lemma(noun) in words or noun.lower_ in words), None)

    def _object_fits(self, thing: Token | None, frame: VerbFrame) -> bool:
        if frame.object and not self._is_any(thing, frame.object):
            return False
        return not (frame.object_not_place and thing is not None and "place" in self.arguments.classes(thing))

    def _is_any(self, token: Token | None, wanted: frozenset[str], *, missing: bool = False) -> bool:
        """Tell whether a noun is of one of the classes; a `missing` one counts as unknown."""
        if token is None:
            return "none" in wanted or (missing and "unknown" in wanted)
        return any(wanted & self.arguments.classes(one) for one in tree.conjuncts(token))

    def _complement_fits(self, verb: Token, frame: VerbFrame) -> bool:
        if not (frame.complement or frame.complement_under or frame.complement_out):
            return True
        at = self.language.prepositions
        words = {(prep, tree.lemma(noun)) for prep, noun in tree.prepositions(verb)}
        if frame.complement:
            states = {noun for prep, noun in words if prep in at["state"]} | self._predicates(verb)
            return bool(frame.complement & states) and not any(prep in at["out"] for prep, _ in words)
        if frame.complement_under:
            return any(prep in at["under"] and noun in frame.complement_under for prep, noun in words)
        return any(prep in at["out"] and noun in frame.complement_out for prep, noun in words)

    def _predicates(self, verb: Token) -> set[str]:
        """Return what the verb says that something is: "is free", "described as safe"."""
        said = [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}]
        roles = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in self.language.prepositions["role"]]
        found = {tree.lemma(one) for c in said for one in tree.conjuncts(c)}
        return found | {one.lower_ for c in roles for one in c.subtree if one.pos_ == "ADJ"}

    def _means_fit(self, verb: Token, frame: VerbFrame) -> bool:
        if not frame.with_words:
            return True
        means = self.language.prepositions["means"]
        return any(prep in means and tree.lemma(noun) in frame.with_words for prep, noun in tree.prepositions(verb))

    def _placed(self, verb: Token, frame: VerbFrame) -> bool:
        """Tell whether a place stands after one of the frame's prepositions, where it names any."""
        if not frame.place or frame.place[0] == "subject":
            return True
        below = list(tree.prepositions(verb))
        if tree.lemma(verb) in self.language.small["copulas"]:
            for child in verb.children:
                if child.dep_ in {"attr", "advmod", "acomp"} or (child.dep_ == "nsubj" and child.i > verb.i):
                    below += tree.prepositions(child)
        if any(prep in frame.place and self.arguments.placelike(noun) for prep, noun in below):
            return True
        # Crossing branches make a subtree run out of the order of text.
        for token in sorted((one for one in verb.subtree if one.i > verb.i), key=lambda one: one.i):
            if token.pos_ in {"VERB", "AUX"}:
                break
            if token.lower_ in frame.place and token.dep_ in {"advmod", "prep"}:
                return any(self.arguments.classes(one) & {"place", "facility"} for one in token.subtree)
        return False

    # ---- roles ----------------------------------------------------------------------------------------------------

    def _filled(self, verb: Token, frame: VerbFrame, used: tuple[int, ...]) -> EventMention:
        who, thing = tree.logical_subject(verb), tree.logical_object(verb)
        agent = self._agent(verb, frame, who, thing)
        target = self._target(frame.target, verb, who, thing, used)
        reach = [verb.i, *used, *([thing.i] if thing is not None else [])]
        last = max(index for index in reach if index <= verb.i + _NEAR)
        return EventMention(
            event=frame.event,
            trigger=verb.i,
            agents=self.arguments.heads(agent),
            targets=self.arguments.heads(target),
            places=spread(self._places(verb, frame, who, thing, used)),
            denied=frame.denied,
            speaker_agent=frame.agent == "speaker",
            last=min(max(last, verb.i + 1), len(verb.doc) - 1),
        )

    def _agent(self, verb: Token, frame: VerbFrame, who: Token | None, thing: Token | None) -> Token | None:
        own = {"of": "of", "to": "goal"}.get(frame.agent)
        wanted = self.language.prepositions[own] if own is not None else frozenset()
        agent = who if frame.agent == "subject" else self._after(verb, wanted, genitive=own == "of")
        if agent is None and thing is not None:
            kinds = self.arguments.classes(thing)
            if frame.agent == "subject" and "attack" in kinds:
                agent = self.arguments.possessor(thing)
            if agent is None and frame.event in _MOVES and kinds & {"force", "reinforcement"}:
                agent = thing
        return agent

    def _target(
        self, role: str, verb: Token, who: Token | None, thing: Token | None, used: tuple[int, ...]
    ) -> Token | None:
        against = self.language.prepositions["against"]
        if role == "subject":
            return who
        if role == "object":
            return thing if thing is None or thing.i not in used else tree.after(thing, against)
        if role == "by_object":
            is_attack = thing is not None and "attack" in self.arguments.classes(thing)
            return self.arguments.possessor(thing) if thing is not None and is_attack else thing
        if role == "loser":
            return tree.after(verb, self.language.prepositions["loser"]) or tree.child(verb, "dative")
        if role == "on":
            return self._after(verb, against, deep=True)
        return self._after(verb, self.language.prepositions["opponent"]) if role == "with" else None

    def _after(self, verb: Token, wanted: Iterable[str], *, genitive: bool = False, deep: bool = False) -> Token | None:
        """Return the noun after one of the prepositions below the verb or its arguments; an owner for `genitive`."""
        nouns = list(tree.prepositions(verb))
        for child in verb.children:
            if child.dep_ in {"prep", "dobj", "attr"}:
                for noun in child.subtree if deep or genitive else child.children:
                    if noun.dep_ == "pobj" or child.dep_ != "prep":
                        nouns += tree.prepositions(noun)
        found = next((noun for prep, noun in nouns if prep in wanted), None)
        if found is None and genitive:
            owners = (self.arguments.possessor(noun) for _, noun in tree.prepositions(verb))
            return next((owner for owner in owners if owner is not None), None)
        return found

    def _places(
        self, verb: Token, frame: VerbFrame, who: Token | None, thing: Token | None, used: tuple[int, ...]
    ) -> list[Token]:
        """Return the heads of where it may have been, the most telling first."""
        heads: list[Token] = []
        below = list(tree.prepositions(verb))
        if frame.place and frame.place[0] == "subject" and who is not None:
            heads.append(tree.subject(verb) or who)
        heads += [noun for prep, noun in below if prep in frame.place]
        if thing is not None and (frame.object or frame.object_words or frame.target == "object"):
            heads.append(thing)
        heads += [verb.doc[index] for index in used]
        heads += [noun for _, noun in below]
        heads += [c for c in verb.children if c.dep_ == "advmod" and c.lower_ in self.language.small["here"]]
        if who is not None and who.dep_ != "pobj":
            heads.append(who)
        elif tree.is_passive(verb) and (patient := tree.subject(verb)) is not None:
            heads.append(patient)
        return heads


def _is_purpose(verb: Token) -> bool:
    """Tell an infinitive of purpose ("withdrew to regroup"), which says what was meant, not what happened.

    What is joined to one is one too ("raids to cut the road and secure the town").
    """
    if verb.tag_ != "VB":
        return False
    if verb.dep_ == "conj" and tree.child(verb, "aux", "nsubj", "nsubjpass") is None:
        return _is_purpose(verb.head)
    return verb.dep_ == "advcl" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
