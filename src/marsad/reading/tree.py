"""What the reader asks of a dependency tree: subjects, objects, prepositional arguments, noun phrases.

Labels are those of spaCy's English models, into which the parsers of all languages put their trees. In a language of
cases a noun may stand without the preposition that English needs; its label then says which one it would be.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from marsad.vocabulary import load_languages
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SHARING = frozenset({"conj", "xcomp", "advcl", "ccomp"})
# The preposition for which a noun in a bare case stands, by its label: genitive, instrumental, dative.
_BARE = {"poss": "of", "agent": "by", "means": "with", "dative": "to"}
_INFLECTED = "inflected"
_RELATIVE = frozenset({"that", "which", "who"})
_PREPOSITIONAL = frozenset({"prep", "agent", "advmod", "prt"})
_VERBAL = frozenset({"VERB", "AUX"})
_COMMAS = frozenset(",،")
_MODIFIERS = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "quantmod", "npadvmod", "punct", "case", "advmod", "det"}
)


def lemma(token: Token) -> str:
    """Return the lower-case lemma."""
    return str(token.lemma_).lower()


def mark_inflected(doc: Doc) -> Doc:
    """Mark a tree whose words change their endings: `norm_` of each is its base form, cased as in the text."""
    doc.user_data[_INFLECTED] = True
    return doc


def is_inflected(doc: Doc) -> bool:
    """Tell a tree whose words change their endings."""
    return _INFLECTED in doc.user_data


def word(token: Token) -> str:
    """Return a word as lists of words have it: in lower case, in its base form where words change their endings."""
    return token.norm_.lower() if token.doc.user_data else token.lower_


def written(token: Token) -> str:
    """Return a word as a name has it: as it stands in the text, in its base form where words change their endings."""
    return token.norm_ if token.doc.user_data else token.text


def name(span: Span) -> str:
    """Return a name as it would stand alone: in base forms where words change their endings."""
    if not span.doc.user_data:
        return span.text
    return "".join(token.norm_ + token.whitespace_ for token in span).strip()


@cache
def _grammar(kind: str) -> frozenset[str]:
    """Return the verbs of a grammatical kind, of all languages: an infinitive never stands beside one of another."""
    return frozenset().union(*(load_language(code).grammar[kind] for code in load_languages()))


def ancestors(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (child, ancestor) pairs from a token up to the root."""
    while token.head.i != token.i:
        yield token, token.head
        token = token.head


def child(token: Token, *labels: str) -> Token | None:
    """Return the first child with one of the dependency labels."""
    return next((one for one in token.children if one.dep_ in labels), None)


def has_child(token: Token, labels: Collection[str], words: Collection[str]) -> bool:
    """Tell whether a child with one of the labels is one of the words, lower-cased."""
    return any(one.dep_ in labels and one.lower_ in words for one in token.children)


def after(token: Token, prepositions_wanted: Collection[str]) -> Token | None:
    """Return the first noun below a token that stands after one of the prepositions."""
    return next((noun for prep, noun in prepositions(token) if prep in prepositions_wanted), None)


def is_name(token: Token) -> bool:
    """Tell a word that is written as a name, behind a joined article too: "Homs", "al-Bab".

    In a script without capitals the parser tells.
    """
    return bool(token.pos_ == "PROPN") if _is_caseless(token.text) else is_name_text(token.text)


@lru_cache(maxsize=65536)
def _is_caseless(text: str) -> bool:
    return text[:1].isalpha() and text[0].upper() == text[0].lower()


@lru_cache(maxsize=65536)
def is_name_text(text: str) -> bool:
    """Tell a word that is written as a name, by its text."""
    return bool(text[:1].isupper() or ("-" in text[:4] and text[text.index("-") + 1 :][:1].isupper()))


@lru_cache(maxsize=256)
def entities(doc: Doc) -> tuple[Span, ...]:
    """Return the names that the parser finds in a sentence; it makes them anew each time that it is asked itself."""
    return tuple(doc.ents)


@lru_cache(maxsize=256)
def text(doc: Doc) -> str:
    """Return the text of a sentence, which the parser puts together anew each time that it is asked itself."""
    return str(doc.text)


def has_case(token: Token) -> bool:
    """Tell a word of a script that has capitals; marks and numbers count as such."""
    return not _is_caseless(token.text)


def is_definite(token: Token) -> bool:
    """Tell a noun that the parser marks as definite, in a language that shows it by no word of its own."""
    return token.pos_ in {"NOUN", "PROPN"} and "Definite=Def" in str(token.morph)


def is_comma(token: Token) -> bool:
    """Tell a comma, of any script."""
    return token.text in _COMMAS


def is_plural(token: Token) -> bool:
    """Tell whether a noun is in the plural."""
    return token.tag_ in {"NNS", "NNPS"}


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is in the passive, reduced relatives ("areas seized by") included."""
    if child(verb, "nsubjpass", "auxpass", "agent") is not None or _adjectival(verb):
        return True
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.pos_ in {"NOUN", "PROPN"}:
        return False
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and child(verb, "aux") is None:
        return True
    return bool(
        verb.tag_ == "VBN"
        and verb.dep_ == "conj"
        and child(verb, "nsubj", "aux") is None
        and verb.head.pos_ == "VERB"
        and is_passive(verb.head)
        and child(verb, "dobj") is None
    )


def _adjectival(verb: Token) -> bool:
    """Tell a participle that the parse takes for an adjective: "the village had been overrun"."""
    return verb.dep_ == "acomp" and verb.head.lemma_ == "be"


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Return the token and what is coordinated with it, in order of text."""
    found = [token]
    for one in token.children:
        if one.dep_ == "conj":
            found.extend(conjuncts(one))
    return tuple(found)


