"""English by a spaCy model, whose trees are taken as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from marsad.reading.parsing.pipelines import load_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language as Pipeline
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

_SENTENCES_AT_ONCE = 64
_ARTICLE = re.compile(r"(?:a|e)[ldnrstz]|a[st]h|u[lmn]|wa-?l", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EnglishParser:
    """The parser; English names do not change their endings."""

    pipeline: Pipeline

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the tree of each sentence."""
        return self.pipeline.pipe(texts, batch_size=_SENTENCES_AT_ONCE)

    def base(self, word: str) -> str:
        """Return the word itself."""
        return word


def load(model: str) -> EnglishParser:
    """Load a spaCy model by the name of its package."""
    pipeline = load_pipeline(model)
    tokenizer = cast("Tokenizer", pipeline.tokenizer)
    tokenizer.infix_finditer = partial(_infixes, tokenizer.infix_finditer)
    return EnglishParser(pipeline)


def _infixes(find: Callable[[str], Iterator[re.Match[str]]], word: str) -> Iterator[re.Match[str]]:
    """Yield where the tokenizer cuts inside a word, but not after an article that belongs to a name: "al-Bab"."""
    return (cut for cut in find(word) if not (cut.group() == "-" and _ARTICLE.fullmatch(word[: cut.start()])))
