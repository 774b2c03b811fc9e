"""Polarity and certainty of an event in its sentence: what negates it, and what makes it unreal or unsure.

Scope follows the tree: negation and control verbs reach the event through its clause; a denial verb or a predicate such
as "is unfounded" reaches the events of its content. Two denials cancel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.records import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

    from marsad.vocabulary.language import Language, Words

_CLAUSAL = frozenset({"attr", "xcomp", "ccomp", "acl", "pcomp", "advcl", "dobj", "pobj", "prep", "conj"})
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "pcomp"})
_ARGUMENTS = frozenset({"dobj", "pobj", "prep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_WEAKNESS = tuple(Certainty)


# ---- polarity -----------------------------------------------------------------------------------------------------


def negated(trigger: Token, language: Language) -> bool:
    """Tell whether an odd number of negations reaches the event inside its own clause and its control verbs."""
    data = language.factuality
    negation = data["negation"]
    nominal = trigger.pos_ in _NOUNS
    count = _negations(trigger, negation)
    for child, head in tree.ancestors(trigger):
        word = tree.lemma(head)
        if child.dep_ == "xcomp" or (child.dep_ == "pcomp" and head.dep_ == "prep"):
            count += word in data["verbs"]["denied"] or word in data["adjectives"]["denied"]
            if head.pos_ in _VERBS or head.pos_ == "ADJ":
                count += _negations(head, negation)
            if head.pos_ == "ADJ" and head.head.pos_ == "AUX":
                count += _negations(head.head, negation)
            continue
        if child.dep_ == "prep" and child.lower_ in data["verbs"]["keeping"] and word in data["verbs"]["denied"]:
            count += 1
        if child.dep_ in {"acl", "prep"} and word in data["nouns"]["denied"]:
            count += 1
        if nominal and child.dep_ == "dobj" and head.pos_ == "VERB":
            count += _negations(head, negation, counted=child)
            continue
        if nominal and child.dep_ in _SUBJECTS and head.pos_ in _VERBS and word not in data["verbs"]["ending"]:
            count += _negations(head, negation, counted=child)
        break
    return count % 2 == 1


def _negations(token: Token, words: Words, counted: Token | None = None) -> int:
    """Count the negations of a word: its own, and those of its subject and object but for one that is counted."""
    count = 0
    for child in token.children:
        count += child.dep_ == "neg" and child.lower_ in words["words"]
        if child.dep_ in {"nsubj", "nsubjpass", "attr", "dobj", "expl"} and child != counted:
            count += tree.has_child(child, {"det", "neg", "preconj"}, words["determiners"])
            count += child.lower_ in words["subjects"]
            count += any(one.lower_ in words["before_subject"] for one in child.lefts)
        count += child.dep_ == "preconj" and child.lower_ in words["pairs"]
        count += child.lower_ in words["no_more"] and any(one.lower_ in words["no"] for one in child.lefts)
    count += token.pos_ == "NOUN" and tree.has_child(token, {"det", "neg"}, words["no"])
    count += token.dep_ in {"pobj", "pcomp"} and token.head.lower_ in words["prepositions"]
    return count


def refuted(trigger: Token, language: Language) -> bool:
    """Tell whether a predicate denies the clause or noun that the event stands in: "is unfounded", "no truth to"."""
    denial = language.denial
    for child, head in tree.ancestors(trigger):
        word = tree.lemma(head)
        if head.pos_ in _VERBS and word in denial["copulas"] and child.dep_ in {*_SUBJECTS, "csubj", "ccomp", "dobj"}:
            said = [c for c in head.children if c.dep_ in {"acomp", "attr", "oprd", "means"} and c.i != child.i]
            negative = tree.child(head, "neg") is not None
            if any(_denies(one, language) for one in said):
                return not negative
            if negative and any(tree.lemma(one) in denial["affirming"] for one in said):
                return True
        if child.dep_ in {"conj", "parataxis", "advcl", "relcl"}:
            return False
        if head.pos_ == "NOUN" and _is_no_truth(head, language):
            return True
        objects = (c for c in head.children if c.dep_ in {"attr", "dobj", "nsubj"})
        if word in denial["existential"] and any(_is_no_truth(one, language) for one in objects):
            return True
    return False


def _is_no_truth(noun: Token, language: Language) -> bool:
    """Tell "no truth", "no evidence"."""
    no = language.factuality["negation"]["no"]
    return tree.lemma(noun) in language.denial["no_nouns"] and any(c.lower_ in no for c in noun.children)


def _denies(complement: Token, language: Language) -> bool:
    words = {word for one in tree.conjuncts(complement) for word in (tree.lemma(one), one.lower_)}
    return bool(words & (language.denial["adjectives"] | language.denial["nouns"]))


def is_withheld(cue: Token, language: Language) -> bool:
    """Tell a cue that is itself refused: "could not verify", "did not confirm", "neither confirmed nor denied"."""
    pairs = language.factuality["negation"]["pairs"]
    refused = any(c.dep_ == "neg" or c.lower_ in pairs for c in cue.children)
    return refused and tree.lemma(cue) in language.bare_cues["withheld"]


# ---- denials that point back --------------------------------------------------------------------------------------


def anaphoric_denial(verb: Token, language: Language, *, denies: bool) -> str | None:
    """Tell a denial whose object stands for what was just said (`event`), or for a part in it (`responsibility`).

    `denies` tells that the verb itself is one of denial; others deny by what they call it: "calls that slander".
    """
    inside = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "xcomp", "ccomp", "oprd", "attr", "pcomp"}]
    if denies:
        part = language.anaphora["responsibility"]
        if any(tree.lemma(token) in part for child in inside for token in child.subtree):
            return "responsibility"
        return "event" if any(_points_back(c, language) for c in inside if c.dep_ in {"dobj", "nsubjpass"}) else None
    thing = tree.child(verb, "dobj")
    for child in inside:
        spoken_of = tree.child(child, *_SUBJECTS) or thing
        complements = [child, *(c for c in child.children if c.dep_ in {"acomp", "attr", "oprd"})]
        points_back = spoken_of is not None and _points_back(spoken_of, language)
        if points_back and any(_denies(one, language) for one in complements):
            return "event"
    return None


def _points_back(token: Token, language: Language) -> bool:
    """Tell "this", "all of it", "the claims": words that say nothing of their own."""
    words = language.anaphora["words"]
    if tree.lemma(token) not in words and token.lower_ not in words:
        return False
    if token.pos_ in {"PRON", "DET"}:
        return all(child.lower_ in language.prepositions["of"] for child in token.children)
    if not tree.has_child(token, {"det"}, language.determiners["saying"]) and not tree.is_definite(token):
        return False
    return tree.child(token, "prep", "acl", "relcl", "ccomp", "appos") is None


# ---- certainty ----------------------------------------------------------------------------------------------------


def certainty(trigger: Token, language: Language) -> Certainty:
    """Return how far the words around an event commit to it, its source's own cue apart."""
    chain = _chain(trigger, language)
    if any(_is_conditional(token, language) for token in chain) or _is_inverted(trigger, language):
        return Certainty.CONDITIONAL
    found = [_of_word(token, below, language) for token, below in zip(chain, [None, *chain], strict=False)]
    return max(found, key=_WEAKNESS.index)


