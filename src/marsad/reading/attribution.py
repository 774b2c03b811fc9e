"""Who says what: cues, their sources, and which events stand in the content of which cue.

The model is the field's: a *source* is tied by a *cue* to a *content*. A cue is a reporting verb with its subject, or
a phrase such as "according to". Content is found through the tree where the parse shows it, by position for trailing
cues, and by quotation marks. What no cue governs is the narrator's.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._inserted import speakers
from marsad.records import Certainty, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Span, Token

    from marsad.reading.actors import ActorReader
    from marsad.vocabulary.language import CueClass, Language

_CONTENT = frozenset({"ccomp", "xcomp", "dobj", "pcomp", "oprd", "attr", "acomp"})
# A cue that begins after so many words has its content before it.
_OPENING = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LONGEST_PHRASE = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence, by token index; `sources` are the heads of the noun phrases that vouch.

    `relay` is the head of the party that passes the words on, `trailing` tells that the content stands before the cue,
    `phrase` that the cue is no verb with a clause of its own.
    """

    start: int
    end: int
    verb: int
    sources: tuple[int, ...]
    stance: Stance
    certainty: Certainty | None
    relay: int | None
    trailing: bool
    phrase: bool


@dataclass(frozen=True)
class CueReader:
    """Finds the cues of a sentence and tells which of them governs an event."""

    language: Language
    actors: ActorReader

    def cues(self, doc: Doc) -> tuple[Cue, ...]:
        """Return the cues of a sentence in order of text."""
        tokens = tuple(doc)
        kinds = [(token, kind) for token in tokens if (kind := self.language.cues.get(tree.lemma(token))) is not None]
        found = [cue for token, kind in kinds if (cue := self._verb(token, kind)) is not None]
        found += [cue for token in tokens if (cue := self._phrase(token)) is not None]
        for token, kind in kinds:
            if kind.stance == "relays" and token.pos_ == "VERB":
                found = self._relayed(token, found)
        return tuple(sorted(found, key=lambda cue: cue.start))

    # ---- finding --------------------------------------------------------------------------------------------------

    def _verb(self, verb: Token, kind: CueClass) -> Cue | None:
        """Return the cue that a verb is, None where it is none here."""
        if kind.stance == "relays" or verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"amod", "aux"}:
            return None
        inserted = self._inserted(verb)
        if inserted is not None:
            return inserted
        if not self._particular(verb) or not self._has_content(verb, kind) or self._only_passes_on(verb):
            return None
        source = tree.agent_phrase(verb) if tree.is_passive(verb) else tree.subject(verb)
        if source is None or not self._may_speak(source):
            return None
        return Cue(
            start=verb.i,
            end=verb.i + 1,
            verb=verb.i,
            sources=tuple(t.i for t in tree.conjuncts(source) if self._may_speak(t)) or (source.i,),
            stance=Stance(kind.stance),
            certainty=Certainty(kind.certainty) if kind.certainty else None,
            relay=None,
            trailing=_is_trailing(verb, source),
            phrase=False,
        )

    def _inserted(self, verb: Token) -> Cue | None:
        """Return the cue of a verb that the order of words shows to be inserted, where the parse shows another."""
        if tree.lemma(verb) not in self.language.bare_cues["inserted"]:
            return None
        heads = tuple(i for i in speakers(verb) if self._may_speak(verb.doc[i]))
        source = tree.subject(verb)
        if not heads or (source is not None and source.i in heads and _is_trailing(verb, source)):
            return None
        kind = self.language.cues[tree.lemma(verb)]
        return Cue(
            start=verb.i,
            end=verb.i + 1,
            verb=verb.i,
            sources=heads,
            stance=Stance(kind.stance),
            certainty=None,
            relay=None,
            trailing=True,
            phrase=False,
        )

    def _particular(self, verb: Token) -> bool:
        """Check the verbs that are cues only with a certain word: "spoke of", "went on", "put the toll at"."""
        wanted = self.language.particular_cues.get(tree.lemma(verb))
        counted_by = verb.dep_ == "acl" and tree.agent_phrase(verb) is not None
        if wanted is None or counted_by:
            return True
        children = list(verb.children)
        words = {c.lower_ for c in children if c.dep_ in {"prep", "prt", "advmod"}}
        objects = {tree.lemma(n) for c in children if c.dep_ in {"dobj", "nsubjpass"} for n in tree.below(c)}
        return bool(
            wanted & (words | objects)
            or ("that" in wanted and tree.child(verb, "ccomp") is not None)
            or ("participle" in wanted and verb.tag_ == "VBG")
            or ("number" in wanted and any(t.like_num for c in children if c.dep_ == "dobj" for t in c.subtree))
            or ('"' in wanted and any(t.is_quote for t in verb.doc))
        )

    def _has_content(self, verb: Token, kind: CueClass) -> bool:
        """Tell whether the verb has something that is said: a clause, an object, quotation marks."""
        if tree.child(verb, "ccomp", "xcomp", "parataxis") is not None:
            return True
        word, bare = tree.lemma(verb), self.language.bare_cues
        inserted = verb.dep_ in {"parataxis", "ccomp", "advcl", "relcl"} and verb.head.pos_ in {"VERB", "AUX"}
        if inserted and word in bare["inserted"]:
            return True
        if tree.child(verb, "dobj", "nsubjpass", "prep") is not None:
            return True
        if kind.stance in {"denies", "doubts"} or kind.certainty:
            return False
        if tree.child(verb, "prt") is not None or any(t.is_quote for t in verb.doc):
            return True
        return verb.dep_ == "ROOT" and word in bare["alone"]

    def _only_passes_on(self, verb: Token) -> bool:
        """Tell "as reported by X", which passes on what another cue attributes."""
        return verb.i > 0 and verb.tag_ == "VBN" and verb.nbor(-1).lower_ in self.language.bare_cues["passing"]

    def _may_speak(self, token: Token) -> bool:
        if token.pos_ == "PRON":
            return token.lower_ in self.language.pronouns["subject"]
        if tree.lemma(token) in self._speaking:
            return True
        kinds, demonyms = self.actors.classes(token), self.actors.demonyms
        if kinds & {"party", "person", "leader", "force"}:
            return True
        if tree.word(token) in demonyms.metonyms or tree.word(token) in demonyms.names:
            return True
        return token.pos_ == "PROPN" and "place" not in kinds

    @cached_property
    def _speaking(self) -> frozenset[str]:
        """Return the common nouns that can be a source."""
        language = self.language
        words = language.general["messenger"] | language.definite["body"] | language.definite["person"]
        words |= language.statement["nouns"] | language.media["words"]
        return words.union(*(kind.heads for kind in language.unnamed))

    def _phrase(self, token: Token) -> Cue | None:
        """Return the cue that a phrase beginning with the token is: "according to"."""
        source: Token | None = self._owned_phrase(token)
        end = self._phrase_end(token)
        if source is not None:
            end = token.i + 3
        elif end is not None:
            source = self._after_phrase(token.doc[token.i : end])
        elif token.lower_ in self.language.phrases["of_parties"] and token.dep_ == "prep":
            source, end = tree.child(token, "pobj"), token.i + 1
            if source is not None and not self.actors.classes(source) & {"party", "person"}:
                return None
        else:
            return None
        if source is None:
            return None
        return Cue(
            start=token.i,
            end=end,
            verb=token.i,
            sources=tuple(t.i for t in tree.conjuncts(source)),
            stance=Stance.ASSERTS,
            certainty=None,
            relay=None,
            trailing=token.i > _OPENING,
            phrase=True,
        )

    def _phrase_end(self, token: Token) -> int | None:
        """Return where the longest cue phrase that begins with the token ends, None where none does."""
        phrases = self.language.phrases["any"]
        ends = range(min(len(token.doc), token.i + _LONGEST_PHRASE), token.i, -1)
        return next((end for end in ends if token.doc[token.i : end].text.lower() in phrases), None)

    def _after_phrase(self, words: Span) -> Token | None:
        """Return whom a cue phrase names: what is after it, who is in it ("по его словам"), or its last noun."""
        last = words[-1]
        inner = (noun for word in words for noun in word.children if noun.dep_ == "pobj" and noun.i >= words.end)
        owner = tree.child(last, "poss")
        if last.pos_ == "NOUN" and any(tree.lemma(last) in kind.heads for kind in self.language.unnamed):
            return last
        return next(inner, None) or owner

    def _owned_phrase(self, token: Token) -> Token | None:
        """Return the pronoun inside such a phrase that says whose words they are: "за його даними"."""
        if token.i + 2 >= len(token.doc):
            return None
        owner, noun = token.nbor(), token.nbor(2)
        inside = owner.dep_ == "poss" and owner.pos_ == "PRON" and owner.head.i == noun.i
        return owner if inside and f"{token.lower_} {noun.lower_}" in self.language.phrases["any"] else None

    def _relayed(self, verb: Token, cues: list[Cue]) -> list[Cue]:
        """Put the quoted speaker in the place of the one who quotes: "SANA quoted the ministry as saying"."""
        speaker, relay = tree.logical_object(verb), tree.logical_subject(verb)
        if speaker is None or not self._may_speak(speaker):
            return cues
        heads = tuple(t.i for t in tree.conjuncts(speaker))
        carrier = next((cue for cue in cues if not cue.phrase and _carries(cue, verb)), None)
        if carrier is not None:
            quoting = replace(carrier, sources=heads, relay=carrier.sources[0])
            return [quoting if cue is carrier else cue for cue in cues]
        quoting = Cue(
            start=verb.i,
            end=verb.i + 1,
            verb=verb.i,
            sources=heads,
            stance=Stance.ASSERTS,
            certainty=None,
            relay=relay.i if relay is not None and self._may_speak(relay) else None,
            trailing=any(c.dep_ in {"ccomp", "parataxis"} and c.i < verb.i for c in verb.children),
            phrase=False,
        )
        inside = {token.i for token in verb.subtree if token.tag_ == "VBG"}
        kept = (cue for cue in cues if (cue.sources != heads or cue.verb <= verb.i) and cue.verb not in inside)
        return [*kept, quoting]

    # ---- governing ------------------------------------------------------------------------------------------------

    def governing(self, trigger: Token, cues: Sequence[Cue], quoted: Sequence[bool]) -> Cue | None:
        """Return the cue in whose content the event stands, None for the narrator's own."""
        verbs = {cue.verb: cue for cue in cues if not cue.phrase}
        counted_by = _counted_by(trigger, verbs)
        if counted_by is not None:
            return counted_by
        stopped = False
        for child, head in tree.ancestors(trigger):
            cue = verbs.get(head.i)
            inside = self._inside(trigger, child, cue, quoted) if cue is not None else None
            if inside:
                return cue
            if inside is False:
                stopped = True
                break
        return _by_position(trigger, cues, quoted, stopped=stopped)

    def _inside(self, trigger: Token, child: Token, cue: Cue, quoted: Sequence[bool]) -> bool | None:
        """Tell whether the way up to a cue passes through its content; None where it passes through its source."""
        relation = child.dep_
        before = cue.trailing and trigger.i < cue.start
        if relation in {"nsubj", "dative", "agent"}:
            return None
        if relation == "nsubjpass":
            return tree.is_passive(child.head) or None
        if relation in _CONTENT or quoted[trigger.i] or before:
            return True
        if relation == "prep":
            return child.lower_ in self.language.prepositions["content"] or self._through_statement(trigger, child)
        if relation == "conj":
            if child.tag_ == "VBG" or tree.child(child, *_SUBJECTS) is None:
                return False
            joined = trigger.doc[child.head.i : child.left_edge.i + 1]
            return cue.trailing or not any(tree.is_comma(token) for token in joined)
        return relation in {"parataxis", "dep"}

    def _through_statement(self, trigger: Token, preposition: Token) -> bool:
        """Tell "said in a statement that ...", whose content the parse hangs on the statement."""
        nouns = self.language.statement["nouns"] | self.language.statement["occasions"]
        for child, head in tree.ancestors(trigger):
            if head.i == preposition.i:
                return False
            if child.dep_ in {"acl", "relcl", "appos", "ccomp"} and tree.lemma(head) in nouns:
                return True
        return False


