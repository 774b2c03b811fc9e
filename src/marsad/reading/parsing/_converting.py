"""From the labels of Universal Dependencies to those of spaCy's English models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.reading.parsing._mending import NOMINAL, SUBJECTS, VERBAL, is_passive
from marsad.reading.parsing._nodes import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.reading.parsing._nodes import Node
    from marsad.vocabulary import Grammar

# What belongs to a clause, not to the noun or adjective that "be" joins to its subject.
_CLAUSAL = frozenset(
    {
        *("nsubj", "csubj", "aux", "mark", "advcl", "ccomp", "parataxis", "expl", "discourse", "vocative", "cc"),
        "obl",
        "dislocated",
    }
)
_LABELS = {
    "acl": "acl",
    "acl:relcl": "relcl",
    "advcl": "advcl",
    "advmod": "advmod",
    "amod": "amod",
    "appos": "appos",
    "aux": "aux",
    "aux:pass": "auxpass",
    "case": "case",
    "cc": "cc",
    "ccomp": "ccomp",
    "compound": "compound",
    "conj": "conj",
    "cop": "aux",
    "csubj": "csubj",
    "csubj:pass": "csubj",
    "det": "det",
    "discourse": "advmod",
    "expl:subj": "expl",
    "iobj": "dative",
    "mark": "mark",
    "nsubj": "nsubj",
    "nsubj:pass": "nsubjpass",
    "nummod": "nummod",
    "obj": "dobj",
    "parataxis": "parataxis",
    "punct": "punct",
    "xcomp": "xcomp",
}
_OBLIQUE = frozenset({"obl", "nmod"})
# Labels that are of the house already.
_SET = frozenset(
    {"prep", "pobj", "pcomp", "agent", "acomp", "attr", "oprd", "poss", "neg", "prt", "npadvmod", "relcl", "means"}
)


def convert(nodes: Sequence[Node], grammar: Grammar) -> None:
    """Make a mended tree over, in this order: verbs first, then names, then prepositions, then labels."""
    rules: tuple[Callable[[Node, Grammar], None], ...] = (_modal, _copula, _name, _apposed, _infinitive, _prepositional)
    for rule in rules:
        for node in nodes:
            rule(node, grammar)
    for node in nodes:
        _label(node, grammar)


# ---- verbs --------------------------------------------------------------------------------------------------------


def _modal(node: Node, grammar: Grammar) -> None:
    """Make a modal verb an auxiliary of its infinitive: "pourrait attaquer"."""
    verb = node.head
    if verb is None or node.base not in {"xcomp", "ccomp", "csubj"} or not node.has("VerbForm", "Inf"):
        return
    if verb.lemma not in grammar.modals | grammar.datives:
        return
    moved = [one for one in verb.children if one is not node]
    for one in moved:
        if (
            verb.lemma in grammar.datives
            and one.has("Case", "Dat")
            and one.pos in NOMINAL
            and one.child("case") is None
        ):
            one.dep = "nsubj"
    node.swap("aux")
    for one in moved:
        if one.base != "conj" or one.i < node.i:
            one.move(node, one.dep)
    verb.pos = "AUX"


def _copula(node: Node, _: Grammar) -> None:
    """Make "be" the head of its clause, and what it says of the subject its complement."""
    said = node.head
    if node.base != "cop" or said is None:
        return
    clausal = [one for one in said.children if one is not node and _is_clausal(one, said)]
    cases = [one for one in said.children if one.dep == "case"]
    node.swap("acomp" if said.pos in {"ADJ", "VERB", "DET"} else "advmod" if said.pos == "ADV" else "attr")
    if cases:
        said.dep = "obl"
    for one in clausal:
        one.move(node, one.dep)


def _is_clausal(one: Node, said: Node) -> bool:
    if one.base in _CLAUSAL:
        return one.base != "obl" or one.child("case") is None or said.pos in {"NOUN", "PROPN"}
    if one.base == "advmod":
        return one.i < said.i - 1 or one.has("Polarity", "Neg") or one.i > said.i
    if one.base == "conj":
        return any(c.base == "cop" or c.base in SUBJECTS for c in one.children) or one.pos in VERBAL
    return one.base == "punct" and (one.text in ".!?" or one.head is None)


def _infinitive(node: Node, grammar: Grammar) -> None:
    """Make what opens an infinitive a "to", or a preposition: "pour reprendre", "sans tirer", "après avoir pris"."""
    infinitive = any(one.has("VerbForm", "Inf") for one in (node, *node.children) if one is node or one.base == "aux")
    if not infinitive or node.pos not in VERBAL:
        return
    marks = [one for one in node.children if one.dep in {"mark", "case"} and one.pos in {"ADP", "SCONJ", "PART"}]
    for one in marks[1:]:
        one.dep = "dep"
    for mark in marks[:1]:
        if node.base != "advcl" or mark.lower in grammar.purposes or node.head is None:
            mark.dep, mark.tag, mark.pos = "aux", "TO", "PART"
        else:
            mark.move(node.head, "prep")
            node.move(mark, "pcomp")
            node.tag = "VBG" if node.has("VerbForm", "Inf") else ""


# ---- names --------------------------------------------------------------------------------------------------------


def _name(node: Node, _: Grammar) -> None:
    """Make the last word of a name its head, as in "Abou Mohammed al-Joulani"."""
    parts = [one for one in node.children if one.base == "flat" and one.i > node.i]
    if not parts or node.pos not in NOMINAL:
        return
    last = parts[-1]
    kept = [
        one
        for one in node.children
        if (one not in parts and one.i > last.i) or one.base in {"case", "det", "amod", "cc", "punct"}
    ]
    last.swap("compound")
    for one in parts[:-1]:
        one.move(last, "compound")
    for one in kept:
        one.move(last, one.dep)
    last.pos = "PROPN" if node.pos == "PROPN" else last.pos


def _apposed(node: Node, _: Grammar) -> None:
    """Read a name right behind its noun as English puts it: "генерал Петров", "le groupe Ansar", "город Хама"."""
    noun = node.head
    if noun is None or node.base not in {"appos", "nmod", "flat"} or noun.pos != "NOUN" or node.pos != "PROPN":
        return
    if any(one.dep == "case" for one in node.children) or node.i < noun.i or _is_parted(noun, node):
        return
    if node.base == "nmod" and node.has("Case", "Gen", "Ins", "Dat", "Loc"):
        return
    if node.entity in {"LOC", "GPE", "FAC"}:
        node.dep = "poss"
    elif node.entity in {"PERSON", "ORG"}:
        moved = [one for one in noun.children if one is not node]
        node.swap("compound")
        for one in moved:
            if one.i > node.i or one.base in {"case", "det", "amod", "cc"}:
                one.move(node, one.dep)


def _is_parted(noun: Node, name: Node) -> bool:
    """Tell that a comma or dash stands between a noun and a name."""
    first = min(one.i for one in name.below())
    return (
        any(one.pos == "PUNCT" and noun.i < one.i < name.i and one.text in ",—–-(" for one in name.children)
        or first > noun.i + 4
    )


# ---- prepositions -------------------------------------------------------------------------------------------------


def _prepositional(node: Node, grammar: Grammar) -> None:
    """Put the preposition above its noun, the first of several above the others: "hors de la ville"."""
    cases = [
        one for one in node.children if one.dep == "case" and one.pos in {"ADP", "ADV", "SCONJ", "PART", "NOUN", "VERB"}
    ]
    if (
        node.head is None
        or not cases
        or node.base
        not in {
            *_OBLIQUE,
            "attr",
            "appos",
            "xcomp",
            "iobj",
            "advcl",
            "root",
            "acl",
            "advmod",
            "parataxis",
            "obj",
            "dep",
            "orphan",
        }
    ):
        return
    openers = (
        one for one in node.children if one.base == "advmod" and one.lower in grammar.openers and one.i < cases[0].i
    )
    chain = [*openers, *cases]
    chain += [
        one for case in cases for one in case.children if one.base == "fixed" and one.pos in {"ADP", "ADV", "NOUN"}
    ][-1:]
    chain.sort(key=lambda one: one.i)
    first, *others = chain
    first.move(node.head, "agent" if node.dep == "obl:agent" else "prep")
    above = first
    for one in others:
        one.move(above, "prep")
        one.pos = "ADP"
        above = one
    node.move(above, "pobj")
    first.pos = "ADP"


# ---- labels -------------------------------------------------------------------------------------------------------


def _label(node: Node, grammar: Grammar) -> None:
    """Give a word the label of the house."""
    if node.dep == ROOT:
        node.dep = "ROOT"
    elif node.dep in _SET:
        pass
    elif _negates(node, grammar):
        node.dep = "neg"
    elif node.base == "expl" and node.dep != "expl:subj":
        node.dep = "prt" if node.lower in grammar.reflexives else "expl"
    elif node.has("Poss", "Yes") and node.base in {"det", "nmod", "amod"}:
        node.dep, node.pos = "poss", "PRON"
    elif node.base in _OBLIQUE:
        node.dep = _of_oblique(node)
    elif node.base == "det":
        node.dep = _of_determiner(node)
    elif node.base == "acl" and _is_relative(node, grammar):
        node.dep = "relcl"
    elif node.base == "amod" and node.pos == "VERB" and node.head is not None and node.i > node.head.i:
        node.dep = "acl"
    elif node.base == "acl" and node.has("VerbForm", "Part") and node.head is not None and node.head.pos in VERBAL:
        node.dep = "oprd"
    elif node.base == "xcomp":
        node.dep = _of_complement(node)
    else:
        node.dep = _LABELS.get(node.dep) or _LABELS.get(node.base, "dep")


def _negates(node: Node, grammar: Grammar) -> bool:
    if (
        node.base not in {"advmod", "aux", "cc", "discourse"}
        or node.lower not in grammar.negations
        or node.head is None
    ):
        return False
    # "Plus" is "no more" beside "ne", and "more" without it.
    return node.has("Polarity", "Neg") or any(one.has("Polarity", "Neg") for one in node.head.children)


def _of_oblique(node: Node) -> str:
    """Label a noun without a preposition: a genitive is an owner, an instrumental who does it in a passive."""
    head = node.head
    if node.dep.endswith(":tmod") or head is None:
        return "npadvmod"
    if node.has("Case", "Ins"):
        return "agent" if is_passive_house(head) or head.pos == "NOUN" else "means"
    if node.has("PronType", "Rel") or (
        node.feats.get("Case") and head.pos in {"NOUN", "PROPN"} and not node.has("Case", "Dat")
    ):
        return "poss"
    if node.base == "nmod" and not node.feats.get("Case"):
        return "nmod"
    if head.pos == "VERB" and node.i > head.i and not node.feats.get("Case"):
        return "oprd"
    return "dative" if node.has("Case", "Dat") else "npadvmod"


def is_passive_house(verb: Node) -> bool:
    """Tell a passive whose labels may be of the house already."""
    return is_passive(verb) or any(one.dep in {"nsubjpass", "auxpass"} for one in verb.children)


def _of_determiner(node: Node) -> str:
    """Label a determiner; one that only goes along with a negated verb says nothing of its own ("никаких … не")."""
    if node.has("PronType", "Neg"):
        verb = next((one for one in node.above() if one.pos in VERBAL), None)
        if verb is not None and any(one.dep == "neg" or one.has("Polarity", "Neg") for one in verb.children):
            return "amod"
    return "det"


def _is_relative(node: Node, grammar: Grammar) -> bool:
    words = (one for one in node.below())
    return any(one.has("PronType", "Rel") or one.lemma.lower() in grammar.relatives for one in words)


def _of_complement(node: Node) -> str:
    """Label what a verb says that something is ("est restée fermée"), or a verb that completes it."""
    if node.pos == "ADJ" or (node.has("VerbForm", "Part") and not any(one.base == "aux" for one in node.children)):
        beside = node.head is not None and any(one.base in {"obj", "dobj"} for one in node.head.children)
        return "oprd" if beside else "acomp"
    return "oprd" if node.pos in NOMINAL else "xcomp"
