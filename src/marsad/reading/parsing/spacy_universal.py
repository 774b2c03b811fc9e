"""A language by a spaCy model that is trained on Universal Dependencies: French."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from marsad.reading.parsing.universal import Word, housed
from marsad.reading.tree import mark_inflected
from marsad.vocabulary import load_grammar

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language as Pipeline
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Token

    from marsad.vocabulary import Grammar

_SENTENCES_AT_ONCE = 64
_ENTITIES = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
# Endings of plurals and feminines, the longest first, and what the singular and the masculine have.
_ENDINGS = (
    *(
        ("iennes", "ien"),
        ("ienne", "ien"),
        ("onnes", "on"),
        ("onne", "on"),
        ("elles", "el"),
        ("elle", "el"),
        ("aux", "al"),
    ),
    *(
        ("ales", "al"),
        ("ale", "al"),
        ("ées", "é"),
        ("ée", "é"),
        ("és", "é"),
        ("es", ""),
        ("e", ""),
        ("s", ""),
        ("x", ""),
    ),
)
_SHORTEST = 2
# What no word is that has a capital inside a sentence.
_COMMON = frozenset({"NOUN", "ADV", "VERB"})
_LIGATURE = "œ"
_APOSTROPHES = str.maketrans("’", "'")


@dataclass(frozen=True, slots=True)
class UniversalParser:
    """The parser; trees keep names as they are written, names are compared without their endings."""

    pipeline: Pipeline
    grammar: Grammar

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the tree of each sentence."""
        # A model knows the straight apostrophe best; it is as long as the other, so that offsets stay.
        pairs = ((text.translate(_APOSTROPHES), text) for text in texts)
        for doc, text in self.pipeline.pipe(pairs, as_tuples=True, batch_size=_SENTENCES_AT_ONCE):
            yield mark_inflected(housed(_words(doc, text), text, self.pipeline.vocab, self.grammar))

    def base(self, word: str) -> str:
        """Return what the numbers and genders of a word have in common; nothing for an article or "of"."""
        lower = word.lower()
        if lower in self.grammar.articles:
            return ""
        for ending, common in _ENDINGS:
            if lower.endswith(ending) and len(lower) > len(ending) + _SHORTEST:
                return lower.removesuffix(ending) + common
        return lower


def load(model: str) -> UniversalParser:
    """Load a spaCy model by the name of its package; OSError where it is not installed."""
    import spacy  # noqa: PLC0415 - a second of start-up that commands without reading need not pay

    pipeline = spacy.load(model)
    tokenizer = cast("Tokenizer", pipeline.tokenizer)
    tokenizer.infix_finditer = partial(_infixes, tokenizer.infix_finditer)
    return UniversalParser(pipeline, load_grammar(pipeline.lang))


def _infixes(find: Callable[[str], Iterator[re.Match[str]]], word: str) -> Iterator[re.Match[str]]:
    """Yield where the tokenizer cuts inside a word, but not at the hyphen of a name: "Kafr-Zita", "al-Bab"."""
    return (cut for cut in find(word) if not (cut.group() == "-" and word[cut.end() : cut.end() + 1].isalpha()))


def _words(doc: Doc, text: str) -> list[Word]:
    """Return the words of a parse without its white space; a word under white space hangs where that hangs."""
    kept = [token for token in doc if not token.is_space]
    at = {token.i: index for index, token in enumerate(kept)}
    words: list[Word] = []
    for token in kept:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        written = text[token.idx : token.idx + len(token.text)]
        named = token.pos_ in _COMMON and token.i > 0 and written[:1].isupper() and not doc[token.i - 1].is_punct
        words.append(
            Word(
                text=written,
                start=token.idx,
                lemma=token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower().replace(_LIGATURE, "oe"),
                base=written,
                # Common nouns are not capitalised: what is one is a part of a name, but none that the model knows.
                upos="PROPN" if named else token.pos_,
                feats=token.morph.to_dict(),
                head=-1 if head.i == token.i or head.is_space else at[head.i],
                deprel="root" if token.dep_ == "ROOT" else token.dep_,
                entity=_entity(token),
            )
        )
    return words


def _entity(token: Token) -> str:
    """Return what the name is of that a word belongs to; common nouns and small words are no names of places."""
    kind = _ENTITIES.get(token.ent_type_, "")
    return "" if kind == "GPE" and token.pos_ not in {"PROPN", "X"} else kind
