"""A tree while it is being made over: words that can change heads and labels, and what keeps them one tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from marsad.reading.parsing.universal import Word

ROOT = "root"


class Node:
    """A word with its head (None for the root), its label and its children in order of text."""

    __slots__ = ("children", "dep", "entity", "feats", "head", "i", "lemma", "pos", "tag", "text")

    def __init__(self, i: int, word: Word) -> None:
        """Take the word over; heads come later, when all words are there."""
        self.i = i
        self.text = word.text
        self.lemma = word.lemma
        self.pos = word.upos
        self.feats: Mapping[str, str] = word.feats
        self.entity = word.entity
        self.dep = word.deprel
        self.tag = ""
        self.head: Node | None = None
        self.children: list[Node] = []

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def base(self) -> str:
        """The label without its subtype: "obl" of "obl:agent"."""
        return self.dep.partition(":")[0]

    def has(self, feature: str, *values: str) -> bool:
        """Tell whether a feature has one of the values."""
        return self.feats.get(feature) in values

    def child(self, *labels: str) -> Node | None:
        """Return the first child with one of the labels."""
        return next((one for one in self.children if one.dep in labels), None)

    def move(self, head: Node | None, dep: str) -> None:
        """Hang the word below another; the caller sees to it that this makes no circle."""
        if self.head is not None:
            self.head.children.remove(self)
        self.head, self.dep = head, dep
        if head is not None:
            head.children.append(self)
            head.children.sort(key=lambda one: one.i)

    def above(self) -> Iterator[Node]:
        """Yield the words above, nearest first."""
        node = self.head
        while node is not None:
            yield node
            node = node.head

    def below(self) -> Iterator[Node]:
        """Yield the word and all under it."""
        yield self
        for one in self.children:
            yield from one.below()

    def swap(self, dep: str) -> None:
        """Put the word in the place of its head, which goes below it with the label `dep`."""
        old = self.head
        if old is None:
            return
        self.move(old.head, old.dep)
        old.move(self, dep)


def planted(words: Sequence[Word]) -> list[Node]:
    """Return the words as one tree: what stands in a circle hangs on the next to its left, other roots on the first.

    A parser that decides word by word can give two roots, or words that are under each other.
    """
    nodes = [Node(i, word) for i, word in enumerate(words)]
    heads = [word.head if word.head != i else -1 for i, word in enumerate(words)]
    roots = [i for i, head in enumerate(heads) if head < 0] or [0]
    root = next((i for i in roots if words[i].upos != "PUNCT"), roots[0])
    heads[root] = -1
    for i in roots:
        if i != root:
            heads[i] = root
            nodes[i].dep = "punct" if words[i].upos == "PUNCT" else "parataxis"
    for i in range(len(nodes)):
        if (ring := _ring(heads, i)) is not None:
            heads[min(ring)] = _anchor(nodes, heads, min(ring), root)
    for i, node in enumerate(nodes):
        if heads[i] >= 0:
            node.move(nodes[heads[i]], node.dep)
    nodes[root].dep = ROOT
    return nodes


def _ring(heads: list[int], start: int) -> list[int] | None:
    """Return the circle that the way up from a word runs into, None where it comes to the root."""
    way: list[int] = []
    node = start
    while node >= 0:
        if node in way:
            return way[way.index(node) :]
        way.append(node)
        node = heads[node]
    return None


def _anchor(nodes: list[Node], heads: list[int], of: int, root: int) -> int:
    """Return the nearest verb to the left of a word that is not under it, else the root."""
    for i in range(of - 1, -1, -1):
        if nodes[i].pos == "VERB" and not _under(heads, i, of):
            return i
    return root


def _under(heads: list[int], node: int, above: int) -> bool:
    seen: set[int] = set()
    while node >= 0 and node not in seen:
        if node == above:
            return True
        seen.add(node)
        node = heads[node]
    return node >= 0
