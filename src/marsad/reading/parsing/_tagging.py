"""Penn tags from universal parts of speech and features."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.reading.parsing._nodes import Node

_PLAIN = {
    "ADJ": "JJ",
    "ADP": "IN",
    "ADV": "RB",
    "CCONJ": "CC",
    "DET": "DT",
    "INTJ": "UH",
    "NUM": "CD",
    "PART": "RB",
    "SCONJ": "IN",
    "SYM": "SYM",
    "X": "FW",
}
_MARKS = {",": ",", "(": "-LRB-", ")": "-RRB-", ":": ":", ";": ":", "-": "HYPH", "–": ":", "—": ":", "…": "."}
_OPENING, _CLOSING = '«„“"', "»”"


def tag_of(node: Node, relatives: frozenset[str]) -> str:
    """Return the Penn tag of a word."""
    if node.pos in {"NOUN", "PROPN"}:
        tag = "NNP" if node.pos == "PROPN" else "NN"
        return f"{tag}S" if node.has("Number", "Plur") else tag
    if node.pos in {"VERB", "AUX"}:
        return _of_verb(node)
    if node.pos == "PUNCT":
        return _of_mark(node.text)
    relative = node.has("PronType", "Rel") or node.lemma.lower() in relatives
    if node.pos == "PRON":
        if node.has("Poss", "Yes"):
            return "PRP$"
        return "WP" if relative else "PRP"
    if node.pos == "DET" and relative:
        return "WDT"
    return _PLAIN.get(node.pos, "NN")


def _of_verb(node: Node) -> str:
    form = node.feats.get("VerbForm", "Fin")
    if form == "Inf":
        return "VB"
    if form in {"Conv", "Ger"}:
        return "VBG"
    if form == "Part":
        return "VBG" if (node.has("Tense", "Pres") and not node.has("Voice", "Pass")) or _acts(node) else "VBN"
    if node.has("Tense", "Past", "Imp", "Pqp"):
        return "VBD"
    return "VBZ" if node.has("Number", "Sing") and node.has("Person", "3") else "VBP"


def _acts(node: Node) -> bool:
    """Tell a participle of who does it ("штурмующий"); where features say nothing it is of what is done."""
    return node.has("Voice", "Act", "Mid")


def _of_mark(text: str) -> str:
    if text in _MARKS:
        return _MARKS[text]
    if text[:1] in _OPENING:
        return "``"
    return "''" if text[:1] in _CLOSING else "."