def _by_position(trigger: Token, cues: Sequence[Cue], quoted: Sequence[bool], *, stopped: bool) -> Cue | None:
    """Return the cue that position and quotation marks tell; `stopped` where the tree says that no verb governs."""
    verbal = [cue for cue in cues if not cue.phrase]
    phrases = (cue for cue in cues if cue.phrase and trigger.i not in cue.sources)
    phrase = next((cue for cue in phrases if not _is_in_source(trigger, cue)), None)
    if phrase is not None:
        return phrase
    outside = [cue for cue in verbal if not quoted[cue.verb]]
    if quoted[trigger.i] and outside:
        return min(outside, key=lambda cue: abs(cue.verb - trigger.i))
    if stopped:
        return None
    inserted = (cue for cue in verbal if cue.trailing and trigger.i > cue.end and _goes_on(trigger, cue))
    going_on = next(inserted, None)
    if going_on is not None:
        return going_on
    trailing = (cue for cue in verbal if cue.trailing and trigger.i < min(cue.start, *cue.sources))
    participles = (cue for cue in verbal if not cue.trailing and trigger.doc[cue.verb].dep_ == "acl")
    return next(trailing, None) or next((cue for cue in participles if trigger.i > cue.end), None)


def _counted_by(trigger: Token, verbs: Mapping[int, Cue]) -> Cue | None:
    """Return the cue of a participle that says who counted: "the deaths documented by the monitor"."""
    nouns = list(itertools.takewhile(lambda token: token.pos_ not in {"VERB", "AUX"}, (trigger, *trigger.ancestors)))
    if trigger.head.pos_ in {"VERB", "AUX"} and (subject := tree.child(trigger.head, *_SUBJECTS)) is not None:
        nouns.append(subject)
    told = (c for noun in nouns for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i in verbs)
    return next((verbs[participle.i] for participle in told if participle.i != trigger.i), None)