def subject(verb: Token) -> Token | None:
    """Return the head of the grammatical subject, through coordination, control and relative clauses."""
    for one in verb.children:
        if one.dep_ in {"nsubj", "nsubjpass"}:
            return antecedent(verb) or one if one.tag_ in {"WDT", "WP"} or one.lower_ in _RELATIVE else one
        if one.dep_ == "expl":
            return next((c for c in verb.children if c.dep_ in {"attr", "dobj", "nsubj"} and c.i != one.i), None)
    if _adjectival(verb):
        return subject(verb.head)
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head if verb.dep_ == "acl" else antecedent(verb)
    if verb.dep_ in _SHARING and verb.head.i != verb.i and verb.head.pos_ in _VERBAL:
        return _shared_subject(verb)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and verb.head.head.pos_ == "AUX":
        return subject(verb.head.head)
    if verb.dep_ in {"pcomp", "prep"}:
        above = verb.head
        if lemma(above.head) in _grammar("object_acts") and (actor := child(above.head, "dobj")) is not None:
            return actor
        while above.pos_ not in _VERBAL and above.head.i != above.i:
            above = above.head
        if above.pos_ in _VERBAL:
            return subject(above)
    return None


def _shared_subject(verb: Token) -> Token | None:
    """Return the subject that a verb without one shares with the verb above it."""
    if verb.dep_ == "ccomp" and verb.tag_ not in {"VBG", "VB"}:
        return None
    if verb.dep_ == "xcomp":
        person = child(verb.head, "dobj")
        if person is not None and lemma(verb.head) in _grammar("object_control"):
            return person
    return subject(verb.head)


def antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative clause describes."""
    node = verb
    while node.dep_ == "conj":
        node = node.head
    return node.head if node.dep_ in {"relcl", "acl"} else None


def agent_phrase(verb: Token) -> Token | None:
    """Return the head of the by-phrase of a passive."""
    for prep in verb.children:
        if prep.dep_ == "agent" and prep.pos_ != "ADP":
            return prep
        if prep.dep_ == "agent" or (prep.dep_ == "prep" and prep.lower_ == "by"):
            noun = child(prep, "pobj")
            if noun is not None:
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
        return child(verb, "dobj") or subject(verb)
    thing = child(verb, "dobj", "attr", "oprd")
    if thing is not None:
        return antecedent(verb) or thing if thing.tag_ in {"WDT", "WP"} else thing
    for one in verb.children:
        if one.pos_ == "PROPN" and one.dep_ in {"advmod", "npadvmod"} and one.i == verb.i + 1 and is_name(one):
            return one
    if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in verb.children):
        return antecedent(verb)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ == verb.head.tag_:
        return next((c for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i), None)
    return None


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) below a token, chained prepositions ("out of", "from around") by their last noun.

    A noun in a bare case comes with the English preposition that it would have.
    """
    for prep in token.children:
        if prep.dep_ in _BARE and prep.pos_ != "ADP" and prep.doc.user_data:
            yield _BARE[prep.dep_], prep
        if prep.dep_ not in _PREPOSITIONAL or prep.pos_ not in {"ADP", "SCONJ", "ADV", "VERB", "PART"}:
            continue
        for noun in prep.children:
            if noun.dep_ == "pobj":
                yield prep.lower_, noun
            elif noun.dep_ == "prep":
                for inner in noun.children:
                    if inner.dep_ == "pobj":
                        yield prep.lower_, inner
                        yield noun.lower_, inner


def particles(verb: Token) -> frozenset[str]:
    """Return the particles and adverbs of place or state that go with a verb ("out", "back", "free")."""
    return frozenset(c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep", "acomp", "oprd"})


def phrase(head: Token) -> tuple[int, int]:
    """Return the token span `[start, end)` of a noun phrase without what follows its head."""
    start = head.i
    for token in reversed(list(head.lefts)):
        if token.dep_ not in _MODIFIERS:
            break
        start = token.left_edge.i
    end = head.i + 1
    if head.doc.user_data:
        for token in head.rights:
            if token.dep_ != "amod" or token.left_edge.i != end:
                break
            end = token.right_edge.i + 1
    return start, end


def inside(head: Token) -> tuple[Token, ...]:
    """Return the tokens of the noun phrase up to its head."""
    start, end = phrase(head)
    return tuple(head.doc[start:end])


def whole_phrase(head: Token) -> tuple[int, int]:
    """Return the token span `[start, end)` of a noun phrase with its prepositional phrases, its clauses left out."""
    end = head.i + 1
    for one in head.rights:
        if one.dep_ not in {"prep", "case", "poss"} or one.i != end:
            break
        end = one.right_edge.i + 1
    return head.left_edge.i, end


def below(head: Token) -> Iterator[Token]:
    """Yield the nouns under a noun through of-phrases and other prepositions, nearest first, the noun itself first."""
    yield head
    for _, noun in prepositions(head):
        for one in conjuncts(noun):
            yield from below(one)
