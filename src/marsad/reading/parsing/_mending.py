"""What parsers of Universal Dependencies get wrong in the prose of the press, put right where a rule is safe."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.reading.parsing._nodes import Node
    from marsad.vocabulary import Grammar

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECTS = frozenset({"nsubj", "csubj"})
_HANGING = frozenset({"nmod", "appos", "conj", "obl"})
_OBJECTS = frozenset({"obj", "appos", "nmod", "obl", "xcomp", "ccomp", "iobj"})
# How a name right behind its verb may hang that the parser does not know for an object.
_LOOSE = frozenset({"obl", "parataxis", "xcomp", "ccomp", "advcl", "advmod", "dep"})
_MARKS = frozenset({",", "»", "”", '"', "—", "–", "-"})


def mend(nodes: Sequence[Node], grammar: Grammar) -> None:
    """Put right, in this order, what later rules build on."""
    for rule in _RULES:
        for node in nodes:
            rule(node, nodes, grammar)


def subject_of(verb: Node) -> Node | None:
    """Return the subject of a verb."""
    return next((one for one in verb.children if one.base in SUBJECTS), None)


def is_passive(verb: Node) -> bool:
    """Tell a verb in the passive: by its auxiliary, its subject or its form."""
    if any(one.dep in {"aux:pass", "nsubj:pass"} for one in verb.children):
        return True
    if not verb.has("VerbForm", "Part") or any(one.base == "aux" for one in verb.children):
        return False
    return verb.has("Voice", "Pass") or (verb.base in {"acl", "amod"} and not verb.has("Voice", "Act", "Mid", "Pass"))


def _day(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Take a day without a preposition for when it was, not for what was done: "a affirmé jeudi que"."""
    named = node.lower in grammar.days or node.lemma.lower() in grammar.days
    if named and node.head is not None and node.child("case") is None and node.base in {*_OBJECTS, "nsubj", "advmod"}:
        node.dep, node.entity = "obl:tmod", "DATE"


