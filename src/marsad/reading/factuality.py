"""Polarity and certainty of an event in its sentence: what negates it, and what makes it unreal or unsure.

Scope follows the tree: negation and control verbs reach the event through its clause; a denial verb or a predicate such
as "is unfounded" reaches the events of its content. Two denials cancel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.events import ancestors
from marsad.records import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

    from marsad.vocabulary.language import Language

_CLAUSAL = frozenset({"attr", "xcomp", "ccomp", "acl", "pcomp", "advcl", "dobj", "pobj", "prep", "conj"})


def negated(trigger: Token, language: Language) -> bool:
    """Tell whether an odd number of negations reaches the event inside its own clause and its control verbs."""
    count = _negations(trigger, language)
    for child, head in ancestors(trigger):
        word = tree.lemma(head)
        verbs = language.factuality["verbs"]
        if child.dep_ == "xcomp" or (child.dep_ == "pcomp" and head.dep_ == "prep"):
            count += word in verbs["denied"] or word in language.factuality["adjectives"]["denied"]
            if head.pos_ in {"VERB", "AUX", "ADJ"}:
                count += _negations(head, language)
            if head.pos_ == "ADJ" and head.head.pos_ == "AUX":
                count += _negations(head.head, language)
            continue
        if child.dep_ in {"acl", "prep"} and word in language.factuality["nouns"]["denied"]:
            count += 1
        if child.dep_ == "dobj" and head.pos_ == "VERB" and trigger.pos_ in {"NOUN", "PROPN"}:
            count += _negations(head, language)
            continue
        if head.pos_ in {"VERB", "AUX"} and child.dep_ in {"nsubj", "nsubjpass"} and trigger.pos_ in {"NOUN", "PROPN"}:
            count += _negations(head, language)
        break
    return count % 2 == 1


def _negations(token: Token, language: Language) -> int:
    words = language.factuality["negation"]["words"]
    count = sum(child.dep_ == "neg" and child.lower_ in words for child in token.children)
    for child in token.children:
        if child.dep_ in {"nsubj", "nsubjpass", "attr", "dobj", "expl"}:
            count += any(
                d.lower_ in {"no", "neither", "none"} and d.dep_ in {"det", "neg", "preconj"} for d in child.children
            )
            count += child.lower_ in {"nobody", "none", "neither"}
            count += any(d.lower_ == "not" for d in child.lefts)
        if child.dep_ == "preconj" and child.lower_ == "neither":
            count += 1
        if child.lower_ == "longer" and any(d.lower_ == "no" for d in child.lefts):
            count += 1
    if token.pos_ == "NOUN" and any(d.lower_ == "no" and d.dep_ in {"det", "neg"} for d in token.children):
        count += 1
    if token.dep_ in {"pobj", "pcomp"} and token.head.lower_ == "without":
        count += 1
    return count


def refuted(trigger: Token, language: Language) -> bool:
    """Tell whether a predicate denies the clause or noun that the event stands in: "is unfounded", "no truth to"."""
    denial = language.denial
    for child, head in ancestors(trigger):
        if (
            head.pos_ in {"AUX", "VERB"}
            and tree.lemma(head) in {"be", "remain"}
            and child.dep_ in {"nsubj", "nsubjpass", "csubj", "ccomp"}
        ):
            for complement in head.children:
                if complement.dep_ in {"acomp", "attr", "oprd"} and _denies(complement, language):
                    return not any(c.dep_ == "neg" for c in head.children)
        if child.dep_ in {"conj", "parataxis", "advcl", "relcl"}:
            return False
        if (
            head.pos_ == "NOUN"
            and tree.lemma(head) in denial["no_nouns"]
            and any(d.lower_ == "no" for d in head.children)
        ):
            return True
        if tree.lemma(head) in {"be", "have", "see"} and any(
            c.dep_ in {"attr", "dobj", "nsubj"}
            and tree.lemma(c) in denial["no_nouns"]
            and any(d.lower_ == "no" for d in c.children)
            for c in head.children
        ):
            return True
    return False


def _denies(complement: Token, language: Language) -> bool:
    words = {tree.lemma(t) for t in tree.conjuncts(complement)} | {t.lower_ for t in tree.conjuncts(complement)}
    return bool(words & (language.denial["adjectives"] | language.denial["nouns"]))


def anaphoric_denial(verb: Token, denies: bool, language: Language) -> str | None:
    """Tell a denial whose object stands for what was just said (`event`), or for a part in it (`responsibility`)."""
    inside = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "xcomp", "ccomp", "oprd", "attr", "pcomp"}]
    if denies:
        if any(tree.lemma(t) in language.anaphora["responsibility"] for c in inside for t in c.subtree):
            return "responsibility"
        return "event" if any(_anaphor(c, language) for c in inside if c.dep_ in {"dobj", "nsubjpass"}) else None
    for child in inside:
        subject = next((c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        complements = [child, *(c for c in child.children if c.dep_ in {"acomp", "attr", "oprd"})]
        spoken_of = subject if subject is not None else next((c for c in inside if c.dep_ == "dobj"), None)
        if spoken_of is not None and _anaphor(spoken_of, language) and any(_denies(c, language) for c in complements):
            return "event"
    return None


def _anaphor(token: Token, language: Language) -> bool:
    """Tell "this", "all of it", "the claims": words that say nothing of their own."""
    if tree.lemma(token) not in language.anaphora["words"] and token.lower_ not in language.anaphora["words"]:
        return False
    if token.pos_ in {"PRON", "DET"}:
        return all(c.lower_ == "of" for c in token.children)
    definite = any(c.dep_ == "det" and c.lower_ in {"the", "these", "those", "such"} for c in token.children)
    return definite and not any(c.dep_ in {"prep", "acl", "relcl", "ccomp", "appos"} for c in token.children)


def certainty(trigger: Token, language: Language) -> Certainty:
    """Return how far the words around an event commit to it, its source's own cue apart."""
    data = language.factuality
    chain = [trigger]
    for child, head in ancestors(trigger):
        if child.dep_ not in _CLAUSAL and not (
            child.dep_ in {"nsubj", "nsubjpass", "csubj"} and trigger.pos_ in {"NOUN", "PROPN"}
        ):
            break
        if (
            child.dep_ in {"ccomp"}
            and tree.lemma(head) in language.cues
            and tree.lemma(head) not in data["verbs"]["planned"]
        ):
            break
        chain.append(head)
        if child.dep_ == "advcl" and not _has_mark(child, data["conditionals"]["words"]):
            chain.pop()
            break
    if _conditional(chain, language) or _inverted(trigger, language):
        return Certainty.CONDITIONAL
    found = Certainty.CERTAIN
    for index, token in enumerate(chain):
        found = _weakest(found, _of_verb(token, chain[index - 1] if index else None, language))
    return found


