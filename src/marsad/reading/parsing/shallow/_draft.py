"""A tree in the making: each word gets a head and a label once; what is left over hangs on the root in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from marsad.reading.parsing.shallow._words import VERBAL
from marsad.reading.tree import mark_inflected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from marsad.reading.parsing.shallow._words import Reading, Word

_MARKS = {",": ",", ".": ".", "!": ".", "?": ".", ":": ":", ";": ":", "(": "-LRB-", ")": "-RRB-"}
_TAGS = {
    "ADJ": "JJ",
    "ADP": "IN",
    "ADV": "RB",
    "CCONJ": "CC",
    "DET": "DT",
    "NUM": "CD",
    "PART": "RP",
    "PRON": "PRP",
    "SCONJ": "IN",
    "INTJ": "UH",
    "SYM": "SYM",
    "X": "FW",
    "SPACE": "_SP",
}
# Labels of what says which one a noun means.
_TELLING = ("amod", "compound", "nummod", "poss", "appos", "det", "prep", "acl", "relcl")
_VERB_TAGS = {"inf": "VB", "conv": "VBG", "part": "VBN", "imps": "VBN"}


@dataclass(slots=True)
class Draft:
    """The words of a sentence with the heads and labels that they have so far.

    `articles` tells that the language shows by an article which nouns are definite.
    """

    words: list[Word]
    articles: bool
    heads: dict[int, int] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)

    def attach(self, index: int, head: int, label: str) -> None:
        """Hang a word on another, unless it has a head already or the other hangs below it."""
        if index in self.heads or index == head or index in self._above(head):
            return
        self.heads[index], self.labels[index] = head, label

    def loosen(self, index: int) -> None:
        """Take a word from its head again."""
        self.heads.pop(index, None)
        self.labels.pop(index, None)

    def is_free(self, index: int) -> bool:
        """Tell whether a word has no head yet."""
        return index not in self.heads

    def children(self, index: int, *labels: str) -> list[int]:
        """Return the words that hang on one by a label, in order of text."""
        return sorted(one for one, head in self.heads.items() if head == index and self.labels[one] in labels)

    def root_of(self, index: int) -> int:
        """Return the word above which nothing stands."""
        return self._above(index)[-1]

    def finish(self, root: int) -> None:
        """Hang all that is left on the root."""
        top = self.root_of(root)
        for index in range(len(self.words)):
            if index != top and self.is_free(index):
                self.attach(index, top, "punct" if self.words[index].upos == "PUNCT" else "dep")
        self.labels[top] = "ROOT"

    def doc(self, text: str, vocab: Vocab) -> Doc:
        """Return the tree as a `Doc` of exactly this text."""
        from spacy.tokens import Doc  # noqa: PLC0415 - loads with the parser, not before

        forms, spaces, places = _laid_out(text, self.words)
        at = {index: place for place, index in enumerate(places) if index is not None}
        top = next((at[i] for i in range(len(self.words)) if self.labels.get(i) == "ROOT"), 0)
        doc = Doc(
            vocab,
            words=forms,
            spaces=spaces,
            pos=["SPACE" if i is None else self.words[i].upos for i in places],
            tags=["_SP" if i is None else self._tag(i) for i in places],
            lemmas=[form if i is None else _lemma(self.words[i].first) for form, i in zip(forms, places, strict=True)],
            heads=[top if i is None else at[self.heads.get(i, i)] for i in places],
            deps=["" if i is None else self.labels.get(i, "dep") for i in places],
            ents=["O" if i is None else self._entity(i) for i in places],
        )
        for place, index in enumerate(places):
            if index is not None:
                if self._is_definite(index):
                    cast("Any", doc[place]).set_morph("Definite=Def")
                doc[place].norm_ = self.words[index].first.base
        return mark_inflected(doc)

    def _is_definite(self, index: int) -> bool:
        """Tell a noun that speaks of what is known: by its article, or without one by standing all alone."""
        word = self.words[index].first
        if word.upos != "NOUN" or self.articles:
            return word.definite
        return word.number == "Sing" and not self.children(index, *_TELLING)

    def _above(self, index: int) -> list[int]:
        chain = [index]
        while chain[-1] in self.heads:
            chain.append(self.heads[chain[-1]])
        return chain

    def _tag(self, index: int) -> str:
        if index in self.tags:
            return self.tags[index]
        word = self.words[index].first
        if word.upos == "PUNCT":
            return _MARKS.get(self.words[index].text, "''")
        if word.upos in {"NOUN", "PROPN"}:
            return ("NN" if word.upos == "NOUN" else "NNP") + ("S" if word.number == "Plur" else "")
        if word.upos in VERBAL:
            return _VERB_TAGS.get(word.form, "VBD" if word.tense == "Past" else "VBP")
        return _TAGS.get(word.upos, "FW")

    def _entity(self, index: int) -> str:
        """Return the entity of a word in the letters of its span: the first of a name begins it."""
        kind = self.words[index].first.entity
        if not kind:
            return "O"
        before = index - 1
        goes_on = before >= 0 and self.words[before].first.entity == kind and self._joined(before, index)
        return f"{'I' if goes_on else 'B'}-{kind}"

    def _joined(self, one: int, other: int) -> bool:
        return (
            self.heads.get(one) == other
            or self.heads.get(other) == one
            or self.heads.get(one) == self.heads.get(other, -1)
        )


def _lemma(reading: Reading) -> str:
    return reading.base if reading.upos == "PROPN" else reading.lemma.lower()


def _laid_out(text: str, words: Sequence[Word]) -> tuple[list[str], list[bool], list[int | None]]:
    """Return forms, whether a space follows each, and the word that each is: white space beyond one space is a form."""
    forms: list[str] = []
    spaces: list[bool] = []
    places: list[int | None] = []
    reached = 0

    def gap(upto: int) -> None:
        between = text[reached:upto]
        if between.startswith(" ") and forms and not spaces[-1]:
            spaces[-1] = True
            between = between[1:]
        if between:
            forms.append(between)
            spaces.append(False)
            places.append(None)

    for index, word in enumerate(words):
        gap(word.start)
        forms.append(word.text)
        spaces.append(False)
        places.append(index)
        reached = word.end
    gap(len(text))
    return forms, spaces, places
