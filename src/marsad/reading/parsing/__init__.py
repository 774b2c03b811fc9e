"""Parsing: a sentence of any language that is read to one kind of tree, the only one that the rest of the room knows.

The tree is a spaCy `Doc` with the labels and tags of spaCy's English models; `docs/languages.md` says which of them count.
Each engine is a module here with a function `load(model)` that returns its `Parser`; a language names its engine in its
`language.toml`. A parser of a language whose names change their endings gives the base form of each word as `norm_`, and marks
the tree with `mark_inflected`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from marsad.errors import MarsadError
from marsad.vocabulary.languages import load_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

__all__ = ["MissingEngineError", "Parser", "load_parser"]


class MissingEngineError(MarsadError):
    """The engine of a language is not installed; the message says how to install it."""


class Parser(Protocol):
    """Makes trees of one language."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the tree of each text, which is one sentence, in order and in batches."""
        ...

    def base(self, word: str) -> str:
        """Return the base form of a word that stands alone, cased as it is; the word itself where it does not inflect."""
        ...


@cache
def load_parser(code: str) -> Parser:
    """Return the parser of a language, loaded once; raise MissingEngineError where its engine is not installed."""
    profile = load_languages()[code]
    try:
        engine = import_module(f"{__name__}.{profile.engine}")
        parser: Parser = engine.load(profile.model)
    except (ImportError, OSError) as error:
        if profile.extra is None:
            raise
        reason = f'{profile.name} is read with the extra "{profile.extra}": pip install "marsad[{profile.extra}]"'
        raise MissingEngineError(reason) from error
    return parser
