"""Event mentions: the predicates of a sentence that carry an event type, with the words that fill their roles.

Types come from the parse: a frame of the language's predicates holds only where its arguments are of the classes that it
asks for ("took the town" is a capture, "took a bus" is none).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Token

    from marsad.vocabulary.language import Language, NounFrame, VerbFrame


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event in a sentence: trigger token and role heads by token index; `speaker_agent` where the agent is who says it."""

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
class EventReader:
    """Finds event mentions; `classes` tells the noun classes of a token, places and parties included."""

    language: Language
    classes: Callable[[Token], frozenset[str]]

    def mentions(self, doc: Doc) -> tuple[EventMention, ...]:
        """Return the event mentions of a sentence in order of their triggers."""
        found: list[EventMention] = []
        consumed: set[int] = set()
        for token in doc:
            participle = (
                token.dep_ == "acomp" and tree.lemma(token.head) == "be" and token.lower_.endswith(("ed", "n", "en"))
            )
            if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBD", "VBN", "VBG"} or participle:
                mention = self._verbal(token, consumed)
                if mention is not None:
                    found.append(mention)
        for token in doc:
            if token.pos_ in {"NOUN", "PROPN"} and token.i not in consumed:
                mention = self._nominal(token)
                if mention is not None:
                    found.append(mention)
        return tuple(sorted(found, key=lambda mention: mention.trigger))

    # ---- verbs ----------------------------------------------------------------------------------------------------

    def _verbal(self, verb: Token, consumed: set[int]) -> EventMention | None:
        if verb.dep_ in {"aux", "auxpass"} or _is_purpose(verb):
            return None
        for frame in self.language.verbs.get(tree.lemma(verb), ()):
            words = self._fits(verb, frame)
            if words is None:
                continue
            consumed.update(words)
            return self._fill(verb, frame, words)
        return None

    def _fits(self, verb: Token, frame: VerbFrame) -> tuple[int, ...] | None:
        """Return the tokens that the frame uses up, None where it does not hold."""
        if frame.particles and not frame.particles & tree.particles(verb):
            return None
        thing, who = tree.logical_object(verb), tree.logical_subject(verb)
        used: list[int] = []
        if frame.object_words:
            word = self._object_word(verb, thing, frame)
            if word is None:
                return None
            used.append(word.i)
        if frame.object and not self._is_any(thing, frame.object, verb):
            return None
        if frame.object_not_place and thing is not None and "place" in self.classes(thing):
            return None
        if "attack" in frame.object and thing is not None:
            used.append(thing.i)
        if frame.subject and not self._is_any(who, frame.subject, verb, subject=True):
            return None
        if not self._complement_fits(verb, frame):
            return None
        if frame.with_words and not any(
            prep in {"with", "by", "from"} and tree.lemma(noun) in frame.with_words
            for prep, noun in tree.prepositions(verb)
        ):
            return None
        if frame.place and frame.place[0] != "subject" and not self._placed(verb, frame):
            return None
        return tuple(used)

    def _object_word(self, verb: Token, thing: Token | None, frame: VerbFrame) -> Token | None:
        candidates = list(tree.conjuncts(thing)) if thing is not None else []
        candidates += [
            noun for prep, noun in tree.prepositions(verb) if prep in {"of", "into", "on", "to", "in", "for"}
        ]
        for candidate in candidates:
            for noun in tree.below(candidate):
                if tree.lemma(noun) in frame.object_words or noun.lower_ in frame.object_words:
                    return noun
        return None

    def _is_any(self, token: Token | None, wanted: frozenset[str], verb: Token, *, subject: bool = False) -> bool:
        if token is None:
            return "none" in wanted or (subject and "unknown" in wanted and tree.is_passive(verb))
        return any(wanted & self.classes(one) for one in tree.conjuncts(token))

    def _complement_fits(self, verb: Token, frame: VerbFrame) -> bool:
        if not (frame.complement or frame.complement_under or frame.complement_out):
            return True
        words = {(prep, tree.lemma(noun)) for prep, noun in tree.prepositions(verb)}
        bare = {tree.lemma(t) for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"} for t in tree.conjuncts(c)}
        bare |= {
            t.lower_
            for c in verb.children
            if c.dep_ == "prep"
            for t in c.subtree
            if t.pos_ == "ADJ" and c.lower_ == "as"
        }
        if frame.complement:
            inside = {noun for prep, noun in words if prep in {"in", "at"}}
            return bool(frame.complement & (inside | bare)) and not any(prep == "out" for prep, _ in words)
        if frame.complement_under:
            return any(prep == "under" and noun in frame.complement_under for prep, noun in words)
        return any(prep == "out" and noun in frame.complement_out for prep, noun in words)

    def _placed(self, verb: Token, frame: VerbFrame) -> bool:
        below = list(tree.prepositions(verb))
        if tree.lemma(verb) in {"be", "remain", "stay"}:
            for child in verb.children:
                if child.dep_ in {"attr", "nsubj", "advmod", "acomp"}:
                    below += [
                        (prep, noun)
                        for prep, noun in tree.prepositions(child)
                        if child.dep_ != "nsubj" or child.i > verb.i
                    ]
        if any(prep in frame.place and self._placelike(noun) for prep, noun in below):
            return True
        for token in sorted(verb.subtree, key=lambda t: t.i):
            if token.i > verb.i and token.pos_ in {"VERB", "AUX"}:
                break
            if token.i > verb.i and token.lower_ in frame.place and token.dep_ in {"advmod", "prep"}:
                return self._placelike_below(token)
        return False

    def _placelike(self, noun: Token) -> bool:
        return any(self.classes(one) & {"place", "facility", "route"} for one in tree.below(noun))

    def _placelike_below(self, token: Token) -> bool:
        return any(self.classes(one) & {"place", "facility"} for one in token.subtree)

    def _fill(self, verb: Token, frame: VerbFrame, used: tuple[int, ...]) -> EventMention:
        who, thing = tree.logical_subject(verb), tree.logical_object(verb)
        doc = verb.doc
        agent = self._role(frame.agent, verb, who, thing, used)
        target = self._role(frame.target, verb, who, thing, used)
        if (
            agent is None
            and frame.agent == "subject"
            and frame.event not in {"casualties", "displace"}
            and thing is not None
        ):
            agent = self._possessor(thing)
        if (
            agent is None
            and frame.event in {"deploy", "withdraw"}
            and thing is not None
            and "force" in self.classes(thing)
        ):
            agent = thing
        places = self._places(verb, frame, who, thing, used)
        last = max([i for i in (verb.i, thing.i if thing is not None else 0, *used) if i <= verb.i + 7], default=verb.i)
        return EventMention(
            event=frame.event,
            trigger=verb.i,
            agents=_indices(agent),
            targets=_indices(target),
            places=places,
            denied=frame.denied,
            speaker_agent=frame.agent == "speaker",
            last=min(max(last, verb.i + 1 if verb.i + 1 < len(doc) else verb.i), len(doc) - 1),
        )

    def _role(
        self, role: str, verb: Token, who: Token | None, thing: Token | None, used: tuple[int, ...]
    ) -> Token | None:
        if role == "subject":
            return who
        if role == "object":
            return thing if thing is None or thing.i not in used else self._against(thing)
        if role == "by_object":
            return self._possessor(thing) if thing is not None and "attack" in self.classes(thing) else thing
        if role == "loser":
            return next((n for p, n in tree.prepositions(verb) if p in {"on", "to", "among"}), None) or next(
                (c for c in verb.children if c.dep_ == "dative"), None
            )
        if role in {"to", "of", "with", "from", "on"}:
            nouns = [*tree.prepositions(verb)]
            for child in verb.children:
                if child.dep_ in {"prep", "dobj", "attr"}:
                    for noun in child.subtree if role in {"of", "on"} else child.children:
                        if noun.dep_ == "pobj" or child.dep_ != "prep":
                            nouns += list(tree.prepositions(noun))
            wanted = {role, "against"} if role == "on" else {role, "against"} if role == "with" else {role}
            found = next((noun for prep, noun in nouns if prep in wanted), None)
            return found or self._genitive(verb, role)
        return None

    def _genitive(self, verb: Token, role: str) -> Token | None:
        """Find whose control it is in "under rebel control", "in the army's hands"."""
        if role != "of":
            return None
        for _, noun in tree.prepositions(verb):
            owner = self._possessor(noun)
            if owner is not None:
                return owner
        return None

    def _possessor(self, noun: Token) -> Token | None:
        for child in noun.children:
            if child.dep_ == "poss":
                return child
        for prep, owner in tree.prepositions(noun):
            if prep == "by" or (prep == "of" and self.classes(owner) & {"force"}):
                return owner
        for child in noun.children:
            if child.dep_ in {"compound", "amod", "nmod"} and self.classes(child) & {"force", "party"}:
                return child
        for verb in noun.children:
            if verb.dep_ == "relcl":
                return tree.logical_subject(verb)
        return None

    def _against(self, noun: Token) -> Token | None:
        return next((n for p, n in tree.prepositions(noun) if p in {"on", "against"}), None)

    def _places(
        self, verb: Token, frame: VerbFrame, who: Token | None, thing: Token | None, used: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return candidate place tokens, the most telling first."""
        heads: list[Token] = []
        below = list(tree.prepositions(verb))
        if frame.place and frame.place[0] == "subject" and who is not None:
            heads.append(tree.subject(verb) or who)
        heads += [noun for prep, noun in below if prep in frame.place]
        if thing is not None and (frame.object or frame.object_words or frame.target == "object"):
            heads.append(thing)
        heads += [verb.doc[i] for i in used]
        heads += [noun for _, noun in below]
        heads += [c for c in verb.children if c.dep_ == "advmod" and c.lower_ in {"there", "here"}]
        if who is not None and who.dep_ != "pobj":
            heads.append(who)
        elif tree.is_passive(verb) and (patient := tree.subject(verb)) is not None:
            heads.append(patient)
        return tuple(
            dict.fromkeys(noun.i for head in heads for one in tree.conjuncts(head) for noun in tree.below(one))
        )

    # ---- nouns ----------------------------------------------------------------------------------------------------

    def _nominal(self, noun: Token) -> EventMention | None:
        if noun.dep_ == "compound" or noun.ent_type_ in {"ORG", "PERSON"} and noun.text[:1].isupper():
            return None
        frames = self.language.nouns.get(tree.lemma(noun)) or self.language.nouns.get(noun.lower_, ())
        for frame in frames:
            if frame.modifiers and not frame.modifiers & _modifier_lemmas(noun):
                continue
            if (frame.of_is or frame.of_in) and not self._of_fits(noun, frame):
                continue
            mention = self._nominal_frame(noun, frame)
            if mention is not None:
                return mention
        return None

    def _of_fits(self, noun: Token, frame: NounFrame) -> bool:
        """Check what stands after "of": soldiers, for the capture that is an arrest; rebels in a town, for their presence."""
        for prep, argument in tree.prepositions(noun):
            if prep not in {"of", "about"} or frame.of_is and not self.classes(argument) & frame.of_is:
                continue
            inside = [
                place for p, place in (*tree.prepositions(argument), *tree.prepositions(noun)) if p in frame.of_in
            ]
            if not frame.of_in or any(self._placelike(place) for place in inside):
                return True
        return False

    def _nominal_frame(self, noun: Token, frame: NounFrame) -> EventMention | None:
        roles: dict[str, Token | None] = {"agent": None, "target": None, "place": None}
        places: list[Token] = []
        for prep, argument in tree.prepositions(noun):
            kinds = frozenset().union(*(self.classes(one) for one in tree.conjuncts(argument)))
            if prep == "of" or prep == "about" and frame.of_in:
                role = frame.of
                if role == "place" and not self._placelike(argument) and kinds & {"force", "civilian"}:
                    role = "target"
                if role == "agent" and not kinds & {"force", "party", "leader"} and self._placelike(argument):
                    role = "place"
                roles[role] = roles[role] or argument
                places.append(argument)
            elif prep == "by":
                roles["agent"] = argument
            elif prep in {"on", "against", "with", "among"}:
                if kinds & {"force", "civilian", "party"} or not self._placelike(argument):
                    roles["target"] = roles["target"] or argument
                places.append(argument)
            elif prep in {"between"}:
                roles["target"] = roles["target"] or argument
            else:
                places.append(argument)
        if frame.of != "place" or roles["agent"] is None:
            roles["agent"] = roles["agent"] or self._possessor(noun)
        if self._abstract(noun, roles, places) or not self._eventive(noun, frame, roles, places):
            return None
        verb = noun.head if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and noun.head.pos_ == "VERB" else None
        if verb is not None:
            places += [argument for _, argument in tree.prepositions(verb)]
            light = tree.lemma(verb) in self.language.eventive["object_of"] - {
                "report",
                "describe",
                "deny",
                "confirm",
                "dismiss",
            }
            if noun.dep_ == "dobj" and roles["agent"] is None and light:
                roles["agent"] = tree.logical_subject(verb)
        indices = tuple(dict.fromkeys(t.i for p in places for one in tree.conjuncts(p) for t in tree.below(one)))
        return EventMention(
            event=frame.event,
            trigger=noun.i,
            agents=_indices(roles["agent"]),
            targets=_indices(roles["target"]),
            places=indices,
            denied=False,
            nominal=True,
            last=min(indices[0] if indices and noun.i < indices[0] <= noun.i + 6 else noun.i, len(noun.doc) - 1),
        )

    def _causes(self, prep: Token, harm: frozenset[str], frame: NounFrame) -> bool:
        """Tell that a noun of violence names the cause of a harm, or the fighting amid which something happened."""
        if frame.event == "clash" and frame.modifiers:
            return True
        above = prep.head
        if above.dep_ == "pobj":
            above = above.head.head
        return tree.lemma(above) in harm

    def _abstract(self, noun: Token, roles: dict[str, Token | None], places: list[Token]) -> bool:
        """Tell a figure of speech: the battle against lies, the battle for the homes and schools."""
        arguments = [t for t in (*roles.values(), *places) if t is not None]
        return any(self.classes(t) & {"abstract"} and not self.classes(t) & {"place"} for t in arguments)

    def _eventive(self, noun: Token, frame: NounFrame, roles: dict[str, Token | None], places: list[Token]) -> bool:
        if frame.number:
            return any(child.dep_ == "nummod" for child in noun.children) or any(
                t.like_num and not t.ent_type_ == "DATE" for t in noun.sent[max(0, noun.i - 4) : noun.i + 8]
            )
        head, data = noun.head, self.language.eventive
        if frame.alone and noun.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            return True
        word = tree.lemma(head)
        if (
            noun.dep_ == "nsubj"
            and word in data["subject_of"]
            or noun.dep_ == "nsubjpass"
            and word in data["object_of"]
        ):
            return True
        if noun.dep_ in {"dobj", "attr"} and word in data["object_of"]:
            return True
        if noun.dep_ == "pobj" and head.lower_ in data["cause"] and self._causes(head, data["harm"], frame):
            return True
        placed = any(self._placelike(place) for place in places)
        return placed or roles["target"] is not None or (frame.of == "agent" and roles["agent"] is not None)


def _is_purpose(verb: Token) -> bool:
    """Tell an infinitive of purpose ("withdrew to regroup"), which says what was meant, not what happened."""
    return (
        verb.tag_ == "VB" and verb.dep_ == "advcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    )


def _modifier_lemmas(noun: Token) -> frozenset[str]:
    words = set()
    for child in noun.children:
        if child.dep_ in {"compound", "amod", "nmod"}:
            words |= {tree.lemma(child), child.lower_}
            words |= {tree.lemma(c) for c in child.children}
    if noun.i and noun.nbor(-1).lower_ in {
        "air",
        "drone",
        "artillery",
        "rocket",
        "missile",
        "mortar",
        "tank",
        "car",
        "suicide",
    }:
        words.add(noun.nbor(-1).lower_)
    return frozenset(words)


def _indices(head: Token | None) -> tuple[int, ...]:
    """Return a role's heads; "X and its allies" act as X."""
    if head is None:
        return ()
    members = tree.conjuncts(head)
    named = [token for token in members if not _ally(token)]
    return tuple(token.i for token in named or members[:1])


def _ally(token: Token) -> bool:
    return tree.lemma(token) == "ally" or any(c.lower_ in {"allied", "affiliated"} for c in token.children)


def ancestors(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (child, ancestor) pairs from a token up to the root."""
    while token.head.i != token.i:
        yield token, token.head
        token = token.head
