"""Who says what: cues, their sources, and which events stand in the content of which cue.

The model is the field's: a *source* is tied by a *cue* to a *content*. A cue is a reporting verb with its subject, or a
phrase such as "according to". Content is found through the tree where the parse shows it, by position for trailing cues,
and by quotation marks. What no cue governs is the narrator's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.events import ancestors
from marsad.records import Certainty, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading.actors import ActorReader
    from marsad.vocabulary.language import CueClass, Language

_CONTENT = frozenset({"ccomp", "xcomp", "dobj", "pcomp", "oprd", "attr", "acomp"})
_CONTENT_PREPOSITIONS = frozenset({"of", "about", "that", "as", "at", "to"})
_REPORT_NOUNS = frozenset(
    {"statement", "communique", "communiqué", "video", "footage", "message", "report", "letter", "post", "briefing"}
)


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


@dataclass(frozen=True, slots=True)
class CueReader:
    """Finds the cues of a sentence and tells which of them governs an event."""

    language: Language
    actors: ActorReader

    def cues(self, doc: Doc) -> tuple[Cue, ...]:
        """Return the cues of a sentence in order of text."""
        found = [*self._verbs(doc), *self._phrases(doc)]
        return tuple(sorted(self._relayed(doc, found), key=lambda cue: cue.start))

    # ---- finding --------------------------------------------------------------------------------------------------

    def _verbs(self, doc: Doc) -> Iterator[Cue]:
        for token in doc:
            kind = self.language.cues.get(tree.lemma(token))
            if (
                kind is None
                or token.pos_ not in {"VERB", "AUX"}
                or token.dep_ in {"amod", "aux"}
                or kind.stance == "relays"
            ):
                continue
            if not self._particular(token) or not self._has_content(token, kind) or _as_reported(token):
                continue
            source = self._source_of(token)
            if source is None or not self._may_speak(source):
                continue
            trailing = self._is_trailing(token, source)
            end = token.i + 1
            yield Cue(
                start=token.i,
                end=end,
                verb=token.i,
                sources=tuple(t.i for t in tree.conjuncts(source) if self._may_speak(t)) or (source.i,),
                stance=Stance(kind.stance),
                certainty=Certainty(kind.certainty) if kind.certainty else None,
                relay=None,
                trailing=trailing,
                phrase=False,
            )

    def _source_of(self, verb: Token) -> Token | None:
        if tree.is_passive(verb):
            by = tree.agent_phrase(verb)
            return by
        return tree.subject(verb)

    def _particular(self, verb: Token) -> bool:
        """Check the verbs that are cues only with a certain word: "spoke of", "went on", "put the toll at"."""
        wanted = self.language.particular_cues.get(tree.lemma(verb))
        if wanted is None:
            return True
        children = list(verb.children)
        words = {c.lower_ for c in children if c.dep_ in {"prep", "prt", "advmod"}}
        objects = {tree.lemma(n) for c in children if c.dep_ in {"dobj", "nsubjpass"} for n in tree.below(c)}
        return bool(
            wanted & (words | objects)
            or ("that" in wanted and any(c.dep_ == "ccomp" for c in children))
            or ("participle" in wanted and verb.tag_ == "VBG")
            or ("number" in wanted and any(t.like_num for c in children if c.dep_ == "dobj" for t in c.subtree))
            or ('"' in wanted and any(t.is_quote for t in verb.doc))
        )

    def _has_content(self, verb: Token, kind: CueClass) -> bool:
        children = list(verb.children)
        if any(c.dep_ in {"ccomp", "xcomp", "parataxis"} for c in children):
            return True
        if (
            verb.dep_ in {"parataxis", "ccomp", "advcl", "relcl"}
            and verb.head.pos_ in {"VERB", "AUX"}
            and tree.lemma(verb) in {"say", "add", "report", "tell"}
        ):
            return True
        if kind.stance in {"denies", "doubts"} or kind.certainty:
            return any(c.dep_ in {"dobj", "nsubjpass", "prep"} for c in children)
        if any(t.is_quote for t in verb.doc) or any(c.dep_ in {"dobj", "nsubjpass", "prep", "prt"} for c in children):
            return True
        return verb.dep_ == "ROOT" and tree.lemma(verb) in {"say", "add", "report", "tell", "write", "announce"}

    def _is_trailing(self, verb: Token, source: Token) -> bool:
        contents = [c for c in verb.children if c.dep_ in {"ccomp", "parataxis"}]
        if contents:
            return all(c.i < min(verb.i, source.i) for c in contents)
        first = min(verb.i, source.left_edge.i)
        return first > 2 and any(t.text in {",", '"', "”", "“"} for t in verb.doc[max(0, first - 2) : first])

    def _may_speak(self, token: Token) -> bool:
        if token.pos_ in {"PRON"}:
            return token.lower_ in {"he", "she", "it", "they", "we", "i"}
        word = tree.lemma(token)
        definite = self.language.definite
        if word in self.language.classes["messenger"]:
            return True
        if word in definite["body"] | definite["person"] | _REPORT_NOUNS | self.language.media:
            return True
        if any(word in kind.heads for kind in self.language.unnamed):
            return True
        kinds = self.actors.classes(token)
        if kinds & {"party", "person", "leader", "force"}:
            return True
        if token.lower_ in self.actors.demonyms.metonyms or token.lower_ in self.actors.demonyms.names:
            return True
        return token.pos_ == "PROPN" and "place" not in kinds

    def _phrases(self, doc: Doc) -> Iterator[Cue]:
        for token in doc:
            source: Token | None = None
            end = token.i + 1
            if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
                source = next((n for c in token.children for n in c.children if n.dep_ == "pobj"), None) or next(
                    (n for n in doc[token.i + 1].children if n.dep_ == "pobj"), None
                )
                end = token.i + 2
            elif token.lower_ == "per" and token.dep_ == "prep":
                source = next((n for n in token.children if n.dep_ == "pobj" and n.pos_ in {"PROPN", "NOUN"}), None)
                if source is not None and not self.actors.classes(source) & {"party", "person"}:
                    source = None
            if source is None:
                continue
            yield Cue(
                start=token.i,
                end=end,
                verb=token.i,
                sources=tuple(t.i for t in tree.conjuncts(source)),
                stance=Stance.ASSERTS,
                certainty=None,
                relay=None,
                trailing=token.i > 2,
                phrase=True,
            )

    def _relayed(self, doc: Doc, cues: Sequence[Cue]) -> list[Cue]:
        """Put the quoted speaker in the place of the one who quotes: "SANA quoted the ministry as saying"."""
        result = list(cues)
        for token in doc:
            kind = self.language.cues.get(tree.lemma(token))
            lemma = tree.lemma(token)
            if token.pos_ != "VERB" or lemma not in {"quote", "cite"}:
                continue
            if kind is None:
                continue
            speaker, relay = tree.logical_object(token), tree.logical_subject(token)
            if speaker is None or not self._may_speak(speaker):
                continue
            relay_index = relay.i if relay is not None and self._may_speak(relay) else None
            heads = tuple(t.i for t in tree.conjuncts(speaker))
            carrier = next((c for c in result if not c.phrase and _carries(doc, c, token)), None)
            if carrier is not None:
                result[result.index(carrier)] = Cue(
                    carrier.start,
                    carrier.end,
                    carrier.verb,
                    heads,
                    carrier.stance,
                    carrier.certainty,
                    carrier.sources[0],
                    carrier.trailing,
                    carrier.phrase,
                )
                continue
            trailing = any(c.dep_ in {"ccomp", "parataxis"} and c.i < token.i for c in token.children)
            result = [c for c in result if not (c.sources == heads and c.verb > token.i)]
            result.append(
                Cue(token.i, token.i + 1, token.i, heads, Stance.ASSERTS, None, relay_index, trailing, phrase=False)
            )
        return result

    # ---- governing ------------------------------------------------------------------------------------------------

    def governing(self, trigger: Token, cues: Sequence[Cue], quoted: Sequence[bool]) -> Cue | None:
        """Return the cue in whose content the event stands, None for the narrator's own."""
        verbs = {cue.verb: cue for cue in cues if not cue.phrase}
        own = verbs.get(trigger.i)
        if own is not None and (own.relay is not None or tree.lemma(trigger) in {"order", "instruct"}):
            own = None
        stopped = False
        for child, head in ancestors(trigger):
            cue = verbs.get(head.i)
            if cue is None:
                continue
            inside = self._inside(trigger, child, head, cue, quoted)
            if inside is None:
                continue
            if inside:
                return cue
            stopped = True
            break
        by_place = self._by_position(trigger, cues, quoted, stopped=stopped)
        return by_place

    def _inside(self, trigger: Token, child: Token, head: Token, cue: Cue, quoted: Sequence[bool]) -> bool | None:
        """Tell whether the way up to a cue passes through its content; None where it passes through its source."""
        relation = child.dep_
        if relation in {"nsubj", "dative", "agent"}:
            return None
        if relation == "nsubjpass":
            return tree.is_passive(head) or None
        if relation in _CONTENT:
            return True
        if relation == "prep":
            if _through_statement(trigger, child):
                return True
            return (
                child.lower_ in _CONTENT_PREPOSITIONS or quoted[trigger.i] or (cue.trailing and trigger.i < cue.start)
            )
        if quoted[trigger.i]:
            return True
        if cue.trailing and trigger.i < cue.start:
            return True
        if relation == "conj":
            joined = trigger.doc[head.i : child.left_edge.i + 1]
            own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
            if child.tag_ == "VBG" or not own_subject:
                return False
            return cue.trailing or not any(t.text == "," for t in joined)
        if relation in {"parataxis", "dep"}:
            return True
        return False

    def _by_position(self, trigger: Token, cues: Sequence[Cue], quoted: Sequence[bool], *, stopped: bool) -> Cue | None:
        phrases = [cue for cue in cues if cue.phrase and trigger.i not in cue.sources]
        for cue in phrases:
            if not _between(trigger, cue):
                return cue
        if quoted[trigger.i]:
            verbal = [cue for cue in cues if not cue.phrase and not quoted[cue.verb]]
            if verbal:
                return min(verbal, key=lambda cue: abs(cue.verb - trigger.i))
        if stopped:
            return None
        for cue in cues:
            if not cue.phrase and cue.trailing and trigger.i < min(cue.start, *cue.sources):
                return cue
        main = [cue for cue in cues if not cue.phrase and not cue.trailing and trigger.doc[cue.verb].dep_ == "acl"]
        return next((cue for cue in main if trigger.i > cue.end), None)


def _as_reported(verb: Token) -> bool:
    """Tell "as reported by X", which passes on what another cue attributes."""
    return verb.i > 0 and verb.nbor(-1).lower_ == "as" and verb.tag_ == "VBN"


def _through_statement(trigger: Token, preposition: Token) -> bool:
    """Tell "said in a statement that ...", whose content the parse hangs on the statement."""
    for child, head in ancestors(trigger):
        if head.i == preposition.i:
            return False
        if child.dep_ in {"acl", "relcl", "appos", "ccomp"} and tree.lemma(head) in _REPORT_NOUNS | {
            "conference",
            "interview",
            "call",
        }:
            return True
    return False


def _between(trigger: Token, cue: Cue) -> bool:
    """Tell that the event stands inside the source's own noun phrase, as in "according to X, who left the city"."""
    head = trigger.doc[cue.sources[0]]
    return head.left_edge.i <= trigger.i <= head.right_edge.i


def _carries(doc: Doc, cue: Cue, participle: Token) -> bool:
    """Tell that "quoting X" stands beside a cue with the same speaker: "state media, quoting officials, denied that"."""
    if participle.tag_ != "VBG":
        return False
    return participle.head.i == cue.verb or participle.head.i in cue.sources