def _goes_on(trigger: Token, cue: Cue) -> bool:
    """Tell that a clause after an inserted cue is joined to the content before it: "A, it said, and B"."""
    verb, node = trigger.doc[cue.verb], trigger
    while node.dep_ in {"conj", "ccomp", "xcomp", "dobj", "pobj", "prep"} and node.head.i != node.i:
        if node.dep_ == "conj" and node.head.i < cue.start < node.i and node.pos_ in {"VERB", "AUX"}:
            return verb.dep_ in {"parataxis", "ccomp", "advcl"} or verb.head.i < cue.start
        node = node.head
    return False


def _is_trailing(verb: Token, source: Token) -> bool:
    """Tell that the content stands before the cue: by its clause, or by a comma or quotation mark before the cue."""
    contents = [c for c in verb.children if c.dep_ in {"ccomp", "parataxis"}]
    if contents:
        return all(c.i < min(verb.i, source.i) for c in contents)
    first = min(verb.i, source.left_edge.i)
    return first > _OPENING and any(tree.is_comma(t) or t.is_quote for t in verb.doc[first - 2 : first])


def _is_in_source(trigger: Token, cue: Cue) -> bool:
    """Tell that the event stands inside the source's own noun phrase, as in "according to X, who left the city"."""
    head = trigger.doc[cue.sources[0]]
    return bool(head.left_edge.i <= trigger.i <= head.right_edge.i)


def _carries(cue: Cue, participle: Token) -> bool:
    """Tell that "quoting X" stands beside a cue: "state media, quoting officials, denied that"."""
    return participle.tag_ == "VBG" and (participle.head.i == cue.verb or participle.head.i in cue.sources)
