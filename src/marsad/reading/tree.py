"""What the reader asks of a dependency tree: subjects, objects, prepositional arguments, noun phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
_SHARING = frozenset({"conj", "xcomp", "advcl", "ccomp"})
_MODIFIERS = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "quantmod", "npadvmod", "punct", "case", "advmod", "det"}
)


def lemma(token: Token) -> str:
    """Return the lower-case lemma."""
    return str(token.lemma_).lower()


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is in the passive, reduced relatives ("areas seized by") included."""
    if any(child.dep_ in {"nsubjpass", "auxpass", "agent"} for child in verb.children) or _adjectival(verb):
        return True
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.pos_ in {"NOUN", "PROPN"}:
        return False
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not any(c.dep_ == "aux" for c in verb.children):
        return True
    return bool(
        verb.tag_ == "VBN"
        and verb.dep_ == "conj"
        and not any(c.dep_ in {"nsubj", "aux"} for c in verb.children)
        and verb.head.pos_ == "VERB"
        and is_passive(verb.head)
        and not any(c.dep_ == "dobj" for c in verb.children)
    )


def _adjectival(verb: Token) -> bool:
    """Tell a participle that the parse takes for an adjective: "the village had been overrun"."""
    return verb.dep_ == "acomp" and verb.head.lemma_ == "be"


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Return the token and what is coordinated with it, in order of text."""
    found = [token]
    for child in token.children:
        if child.dep_ in {"conj", "appos_conj"}:
            found.extend(conjuncts(child))
    return tuple(found)


def subject(verb: Token) -> Token | None:
    """Return the head of the grammatical subject, through coordination, control and relative clauses; None if there is none."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            if child.tag_ in {"WDT", "WP"} or child.lower_ in {"that", "which", "who"}:
                return antecedent(verb) or child
            return child
        if child.dep_ == "expl":
            return next((c for c in verb.children if c.dep_ in {"attr", "dobj", "nsubj"} and c.i != child.i), None)
    if _adjectival(verb):
        return subject(verb.head)
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head if verb.dep_ == "acl" else antecedent(verb)
    if verb.dep_ in _SHARING and verb.head.i != verb.i and verb.head.pos_ in {"VERB", "AUX"}:
        if verb.dep_ == "ccomp" and verb.tag_ not in {"VBG", "VB"}:
            return None
        if verb.dep_ == "xcomp":
            person = next((c for c in verb.head.children if c.dep_ == "dobj"), None)
            if person is not None and verb.head.lemma_ in {
                "force",
                "order",
                "allow",
                "enable",
                "help",
                "urge",
                "ask",
                "tell",
            }:
                return person
        return subject(verb.head)
    if verb.dep_ in {"pcomp", "prep"}:
        above = verb.head
        while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
            above = above.head
        if above.pos_ in {"VERB", "AUX"}:
            return subject(above)
    return None


def antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative clause describes."""
    node = verb
    while node.dep_ == "conj":
        node = node.head
    return node.head if node.dep_ in {"relcl", "acl"} else None


def agent_phrase(verb: Token) -> Token | None:
    """Return the head of the by-phrase of a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def logical_subject(verb: Token) -> Token | None:
    """Return who does it: the by-phrase of a passive, else the subject."""
    return agent_phrase(verb) if is_passive(verb) else subject(verb)


def logical_object(verb: Token) -> Token | None:
    """Return whom or what it is done to: the subject of a passive, else the direct object."""
    if verb.dep_ == "amod" and verb.tag_ == "VB":
        return verb.head
    if is_passive(verb):
        return next((c for c in verb.children if c.dep_ == "dobj"), None) or subject(verb)
    for child in verb.children:
        if child.dep_ in {"dobj", "attr", "oprd"}:
            return antecedent(verb) or child if child.tag_ in {"WDT", "WP"} else child
    if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in verb.children):
        return antecedent(verb)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ == verb.head.tag_:
        shared = next((c for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i), None)
        return shared
    return None


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) below a token, chained prepositions ("out of", "from around") by their last noun."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "advmod", "prt"} and child.pos_ in {"ADP", "SCONJ", "ADV", "VERB", "PART"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield child.lower_, noun
                elif noun.dep_ == "prep":
                    for inner in noun.children:
                        if inner.dep_ == "pobj":
                            yield child.lower_, inner
                            yield noun.lower_, inner


def particles(verb: Token) -> frozenset[str]:
    """Return the particles and adverbs of place that go with a verb ("out", "back")."""
    return frozenset(c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"})


def phrase(head: Token) -> tuple[int, int]:
    """Return the token span `[start, end)` of a noun phrase without what follows its head."""
    start = head.i
    for token in reversed(list(head.lefts)):
        if token.dep_ not in _MODIFIERS:
            break
        start = token.left_edge.i
    return start, head.i + 1


def below(head: Token) -> Iterator[Token]:
    """Yield the nouns under a noun through of-phrases and other prepositions, nearest first, the noun itself first."""
    yield head
    for _, noun in prepositions(head):
        for one in conjuncts(noun):
            yield from below(one)
