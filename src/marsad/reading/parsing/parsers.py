"""What makes the trees of a language, found by the engine that the language names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from marsad.errors import MarsadError
from marsad.theatre import fold
from marsad.vocabulary import load_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W_]+")


class MissingEngineError(MarsadError):
    """The engine of a language is not installed; the message says how to install it."""


class Parser(Protocol):
    """Makes trees of one language."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the tree of each text, which is one sentence, in order and in batches."""
        ...

    def base(self, word: str) -> str:
        """Return the dictionary form of a word that stands alone, "" for an article; any form of it gives the same."""
        ...


def based(parser: Parser) -> Callable[[str], str]:
    """Return how names are compared where words change their endings: by the base forms of their words."""

    @lru_cache(maxsize=1 << 16)
    def form(name: str) -> str:
        return " ".join(filter(None, (fold(parser.base(word)) for word in _WORD.findall(name))))

    return form


@cache
def load_parser(code: str) -> Parser:
    """Return the parser of a language, loaded once; raise MissingEngineError where its engine is not installed."""
    profile = load_languages()[code]
    try:
        engine = import_module(f"{__package__}.{profile.engine}")
        parser: Parser = engine.load(profile.model)
    except (ImportError, OSError) as error:
        if profile.extra is None:
            raise
        reason = f'{profile.name} is read with the extra "{profile.extra}": pip install "marsad[{profile.extra}]"'
        raise MissingEngineError(reason) from error
    return parser