def _chain(trigger: Token, language: Language) -> list[Token]:
    """Return the event's word and those above it whose commitment reaches down to it."""
    data = language.factuality
    reaching = _CLAUSAL | {*_SUBJECTS, "csubj"} if trigger.pos_ in _NOUNS else _CLAUSAL
    chain = [trigger]
    for child, head in tree.ancestors(trigger):
        word = tree.lemma(head)
        if child.dep_ not in reaching:
            break
        if child.dep_ == "ccomp" and word in language.cues and word not in data["verbs"]["planned"]:
            break
        if child.dep_ == "advcl" and not _has_mark(child, data["conditionals"]["words"]):
            break
        chain.append(head)
    return chain


def _is_inverted(trigger: Token, language: Language) -> bool:
    """Tell an event in a clause that opens with "should" or "were", wherever the parse hangs it."""
    words = language.factuality["conditionals"]
    for token in trigger.doc[: max(0, trigger.i - 1)]:
        if token.lower_ not in words["inverted"] or not _opens_noun(token.nbor()):
            continue
        opens = token.i == 0 or token.nbor(-1).lower_ in words["opening"]
        if opens and not any(tree.is_comma(one) for one in trigger.doc[token.i : trigger.i]):
            return True
    return False


def _opens_noun(token: Token) -> bool:
    """Tell a word with which a subject can begin: "should rebel forces", but not "were able"."""
    return token.pos_ in {"DET", "PROPN", "NOUN", "PRON"} or (token.pos_ == "ADJ" and token.dep_ == "amod")