def _negation(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Give a negation before an adverb to the verb: "n'ont pas encore lancé"."""
    adverb = node.head
    if (
        adverb is None
        or adverb.pos not in {"ADV", "PART"}
        or node.lower not in grammar.negations
        or adverb.head is None
    ):
        return
    if adverb.head.pos in VERBAL and adverb.lower not in grammar.measures:
        node.move(adverb.head, "advmod")


def _measure(node: Node, nodes: Sequence[Node], grammar: Grammar) -> None:
    """Hang a word that bounds a number, and its "not", on what is counted: "задержано не менее 60 мужчин"."""
    if node.lower not in grammar.measures or node.head is None:
        return
    counted = next((one for one in node.children if one.pos in {"NOUN", "PROPN"} and one.i > node.i), None)
    if counted is not None and node.base != "advmod":
        for case in [one for one in counted.children if one.dep == "case"]:
            case.dep = "dep"
        counted.swap("advmod")
    before = nodes[node.i - 1] if node.i else None
    if before is not None and before.lower in grammar.negations and node not in before.below():
        before.move(node, "advmod")


def _misread_name(node: Node, nodes: Sequence[Node], _: Grammar) -> None:
    """Give a name in the genitive to the noun right before it: "захват города Ивановки повстанцами"."""
    before = nodes[node.i - 1] if node.i else None
    if node.pos != "PROPN" or node.base != "amod" or before is None or before.pos != "NOUN" or before in node.below():
        return
    node.move(before, "nmod")
    node.feats = {**node.feats, "Case": "Gen"}


def _clitic(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Make a pronoun joined to the end of its verb its subject: "a-t-il ajouté"."""
    verb = node.head
    if verb is None or node.lower not in grammar.clitics:
        return
    subject = subject_of(verb)
    if subject is None or subject is node:
        node.dep, node.pos = "nsubj", "PRON"
    else:
        node.dep = "dep"


def _pronoun_clause(verb: Node, _: Sequence[Node], __: Grammar) -> None:
    """Read a verb right behind a personal pronoun as its verb, not as a participle of it: "nous contrôlons le pont"."""
    pronoun = verb.head
    if pronoun is None or pronoun.pos != "PRON" or verb.base != "acl" or not pronoun.has("Person", "1", "2", "3"):
        return
    if pronoun.base != "nsubj" or verb.i != pronoun.i + 1 or pronoun.head is None or pronoun.head.i < verb.i:
        return
    verb.feats = {"VerbForm": "Fin", "Tense": "Pres", **{k: v for k, v in verb.feats.items() if k == "Number"}}
    verb.move(pronoun.head, "ccomp")
    pronoun.move(verb, "nsubj")


def _flat(node: Node, _: Sequence[Node], __: Grammar) -> None:
    """Join the words of one name, "Абу Мухаммад" and "РИА Новости", but not what is in the genitive."""
    head = node.head
    if head is None or not node.entity or node.entity != head.entity or node.base not in {"appos", "nmod", "flat"}:
        return
    named = node.entity == "PERSON" or (node.pos == "PROPN" and head.pos == "PROPN")
    if (
        named
        and node.child("case") is None
        and head.i < node.i
        and (node.entity == "PERSON" or not node.has("Case", "Gen"))
    ):
        node.dep, node.pos, head.pos = "flat", "PROPN", "PROPN"


def _object(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Make a bare accusative the object, and what looks like a second subject behind its verb."""
    verb = node.head
    if verb is None or verb.pos != "VERB" or node.pos not in NOMINAL or any(one.base == "obj" for one in verb.children):
        return
    second = (
        node.dep == "nsubj"
        and node.i > verb.i
        and any(c.base == "nsubj" and c.i < verb.i for c in _with_modal(verb, grammar))
    )
    bare = node.base == "obl" and node.dep != "obl:tmod" and node.child("case") is None
    behind = not node.feats.get("Case") and node.i > verb.i and node.child("det") is not None and not is_passive(verb)
    named = node.pos == "PROPN" and node.i == verb.i + 1 and not is_passive(verb)
    if second or (bare and (node.has("Case", "Acc") or behind)) or (named and node.base in _LOOSE):
        node.dep = "obj"


def _with_modal(verb: Node, grammar: Grammar) -> list[Node]:
    """Return what depends on a verb, and on the modal verb above it."""
    above = verb.head
    return [*verb.children, *(above.children if above is not None and above.lemma in grammar.modals else ())]


def _perfect(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Tell the perfect of movement and of reflexive verbs from a passive: "sont entrés", "s'est rendu"."""
    reflexive = any(one.lower in grammar.reflexives and one.pos == "PRON" for one in node.children)
    if node.pos == "VERB" and (reflexive or node.lemma in grammar.perfects):
        node.feats = {name: value for name, value in node.feats.items() if name != "Voice"}
        for one in node.children:
            one.dep = {"nsubj:pass": "nsubj", "aux:pass": "aux"}.get(one.dep, one.dep)


def _content(node: Node, nodes: Sequence[Node], grammar: Grammar) -> None:
    """Make what "that" opens right behind a reporting verb what is said: "affirmant que l'armée contrôlait"."""
    clause = node.head
    if node.lower not in grammar.contents or node.dep != "mark" or clause is None:
        return
    if clause.base in {"ccomp", "csubj"} and clause.head is not None and clause.head.i < node.i:
        return
    verbs = (one for one in reversed(nodes[: node.i]) if one.pos in VERBAL and one.base not in {"aux", "cop"})
    verb = next(verbs, None)
    if verb is None or verb.lemma not in grammar.reporting or verb is clause or clause in verb.above():
        return
    clause.move(verb, "ccomp")


def _agent(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Who does it in a passive stands after one preposition, or in the instrumental."""
    verb, case = node.head, node.child("case")
    if verb is None or node.base not in {"obl", "nmod"} or node.pos not in NOMINAL or not is_passive(verb):
        return
    if case is not None and case.lower in grammar.agents:
        node.dep = "obl:agent"


def _lost_subject(verb: Node, nodes: Sequence[Node], _: Grammar) -> None:
    """Make the noun right before a verb without a subject its subject, no part of the phrase before the comma."""
    finite = verb.has("VerbForm", "Fin") or any(
        one.base == "aux" and one.has("VerbForm", "Fin") for one in verb.children
    )
    if verb.pos != "VERB" or not finite or verb.base == "aux" or subject_of(verb) is not None:
        return
    label, head = ("nsubj:pass" if is_passive(verb) else "nsubj"), verb.head
    if verb.base == "parataxis" and head is not None and head.pos in NOMINAL and head.head is None and head.i < verb.i:
        verb.swap(label)
        return
    start = min([verb.i, *(one.i for one in verb.children if one.base in {"aux", "advmod", "expl", "iobj"})])
    noun = nodes[start - 1] if start else None
    if verb.base == "conj":
        _joined_subject(verb, noun, label)
        return
    while noun is not None and noun.head is not None and (noun.head.i < noun.i or noun.pos not in NOMINAL):
        if noun.pos in NOMINAL and _is_cut_off(noun, nodes):
            break
        noun = noun.head
    if noun is None or noun.head is None or not _is_cut_off(noun, nodes) or noun in verb.above():
        return
    noun.move(verb, label)


def _joined_subject(verb: Node, noun: Node | None, label: str) -> None:
    """Make the noun before a joined verb its subject, no part of a list: "dans la ville et le camp est tombé"."""
    while noun is not None and noun.head is not None and noun.pos not in NOMINAL:
        noun = noun.head
    if noun is None or noun.base != "conj" or noun.i > verb.i or any(one.base == "cc" for one in verb.children):
        return
    if any(one.base == "cc" for one in noun.children) and noun.child("case") is None and noun not in verb.above():
        for one in [one for one in noun.children if one.base == "cc"]:
            one.move(verb, "cc")
        noun.move(verb, label)


def _is_cut_off(noun: Node, nodes: Sequence[Node]) -> bool:
    """Tell a noun without a preposition that a comma parts from what it hangs on, a noun after a preposition."""
    head = noun.head
    if head is None or head.i > noun.i or noun.base not in _HANGING or noun.child("case", "cc") is not None:
        return False
    first = min(one.i for one in noun.below())
    return head.child("case") is not None and first > head.i and nodes[first - 1].text == ","


def _inverted(verb: Node, nodes: Sequence[Node], grammar: Grammar) -> None:
    """Make the bare noun behind an inserted reporting verb who says it: "…, a déclaré à l'AFP un officier"."""
    if verb.lemma not in grammar.reporting or verb.pos != "VERB" or subject_of(verb) is not None:
        return
    start = min([verb.i, *(one.i for one in verb.children if one.base in {"aux", "expl", "advmod"} and one.i < verb.i)])
    if start == 0 or nodes[start - 1].text not in _MARKS or verb.has("VerbForm", "Conv", "Inf"):
        return
    if verb.has("VerbForm", "Part") and not any(one.base == "aux" for one in verb.children):
        return
    for node in itertools.takewhile(lambda one: one.pos not in VERBAL and one.text not in _MARKS, nodes[verb.i + 1 :]):
        bare = node.pos in NOMINAL and node.base in _OBJECTS and node.child("case") is None
        if bare and node not in verb.above():
            node.move(verb, "nsubj")
            return


def _impersonal(node: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Make a body in which "they" say something who says it: "в штабе сообщили"."""
    verb, case = node.head, node.child("case")
    if verb is None or case is None or node.base != "obl" or case.lower not in grammar.speaking_in:
        return
    plural = verb.has("Number", "Plur") and verb.has("VerbForm", "Fin") and not verb.has("Person", "1", "2")
    if (
        verb.lemma not in grammar.reporting
        or not plural
        or subject_of(verb) is not None
        or node.entity in {"GPE", "DATE"}
    ):
        return
    case.move(verb, "dep")
    node.dep = "nsubj"


def _quoted(verb: Node, nodes: Sequence[Node], grammar: Grammar) -> None:
    """Put an inserted reporting verb above what it attributes: "…, сказал он"."""
    said = verb.head
    if said is None or verb.lemma not in grammar.reporting or verb.i < said.i or not _is_inserted(verb, nodes):
        return
    if any(one.dep == "ccomp" for one in verb.children) or (subject_of(verb) is None and not is_passive(verb)):
        return
    if said.base not in {"aux", "cop"} and said.pos in {*VERBAL, *NOMINAL, "ADJ"}:
        verb.swap("ccomp")


def _is_inserted(verb: Node, nodes: Sequence[Node]) -> bool:
    """Tell a verb that stands by itself behind a comma or a quotation mark, its subject behind it."""
    if verb.base == "parataxis":
        return True
    if verb.base not in {"conj", "advcl", "ccomp", "acl"} or any(one.base in {"cc", "mark"} for one in verb.children):
        return False
    first = min([verb.i, *(one.i for one in verb.children if one.base in {"aux", "advmod", "expl"})])
    subject = subject_of(verb)
    return first > 0 and nodes[first - 1].text in _MARKS and subject is not None and subject.i > first


def _saying_on(verb: Node, _: Sequence[Node], grammar: Grammar) -> None:
    """Let who says one thing say another in a participle: "a affirmé que …, ajoutant que"."""
    clause = verb.head
    if clause is None or verb.base not in {"advcl", "acl"} or verb.lemma not in grammar.reporting:
        return
    speaks_on = verb.has("VerbForm", "Conv") or (verb.has("VerbForm", "Part") and verb.has("Tense", "Pres"))
    outer = clause.head
    inside = clause.base == "ccomp" and verb.i > clause.i
    if speaks_on and inside and outer is not None and outer.i < clause.i and outer.lemma in grammar.reporting:
        verb.move(outer, "advcl")


_RULES: tuple[Callable[[Node, Sequence[Node], Grammar], None], ...] = (
    _day,
    _measure,
    _negation,
    _misread_name,
    _clitic,
    _pronoun_clause,
    _flat,
    _object,
    _perfect,
    _content,
    _agent,
    _lost_subject,
    _inverted,
    _impersonal,
    _quoted,
    _saying_on,
)
