"""From trees of Universal Dependencies, whatever parser made them, to the one kind of tree that the room knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading.parsing._converting import convert
from marsad.reading.parsing._mending import mend
from marsad.reading.parsing._nodes import planted
from marsad.reading.parsing._tagging import tag_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from marsad.reading.parsing._nodes import Node
    from marsad.vocabulary import Grammar

__all__ = ["Word", "housed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a sentence as a parser of Universal Dependencies gives it.

    `start` is its offset in the text, `lemma` lower-case for common words, `base` the form in which a dictionary of
    names has it, cased as it is. `head` is the index of its head, or less than 0 for the root. `entity` is what the
    name that it belongs to is of: PERSON, ORG, LOC; empty for none.
    """

    text: str
    start: int
    lemma: str
    base: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    entity: str = ""


def housed(words: Sequence[Word], text: str, vocab: Vocab, grammar: Grammar) -> Doc:
    """Return a sentence as a tree of the house, its tokens at the offsets of the words.

    Raises ValueError where the words do not stand in the text in their order.
    """
    nodes = planted(words)
    mend(nodes, grammar)
    convert(nodes, grammar)
    return _doc(words, nodes, text, vocab, grammar)


def _doc(words: Sequence[Word], nodes: Sequence[Node], text: str, vocab: Vocab, grammar: Grammar) -> Doc:
    from spacy.tokens import Doc  # noqa: PLC0415 - a second of start-up that commands without reading need not pay

    pieces, spaces, where = _pieces(words, text)
    at = {word: index for index, word in enumerate(where) if word >= 0}
    before = [max((at[j] for j in range(len(words)) if at[j] < index), default=index) for index in range(len(pieces))]

    def of(index: int) -> Node | None:
        return nodes[where[index]] if where[index] >= 0 else None

    told = [of(index) for index in range(len(pieces))]
    doc = Doc(
        vocab,
        words=pieces,
        spaces=spaces,
        tags=["_SP" if one is None else one.tag or tag_of(one, grammar.relatives) for one in told],
        pos=["SPACE" if one is None else one.pos for one in told],
        morphs=["" if one is None else "|".join(f"{k}={v}" for k, v in sorted(one.feats.items())) for one in told],
        lemmas=[piece if one is None else one.lemma for one, piece in zip(told, pieces, strict=True)],
        heads=[
            before[index] if one is None else at[one.head.i] if one.head is not None else index
            for index, one in enumerate(told)
        ],
        deps=["dep" if one is None else one.dep for one in told],
        ents=_entities(told),
    )
    for token, one in zip(doc, told, strict=True):
        token.norm_ = token.text if one is None else words[one.i].base
    return doc


def _pieces(words: Sequence[Word], text: str) -> tuple[list[str], list[bool], list[int]]:
    """Return the tokens, whether a space follows each, and the word of each, -1 for white space of its own."""
    pieces: list[str] = []
    spaces: list[bool] = []
    where: list[int] = []
    end = 0
    for index, word in enumerate(words):
        gap = text[end : word.start]
        if gap.strip() or text[word.start : word.start + len(word.text)] != word.text:
            raise ValueError(f"the words of {text!r} do not cover it at character {end}")
        if gap and pieces and gap[0] == " ":
            spaces[-1], gap = True, gap[1:]
        if gap:
            pieces.append(gap)
            spaces.append(False)
            where.append(-1)
        pieces.append(word.text)
        spaces.append(False)
        where.append(index)
        end = word.start + len(word.text)
    rest = text[end:]
    if rest and pieces and rest[0] == " ":
        spaces[-1], rest = True, rest[1:]
    if rest:
        pieces.append(rest)
        spaces.append(False)
        where.append(-1)
    return pieces, spaces, where


def _entities(told: Sequence[Node | None]) -> list[str]:
    """Return the names as spaCy takes them, in its scheme of first and following words."""
    tags: list[str] = []
    last = ""
    for one in told:
        kind = one.entity if one is not None else ""
        tags.append("O" if not kind else f"I-{kind}" if kind == last else f"B-{kind}")
        last = kind
    return tags