def _has_mark(clause: Token, words: frozenset[str]) -> bool:
    """Tell a clause that one of the words opens, or an auxiliary of them before its subject."""
    subject = tree.child(clause, *_SUBJECTS)
    before = subject.i if subject is not None else -1
    marks = (c for c in clause.children if c.dep_ in {"mark", "advmod"} or (c.dep_ == "aux" and c.i < before))
    return any(mark.lower_ in words for mark in marks)


def _is_conditional(token: Token, language: Language) -> bool:
    if token.pos_ not in _VERBS:
        return False
    data = language.factuality
    clauses = [token, *(c for c in token.children if c.dep_ == "advcl")]
    if any(_has_mark(clause, data["conditionals"]["words"]) for clause in clauses):
        return True
    past_future = tree.has_child(token, {"aux", "auxpass"}, data["modals"]["conditional"])
    return past_future and not _is_reported_future(token, language)


def _is_reported_future(verb: Token, language: Language) -> bool:
    """Tell the past of "will" in reported speech ("he said they would attack") from a condition."""
    for child, head in tree.ancestors(verb):
        if child.dep_ == "ccomp" and tree.lemma(head) in language.cues:
            return head.tag_ in {"VBD", "VBN"}
        if child.dep_ not in {"ccomp", "conj"}:
            return False
    return False


def _of_word(token: Token, below: Token | None, language: Language) -> Certainty:
    """Return the certainty that a word gives what stands `below` it on the way to the event."""
    modified = _by_modifiers(token, language)
    if modified is not None:
        return modified
    if below is None or below.dep_ not in _COMPLEMENTS | _ARGUMENTS:
        return Certainty.CERTAIN
    data, word = language.factuality, tree.lemma(token)
    kind = "verbs" if token.pos_ in _VERBS else "nouns" if token.pos_ == "NOUN" else "adjectives"
    passive = below.dep_ == "xcomp" and token.pos_ == "VERB" and tree.is_passive(token)
    if passive and word in data["hearsay"]["lemmas"]:
        return Certainty.PROBABLE
    if word in data[kind].get("probable", ()) and below.dep_ in {"xcomp", "ccomp"}:
        return Certainty.PROBABLE
    planned = data[kind]["planned"]
    if below.dep_ in _ARGUMENTS:
        planned = data["verbs"]["planned_things"] if kind == "verbs" else frozenset()
    return Certainty.PLANNED if word in planned else Certainty.CERTAIN


def _by_modifiers(token: Token, language: Language) -> Certainty | None:
    """Return the certainty that an adverb or a modal verb gives, None where there is none."""
    adverbs, modals = language.factuality["adverbs"], language.factuality["modals"]
    for child in token.children:
        if child.dep_ == "advmod" and child.lower_ in adverbs["probable"]:
            return Certainty.PROBABLE
        if child.dep_ == "advmod" and child.lower_ in adverbs["possible"]:
            return Certainty.POSSIBLE
        if child.dep_ == "aux" and child.lower_ in modals["possible"]:
            return Certainty.POSSIBLE
        if child.dep_ == "aux" and child.lower_ in modals["planned"] | modals["conditional"]:
            return Certainty.PLANNED
    return _by_form(token, language)


def _by_form(token: Token, language: Language) -> Certainty | None:
    """Return the certainty that the form of a verb gives, None where it gives none.

    A form of hearsay is a plain future in what somebody says: "il a dit que l'armée attaquerait".
    """
    forms = language.forms_of_certainty
    if not forms or token.pos_ not in _VERBS:
        return None
    own = set(str(token.morph).split("|"))
    joined = {str(c.morph) for c in token.children if c.dep_ in {"aux", "auxpass"}}
    helped = {form for morph in joined for form in morph.split("|")}
    hearsay, planned = forms.get("probable", frozenset()), forms.get("planned", frozenset())
    if hearsay & (own | helped):
        future = hearsay & own and not helped and _is_reported_future(token, language)
        return Certainty.PLANNED if future else Certainty.PROBABLE
    return Certainty.PLANNED if planned & (own | helped) else None