def _inverted(trigger: Token, language: Language) -> bool:
    """Tell an event in a clause that opens with "should" or "were", wherever the parse hangs it."""
    words = language.factuality["conditionals"]["inverted"]
    for token in trigger.doc[: trigger.i]:
        if token.lower_ not in words or token.i + 1 >= trigger.i:
            continue
        opens = token.i == 0 or token.nbor(-1).lower_ in {"that", ",", ";", "and", "but", '"', "“"}
        noun_next = token.nbor().pos_ in {"DET", "PROPN", "NOUN", "PRON", "ADJ"}
        inside = not any(t.text == "," for t in trigger.doc[token.i : trigger.i])
        if (
            opens
            and noun_next
            and inside
            and not (token.lower_ == "were" and token.i > 0 and token.nbor(-1).pos_ in {"NOUN", "PROPN"})
        ):
            return True
    return False


def _has_mark(clause: Token, words: frozenset[str]) -> bool:
    marks = [c for c in clause.children if c.dep_ in {"mark", "advmod", "aux"}]
    return any(c.lower_ in words and (c.dep_ != "aux" or c.i < _subject_index(clause)) for c in marks)


def _subject_index(clause: Token) -> int:
    return next((c.i for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), -1)


def _conditional(chain: list[Token], language: Language) -> bool:
    words = language.factuality["conditionals"]["words"]
    for token in chain:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        clauses = [token, *(c for c in token.children if c.dep_ == "advcl")]
        if any(_has_mark(clause, words) for clause in clauses):
            return True
        aux = [c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}]
        past_future = any(a in language.factuality["modals"]["conditional"] for a in aux)
        if past_future and not _reported_future(token, language):
            return True
    return False


def _reported_future(verb: Token, language: Language) -> bool:
    """Tell the past of "will" in reported speech ("he said they would attack") from a condition."""
    for child, head in ancestors(verb):
        if child.dep_ == "ccomp" and tree.lemma(head) in language.cues:
            return head.tag_ in {"VBD", "VBN"}
        if child.dep_ not in {"ccomp", "conj"}:
            return False
    return False


def _of_verb(token: Token, below: Token | None, language: Language) -> Certainty:
    data = language.factuality
    word = tree.lemma(token)
    for child in token.children:
        if child.dep_ == "advmod" and child.lower_ in data["adverbs"]["probable"]:
            return Certainty.PROBABLE
        if child.dep_ == "advmod" and child.lower_ in data["adverbs"]["possible"]:
            return Certainty.POSSIBLE
        if child.dep_ == "aux":
            if child.lower_ in data["modals"]["planned"]:
                return Certainty.PLANNED
            if child.lower_ in data["modals"]["possible"] and child.lower_ != "could":
                return Certainty.POSSIBLE
            if child.lower_ in data["modals"]["conditional"]:
                return Certainty.PLANNED
    if below is None:
        return Certainty.CERTAIN
    relation = below.dep_
    if relation in {"xcomp", "ccomp", "acl", "pcomp", "prep", "dobj", "pobj"}:
        kind = "verbs" if token.pos_ in {"VERB", "AUX"} else "nouns" if token.pos_ == "NOUN" else "adjectives"
        passive = token.pos_ == "VERB" and tree.is_passive(token)
        if relation == "xcomp" and passive and word in data["hearsay"]["lemmas"]:
            return Certainty.PROBABLE
        if word in data[kind].get("probable", frozenset()) and relation in {"xcomp", "ccomp"}:
            return Certainty.PROBABLE
        nominal = relation in {"dobj", "pobj", "prep"}
        if word in data[kind]["planned"] and (
            not nominal
            or (kind == "verbs" and word in {"plan", "prepare", "order", "vow", "threaten", "urge", "demand"})
        ):
            return Certainty.PLANNED
    return Certainty.CERTAIN


def _weakest(one: Certainty, other: Certainty) -> Certainty:
    order = list(Certainty)
    return max(one, other, key=order.index)
